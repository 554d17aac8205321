// What summaries ask of the tasks below them.
#include <algorithm>

#include "app/engine/schedule/plan.h"

namespace pmo::engine {
namespace {

bool asks(const PlanTask& task) { return task.summary && (task.deadline || (task.constraint_date && !keeps_own_dates(task))); }

void tighten(SummaryLimits& limits, const PlanTask& task, Index summary) {
  const auto not_after = [&](Minute moment, bool deadline) {
    if (limits.not_after && *limits.not_after <= moment) return;
    limits.not_after = moment;
    limits.not_after_of = summary;
    limits.deadline = deadline;
  };
  if (task.deadline) not_after(*task.deadline, true);
  if (!task.constraint_date || keeps_own_dates(task)) return;
  const auto date = *task.constraint_date;
  switch (task.constraint) {
    case ConstraintType::must_start_on:
    case ConstraintType::start_no_earlier_than:
      if (limits.not_before && *limits.not_before >= date) break;
      limits.not_before = date;
      limits.not_before_of = summary;
      break;
    case ConstraintType::must_finish_on:
    case ConstraintType::finish_no_later_than: not_after(date, false); break;
    default: break;
  }
}

}  // namespace

bool keeps_own_dates(const PlanTask& task) {
  return task.summary && task.manual && task.active && task.manual_start && task.manual_finish && *task.manual_start <= *task.manual_finish;
}

std::vector<SummaryLimits> limits_by_summaries(const Plan& plan) {
  if (std::ranges::none_of(plan.tasks, asks)) return {};
  std::vector<SummaryLimits> list(plan.tasks.size());
  for (std::size_t t = 0; t < list.size(); ++t) {
    const auto& task = plan.tasks[t];
    if (task.parent >= 0) list[t] = list[task.parent];
    if (asks(task)) tighten(list[t], task, static_cast<Index>(t));
  }
  return list;
}

}  // namespace pmo::engine
