// Baselines: taking one, and comparing the plan with it. A baseline keeps one part a task; those of summary tasks hold
// the sums of everything below them, as in MS Project.
#pragma once

#include "app/engine/control/cost_of_project.h"
#include "app/engine/schedule/schedule.h"
#include "app/model/records/baseline.h"

namespace pmo::engine {

struct BaselineName {
  std::string name;
  Minute taken;
  std::string reason = {};
  BaselineStatus status = BaselineStatus::agreed;
};

// Writes a new baseline of the whole plan into the transaction; its id.
Id take_baseline(Transaction& transaction, const Outline& outline, const Plan& plan, const Schedule& schedule, const BaselineName& name);

// What the project is measured against everywhere: the baseline that its settings name, or else the newest that is agreed.
// A published plan does not become it by being published. Null: there is none.
const Baseline* reference_baseline(const Project& project);
const Baseline* newest_agreed_baseline(const Project& project);
// Whether the settings name it: a baseline that is agreed later does not become the reference then.
bool is_reference_chosen(const Project& project);
std::vector<const Baseline*> baselines_by_date(const Project& project);

// The parts of a baseline by row of the outline; null: the task is not in it.
std::vector<const BaselineTask*> parts_of(const Project& project, const Outline& outline, Ref<Baseline> baseline);

// When a task was to be worked on by a baseline.
std::vector<WorkedStretch> stretches_of(const WorkTime& time, const BaselineTask& part);

// The plan less the baseline: positive is later, longer, more. Minutes count in the task's calendar.
struct BaselineVariance {
  const BaselineTask* part = nullptr;  // null: the task came later; no variances
  std::int64_t start = 0, finish = 0;  // working minutes
  std::int64_t duration = 0;           // of summaries and finished tasks: between their dates, then and now
  double work = 0;                     // minutes
  double cost = 0;                     // minor units
};
std::vector<BaselineVariance> compare_with_baseline(const Project& project, const Outline& outline, const Plan& plan,
                                                    const Schedule& schedule, Ref<Baseline> baseline);

}  // namespace pmo::engine
