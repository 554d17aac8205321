// From a project to a simulation of it, and from its outcome back to tasks and moments.
//
//   M1  without uncertainty every iteration gives the dates of the schedule (schedule.h): durations count in the
//       calendar that decides the task's finish there, constraints and the project's start as earliest starts, links with
//       summaries through the same joins (S2), nothing unfinished before the status date when the plan asks for it (S11);
//       dates that no link moves (must-start, must-finish, manual, a "no later than" that links break) bind without links;
//       percent lags of a summary are taken of its span in the schedule, and a manual summary lasts as long as it says
//   M2  finished tasks are as they were. Of a started one the rest is uncertain, from where the schedule lets it go on;
//       links from its start leave from the actual start
//   M3  the estimate of a task: optimistic, its duration, pessimistic; for the rest of a started one in proportion. A task
//       without estimate varies by the assumption, if one is made. The shape is the task's own, else the assumed one
//   M4  cost: the planned cost; what is paid by the hour grows with the duration; the rest varies by the estimate of what
//       the task costs in all when it takes its planned time (optimistic, planned, pessimistic), as far as it is still to do
//   M5  risks with a probability in percent that have neither occurred nor been closed: delay on each unfinished task that
//       the risk names, and cost; opportunities take away. The effects are those of risk.h
//   M6  durations correlate with one another as much as is assumed (one common factor: the team, the weather, the estimator);
//       more than that within a branch of the plan, by the coefficient of the nearest summary above that has one; and tasks that
//       share people or machines, by the assumed one: with k resources in common of m and n it counts k / root(m n). Where branch and
//       resources together would be more than whole, both give way in proportion
#pragma once

#include "app/engine/control/cost_of_project.h"
#include "app/engine/schedule/schedule.h"
#include "app/engine/simulation/simulation.h"

namespace pmo::engine {

struct SimulationAssumptions {
  std::optional<simulation::Shape> shape = {};  // of three-point estimates whose task names none; none: the project's
  Permille shorter{0}, longer{0};  // of tasks without estimate: duration less and more this share; both 0: none
  bool with_risks = true;
  Permille correlation{0};         // of the durations with each other, 0 to 1000
  Permille resource_correlation{0};  // of the durations of tasks with the same people or machines, 0 to 1000
};

struct SimulatedProject {
  simulation::Model model;
  Minute origin;                     // offset 0
  std::vector<int> task_of;          // by row: the simulated task that finishes it; -1: summary or inactive
  std::vector<Index> row_of;         // by simulated task; -1: a join
  std::vector<Index> milestone_rows; // as model.milestones
  std::vector<Id> risks;             // as model.events
  int estimated_tasks = 0;           // that vary
  Minute base_finish;                // of the schedule
  double base_cost = 0;              // minor units

  Minute moment(simulation::Offset offset) const { return origin + offset; }
};

simulation::Shape shape_of(EstimateShape shape);

SimulatedProject simulated(const Project& project, const Outline& outline, const Plan& plan, const Schedule& schedule,
                           const SimulationAssumptions& assumptions = {});

}  // namespace pmo::engine
