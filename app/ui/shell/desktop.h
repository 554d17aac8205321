// The application as the platform drives it: the shell around the open project, or the start page.
#pragma once

#include "app/ui/application.h"
#include "app/ui/shell/shell.h"

namespace pmo::ui {

// Everything given must outlive the application.
std::unique_ptr<Application> make_desktop(Platform& platform, WorkspacePort& workspace, ShellParts parts);

}  // namespace pmo::ui
