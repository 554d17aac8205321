#include "app/engine/cost_of_project.h"

#include "app/model/records/cost.h"

namespace pmo::engine {
namespace {

double minor_units(Money money) { return static_cast<double>(money.value); }

void add_assignment(TaskCost& cost, const PlanTask& task, const Assignment& assignment, const Resource& resource) {
  const double units = assignment.units.value / 1000.0;
  switch (resource.kind) {
    case ResourceKind::person:
    case ResourceKind::equipment: {
      const double work = assignment.work ? static_cast<double>(assignment.work->value) : units * static_cast<double>(task.duration);
      cost.work += work;
      cost.by_time += work / 60 * minor_units(resource.standard_rate);
      cost.fixed += units * minor_units(resource.cost_per_use);
      break;
    }
    case ResourceKind::material:
      cost.fixed += (assignment.quantity ? real(*assignment.quantity) : units) * minor_units(resource.standard_rate) +
                    minor_units(resource.cost_per_use);
      break;
    case ResourceKind::cost:
      cost.fixed += minor_units(assignment.cost.value_or(Money{}));
      break;
  }
}

}  // namespace

TaskCost& TaskCost::operator+=(const TaskCost& other) {
  fixed += other.fixed;
  by_time += other.by_time;
  work += other.work;
  return *this;
}

std::vector<TaskCost> costs_of(const Project& project, const Plan& plan) {
  std::vector<TaskCost> costs(plan.tasks.size());
  std::vector<std::uint8_t> assigned(plan.tasks.size());
  for (const PlanAssignment& planned : plan.assignments) {
    const auto* assignment = project.find(Ref<Assignment>{planned.id});
    const auto* resource = assignment ? project.find(assignment->resource) : nullptr;
    if (!resource || !plan.tasks[planned.task].active) continue;
    add_assignment(costs[planned.task], plan.tasks[planned.task], *assignment, *resource);
    assigned[planned.task] = 1;
  }
  for (std::size_t t = 0; t < plan.tasks.size(); ++t) {
    const auto* task = project.find(Ref<Task>{plan.tasks[t].id});
    if (!task || !task->active) continue;
    costs[t].fixed += minor_units(task->fixed_cost);
    if (!assigned[t]) costs[t].work += static_cast<double>(task->work.value);
  }
  return costs;
}

std::vector<TaskCost> with_parts(const Plan& plan, std::vector<TaskCost> own) {
  for (std::size_t t = own.size(); t-- > 0;)
    if (const Index parent = plan.tasks[t].parent; parent >= 0) own[parent] += own[t];
  return own;
}

std::vector<Id> accounts_of(const Outline& outline) {
  std::vector<Id> accounts;
  accounts.reserve(outline.size());
  for (const auto& row : outline.rows()) {
    Id account = row.task->cost_account.id;
    if (!account && row.parent != Outline::none) account = accounts[row.parent];
    accounts.push_back(account);
  }
  return accounts;
}

}  // namespace pmo::engine
