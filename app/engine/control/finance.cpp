#include "app/engine/control/finance.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace pmo::engine {

namespace {

double value_at(double rate, std::span<const double> flows) {
  double value = 0;
  for (std::size_t t = flows.size(); t-- > 0;) value = value / (1 + rate) + flows[t];
  return value;
}

// d NPV / d rate = - sum t F_t / (1 + r)^(t + 1)
double slope_at(double rate, std::span<const double> flows) {
  double slope = 0, discount = 1 / (1 + rate);
  for (std::size_t t = 1; t < flows.size(); ++t) {
    discount /= 1 + rate;
    slope -= static_cast<double>(t) * flows[t] * discount;
  }
  return slope;
}

// Newton steps that stay inside the bracket, bisection where they would leave it.
double root_between(double low, double high, std::span<const double> flows) {
  const bool rising = value_at(low, flows) < 0;
  double rate = (low + high) / 2;
  for (int step = 0; step < 200 && high - low > 1e-14 * std::max(1.0, std::fabs(rate)); ++step) {
    const double value = value_at(rate, flows);
    if (value == 0) return rate;
    ((value < 0) == rising ? low : high) = rate;
    const double newton = rate - value / slope_at(rate, flows);
    const double next = newton > low && newton < high ? newton : (low + high) / 2;
    if (std::fabs(next - rate) <= 1e-15 * std::max(1.0, std::fabs(rate))) return next;
    rate = next;
  }
  return rate;
}

}  // namespace

std::optional<double> net_present_value(double rate, std::span<const double> flows) {
  if (flows.empty() || rate <= -1) return std::nullopt;
  return value_at(rate, flows);
}

InternalRate internal_rate_of_return(std::span<const double> flows) {
  const bool in = std::ranges::any_of(flows, [](double flow) { return flow > 0; });
  const bool out = std::ranges::any_of(flows, [](double flow) { return flow < 0; });
  if (!in || !out) return {RateOutcome::no_sign_change, {}};
  // Equal steps of the discount factor's logarithm look at every scale of rates alike.
  InternalRate result;
  constexpr double first = 0.01, last = 10001;  // of 1 + rate
  constexpr int steps = 2000;
  const double growth = std::log(last / first) / steps;
  double low = first - 1, value_low = value_at(low, flows);
  for (int step = 1; step <= steps; ++step) {
    const double high = first * std::exp(growth * step) - 1, value_high = value_at(high, flows);
    if (value_low == 0) result.rates.push_back(low);
    else if (value_high != 0 && (value_low < 0) != (value_high < 0)) result.rates.push_back(root_between(low, high, flows));
    low = high;
    value_low = value_high;
  }
  result.outcome = result.rates.empty() ? RateOutcome::no_root : result.rates.size() == 1 ? RateOutcome::found : RateOutcome::several;
  return result;
}

std::optional<double> payback_period(std::span<const double> flows, double rate) {
  if (flows.empty() || rate <= -1) return std::nullopt;
  double sum = 0, discount = 1;
  std::optional<double> paid = 0;
  for (std::size_t t = 0; t < flows.size(); ++t) {
    const double flow = flows[t] * discount, before = sum;
    sum += flow;
    if (sum < 0) paid.reset();
    else if (before < 0) paid = static_cast<double>(t) - 1 + -before / flow;
    discount /= 1 + rate;
  }
  return paid;
}

std::optional<double> benefit_cost_ratio(double rate, std::span<const double> flows) {
  if (rate <= -1) return std::nullopt;
  double benefits = 0, costs = 0, discount = 1;
  for (const double flow : flows) {
    (flow > 0 ? benefits : costs) += std::fabs(flow) * discount;
    discount /= 1 + rate;
  }
  return costs == 0 ? std::nullopt : std::optional(benefits / costs);
}

std::vector<double> cumulative(std::span<const double> flows) {
  std::vector<double> sums(flows.size());
  std::partial_sum(flows.begin(), flows.end(), sums.begin());
  return sums;
}

std::optional<double> funding_need(std::span<const double> flows) {
  if (flows.empty()) return std::nullopt;
  return std::max(0.0, -std::ranges::min(cumulative(flows)));
}

}  // namespace pmo::engine
