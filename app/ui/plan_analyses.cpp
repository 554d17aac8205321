#include "app/ui/plan_analyses.h"

#include "app/model/records/resource_use.h"

namespace pmo::ui {

std::vector<const RegisterInfo*> CalendarsOf::reads() {
  return {&register_of<ProjectSettings>(), &register_of<Calendar>(), &register_of<WorkWeek>(), &register_of<CalendarException>(),
          &register_of<Resource>(), &register_of<Absence>()};
}

std::vector<const RegisterInfo*> ScheduleOf::reads() {
  return {&register_of<ProjectSettings>(), &register_of<Calendar>(), &register_of<WorkWeek>(), &register_of<CalendarException>(),
          &register_of<Task>(), &register_of<Link>(), &register_of<Resource>(), &register_of<Assignment>(), &register_of<Absence>(),
          &register_of<AvailabilityPeriod>(), &register_of<Maintenance>(), &register_of<EquipmentHire>(),
          &register_of<ResourceRate>()};  // rates: who asks for the plan asks for its costs
}

PlanSchedule ScheduleOf::compute(const Project& project, Analyses& analyses) {
  PlanSchedule result{.plan = engine::plan_of(project, analyses.of<OutlineOf>(), analyses.of<CalendarsOf>()), .schedule = {}};
  result.schedule = engine::schedule(result.plan);
  return result;
}

}  // namespace pmo::ui
