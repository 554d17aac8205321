#include "web/make_application.h"

#include "web/check_screen.h"

namespace pmo::web {

std::unique_ptr<ui::Application> make_application(ui::Platform& platform, storage::PageStore&) {
  return make_check_screen(platform);
}

}  // namespace pmo::web
