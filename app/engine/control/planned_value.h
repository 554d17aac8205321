// When the budget of each task is to be used: what planned value, baselines and cash to come are made of. In minor units.
//
//   P1  from the plan: the costs of a task as they arise (cost_of_project.h)
//   P2  a task with weighted milestones whose steps all have a planned day: its budget by the steps' weights on these days,
//       not before its start and not after its finish
//   P3  from a baseline: the cost that it keeps, in the phases that it keeps. A baseline without phases (of MS Project, or
//       where all is prorated at one rate): evenly over the working time between its dates, breaks left out
//   P4  what a summary task costs itself is, in a baseline, what its parts leave over of its cost
//   P5  an apportioned task that names another: as the budget of that task with its parts, in proportion; of the parts of a
//       summary those that are apportioned themselves do not count
//   P6  costs to come: by the plan as it stands, whatever is measured against. A baseline tells what was agreed, not when money
//       will be wanted
//
// Sources: PMI, "The Standard for Earned Value Management" (2019) and "Practice Standard for Earned Value Management" (2011):
// weighted milestone, apportioned effort.
#pragma once

#include <algorithm>
#include <map>

#include "app/engine/control/cost_of_project.h"
#include "app/model/records/baseline.h"
#include "app/model/records/earned_value.h"

namespace pmo::engine {

struct PlannedTask {
  bool known = false;  // it has dates
  Minute start, finish;
  double budget = 0;                      // without its parts
  std::vector<WorkedStretch> stretches;   // in which it is worked on
  std::vector<CostPart> parts;            // the budget
  bool even = true;                       // as the work goes on
};

// By row of the outline; without a baseline from the plan. Parts keep pointers into the calendars.
std::vector<PlannedTask> planned_tasks(const Project& project, const Outline& outline, const Plan& plan, const Schedule& schedule,
                                       Ref<Baseline> baseline, PlanCalendars& calendars);

// P6: what the plan spends after a day, by month (its first day).
std::map<Day, double> costs_to_come(const Project& project, const Outline& outline, const Plan& plan, const Schedule& schedule, Day date);

// Of a part, and of the budget of a task, what is planned to be used before a moment.
double planned_before(const CostPart& part, Minute moment);
double planned_before(const PlannedTask& task, Minute moment);

// An amount evenly over the working time of stretches, of which there is one at least; without any at their end.
std::vector<CostPart> evenly(std::span<const WorkedStretch> stretches, double amount, const WorkTime& time);

// The phases of a budget as a baseline keeps them: "from/to=amount" in minutes since its start and minor units, with ;
std::string phases_text(const PlannedTask& task);
// Those that can be read, in proportion adding up to an amount; none: there are none.
std::vector<CostPart> list_phases(std::string_view text, Minute start, double amount, const WorkTime& time);

// The steps of each task that has some, by planned day; those without a day come last.
using TaskSteps = std::map<Id, std::vector<const TaskStep*>>;
TaskSteps steps_by_task(const Project& project);

// Amounts added to days, made cumulative at the end. What lies outside counts on the first or the last day.
class Timeline {
 public:
  Timeline(Day first, Day last) : first_(first), values_(static_cast<std::size_t>(std::max(0, last - first) + 1)) {}

  void add(Day day, double amount) { values_[place(day)] += amount; }
  void add(const CostPart& part);
  void sum_up();
  double at(Day day) const { return day < first_ ? 0 : values_[place(day)]; }

 private:
  std::size_t place(Day day) const {
    return static_cast<std::size_t>(std::clamp<std::int64_t>(day - first_, 0, std::ssize(values_) - 1));
  }
  Day first_;
  std::vector<double> values_;
};

inline Minute end_of(Day day) { return Minute::at(day + 1); }

}  // namespace pmo::engine
