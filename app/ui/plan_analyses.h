// The outline and the schedule of the open project, for everything that shows tasks.
#pragma once

#include "app/engine/schedule/plan_of_project.h"
#include "app/engine/schedule/schedule.h"
#include "app/ui/analyses.h"

namespace pmo::ui {

struct OutlineOf {
  using Result = Outline;
  static std::vector<const RegisterInfo*> reads() { return {&register_of<Task>()}; }
  static Outline compute(const Project& project, Analyses&) { return Outline(project); }
};

// Compiled once, and again only after a calendar, a resource or an absence has changed.
struct CalendarsOf {
  using Result = std::shared_ptr<engine::CompiledCalendars>;
  static std::vector<const RegisterInfo*> reads();
  static Result compute(const Project& project, Analyses&) { return engine::calendars_of(project); }
};

// Plan and schedule: entry i of both belongs to row i of the outline.
struct PlanSchedule {
  engine::Plan plan;
  engine::Schedule schedule;
};

struct ScheduleOf {
  using Result = PlanSchedule;
  static std::vector<const RegisterInfo*> reads();
  static PlanSchedule compute(const Project& project, Analyses& analyses);
};

// Paths to the task that finishes last.
struct FloatPathsOf {
  using Result = engine::FloatPaths;
  static std::vector<const RegisterInfo*> reads() { return ScheduleOf::reads(); }
  static engine::FloatPaths compute(const Project&, Analyses& analyses) { return engine::float_paths(analyses.of<ScheduleOf>().plan); }
};

}  // namespace pmo::ui
