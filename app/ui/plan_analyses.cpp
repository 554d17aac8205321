#include "app/ui/plan_analyses.h"

namespace pmo::ui {

std::vector<const RegisterInfo*> ScheduleOf::reads() {
  return {&register_of<ProjectSettings>(), &register_of<Calendar>(), &register_of<WorkWeek>(), &register_of<CalendarException>(),
          &register_of<Task>(), &register_of<Link>(), &register_of<Resource>(), &register_of<Assignment>()};
}

PlanSchedule ScheduleOf::compute(const Project& project, Analyses& analyses) {
  PlanSchedule result{.plan = engine::plan_of(project, analyses.of<OutlineOf>(), analyses.of<CalendarsOf>()), .schedule = {}};
  result.schedule = engine::schedule(result.plan);
  return result;
}

}  // namespace pmo::ui
