// "Add action item": what the button says that makes a record of a register.
#pragma once

#include "app/model/register.h"
#include "app/ui/context.h"

namespace pmo::ui {

std::string add_label(const Context& context, const RegisterInfo& info);

}  // namespace pmo::ui
