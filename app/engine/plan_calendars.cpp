#include "app/engine/plan_calendars.h"

#include <algorithm>

namespace pmo::engine {

const WorkTime* PlanCalendars::of(Index calendar) {
  if (calendar < 0 || calendar >= std::ssize(plan_.calendars)) return project();
  auto& slot = compiled_[calendar];
  if (!slot) slot = std::make_unique<WorkTime>(WorkTime::compile(plan_.calendars, calendar));
  return slot.get();
}

const WorkTime* PlanCalendars::project() {
  if (project_) return project_;
  if (plan_.calendar >= 0 && plan_.calendar < std::ssize(plan_.calendars)) return project_ = of(plan_.calendar);
  const auto standard = standard_calendar();
  standard_ = std::make_unique<WorkTime>(WorkTime::compile(std::span(&standard, 1), 0));
  return project_ = standard_.get();
}

const WorkTime* PlanCalendars::both(const WorkTime* a, const WorkTime* b) {
  if (a == b || b->continuous()) return a;
  if (a->continuous()) return b;
  auto& slot = both_[std::minmax(a, b)];
  if (!slot) slot = std::make_unique<WorkTime>(WorkTime::intersect(*a, *b));
  return slot.get();
}

const WorkTime* PlanCalendars::of_assignment(const PlanAssignment& assignment) {
  const PlanTask& task = plan_.tasks[assignment.task];
  const PlanResource& resource = plan_.resources[assignment.resource];
  const bool works = resource.kind == ResourceKind::person || resource.kind == ResourceKind::equipment;
  if (task.elapsed || !works || task.ignore_resource_calendars) return of_task(assignment.task);
  const WorkTime* time = of(resource.calendar);
  return task.calendar >= 0 ? both(of(task.calendar), time) : time;
}

const WorkTime* PlanCalendars::of_task(Index task) {
  return plan_.tasks[task].elapsed ? always() : of(plan_.tasks[task].calendar);
}

}  // namespace pmo::engine
