#include "app/engine/levelling/level_plan.h"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

#include "app/engine/random.h"
#include "app/engine/resources/availability.h"

namespace pmo::engine::levelling {

namespace {

constexpr std::int32_t never_moves = 1000;  // priority
constexpr double plan_shake = 0.15;              // of the project's length

// Of stretches of work the end, so many minutes in all.
void keep_last(std::vector<WorkedStretch>& stretches, std::int64_t left, const WorkTime& clock) {
  for (auto s = stretches.end(); s != stretches.begin();) {
    --s;
    const auto work = clock.between(s->start, s->finish);
    if (work >= left) {
      s->start = std::max(s->start, clock.add(s->finish, -left));
      stretches.erase(stretches.begin(), s);
      return;
    }
    left -= work;
  }
}

bool has_capacity(ResourceKind kind) { return kind == ResourceKind::person || kind == ResourceKind::equipment; }

}  // namespace

PlanLevelling::PlanLevelling(const Plan& plan, LevelOptions options)
    : plan_(plan), options_(options), original_(schedule(plan)) {
  prepare();
}

bool PlanLevelling::movable(Index index) const {
  const PlanTask& task = plan_.tasks[index];
  const bool must = !task.constraint_gives_way && (task.constraint == ConstraintType::must_start_on || task.constraint == ConstraintType::must_finish_on);
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
  return units_on(plan_.resources[resource], moment.day());
}

Minute PlanLevelling::first_conflict() const {
  const auto& start = unlevelled_.project_start;
  return plan_.reschedule_unfinished && plan_.status_date ? std::max(start, Minute::at(*plan_.status_date + 1)) : start;  // V6
}

// V3. Of a started task the last stretches, in which what is left is done.
void PlanLevelling::note_held() {
  auto& list = trial_->held;
  auto& from = trial_->held_from;
  list.clear();
  from.assign(1, 0);
  for (Index t = 0; t < std::ssize(plan_.tasks); ++t) {
    const PlanTask& task = plan_.tasks[t];
    if (trial_->schedule.scheduled[t] && !task.summary) {
      auto stretches = stretches_of(trial_->schedule, t);
      if (task.actual_start && !task.actual_finish) keep_last(stretches, remaining_of(task), clocks_[clock_of_[t]]);
      list.insert(list.end(), stretches.begin(), stretches.end());
    }
    from.push_back(static_cast<Index>(list.size()));
  }
}

std::span<const WorkedStretch> PlanLevelling::held(Index task) const {
  const auto begin = trial_->held.begin();
  return {begin + trial_->held_from[task], begin + trial_->held_from[task + 1]};
}

const WorkedStretch* PlanLevelling::held_at(Index task, Minute moment) const {
  for (const auto& stretch : held(task))
    if (stretch.start <= moment && moment < stretch.finish) return &stretch;
  return nullptr;
}

// When the task starts once the stretch that it is in at a moment begins at another.
Minute PlanLevelling::start_after(Index task, Minute until, Minute moment) const {
  const Minute start = trial_->schedule.start[task], stretch = held_at(task, moment)->start;
  const WorkTime& clock = clocks_[clock_of_[task]];
  return stretch == start ? until : clock.add(start, clock.between(stretch, until));
}

std::int64_t PlanLevelling::units_of(Index resource, Index task) const {
  std::int64_t units = 0;
  for (const PlanAssignment& assignment : by_resource_[resource])
    if (assignment.task == task) units += assignment.units;
  return units;
}

// The first moment of too much on one resource, if it comes before another moment. Loads rise when a task begins;
// capacity changes with the periods of availability. What began before the conflicts that are still to be resolved counts from there.
std::optional<Minute> PlanLevelling::next_conflict(Index resource, Minute before) const {
  struct Change {
    Minute at;
    std::int64_t units;
  };
  std::vector<Change> changes;
  for (const PlanAssignment& assignment : by_resource_[resource]) {
    const Index t = assignment.task;
    if (tolerated_[resource][t]) continue;
    for (const auto& [start, finish] : held(t)) {
      const Minute begin = std::max(start, trial_->from);
      if (begin >= before || finish <= begin) continue;
      changes.push_back({begin, assignment.units});
      changes.push_back({finish, -assignment.units});
    }
  }
  for (const Day day : changes_of_units(plan_.resources[resource])) changes.push_back({std::max(Minute::at(day), trial_->from), 0});
  std::ranges::sort(changes, {}, &Change::at);
  std::int64_t load = 0;
  for (std::size_t i = 0; i < changes.size() && changes[i].at < before; ++i) {
    load += changes[i].units;
    const bool last_here = i + 1 == changes.size() || changes[i + 1].at != changes[i].at;
    if (last_here && load > capacity(resource, changes[i].at)) return changes[i].at;
  }
  return std::nullopt;
}

// Of all resources that have one at the earliest such moment.
std::vector<PlanLevelling::Conflict> PlanLevelling::next_conflicts() const {
  std::vector<Conflict> conflicts;
  Minute before{std::numeric_limits<std::int64_t>::max()};
  for (Index r = 0; r < std::ssize(by_resource_); ++r) {
    const auto moment = next_conflict(r, before);
    if (!moment) continue;
    if (*moment + 1 < before) conflicts.clear();
    before = *moment + 1;
    conflicts.push_back({r, *moment});
  }
  return conflicts;
}

// Tasks on the resource at the moment, those that keep it first (V2).
std::vector<Index> PlanLevelling::running(Conflict conflict) const {
  const Schedule& dates = trial_->schedule;
  std::vector<Index> found;
  for (const PlanAssignment& assignment : by_resource_[conflict.resource]) {
    const Index t = assignment.task;
    if (tolerated_[conflict.resource][t] || !held_at(t, conflict.moment)) continue;
    if (!std::ranges::contains(delayed_, t, &std::pair<Index, Conflict>::first)) found.push_back(t);
  }
  std::ranges::sort(found);
  found.erase(std::ranges::unique(found).begin(), found.end());
  std::ranges::sort(found, {}, [&](Index t) {
    const bool moves = movable(t), begins = moves && dates.start[t] >= conflict.moment;
    return std::tuple(moves, begins, moves ? -plan_.tasks[t].priority : 0, moves ? keys_[t] : 0.0, t);
  });
  return found;
}

void PlanLevelling::resolve(Conflict conflict) {
  const PlanResource& resource = plan_.resources[conflict.resource];
  const auto tasks = running(conflict);
  std::int64_t left = capacity(conflict.resource, conflict.moment);
  std::vector<Index> waiting;
  std::optional<Minute> release;  // when the next of those that keep the resource sets it free
  Index holder = -1;
  for (const Index t : tasks) {
    const std::int64_t units = units_of(conflict.resource, t);
    if (units > left && movable(t)) {
      waiting.push_back(t);
      continue;
    }
    left -= units;
    const Minute finish = held_at(t, conflict.moment)->finish;
    if (!release || finish < *release) {
      release = finish;
      holder = t;
    }
  }
  const Day day = conflict.moment.day();
  const auto more = next_with_more(resource, day);
  const bool nothing = capacity(conflict.resource, conflict.moment) == 0, gone = nothing && !more;
  const bool more_first = more && (nothing || !release || Minute::at(*more) < *release);
  for (const Index t : waiting) {
    // Who asks for more than there ever will be does not wait for a little more.
    const bool for_more = more_first && (nothing || most_units_after(resource, day) >= units_of(conflict.resource, t));
    const auto until = for_more ? std::optional(Minute::at(*more)) : release;
    const bool too_late = options_.within_float && until && start_after(t, *until, conflict.moment) > unlevelled_.late_start[t];
    if (!until || gone || too_late) tolerate(t, conflict);
    else delay(t, *until, conflict, for_more ? -1 : holder);
  }
  // Those that never move are too many: the last of them are too much.
  for (auto t = tasks.rbegin(); t != tasks.rend() && left < 0; ++t) {
    if (movable(*t)) continue;
    left += units_of(conflict.resource, *t);
    tolerate(*t, conflict);
  }
}

void PlanLevelling::delay(Index task, Minute until, Conflict conflict, Index holder) {
  const WorkTime& clock = clocks_[clock_of_[task]];
  const Minute start = trial_->schedule.start[task], stretch = held_at(task, conflict.moment)->start;
  trial_->delays[task] += std::max<std::int64_t>(1, clock.between(stretch, until));
  // What a split task did before its break happens later, too, and may meet others there.
  if (start < stretch) trial_->from = std::max(first_conflict(), std::min(trial_->from, start));
  trial_->resource[task] = conflict.resource;
  trial_->holder[task] = holder;
  delayed_.push_back({task, conflict});
}

void PlanLevelling::tolerate(Index task, Conflict conflict) {
  tolerated_[conflict.resource][task] = 1;
  trial_->overloads.push_back({conflict.resource, task, conflict.moment});
}

void PlanLevelling::reschedule() {
  for (std::size_t t = 0; t < plan_.tasks.size(); ++t) std::swap(plan_.tasks[t].levelling_delay, trial_->delays[t]);
  std::vector<Minute> before = std::move(trial_->schedule.start);
  trial_->schedule = schedule(plan_);
  for (std::size_t t = 0; t < plan_.tasks.size(); ++t) std::swap(plan_.tasks[t].levelling_delay, trial_->delays[t]);
  for (const auto& [task, conflict] : delayed_)  // a constraint holds it against every delay
    if (trial_->schedule.start[task] <= before[task] && !tolerated_[conflict.resource][task]) tolerate(task, conflict);
  delayed_.clear();
  note_held();
}

void PlanLevelling::begin_trial() {
  RandomStream random(random_at(options_.seed, 0, static_cast<std::uint64_t>(trials_done_)));
  const auto length = static_cast<double>(unlevelled_.project_finish - unlevelled_.project_start);
  keys_.clear();
  for (const Minute late : unlevelled_.late_start) {
    const double shaken = trials_done_ == 0 ? 0 : (random.unit() + random.unit() - 1) * plan_shake * length;
    keys_.push_back(static_cast<double>(late - unlevelled_.project_start) + shaken);
  }
  for (auto& tolerated : tolerated_) std::ranges::fill(tolerated, 0);
  trial_.emplace();
  trial_->resource.assign(plan_.tasks.size(), -1);
  trial_->holder.assign(plan_.tasks.size(), -1);
  for (const PlanTask& task : plan_.tasks) trial_->delays.push_back(task.levelling_delay);
  trial_->schedule = unlevelled_;
  trial_->from = first_conflict();
  note_held();
  // Every moment delays or tolerates at least one task; a task waits at most once for each finish of another.
  const auto assignments = static_cast<std::int64_t>(plan_.assignments.size());
  trial_->moments_left = 1000 + assignments * std::min<std::int64_t>(assignments, 100);
}

void PlanLevelling::end_trial() {
  const auto worth = [](const Trial& t) { return std::tuple(t.overloads.size(), t.schedule.project_finish); };
  if (trials_done_ == 0 || worth(*trial_) < worth(best_)) best_ = std::move(*trial_);
  trial_.reset();
  ++trials_done_;
}

void PlanLevelling::step() {
  if (finished()) return;
  if (!trial_) begin_trial();
  const auto conflicts = next_conflicts();
  if (conflicts.empty()) return end_trial();
  trial_->from = std::max(trial_->from, conflicts.front().moment);
  const bool give_up = plan_.from == ScheduleFrom::finish || --trial_->moments_left < 0;
  for (const Conflict& conflict : conflicts)
    if (!give_up) resolve(conflict);
    else for (const Index t : running(conflict)) tolerate(t, conflict);
  if (!delayed_.empty()) reschedule();
}

LevelResult PlanLevelling::result() const {
  LevelResult result{.delays = best_.delays, .resource = best_.resource, .holder = best_.holder, .moves = {}, .overloads = best_.overloads,
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
