#include "app/engine/change/project_state.h"

#include <algorithm>
#include <cmath>

#include "app/engine/control/baselines.h"
#include "app/engine/resources/resource_load_of_project.h"
#include "app/engine/risk/risk.h"

namespace pmo::engine {
namespace {

Money sum_of(const std::vector<TaskCost>& costs) {
  double sum = 0;
  for (const TaskCost& cost : costs) sum += cost.total();
  return {std::llround(sum)};
}

void count_critical(ProjectState& state) {
  bool first = true;
  for (std::size_t i = 0; i < state.plan.tasks.size(); ++i) {
    if (!is_to_do(state, i)) continue;
    state.figures.critical_tasks += state.schedule.critical[i];
    const auto slack = state.schedule.total_float[i];
    state.figures.least_float = first ? slack : std::min(state.figures.least_float, slack);
    first = false;
  }
}

}  // namespace

bool is_to_do(const ProjectState& state, std::size_t task) {
  const PlanTask& of = state.plan.tasks[task];
  return state.schedule.scheduled[task] && !of.summary && !of.actual_finish && of.percent < 1000;
}

Steps compute_state(const Project& project, Day today, ProjectState& state, const ProjectState* compared_with) {
  const Outline outline(project);
  state.plan = plan_of(project, outline);
  co_yield 0.2f;
  state.schedule = schedule(state.plan);
  state.figures.finish = state.schedule.project_finish;
  state.figures.risk_exposure = risk_exposure(project).expected_cost;
  count_critical(state);
  co_yield 0.4f;
  state.costs = costs_of(project, state.plan, state.schedule);
  state.figures.cost = sum_of(state.costs);
  const Day date = status_day(project, today);
  if (compared_with) {
    state.forecast = compared_with->forecast + static_cast<double>((state.figures.cost - compared_with->figures.cost).value);
  } else {
    const Baseline* reference = reference_baseline(project);
    state.forecast = forecast_at_completion(project, earned_value_of(project, outline, state.plan, state.schedule, {date, {reference ? reference->id : Id{}}}));
  }
  co_yield 0.6f;
  state.cash = cash_flow(project, outline, state.plan, state.schedule, date, state.forecast);
  if (const CashMonth* lowest = lowest_balance(state.cash)) state.figures.lowest_cash = {std::llround(lowest->balance)};
  co_yield 0.7f;
  const auto demands = resource_demand(state.plan, state.schedule);
  co_yield 0.8f;
  for (const auto& demand : demands) {
    state.overloads += std::ssize(demand.conflicts);
    state.figures.overload += total_load(resource_load(demand.demand, demand.offer, LoadStep::week)).overload;
    co_yield 0.9f;
  }
}

}  // namespace pmo::engine
