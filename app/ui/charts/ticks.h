// Where the ticks of an axis lie and what they say.
#pragma once

#include "app/ui/charts/chart.h"

namespace pmo::ui {

struct Tick {
  double at = 0;
  std::string label = {};
  bool major = true;  // a line across the chart
};

struct AxisRange {
  double low = 0, high = 1;
};

// The range of an axis that holds the values: rounded outwards to a tick, from 0 when values are amounts.
AxisRange axis_range(const ChartAxis& axis, double lowest, double highest, int most_ticks);
// At most about `most` ticks in the range. Numbers step by 1, 2 or 5 times a power of ten, dates by days, weeks that begin
// on Monday, months, quarters or years.
std::vector<Tick> axis_ticks(const ChartAxis& axis, AxisRange range, int most, const ChartLocale& locale);
// A value as the axis would say it, exactly.
std::string axis_text(const ChartAxis& axis, double value, const ChartLocale& locale);

}  // namespace pmo::ui
