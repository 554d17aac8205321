// From the records of a project to the plan that the engine computes with.
#pragma once

#include "app/engine/plan.h"
#include "app/model/project.h"

namespace pmo::engine {

Plan plan_of(const Project& project);

}  // namespace pmo::engine
