// What the product puts into the shell: the pages of all desks, the form of a record, and the desks' commands.
#pragma once

#include "app/desks/workspace/stored_workspace.h"
#include "app/ui/shell/shell.h"

namespace pmo {

ui::ShellParts desk_parts(StoredWorkspace& workspace);

}  // namespace pmo
