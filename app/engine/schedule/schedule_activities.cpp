#include "app/engine/schedule/schedule_activities.h"

namespace pmo::engine {
namespace {

Activity::Traits traits_of(const PlanTask& task) {
  int traits = task.summary ? Activity::summary : task.active ? Activity::takes_part : 0;
  if (task.actual_start || task.actual_finish) traits |= Activity::started;
  if (task.actual_finish) traits |= Activity::finished;
  if (task.constraint == ConstraintType::as_late_as_possible) traits |= Activity::late;
  if (keeps_own_dates(task)) traits |= Activity::keeps_dates;
  const bool bound = task.constraint_date || task.deadline || task.levelling_delay != 0 || task.manual;
  if (!(traits & (Activity::started | Activity::late)) && !bound) traits |= Activity::plain;
  return static_cast<Activity::Traits>(traits);
}

}  // namespace

Activities::Activities(const Plan& plan, PlanCalendars& calendars) : calendars_(calendars), list_(plan.tasks.size()), traits_(plan.tasks.size()) {
  for (std::size_t t = 0; t < list_.size(); ++t) {
    const auto& task = plan.tasks[t];
    auto& activity = list_[t];
    const auto duration = std::max<std::int64_t>(0, task.duration);
    activity.time = task.elapsed ? calendars_.always() : calendars_.of(task.calendar);
    activity.only = {activity.time, duration + task.breaks};
    activity.parent = task.parent;
    traits_[t] = traits_of(task);
    if (task.summary && (traits_[t] & (Activity::late | Activity::keeps_dates) || task.constraint_date || task.deadline))
      asking_summaries_.push_back(static_cast<Index>(t));
    if (activity.only.work == 0 || !activity.time->ever_works()) traits_[t] &= ~Activity::plain;
  }
  add_summaries(plan);
  add_assignments(plan);
  for (Index t = 0; t < std::ssize(traits_); ++t)
    if (is(t, Activity::takes_part) && !is(t, Activity::plain)) special_.push_back(t);
}

Index Activities::add_join() {
  auto& join = list_.emplace_back();
  join.time = calendars_.always();
  join.only.time = join.time;
  traits_.push_back(Activity::is_join);
  return static_cast<Index>(list_.size() - 1);
}

// S12
void Activities::add_summaries(const Plan& plan) {
  if (asking_summaries_.empty()) return;
  limits_ = limits_by_summaries(plan);
  for (Index t = 0; t < std::ssize(traits_); ++t) {
    const auto& task = plan.tasks[t];
    if (task.parent >= 0 && is(task.parent, Activity::late) && task.constraint == ConstraintType::as_soon_as_possible) traits_[t] |= Activity::late;
    const auto* limits = limits_of(t);
    if (is(t, Activity::late) || (limits && (limits->not_before || limits->not_after))) traits_[t] &= ~Activity::plain;
  }
}

// S9. The work of assignments is scaled so that the longest takes the task's duration.
void Activities::add_assignments(const Plan& plan) {
  struct Share { Index task; const WorkTime* time; std::int64_t minutes; };
  std::vector<Share> shares;
  for (const auto& assignment : plan.assignments) {
    const auto& task = plan.tasks[assignment.task];
    const auto& resource = plan.resources[assignment.resource];
    if (resource.kind != ResourceKind::person && resource.kind != ResourceKind::equipment) continue;
    if (task.elapsed || task.summary || task.ignore_resource_calendars) continue;
    const WorkTime* time = calendars_.of(resource.calendar);
    if (task.calendar >= 0) time = calendars_.both(list_[assignment.task].time, time);
    const bool by_work = assignment.work && assignment.units > 0 && task.type != TaskType::fixed_duration;
    const auto minutes = by_work ? *assignment.work * 1000 / assignment.units : task.duration;
    shares.push_back({assignment.task, time, minutes});
  }
  std::ranges::stable_sort(shares, {}, &Share::task);
  for (std::size_t begin = 0, end = 0; begin < shares.size(); begin = end) {
    std::int64_t longest = 0;
    bool one_calendar = true;
    for (end = begin; end < shares.size() && shares[end].task == shares[begin].task; ++end) {
      longest = std::max(longest, shares[end].minutes);
      one_calendar &= shares[end].time == shares[begin].time;
    }
    auto& activity = list_[shares[begin].task];
    activity.only.time = shares[begin].time;
    if (!one_calendar || activity.only.time != activity.time) traits_[shares[begin].task] &= ~Activity::plain;
    if (one_calendar) continue;
    const auto& task = plan.tasks[shares[begin].task];
    activity.first_part = static_cast<Index>(parts_.size());
    for (auto s = begin; s < end; ++s) {
      const auto scaled = longest > 0 ? static_cast<std::int64_t>(static_cast<double>(shares[s].minutes) *
                                                                  static_cast<double>(task.duration) /
                                                                  static_cast<double>(longest) + 0.5)
                                      : task.duration;
      parts_.push_back({shares[s].time, scaled + task.breaks});
    }
    activity.part_count = static_cast<Index>(parts_.size()) - activity.first_part;
  }
}

}  // namespace pmo::engine
