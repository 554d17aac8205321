#include "app/engine/schedule/plan_of_project.h"

#include <algorithm>
#include <map>

#include "app/engine/resources/resource_limits.h"
#include "app/engine/schedule/plan_calendars.h"
#include "app/model/records/resource_use.h"

namespace pmo::engine {
namespace {

template <class R>
IdMap indices_of(Records<R> table) {
  IdMap indices(table.size());
  for (const auto& record : table) indices.add(record.id, static_cast<std::uint32_t>(indices.size()));
  return indices;
}

template <class R>
Index find(const IdMap& indices, Ref<R> ref) {
  const auto found = indices.find(ref.id);
  return found ? static_cast<Index>(*found) : -1;
}

template <class R>
WeekDefinition week_of(const R& record) {
  return {record.monday, record.tuesday, record.wednesday, record.thursday, record.friday, record.saturday, record.sunday};
}

IdMap add_calendars(const Project& project, Plan& plan) {
  const auto& table = project.all<Calendar>();
  const auto indices = indices_of(table);
  for (const auto& calendar : table) {
    plan.calendars.push_back({.name = calendar.name, .base = find(indices, calendar.base), .week = week_of(calendar)});
    plan.calendar_ids.push_back(calendar.id);
  }
  for (const auto& week : project.all<WorkWeek>())
    if (const auto at = find(indices, week.calendar); at >= 0)
      plan.calendars[at].work_weeks.push_back({week.first, week.last, week_of(week)});
  for (const auto& exception : project.all<CalendarException>())
    if (const auto at = find(indices, exception.calendar); at >= 0)
      plan.calendars[at].exceptions.push_back(definition_of(exception));
  return indices;
}

PlanTask plan_task(const Task& task, const IdMap& calendars) {
  const auto minutes = [](const std::optional<WorkMinutes>& work) {
    return work ? std::optional(work->value) : std::nullopt;
  };
  return {.id = task.id, .milestone = task.milestone, .manual = task.manual, .active = task.active,
          .elapsed = task.elapsed_duration, .effort_driven = task.effort_driven,
          .ignore_resource_calendars = task.ignore_resource_calendars, .constraint_gives_way = task.constraint_gives_way, .type = task.type,
          .constraint = task.constraint, .duration = task.duration.value, .levelling_delay = task.levelling_delay.value, .calendar = find(calendars, task.calendar),
          .priority = static_cast<std::int32_t>(task.priority), .percent = task.percent_complete.value,
          .constraint_date = task.constraint_date, .deadline = task.deadline, .manual_start = task.manual_start,
          .manual_finish = task.manual_finish, .actual_start = task.actual_start,
          .actual_finish = task.actual_finish, .resume = task.resume,
          .actual_duration = minutes(task.actual_duration), .remaining_duration = minutes(task.remaining_duration)};
}

void add_tasks(const Outline& outline, const IdMap& calendars, Plan& plan) {
  plan.tasks.reserve(outline.size());
  for (const auto& row : outline.rows()) {
    auto& added = plan.tasks.emplace_back(plan_task(*row.task, calendars));
    added.parent = row.parent == Outline::none ? -1 : static_cast<Index>(row.parent);
    added.summary = row.summary;
    if (row.task->splits.empty() || row.summary) continue;
    set_breaks(plan, static_cast<Index>(plan.tasks.size() - 1), breaks_within(list_breaks(row.task->splits), added.duration));
  }
}

void add_settings(const Project& project, const IdMap& calendars, Plan& plan) {
  for (const auto& settings : project.all<ProjectSettings>()) {
    plan.start = settings.start;
    plan.finish = settings.finish;
    plan.from = settings.schedule_from;
    plan.must_finish = settings.must_finish_by;
    plan.lag_calendar = settings.lag_calendar;
    plan.status_date = settings.status_date;
    plan.reschedule_unfinished = settings.reschedule_unfinished;
    plan.progress = settings.progress_logic;
    plan.critical_threshold = settings.critical_threshold.value;
    plan.calendar = find(calendars, settings.calendar);
    return;
  }
}

// Approved absences are days off: in a calendar of the resource's own, upon the one it has.
void add_absences(const Project& project, const IdMap& resources, Plan& plan) {
  std::map<Index, Index> own;  // calendar of each resource that has one
  for (const auto& absence : project.all<Absence>()) {
    const auto at = find(resources, absence.resource);
    if (at < 0 || absence.status != AbsenceStatus::approved || !absence.first || !absence.last) continue;
    const auto [entry, added] = own.try_emplace(at, static_cast<Index>(plan.calendars.size()));
    if (added) {
      auto& calendar = plan.resources[static_cast<std::size_t>(at)].calendar;
      const Index base = calendar >= 0 ? calendar : plan.calendar;
      plan.calendars.push_back(base >= 0 ? CalendarDefinition{.base = base} : standard_calendar());
      plan.calendar_ids.push_back({});
      calendar = entry->second;
    }
    plan.calendars[static_cast<std::size_t>(entry->second)].exceptions.push_back({.first = *absence.first, .last = *absence.last});
  }
}

constexpr Day since_ever = Day::of(1984, 1, 1);  // where calendars begin

IdMap add_resources(const Project& project, const IdMap& calendars, Plan& plan) {
  const auto resources = indices_of(project.all<Resource>());
  for (const auto& resource : project.all<Resource>())
    plan.resources.push_back({resource.id, find(calendars, resource.calendar), resource.kind,
                              resource.maximum_units.value, resource.available_from, resource.available_to});
  for (const auto& period : project.all<AvailabilityPeriod>())
    if (const auto at = find(resources, period.resource); at >= 0) plan.resources[static_cast<std::size_t>(at)].windows.push_back({period.first, period.last, period.units.value});
  for (const ResourceLimit& limit : outages(project))
    if (const auto at = find(resources, Ref<Resource>{limit.resource}); at >= 0 && limit.last)
      plan.resources[static_cast<std::size_t>(at)].away.push_back({limit.first.value_or(since_ever), *limit.last});
  add_absences(project, resources, plan);
  return resources;
}

}  // namespace

ExceptionDefinition definition_of(const CalendarException& exception) {
  const auto small = [](std::int64_t value) { return static_cast<int>(std::clamp<std::int64_t>(value, 0, 9999)); };
  return {.first = exception.first, .last = exception.last, .shifts = exception.shifts,
          .recurrence = exception.recurrence, .every = small(exception.every), .weekdays = small(exception.weekdays),
          .day = small(exception.day), .month = small(exception.month), .position = small(exception.position),
          .weekday = small(exception.weekday), .occurrences = small(exception.occurrences)};
}

std::shared_ptr<CompiledCalendars> calendars_of(const Project& project) {
  Plan plan;
  const auto calendars = add_calendars(project, plan);
  add_settings(project, calendars, plan);
  add_resources(project, calendars, plan);
  return std::make_shared<CompiledCalendars>(std::move(plan.calendars));
}

Plan plan_of(const Project& project) { return plan_of(project, Outline(project)); }

Plan plan_of(const Project& project, const Outline& outline, std::shared_ptr<CompiledCalendars> compiled) {
  Plan plan;
  const auto calendars = add_calendars(project, plan);
  add_settings(project, calendars, plan);
  const auto resources = add_resources(project, calendars, plan);
  plan.compiled = compiled && compiled->made_of(plan.calendars) ? std::move(compiled) : std::make_shared<CompiledCalendars>(plan.calendars);
  add_tasks(outline, calendars, plan);
  const auto task_at = [&](Ref<Task> task) {
    const auto row = outline.find(task.id);
    return row ? static_cast<Index>(*row) : Index{-1};
  };
  for (std::size_t row = 0; row < outline.size(); ++row)
    if (const Task& task = *outline[row].task; task.levelling_delay.value != 0) plan.tasks[row].delayed_by = task_at(task.levelling_holder);
  const auto& links = project.all<Link>();
  plan.links.reserve(links.size());
  for (const auto& link : links) {
    const auto from = task_at(link.predecessor), to = task_at(link.successor);
    if (from >= 0 && to >= 0) plan.links.push_back({link.id, from, to, link.type, link.lag_unit, link.lag});
  }
  for (const auto& assignment : project.all<Assignment>()) {
    const auto task = task_at(assignment.task), resource = find(resources, assignment.resource);
    if (task < 0 || resource < 0) continue;
    plan.assignments.push_back({assignment.id, task, resource, assignment.units.value,
                                regular_work(assignment), assignment.delay.value});
  }
  return plan;
}

}  // namespace pmo::engine
