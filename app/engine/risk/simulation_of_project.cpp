#include "app/engine/risk/simulation_of_project.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "app/engine/risk/risk.h"
#include "app/engine/risk/simulation_correlation.h"
#include "app/engine/schedule/plan_calendars.h"
#include "app/engine/schedule/schedule_network.h"

namespace pmo::engine {
namespace {

using simulation::Distribution;
using simulation::Offset;
using simulation::possible;

class Builder {
 public:
  Builder(const Project& project, const Outline& outline, const Plan& plan, const Schedule& schedule, const SimulationAssumptions& assumptions)
      : project_(project), outline_(outline), plan_(plan), schedule_(schedule), assumptions_(assumptions), calendars_(plan),
        limits_(limits_by_summaries(plan)) {
    usual_shape_ = assumptions.shape.value_or(usual_shape(project));
  }

  SimulatedProject run() {
    result_.base_finish = schedule_.project_finish;
    find_origin();
    collect_candidates();
    const auto costs = costs_of(project_, plan_, schedule_);
    result_.task_of.assign(plan_.tasks.size(), -1);
    starts_.assign(plan_.tasks.size(), -1);
    for (std::size_t row = 0; row < plan_.tasks.size(); ++row) add_task(static_cast<Index>(row), costs[row]);
    for (const PlanLink& link : plan_.links) add_link(link);
    leave_out_circles();
    if (result_.model.tasks.empty()) result_.origin = result_.base_finish;  // the empty plan finishes where its schedule does
    correlate_durations(outline_, plan_, assumptions_, result_);  // M6
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
    if (plan_.reschedule_unfinished && plan_.status_date) status_ = Minute::at(*plan_.status_date + 1);
    begin_ = std::max(plan_.start, status_.value_or(plan_.start));
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

  // M1: the calendar that decides the finish, and how much is worked in it from start to finish.
  struct Working {
    const WorkTime* time;
    std::int64_t minutes;
  };
  Working working(Index row) {
    const auto work = whole(row);
    const Minute start = schedule_.start[row], finish = schedule_.finish[row];
    auto times = assignment_times_[row];
    if (times.empty()) times.push_back(calendars_.of_task(row));
    for (const WorkTime* time : times)
      if (time->add(start, work) == finish) return {time, work};
    for (const WorkTime* time : times)  // several resources: the last of them
      if (const auto minutes = time->between(start, finish); minutes > 0 && time->add(start, minutes) == finish) return {time, minutes};
    return {times.front(), work};
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
    return high > low ? possible({shape(task), low, duration, high}) : Distribution::exactly(duration);
  }

  simulation::Shape shape(const Task& task) const { return task.estimate_shape ? shape_of(*task.estimate_shape) : usual_shape_; }

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

  // A duration holds so many minutes of breaks, which are not paid.
  int add(Index row, const Distribution& duration, const WorkTime* time, Minute earliest, const TaskCost& cost, double breaks = 0) {
    return add(row, duration, time, earliest, cost, cost_of(row, cost), breaks);
  }
  // What takes no time and costs nothing: the start of a started task, a join.
  int add_moment(Index row, Minute earliest) {
    return add(row, Distribution::exactly(0), calendars_.always(), earliest, {}, Distribution::exactly(0), 0);
  }
  int add(Index row, const Distribution& duration, const WorkTime* time, Minute earliest, const TaskCost& cost, const Distribution& untimed, double breaks) {
    simulation::SimulatedTask task{.duration = duration, .calendar = simulated_calendar(time), .earliest = offset(earliest),
                                   .delay = 0, .cost = untimed, .cost_per_minute = 0};
    if (duration.likely > breaks) task.cost_per_minute = cost.by_time / (duration.likely - breaks);
    task.cost = moved(task.cost, duration.likely > breaks ? -task.cost_per_minute * breaks : cost.by_time);
    result_.base_cost += cost.total();
    result_.model.tasks.push_back(task);
    result_.row_of.push_back(row);
    return static_cast<int>(result_.model.tasks.size()) - 1;
  }

  // M4: what does not depend on time; of a started task the part that is still to do varies. The parts of a summary vary
  // themselves.
  Distribution cost_of(Index row, const TaskCost& cost) const {
    if (plan_.tasks[row].summary) return Distribution::exactly(cost.fixed);
    const Task& task = *outline_[static_cast<std::size_t>(row)].task;
    const auto from_plan = [&](const std::optional<Money>& money) { return money ? static_cast<double>(money->value) - cost.total() : 0; };
    const double share = std::min(1.0, share_to_do(row)), less = share * std::min(0.0, from_plan(task.optimistic_cost)), more = share * std::max(0.0, from_plan(task.pessimistic_cost));
    if (more <= less) return Distribution::exactly(cost.fixed);
    return possible({shape(task), cost.fixed + less, cost.fixed, cost.fixed + more});  // nearly all may be paid by time
  }

  void add_task(Index row, const TaskCost& cost) {
    const PlanTask& task = plan_.tasks[row];
    if (!schedule_.scheduled[row]) return;
    if (task.summary) {  // its own cost only
      if (keeps_own_dates(task)) add_lasting(row, cost);
      else if (cost.total() != 0) add(row, Distribution::exactly(0), calendars_.always(), result_.origin, cost);
      return;
    }
    const bool done = finished(row);
    const bool started = task.actual_start.has_value() || done;
    int last = -1;
    if (done) last = starts_[row] = add_finished(row, cost);
    else if (started) last = add_rest(row, cost);
    else last = starts_[row] = add_future(row, cost);
    result_.task_of[row] = last;
    const auto& simulated = result_.model.tasks[static_cast<std::size_t>(last)];
    result_.estimated_tasks += simulated.duration.varies() || simulated.cost.varies();
    if (task.milestone && !done) {
      result_.milestone_rows.push_back(row);
      result_.model.milestones.push_back(last);
    }
  }

  // M2
  int add_finished(Index row, const TaskCost& cost) {
    fixed_.insert(row);
    return add_lasting(row, cost);
  }

  // From date to date, whatever happens.
  int add_lasting(Index row, const TaskCost& cost) {
    const auto length = static_cast<double>(std::max<std::int64_t>(0, schedule_.finish[row] - schedule_.start[row]));
    return add(row, Distribution::exactly(length), calendars_.always(), schedule_.start[row], cost);
  }

  double share_to_do(Index row) const {
    const PlanTask& task = plan_.tasks[row];
    if (finished(row)) return 0;
    return task.actual_start ? static_cast<double>(remaining_of(task)) / static_cast<double>(std::max<std::int64_t>(1, task.duration)) : 1;
  }

  int add_rest(Index row, const TaskCost& cost) {
    const auto& times = assignment_times_[row];
    const WorkTime* time = times.empty() ? calendars_.of_task(row) : times.front();
    const auto remaining = remaining_of(plan_.tasks[row]);
    const double share = share_to_do(row);
    starts_[row] = add_moment(row, schedule_.start[row]);
    TaskCost to_go = cost;
    to_go.by_time *= std::min(1.0, share);
    to_go.fixed += cost.by_time - to_go.by_time;
    const auto [from, breaks] = rest(row, *time, remaining);
    return add(row, moved(scaled(estimate(row), share), static_cast<double>(breaks)), time, from, to_go, static_cast<double>(breaks));
  }

  // When the rest of a started task may go on, links aside, and the breaks that are still to come (schedule.h, S4, S9, S11).
  struct Rest {
    Minute from;
    std::int64_t breaks;
  };
  Rest rest(Index row, const WorkTime& time, std::int64_t remaining) const {
    const PlanTask& task = plan_.tasks[row];
    if (task.manual && task.manual_finish) return {time.add(schedule_.finish[row], -remaining), 0};
    const auto breaks = breaks_of(plan_, row);
    const auto done = done_of(task);
    const auto at = [&](bool rested) { return time.add(schedule_.start[row], with_breaks(breaks, done, rested)); };
    if (remaining == 0) return {at(false), 0};
    Minute from = task.resume && *task.resume > at(false) ? *task.resume : at(true);
    const auto rested = with_breaks(breaks_ahead(breaks, done), remaining, false) - remaining;
    from = std::max(from, status_.value_or(from));
    if (task.constraint_date && task.constraint == ConstraintType::finish_no_earlier_than)
      from = std::max(from, time.add(*task.constraint_date, -remaining - rested));
    return {time.next_start(from), rested};
  }

  // What S3 puts at a date of its own: links do not move it.
  bool held(Index row) const {
    const PlanTask& task = plan_.tasks[row];
    if (task.manual && task.manual_start) return true;
    if (task.constraint_gives_way) return false;
    switch (task.constraint) {
      case ConstraintType::must_start_on: case ConstraintType::must_finish_on: return task.constraint_date.has_value();
      case ConstraintType::start_no_later_than: case ConstraintType::finish_no_later_than:
        return schedule_.start_reason[row].kind == ReasonKind::constraint && schedule_.start_reason[row].task < 0;
      default: return false;
    }
  }

  int add_future(Index row, const TaskCost& cost) {
    const PlanTask& task = plan_.tasks[row];
    const auto [time, minutes] = working(row);
    Distribution duration = estimate(row);
    if (task.manual && task.manual_start && !duration.varies()) {  // M1: from date to date
      fixed_.insert(row);
      return add_lasting(row, cost);
    }
    const double scale = minutes != whole(row) && whole(row) > 0 ? static_cast<double>(minutes) / static_cast<double>(whole(row)) : 1;
    const double breaks = static_cast<double>(task.breaks) * scale;
    duration = moved(scaled(duration, scale), breaks);
    if (held(row)) fixed_.insert(row);
    const bool by_date = schedule_.start_reason[row].kind == ReasonKind::constraint;
    const auto kind = schedule_.start_reason[row].kind;
    const bool late = plan_.from == ScheduleFrom::finish || task.constraint == ConstraintType::as_late_as_possible ||
                      kind == ReasonKind::successor || kind == ReasonKind::project_finish;
    Minute earliest = schedule_.start[row];
    if (!fixed_.contains(row) && !by_date && !late) {
      earliest = time->add(time->next_start(begin_), task.levelling_delay);
      if (task.constraint_date && (task.constraint == ConstraintType::start_no_earlier_than || task.constraint == ConstraintType::must_start_on)) earliest = std::max(earliest, *task.constraint_date);
      if (task.constraint_date && (task.constraint == ConstraintType::finish_no_earlier_than || task.constraint == ConstraintType::must_finish_on))
        earliest = std::max(earliest, time->add(*task.constraint_date, -minutes));
      if (!limits_.empty()) earliest = std::max(earliest, limits_[row].not_before.value_or(earliest));
    }
    const int added = add(row, duration, time, earliest, cost, breaks);
    result_.model.tasks.back().delay = static_cast<Offset>(std::clamp<std::int64_t>(task.levelling_delay, 0, longest_lag));
    return added;
  }

  // Rows without parts at or below a row.
  std::vector<Index> leaves(Index row) const {
    std::vector<Index> list;
    for (std::size_t r = static_cast<std::size_t>(row); r < outline_[static_cast<std::size_t>(row)].end; ++r)
      if (!plan_.tasks[r].summary && result_.task_of[r] >= 0) list.push_back(static_cast<Index>(r));
    return list;
  }

  // What a link leaves from: the simulated task whose finish (or start, of length 0) counts.
  struct Source {
    int task;
    bool finished;
    Index row;  // in whose calendar the lag counts, where it counts in the predecessor's
  };
  bool finished(Index row) const { return plan_.tasks[row].actual_finish || plan_.tasks[row].percent >= 1000; }

  void add_link(const PlanLink& link) {
    const auto inside = [&](Index a, Index b) { return b > a && static_cast<std::size_t>(b) < outline_[static_cast<std::size_t>(a)].end; };
    if (inside(link.from, link.to) || inside(link.to, link.from)) return;
    auto from = leaves(link.from);
    const auto to = leaves(link.to);
    if (plan_.tasks[link.from].summary && leaves_start(link.type) && !from.empty())
      from = {*std::ranges::min_element(from, {}, [&](Index t) { return schedule_.start[t]; })};
    const bool of_summary = plan_.tasks[link.from].summary;
    if (from.size() > 1 && to.size() > 1 && (of_summary || !is_percent(link.unit))) {
      const Source join = add_join(from, link.from);
      const auto lag = is_percent(link.unit) ? part_of(span_of(link.from), link) : link.lag;
      for (const Index t : to) connect(link, join, t, lag, is_elapsed(link.unit));
      return;
    }
    const auto span = is_percent(link.unit) && of_summary ? span_of(link.from) : 0;
    for (const Index f : from) {
      const Source source{leaves_start(link.type) ? starts_[f] : result_.task_of[f], finished(f), f};
      const bool percent = is_percent(link.unit);
      const std::int64_t lag = percent ? part_of(of_summary ? span : plan_.tasks[f].duration, link) : link.lag;
      const bool elapsed = is_elapsed(link.unit) || (percent && !of_summary && plan_.tasks[f].elapsed);
      for (const Index t : to) connect(link, source, t, lag, elapsed);
    }
  }

  static std::int64_t part_of(std::int64_t base, const PlanLink& link) { return base * std::clamp(link.lag, -most_percent, most_percent) / 1000; }

  // S2: as planned; it does not grow with the tasks.
  std::int64_t span_of(Index summary) {
    const auto parts = leaves(summary);
    if (parts.empty()) return 0;
    const auto* time = plan_.tasks[summary].elapsed ? calendars_.always() : calendars_.of(plan_.tasks[summary].calendar);
    const auto first = *std::ranges::min_element(parts, {}, [&](Index t) { return schedule_.early_start[t]; });
    const auto last = *std::ranges::max_element(parts, {}, [&](Index t) { return schedule_.early_finish[t]; });
    return std::max<std::int64_t>(0, time->between(schedule_.early_start[first], schedule_.early_finish[last]));
  }

  // As in the schedule: in between two summaries stands a task without duration, instead of the product of their tasks.
  Source add_join(const std::vector<Index>& from, Index summary) {
    const int join = add_moment(-1, result_.origin);
    for (const Index f : from) result_.model.links.push_back({.predecessor = result_.task_of[f], .successor = join});
    return {join, std::ranges::all_of(from, [&](Index f) { return finished(f); }), summary};
  }

  // None: the successor's.
  std::optional<int> lag_calendar(Index predecessor) {
    if (plan_.lag_calendar == LagCalendar::successor) return {};
    if (plan_.lag_calendar == LagCalendar::project) return simulated_calendar(calendars_.project());
    const PlanTask& task = plan_.tasks[predecessor];
    return task.elapsed ? -1 : simulated_calendar(calendars_.of(task.calendar));
  }

  void connect(const PlanLink& link, const Source& from, Index to, std::int64_t lag, bool elapsed) {
    if (fixed_.contains(to)) return;
    // The start of a started task is past; retained logic lets its rest wait for unfinished predecessors only.
    const bool started = starts_[to] != result_.task_of[to];
    const bool waits = link.type != LinkType::start_to_start && plan_.progress == ProgressLogic::retained && !from.finished;
    if (started && !waits) return;
    result_.model.links.push_back({.predecessor = from.task, .successor = result_.task_of[to], .type = link.type,
                                   .lag = static_cast<Offset>(std::clamp(lag, -longest_lag, longest_lag)), .elapsed = elapsed,
                                   .lag_calendar = lag == 0 ? std::nullopt : lag_calendar(from.row)});
  }

  // S10: the same links as in the schedule close a circle and do not count.
  void leave_out_circles() {
    auto& links = result_.model.links;
    std::vector<DirectedEdge> edges;
    for (std::size_t i = 0; i < links.size(); ++i) edges.push_back({links[i].successor, {.from = links[i].predecessor, .link = static_cast<Index>(i)}});
    const std::vector<Activity::Traits> traits(result_.model.tasks.size(), Activity::takes_part);
    const Network open = network_of(traits, std::move(edges));
    if (open.cycles.empty()) return;
    std::vector<std::uint8_t> kept(links.size());
    for (const Edge& edge : open.edges) kept[edge.link] = 1;
    std::erase_if(links, [&](const auto& link) { return !kept[static_cast<std::size_t>(&link - links.data())]; });
  }

  // M5
  void add_risk(const Risk& risk) {
    if (risk.status == RiskStatus::occurred || risk.status == RiskStatus::closed || !risk.probability_percent) return;
    simulation::RiskEvent event{.probability = risk.probability_percent->value / 1000.0, .effects = {},
                                .cost = cost_effect(risk, usual_shape_).value_or(Distribution::exactly(0))};
    const Distribution delay = delay_effect(risk, usual_shape_).value_or(Distribution::exactly(0));
    if (delay.low != 0 || delay.high != 0)
      for (const auto& task : risk.tasks) {
        const auto row = outline_.find(task.id);
        if (!row || result_.task_of[*row] < 0 || plan_.tasks[*row].actual_finish || plan_.tasks[*row].percent >= 1000) continue;
        event.effects.push_back({result_.task_of[*row], delay});
      }
    if (event.effects.empty() && event.cost.low == 0 && event.cost.high == 0) return;
    result_.model.events.push_back(std::move(event));
    result_.risks.push_back(risk.id);
  }

  const Project& project_;
  const Outline& outline_;
  const Plan& plan_;
  const Schedule& schedule_;
  const SimulationAssumptions assumptions_;
  simulation::Shape usual_shape_;
  PlanCalendars calendars_;
  const std::vector<SummaryLimits> limits_;
  static constexpr std::int64_t longest_lag = 30LL * 366 * Minute::per_day;
  Minute horizon_;
  std::optional<Minute> status_;  // nothing of what is not done happens before
  Minute begin_;                  // of what has not begun
  std::map<const WorkTime*, int> calendar_numbers_;
  std::vector<std::vector<const WorkTime*>> assignment_times_;
  std::vector<int> starts_;  // by row: the simulated task whose start is the task's
  std::set<Index> fixed_;    // rows that no link moves
  SimulatedProject result_;
};

}  // namespace

simulation::Shape shape_of(EstimateShape shape) {
  switch (shape) {
    case EstimateShape::pert: return simulation::Shape::pert;
    case EstimateShape::triangular: return simulation::Shape::triangular;
    case EstimateShape::uniform: return simulation::Shape::uniform;
    case EstimateShape::normal: return simulation::Shape::normal;
    case EstimateShape::lognormal: return simulation::Shape::lognormal;
  }
  return simulation::Shape::pert;
}

SimulatedProject simulated(const Project& project, const Outline& outline, const Plan& plan, const Schedule& schedule,
                           const SimulationAssumptions& assumptions) {
  return Builder(project, outline, plan, schedule, assumptions).run();
}

}  // namespace pmo::engine
