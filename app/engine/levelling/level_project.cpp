#include "app/engine/levelling/level_project.h"

namespace pmo::engine::levelling {

std::vector<TaskDelay> delays_of(const Plan& plan, const LevelResult& result) {
  std::vector<TaskDelay> delays;
  for (std::size_t t = 0; t < plan.tasks.size(); ++t) {
    auto& one = delays.emplace_back(TaskDelay{.task = {plan.tasks[t].id}, .delay = {result.delays[t]}});
    if (const Index r = result.resource[t]; r >= 0) one.resource = {plan.resources[static_cast<std::size_t>(r)].id};
    if (const Index h = result.holder[t]; h >= 0) one.holder = {plan.tasks[static_cast<std::size_t>(h)].id};
  }
  return delays;
}

void set_delay(Transaction& transaction, const Task& task, const TaskDelay& delay) {
  if (task.levelling_delay != delay.delay) transaction.set(task, &Task::levelling_delay, delay.delay);
  if (task.levelling_resource != delay.resource) transaction.set(task, &Task::levelling_resource, delay.resource);
  if (task.levelling_holder != delay.holder) transaction.set(task, &Task::levelling_holder, delay.holder);
}

}  // namespace pmo::engine::levelling
