// The indices that are below the project's limits, each with the corrective action that answers it, or a way to raise one.
#pragma once

#include "app/ui/context.h"

namespace pmo::desks {

// Nothing when none is. all: whether more than the worst are shown; a press changes it.
void draw_index_alerts(ui::Context& context, bool& all);

}  // namespace pmo::desks
