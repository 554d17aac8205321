// From the records of a project to the plan that the engine computes with.
#pragma once

#include "app/engine/schedule/plan.h"
#include "app/model/outline.h"

namespace pmo::engine {

ExceptionDefinition definition_of(const CalendarException& exception);

// The calendars of a project, none of them compiled yet.
std::shared_ptr<CompiledCalendars> calendars_of(const Project& project);

// Tasks have the indices of their rows in the project's outline. The plan carries the calendars along, or is given those of
// an earlier computation; that they still are the project's is looked at.
Plan plan_of(const Project& project);
Plan plan_of(const Project& project, const Outline& outline, std::shared_ptr<CompiledCalendars> calendars = nullptr);

}  // namespace pmo::engine
