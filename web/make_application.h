// Which application the page shows.
#pragma once

#include <memory>

#include "app/ui/application.h"
#include "storage/vfs/mirror_host.h"

namespace pmo::web {

std::unique_ptr<ui::Application> make_application(ui::Platform& platform, storage::PageStore& store);

}  // namespace pmo::web
