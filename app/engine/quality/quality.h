// Control charts, capability, Pareto, satisfaction.
// Sources: ISO 7870-2 (Shewhart control charts), AIAG "Statistical Process Control"; Western Electric,
// "Statistical Quality Control Handbook" (1956); L. S. Nelson, "The Shewhart control chart: tests for special causes",
// Journal of Quality Technology 16 (1984); F. Reichheld, "The one number you need to grow" (2003).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace pmo::engine {

// Constants for samples of n = 2..25; none outside.
struct ControlConstants {
  double d2, d3;          // mean and deviation of the range of n standard normals
  double c4;              // mean of their standard deviation
  double A2, A3;          // mean chart from ranges, from deviations
  double B3, B4, D3, D4;  // deviation chart, range chart
};
std::optional<ControlConstants> control_constants(int sample_size);

struct ControlPoint {
  double value;
  double centre;
  double lower, upper;  // three sigma, cut at what the measure can reach (0; 1 for shares)
  double sigma;         // of this point; 0 when nothing varies
};
struct ControlChart {
  std::vector<ControlPoint> points;
};

// Two charts from samples of equal size: means, and ranges or standard deviations. None with fewer than two samples,
// samples of different size, or a size outside 2..25.
struct VariablesCharts {
  ControlChart location;
  ControlChart spread;
  double sigma;  // of a single value, estimated within samples
};
std::optional<VariablesCharts> mean_and_range_charts(std::span<const std::vector<double>> samples);
std::optional<VariablesCharts> mean_and_deviation_charts(std::span<const std::vector<double>> samples);
// Individual values and moving ranges of two. None with fewer than three values.
std::optional<VariablesCharts> individuals_and_moving_range_charts(std::span<const double> values);

// Counts: nonconforming units of n (p: share, np: number), nonconformities (c: per sample, u: per unit).
struct Counted {
  double count;
  double size;  // units examined, > 0
};
// None with fewer than two samples, a size <= 0, a negative count, for p and np a count above its size, for np and c
// sizes that differ.
enum class AttributesChart : unsigned char { p, np, c, u };
std::optional<ControlChart> attributes_chart(AttributesChart kind, std::span<const Counted> samples);

// Signs of a special cause. Distances count in the point's own sigma, sides from its centre.
enum class ControlRule : unsigned char {
  western_electric_1,  // one point beyond 3 sigma
  western_electric_2,  // two of three beyond 2 sigma on one side
  western_electric_3,  // four of five beyond 1 sigma on one side
  western_electric_4,  // eight in a row on one side
  nelson_1,            // one point beyond 3 sigma
  nelson_2,            // nine in a row on one side
  nelson_3,            // six in a row rising, or falling
  nelson_4,            // fourteen in a row alternating up and down
  nelson_5,            // two of three beyond 2 sigma on one side
  nelson_6,            // four of five beyond 1 sigma on one side
  nelson_7,            // fifteen in a row within 1 sigma
  nelson_8,            // eight in a row, none within 1 sigma
};
struct Signal {
  ControlRule rule;
  int first, last;  // the points that together break the rule
  friend bool operator==(const Signal&, const Signal&) = default;
};
// Every place where a rule is first fulfilled by a point (the last of the group), in order of rules, then points.
std::vector<Signal> signals(const ControlChart& chart, std::span<const ControlRule> rules);
std::span<const ControlRule> western_electric_rules();
std::span<const ControlRule> nelson_rules();

struct Capability {
  std::optional<double> cp;   // (upper - lower) / 6 sigma; needs both limits
  std::optional<double> cpk;  // distance of the mean to the nearer limit / 3 sigma
};
// Sigma within samples gives Cp and Cpk, the overall standard deviation Pp and Ppk. No value without a limit or with
// sigma <= 0.
Capability capability(double mean, double sigma, std::optional<double> lower_limit, std::optional<double> upper_limit);

struct ParetoRow {
  std::string cause;
  double count;
  double cumulative_share;  // 0..1
};
// Falling by count, equal ones in the given order; rows without count are left out.
std::vector<ParetoRow> pareto(std::span<const std::pair<std::string, double>> counts);

// Scores 0..10: promoters (9, 10) less detractors (0..6), in percent of answers, -100..100. None without valid scores.
std::optional<double> net_promoter_score(std::span<const int> scores);
// Share of answers 4 or 5 on a scale 1..5, in percent. None without valid scores.
std::optional<double> customer_satisfaction(std::span<const int> scores);

}  // namespace pmo::engine
