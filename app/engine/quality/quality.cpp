#include "app/engine/quality/quality.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "app/engine/statistics.h"
#include "app/model/sort_stably.h"

namespace pmo::engine {

namespace {

constexpr int smallest_sample = 2, largest_sample = 25;
constexpr std::array d2_table = {1.128, 1.693, 2.059, 2.326, 2.534, 2.704, 2.847, 2.970, 3.078, 3.173, 3.258, 3.336,
                                 3.407, 3.472, 3.532, 3.588, 3.640, 3.689, 3.735, 3.778, 3.819, 3.858, 3.895, 3.931};
constexpr std::array d3_table = {0.853, 0.888, 0.880, 0.864, 0.848, 0.833, 0.820, 0.808, 0.797, 0.787, 0.778, 0.770,
                                 0.763, 0.756, 0.750, 0.744, 0.739, 0.734, 0.729, 0.724, 0.720, 0.716, 0.712, 0.708};

ControlPoint point(double value, double centre, double sigma, double least, double most) {
  return {value, centre, std::max(least, centre - 3 * sigma), std::min(most, centre + 3 * sigma), sigma};
}

constexpr double unlimited = 1e300;

using Spread = std::function<double(std::span<const double>)>;

double range_of(std::span<const double> sample) {
  const auto [low, high] = std::ranges::minmax(sample);
  return high - low;
}

// `of_sigma` and `deviation` are the mean and the standard deviation of the spread of a standard normal sample.
std::optional<VariablesCharts> variables_charts(std::span<const std::vector<double>> samples, const Spread& spread,
                                                double of_sigma, double deviation) {
  const auto size = samples[0].size();
  double mean_spread = 0, grand_mean = 0;
  for (const auto& sample : samples) {
    if (sample.size() != size) return std::nullopt;
    mean_spread += spread(sample) / static_cast<double>(samples.size());
    grand_mean += *mean(sample) / static_cast<double>(samples.size());
  }
  VariablesCharts charts{{}, {}, mean_spread / of_sigma};
  for (const auto& sample : samples) {
    charts.location.points.push_back(
        point(*mean(sample), grand_mean, charts.sigma / std::sqrt(static_cast<double>(size)), -unlimited, unlimited));
    charts.spread.points.push_back(point(spread(sample), mean_spread, charts.sigma * deviation, 0, unlimited));
  }
  return charts;
}

std::optional<ControlConstants> constants_for(std::span<const std::vector<double>> samples) {
  if (samples.size() < 2) return std::nullopt;
  return control_constants(static_cast<int>(samples[0].size()));
}

}  // namespace

std::optional<ControlConstants> control_constants(int n) {
  if (n < smallest_sample || n > largest_sample) return std::nullopt;
  ControlConstants k{};
  k.d2 = d2_table[n - smallest_sample];
  k.d3 = d3_table[n - smallest_sample];
  // c4(n) = sqrt(2 / (n-1)) Gamma(n/2) / Gamma((n-1)/2), from c4(2) = sqrt(2/pi) by c4(n) c4(n+1) = sqrt((n-1)/n)
  k.c4 = std::sqrt(2 / 3.14159265358979323846);
  for (int i = 3; i <= n; ++i) k.c4 = std::sqrt((i - 2.0) / (i - 1.0)) / k.c4;
  const double root = std::sqrt(static_cast<double>(n)), b = 3 * std::sqrt(1 - k.c4 * k.c4) / k.c4, d = 3 * k.d3 / k.d2;
  k.A2 = 3 / (k.d2 * root);
  k.A3 = 3 / (k.c4 * root);
  k.B3 = std::max(0.0, 1 - b);
  k.B4 = 1 + b;
  k.D3 = std::max(0.0, 1 - d);
  k.D4 = 1 + d;
  return k;
}

std::optional<VariablesCharts> mean_and_range_charts(std::span<const std::vector<double>> samples) {
  const auto k = constants_for(samples);
  return k ? variables_charts(samples, range_of, k->d2, k->d3) : std::nullopt;
}

std::optional<VariablesCharts> mean_and_deviation_charts(std::span<const std::vector<double>> samples) {
  const auto k = constants_for(samples);
  const Spread deviation = [](std::span<const double> sample) { return *standard_deviation(sample); };
  return k ? variables_charts(samples, deviation, k->c4, std::sqrt(1 - k->c4 * k->c4)) : std::nullopt;
}

std::optional<VariablesCharts> individuals_and_moving_range_charts(std::span<const double> values) {
  if (values.size() < 3) return std::nullopt;
  const auto k = *control_constants(2);
  std::vector<double> ranges;
  for (std::size_t i = 1; i < values.size(); ++i) ranges.push_back(std::fabs(values[i] - values[i - 1]));
  const double centre = *mean(values), mean_range = *mean(ranges);
  VariablesCharts charts{{}, {}, mean_range / k.d2};
  for (const double value : values) charts.location.points.push_back(point(value, centre, charts.sigma, -unlimited, unlimited));
  for (const double range : ranges) charts.spread.points.push_back(point(range, mean_range, charts.sigma * k.d3, 0, unlimited));
  return charts;
}

std::optional<ControlChart> attributes_chart(AttributesChart kind, std::span<const Counted> samples) {
  using enum AttributesChart;
  if (samples.size() < 2) return std::nullopt;
  const bool units = kind == p || kind == np, equal = kind == np || kind == c;
  double count = 0, size = 0;
  for (const Counted& sample : samples) {
    if (!(sample.size > 0) || !(sample.count >= 0) || (units && sample.count > sample.size)) return std::nullopt;
    if (equal && sample.size != samples[0].size) return std::nullopt;
    count += sample.count;
    size += sample.size;
  }
  const double rate = count / size;  // per unit examined
  ControlChart chart;
  for (const auto& [found, of] : samples) {
    switch (kind) {
      case p: chart.points.push_back(point(found / of, rate, std::sqrt(rate * (1 - rate) / of), 0, 1)); break;
      case np: chart.points.push_back(point(found, rate * of, std::sqrt(rate * (1 - rate) * of), 0, of)); break;
      case c: chart.points.push_back(point(found, rate * of, std::sqrt(rate * of), 0, unlimited)); break;
      case u: chart.points.push_back(point(found / of, rate, std::sqrt(rate / of), 0, unlimited)); break;
    }
  }
  return chart;
}

namespace {

// A rule that looks at a group of `group` points: at least `needed` of them at `distance` sigma or more on one side,
// the last one among them.
struct GroupRule { int needed, group; double distance; };

class Detector {
 public:
  explicit Detector(const ControlChart& chart) {
    for (const ControlPoint& p : chart.points) {
      value_.push_back(p.value);
      const double away = p.value - p.centre;
      distance_.push_back(p.sigma > 0 ? away / p.sigma : away == 0 ? 0 : std::copysign(1e9, away));
    }
  }

  // The first point of the group that breaks the rule at `last`, or none.
  std::optional<int> broken(ControlRule rule, int last) const {
    using enum ControlRule;
    switch (rule) {
      case western_electric_1: case nelson_1: return std::fabs(distance_[last]) > 3 ? std::optional(last) : std::nullopt;
      case western_electric_2: case nelson_5: return beyond({2, 3, 2}, last);
      case western_electric_3: case nelson_6: return beyond({4, 5, 1}, last);
      case western_electric_4: return beyond({8, 8, 0}, last);
      case nelson_2: return beyond({9, 9, 0}, last);
      case nelson_3: return run(6, last, [&](int i) { return value_[i] > value_[i - 1]; }, [&](int i) { return value_[i] < value_[i - 1]; });
      case nelson_4: return alternating(14, last);
      case nelson_7: return all(15, last, [&](int i) { return std::fabs(distance_[i]) < 1; });
      case nelson_8: return all(8, last, [&](int i) { return std::fabs(distance_[i]) > 1; });
    }
    return std::nullopt;
  }

  int size() const { return static_cast<int>(value_.size()); }

 private:
  std::optional<int> beyond(GroupRule rule, int last) const {
    for (const double side : {1.0, -1.0}) {
      if (!(side * distance_[last] > rule.distance)) continue;
      int found = 0;
      for (int i = last; i >= 0 && i > last - rule.group; --i)
        if (side * distance_[i] > rule.distance && ++found == rule.needed) return i;
    }
    return std::nullopt;
  }
  template <class Test>
  std::optional<int> all(int group, int last, Test test) const {
    if (last + 1 < group) return std::nullopt;
    for (int i = last; i > last - group; --i)
      if (!test(i)) return std::nullopt;
    return last - group + 1;
  }
  // `group` points in one direction are group - 1 steps.
  template <class Up, class Down>
  std::optional<int> run(int group, int last, Up up, Down down) const {
    if (last + 1 < group) return std::nullopt;
    if (all(group - 1, last, up) || all(group - 1, last, down)) return last - group + 1;
    return std::nullopt;
  }
  std::optional<int> alternating(int group, int last) const {
    if (last + 1 < group) return std::nullopt;
    for (int i = last; i > last - group + 2; --i)
      if (!((value_[i] - value_[i - 1]) * (value_[i - 1] - value_[i - 2]) < 0)) return std::nullopt;
    return last - group + 1;
  }

  std::vector<double> value_, distance_;
};

using enum ControlRule;
constexpr std::array western_electric = {western_electric_1, western_electric_2, western_electric_3, western_electric_4};
constexpr std::array nelson = {nelson_1, nelson_2, nelson_3, nelson_4, nelson_5, nelson_6, nelson_7, nelson_8};

}  // namespace

std::vector<Signal> signals(const ControlChart& chart, std::span<const ControlRule> rules) {
  const Detector detector(chart);
  std::vector<Signal> found;
  for (const ControlRule rule : rules)
    for (int last = 0; last < detector.size(); ++last)
      if (const auto first = detector.broken(rule, last)) found.push_back({rule, *first, last});
  return found;
}

std::span<const ControlRule> western_electric_rules() { return western_electric; }
std::span<const ControlRule> nelson_rules() { return nelson; }

Capability capability(double mean, double sigma, std::optional<double> lower_limit, std::optional<double> upper_limit) {
  Capability result;
  if (!(sigma > 0)) return result;
  if (lower_limit && upper_limit) result.cp = (*upper_limit - *lower_limit) / (6 * sigma);
  if (lower_limit) result.cpk = (mean - *lower_limit) / (3 * sigma);
  if (upper_limit) result.cpk = std::min(result.cpk.value_or(unlimited), (*upper_limit - mean) / (3 * sigma));
  return result;
}

std::vector<ParetoRow> pareto(std::span<const std::pair<std::string, double>> counts) {
  std::vector<ParetoRow> rows;
  double total = 0;
  for (const auto& [cause, count] : counts) {
    if (!(count > 0)) continue;
    rows.push_back({cause, count, 0});
    total += count;
  }
  sort_stably(rows, std::greater<>{}, &ParetoRow::count);
  double sum = 0;
  for (ParetoRow& row : rows) row.cumulative_share = (sum += row.count) / total;
  return rows;
}

std::optional<double> net_promoter_score(std::span<const int> scores) {
  int valid = 0, balance = 0;
  for (const int score : scores) {
    if (score < 0 || score > 10) continue;
    ++valid;
    balance += score >= 9 ? 1 : score <= 6 ? -1 : 0;
  }
  return valid == 0 ? std::nullopt : std::optional(100.0 * balance / valid);
}

std::optional<double> customer_satisfaction(std::span<const int> scores) {
  int valid = 0, content = 0;
  for (const int score : scores) {
    if (score < 1 || score > 5) continue;
    ++valid;
    content += score >= 4;
  }
  return valid == 0 ? std::nullopt : std::optional(100.0 * content / valid);
}

}  // namespace pmo::engine
