#include "app/engine/resource_use.h"

#include <cmath>
#include <map>

namespace pmo::engine {
namespace {

void add_planned(std::map<Id, WorkUse>& uses, const Project& project, const Plan& plan) {
  std::map<Id, const PlanTask*> tasks;
  for (const PlanTask& task : plan.tasks) tasks[task.id] = &task;
  for (const Assignment& assignment : project.all<Assignment>()) {
    const auto task = tasks.find(assignment.task.id);
    if (task == tasks.end() || task->second->summary) continue;
    const double by_units = static_cast<double>(task->second->duration) * assignment.units.value / 1000.0;
    const auto regular = regular_work(assignment);
    const double work = (regular ? static_cast<double>(*regular) : by_units) + static_cast<double>(assignment.overtime.value);
    const Task* record = project.find(assignment.task);
    const double done = record ? record->percent_complete.value / 1000.0 : 0;
    WorkUse& use = uses[assignment.resource.id];
    use.planned += WorkMinutes{std::llround(work)};
    use.planned_to_date += WorkMinutes{std::llround(work * done)};
  }
}

void add_timesheets(std::map<Id, WorkUse>& uses, const Project& project) {
  for (const TimesheetEntry& entry : project.all<TimesheetEntry>()) {
    if (entry.status == TimesheetStatus::rejected) continue;
    WorkUse& use = uses[entry.resource.id];
    use.actual += entry.work;
    use.overtime += entry.overtime;
    if (entry.status != TimesheetStatus::approved) use.unapproved += entry.work + entry.overtime;
  }
}

}  // namespace

std::vector<WorkUse> work_use(const Project& project, const Plan& plan) {
  std::map<Id, WorkUse> uses;
  add_planned(uses, project, plan);
  add_timesheets(uses, project);
  std::vector<WorkUse> list;
  for (const Resource& resource : project.all<Resource>()) {
    const auto use = uses.find(resource.id);
    if (use == uses.end() || (resource.kind != ResourceKind::person && resource.kind != ResourceKind::equipment)) continue;
    list.push_back(use->second);
    list.back().resource = resource.id;
  }
  return list;
}

std::vector<MaterialUse> material_use(const Project& project) {
  std::map<Id, MaterialUse> uses;
  for (const Assignment& assignment : project.all<Assignment>())
    uses[assignment.resource.id].planned += assignment.quantity ? real(*assignment.quantity) : assignment.units.value / 1000.0;
  for (const MaterialMovement& movement : project.all<MaterialMovement>()) {
    MaterialUse& use = uses[movement.resource.id];
    const double quantity = real(movement.quantity);
    switch (movement.kind) {
      case MovementKind::receipt: use.received += quantity, use.stock += quantity; break;
      case MovementKind::issue: use.issued += quantity, use.stock -= quantity; break;
      case MovementKind::returned: use.issued -= quantity, use.stock += quantity; break;
      case MovementKind::returned_to_vendor: use.received -= quantity, use.stock -= quantity; break;
      case MovementKind::correction: use.stock += quantity; break;
    }
  }
  for (const StockRule& rule : project.all<StockRule>()) {
    if (rule.status != EntryStatus::in_use) continue;
    uses[rule.resource.id].reorder_point = real(rule.reorder_point);
    uses[rule.resource.id].reorder_quantity = real(rule.reorder_quantity);
  }
  std::vector<MaterialUse> list;
  for (const Resource& resource : project.all<Resource>()) {
    const auto use = uses.find(resource.id);
    if (use == uses.end() || resource.kind != ResourceKind::material) continue;
    list.push_back(use->second);
    list.back().resource = resource.id;
  }
  return list;
}

}  // namespace pmo::engine
