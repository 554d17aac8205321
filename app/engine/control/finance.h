// Investment arithmetic over equal periods. Flow 0 is now; flow t comes after t periods; out is negative.
// Source: Brealey, Myers, Allen, "Principles of Corporate Finance"; PMBOK (project selection).
#pragma once

#include <optional>
#include <span>
#include <vector>

namespace pmo::engine {

// Net present value at `rate` a period (0.1 = 10 %). None for a rate <= -1 or no flows.
std::optional<double> net_present_value(double rate, std::span<const double> flows);

enum class RateOutcome : unsigned char { found, several, no_sign_change, no_root };
struct InternalRate {
  RateOutcome outcome = RateOutcome::no_root;
  // Rates a period at which the net present value is zero, rising; the first is the answer when `found`. With
  // `several` there is no single answer: compare by net present value instead.
  std::vector<double> rates;
};
// Looks between -99 % and 1,000,000 % a period: brackets by sign change, then bisection with Newton steps.
InternalRate internal_rate_of_return(std::span<const double> flows);

// Periods until the flows have paid themselves back, with a straight line within the period; at rate 0 the plain
// payback, above 0 the discounted one. None when they never do (or never were negative: then 0).
std::optional<double> payback_period(std::span<const double> flows, double rate = 0);

// (sum of discounted inflows) / (sum of discounted outflows). None without outflows.
std::optional<double> benefit_cost_ratio(double rate, std::span<const double> flows);

// Running sum, for the cash-flow curve, and its lowest point: the funding that is needed.
std::vector<double> cumulative(std::span<const double> flows);
std::optional<double> funding_need(std::span<const double> flows);

}  // namespace pmo::engine
