// What tasks are planned to cost, and when: their fixed cost, and their assignments at the resources' rates.
//
//   C1  people, equipment: work × standard rate + cost per use × units; work without a figure: units × duration. Overtime
//       is paid by its own rate, lies where the work does, and does not grow with the duration
//   C2  material: quantity × rate + cost per use; without a quantity: units, 1000 permille = 1
//   C3  cost resources: the amount of the assignment
//   C4  work lies evenly on the working time of the assignment's calendar in the stretches in which its task is worked on,
//       and costs what the rate of the assignment's table is on that day (resource_rates.h); a cost per use is that of the
//       first day
//   C5  costs of a resource, and the fixed cost of a task, arise as the work goes on (prorated), or all at once at the start
//       or the finish of the task; a cost per use at the start, with costs that arise at the finish there
//
// Sources: PMBOK, "Estimate costs", resource-based; Microsoft, "Define how costs accrue" (per-use
// costs are incurred at the start or finish and not prorated).
#pragma once

#include "app/engine/schedule/plan_calendars.h"
#include "app/engine/schedule/schedule.h"
#include "app/model/outline.h"

namespace pmo::engine {

struct TaskCost {
  double fixed = 0;       // minor units, whatever the duration
  double by_time = 0;     // minor units for the planned duration
  double work = 0;        // minutes of people and equipment
  double total() const { return fixed + by_time; }
  TaskCost& operator+=(const TaskCost& other);
};

// Evenly over the working time between two moments; at once where they are one.
struct CostPart {
  Minute from, to;
  double amount = 0;
  const WorkTime* time = nullptr;
};

// One value a task of the plan, each without its parts.
struct PhasedCosts {
  std::vector<TaskCost> tasks;
  std::vector<std::vector<CostPart>> parts;
  std::vector<std::uint8_t> even;  // flags: all of it prorated and at one rate
};

// Parts keep pointers into the calendars.
PhasedCosts phased_costs(const Project& project, const Plan& plan, const Schedule& schedule, PlanCalendars& calendars);

// The same without the days.
std::vector<TaskCost> costs_of(const Project& project, const Plan& plan, const Schedule& schedule);

// Of each task with everything below it.
std::vector<TaskCost> with_parts(const Plan& plan, std::vector<TaskCost> own);

// The cost account of each task, or of the nearest summary task that has one; empty: none.
std::vector<Id> accounts_of(const Outline& outline);

}  // namespace pmo::engine
