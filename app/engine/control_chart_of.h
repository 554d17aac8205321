// The control charts of a characteristic of the quality plan, from the project's measurements.
#pragma once

#include "app/engine/quality.h"
#include "app/model/project.h"
#include "app/model/records/quality.h"

namespace pmo::engine {

// What stands between measurements and a chart.
enum class NoChart : unsigned char {
  none,             // there is a chart
  too_few,          // fewer than two samples, or three single values
  sizes_differ,     // mean, np and c charts need samples of equal size
  size_outside,     // mean charts: 2 to 25 values a sample
  no_size,          // shares: how many units were examined is missing
  count_over_size,  // more nonconforming units than units
  nothing_varies,   // all values are equal: the limits would lie on the centre line
};

struct CharacteristicChart {
  NoChart missing = NoChart::too_few;
  ControlChart location;
  ControlChart spread;                // empty for attributes
  std::vector<std::int64_t> samples;  // the number of each point
  std::vector<Signal> signals;        // of the location chart, by the rules that were asked for
  std::vector<Signal> spread_signals;  // of the spread chart, by those of them that hold there (rules_for_spread)
  std::optional<double> sigma;        // of a single value; none for attributes
  Capability capability;              // against the limits of the plan item
};

// Which rules may be asked of a spread chart. Ranges and deviations are not symmetric about their centre, so the zones of one
// and two sigma (two of three, four of five, fifteen within, eight outside) say nothing there; a point beyond the limits, a
// run on one side, a trend and an alternation do. Moving ranges share a value with their neighbours, so runs and trends come
// by themselves: only a point beyond the limits counts.
// Sources: Minitab, "Using tests for special causes" (R and S charts: the tests 1 to 4); L. S. Nelson, "Control charts for
// individual measurements", Journal of Quality Technology 14 (1982), on moving ranges.
std::vector<ControlRule> rules_for_spread(ControlChartKind kind, std::span<const ControlRule> rules);

CharacteristicChart control_chart_of(const Project& project, const QualityPlanItem& item,
                                     std::span<const ControlRule> rules = western_electric_rules());

// The text that tells why there is no chart: "quality.no_chart.<name>".
Key no_chart_key(NoChart reason);

}  // namespace pmo::engine
