// The control charts of a characteristic of the quality plan, from the project's measurements.
#pragma once

#include "app/engine/quality/quality.h"
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
  // Of the spread chart, by those of the rules that hold for it: ranges and deviations are not normal, so the zones of one and
  // two sigma say nothing; moving ranges share values with their neighbours, so only the limits count. Places are those of
  // the chart's own points. Source: AIAG, "Statistical Process Control" (2nd ed.), II.
  std::vector<Signal> spread_signals;
  std::optional<double> sigma;        // of a single value; none for attributes
  Capability capability;              // against the limits of the plan item
};

// No special cause is seen, by the rules that were asked for. What is not in control has no capability that could be
// judged: its figures say nothing of what it will do next. Source: ISO 22514-2; AIAG, "Statistical Process Control".
inline bool in_control(const CharacteristicChart& chart) { return chart.missing == NoChart::none && chart.signals.empty() && chart.spread_signals.empty(); }

CharacteristicChart control_chart_of(const Project& project, const QualityPlanItem& item,
                                     std::span<const ControlRule> rules = western_electric_rules());

// The text that tells why there is no chart: "quality.no_chart.<name>".
Key no_chart_key(NoChart reason);

}  // namespace pmo::engine
