// What the first page of each desk says of its analyses: one table of key figures, one of lists, one of
// charts (desk_charts.h).
#pragma once

#include "app/ui/shell/desk_page.h"

namespace pmo::desks {

ui::DeskNews tell_desk(ui::Context& context, Desk desk);

}  // namespace pmo::desks
