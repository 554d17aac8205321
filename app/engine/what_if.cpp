#include "app/engine/what_if.h"

#include "app/engine/levelling/level_plan.h"
#include "app/engine/plan_of_project.h"
#include "app/engine/resource_load_of_project.h"
#include "app/model/merge.h"

namespace pmo::engine {
namespace {

Result<void> make_trial(Transaction& transaction, const TrialEdit& edit) {
  const auto [info, record] = transaction.project().find_any(edit.record);
  if (!record) return fail("error.change.no_record"_key, {edit.field});
  const FieldInfo* field = info->find(edit.field);
  if (!field) return fail("error.change.no_field"_key, {info->name, edit.field});
  return transaction.set(*record, *info, *field, edit.value);
}

void level_trial(Transaction& transaction, bool within_float) {
  const Outline outline(transaction.project());
  const auto result = levelling::level_plan(plan_of(transaction.project(), outline), {.within_float = within_float});
  for (std::size_t row = 0; row < outline.size(); ++row) {
    const Task& task = *outline[row].task;
    if (task.levelling_delay.value != result.delays[row]) transaction.set(task, &Task::levelling_delay, WorkMinutes{result.delays[row]});
  }
}

PlanState state_of(const Project& project) {
  PlanState state{.figures = figures_of(project)};
  const Plan plan = plan_of(project);
  for (const auto& demand : resource_demand(plan, schedule(plan))) state.overloads += std::ssize(demand.conflicts);
  return state;
}

// A copy to play with, rolled back by leaving it.
class TrialCopy {
 public:
  explicit TrialCopy(const Project& from) : project_(from.schema(), from.actor(), surroundings_) { copy_records(from, project_); }
  const Project& project() const { return project_; }
  Transaction& change() {
    if (!change_) change_.emplace(project_, "transaction.what_if"_key);
    return *change_;
  }

 private:
  FixedSurroundings surroundings_;
  Project project_;
  std::optional<Transaction> change_;
};

}  // namespace

WhatIfResult try_out(const Project& project, const WhatIf& what_if) {
  WhatIfResult result{.now = state_of(project)};
  TrialCopy without(project), with(project);
  for (const TrialEdit& edit : what_if.edits)
    if (auto made = make_trial(with.change(), edit); !made) result.faults.push_back(made.error());
  if (what_if.level)
    for (TrialCopy* copy : {&without, &with}) level_trial(copy->change(), what_if.within_float);
  result.without = what_if.level ? state_of(without.project()) : result.now;
  result.with = state_of(with.project());
  ChangeImpact moved = impact_between(without.project(), with.project());
  result.tasks = std::move(moved.tasks);
  result.milestones = std::move(moved.milestones);
  return result;
}

Result<void> make_for_good(Transaction& transaction, const WhatIf& what_if) {
  for (const TrialEdit& edit : what_if.edits) PMO_TRY_VOID(make_trial(transaction, edit));
  if (what_if.level) level_trial(transaction, what_if.within_float);
  return {};
}

}  // namespace pmo::engine
