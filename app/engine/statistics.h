// Plain statistics that several analyses share. Missing data gives no value, never zero or infinity.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace pmo::engine {

// None for no values.
std::optional<double> mean(std::span<const double> values);
// Sample standard deviation (n - 1). None for fewer than two values.
std::optional<double> standard_deviation(std::span<const double> values);
// Quantile of sorted values by linear interpolation at (n - 1) share (Hyndman & Fan type 7, as spreadsheets do);
// share in [0, 1]. None for no values.
std::optional<double> quantile_of_sorted(std::span<const double> sorted, double share);

// Ranks 1..n, ties share their mean rank.
std::vector<double> ranks(std::span<const double> values);
std::vector<double> ranks(std::span<const std::int32_t> values);
// None when lengths differ, fewer than two pairs, or one side does not vary.
std::optional<double> pearson(std::span<const double> x, std::span<const double> y);
std::optional<double> spearman(std::span<const double> x, std::span<const double> y);

// Standard normal distribution. Only + - * / and square root inside, so every platform gives the same bits.
// normal_quantile: P. J. Acklam's rational approximation; relative error < 1.2e-9. Arguments outside (0, 1)
// are clamped to the nearest double inside. normal_cdf: series near 0 (Marsaglia), continued fraction in the tails (Laplace).
double normal_quantile(double probability);
double normal_cdf(double x);
// e^x and ln x from the same operations: the libraries' own differ in the last bit between platforms.
double portable_exp(double x);
double portable_log(double x);

// Cumulative values at rising times, straight lines between, 0 at time 0 before the first and constant after the
// last point. `at` of the value, and the time at which a value is first passed for good.
class Curve {
 public:
  struct Point {
    double time;
    double value;
  };
  // Points are sorted by time; values are made non-decreasing.
  explicit Curve(std::vector<Point> points);
  double value_at(double time) const;
  // The last time at which the curve is <= value, by interpolation; none when the curve is empty or never
  // rises, or value < 0.
  // A value at or above the end gives the time at which the end value is reached.
  std::optional<double> time_of(double value) const;
  bool empty() const { return points_.empty(); }

 private:
  std::vector<Point> points_;
};

}  // namespace pmo::engine
