// Earned value of a project, for any date: planned value from a baseline, earned value from the tasks' progress, actual
// cost from the cost entries. Amounts in minor units.
//
//   E1  planned value: the cost of a task in the baseline as it was to arise; without a baseline, its planned cost
//       (planned_value.h)
//   E2  earned value at the end of a day: the task's share by its method. Before the status of today the share is taken
//       to have grown evenly over the working time since the actual start; 0/100 and 50/50 step at the actual dates
//   E3  a step of weighted milestones is earned on the day on which it is achieved; without steps they follow the physical
//       percent. An apportioned task earns the share that the task which it names, with its parts (P5), has earned;
//       one that names none follows the tasks beside it
//   E4  a summary task's own cost in the baseline (what its parts leave over) is earned as its parts are
//   E5  actual cost: entries that are paid or accrued, up to the date; orders do not count. An entry belongs to its task
//       and to its account, or that of its task; the project counts every entry. In other currencies at the rate of their day; without one they are left out
//   E6  times of the earned schedule are working days of the project's calendar since the first planned day; the actual time
//       ends on the day on which everything is earned
#pragma once

#include "app/engine/control/baselines.h"
#include "app/engine/control/estimate_to_complete.h"

namespace pmo::engine {

struct AccountEarnedValue {
  Id account;             // empty: no account
  int parent = -1;        // place of the account above it
  EarnedValueAmounts amounts;  // with the accounts below it
  double budget = 0;      // with those below it (G1 of budget_of_project.h)
  double committed = 0;   // ordered and not yet spent, up to the date, with those below it (G2)
  ToComplete to_complete; // with those below it
};

// Cumulative values at the end of a day.
struct EarnedValuePoint {
  Day day;
  double planned_value = 0;
  std::optional<double> earned_value, actual_cost;  // none after the date
};

struct ProjectEarnedValue {
  Day date;
  Id baseline;                             // empty: planned value from the plan
  EarnedValueAmounts total;
  std::vector<EarnedValueAmounts> tasks;   // by row of the outline, with parts
  std::vector<AccountEarnedValue> accounts;
  std::vector<int> accounts_parts_first;   // their places, each before the one above it
  ToComplete to_complete;
  std::vector<ToComplete> tasks_to_complete;  // by row, with parts
  EarnedScheduleFigures schedule;          // in working days
  double actual_time = 0, planned_duration = 0;  // working days
  Day planned_start, planned_finish;
  std::optional<Day> forecast_finish;      // at the current pace
  double actual_without_task = 0;
  double cost_of_plan = 0;                 // of all tasks as the plan stands, for a project without accounts; else 0
  std::vector<EarnedValuePoint> days;      // every day from the first to the last
};

struct EarnedValueSettings {
  Day date;
  Ref<Baseline> baseline = {};
};

ProjectEarnedValue earned_value_of(const Project& project, const Outline& outline, const Plan& plan, const Schedule& schedule,
                                   const EarnedValueSettings& settings);

// E5: what was spent up to a date, in the project's currency, with the account that it belongs to.
struct ActualCost {
  Day date;
  Id task, account;  // empty: names none
  double amount = 0; // 0: no exchange rate holds on its day
};
std::vector<ActualCost> actual_costs(const Project& project, const Outline& outline, std::span<const Id> account_of_task, Day date);

// The day up to which the project reports: its status date, otherwise the given day.
Day status_day(const Project& project, Day otherwise);

}  // namespace pmo::engine
