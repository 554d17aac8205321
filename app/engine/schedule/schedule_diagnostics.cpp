// What a schedule complains of.
#include "app/engine/schedule/schedule_passes.h"

namespace pmo::engine {

void Passes::diagnose() {
  const auto add = [&](DiagnosticKind kind, Index t) { result_.diagnostics.push_back({kind, {t}}); };
  for (const auto t : activities_.special()) {
    const auto& activity = activities_[t];
    const auto& task = plan_.tasks[t];
    if (!activity.only.time->ever_works() && task.duration > 0) add(DiagnosticKind::no_working_time, t);
    if (task.deadline && result_.finish[t] > *task.deadline) add(DiagnosticKind::missed_deadline, t);
    if (breaks_constraint(t)) add(DiagnosticKind::broken_constraint, t);
  }
  for (Index t = 0; plan_.must_finish && !from_finish() && t < joins_from_; ++t)
    if (activities_.is(t, Activity::takes_part) && !activities_.is(t, Activity::finished) && result_.finish[t] > *plan_.must_finish)
      add(DiagnosticKind::missed_finish, t);
  for (const auto t : activities_.asking_summaries())
    if (result_.scheduled[t]) diagnose_summary(t);
  for (const auto link : links_.within_own_summary())
    result_.diagnostics.push_back({DiagnosticKind::cycle, {plan_.links[link].from, plan_.links[link].to}});
  if (from_finish()) name_past_finish();
  name_outside_calendar();
}

bool Passes::breaks_constraint(Index t) const {
  const auto& task = plan_.tasks[t];
  if (task.actual_start || task.manual || !task.constraint_date || !bounds_from_above(task.constraint)) return false;
  if (task.constraint_gives_way) {
    const bool of_start = task.constraint == ConstraintType::must_start_on || task.constraint == ConstraintType::start_no_later_than;
    if (of_start) return result_.early_start[t] > activities_.working_start(activities_[t], *task.constraint_date);
    return result_.early_finish[t] > *task.constraint_date;
  }
  const auto by_links = bound_by_links(t, {never_before, {}}).moment;
  return activities_.working_start(activities_[t], by_links == never_before ? start_ : by_links) > result_.early_start[t];
}

// S12
void Passes::diagnose_summary(Index t) {
  const auto& task = plan_.tasks[t];
  const auto add = [&](DiagnosticKind kind) { result_.diagnostics.push_back({kind, {t}}); };
  if (task.deadline && result_.finish[t] > *task.deadline) add(DiagnosticKind::missed_deadline);
  auto parts = links_.leaves(t);
  std::erase_if(parts, [&](Index part) { return !result_.scheduled[part]; });
  if (parts.empty()) return;
  if (!activities_.is(t, Activity::keeps_dates)) {
    if (task.constraint_date && parts_break_constraint(t, parts)) add(DiagnosticKind::parts_break_constraint);
    return;
  }
  const auto outside = [&](Index part) { return result_.start[part] < *task.manual_start || result_.finish[part] > *task.manual_finish; };
  if (std::ranges::any_of(parts, outside)) add(DiagnosticKind::parts_outside_own_dates);
}

// What has begun too early or too late is as it is.
bool Passes::parts_break_constraint(Index summary, const std::vector<Index>& parts) const {
  const auto date = *plan_.tasks[summary].constraint_date;
  const auto first = *std::ranges::min_element(parts, {}, [&](Index t) { return result_.start[t]; });
  const auto last = *std::ranges::max_element(parts, {}, [&](Index t) { return result_.finish[t]; });
  const auto& time = *activities_[summary].time;
  const bool begun = activities_.is(first, Activity::started), done = activities_.is(last, Activity::finished);
  const bool early_start = !begun && result_.start[first] < date, late_start = !begun && result_.start[first] > time.next_start(date);
  const bool early_finish = !done && time.between(result_.finish[last], date) > 0, late_finish = !done && time.between(date, result_.finish[last]) > 0;
  switch (plan_.tasks[summary].constraint) {
    case ConstraintType::start_no_earlier_than: return early_start;
    case ConstraintType::start_no_later_than: return late_start;
    case ConstraintType::must_start_on: return early_start || late_start;
    case ConstraintType::finish_no_earlier_than: return early_finish;
    case ConstraintType::finish_no_later_than: return late_finish;
    case ConstraintType::must_finish_on: return early_finish || late_finish;
    default: return false;
  }
}

// S8
void Passes::name_past_finish() {
  Diagnostic found{DiagnosticKind::past_finish, {}};
  for (Index t = 0; t < joins_from_; ++t) {
    if (!result_.scheduled[t] || !activities_.is(t, Activity::takes_part)) continue;
    if (result_.finish[t] > finish_ && activities_[t].time->between(finish_, result_.finish[t]) > 0) found.tasks.push_back(t);
  }
  if (!found.tasks.empty()) result_.diagnostics.push_back(std::move(found));
}

// Nearly always the ends of the project say that there are none. Who has no working time is told that.
void Passes::name_outside_calendar() {
  constexpr Minute first = Minute::at(WorkTime::first_day), end = Minute::at(WorkTime::end_day);
  if (result_.project_start > first && result_.project_finish < end && earliest_late_ > first) return;
  Diagnostic found{DiagnosticKind::outside_calendar, {}};
  for (Index t = 0; t < joins_from_; ++t) {
    const bool computed = result_.scheduled[t] && activities_.is(t, Activity::takes_part) && activities_[t].only.time->ever_works();
    const auto starts = {result_.early_start[t], result_.late_start[t], result_.start[t]};
    const auto finishes = {result_.early_finish[t], result_.late_finish[t], result_.finish[t]};
    if (computed && (std::ranges::min(starts) <= first || std::ranges::max(finishes) >= end)) found.tasks.push_back(t);
  }
  if (!found.tasks.empty()) result_.diagnostics.push_back(std::move(found));
}

}  // namespace pmo::engine
