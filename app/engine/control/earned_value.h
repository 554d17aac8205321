// Earned value and earned schedule.
// Sources: PMI, "The Standard for Earned Value Management" (2019); W. Lipke, "Schedule is different" (2003) and
// "Earned Schedule" (2009). Amounts are in any one unit (minor units of a currency, hours), times in any one period.
// A figure whose divisor is not above zero (nothing planned, more given back than spent, a budget that is used up) or whose
// input is missing has no value.
#pragma once

#include "app/engine/statistics.h"
#include "app/model/records/task.h"

namespace pmo::engine {

struct EarnedValueAmounts {
  double planned_value = 0;         // budgeted cost of the work scheduled up to the date
  double earned_value = 0;          // budgeted cost of the work done
  double actual_cost = 0;           // of the work done
  double budget_at_completion = 0;

  EarnedValueAmounts& operator+=(const EarnedValueAmounts& other);
};

struct EarnedValueFigures {
  double schedule_variance = 0;                        // SV = EV - PV
  double cost_variance = 0;                            // CV = EV - AC
  std::optional<double> schedule_performance_index;    // SPI = EV / PV
  std::optional<double> cost_performance_index;        // CPI = EV / AC
  std::optional<double> percent_complete;              // EV / BAC, 1 = all
  std::optional<double> percent_spent;                 // AC / BAC
  std::optional<double> estimate_typical;              // EAC = BAC / CPI: the past goes on
  std::optional<double> estimate_atypical;             // EAC = AC + BAC - EV: the rest as budgeted
  std::optional<double> estimate_combined;             // EAC = AC + (BAC - EV) / (CPI SPI): cost and date both bind
  std::optional<double> estimate_bottom_up;            // EAC = AC + new ETC
  std::optional<double> to_complete_budget;            // TCPI = (BAC - EV) / (BAC - AC)
  bool budget_out_of_reach = false;                    // it is spent and work is left: no performance keeps it
};

EarnedValueFigures earned_value(const EarnedValueAmounts& amounts, std::optional<double> new_estimate_to_complete = {});

// ETC = EAC - AC, VAC = BAC - EAC, TCPI(EAC) = (BAC - EV) / (EAC - AC), for a chosen estimate at completion.
struct CompletionFigures {
  double estimate_to_complete;
  double variance_at_completion;
  std::optional<double> to_complete_estimate;
};
CompletionFigures at_completion(const EarnedValueAmounts& amounts, double estimate_at_completion);

struct EarnedScheduleFigures {
  std::optional<double> earned_schedule;             // ES: when the earned value should have been reached
  std::optional<double> schedule_variance;           // SV(t) = ES - AT
  std::optional<double> schedule_performance_index;  // SPI(t) = ES / AT
  std::optional<double> estimate_planned_pace;       // EAC(t) = AT + (PD - ES): performance factor 1
  std::optional<double> estimate_current_pace;       // EAC(t) = AT + (PD - ES) / SPI(t)
  std::optional<double> to_complete;                 // TSPI = (PD - ES) / (PD - AT)
};

// `planned` is the cumulative planned value over time; ES = C + (EV - PV_C) / (PV_C+1 - PV_C) with C the last point
// whose PV <= EV, and the time of the full budget once that is earned. Without a planned duration no EAC(t);
// before the planned start (AT < 0) and without a budget (no PV above 0) no figure at all.
EarnedScheduleFigures earned_schedule(const Curve& planned, double earned_value, double actual_time,
                                      std::optional<double> planned_duration);

// Share of a task's budget that is earned.
struct Progress {
  Permille percent_complete;
  Permille physical_percent;
  bool started = false;
  bool finished = false;
  double planned_share = 0;                        // of the budget scheduled by the date: level of effort earns it
  std::optional<double> base_share;                // of the task that an apportioned task follows
  std::vector<std::pair<double, bool>> milestones = {};  // weight, reached
};
// 0..1; none for weighted milestones without weight and for an apportioned task without its base.
std::optional<double> earned_share(EarnedValueMethod method, const Progress& progress);

enum class Health : unsigned char { unknown, good, warning, bad };
struct IndexThresholds {
  double warning_below = 0.95;
  double bad_below = 0.9;
};
Health health_of_index(std::optional<double> index, const IndexThresholds& thresholds = {});

}  // namespace pmo::engine
