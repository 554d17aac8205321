#include "app/engine/change/change_effect.h"

#include <cmath>
#include <set>

#include "app/engine/change/proposed_edits.h"

namespace pmo::engine {
namespace {

bool approved(const ChangeRequest& request) { return request.status >= ChangeStatus::approved && request.status <= ChangeStatus::verified; }

std::set<Id> tasks_of(const Project& project, const ChangeRequest& request) {
  std::set<Id> tasks;
  for (const auto task : request.tasks) tasks.insert(task.id);
  for (const ProposedEdit& edit : project.all<ProposedEdit>())
    if (edit.change_request.id == request.id)
      if (const Record* record = target_of(project, edit).record) tasks.insert(record->id);
  return tasks;
}

}  // namespace

Key no_effect_key(NoEffect reason) { return reason == NoEffect::no_baseline ? "change.effect.no_baseline"_key : "change.effect.not_approved"_key; }

ChangeEffect effect_of(const Project& project, const ChangeRequest& request, const Outline& outline, const Plan& plan, const Schedule& schedule) {
  ChangeEffect effect{.finish_before = request.finish_before, .finish_approved = {}, .finish_now = schedule.project_finish, .cost_effect = request.cost_effect};
  if (!approved(request)) effect.missing = NoEffect::not_approved;
  else if (!project.find(request.baseline)) effect.missing = NoEffect::no_baseline;
  if (effect.missing != NoEffect::none) return effect;
  const auto parts = parts_of(project, outline, request.baseline);
  const auto costs = with_parts(plan, costs_of(project, plan, schedule));
  const auto own = tasks_of(project, request);
  for (std::size_t row = 0; row < outline.size(); ++row) {
    // Summaries hold the sums of their parts.
    if (outline[row].level == 0) effect.cost_now += Money{std::llround(costs[row].total())};
    if (!parts[row]) continue;
    if (outline[row].level == 0) effect.cost_approved += parts[row]->cost;
    effect.finish_approved = std::max(effect.finish_approved, parts[row]->finish);
    if (own.contains(outline[row].task->id) && schedule.scheduled[row])
      effect.tasks.push_back({outline[row].task->id, parts[row]->finish, schedule.finish[row]});
  }
  return effect;
}

}  // namespace pmo::engine
