// What can be done with a record beyond editing it: its consequences in other desks, one press each. Shown above the
// record's form.
#pragma once

#include "app/ui/context.h"

namespace pmo::desks {

// The address that opens a mail in the user's own program.
std::string mail_to(std::string_view address, std::string_view subject, std::string_view body);

void draw_record_actions(ui::Context& context, const RegisterInfo& info, Id record);

}  // namespace pmo::desks
