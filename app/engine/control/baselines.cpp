#include "app/engine/control/baselines.h"

#include <cmath>
#include <limits>

#include "app/engine/control/planned_value.h"
#include "app/model/open_work.h"
#include "app/model/sort_stably.h"

namespace pmo::engine {
namespace {

std::int64_t duration_of(PlanCalendars& calendars, const Plan& plan, const Schedule& schedule, std::size_t row) {
  const PlanTask& task = plan.tasks[row];
  if (!task.summary && task.actual_finish) return calendars.of_task(static_cast<Index>(row))->between(schedule.start[row], schedule.finish[row]);
  if (!task.summary) return task.duration;
  return calendars.project()->between(schedule.start[row], schedule.finish[row]);
}

// A summary and a finished task are as long as their dates say, in the plan and in the baseline: the duration that a
// baseline keeps was measured by the calendars of its day, and what has the same dates is not longer.
std::int64_t duration_variance(PlanCalendars& calendars, const Plan& plan, const Schedule& schedule, std::size_t row, const BaselineTask& part) {
  const PlanTask& task = plan.tasks[row];
  if (!task.summary && !task.actual_finish) return task.duration - part.duration.value;
  const WorkTime& time = task.summary ? *calendars.project() : *calendars.of_task(static_cast<Index>(row));
  return time.between(schedule.start[row], schedule.finish[row]) - time.between(part.start, part.finish);
}

// The breaks between the pieces of a task as they are scheduled.
std::string splits_of(PlanCalendars& calendars, const Schedule& schedule, std::size_t row) {
  const auto pieces = pieces_of(schedule, static_cast<Index>(row));
  const auto& time = *calendars.of_task(static_cast<Index>(row));
  std::vector<Break> breaks;
  for (std::size_t i = 0; i + 1 < pieces.size(); ++i)
    breaks.push_back({time.between(schedule.start[row], pieces[i].finish), time.between(schedule.start[row], pieces[i + 1].start)});
  return splits_text(breaks);
}

// The one that the settings name, while it is there.
const Baseline* chosen_reference(const Project& project) {
  const auto& settings = project.all<ProjectSettings>();
  return settings.empty() ? nullptr : project.find(settings.at(0).reference_baseline);
}

}  // namespace

std::vector<WorkedStretch> stretches_of(const WorkTime& time, const BaselineTask& part) {
  std::vector<TaskBreak> breaks;
  for (const auto& rest : breaks_within(list_breaks(part.splits), std::numeric_limits<std::int64_t>::max())) breaks.push_back({0, rest});
  auto list = stretches_of(time, part.start, part.finish, breaks);
  if (list.empty()) list.push_back({part.start, part.finish});
  return list;
}

Id take_baseline(Transaction& transaction, const Outline& outline, const Plan& plan, const Schedule& schedule, const BaselineName& name) {
  const Baseline& baseline = transaction.create<Baseline>([&](Baseline& b) {
    b.name = name.name;
    b.taken = name.taken;
    b.reason = name.reason;
    b.status = name.status;
    b.owner = own_person(transaction.project());
  });
  const Id id = baseline.id;
  PlanCalendars calendars(plan);
  const auto costs = with_parts(plan, costs_of(transaction.project(), plan, schedule));
  const auto planned = planned_tasks(transaction.project(), outline, plan, schedule, {}, calendars);
  for (std::size_t row = 0; row < outline.size(); ++row) {
    if (!schedule.scheduled[row]) continue;
    transaction.create<BaselineTask>([&](BaselineTask& part) {
      part.baseline = {id};
      part.task = {outline[row].task->id};
      part.start = schedule.start[row];
      part.finish = schedule.finish[row];
      part.splits = splits_of(calendars, schedule, row);
      part.duration = {duration_of(calendars, plan, schedule, row)};
      part.work = {std::llround(costs[row].work)};
      part.cost = {std::llround(costs[row].total())};
      if (!planned[row].even) part.cost_phases = phases_text(planned[row]);
    });
  }
  return id;
}

std::vector<const Baseline*> baselines_by_date(const Project& project) {
  std::vector<const Baseline*> list;
  for (const Baseline& baseline : project.all<Baseline>()) list.push_back(&baseline);
  sort_stably(list, {}, [](const Baseline* b) { return b->taken; });
  return list;
}

const Baseline* newest_agreed_baseline(const Project& project) {
  auto list = baselines_by_date(project);
  std::erase_if(list, [](const Baseline* baseline) { return baseline->status != BaselineStatus::agreed; });
  return list.empty() ? nullptr : list.back();
}

bool is_reference_chosen(const Project& project) { return chosen_reference(project) != nullptr; }

const Baseline* reference_baseline(const Project& project) {
  const Baseline* chosen = chosen_reference(project);
  return chosen ? chosen : newest_agreed_baseline(project);
}

std::vector<const BaselineTask*> parts_of(const Project& project, const Outline& outline, Ref<Baseline> baseline) {
  std::vector<const BaselineTask*> parts(outline.size());
  for (const BaselineTask& part : project.all<BaselineTask>())
    if (part.baseline.id == baseline.id)
      if (const auto row = outline.find(part.task.id)) parts[*row] = &part;
  return parts;
}

std::vector<BaselineVariance> compare_with_baseline(const Project& project, const Outline& outline, const Plan& plan,
                                                    const Schedule& schedule, Ref<Baseline> baseline) {
  PlanCalendars calendars(plan);
  const auto parts = parts_of(project, outline, baseline);
  const auto costs = with_parts(plan, costs_of(project, plan, schedule));
  std::vector<BaselineVariance> variances(parts.size());
  for (std::size_t row = 0; row < parts.size(); ++row) {
    if (!parts[row] || !schedule.scheduled[row]) continue;
    const BaselineTask& part = *parts[row];
    const WorkTime& time = *calendars.of_task(static_cast<Index>(row));
    variances[row] = {.part = &part,
                      .start = time.between(part.start, schedule.start[row]),
                      .finish = time.between(part.finish, schedule.finish[row]),
                      .duration = duration_variance(calendars, plan, schedule, row, part),
                      .work = costs[row].work - static_cast<double>(part.work.value),
                      .cost = costs[row].total() - static_cast<double>(part.cost.value)};
  }
  return variances;
}

}  // namespace pmo::engine
