#include "app/desks/quality/satisfaction_chart.h"

#include "app/engine/quality/satisfaction.h"

namespace pmo::desks {

using namespace ui;

Chart satisfaction_chart(const Project& project, Language language) {
  const auto said = [&](Key key) { return std::string(word(key, language)); };
  Chart chart{.title = said("quality.trend"_key), .x = {.kind = AxisKind::date}, .y = {.kind = AxisKind::percent, .low = 0, .high = 1}, .empty = said("quality.no_trend"_key)};
  chart.right = ChartAxis{.kind = AxisKind::number, .title = said("quality.nps"_key), .low = -100, .high = 100};
  ChartSeries satisfied{.name = said("quality.csat"_key)};
  ChartSeries promoters{.name = said("quality.nps"_key), .paint = {.series = 1}, .dashed = true, .right = true};
  for (const auto& month : engine::satisfaction_by_month(project)) {
    const double day = month.month.value;
    if (month.satisfied) satisfied.points.push_back({day, *month.satisfied / 100});
    if (month.promoters) promoters.points.push_back({day, *month.promoters});
  }
  if (satisfied.points.size() > 1 || promoters.points.size() > 1) chart.series = {std::move(satisfied), std::move(promoters)};
  return chart;
}

}  // namespace pmo::desks
