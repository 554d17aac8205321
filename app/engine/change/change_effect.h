// What an approved change has brought so far, against what was approved: measured on the plan, not typed.
//
//   C1  planned: the figures that the assessment kept; the plan as approved is the baseline of the approval
//   C2  actual: the plan as it is now. Other causes since the approval are in it, too: the difference says that the effect
//       has not come as planned, not why
//   C3  of the request's own tasks (those it names and those its edits touch) the dates are compared one by one
// Source: PMBOK, "Perform integrated change control".
#pragma once

#include "app/engine/control/baselines.h"
#include "app/model/records/change_request.h"

namespace pmo::engine {

// Why there is no effect to measure.
enum class NoEffect : unsigned char { none, not_approved, no_baseline };
Key no_effect_key(NoEffect reason);

struct EffectOnTask {
  Id task;
  Minute approved, now;  // finish
};

struct ChangeEffect {
  NoEffect missing = NoEffect::none;
  std::optional<Minute> finish_before;      // when the change was assessed
  Minute finish_approved, finish_now;
  std::optional<Money> cost_effect;         // planned
  Money cost_approved, cost_now;            // of the whole plan
  std::vector<EffectOnTask> tasks;
  int days_off() const { return finish_now.day() - finish_approved.day(); }  // later than approved: positive
  Money cost_off() const { return cost_now - cost_approved; }
};
ChangeEffect effect_of(const Project& project, const ChangeRequest& request, const Outline& outline, const Plan& plan, const Schedule& schedule);

}  // namespace pmo::engine
