// A project computed as a whole, so that two states of it can be compared: as it is, and with edits made in a copy.
#pragma once

#include "app/engine/control/cost_of_project.h"
#include "app/engine/control/finance_of_project.h"
#include "app/engine/schedule/plan_of_project.h"
#include "app/engine/steps.h"

namespace pmo::engine {

// A project in figures.
struct ProjectFigures {
  Minute finish;
  Money cost;               // planned
  WorkMinutes overload;     // of all people and machines
  Money risk_exposure;      // expected value of open risks
  Money lowest_cash;        // the least balance at the end of a month (lowest_balance)
  std::int64_t critical_tasks = 0;
  std::int64_t least_float = 0;  // minutes; of unfinished tasks
};

struct ProjectState {
  Plan plan;
  Schedule schedule;
  ProjectFigures figures;
  std::vector<TaskCost> costs;  // by task of the plan, without its parts
  double forecast = 0;          // at completion
  std::vector<CashMonth> cash;
  std::int64_t overloads = 0;  // stretches of time in which a resource is asked for too much
};

// In steps; the project must stay as it is meanwhile. Money as the finance desk has it: as of the status date, or of today
// where there is none; the forecast against the reference baseline, cash by the plan. What a state costs more than the one it is compared with is added to
// that one's forecast: the forecast of the accounts does not know of it yet.
Steps compute_state(const Project& project, Day today, ProjectState& state, const ProjectState* compared_with = nullptr);

// Unfinished and scheduled: what figures and comparisons count.
bool is_to_do(const ProjectState& state, std::size_t task);

}  // namespace pmo::engine
