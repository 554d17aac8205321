// What the engine computes with: a project's tasks, links, calendars and assignments as plain vectors joined by
// index. Made from a Project by plan_of(); analyses that ask "what if" copy and change it.
//
// Durations and lags are minutes: of working time, or around the clock where a flag says "elapsed".
#pragma once

#include <memory>

#include "app/engine/schedule/calendar.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/resource.h"

namespace pmo::engine {

class CompiledCalendars;

struct PlanTask {
  Id id;               // of the record; empty in plans that come from elsewhere
  Index parent = -1;   // its summary task
  bool summary = false;
  bool milestone = false;
  bool manual = false;
  bool active = true;
  bool elapsed = false;
  bool effort_driven = false;
  bool ignore_resource_calendars = false;
  bool constraint_gives_way = false;  // to links
  TaskType type = TaskType::fixed_units;
  ConstraintType constraint = ConstraintType::as_soon_as_possible;
  std::int64_t duration = 0;
  std::int64_t breaks = 0;          // of a split task: the sum of its interruptions (Plan::breaks)
  std::int64_t levelling_delay = 0; // working minutes
  Index calendar = -1;
  std::int32_t priority = 500;
  std::int32_t percent = 0;         // complete, permille
  std::optional<Minute> constraint_date, deadline, manual_start, manual_finish, actual_start, actual_finish, resume;
  std::optional<std::int64_t> actual_duration, remaining_duration;
  Index delayed_by = -1;  // the task that held the resource for which levelling delayed this one; -1: none
};

struct PlanLink {
  Id id;
  Index from = -1, to = -1;
  LinkType type = LinkType::finish_to_start;
  LagUnit unit = LagUnit::working;
  std::int64_t lag = 0;  // minutes; percent: permille of the predecessor's duration, of a summary's span
};

// Units that a resource offers in a period; both days included, none: open.
struct UnitsWindow {
  std::optional<Day> first, last;
  std::int32_t units = 1000;  // permille
};

// Days on which a resource is away, whatever its calendar says.
struct Away {
  Day first, last;
};

struct PlanResource {
  Id id;
  Index calendar = -1;
  ResourceKind kind = ResourceKind::person;
  std::int32_t maximum_units = 1000;  // permille
  std::optional<Day> available_from, available_to;
  std::vector<UnitsWindow> windows = {};
  std::vector<Away> away = {};  // availability.h tells what there is on a day
};

struct PlanAssignment {
  Id id;
  Index task = -1, resource = -1;
  std::int32_t units = 1000;          // permille
  std::optional<std::int64_t> work;   // minutes, without overtime
  std::int64_t delay = 0;
};

// A split task rests from the first to before the second, in working minutes since its start, earlier breaks counted.
struct Break {
  std::int64_t from = 0, to = 0;
  friend bool operator==(const Break&, const Break&) = default;
};

struct TaskBreak {
  Index task = -1;
  Break rest;
};

struct Plan {
  std::vector<PlanTask> tasks;  // in outline order, a summary before its parts
  std::vector<PlanLink> links;
  std::vector<TaskBreak> breaks;  // of split tasks, in the order of tasks and time
  std::vector<CalendarDefinition> calendars;
  std::vector<Id> calendar_ids;  // as calendars, when made from a Project
  std::shared_ptr<CompiledCalendars> compiled;  // of the calendars (plan_calendars.h), or none; ignored when they have changed
  std::vector<PlanResource> resources;
  std::vector<PlanAssignment> assignments;
  Index calendar = -1;  // the project's; none: standard_calendar()
  Minute start;
  std::optional<Minute> finish;  // scheduling from the finish
  std::optional<Minute> must_finish;  // scheduling from the start: late dates are counted back from here
  LagCalendar lag_calendar = LagCalendar::successor;
  ScheduleFrom from = ScheduleFrom::start;
  std::optional<Day> status_date;
  bool reschedule_unfinished = false;  // to after the status date
  ProgressLogic progress = ProgressLogic::retained;
  std::int64_t critical_threshold = 0;
};

// A summary that is scheduled by hand keeps its own dates; without both of them it spans its parts like any other.
bool keeps_own_dates(const PlanTask& task);

// What the summaries above a task ask of it by their constraints and deadlines (schedule.h, S12): the tightest of each.
struct SummaryLimits {
  std::optional<Minute> not_before, not_after;  // its start, its late finish
  Index not_before_of = -1, not_after_of = -1;  // the summaries that say so
  bool deadline = false;                        // not_after is one
};
std::vector<SummaryLimits> limits_by_summaries(const Plan& plan);  // one a task; none at all when no summary asks for anything

// By its date: it must, or no later than. And that it wins over links, as it gives no way.
bool bounds_from_above(ConstraintType constraint);
bool is_hard_constraint(const PlanTask& task);

// Minutes of a task's work that are still to do, and that are done.
std::int64_t remaining_of(const PlanTask& task);
std::int64_t done_of(const PlanTask& task);

// The breaks of a task: a run of Plan::breaks.
std::span<const TaskBreak> breaks_of(const Plan& plan, Index task);

// The breaks in a task's splits text ("960/1440;2400/2880") as they are in it.
std::vector<Break> list_breaks(std::string_view splits);
// In order, those that touch or overlap as one, without those behind so much work: there nothing is left to interrupt.
std::vector<Break> breaks_within(std::vector<Break> breaks, std::int64_t work);
std::string splits_text(std::span<const Break> breaks);

// Where so many minutes of work end, in working minutes since the task's start: breaks before it counted, a break that
// begins just there not (`after`: that one, too).
std::int64_t with_breaks(std::span<const TaskBreak> breaks, std::int64_t work, bool after);

// The breaks that begin after so much work, counted from there.
std::vector<TaskBreak> breaks_ahead(std::span<const TaskBreak> breaks, std::int64_t done);

// Gives a task other breaks.
void set_breaks(Plan& plan, Index task, std::span<const Break> breaks);

}  // namespace pmo::engine
