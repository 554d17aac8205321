// The small chart on the first page of each desk: one table. What a chart shows is what the desk's own analyses say.
#pragma once

#include "app/ui/shell/desk_page.h"

namespace pmo::desks {

// Without a picture while there is nothing to show.
ui::DeskChart chart_of_desk(ui::Context& context, Desk desk);

}  // namespace pmo::desks
