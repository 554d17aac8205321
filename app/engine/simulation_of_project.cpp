#include "app/engine/simulation_of_project.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "app/engine/plan_calendars.h"
#include "app/model/records/risk.h"

namespace pmo::engine {
namespace {

using simulation::Distribution;
using simulation::Offset;

class Builder {
 public:
  Builder(const Project& project, const Outline& outline, const Plan& plan, const Schedule& schedule, const SimulationAssumptions& assumptions)
      : project_(project), outline_(outline), plan_(plan), schedule_(schedule), assumptions_(assumptions), calendars_(plan) {}

  SimulatedProject run() {
    result_.base_finish = schedule_.project_finish;
    find_origin();
    collect_candidates();
    const auto costs = costs_of(project_, plan_);
    result_.task_of.assign(plan_.tasks.size(), -1);
    starts_.assign(plan_.tasks.size(), -1);
    for (std::size_t row = 0; row < plan_.tasks.size(); ++row) add_task(static_cast<Index>(row), costs[row]);
    for (const PlanLink& link : plan_.links) add_link(link);
    if (assumptions_.with_risks)
      for (const Risk& risk : project_.all<Risk>()) add_risk(risk);
    return std::move(result_);
  }

 private:
  void find_origin() {
    Minute first = schedule_.project_start;
    for (std::size_t row = 0; row < plan_.tasks.size(); ++row)
      if (schedule_.scheduled[row]) first = std::min(first, schedule_.start[row]);
    result_.origin = Minute::at(first.day());
    // Beyond the horizon a simulated calendar works around the clock: far enough that it does not matter.
    const auto length = std::max<std::int64_t>(0, schedule_.project_finish - result_.origin);
    constexpr std::int64_t year = 366 * Minute::per_day;
    horizon_ = result_.origin + std::min(3 * length + 2 * year, 100 * year);
  }

  Offset offset(Minute moment) const {
    constexpr std::int64_t farthest = 100LL * 366 * Minute::per_day;
    return static_cast<Offset>(std::clamp<std::int64_t>(moment - result_.origin, 0, farthest));
  }

  int simulated_calendar(const WorkTime* time) {
    if (time->continuous()) return -1;
    if (const auto known = calendar_numbers_.find(time); known != calendar_numbers_.end()) return known->second;
    std::vector<simulation::WorkSpan> spans;
    for (Day day = result_.origin.day(); Minute::at(day) < horizon_; day = day + 1)
      for (const Shift& shift : time->shifts(day)) {
        const simulation::WorkSpan span{offset(Minute::at(day, shift.start)), offset(Minute::at(day, shift.finish))};
        if (!spans.empty() && spans.back().finish == span.start) spans.back().finish = span.finish;
        else spans.push_back(span);
      }
    const int number = static_cast<int>(result_.model.calendars.size());
    result_.model.calendars.push_back(std::move(spans));
    return calendar_numbers_[time] = number;
  }

  void collect_candidates() {
    assignment_times_.resize(plan_.tasks.size());
    for (const PlanAssignment& assignment : plan_.assignments) {
      const auto kind = plan_.resources[assignment.resource].kind;
      if (kind == ResourceKind::person || kind == ResourceKind::equipment)
        assignment_times_[assignment.task].push_back(calendars_.of_assignment(assignment));
    }
  }

  // M1: the calendar in which start plus duration is the finish of the schedule.
  const WorkTime* deciding_time(Index row) {
    const auto work = whole(row);
    const WorkTime* own = calendars_.of_task(row);
    const auto& times = assignment_times_[row];
    for (const WorkTime* time : times)
      if (time->add(schedule_.start[row], work) == schedule_.finish[row]) return time;
    return times.empty() ? own : times.front();
  }
  std::int64_t whole(Index row) const { return std::max<std::int64_t>(0, plan_.tasks[row].duration) + plan_.tasks[row].breaks; }

  // M3: of the whole duration.
  Distribution estimate(Index row) {
    const Task& task = *outline_[static_cast<std::size_t>(row)].task;
    const auto duration = static_cast<double>(std::max<std::int64_t>(0, plan_.tasks[row].duration));
    const auto minutes = [](const std::optional<WorkMinutes>& work, double otherwise) {
      return work ? static_cast<double>(work->value) : otherwise;
    };
    double low = duration, high = duration;
    if (task.optimistic_duration || task.pessimistic_duration) {
      low = std::min(duration, minutes(task.optimistic_duration, duration));
      high = std::max(duration, minutes(task.pessimistic_duration, duration));
    } else if (duration > 0 && !plan_.tasks[row].manual) {
      low = duration * (1 - std::min(assumptions_.shorter.value, 1000) / 1000.0);
      high = duration * (1 + assumptions_.longer.value / 1000.0);
    }
    return high > low ? Distribution{assumptions_.shape, low, duration, high} : Distribution::exactly(duration);
  }

  static Distribution moved(Distribution d, double by) {
    d.low += by;
    d.likely += by;
    d.high += by;
    return d;
  }
  static Distribution scaled(Distribution d, double by) {
    d.low *= by;
    d.likely *= by;
    d.high *= by;
    return d;
  }

  int add(Index row, const Distribution& duration, const WorkTime* time, Minute earliest, const TaskCost& cost) {
    simulation::SimulatedTask task{.duration = duration, .calendar = simulated_calendar(time), .earliest = offset(earliest),
                                   .cost = Distribution::exactly(cost.fixed), .cost_per_minute = 0};
    if (duration.likely > 0) task.cost_per_minute = cost.by_time / duration.likely;
    else task.cost = Distribution::exactly(cost.total());
    result_.base_cost += cost.total();
    result_.model.tasks.push_back(task);
    result_.row_of.push_back(row);
    return static_cast<int>(result_.model.tasks.size()) - 1;
  }

  void add_task(Index row, const TaskCost& cost) {
    const PlanTask& task = plan_.tasks[row];
    if (!schedule_.scheduled[row]) return;
    if (task.summary) {  // its own cost only
      if (cost.total() > 0) add(row, Distribution::exactly(0), calendars_.always(), result_.origin, cost);
      return;
    }
    const bool finished = task.actual_finish || task.percent >= 1000;
    const bool started = task.actual_start.has_value() || finished;
    int last = -1;
    if (finished) last = starts_[row] = add_finished(row, cost);
    else if (started) last = add_rest(row, cost);
    else last = starts_[row] = add_future(row, cost);
    result_.task_of[row] = last;
    result_.estimated_tasks += result_.model.tasks[static_cast<std::size_t>(last)].duration.varies();
    if (task.milestone && !finished) {
      result_.milestone_rows.push_back(row);
      result_.model.milestones.push_back(last);
    }
  }

  // M2
  int add_finished(Index row, const TaskCost& cost) {
    fixed_.insert(row);
    const auto length = static_cast<double>(std::max<std::int64_t>(0, schedule_.finish[row] - schedule_.start[row]));
    return add(row, Distribution::exactly(length), calendars_.always(), schedule_.start[row], cost);
  }

  int add_rest(Index row, const TaskCost& cost) {
    const PlanTask& task = plan_.tasks[row];
    const WorkTime* time = deciding_time(row);
    const auto duration = static_cast<double>(std::max<std::int64_t>(1, task.duration));
    const std::int64_t remaining = task.remaining_duration ? std::max<std::int64_t>(0, *task.remaining_duration)
                                                           : task.duration - task.duration * std::clamp(task.percent, 0, 1000) / 1000;
    const double share = static_cast<double>(remaining) / duration;
    starts_[row] = add(row, Distribution::exactly(0), calendars_.always(), schedule_.start[row], {});
    TaskCost to_go = cost;
    to_go.by_time *= std::min(1.0, share);
    to_go.fixed += cost.by_time - to_go.by_time;
    return add(row, scaled(estimate(row), share), time, time->add(schedule_.finish[row], -remaining), to_go);
  }

  int add_future(Index row, const TaskCost& cost) {
    const PlanTask& task = plan_.tasks[row];
    const WorkTime* time = deciding_time(row);
    const bool must = task.constraint_date && (task.constraint == ConstraintType::must_start_on || task.constraint == ConstraintType::must_finish_on);
    if (must || (task.manual && task.manual_start)) fixed_.insert(row);
    Minute earliest = fixed_.contains(row) ? schedule_.start[row] : schedule_.project_start;
    if (!fixed_.contains(row) && task.levelling_delay > 0) earliest = time->add(time->next_start(earliest), task.levelling_delay);
    if (task.constraint_date && task.constraint == ConstraintType::start_no_earlier_than)
      earliest = std::max(earliest, *task.constraint_date);
    if (task.constraint_date && task.constraint == ConstraintType::finish_no_earlier_than)
      earliest = std::max(earliest, time->add(*task.constraint_date, -whole(row)));
    if (plan_.from == ScheduleFrom::finish || task.constraint == ConstraintType::as_late_as_possible)
      earliest = schedule_.start[row];
    return add(row, moved(estimate(row), static_cast<double>(task.breaks)), time, earliest, cost);
  }

  // Rows without parts at or below a row.
  std::vector<Index> leaves(Index row) const {
    std::vector<Index> list;
    for (std::size_t r = static_cast<std::size_t>(row); r < outline_[static_cast<std::size_t>(row)].end; ++r)
      if (!plan_.tasks[r].summary && result_.task_of[r] >= 0) list.push_back(static_cast<Index>(r));
    return list;
  }

  void add_link(const PlanLink& link) {
    const auto inside = [&](Index a, Index b) { return b > a && static_cast<std::size_t>(b) < outline_[static_cast<std::size_t>(a)].end; };
    if (inside(link.from, link.to) || inside(link.to, link.from)) return;
    const bool leaves_start = link.type == LinkType::start_to_start || link.type == LinkType::start_to_finish;
    auto from = leaves(link.from);
    if (plan_.tasks[link.from].summary && leaves_start && !from.empty())
      from = {*std::ranges::min_element(from, {}, [&](Index t) { return schedule_.start[t]; })};
    const auto to = leaves(link.to);
    for (const Index f : from)
      for (const Index t : to) add_link(link, f, t, leaves_start);
  }

  void add_link(const PlanLink& link, Index from, Index to, bool leaves_start) {
    if (fixed_.contains(to)) return;
    const bool started = starts_[to] != result_.task_of[to];
    // The start of a started task is past; retained logic lets its rest wait for predecessors only.
    const bool enters_start = link.type == LinkType::finish_to_start || link.type == LinkType::start_to_start;
    if (started && enters_start && !(link.type == LinkType::finish_to_start && plan_.progress == ProgressLogic::retained)) return;
    simulation::SimulatedLink added{.predecessor = leaves_start ? starts_[from] : result_.task_of[from], .successor = result_.task_of[to],
                                    .type = link.type, .lag = 0, .elapsed = link.unit == LagUnit::elapsed};
    std::int64_t lag = link.lag;
    if (link.unit == LagUnit::percent) {
      lag = plan_.tasks[from].duration * link.lag / 1000;
      added.elapsed = plan_.tasks[from].elapsed;
    }
    constexpr std::int64_t longest = 30LL * 366 * Minute::per_day;
    if (enters_start && !started && !added.elapsed) lag += plan_.tasks[to].levelling_delay;
    added.lag = static_cast<Offset>(std::clamp(lag, -longest, longest));
    result_.model.links.push_back(added);
  }

  // M5
  void add_risk(const Risk& risk) {
    if (risk.status == RiskStatus::occurred || risk.status == RiskStatus::closed || !risk.probability_percent) return;
    const double sign = risk.kind == RiskKind::opportunity ? -1 : 1;
    simulation::RiskEvent event{.probability = risk.probability_percent->value / 1000.0, .effects = {},
                                .cost = Distribution::exactly(sign * std::abs(static_cast<double>(risk.cost_effect.value_or(Money{}).value)))};
    if (risk.delay_effect && risk.delay_effect->value > 0)
      for (const auto& task : risk.tasks) {
        const auto row = outline_.find(task.id);
        if (!row || result_.task_of[*row] < 0 || plan_.tasks[*row].actual_finish || plan_.tasks[*row].percent >= 1000) continue;
        event.effects.push_back({result_.task_of[*row], Distribution::exactly(sign * static_cast<double>(risk.delay_effect->value))});
      }
    if (event.effects.empty() && event.cost.likely == 0) return;
    result_.model.events.push_back(std::move(event));
    result_.risks.push_back(risk.id);
  }

  const Project& project_;
  const Outline& outline_;
  const Plan& plan_;
  const Schedule& schedule_;
  const SimulationAssumptions assumptions_;
  PlanCalendars calendars_;
  Minute horizon_;
  std::map<const WorkTime*, int> calendar_numbers_;
  std::vector<std::vector<const WorkTime*>> assignment_times_;
  std::vector<int> starts_;  // by row: the simulated task whose start is the task's
  std::set<Index> fixed_;    // rows that no link moves
  SimulatedProject result_;
};

}  // namespace

SimulatedProject simulated(const Project& project, const Outline& outline, const Plan& plan, const Schedule& schedule,
                           const SimulationAssumptions& assumptions) {
  return Builder(project, outline, plan, schedule, assumptions).run();
}

}  // namespace pmo::engine
