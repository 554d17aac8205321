// Which durations of a project rise and fall together (M6 of simulation_of_project.h). Internal to the simulation of projects.
#pragma once

#include "app/engine/risk/simulation_of_project.h"

namespace pmo::engine {

// Sets the common correlation and the factors of the model, whose tasks are complete.
void correlate_durations(const Outline& outline, const Plan& plan, const SimulationAssumptions& assumptions, SimulatedProject& simulated);

}  // namespace pmo::engine
