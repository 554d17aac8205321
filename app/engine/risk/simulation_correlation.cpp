#include "app/engine/risk/simulation_correlation.h"

#include <algorithm>
#include <map>

namespace pmo::engine {
namespace {

using simulation::CommonFactor;

struct Branch {
  Index summary = -1;
  double coefficient = 0;
};

// The nearest summary above that has a coefficient.
Branch branch_of(const Outline& outline, const Plan& plan, Index row) {
  for (Index at = plan.tasks[row].parent; at >= 0; at = plan.tasks[at].parent)
    if (const auto& coefficient = outline[static_cast<std::size_t>(at)].task->estimate_correlation) return {at, coefficient->value / 1000.0};
  return {};
}

// People and machines of each task, each once.
std::vector<std::vector<Index>> work_resources(const Plan& plan) {
  std::vector<std::vector<Index>> held(plan.tasks.size());
  for (const PlanAssignment& assignment : plan.assignments) {
    const auto kind = plan.resources[assignment.resource].kind;
    auto& list = held[assignment.task];
    const bool works = kind == ResourceKind::person || kind == ResourceKind::equipment;
    if (works && !std::ranges::contains(list, assignment.resource)) list.push_back(assignment.resource);
  }
  return held;
}

}  // namespace

void correlate_durations(const Outline& outline, const Plan& plan, const SimulationAssumptions& assumptions, SimulatedProject& simulated) {
  auto& model = simulated.model;
  const double common = assumptions.correlation.value / 1000.0, by_resource = assumptions.resource_correlation.value / 1000.0;
  model.common_correlation = common;
  std::map<Index, CommonFactor> branches, resources;
  const auto held = work_resources(plan);
  for (std::size_t row = 0; row < plan.tasks.size(); ++row) {
    const int task = simulated.task_of[row];
    if (task < 0 || !model.tasks[static_cast<std::size_t>(task)].duration.varies()) continue;
    const Branch branch = branch_of(outline, plan, static_cast<Index>(row));
    double of_branch = std::max(0.0, branch.coefficient - common);
    double of_resources = held[row].empty() ? 0 : std::max(0.0, by_resource - common);
    if (const double both = of_branch + of_resources; both > 1 - common) {
      of_branch *= (1 - common) / both;
      of_resources *= (1 - common) / both;
    }
    if (of_branch > 0) branches[branch.summary].shares.push_back({task, of_branch});
    if (of_resources > 0)
      for (const Index resource : held[row]) resources[resource].shares.push_back({task, of_resources / static_cast<double>(held[row].size())});
  }
  for (auto* groups : {&branches, &resources})
    for (auto& [group, factor] : *groups)
      if (factor.shares.size() > 1) model.factors.push_back(std::move(factor));
}

}  // namespace pmo::engine
