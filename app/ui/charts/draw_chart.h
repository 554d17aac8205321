// Charts on the screen: at the cursor, as wide as asked for. The pointer reads values out; pressing a name in the legend
// hides its series; the button at the top right saves what is shown (save_chart.h). Screen readers get title and summary.
#pragma once

#include "app/ui/charts/picture.h"

namespace pmo::ui {

struct DrawChartOptions {
  float width = 0;     // 0: what is left of the line
  float height = 280;
  ChartLocale locale = {};
};

void draw_chart(const char* id, const Chart& chart, const DrawChartOptions& options);
void draw_chart(const char* id, const Tornado& tornado, const DrawChartOptions& options);
// The place of the cell that was pressed, or -1.
int draw_chart(const char* id, const HeatMap& map, const DrawChartOptions& options);

// A picture that was laid out before, with what the pointer reads out of it. Nothing of it is an item: whatever it lies on
// is pressed, spoken and says whether it is hovered.
void draw_laid_out(const Picture& picture, ImVec2 at, bool hovered);

}  // namespace pmo::ui
