// In a card: that a register has nothing to show yet, what it is for, and the way to it.
#pragma once

#include "app/ui/context.h"

namespace pmo::ui {

void nothing_of(Context& context, const RegisterInfo& info);

}  // namespace pmo::ui
