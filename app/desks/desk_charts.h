// The chart of each desk, small on its first page: one table. What a chart shows is what the desk's own analyses say.
#pragma once

#include <variant>

#include "app/ui/charts/chart.h"
#include "app/ui/looked_at.h"
#include "app/ui/shell/desk_page.h"

namespace pmo::desks {

// Without a picture while there is nothing to show.
ui::DeskChart chart_of_desk(ui::Context& context, Desk desk);

using FullChart = std::variant<std::monostate, ui::Chart, ui::HeatMap, ui::Tornado>;  // the first: there is nothing to show yet

// The same in full, for the page to which the small one leads. It is made anew only when there is something new to see.
class FullDeskChart {
 public:
  explicit FullDeskChart(Desk desk) : desk_(desk) {}
  void forget() { made_of_ = {}; }                // another project is open
  bool draw(ui::Context& context, float height);  // false: there is nothing to show yet
  void draw_card(ui::Context& context);

 private:
  const FullChart& chart(ui::Context& context);

  Desk desk_;
  ui::LookedAt made_of_;
  FullChart chart_;
};

}  // namespace pmo::desks
