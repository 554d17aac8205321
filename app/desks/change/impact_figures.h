// The figures of a project in two states, side by side with what lies between.
#pragma once

#include "app/engine/change/change_impact.h"
#include "app/ui/context.h"

namespace pmo::desks {

void draw_impact_figures(ui::Context& context, const char* id, const engine::ProjectFigures& before, const engine::ProjectFigures& after);

}  // namespace pmo::desks
