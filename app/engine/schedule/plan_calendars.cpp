#include "app/engine/schedule/plan_calendars.h"

#include <algorithm>

namespace pmo::engine {

const WorkTime* CompiledCalendars::of(Index calendar) {
  auto& slot = compiled_[speaking(calendar)];
  if (!slot) slot = std::make_unique<WorkTime>(WorkTime::compile(definitions_, calendar));
  return slot.get();
}

// A calendar that adds nothing to its base is that base: files have one for each resource, and most say nothing.
Index CompiledCalendars::speaking(Index calendar) const {
  const auto says_nothing = [&](const CalendarDefinition& c) {
    const bool own_week = std::ranges::any_of(c.week, [](const auto& day) { return day.has_value(); });
    return !own_week && c.work_weeks.empty() && c.exceptions.empty() && c.base >= 0 && c.base < std::ssize(definitions_);
  };
  for (auto steps = definitions_.size(); steps > 0 && says_nothing(definitions_[calendar]); --steps) calendar = definitions_[calendar].base;
  return calendar;
}

const WorkTime* CompiledCalendars::standard() {
  if (!standard_) {
    const auto definition = standard_calendar();
    standard_ = std::make_unique<WorkTime>(WorkTime::compile(std::span(&definition, 1), 0));
  }
  return standard_.get();
}

const WorkTime* CompiledCalendars::both(const WorkTime* a, const WorkTime* b) {
  if (a == b || b->continuous()) return a;
  if (a->continuous()) return b;
  auto& slot = both_[std::minmax(a, b)];
  if (!slot) slot = std::make_unique<WorkTime>(WorkTime::intersect(*a, *b));
  return slot.get();
}

PlanCalendars::PlanCalendars(const Plan& plan) : plan_(plan), known_(plan.calendars.size()) {
  const bool kept = plan.compiled && plan.compiled->made_of(plan.calendars);
  compiled_ = kept ? plan.compiled : std::make_shared<CompiledCalendars>(plan.calendars);
}

const WorkTime* PlanCalendars::of(Index calendar) {
  if (calendar < 0 || calendar >= std::ssize(known_)) return project();
  auto& time = known_[calendar];
  if (!time) time = compiled_->of(calendar);
  return time;
}

const WorkTime* PlanCalendars::project() {
  if (!project_) project_ = plan_.calendar >= 0 && plan_.calendar < std::ssize(known_) ? of(plan_.calendar) : compiled_->standard();
  return project_;
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
