#include "app/engine/statistics.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>

#pragma clang fp contract(off)

namespace pmo::engine {

std::optional<double> mean(std::span<const double> values) {
  if (values.empty()) return std::nullopt;
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

std::optional<double> standard_deviation(std::span<const double> values) {
  if (values.size() < 2) return std::nullopt;
  const double centre = *mean(values);
  double squares = 0;
  for (const double value : values) squares += (value - centre) * (value - centre);
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

std::optional<double> quantile_of_sorted(std::span<const double> sorted, double share) {
  if (sorted.empty()) return std::nullopt;
  const double place = std::clamp(share, 0.0, 1.0) * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  if (below + 1 >= sorted.size()) return sorted.back();
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[below + 1] - sorted[below]);
}

namespace {

// Mean ranks from (value, place) pairs in order.
template <class Pair, class Value, class Place>
std::vector<double> mean_ranks(const std::vector<Pair>& order, Value value, Place place) {
  std::vector<double> rank(order.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t last = first;
    while (last + 1 < order.size() && value(order[last + 1]) == value(order[first])) ++last;
    for (std::size_t i = first; i <= last; ++i) rank[place(order[i])] = 1 + static_cast<double>(first + last) / 2;
    first = last + 1;
  }
  return rank;
}

}  // namespace

std::vector<double> ranks(std::span<const double> values) {
  std::vector<std::pair<double, std::size_t>> order(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) order[i] = {values[i], i};
  std::ranges::sort(order);
  return mean_ranks(order, [](const auto& pair) { return pair.first; }, [](const auto& pair) { return pair.second; });
}

// One word holds value and place: it sorts without a branch on pairs.
std::vector<double> ranks(std::span<const std::int32_t> values) {
  std::vector<std::uint64_t> order(values.size());
  for (std::size_t i = 0; i < values.size(); ++i)
    order[i] = static_cast<std::uint64_t>(static_cast<std::uint32_t>(values[i]) ^ 0x80000000u) << 32 | i;
  std::ranges::sort(order);
  return mean_ranks(order, [](std::uint64_t word) { return word >> 32; }, [](std::uint64_t word) { return word & 0xFFFFFFFFu; });
}

std::optional<double> pearson(std::span<const double> x, std::span<const double> y) {
  if (x.size() != y.size() || x.size() < 2) return std::nullopt;
  const double mean_x = *mean(x), mean_y = *mean(y);
  double xx = 0, yy = 0, xy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xx += (x[i] - mean_x) * (x[i] - mean_x);
    yy += (y[i] - mean_y) * (y[i] - mean_y);
    xy += (x[i] - mean_x) * (y[i] - mean_y);
  }
  if (xx == 0 || yy == 0) return std::nullopt;
  return xy / std::sqrt(xx * yy);
}

std::optional<double> spearman(std::span<const double> x, std::span<const double> y) {
  if (x.size() != y.size()) return std::nullopt;
  return pearson(ranks(x), ranks(y));
}

double portable_exp(double x) {
  if (x < -745) return 0;
  if (x > 709) return std::numeric_limits<double>::max();
  constexpr double ln2_high = 0.693147180369123816490, ln2_low = 1.90821492927058770002e-10;
  const double n = std::floor(x * 1.44269504088896340736 + 0.5);
  const double r = (x - n * ln2_high) - n * ln2_low;  // |r| <= ln 2 / 2
  double sum = 1;
  for (int k = 14; k >= 1; --k) sum = 1 + sum * r / k;
  return std::ldexp(sum, static_cast<int>(n));
}

double portable_log(double x) {
  if (!(x > 0)) return -std::numeric_limits<double>::max();
  int exponent = 0;
  double m = std::frexp(x, &exponent);  // [0.5, 1)
  if (m < 0.70710678118654752440) {
    m *= 2;
    --exponent;
  }
  const double s = (m - 1) / (m + 1), s2 = s * s;  // ln m = 2 artanh s, |s| <= 0.172
  double sum = 0;
  for (int k = 21; k >= 1; k -= 2) sum = sum * s2 + 1.0 / k;
  return 2 * s * sum + exponent * 0.69314718055994530942;
}

double normal_cdf(double x) {
  const double a = std::fabs(x);
  double tail;  // P(Z > a)
  if (a < 3) {  // series of Marsaglia: 0.5 + phi(x) (x + x^3/3 + x^5/15 + ...)
    double sum = a, term = a;
    for (int k = 3; term > sum * 1e-17 && k < 200; k += 2) sum += term *= a * a / k;
    tail = 0.5 - sum * portable_exp(-a * a / 2) * 0.39894228040143267794;
  } else {  // continued fraction of Laplace
    double fraction = a;
    for (int k = 60; k >= 1; --k) fraction = a + k / fraction;
    tail = portable_exp(-a * a / 2) * 0.39894228040143267794 / fraction;
  }
  return x > 0 ? 1 - tail : tail;
}

double normal_quantile(double probability) {
  constexpr double least = 1e-300, most = 1 - 1.1102230246251565e-16;
  const double p = std::clamp(probability, least, most);
  constexpr double a[] = {-3.969683028665376e+01, 2.209460984245205e+02,  -2.759285104469687e+02,
                          1.383577518672690e+02,  -3.066479806614716e+01, 2.506628277459239e+00};
  constexpr double b[] = {-5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02,
                          6.680131188771972e+01, -1.328068155288572e+01};
  constexpr double c[] = {-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
                          -2.549732539343734e+00, 4.374664141464968e+00,  2.938163982698783e+00};
  constexpr double d[] = {7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00,
                          3.754408661907416e+00};
  const double tail = std::min(p, 1 - p);
  double x;
  if (tail < 0.02425) {
    const double q = std::sqrt(-2 * portable_log(tail));
    x = (((((c[0] * q + c[1]) * q + c[2]) * q + c[3]) * q + c[4]) * q + c[5]) /
        ((((d[0] * q + d[1]) * q + d[2]) * q + d[3]) * q + 1);
    if (p > 0.5) x = -x;
  } else {
    const double q = p - 0.5, r = q * q;
    x = (((((a[0] * r + a[1]) * r + a[2]) * r + a[3]) * r + a[4]) * r + a[5]) * q /
        (((((b[0] * r + b[1]) * r + b[2]) * r + b[3]) * r + b[4]) * r + 1);
  }
  return x;
}

Curve::Curve(std::vector<Point> points) : points_(std::move(points)) {
  std::ranges::stable_sort(points_, {}, &Point::time);
  for (std::size_t i = 1; i < points_.size(); ++i) points_[i].value = std::max(points_[i].value, points_[i - 1].value);
  if (!points_.empty() && points_.front().time > 0) points_.insert(points_.begin(), Point{0, 0});
}

double Curve::value_at(double time) const {
  if (points_.empty() || time < points_.front().time) return 0;
  const auto after = std::ranges::upper_bound(points_, time, {}, &Point::time);
  if (after == points_.end()) return points_.back().value;
  const Point& before = *(after - 1);
  return before.value + (after->value - before.value) * (time - before.time) / (after->time - before.time);
}

std::optional<double> Curve::time_of(double value) const {
  if (points_.empty() || points_.back().value <= 0 || value < points_.front().value) return std::nullopt;
  if (value >= points_.back().value)
    return std::ranges::lower_bound(points_, points_.back().value, {}, &Point::value)->time;
  const auto after = std::ranges::upper_bound(points_, value, {}, &Point::value);
  const Point& before = *(after - 1);
  return before.time + (after->time - before.time) * (value - before.value) / (after->value - before.value);
}

}  // namespace pmo::engine
