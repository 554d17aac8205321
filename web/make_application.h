// Which application the page shows.
#pragma once

#include <memory>

#include "app/ui/application.h"

namespace pmo::web {

std::unique_ptr<ui::Application> make_application(ui::Platform& platform);

}  // namespace pmo::web
