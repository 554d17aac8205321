// Registers whose page needs nothing beyond their description but an icon, and the day that is noted when a record is
// added.
#pragma once

#include "app/ui/page.h"

namespace pmo::desks {

void add_plain_registers(ui::Pages& pages, const Schema& schema);

}  // namespace pmo::desks
