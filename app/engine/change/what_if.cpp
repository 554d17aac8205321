#include "app/engine/change/what_if.h"

#include "app/engine/schedule/plan_of_project.h"
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

// Sets the delays in the copy and tells them.
Steps level_trial(Transaction& transaction, bool within_float, std::vector<levelling::TaskDelay>& delays) {
  const Plan plan = plan_of(transaction.project());
  levelling::PlanLevelling levelling(plan, {.within_float = within_float});
  for (float share = 0; !levelling.finished(); share += (1 - share) / 64) {  // how many there are to come nobody knows
    levelling.step();
    co_yield share;
  }
  for (const auto& delayed : levelling::delays_of(plan, levelling.result())) {
    const Task& task = *transaction.project().find(delayed.task);
    if (task.levelling_delay == delayed.delay) continue;
    delays.push_back(delayed);
    levelling::set_delay(transaction, task, delayed);
  }
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

Steps try_out(const Project& project, const WhatIf& what_if, Day today, WhatIfResult& result) {
  ProjectState now, levelled, changed;
  co_yield PartOfWork{compute_state(project, today, now), 0, 0.2f};
  const ProjectState* without = &now;
  if (what_if.level) {
    TrialCopy copy(project);
    co_yield 0.22f;
    std::vector<levelling::TaskDelay> delays;
    co_yield PartOfWork{level_trial(copy.change(), what_if.within_float, delays), 0.22f, 0.4f};
    co_yield PartOfWork{compute_state(copy.project(), today, levelled, &now), 0.4f, 0.55f};
    without = &levelled;
  }
  TrialCopy copy(project);
  for (const TrialEdit& edit : what_if.edits)
    if (auto made = make_trial(copy.change(), edit); !made) result.faults.push_back(made.error());
  co_yield 0.57f;
  if (what_if.level) co_yield PartOfWork{level_trial(copy.change(), what_if.within_float, result.delays), 0.57f, 0.8f};
  co_yield PartOfWork{compute_state(copy.project(), today, changed, without), 0.8f, 0.98f};
  const auto stands = [](const ProjectState& state) { return PlanState{state.figures, state.overloads}; };
  result.now = stands(now);
  result.without = stands(*without);
  result.with = stands(changed);
  ChangeImpact moved = impact_between(*without, changed);
  result.tasks = std::move(moved.tasks);
  result.milestones = std::move(moved.milestones);
}

WhatIfResult try_out(const Project& project, const WhatIf& what_if, Day today) {
  WhatIfResult result;
  try_out(project, what_if, today, result).run();
  return result;
}

Result<void> make_for_good(Transaction& transaction, const WhatIf& what_if, const WhatIfResult& found) {
  for (const TrialEdit& edit : what_if.edits) PMO_TRY_VOID(make_trial(transaction, edit));
  for (const auto& delayed : found.delays)
    if (const Task* task = transaction.project().find(delayed.task)) levelling::set_delay(transaction, *task, delayed);
  return {};
}

}  // namespace pmo::engine
