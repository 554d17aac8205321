// Which application the page shows.
#pragma once

#include "app/ui/application.h"
#include "storage/vfs/mirror_host.h"

#include <memory>

namespace pmo::web {

std::unique_ptr<ui::Application> make_application(ui::Platform& platform, storage::PageStore& store);

}  // namespace pmo::web
