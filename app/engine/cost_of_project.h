// What tasks are planned to cost: their fixed cost, and their assignments at the resources' rates.
//
//   people, equipment   work × standard rate + cost per use × units; work without a figure: units × duration
//   material            quantity × rate + cost per use; without a quantity: units, 1000 permille = 1
//   cost                the amount of the assignment
//
// Source: PMBOK, "Estimate costs", resource-based. Overtime is not planned.
#pragma once

#include "app/engine/plan.h"
#include "app/model/outline.h"

namespace pmo::engine {

struct TaskCost {
  double fixed = 0;       // minor units, whatever the duration
  double by_time = 0;     // minor units for the planned duration
  double work = 0;        // minutes of people and equipment
  double total() const { return fixed + by_time; }
  TaskCost& operator+=(const TaskCost& other);
};

// One a task of the plan, each without its parts.
std::vector<TaskCost> costs_of(const Project& project, const Plan& plan);

// Of each task with everything below it.
std::vector<TaskCost> with_parts(const Plan& plan, std::vector<TaskCost> own);

// The cost account of each task, or of the nearest summary task that has one; empty: none.
std::vector<Id> accounts_of(const Outline& outline);

}  // namespace pmo::engine
