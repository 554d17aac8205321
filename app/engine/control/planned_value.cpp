#include "app/engine/control/planned_value.h"

#include <cmath>
#include <format>
#include <numeric>

#include "app/engine/control/baselines.h"
#include "app/model/months.h"
#include "app/model/sort_stably.h"
#include "app/model/text_parts.h"

namespace pmo::engine {
namespace {

double sum_of(std::span<const CostPart> parts) {
  double sum = 0;
  for (const CostPart& part : parts) sum += part.amount;
  return sum;
}

class Planning {
 public:
  Planning(const Project& project, const Outline& outline, const Plan& plan, const Schedule& schedule, PlanCalendars& calendars)
      : project_(project), outline_(outline), plan_(plan), schedule_(schedule), calendars_(calendars), planned_(plan.tasks.size()) {}

  std::vector<PlannedTask> run(Ref<Baseline> baseline) {
    if (baseline) from_baseline(baseline);
    else from_plan();
    state_.resize(planned_.size());
    for (std::size_t row = 0; row < planned_.size(); ++row) follow(row);
    return std::move(planned_);
  }

 private:
  const WorkTime& time_of(std::size_t row) { return *calendars_.of_task(static_cast<Index>(row)); }
  bool leaf(std::size_t row) const { return !plan_.tasks[row].summary; }

  void from_plan() {
    auto costs = phased_costs(project_, plan_, schedule_, calendars_);
    const auto steps = steps_by_task(project_);
    for (std::size_t row = 0; row < planned_.size(); ++row) {
      if (!schedule_.scheduled[row]) continue;
      planned_[row] = {true, schedule_.start[row], schedule_.finish[row], costs.tasks[row].total(), stretches_of(schedule_, static_cast<Index>(row)),
                       std::move(costs.parts[row]), costs.even[row] != 0};
      const auto own = steps.find(outline_[row].task->id);
      if (own != steps.end() && outline_[row].task->earned_value_method == EarnedValueMethod::weighted_milestones) by_steps(planned_[row], own->second);
    }
  }

  // P2
  static void by_steps(PlannedTask& planned, const std::vector<const TaskStep*>& steps) {
    double weights = 0;
    for (const TaskStep* step : steps) {
      if (!step->planned_on) return;
      weights += static_cast<double>(step->weight);
    }
    if (weights <= 0) return;
    planned.parts.clear();
    planned.even = false;
    for (const TaskStep* step : steps) {
      const Minute at = Minute::at(std::clamp(*step->planned_on, planned.start.day(), planned.finish.day()));
      planned.parts.push_back({at, at, planned.budget * static_cast<double>(step->weight) / weights, nullptr});
    }
  }

  // P3, P4
  void from_baseline(Ref<Baseline> baseline) {
    const auto kept = parts_of(project_, outline_, baseline);
    for (std::size_t row = 0; row < planned_.size(); ++row)
      if (kept[row])
        planned_[row] = {true, kept[row]->start, kept[row]->finish, static_cast<double>(kept[row]->cost.value), stretches_of(time_of(row), *kept[row]), {}, true};
    std::vector<double> below(planned_.size());
    for (std::size_t row = planned_.size(); row-- > 0;) {
      auto& budget = planned_[row].budget;
      const double whole = std::max(budget, below[row]);
      budget = leaf(row) ? budget : whole - below[row];
      if (const Index parent = plan_.tasks[row].parent; parent >= 0) below[parent] += whole;
      if (!planned_[row].known) continue;
      planned_[row].parts = list_phases(kept[row]->cost_phases, planned_[row].start, budget, time_of(row));
      planned_[row].even = planned_[row].parts.empty();
      if (planned_[row].even) planned_[row].parts = evenly(planned_[row].stretches, budget, time_of(row));
    }
  }

  bool apportioned(std::size_t row) const { return outline_[row].task->earned_value_method == EarnedValueMethod::apportioned; }
  bool follows(std::size_t row) const {
    return planned_[row].known && apportioned(row) && outline_.find(outline_[row].task->apportioned_to.id);
  }

  // P5. First the tasks that are followed; one that closes a circle, which merges may bring, is followed as it costs itself.
  void follow(std::size_t row) {
    std::vector<std::size_t> way;
    for (std::size_t at = row; !state_[at] && follows(at); at = *outline_.find(outline_[at].task->apportioned_to.id)) {
      state_[at] = 1;
      way.push_back(at);
    }
    for (auto at = way.rbegin(); at != way.rend(); ++at) take_parts(*at, *outline_.find(outline_[*at].task->apportioned_to.id));
  }

  void take_parts(std::size_t row, std::size_t base) {
    std::vector<CostPart> parts;
    for (std::size_t other = base; other < outline_[base].end; ++other) {
      if (other == row || !leaf(other) || (other != base && apportioned(other))) continue;
      parts.insert(parts.end(), planned_[other].parts.begin(), planned_[other].parts.end());
    }
    const double whole = sum_of(parts);
    if (whole <= 0) return;
    for (CostPart& part : parts) part.amount *= planned_[row].budget / whole;
    planned_[row].parts = std::move(parts);
    planned_[row].even = true;  // a baseline keeps the phases of the task that it follows
  }

  const Project& project_;
  const Outline& outline_;
  const Plan& plan_;
  const Schedule& schedule_;
  PlanCalendars& calendars_;
  std::vector<PlannedTask> planned_;
  std::vector<std::uint8_t> state_;  // flags: has been looked at
};

}  // namespace

std::vector<PlannedTask> planned_tasks(const Project& project, const Outline& outline, const Plan& plan, const Schedule& schedule,
                                       Ref<Baseline> baseline, PlanCalendars& calendars) {
  return Planning(project, outline, plan, schedule, calendars).run(baseline);
}

std::map<Day, double> costs_to_come(const Project& project, const Outline& outline, const Plan& plan, const Schedule& schedule, Day date) {
  PlanCalendars calendars(plan);
  std::map<Day, double> months;
  for (const PlannedTask& task : planned_tasks(project, outline, plan, schedule, {}, calendars))
    for (const CostPart& part : task.parts) {
      double before = planned_before(part, end_of(date));
      for (Day month = month_of(std::max(part.from.day(), date + 1)); month <= part.to.day(); month = months_later(month, 1)) {
        const double by_end = planned_before(part, Minute::at(months_later(month, 1)));
        months[month] += by_end - before;
        before = by_end;
      }
    }
  return months;
}

double planned_before(const CostPart& part, Minute moment) {
  if (moment <= part.from) return 0;
  if (moment >= part.to) return part.amount;
  const auto whole = part.time->between(part.from, part.to);
  return whole > 0 ? part.amount * static_cast<double>(part.time->between(part.from, moment)) / static_cast<double>(whole) : 0;
}

double planned_before(const PlannedTask& task, Minute moment) {
  double sum = 0;
  for (const CostPart& part : task.parts) sum += planned_before(part, moment);
  return sum;
}

std::vector<CostPart> evenly(std::span<const WorkedStretch> stretches, double amount, const WorkTime& time) {
  std::vector<CostPart> parts;
  if (amount == 0) return parts;
  std::int64_t total = 0;
  for (const auto& [from, to] : stretches) total += time.between(from, to);
  if (total <= 0) return {{stretches.back().finish, stretches.back().finish, amount, &time}};
  for (const auto& [from, to] : stretches)
    if (const auto minutes = time.between(from, to); minutes > 0)
      parts.push_back({from, to, amount * (static_cast<double>(minutes) / static_cast<double>(total)), &time});
  return parts;
}

std::string phases_text(const PlannedTask& task) {
  std::map<std::pair<Minute, Minute>, double> phases;
  for (const CostPart& part : task.parts) phases[{part.from, part.to}] += part.amount;
  std::string text;
  double sum = 0;  // rounded as they add up, so that nothing is lost
  for (const auto& [place, amount] : phases) {
    const auto before = std::llround(sum);
    sum += amount;
    text += std::format("{}{}/{}={}", text.empty() ? "" : ";", place.first - task.start, place.second - task.start, std::llround(sum) - before);
  }
  return text;
}

std::vector<CostPart> list_phases(std::string_view text, Minute start, double amount, const WorkTime& time) {
  // What no plan needs is not read: it comes from elsewhere, and each phase costs a walk over its days.
  constexpr std::int64_t farthest = 60LL * 366 * Minute::per_day;
  constexpr std::size_t most_phases = 500;
  std::vector<CostPart> parts;
  while (!text.empty() && parts.size() < most_phases) {
    auto phase = take_until(text, ';');
    const auto from = whole_number(take_until(phase, '/')), to = whole_number(take_until(phase, '=')), part = whole_number(phase);
    if (!from || !to || !part || *from > *to || *from < -farthest || *to > farthest) continue;
    parts.push_back({start + *from, start + *to, static_cast<double>(*part), &time});
    // Who has other working time now than when the baseline was taken.
    if (*from < *to && time.between(start + *from, start + *to) <= 0) parts.back().from = parts.back().to;
  }
  const double sum = sum_of(parts);
  if (sum <= 0) return {};
  for (CostPart& part : parts) part.amount *= amount / sum;
  return parts;
}

TaskSteps steps_by_task(const Project& project) {
  TaskSteps steps;
  for (const TaskStep& step : project.all<TaskStep>()) steps[step.task.id].push_back(&step);
  const auto day = [](const TaskStep* step) { return std::pair(!step->planned_on, step->planned_on.value_or(Day{})); };
  for (auto& [task, list] : steps) sort_stably(list, {}, day);
  return steps;
}

void Timeline::add(const CostPart& part) {
  if (part.from >= part.to) return add(part.from.day(), part.amount);
  const auto whole = static_cast<double>(part.time->between(part.from, part.to));
  if (whole <= 0) return add(part.to.day(), part.amount);
  for (Day day = part.from.day(); Minute::at(day) < part.to; day = day + 1) {
    const auto minutes = part.time->between(std::max(part.from, Minute::at(day)), std::min(part.to, end_of(day)));
    if (minutes > 0) add(day, part.amount * static_cast<double>(minutes) / whole);
  }
}

void Timeline::sum_up() { std::partial_sum(values_.begin(), values_.end(), values_.begin()); }

}  // namespace pmo::engine
