#include "app/engine/schedule/schedule_passes.h"

namespace pmo::engine {

Passes::Passes(const Plan& plan, Schedule& result)
    : plan_(plan), result_(result), calendars_(plan), project_time_(calendars_.project()), activities_(plan, calendars_), joins_from_(static_cast<Index>(plan.tasks.size())),
      links_(plan, activities_) {}

void Passes::run() {
  prepare();
  forward();
  if (from_finish()) schedule_from_finish();
  else schedule_from_start();
  roll_up();
  mark_longest_path();
  find_pieces();
  diagnose();
}

void Passes::prepare() {
  auto edges = links_.edges(nullptr);
  const auto count = activities_.size();  // joins included
  auto& r = result_;
  for (auto* dates : {&r.early_start, &r.early_finish, &r.late_start, &r.late_finish}) dates->assign(count, plan_.start);
  r.total_float.assign(count, 0);
  r.free_float.assign(count, 0);
  for (auto* flags : {&r.critical, &r.longest_path, &r.scheduled}) flags->assign(count, 0);
  r.start_reason.assign(count, {});
  early_work_.resize(count);
  late_work_.resize(count);
  spans_.assign(count - static_cast<std::size_t>(joins_from_), 0);
  start_ = plan_.start;
  place_manual_summaries();
  if (plan_.reschedule_unfinished && plan_.status_date) status_ = Minute::at({plan_.status_date->value + 1});
  network_ = network_of(activities_.traits(), std::move(edges));
  r.diagnostics = network_.cycles;
}

// S12. Nothing moves them.
void Passes::place_manual_summaries() {
  for (const auto t : activities_.asking_summaries()) {
    if (!activities_.is(t, Activity::keeps_dates)) continue;
    result_.scheduled[t] = 1;
    put_early(t, *plan_.tasks[t].manual_start, *plan_.tasks[t].manual_finish, {ReasonKind::manual});
  }
}

void Passes::add_links_from_summary_starts(const Schedule& first_pass) {
  network_ = network_of(activities_.traits(), links_.edges(&first_pass));
  result_.diagnostics = network_.cycles;
  forward();
}

// Behind the joins stand the tasks that people know.
void Passes::take_out_joins() {
  const auto count = plan_.tasks.size();
  if (activities_.size() == count) return;
  auto& r = result_;
  for (auto* reasons : {&r.start_reason, &r.late_reason}) {
    for (Index t = 0; t < joins_from_; ++t)
      if (auto& reason = (*reasons)[t]; is_join(reason.task))
        reason.task = (reason.kind == ReasonKind::successor ? r.late_reason : *reasons)[reason.task].task;
    reasons->resize(count);
  }
  for (auto* dates : {&r.early_start, &r.early_finish, &r.late_start, &r.late_finish, &r.start, &r.finish}) dates->resize(count);
  for (auto* floats : {&r.total_float, &r.free_float}) floats->resize(count);
  for (auto* flags : {&r.critical, &r.longest_path, &r.scheduled}) flags->resize(count);
  for (auto& diagnostic : r.diagnostics) std::erase_if(diagnostic.tasks, [&](Index t) { return is_join(t); });
}

// Working minutes before the start or finish of a task, where the pass has found them already.
std::optional<std::int64_t> Passes::worked(const std::vector<std::int32_t>& until_finish, Index t, bool at_start) const {
  if (!activities_.is(t, Activity::plain)) return {};
  return until_finish[t] - (at_start ? activities_[t].only.work : 0);
}

// What a percent lag is taken of: the duration of a task, the span of a summary.
std::int64_t Passes::percent_base(Index from) const {
  return is_join(from) ? spans_[static_cast<std::size_t>(from - joins_from_)] : plan_.tasks[from].duration;
}

// In whose calendar the lag of a link counts. Behind a join stands the summary that the link leaves from.
const WorkTime& Passes::time_of_lag(const Edge& edge, Index to) const {
  switch (plan_.lag_calendar) {
    case LagCalendar::successor: break;
    case LagCalendar::predecessor: return *activities_[is_join(edge.from) ? plan_.links[edge.link].from : edge.from].time;
    case LagCalendar::project: return *project_time_;
  }
  return *activities_[to].time;
}

Minute Passes::with_lag(const Edge& edge, Index to, Minute moment, bool backwards, std::optional<std::int64_t> known_work) const {
  std::int64_t lag = edge.lag;
  if (lag == 0) return moment;
  bool elapsed = is_elapsed(edge.unit);
  if (is_percent(edge.unit)) {
    lag = percent_base(edge.from) * std::clamp(lag, -most_percent, most_percent) / 1000;
    elapsed |= !is_join(edge.from) && plan_.tasks[edge.from].elapsed;
  }
  if (backwards) lag = -lag;
  const auto& time = elapsed ? *calendars_.always() : time_of_lag(edge, to);
  return known_work && &time == activities_[to].time ? time.add_from({moment, *known_work}, lag) : time.add(moment, lag);
}

// --- forward pass

void Passes::forward() {
  interrupted_.clear();
  for (const auto t : network_.order) forward(t);
}

// When one link lets its successor start, or finish.
Minute Passes::moment_by(const Edge& edge, Index to) const {
  const bool late = late_known_ && stands_late(edge.from);  // S7
  const auto& starts = dates_known_ ? result_.start : late ? result_.late_start : result_.early_start;
  const auto& finishes = dates_known_ ? result_.finish : late ? result_.late_finish : result_.early_finish;
  return with_lag(edge, to, edge.leaves_start() ? starts[edge.from] : finishes[edge.from], false);
}

// The earliest start that one link allows.
Minute Passes::start_by(const Edge& edge, Index to) const {
  const auto moment = moment_by(edge, to);
  return edge.enters_start() ? moment : activities_.start_from(activities_[to], moment);
}

Passes::Bound Passes::bound_by_links(Index t, Bound bound) const {
  for (const auto& edge : network_.into(t)) {
    const bool simple = edge.type == LinkType::finish_to_start && edge.lag == 0 && !late_known_;
    const auto moment = simple ? result_.early_finish[edge.from] : start_by(edge, t);
    if (moment > bound.moment) bound = {moment, {ReasonKind::link, edge.link, edge.from}};
  }
  return bound;
}

void Passes::forward_plain(Index t) {
  const auto& [time, work] = activities_[t].only;
  auto bound = bound_by_links(t, {start_, {ReasonKind::project_start}});
  auto begin = time->start_at(bound.moment);
  if (status_ && begin.moment < *status_) {  // S11
    begin = time->start_at(*status_);
    bound.reason = {ReasonKind::status_date};
  }
  const auto end = time->finish_after(begin.work + work);
  early_work_[t] = static_cast<std::int32_t>(std::min<std::int64_t>(begin.work + work, 1 << 30));
  put_early(t, begin.moment, end.moment, bound.reason);
}

void Passes::forward(Index t) {
  const auto& activity = activities_[t];
  result_.scheduled[t] = 1;
  if (activities_.is(t, Activity::plain)) return forward_plain(t);
  if (is_join(t)) return forward_join(t);
  const auto& task = plan_.tasks[t];
  if (activities_.is(t, Activity::started)) return forward_started(t);
  if (task.manual && task.manual_start) {
    const auto finish = task.manual_finish && *task.manual_finish >= *task.manual_start
                            ? *task.manual_finish
                            : activities_.finish_from(activity, *task.manual_start);
    return put_early(t, *task.manual_start, finish, {ReasonKind::manual});
  }
  auto bound = bound_by_links(t, {start_, {ReasonKind::project_start}});
  bound.moment = activities_.working_start(activity, bound.moment);
  if (status_ && bound.moment < *status_) bound = {activities_.working_start(activity, *status_), {ReasonKind::status_date}};  // S11
  if (task.levelling_delay > 0 && !from_finish())
    bound = {activities_.working_start(activity, activity.only.time->add(bound.moment, task.levelling_delay)), {ReasonKind::levelling, -1, task.delayed_by}};
  const auto* limits = activities_.limits_of(t);
  const bool held = limits && limits->not_before;
  if (held)  // S12
    if (const auto moment = activities_.working_start(activity, *limits->not_before); moment > bound.moment)
      bound = {moment, {ReasonKind::constraint, -1, limits->not_before_of}};
  const auto moved = constrained(task, activity, bound, !held && network_.into(t).empty());
  put_early(t, moved.moment, exact_finish(task, activity, moved), moved.reason);
}

// All of a summary are done by then. Of which a percent lag is taken: how long that took.
void Passes::forward_join(Index t) {
  const auto latest = bound_by_links(t, {never_before, {}});
  const auto moment = latest.moment == never_before ? start_ : latest.moment;
  put_early(t, moment, moment, latest.reason);
  if (latest.reason.link < 0) return;
  const auto& link = plan_.links[latest.reason.link];
  if (is_percent(link.unit)) spans_[static_cast<std::size_t>(t - joins_from_)] = links_.span_of(link.from, result_);
}

// S3
Passes::Bound Passes::constrained(const PlanTask& task, const Activity& activity, Bound bound, bool free) const {
  if (!task.constraint_date) return bound;
  const auto date = *task.constraint_date;
  const auto not_before = [&](Minute moment) {
    if (moment > bound.moment || (free && moment != bound.moment)) bound = {moment, {ReasonKind::constraint}};
  };
  const auto not_after = [&](Minute moment) {
    if (moment < bound.moment) bound = {moment, {ReasonKind::constraint}};
  };
  const auto start = [&] { return activities_.working_start(activity, date); };
  const auto start_for_finish = [&] { return activities_.working_start(activity, activities_.start_from(activity, date)); };
  if (task.constraint_gives_way && task.constraint == ConstraintType::must_start_on) not_before(start());
  if (task.constraint_gives_way && task.constraint == ConstraintType::must_finish_on) not_before(start_for_finish());
  if (task.constraint_gives_way && bounds_from_above(task.constraint)) return bound;
  switch (task.constraint) {
    case ConstraintType::start_no_earlier_than: not_before(start()); break;
    case ConstraintType::finish_no_earlier_than: not_before(start_for_finish()); break;
    case ConstraintType::start_no_later_than: not_after(start()); break;
    case ConstraintType::finish_no_later_than: not_after(start_for_finish()); break;
    case ConstraintType::must_start_on: bound = {start(), {ReasonKind::constraint}}; break;
    case ConstraintType::must_finish_on: bound = {start_for_finish(), {ReasonKind::constraint}}; break;
    default: break;
  }
  return bound;
}

Minute Passes::exact_finish(const PlanTask& task, const Activity& activity, const Bound& bound) const {
  if (activity.only.work == 0 && bound.reason.kind != ReasonKind::constraint) return bound.moment;
  const bool on_date = !task.constraint_gives_way || bound.reason.kind == ReasonKind::constraint;
  if (task.constraint == ConstraintType::must_finish_on && task.constraint_date && activity.only.work > 0 && on_date)
    return activities_.working_finish(activity, *task.constraint_date);
  return activities_.finish_from(activity, bound.moment);
}

// S4
void Passes::forward_started(Index t) {
  const auto& task = plan_.tasks[t];
  const auto& activity = activities_[t];
  const auto& time = *activity.only.time;
  const auto start = task.actual_start ? *task.actual_start : activities_.start_from(activity, *task.actual_finish);
  Reason reason{ReasonKind::actual};
  if (task.actual_finish) return put_early(t, start, std::max(start, *task.actual_finish), reason);
  if (task.manual && task.manual_finish && *task.manual_finish >= start)
    return put_early(t, start, *task.manual_finish, reason);
  const auto remaining = remaining_of(task);
  const auto done = done_of(task);
  const auto breaks = breaks_of(plan_, t);
  const auto stopped = time.add(start, with_breaks(breaks, done, false));
  if (remaining == 0) return put_early(t, start, stopped, reason);
  auto ahead = breaks_ahead(breaks, done);
  const auto left = with_breaks(ahead, remaining, false);
  auto go_on = time.add(start, with_breaks(breaks, done, true));
  bool moved = false;
  if (task.resume && *task.resume > stopped) {
    go_on = *task.resume;
    moved = true;
    reason = {ReasonKind::resume};
  }
  if (status_ && go_on < *status_) {
    go_on = time.next_start(*status_);
    moved = true;
    reason = {ReasonKind::status_date};
  }
  const auto held = rest_held(t, left, {go_on, reason});
  moved |= held.moment != go_on;
  put_early(t, start, time.add(held.moment, left), held.reason);
  if (moved) interrupted_.push_back({t, stopped, held.moment, std::move(ahead)});
}

// When the remaining work of a started task, breaks included, goes on by its links and its constraint.
Passes::Bound Passes::rest_held(Index t, std::int64_t left, Bound bound) const {
  const auto& task = plan_.tasks[t];
  const auto& time = *activities_[t].only.time;
  const auto not_before = [&](Minute moment, Reason reason) {
    if (moment > time.next_start(bound.moment)) bound = {moment, reason};
  };
  if (plan_.progress == ProgressLogic::retained)
    for (const auto& edge : network_.into(t)) {
      if (edge.type == LinkType::start_to_start || activities_.is(edge.from, Activity::finished)) continue;
      const auto moment = moment_by(edge, t);
      not_before(edge.enters_start() ? moment : time.add(moment, -left), {ReasonKind::resume, edge.link, edge.from});
    }
  if (task.constraint == ConstraintType::finish_no_earlier_than && task.constraint_date)
    not_before(time.add(*task.constraint_date, -left), {ReasonKind::constraint});
  return bound;
}

void Passes::put_early(Index t, Minute start, Minute finish, Reason reason) {
  result_.early_start[t] = start;
  result_.early_finish[t] = finish;
  result_.start_reason[t] = reason;
}

// --- backward pass

// Each task hands on to its predecessors what it allows them; the least stands in their late finish until their turn. Where
// the dates of all tasks are known by then (take_dates), so are their floats on the way.
void Passes::backward(bool with_floats) {
  result_.late_reason.assign(activities_.size(), {ReasonKind::project_finish});
  for (std::size_t t = 0; t < activities_.size(); ++t)
    if (result_.scheduled[t]) result_.late_finish[t] = finish_;
  earliest_late_ = never_after;
  if (with_floats) begin_floats();
  for (auto t = network_.order.rbegin(); t != network_.order.rend(); ++t) {
    const auto start = backward(*t);
    if (!activities_.is(*t, Activity::finished)) hand_on(*t, start);
    if (with_floats) floats(*t);
  }
}

void Passes::hand_on(Index t, Minute start) {
  const bool started = activities_.is(t, Activity::started);
  for (const auto& edge : network_.into(t)) {
    const bool simple = edge.type == LinkType::finish_to_start && edge.lag == 0 && !started;
    const auto moment = simple ? start : finish_by(edge, t, start);
    auto& bound = result_.late_finish[edge.from];
    auto& reason = result_.late_reason[edge.from];
    if (moment > bound || (moment == bound && reason.kind != ReasonKind::link)) continue;
    bound = moment;
    reason = {ReasonKind::link, edge.link, t};
  }
}

// A task that has begun no longer waits for another to begin; by retained logic its remaining work waits for everything else (S4).
bool Passes::asks_nothing_of_predecessor(const Edge& edge, Index to) const {
  if (!activities_.is(to, Activity::started)) return false;
  return edge.type == LinkType::start_to_start || plan_.progress == ProgressLogic::override_logic;
}

// The latest finish of the predecessor that one link allows (S5).
Minute Passes::finish_by(const Edge& edge, Index to, Minute start) const {
  const auto& from = activities_[edge.from];
  if (edge.leaves_start() && activities_.is(edge.from, Activity::started)) return finish_;  // its start is past
  if (asks_nothing_of_predecessor(edge, to)) return finish_;
  const auto worked_before = worked(late_work_, to, edge.enters_start());
  const auto moment = with_lag(edge, to, edge.enters_start() ? start : result_.late_finish[to], true, worked_before);
  return edge.leaves_start() ? activities_.finish_from(from, moment) : moment;
}

// With the breaks that are still to come.
std::int64_t Passes::still_to_do(Index t) const {
  const auto& task = plan_.tasks[t];
  const auto remaining = remaining_of(task);
  if (task.breaks == 0) return remaining;
  return with_breaks(breaks_ahead(breaks_of(plan_, t), done_of(task)), remaining, false);
}

// Answers the late start as predecessors see it: of the remaining work when started.
Minute Passes::backward(Index t) {
  const auto& activity = activities_[t];
  const auto raw = result_.late_finish[t];
  if (activities_.is(t, Activity::plain)) {
    const auto& [time, work] = activity.only;
    const auto end = time->finish_at(raw);
    const auto begin = time->start_after(end.work - work);
    late_work_[t] = static_cast<std::int32_t>(end.work);
    put_late(t, begin.moment, end.moment, result_.late_reason[t]);
    return begin.moment;
  }
  if (activities_.is(t, Activity::finished)) {
    put_late(t, result_.early_start[t], result_.early_finish[t], {ReasonKind::actual});
    return result_.early_start[t];
  }
  if (is_join(t)) {
    put_late(t, raw, raw, result_.late_reason[t]);
    return raw;
  }
  const auto& task = plan_.tasks[t];
  auto bound = late_constrained(task, activity, {raw, result_.late_reason[t]});
  if (task.deadline && *task.deadline < bound.moment) bound = {*task.deadline, {ReasonKind::deadline}};
  if (const auto* limits = activities_.limits_of(t); limits && limits->not_after && *limits->not_after < bound.moment)  // S12
    bound = {*limits->not_after, {limits->deadline ? ReasonKind::deadline : ReasonKind::constraint, -1, limits->not_after_of}};
  const auto allowed = bound.moment;
  bound.moment = activities_.working_finish(activity, bound.moment);
  // A task without duration need not step back over free time when that would put it before its early date.
  const auto early = result_.early_finish[t];
  if (activity.only.work == 0 && bound.moment < early && allowed >= early && plan_.from == ScheduleFrom::start) bound.moment = early;
  const bool started = activities_.is(t, Activity::started);
  const auto late = started ? activity.only.time->add(bound.moment, -still_to_do(t)) : activities_.start_from(activity, bound.moment);
  put_late(t, started ? *task.actual_start : late, bound.moment, bound.reason);
  return late;
}

Passes::Bound Passes::late_constrained(const PlanTask& task, const Activity& activity, Bound bound) const {
  if (!task.constraint_date) return bound;
  const auto date = *task.constraint_date;
  const auto not_after = [&](Minute moment) {
    if (moment < bound.moment) bound = {moment, {ReasonKind::constraint}};
  };
  const auto on = [&](Minute moment) {
    if (task.constraint_gives_way) not_after(moment);
    else bound = {moment, {ReasonKind::constraint}};
  };
  switch (task.constraint) {
    case ConstraintType::must_start_on: on(activities_.finish_from(activity, date)); break;
    case ConstraintType::must_finish_on: on(date); break;
    case ConstraintType::start_no_later_than: not_after(activities_.finish_from(activity, date)); break;
    case ConstraintType::finish_no_later_than: not_after(date); break;
    default: break;
  }
  return bound;
}

void Passes::put_late(Index t, Minute start, Minute finish, Reason reason) {
  result_.late_start[t] = start;
  result_.late_finish[t] = finish;
  result_.late_reason[t] = reason;
  earliest_late_ = std::min(earliest_late_, start);
}

// --- both passes

Minute Passes::latest_finish() const {
  Minute latest = never_before;
  for (std::size_t t = 0; t < activities_.size(); ++t)
    if (result_.scheduled[t]) latest = std::max(latest, result_.early_finish[t]);
  return latest == never_before ? start_ : latest;
}

void Passes::schedule_from_start() {
  if (links_.needs_early_starts()) add_links_from_summary_starts(result_);
  finish_ = latest_finish();
  const auto bound = plan_.must_finish.value_or(finish_);
  const auto is_late = [&](Index t) { return activities_.is(t, Activity::late); };
  if (std::ranges::none_of(activities_.special(), is_late)) {
    finish_ = bound;
    take_dates();
    return backward(true);
  }
  backward(false);
  late_known_ = true;
  forward();
  take_dates();
  dates_known_ = true;
  if (bound != finish_) {  // who is as late as possible holds up the project's own finish, not the bound
    finish_ = bound;
    result_.late_reason.assign(activities_.size(), {ReasonKind::project_finish});
    backward(false);
  }
  floats();
}

// S8. Which task of a summary comes first shows when all stand on their dates.
void Passes::schedule_from_finish() {
  finish_ = *plan_.finish;
  late_before_early();
  take_dates();
  if (links_.needs_early_starts()) {
    add_links_from_summary_starts({.early_start = result_.start, .early_finish = result_.finish});
    late_before_early();
    take_dates();
  }
  floats();
}

// The start follows from the late dates.
void Passes::late_before_early() {
  backward(false);
  Minute first = never_after;
  for (const auto t : network_.order) first = std::min(first, result_.late_start[t]);
  if (first != never_after) start_ = first;
  forward();
}

bool Passes::takes_late(Index t) const {
  if (!activities_.is(t, Activity::late) && !from_finish()) return false;
  if (is_join(t)) return from_finish();
  return !activities_.is(t, Activity::started) && !plan_.tasks[t].manual;
}

// Unless what comes before it, or its own "no earlier than", pushes it beyond.
bool Passes::stands_late(Index t) const { return takes_late(t) && result_.late_start[t] >= result_.early_start[t]; }

void Passes::take_dates() {
  auto& r = result_;
  r.start = r.early_start;
  r.finish = r.early_finish;
  if (late_known_ || from_finish())
    for (const auto t : network_.order) {
      if (!stands_late(t)) continue;
      if (from_finish() || r.late_start[t] > r.early_start[t]) {
        r.start_reason[t] = r.late_reason[t];
        if (r.start_reason[t].kind == ReasonKind::link) r.start_reason[t].kind = ReasonKind::successor;
      }
      r.start[t] = r.late_start[t];
      r.finish[t] = r.late_finish[t];
    }
  r.project_start = never_after;
  r.project_finish = never_before;
  for (std::size_t t = 0; t < activities_.size(); ++t) {
    if (!r.scheduled[t]) continue;
    r.project_start = std::min(r.project_start, r.start[t]);
    r.project_finish = std::max(r.project_finish, r.finish[t]);
  }
  if (network_.order.empty()) r.project_start = r.project_finish = plan_.start;
}

// S6. What limits a task's free float is handed on by its successors, like its late dates.
void Passes::begin_floats() {
  free_limit_.assign(activities_.size(), never_after);
  for (std::size_t t = 0; t < activities_.size(); ++t)
    if (result_.scheduled[t]) result_.free_float[t] = unlimited;
}

void Passes::floats() {
  begin_floats();
  for (auto t = network_.order.rbegin(); t != network_.order.rend(); ++t) floats(*t);
}

void Passes::floats(Index t) {
  const bool finished = activities_.is(t, Activity::finished);
  const auto total = result_.total_float[t] = total_float(t);
  result_.critical[t] = !finished && total <= plan_.critical_threshold;
  result_.free_float[t] = finished || is_join(t) ? 0 : free_float(t);
  if (!finished) limit_predecessors(t);
}

std::int64_t Passes::total_float(Index t) const {
  if (activities_.is(t, Activity::plain)) return late_work_[t] - early_work_[t];
  if (activities_.is(t, Activity::finished)) return 0;
  const auto& r = result_;
  const auto& time = *activities_[t].time;
  const auto finish_float = time.between(r.early_finish[t], r.late_finish[t]);
  if (activities_.is(t, Activity::started)) return finish_float;
  const auto least = std::min(finish_float, time.between(r.early_start[t], r.late_start[t]));
  return activities_.is(t, Activity::late) ? std::min<std::int64_t>(0, least) : least;
}

std::int64_t Passes::free_float(Index t) const {
  auto least = result_.free_float[t];  // of links that leave from the start
  if (free_limit_[t] == result_.finish[t]) {
    least = std::min<std::int64_t>(least, 0);
  } else if (free_limit_[t] != never_after) {
    const auto& time = *activities_[t].time;
    const auto until_finish = worked_early(t, false);
    least = std::min(least, time.work_before(free_limit_[t]) - (until_finish ? *until_finish : time.work_before(result_.finish[t])));
  }
  return least == unlimited ? result_.total_float[t] : least;
}

// Up to when each predecessor may move without moving the task, lag taken from the task's side. A join hands on what
// its successors leave.
void Passes::limit_predecessors(Index t) {
  const bool started = activities_.is(t, Activity::started);
  const auto start = started ? activities_[t].only.time->add(result_.finish[t], -still_to_do(t)) : result_.start[t];
  for (const auto& edge : network_.into(t)) {
    if (asks_nothing_of_predecessor(edge, t)) continue;
    const auto moment = edge.enters_start() ? start : result_.finish[t];
    const auto limit = is_join(t) ? free_limit_[t] : with_lag(edge, t, moment, true, worked_early(t, edge.enters_start()));
    if (limit == never_after) continue;
    if (!edge.leaves_start()) {
      free_limit_[edge.from] = std::min(free_limit_[edge.from], limit);
      continue;
    }
    auto& room = result_.free_float[edge.from];
    room = std::min(room, activities_[edge.from].time->between(result_.start[edge.from], limit));
  }
}

// Summaries span their parts.
void Passes::roll_up() {
  auto& r = result_;
  std::vector<std::uint8_t> filled(activities_.size(), 0);
  for (auto i = joins_from_; i-- > 0;) {
    if (activities_.is(i, Activity::summary) && r.scheduled[i]) finish_summary(i, filled[i] != 0);
    const auto p = activities_[i].parent;
    if (p < 0 || !r.scheduled[i]) continue;
    const auto join = [&](std::vector<Minute>& dates, bool least) {
      dates[p] = !filled[p] ? dates[i] : least ? std::min(dates[p], dates[i]) : std::max(dates[p], dates[i]);
    };
    if (!activities_.is(p, Activity::keeps_dates)) {
      join(r.early_start, true);
      join(r.start, true);
      join(r.early_finish, false);
      join(r.finish, false);
    }
    join(r.late_start, true);
    join(r.late_finish, false);
    r.critical[p] |= r.critical[i];
    r.free_float[p] = filled[p] ? std::min(r.free_float[p], r.free_float[i]) : r.free_float[i];
    r.total_float[p] = filled[p] ? std::min(r.total_float[p], r.total_float[i]) : r.total_float[i];
    filled[p] = r.scheduled[p] = 1;
  }
}

void Passes::finish_summary(Index t, bool filled) {
  if (!filled) {  // by hand, and nothing below it takes part
    put_late(t, result_.early_start[t], result_.early_finish[t], {ReasonKind::manual});
    result_.free_float[t] = 0;
    return;
  }
  if (!activities_.is(t, Activity::keeps_dates)) result_.start_reason[t] = {ReasonKind::summary};
  result_.late_reason[t] = {ReasonKind::summary};
  const auto& time = *activities_[t].time;
  result_.total_float[t] = std::min(time.between(result_.early_finish[t], result_.late_finish[t]),
                                    time.between(result_.early_start[t], result_.late_start[t]));
}

// What decides when the last task finishes; from the finish, what decides when the first one has to start.
void Passes::mark_longest_path() {
  Minute last = result_.project_finish;
  if (!activities_.asking_summaries().empty()) {  // one that keeps its dates may last longer than all work
    last = never_before;
    for (const auto t : network_.order) last = std::max(last, result_.finish[t]);
  }
  if (from_finish()) mark_from_first();
  if (from_finish() && last <= finish_) return;
  auto& on_path = result_.longest_path;
  for (auto t = network_.order.rbegin(); t != network_.order.rend(); ++t) {
    if (result_.finish[*t] == last) on_path[*t] = 1;
    if (!on_path[*t]) continue;
    const auto& reason = result_.start_reason[*t];
    if ((reason.kind == ReasonKind::link || reason.kind == ReasonKind::resume) && reason.task >= 0) on_path[reason.task] = 1;
  }
}

void Passes::mark_from_first() {
  auto& on_path = result_.longest_path;
  Minute first = never_after;
  for (const auto t : network_.order)
    if (!activities_.is(t, Activity::started)) first = std::min(first, result_.start[t]);
  for (const auto t : network_.order) {
    const bool begins = result_.start[t] == first && !activities_.is(t, Activity::started);
    if (begins) on_path[t] = 1;
    const auto& reason = result_.start_reason[t];
    if (on_path[t] && reason.kind == ReasonKind::successor) on_path[reason.task] = 1;
  }
}

}  // namespace pmo::engine
