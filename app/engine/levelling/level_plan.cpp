#include "app/engine/levelling/level_plan.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "app/engine/random.h"

namespace pmo::engine::levelling {

namespace {

constexpr std::int32_t never_moves = 1000;  // priority
constexpr double plan_shake = 0.15;              // of the project's length

bool has_capacity(ResourceKind kind) { return kind == ResourceKind::person || kind == ResourceKind::equipment; }

}  // namespace

PlanLevelling::PlanLevelling(const Plan& plan, LevelOptions options)
    : plan_(plan), options_(options), original_(schedule(plan)) {
  prepare();
}

bool PlanLevelling::movable(Index index) const {
  const PlanTask& task = plan_.tasks[index];
  const bool must = task.constraint == ConstraintType::must_start_on || task.constraint == ConstraintType::must_finish_on;
  const bool started = task.actual_start || task.actual_finish || task.percent > 0;
  return !task.manual && task.active && !task.summary && !started && !must && task.priority < never_moves;
}

void PlanLevelling::prepare() {
  const auto tasks = static_cast<Index>(plan_.tasks.size());
  for (Index t = 0; t < tasks; ++t)
    if (movable(t)) plan_.tasks[t].levelling_delay = 0;
  unlevelled_ = schedule(plan_);
  by_resource_.resize(plan_.resources.size());
  tolerated_.assign(plan_.resources.size(), std::vector<std::uint8_t>(plan_.tasks.size()));

  // The calendar in which the schedule counts a delay: of the first work resource, cut by the task's own.
  std::vector<Index> resource_calendar(plan_.tasks.size(), -2);
  for (const PlanAssignment& assignment : plan_.assignments) {
    const PlanResource& resource = plan_.resources[assignment.resource];
    if (!has_capacity(resource.kind)) continue;
    if (assignment.units > 0) by_resource_[assignment.resource].push_back(assignment);
    auto& calendar = resource_calendar[assignment.task];
    if (calendar == -2 && !plan_.tasks[assignment.task].ignore_resource_calendars) calendar = resource.calendar;
  }
  std::map<std::pair<Index, Index>, Index> known;
  const auto compiled = [&](Index calendar) {
    const Index wanted = calendar >= 0 ? calendar : plan_.calendar;
    const auto standard = standard_calendar();
    if (wanted < 0) return WorkTime::compile(std::span(&standard, 1), 0);
    return WorkTime::compile(plan_.calendars, wanted);
  };
  for (Index t = 0; t < tasks; ++t) {
    const PlanTask& task = plan_.tasks[t];
    const auto key = task.elapsed ? std::pair<Index, Index>{-3, -3} : std::pair{resource_calendar[t], task.calendar};
    const auto [entry, added] = known.try_emplace(key, static_cast<Index>(clocks_.size()));
    if (added) {
      if (task.elapsed) clocks_.emplace_back();
      else if (key.first == -2) clocks_.push_back(compiled(task.calendar));
      else if (task.calendar < 0) clocks_.push_back(compiled(key.first));
      else clocks_.push_back(WorkTime::intersect(compiled(task.calendar), compiled(key.first)));
    }
    clock_of_.push_back(entry->second);
  }
}

std::int32_t PlanLevelling::capacity(Index resource, Minute moment) const {
  const PlanResource& r = plan_.resources[resource];
  const bool before = r.available_from && moment.day() < *r.available_from;
  const bool after = r.available_to && moment.day() > *r.available_to;
  return before || after ? 0 : r.maximum_units;
}

// Loads rise only when a task begins: the first such moment from `from` on at which some resource has too little for
// tasks that are not tolerated there.
std::optional<PlanLevelling::Conflict> PlanLevelling::first_conflict(const Trial& trial, Minute from) const {
  const Schedule& dates = trial.schedule;
  std::optional<Conflict> first;
  for (Index r = 0; r < std::ssize(by_resource_); ++r) {
    struct Change {
      Minute at;
      std::int64_t units;
      bool start;
    };
    std::vector<Change> changes;
    for (const PlanAssignment& assignment : by_resource_[r]) {
      const Index t = assignment.task;
      if (!dates.scheduled[t] || plan_.tasks[t].summary || dates.finish[t] <= dates.start[t] || tolerated_[r][t]) continue;
      changes.push_back({dates.start[t], assignment.units, true});
      changes.push_back({dates.finish[t], -assignment.units, false});
    }
    std::ranges::sort(changes, [](const Change& a, const Change& b) {
      return a.at != b.at ? a.at < b.at : a.units < b.units;  // what ends goes first
    });
    std::int64_t load = 0;
    for (std::size_t i = 0; i < changes.size(); ++i) {
      load += changes[i].units;
      const bool last_here = i + 1 == changes.size() || changes[i + 1].at != changes[i].at;
      if (!last_here || !changes[i].start || changes[i].at < from || load <= capacity(r, changes[i].at)) continue;
      if (!first || changes[i].at < first->moment) first = {r, changes[i].at};
      break;
    }
  }
  return first;
}

// Tasks on the resource at the moment, those that keep it first (V2).
std::vector<Index> PlanLevelling::running(const Trial& trial, Conflict conflict) const {
  const Schedule& dates = trial.schedule;
  std::vector<Index> found;
  for (const PlanAssignment& assignment : by_resource_[conflict.resource]) {
    const Index t = assignment.task;
    const bool here = dates.start[t] <= conflict.moment && conflict.moment < dates.finish[t];
    if (here && dates.scheduled[t] && !plan_.tasks[t].summary && !tolerated_[conflict.resource][t]) found.push_back(t);
  }
  std::ranges::sort(found);
  found.erase(std::ranges::unique(found).begin(), found.end());
  const auto rank = [&](Index t) {
    const bool waits = movable(t) && dates.start[t] >= conflict.moment;
    return std::tuple(waits, waits ? -plan_.tasks[t].priority : 0, waits ? keys_[t] : 0.0, t);
  };
  std::ranges::sort(found, {}, rank);
  return found;
}

void PlanLevelling::resolve(Trial& trial, Conflict conflict) {
  const Schedule& dates = trial.schedule;
  const PlanResource& resource = plan_.resources[conflict.resource];
  std::int64_t left = capacity(conflict.resource, conflict.moment);
  std::vector<Index> waiting;
  std::optional<Minute> release;  // the next finish of one that keeps the resource
  Index holder = -1;
  for (const Index t : running(trial, conflict)) {
    std::int64_t units = 0;
    for (const PlanAssignment& assignment : by_resource_[conflict.resource])
      if (assignment.task == t) units += assignment.units;
    const bool waits = movable(t) && dates.start[t] >= conflict.moment;
    if (waits && units > left) {
      waiting.push_back(t);
      continue;
    }
    left -= units;
    if (!release || dates.finish[t] < *release) {
      release = dates.finish[t];
      holder = t;
    }
  }
  if (resource.available_from && conflict.moment.day() < *resource.available_from) {
    release = Minute::at(*resource.available_from);
    holder = -1;
  }
  bool moved = false;
  for (const Index t : waiting) {
    const bool too_late = options_.within_float && release && *release > unlevelled_.late_start[t];
    if (!release || too_late) {
      tolerate(trial, t, conflict);
    } else {
      delay(trial, t, *release, conflict, holder);
      moved = true;
    }
  }
  if (waiting.empty())  // only tasks that never move
    for (const Index t : running(trial, conflict))
      if (dates.start[t] == conflict.moment) tolerate(trial, t, conflict);
  if (!moved) return;
  for (std::size_t t = 0; t < plan_.tasks.size(); ++t) plan_.tasks[t].levelling_delay = trial.delays[t];
  const std::vector<Minute> before = trial.schedule.start;
  trial.schedule = schedule(plan_);
  for (const Index t : waiting)  // a constraint holds it against every delay
    if (trial.schedule.start[t] <= before[t] && !tolerated_[conflict.resource][t]) tolerate(trial, t, conflict);
}

void PlanLevelling::delay(Trial& trial, Index task, Minute until, Conflict conflict, Index holder) {
  const WorkTime& clock = clocks_[clock_of_[task]];
  trial.delays[task] += std::max<std::int64_t>(1, clock.between(trial.schedule.start[task], until));
  trial.resource[task] = conflict.resource;
  trial.holder[task] = holder;
}

void PlanLevelling::tolerate(Trial& trial, Index task, Conflict conflict) {
  tolerated_[conflict.resource][task] = 1;
  trial.overloads.push_back({conflict.resource, task, conflict.moment});
}

PlanLevelling::Trial PlanLevelling::run_trial() {
  Trial trial;
  trial.resource.assign(plan_.tasks.size(), -1);
  trial.holder.assign(plan_.tasks.size(), -1);
  for (const PlanTask& task : plan_.tasks) trial.delays.push_back(task.levelling_delay);
  const std::vector<std::int64_t> initial = trial.delays;
  for (auto& tolerated : tolerated_) std::ranges::fill(tolerated, 0);
  trial.schedule = unlevelled_;
  // Every conflict delays or tolerates at least one task; a task waits at most once for each finish of another.
  const auto assignments = static_cast<std::int64_t>(plan_.assignments.size());
  std::int64_t rounds = 1000 + assignments * std::min<std::int64_t>(assignments, 100);
  Minute from = trial.schedule.project_start;
  for (auto conflict = first_conflict(trial, from); conflict; conflict = first_conflict(trial, from)) {
    from = std::max(from, conflict->moment);
    if (plan_.from == ScheduleFrom::finish || --rounds < 0)
      for (const Index t : running(trial, *conflict)) tolerate(trial, t, *conflict);
    else resolve(trial, *conflict);
  }
  for (std::size_t t = 0; t < plan_.tasks.size(); ++t) plan_.tasks[t].levelling_delay = initial[t];
  return trial;
}

void PlanLevelling::step() {
  if (finished()) return;
  RandomStream random(random_at(options_.seed, 0, static_cast<std::uint64_t>(trials_done_)));
  const auto length = static_cast<double>(unlevelled_.project_finish - unlevelled_.project_start);
  keys_.clear();
  for (const Minute late : unlevelled_.late_start) {
    const double shaken = trials_done_ == 0 ? 0 : (random.unit() + random.unit() - 1) * plan_shake * length;
    keys_.push_back(static_cast<double>(late - unlevelled_.project_start) + shaken);
  }
  Trial trial = run_trial();
  const auto worth = [](const Trial& t) { return std::tuple(t.overloads.size(), t.schedule.project_finish); };
  if (trials_done_ == 0 || worth(trial) < worth(best_)) best_ = std::move(trial);
  ++trials_done_;
}

LevelResult PlanLevelling::result() const {
  LevelResult result{.delays = best_.delays, .moves = {}, .overloads = best_.overloads,
                     .old_finish = original_.project_finish, .new_finish = best_.schedule.project_finish};
  for (Index t = 0; t < std::ssize(plan_.tasks); ++t) {
    const bool same = original_.start[t] == best_.schedule.start[t] && original_.finish[t] == best_.schedule.finish[t];
    if (same || plan_.tasks[t].summary || !best_.schedule.scheduled[t]) continue;
    result.moves.push_back({t, original_.start[t], original_.finish[t], best_.schedule.start[t], best_.schedule.finish[t],
                            best_.delays[t], best_.resource[t], best_.holder[t]});
  }
  return result;
}

LevelResult level_plan(const Plan& plan, const LevelOptions& options) {
  PlanLevelling levelling(plan, {options.within_float, std::max(1, options.trials), options.seed});
  while (!levelling.finished()) levelling.step();
  return levelling.result();
}

}  // namespace pmo::engine::levelling
