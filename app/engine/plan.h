// What the engine computes with: a project's tasks, links, calendars and assignments as plain vectors joined by
// index. Made from a Project by plan_of(); analyses that ask "what if" copy and change it.
//
// Durations and lags are minutes: of working time, or around the clock where a flag says "elapsed".
#pragma once

#include <memory>

#include "app/engine/calendar.h"
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
  TaskType type = TaskType::fixed_units;
  ConstraintType constraint = ConstraintType::as_soon_as_possible;
  std::int64_t duration = 0;
  std::int64_t breaks = 0;          // of a split task: the sum of its interruptions
  std::int64_t levelling_delay = 0; // working minutes
  Index calendar = -1;
  std::int32_t priority = 500;
  std::int32_t percent = 0;         // complete, permille
  std::optional<Minute> constraint_date, deadline, manual_start, manual_finish, actual_start, actual_finish, resume;
  std::optional<std::int64_t> actual_duration, remaining_duration;
};

struct PlanLink {
  Id id;
  Index from = -1, to = -1;
  LinkType type = LinkType::finish_to_start;
  LagUnit unit = LagUnit::working;
  std::int64_t lag = 0;  // minutes; percent: permille of the predecessor's duration
};

struct PlanResource {
  Id id;
  Index calendar = -1;
  ResourceKind kind = ResourceKind::person;
  std::int32_t maximum_units = 1000;  // permille
  std::optional<Day> available_from, available_to;
};

struct PlanAssignment {
  Id id;
  Index task = -1, resource = -1;
  std::int32_t units = 1000;          // permille
  std::optional<std::int64_t> work;   // minutes
  std::int64_t delay = 0;
};

struct Plan {
  std::vector<PlanTask> tasks;  // in outline order, a summary before its parts
  std::vector<PlanLink> links;
  std::vector<CalendarDefinition> calendars;
  std::vector<Id> calendar_ids;  // as calendars, when made from a Project
  std::shared_ptr<CompiledCalendars> compiled;  // of the calendars (plan_calendars.h), or none; ignored when they have changed
  std::vector<PlanResource> resources;
  std::vector<PlanAssignment> assignments;
  Index calendar = -1;  // the project's; none: standard_calendar()
  Minute start;
  std::optional<Minute> finish;  // scheduling from the finish
  ScheduleFrom from = ScheduleFrom::start;
  std::optional<Day> status_date;
  bool reschedule_unfinished = false;  // to after the status date
  ProgressLogic progress = ProgressLogic::retained;
  std::int64_t critical_threshold = 0;
};

// The breaks in a task's splits text ("960/1440;2400/2880"): from the first to before the second, in working minutes
// since the task's start. And their sum.
struct Break {
  std::int64_t from = 0, to = 0;
};
std::vector<Break> list_breaks(std::string_view splits);
std::int64_t breaks_of(std::string_view splits);

}  // namespace pmo::engine
