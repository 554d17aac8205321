// What can be done with a record beyond editing it: its consequences in other desks, one press each. Shown above the
// record's form.
#pragma once

#include "app/ui/context.h"

namespace pmo::desks {

void draw_record_actions(ui::Context& context, const RegisterInfo& info, Id record);

}  // namespace pmo::desks
