// A screen that tries the browser itself, without any project: typing, fonts, clipboard, files, drawing.
// Shown at ?check, for support ("does it work on this laptop?") and for the tests of the platform.
#pragma once

#include "app/ui/application.h"

#include <memory>

namespace pmo::web {

std::unique_ptr<ui::Application> make_check_screen(ui::Platform& platform);

}  // namespace pmo::web
