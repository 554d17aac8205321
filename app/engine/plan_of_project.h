// From the records of a project to the plan that the engine computes with.
#pragma once

#include "app/engine/plan.h"
#include "app/model/outline.h"

namespace pmo::engine {

ExceptionDefinition definition_of(const CalendarException& exception);

// Tasks have the indices of their rows in the project's outline.
Plan plan_of(const Project& project);
Plan plan_of(const Project& project, const Outline& outline);  // when it is at hand

}  // namespace pmo::engine
