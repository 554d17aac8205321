#include "app/desks/resources/resource_weeks.h"

#include <algorithm>

namespace pmo::desks {

using namespace ui;
using engine::LoadPeriod;

ResourceWeeksOf::Result ResourceWeeksOf::compute(const Project&, Analyses& analyses) {
  ResourceWeeks weeks;
  std::optional<Day> first, last;
  for (const auto& demand : analyses.of<ResourceDemandOf>()) {
    auto row = engine::resource_load(demand.demand, demand.offer, engine::LoadStep::week);
    weeks.totals.push_back(engine::total_load(row));
    if (!row.empty()) {
      first = first ? std::min(*first, row.front().first) : row.front().first;
      last = last ? std::max(*last, row.back().first) : row.back().first;
    }
    weeks.rows.push_back(std::move(row));
  }
  weeks.order = engine::rank_bottlenecks(weeks.totals);
  if (first) {
    weeks.first = *first;
    weeks.count = (*last - *first) / 7 + 1;
  }
  return weeks;
}

Chart load_chart(const Context& context, std::string title, const std::vector<LoadPeriod>& periods, int days) {
  const auto said = [&](Key key) { return std::string(context.text(key)); };
  Chart chart{.title = std::move(title), .x = {.kind = AxisKind::date}, .y = {.kind = AxisKind::number, .title = said("resource_load.hours"_key)},
              .empty = said("resource_load.no_work"_key)};
  const double width = days;
  ChartSeries within{.name = said("resource_load.within"_key), .kind = SeriesKind::bars, .paint = {0}, .bar_width = width, .stacked = true};
  ChartSeries over{.name = said("resource_load.too_much"_key), .kind = SeriesKind::bars, .paint = {.tone = Tone::bad}, .bar_width = width, .stacked = true};
  ChartSeries capacity{.name = said("resource_load.capacity"_key), .kind = SeriesKind::steps, .paint = {7}};
  const auto hours = [](WorkMinutes minutes) { return static_cast<double>(minutes.value) / 60; };
  for (const LoadPeriod& period : periods) {
    const double x = period.first.value;
    within.points.push_back({x, hours(period.load) - hours(period.overload)});
    if (period.overload.value > 0) over.points.push_back({x, hours(period.overload)});
    capacity.points.push_back({x, hours(period.available)});
  }
  if (!capacity.points.empty()) capacity.points.push_back({capacity.points.back().x + width, capacity.points.back().y});
  chart.series = {std::move(within), std::move(over), std::move(capacity)};
  return chart;
}

}  // namespace pmo::desks
