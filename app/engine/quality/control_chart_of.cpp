#include "app/engine/quality/control_chart_of.h"

#include <algorithm>
#include <map>

#include "app/engine/statistics.h"

namespace pmo::engine {
namespace {

struct Sample {
  std::vector<double> values;
  double size = 0;  // units examined
};

std::map<std::int64_t, Sample> samples_of(const Project& project, const QualityPlanItem& item) {
  std::map<std::int64_t, Sample> samples;
  for (const Measurement& measurement : project.all<Measurement>()) {
    if (measurement.plan_item.id != item.id || measurement.status == MeasurementStatus::excluded) continue;
    Sample& sample = samples[measurement.sample];
    sample.values.push_back(real(measurement.value));
    sample.size += static_cast<double>(measurement.size);
  }
  return samples;
}

std::optional<double> limit(const std::optional<Number>& number) {
  return number ? std::optional(real(*number)) : std::nullopt;
}

double centre_of(const ControlChart& chart) { return chart.points.empty() ? 0 : chart.points.front().centre; }

void take(CharacteristicChart& result, const QualityPlanItem& item, std::optional<VariablesCharts> charts) {
  if (!charts) return;
  result.missing = charts->sigma > 0 ? NoChart::none : NoChart::nothing_varies;
  if (result.missing != NoChart::none) return;
  result.location = std::move(charts->location);
  result.spread = std::move(charts->spread);
  result.sigma = charts->sigma;
  result.capability = capability(centre_of(result.location), charts->sigma, limit(item.lower_limit), limit(item.upper_limit));
}

CharacteristicChart variables(const QualityPlanItem& item, const std::map<std::int64_t, Sample>& samples) {
  CharacteristicChart result;
  if (item.chart == ControlChartKind::individuals) {
    std::vector<double> values;
    for (const auto& [number, sample] : samples)
      for (const double value : sample.values) {
        values.push_back(value);
        result.samples.push_back(number);
      }
    take(result, item, individuals_and_moving_range_charts(values));
    return result;
  }
  std::vector<std::vector<double>> values;
  for (const auto& [number, sample] : samples) {
    values.push_back(sample.values);
    result.samples.push_back(number);
  }
  if (values.size() < 2) return result;
  const std::size_t size = values.front().size();
  if (std::ranges::any_of(values, [&](const auto& sample) { return sample.size() != size; })) result.missing = NoChart::sizes_differ;
  else if (!control_constants(static_cast<int>(size))) result.missing = NoChart::size_outside;
  else if (item.chart == ControlChartKind::mean_range) take(result, item, mean_and_range_charts(values));
  else take(result, item, mean_and_deviation_charts(values));
  return result;
}

CharacteristicChart attributes(const QualityPlanItem& item, const std::map<std::int64_t, Sample>& samples) {
  CharacteristicChart result;
  std::vector<Counted> counted;
  for (const auto& [number, sample] : samples) {
    double count = 0;
    for (const double value : sample.values) count += value;
    // A defect count of equal samples needs no size; the plan's sample size stands for it.
    const double size = sample.size > 0 ? sample.size : static_cast<double>(item.sample_size);
    counted.push_back({count, size});
    result.samples.push_back(number);
  }
  if (counted.size() < 2) return result;
  const bool shares = item.chart == ControlChartKind::p || item.chart == ControlChartKind::np;
  const bool equal = item.chart == ControlChartKind::np || item.chart == ControlChartKind::c;
  const auto any = [&](auto&& test) { return std::ranges::any_of(counted, test); };
  if (any([](const Counted& one) { return one.size <= 0; })) result.missing = NoChart::no_size;
  else if (shares && any([](const Counted& one) { return one.count > one.size; })) result.missing = NoChart::count_over_size;
  else if (equal && any([&](const Counted& one) { return one.size != counted.front().size; })) result.missing = NoChart::sizes_differ;
  else if (auto chart = attributes_chart(static_cast<AttributesChart>(static_cast<int>(item.chart) - static_cast<int>(ControlChartKind::p)), counted)) {
    result.location = std::move(*chart);
    result.missing = NoChart::none;
  }
  return result;
}

std::vector<ControlRule> rules_of_spread(std::span<const ControlRule> rules, ControlChartKind kind) {
  std::vector<ControlRule> kept;
  for (const ControlRule rule : rules) {
    const bool limits = rule == ControlRule::western_electric_1 || rule == ControlRule::nelson_1;
    const bool runs = rule == ControlRule::western_electric_4 || rule == ControlRule::nelson_2 || rule == ControlRule::nelson_3;
    if (limits || (runs && kind != ControlChartKind::individuals)) kept.push_back(rule);
  }
  return kept;
}

}  // namespace

CharacteristicChart control_chart_of(const Project& project, const QualityPlanItem& item, std::span<const ControlRule> rules) {
  const auto samples = samples_of(project, item);
  auto result = item.chart <= ControlChartKind::mean_deviation ? variables(item, samples) : attributes(item, samples);
  if (result.missing != NoChart::none) {
    result.samples.clear();
    return result;
  }
  result.signals = signals(result.location, rules);
  result.spread_signals = signals(result.spread, rules_of_spread(rules, item.chart));
  return result;
}

Key no_chart_key(NoChart reason) {
  switch (reason) {
    case NoChart::none:
    case NoChart::too_few: break;
    case NoChart::sizes_differ: return "quality.no_chart.sizes_differ"_key;
    case NoChart::size_outside: return "quality.no_chart.size_outside"_key;
    case NoChart::no_size: return "quality.no_chart.no_size"_key;
    case NoChart::count_over_size: return "quality.no_chart.count_over_size"_key;
    case NoChart::nothing_varies: return "quality.no_chart.nothing_varies"_key;
  }
  return "quality.no_chart.too_few"_key;
}

}  // namespace pmo::engine
