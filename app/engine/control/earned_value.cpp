#include "app/engine/control/earned_value.h"

#include <algorithm>

namespace pmo::engine {

namespace {

std::optional<double> divide(double numerator, double divisor) {
  return divisor > 0 ? std::optional(numerator / divisor) : std::nullopt;
}

std::optional<double> divide(double numerator, std::optional<double> divisor) {
  return divisor ? divide(numerator, *divisor) : std::nullopt;
}

}  // namespace

EarnedValueAmounts& EarnedValueAmounts::operator+=(const EarnedValueAmounts& other) {
  planned_value += other.planned_value;
  earned_value += other.earned_value;
  actual_cost += other.actual_cost;
  budget_at_completion += other.budget_at_completion;
  return *this;
}

EarnedValueFigures earned_value(const EarnedValueAmounts& amounts, std::optional<double> new_estimate_to_complete) {
  const auto [pv, ev, ac, bac] = amounts;
  EarnedValueFigures figures;
  figures.schedule_variance = ev - pv;
  figures.cost_variance = ev - ac;
  const auto spi = figures.schedule_performance_index = divide(ev, pv);
  const auto cpi = figures.cost_performance_index = divide(ev, ac);
  figures.percent_complete = divide(ev, bac);
  figures.percent_spent = divide(ac, bac);
  figures.estimate_typical = divide(bac, cpi);
  figures.estimate_atypical = ac + bac - ev;
  if (cpi && spi)
    if (const auto rest = divide(bac - ev, *cpi * *spi)) figures.estimate_combined = ac + *rest;
  if (new_estimate_to_complete) figures.estimate_bottom_up = ac + *new_estimate_to_complete;
  figures.to_complete_budget = divide(bac - ev, bac - ac);
  figures.budget_out_of_reach = ac >= bac && ev < bac;
  return figures;
}

CompletionFigures at_completion(const EarnedValueAmounts& amounts, double estimate_at_completion) {
  const double rest = estimate_at_completion - amounts.actual_cost;
  return {rest, amounts.budget_at_completion - estimate_at_completion,
          divide(amounts.budget_at_completion - amounts.earned_value, rest)};
}

EarnedScheduleFigures earned_schedule(const Curve& planned, double earned_value, double actual_time,
                                      std::optional<double> planned_duration) {
  EarnedScheduleFigures figures;
  if (actual_time < 0) return figures;
  const auto es = figures.earned_schedule = planned.time_of(earned_value);
  if (!es) return figures;
  figures.schedule_variance = *es - actual_time;
  figures.schedule_performance_index = divide(*es, actual_time);
  if (!planned_duration) return figures;
  const double rest = *planned_duration - *es;
  figures.estimate_planned_pace = actual_time + rest;
  if (const auto needed = divide(rest, figures.schedule_performance_index)) figures.estimate_current_pace = actual_time + *needed;
  figures.to_complete = divide(rest, *planned_duration - actual_time);
  return figures;
}

std::optional<double> earned_share(EarnedValueMethod method, const Progress& progress) {
  switch (method) {
    case EarnedValueMethod::percent_complete: return progress.percent_complete.value / 1000.0;
    case EarnedValueMethod::physical_percent: return progress.physical_percent.value / 1000.0;
    case EarnedValueMethod::zero_hundred: return progress.finished ? 1.0 : 0.0;
    case EarnedValueMethod::fifty_fifty: return progress.finished ? 1.0 : progress.started ? 0.5 : 0.0;
    case EarnedValueMethod::weighted_milestones: {
      double total = 0, reached = 0;
      for (const auto& [weight, done] : progress.milestones) {
        total += weight;
        if (done) reached += weight;
      }
      return divide(reached, total);
    }
    case EarnedValueMethod::level_of_effort: return std::clamp(progress.planned_share, 0.0, 1.0);
    case EarnedValueMethod::apportioned: return progress.base_share;
  }
  return std::nullopt;
}

Health health_of_index(std::optional<double> index, const IndexThresholds& thresholds) {
  if (!index) return Health::unknown;
  if (*index < thresholds.bad_below) return Health::bad;
  return *index < thresholds.warning_below ? Health::warning : Health::good;
}

}  // namespace pmo::engine
