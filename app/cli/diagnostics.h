// What is wrong with a plan, for every command that computes on its schedule.
#pragma once

#include "app/cli/command.h"
#include "app/cli/json.h"
#include "app/engine/schedule/schedule.h"

namespace pmo::cli {

// Under "diagnostics" when JSON is wanted, a line each on stderr otherwise; nothing when all is well.
void tell_diagnostics(const Session& session, const Project& project, const engine::Plan& plan, const engine::Schedule& schedule,
                      Json& json);

}  // namespace pmo::cli
