// From the levelling of a plan to the tasks of its project: the delays, and what holds each of them.
#pragma once

#include "app/engine/levelling/level_plan.h"
#include "app/model/transaction.h"

namespace pmo::engine::levelling {

struct TaskDelay {
  Ref<Task> task;
  WorkMinutes delay = {};
  Ref<Resource> resource = {};  // that it waits for; none: it has no delay of its own
  Ref<Task> holder = {};        // the task that held the resource; none: it was not available yet
};

// One a task of the plan, which was made from a project.
std::vector<TaskDelay> delays_of(const Plan& plan, const LevelResult& result);

// Writes delay and reason, where they differ.
void set_delay(Transaction& transaction, const Task& task, const TaskDelay& delay);

}  // namespace pmo::engine::levelling
