// The chart of each desk, small on its first page: one table. What a chart shows is what the desk's own analyses say.
#pragma once

#include "app/ui/shell/desk_page.h"

namespace pmo::desks {

// Without a picture while there is nothing to show.
ui::DeskChart chart_of_desk(ui::Context& context, Desk desk);

// The same in full, for the page to which the small one leads: false when there is nothing to show yet; in a card of its own.
bool draw_chart_of_desk(ui::Context& context, Desk desk, float height);
void draw_chart_card(ui::Context& context, Desk desk);

}  // namespace pmo::desks
