#include "web/make_application.h"

#include "app/desks/desk_pages.h"
#include "app/desks/workspace/stored_workspace.h"
#include "app/ui/shell/desktop.h"

namespace pmo::web {
namespace {

// The application with everything it stands on.
class Product final : public ui::Application {
 public:
  Product(ui::Platform& platform, storage::PageStore& store)
      : host_(store), workspace_(host_, surroundings_), desktop_(ui::make_desktop(platform, workspace_, desk_parts(workspace_))) {
    host_.on_change = [&platform] { platform.request_frame(); };
  }

  void frame() override { desktop_->frame(); }
  bool busy() const override { return desktop_->busy(); }
  std::string summary() const override { return desktop_->summary(); }
  void open(std::vector<ui::File> files) override { desktop_->open(std::move(files)); }
  void leave() override { desktop_->leave(); }

 private:
  SystemSurroundings surroundings_;
  storage::MirrorHost host_;
  StoredWorkspace workspace_;
  std::unique_ptr<ui::Application> desktop_;
};

}  // namespace

std::unique_ptr<ui::Application> make_application(ui::Platform& platform, storage::PageStore& store) {
  return std::make_unique<Product>(platform, store);
}

}  // namespace pmo::web
