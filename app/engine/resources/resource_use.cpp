#include "app/engine/resources/resource_use.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "app/engine/schedule/plan_calendars.h"

namespace pmo::engine {
namespace {

// U3: the part of what is done of a task that lies in the days of the timesheets.
double part_in(const WorkUse& use, const Plan& plan, const PlanTask& task, const WorkTime& time) {
  if (!use.first) return 0;
  if (!task.actual_start) return 1;
  const Minute from = *task.actual_start, until = Minute::at(plan.status_date.value_or(*use.last) + 1);
  const Minute to = task.actual_finish.value_or(std::max(from, until));
  const Minute begin = std::max(from, Minute::at(*use.first)), end = std::min(to, Minute::at(*use.last + 1));
  const auto whole = time.between(from, to);
  return whole > 0 && begin < end ? static_cast<double>(time.between(begin, end)) / static_cast<double>(whole) : 0;
}

void add_planned(std::map<Id, WorkUse>& uses, const Project& project, const Plan& plan) {
  std::map<Id, std::size_t> tasks;
  for (std::size_t row = 0; row < plan.tasks.size(); ++row) tasks[plan.tasks[row].id] = row;
  PlanCalendars calendars(plan);
  for (const Assignment& assignment : project.all<Assignment>()) {
    const auto task = tasks.find(assignment.task.id);
    if (task == tasks.end() || plan.tasks[task->second].summary || !plan.tasks[task->second].active) continue;
    const PlanTask& planned = plan.tasks[task->second];
    const double by_units = static_cast<double>(planned.duration) * assignment.units.value / 1000.0;
    const auto regular = regular_work(assignment);
    const double work = (regular ? static_cast<double>(*regular) : by_units) + static_cast<double>(assignment.overtime.value);
    const Task* record = project.find(assignment.task);
    const double done = record ? record->percent_complete.value / 1000.0 : 0;
    WorkUse& use = uses[assignment.resource.id];
    use.planned += WorkMinutes{std::llround(work)};
    use.planned_then += WorkMinutes{std::llround(work * done * part_in(use, plan, planned, *calendars.of_task(static_cast<Index>(task->second))))};
  }
}

void add_timesheets(std::map<Id, WorkUse>& uses, const Project& project) {
  for (const TimesheetEntry& entry : project.all<TimesheetEntry>()) {
    if (entry.status == TimesheetStatus::rejected) continue;
    WorkUse& use = uses[entry.resource.id];
    use.actual += entry.work;
    use.overtime += entry.overtime;
    use.first = std::min(use.first.value_or(entry.date), entry.date);
    use.last = std::max(use.last.value_or(entry.date), entry.date);
    if (entry.status != TimesheetStatus::approved) use.unapproved += entry.work + entry.overtime;
  }
}

}  // namespace

std::vector<WorkUse> work_use(const Project& project, const Plan& plan) {
  std::map<Id, WorkUse> uses;
  add_timesheets(uses, project);
  add_planned(uses, project, plan);
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
    if (const Task* task = project.find(assignment.task); task && task->active)
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
