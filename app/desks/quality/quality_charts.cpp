#include "app/desks/quality/quality_charts.h"

#include <algorithm>
#include <map>

#include "app/model/records/quality.h"

namespace pmo::desks {

using namespace ui;
using engine::CharacteristicChart, engine::ControlChart, engine::ControlPoint, engine::ControlRule, engine::ParetoRow, engine::Signal;

namespace {

// From a little below the lowest to a little above the highest: what matters is the distance to the limits.
void fit(ChartAxis& axis, const ControlChart& chart) {
  if (chart.points.empty()) return;
  double low = chart.points.front().lower, high = chart.points.front().upper;
  for (const ControlPoint& point : chart.points) {
    low = std::min({low, point.lower, point.value});
    high = std::max({high, point.upper, point.value});
  }
  const double margin = (high - low) * 0.1;
  axis.low = low >= 0 ? std::max(0.0, low - margin) : low - margin;
  axis.high = high + margin;
}

Key rule_key(ControlRule rule) {
  constexpr Key names[] = {"quality.rule.western_electric_1"_key, "quality.rule.western_electric_2"_key, "quality.rule.western_electric_3"_key,
                           "quality.rule.western_electric_4"_key, "quality.rule.nelson_1"_key, "quality.rule.nelson_2"_key,
                           "quality.rule.nelson_3"_key, "quality.rule.nelson_4"_key, "quality.rule.nelson_5"_key,
                           "quality.rule.nelson_6"_key, "quality.rule.nelson_7"_key, "quality.rule.nelson_8"_key};
  return names[static_cast<std::size_t>(rule)];
}

// How many samples have no point: a moving range begins with the second value.
std::size_t skipped(const CharacteristicChart& found, const ControlChart& chart) { return found.samples.size() - chart.points.size(); }

Chart control_chart(const QualityPlanItem& item, const CharacteristicChart& found, const ControlChart& chart, const std::vector<Signal>& signals, Key name, Language language) {
  Chart picture{.title = phrase(name, std::vector{item.metric.empty() ? item.title : item.metric}, language), .y = {.kind = AxisKind::number, .title = item.unit}};
  picture.x = {.kind = AxisKind::count, .title = std::string(word("quality.sample"_key, language))};
  ChartSeries values{.name = std::string(word("quality.values"_key, language)), .kind = SeriesKind::line};
  ChartSeries centre{.name = std::string(word("quality.centre"_key, language)), .kind = SeriesKind::line, .paint = {.tone = Tone::good}};
  ChartSeries upper{.name = std::string(word("quality.limits"_key, language)), .kind = SeriesKind::line, .paint = {.tone = Tone::bad}, .dashed = true};
  ChartSeries lower{.name = std::string(word("quality.lower_control_limit"_key, language)), .kind = SeriesKind::line, .paint = {.tone = Tone::bad}, .dashed = true};
  ChartSeries special{.name = std::string(word("quality.signals"_key, language)), .kind = SeriesKind::points, .paint = {.tone = Tone::bad}};
  for (std::size_t i = 0; i < chart.points.size(); ++i) {
    const ControlPoint& point = chart.points[i];
    const double x = static_cast<double>(i + skipped(found, chart) + 1);
    values.points.push_back({x, point.value});
    centre.points.push_back({x, point.centre});
    upper.points.push_back({x, point.upper});
    lower.points.push_back({x, point.lower});
    const bool marked = std::ranges::any_of(signals, [&](const Signal& signal) { return signal.last == static_cast<int>(i); });
    if (marked) special.points.push_back({x, point.value});
  }
  fit(picture.y, chart);
  picture.series = {std::move(values), std::move(centre), std::move(upper), std::move(lower)};
  if (!special.points.empty()) picture.series.push_back(std::move(special));
  return picture;
}

// "Nelson 1: one point beyond 3 sigma, at sample 4"
std::string told_signal(const CharacteristicChart& found, const ControlChart& chart, const Signal& signal, std::string rule, Language language) {
  const auto sample = [&](int place) { return std::to_string(found.samples[static_cast<std::size_t>(place) + skipped(found, chart)]); };
  if (signal.first == signal.last) return phrase("quality.at_sample"_key, std::vector{std::move(rule), sample(signal.last)}, language);
  return phrase("quality.at_samples"_key, std::vector{std::move(rule), sample(signal.first), sample(signal.last)}, language);
}

}  // namespace

Chart location_chart(const QualityPlanItem& item, const CharacteristicChart& found, Language language) {
  return control_chart(item, found, found.location, found.signals, "quality.location"_key, language);
}

Chart spread_chart(const QualityPlanItem& item, const CharacteristicChart& found, Language language) {
  return control_chart(item, found, found.spread, found.spread_signals, "quality.spread"_key, language);
}

std::vector<std::string> told_signals(const CharacteristicChart& found, Language language) {
  std::vector<std::string> told;
  for (const Signal& signal : found.signals) told.push_back(told_signal(found, found.location, signal, std::string(word(rule_key(signal.rule), language)), language));
  for (const Signal& signal : found.spread_signals) {
    const std::string rule(word(rule_key(signal.rule), language));
    told.push_back(told_signal(found, found.spread, signal, phrase("quality.in_spread"_key, std::vector{rule}, language), language));
  }
  return told;
}

std::vector<ParetoRow> defects_by_type(const Project& project, Language language) {
  std::map<std::string, double> counts;
  for (const Nonconformity& nonconformity : project.all<Nonconformity>())
    counts[nonconformity.defect_type.empty() ? std::string(word("quality.no_type"_key, language)) : nonconformity.defect_type] += 1;
  return engine::pareto(std::vector<std::pair<std::string, double>>(counts.begin(), counts.end()));
}

Chart pareto_chart(std::string title, const std::vector<ParetoRow>& rows, Language language) {
  Chart chart{.title = std::move(title), .x = {.kind = AxisKind::count, .low = 0, .high = static_cast<double>(rows.size())}, .y = {.kind = AxisKind::count}};
  chart.right = ChartAxis{.kind = AxisKind::percent, .low = 0, .high = 1};
  ChartSeries bars{.name = std::string(word("quality.count"_key, language)), .kind = SeriesKind::bars, .bar_width = 0.8};
  ChartSeries line{.name = std::string(word("quality.cumulative"_key, language)), .kind = SeriesKind::line, .paint = {.series = 1}, .right = true};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    chart.x.names.push_back(rows[i].cause);
    bars.points.push_back({static_cast<double>(i) + 0.1, rows[i].count});
    line.points.push_back({static_cast<double>(i) + 0.5, rows[i].cumulative_share});
  }
  chart.series = {std::move(bars), std::move(line)};
  return chart;
}

}  // namespace pmo::desks
