// What a controller enters beside the plan: the steps by which a task earns its budget, and new estimates of what is left.
#pragma once

#include "app/model/records/cost.h"

namespace pmo {

// A step of a task that is measured by weighted milestones: it earns its weight of the budget when it is achieved.
struct TaskStep : Record {
  Ref<Task> task;
  std::string name;
  std::int64_t weight = 1;  // of the sum over the steps of the task
  std::optional<Day> planned_on, achieved_on;
};

template <>
struct Describe<TaskStep> {
  static RegisterInfo make() {
    using R = TaskStep;
    return Describer<R>("", Desk::controller)
        .field("task", &R::task, {.required = true, .owner = true})
        .field("name", &R::name, {.required = true, .title = true})
        .field("weight", &R::weight, {.minimum = 0, .maximum = 1'000'000})
        .field("planned_on", &R::planned_on)
        .field("achieved_on", &R::achieved_on);
  }
};

// What is left of a task or on a cost account, estimated anew: app/engine/control/estimate_to_complete.h.
struct EstimateToComplete : Record {
  std::string title;
  Ref<Task> task;            // with its parts
  Ref<CostAccount> account;  // with the accounts below it; not both
  Day estimated_on;          // as of the end of this day
  Money amount;              // still to be spent
  std::string reason;
  Ref<Person> owner;  // who estimates
  EntryStatus status = EntryStatus::in_use;
};

// An error when it names both a task and an account.
Result<void> estimates_one_thing(const EstimateToComplete& estimate);

template <>
struct Describe<EstimateToComplete> {
  static RegisterInfo make() {
    using R = EstimateToComplete;
    return Describer<R>("ET", Desk::controller)
        .field("title", &R::title, {.required = true, .title = true})
        .field("task", &R::task)
        .field("account", &R::account)
        .field("estimated_on", &R::estimated_on)
        .field("amount", &R::amount, {.confidential = true, .minimum = 0})
        .field("reason", &R::reason, {.lines = true})
        .field("owner", &R::owner)
        .field("status", &R::status)
        .check<estimates_one_thing>(&R::task, &R::account);
  }
};

}  // namespace pmo
