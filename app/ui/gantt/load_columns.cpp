#include "app/ui/gantt/load_columns.h"

#include <algorithm>

namespace pmo::ui {

using engine::LoadPeriod;
using engine::LoadStep;

LoadStep load_step(const TimeScale& scale) {
  switch (scale.lower()) {
    case TimeUnit::hour:
    case TimeUnit::six_hours:
    case TimeUnit::day: return LoadStep::day;
    case TimeUnit::week: return LoadStep::week;
    case TimeUnit::month: return LoadStep::month;
    case TimeUnit::quarter: return LoadStep::quarter;
    case TimeUnit::year: break;
  }
  return LoadStep::year;
}

std::vector<LoadColumn> load_columns(std::span<const LoadPeriod> periods, LoadStep step, const TimeScale& scale, float width, float height,
                                     WorkMinutes highest) {
  std::vector<LoadColumn> columns;
  const double pixels = static_cast<double>(height) / static_cast<double>(std::max<std::int64_t>(1, highest.value));
  const auto high = [&](WorkMinutes minutes) { return static_cast<float>(pixels * static_cast<double>(minutes.value)); };
  const Day leftmost = engine::first_of_period(step, scale.at(0).day());
  for (auto at = std::ranges::lower_bound(periods, leftmost, {}, &LoadPeriod::first); at != periods.end(); ++at) {
    const float left = scale.x_of(Minute::at(at->first));
    if (left >= width) break;
    columns.push_back({.period = static_cast<std::size_t>(at - periods.begin()), .left = left, .right = scale.x_of(Minute::at(engine::next_period(step, at->first))),
                       .load = high(at->load), .too_much = high(at->overload), .capacity = high(at->available)});
  }
  return columns;
}

}  // namespace pmo::ui
