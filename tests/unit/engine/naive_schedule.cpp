#include "tests/unit/engine/naive_schedule.h"

#include <algorithm>
#include <array>
#include <optional>

namespace pmo::engine {
namespace {

constexpr Day first_counted = Day::of(2023, 7, 1), end_counted = Day::of(2026, 1, 1);

bool leaves_start(const PlanLink& link) { return link.type == LinkType::start_to_start || link.type == LinkType::start_to_finish; }
bool is_no_earlier_than(ConstraintType type) { return type == ConstraintType::start_no_earlier_than || type == ConstraintType::finish_no_earlier_than; }
bool enters_start(const PlanLink& link) { return link.type == LinkType::start_to_start || link.type == LinkType::finish_to_start; }

}  // namespace

NaiveTime::NaiveTime(const WorkTime* a, const WorkTime* b) {
  const std::size_t minutes = static_cast<std::size_t>(end_counted - first_counted) * 1440;
  before_.reserve(minutes);
  worked_.reserve(minutes);
  for (auto day = first_counted; day < end_counted; day = day + 1) {
    std::array<int, 1440> wanted{};  // so many calendars do not work in the minute
    for (const auto* time : {a, b}) {
      if (!time) continue;
      for (int& minute : wanted) ++minute;
      for (const auto& shift : time->shifts(day))
        for (int minute = shift.start; minute < shift.finish; ++minute) --wanted[static_cast<std::size_t>(minute)];
    }
    for (const int missing : wanted) {
      before_.push_back(static_cast<std::int32_t>(worked_.size()));
      if (missing == 0) worked_.push_back(static_cast<std::int32_t>(before_.size() - 1));
    }
  }
}

Minute NaiveTime::worked(std::int64_t number) const { return Minute::at(first_counted) + worked_.at(static_cast<std::size_t>(number)); }
std::size_t NaiveTime::index(Minute moment) { return static_cast<std::size_t>(moment - Minute::at(first_counted)); }

Minute NaiveTime::add(Minute moment, std::int64_t work) const {
  if (work == 0) return moment;
  return work > 0 ? worked(before(moment) + work - 1) + 1 : worked(before(moment) + work);
}
Minute NaiveTime::next_start(Minute moment) const { return worked(before(moment)); }
Minute NaiveTime::previous_finish(Minute moment) const { return worked(before(moment) - 1) + 1; }

NaiveSchedule::NaiveSchedule(const Plan& plan, const std::vector<WorkTime>& times, std::map<std::pair<Index, Index>, NaiveTime>& tables)
    : early_start(plan.tasks.size(), plan.start), early_finish(early_start), late_start(early_start), begin(plan.start), plan_(plan), times_(times),
      tables_(tables), always_(time_of(always, nothing)), project_(time_of(plan.calendar, nothing)), time_(plan.tasks.size()), parts_(plan.tasks.size()), progress_(plan.tasks.size()) {
  const auto count = static_cast<Index>(plan.tasks.size());
  for (Index t = 0; t < count; ++t) find_parts(t), find_progress(t);
  if (plan.reschedule_unfinished) status_ = Minute::at(*plan.status_date + 1);
  const auto repeat = [&](void (NaiveSchedule::*compute)(Index), const std::vector<Minute>& dates, const std::vector<Minute>& others) {
    for (auto before = std::pair(dates, others);; before = {dates, others}) {
      for (Index t = 0; t < count; ++t) (this->*compute)(t);
      if (dates == before.first && others == before.second) return;
    }
  };
  repeat(&NaiveSchedule::early, early_start, early_finish);
  end = from_finish() ? *plan.finish : plan.must_finish.value_or(std::ranges::max(early_finish));
  late_finish.assign(plan.tasks.size(), end);
  late_start = late_finish;
  repeat(&NaiveSchedule::late, late_start, late_finish);
  if (from_finish()) {
    begin = std::ranges::min(late_start);
    repeat(&NaiveSchedule::early, early_start, early_finish);
  }
  start = early_start;
  finish = early_finish;
  for (Index t = 0; t < count; ++t)  // S8
    if (from_finish() && !started(t) && !plan.tasks[t].manual && late_start[t] >= early_start[t]) start[t] = late_start[t], finish[t] = late_finish[t];
}

const NaiveTime* NaiveSchedule::time_of(Index calendar, Index and_calendar) {
  if (calendar < and_calendar) std::swap(calendar, and_calendar);
  const auto found = tables_.find({calendar, and_calendar});
  if (found != tables_.end()) return &found->second;
  const auto time = [&](Index c) { return c == always || c == nothing ? nullptr : &times_[static_cast<std::size_t>(c)]; };
  return &tables_.emplace(std::pair(calendar, and_calendar), NaiveTime(time(calendar), time(and_calendar))).first->second;
}

// S9
void NaiveSchedule::find_parts(Index t) {
  const auto& task = plan_.tasks[t];
  time_[t] = time_of(task.elapsed ? always : task.calendar < 0 ? plan_.calendar : task.calendar, nothing);
  std::vector<std::int64_t> minutes;
  for (const auto& assignment : plan_.assignments) {
    const auto& resource = plan_.resources[assignment.resource];
    if (assignment.task != t || task.elapsed || task.ignore_resource_calendars) continue;
    if (resource.kind != ResourceKind::person && resource.kind != ResourceKind::equipment) continue;
    const auto calendar = resource.calendar < 0 ? plan_.calendar : resource.calendar;
    parts_[t].push_back({time_of(calendar, task.calendar < 0 ? nothing : task.calendar), 0});
    minutes.push_back(assignment.work && task.type != TaskType::fixed_duration ? *assignment.work * 1000 / assignment.units : task.duration);
  }
  if (parts_[t].empty()) {
    parts_[t].push_back({time_[t], task.duration + task.breaks});
    return;
  }
  const auto longest = std::ranges::max(minutes);
  for (std::size_t i = 0; i < minutes.size(); ++i)
    parts_[t][i].work = longest == 0 ? task.duration : static_cast<std::int64_t>(static_cast<double>(minutes[i]) * static_cast<double>(task.duration) / static_cast<double>(longest) + 0.5);
  for (auto& part : parts_[t]) part.work += task.breaks;
}

void NaiveSchedule::find_progress(Index t) {
  const auto rests = [&](std::int64_t minute) {
    return std::ranges::any_of(plan_.breaks, [&](const TaskBreak& each) { return each.task == t && each.rest.from <= minute && minute < each.rest.to; });
  };
  const auto work_on = [&](std::int64_t minute, std::int64_t minutes) {
    for (; minutes > 0; ++minute) minutes -= !rests(minute);
    return minute;
  };
  auto& [stopped, goes_on, left] = progress_[t];
  if (!started(t)) return;
  stopped = work_on(0, done_of(plan_.tasks[t]));
  for (goes_on = stopped; rests(goes_on);) ++goes_on;
  left = work_on(goes_on, remaining_of(plan_.tasks[t])) - goes_on;
}

Minute NaiveSchedule::finish_from(Index t, Minute start) const {
  std::optional<Minute> last;
  for (const auto& part : parts_[t]) last = std::max(last.value_or(part.time->add(start, part.work)), part.time->add(start, part.work));
  return *last;
}
Minute NaiveSchedule::start_from(Index t, Minute finish) const {
  std::optional<Minute> first;
  for (const auto& part : parts_[t]) first = std::min(first.value_or(part.time->add(finish, -part.work)), part.time->add(finish, -part.work));
  return *first;
}
// S1: a task without duration may stay at the end of a shift.
Minute NaiveSchedule::working_start(Index t, Minute moment) const {
  if (without_duration(t) && parts_[t][0].time->previous_finish(moment) == moment) return moment;
  std::optional<Minute> first;
  for (const auto& part : parts_[t]) first = std::min(first.value_or(part.time->next_start(moment)), part.time->next_start(moment));
  return *first;
}
Minute NaiveSchedule::working_finish(Index t, Minute moment) const {
  std::optional<Minute> last;
  for (const auto& part : parts_[t]) last = std::max(last.value_or(part.time->previous_finish(moment)), part.time->previous_finish(moment));
  return *last;
}

// In the calendar that the plan says; a percent lag is taken of the predecessor's duration.
NaiveSchedule::Lag NaiveSchedule::lag_of(const PlanLink& link) const {
  const auto& from = plan_.tasks[link.from];
  const bool percent = link.unit == LagUnit::percent || link.unit == LagUnit::elapsed_percent;
  const bool elapsed = link.unit == LagUnit::elapsed || link.unit == LagUnit::elapsed_percent || (percent && from.elapsed);
  const NaiveTime* time = plan_.lag_calendar == LagCalendar::predecessor ? time_[link.from] : plan_.lag_calendar == LagCalendar::project ? project_ : time_[link.to];
  return {elapsed ? always_ : time, percent ? from.duration * link.lag / 1000 : link.lag};
}

Minute NaiveSchedule::with_lag(const PlanLink& link, Minute moment, bool backwards) const {
  const auto [time, minutes] = lag_of(link);
  return time->add(moment, backwards ? -minutes : minutes);
}

// S4: who has begun waits for nobody to begin; with the rest by retained logic. By override links mean nothing to it.
bool NaiveSchedule::asks_nothing(const PlanLink& link) const {
  if (finished(link.to)) return true;
  return started(link.to) && (link.type == LinkType::start_to_start || plan_.progress == ProgressLogic::override_logic);
}

void NaiveSchedule::early(Index t) {
  const auto& task = plan_.tasks[t];
  if (started(t)) return early_of_started(t);
  if (task.manual) {
    early_start[t] = *task.manual_start;
    early_finish[t] = *task.manual_finish;
    return;
  }
  auto bound = begin;
  bool free = true;
  for (const auto& link : plan_.links) {
    if (link.to != t) continue;
    free = false;
    const auto moment = with_lag(link, leaves_start(link) ? early_start[link.from] : early_finish[link.from], false);
    bound = std::max(bound, enters_start(link) ? moment : start_from(t, moment));
  }
  bound = working_start(t, bound);
  if (status_ && bound < *status_) bound = working_start(t, *status_);  // S11
  if (task.levelling_delay > 0 && !from_finish()) bound = working_start(t, parts_[t][0].time->add(bound, task.levelling_delay));
  bool on_date = true;  // as "must finish on" says
  if (task.constraint_date && task.constraint_gives_way && !is_no_earlier_than(task.constraint)) {
    const bool of_start = task.constraint == ConstraintType::must_start_on, of_finish = task.constraint == ConstraintType::must_finish_on;
    const auto wanted = working_start(t, of_start ? *task.constraint_date : start_from(t, *task.constraint_date));
    on_date = (of_start || of_finish) && (wanted > bound || (free && wanted != bound));
    if (on_date) bound = wanted;
  } else if (task.constraint_date) {  // S3
    const auto start = working_start(t, *task.constraint_date), for_finish = working_start(t, start_from(t, *task.constraint_date));
    const auto put = [&](Minute moment, bool wins) {
      if (wins) bound = moment;
    };
    switch (task.constraint) {
      case ConstraintType::start_no_earlier_than: put(start, free || start > bound); break;
      case ConstraintType::finish_no_earlier_than: put(for_finish, free || for_finish > bound); break;
      case ConstraintType::start_no_later_than: put(start, start < bound); break;
      case ConstraintType::finish_no_later_than: put(for_finish, for_finish < bound); break;
      case ConstraintType::must_start_on: bound = start; break;
      case ConstraintType::must_finish_on: bound = for_finish; break;
      default: break;
    }
  }
  early_start[t] = bound;
  if (task.duration > 0 && task.constraint_date && task.constraint == ConstraintType::must_finish_on && on_date) early_finish[t] = working_finish(t, *task.constraint_date);
  else early_finish[t] = finish_from(t, bound);
}

void NaiveSchedule::early_of_started(Index t) {
  const auto& task = plan_.tasks[t];
  early_start[t] = *task.actual_start;
  if (finished(t)) {
    early_finish[t] = *task.actual_finish;
    return;
  }
  const auto* time = parts_[t][0].time;
  const auto& [stopped, goes_on, left] = progress_[t];
  const auto stands = time->add(early_start[t], stopped);
  early_finish[t] = stands;
  if (left == 0) return;
  auto resumes = time->add(early_start[t], goes_on);
  if (task.resume && *task.resume > stands) resumes = *task.resume;
  if (status_ && resumes < *status_) resumes = *status_;
  const auto not_before = [&](Minute moment) { early_finish[t] = std::max(early_finish[t], time->add(moment, left)); };
  not_before(resumes);
  for (const auto& link : plan_.links) {
    if (link.to != t || asks_nothing(link) || finished(link.from)) continue;
    const auto moment = with_lag(link, leaves_start(link) ? early_start[link.from] : early_finish[link.from], false);
    not_before(enters_start(link) ? moment : time->add(moment, -left));
  }
  if (task.constraint == ConstraintType::finish_no_earlier_than && task.constraint_date) not_before(time->add(*task.constraint_date, -left));
}

void NaiveSchedule::late(Index t) {
  const auto& task = plan_.tasks[t];
  if (finished(t)) {
    late_start[t] = early_start[t];
    late_finish[t] = early_finish[t];
    return;
  }
  auto bound = end;
  for (const auto& link : plan_.links) {
    if (link.from != t || asks_nothing(link) || (leaves_start(link) && started(t))) continue;
    const auto moment = with_lag(link, enters_start(link) ? seen_late_start(link.to) : late_finish[link.to], true);
    bound = std::min(bound, leaves_start(link) ? finish_from(t, moment) : moment);
  }
  if (task.constraint_date) {
    const auto date = *task.constraint_date;
    switch (task.constraint) {
      case ConstraintType::must_start_on: bound = task.constraint_gives_way ? std::min(bound, finish_from(t, date)) : finish_from(t, date); break;
      case ConstraintType::must_finish_on: bound = task.constraint_gives_way ? std::min(bound, date) : date; break;
      case ConstraintType::start_no_later_than: bound = std::min(bound, finish_from(t, date)); break;
      case ConstraintType::finish_no_later_than: bound = std::min(bound, date); break;
      default: break;
    }
  }
  if (task.deadline) bound = std::min(bound, *task.deadline);
  late_finish[t] = working_finish(t, bound);
  if (without_duration(t) && late_finish[t] < early_finish[t] && early_finish[t] <= bound && !from_finish()) late_finish[t] = early_finish[t];
  late_start[t] = started(t) ? *task.actual_start : start_from(t, late_finish[t]);
}

// Of a started task that of its remaining work.
Minute NaiveSchedule::seen_late_start(Index t) const {
  return started(t) ? parts_[t][0].time->add(late_finish[t], -progress_[t].left) : late_start[t];
}

// S6
std::int64_t NaiveSchedule::total_float(Index t) const {
  if (finished(t)) return 0;
  const auto of_finish = time_[t]->between(early_finish[t], late_finish[t]);
  return started(t) ? of_finish : std::min(of_finish, time_[t]->between(early_start[t], late_start[t]));
}

std::int64_t NaiveSchedule::free_float(Index t) const {
  if (finished(t)) return 0;
  std::optional<std::int64_t> least;
  for (const auto& link : plan_.links) {
    if (link.from != t || asks_nothing(link)) continue;
    const auto rest = started(link.to) ? parts_[link.to][0].time->add(finish[link.to], -progress_[link.to].left) : start[link.to];
    const auto limit = with_lag(link, enters_start(link) ? rest : finish[link.to], true);
    const auto room = time_[t]->between(leaves_start(link) ? start[t] : finish[t], limit);
    least = std::min(least.value_or(room), room);
  }
  return least.value_or(total_float(t));
}

std::int64_t NaiveSchedule::broken_by(const PlanLink& link) const {
  const auto& to = plan_.tasks[link.to];
  const bool other = to.constraint_date && to.constraint != ConstraintType::start_no_earlier_than && to.constraint != ConstraintType::finish_no_earlier_than;
  // A late start in time off moves on to when work goes on, with calendars that differ past the start that hangs on it.
  if (started(link.to) || to.manual || other || leaves_start(link)) return 0;
  const auto moment = with_lag(link, finish[link.from], false);
  // A lead counts only when its calendar works: 16 minutes of an office before 8:16 are 8:00 as well as any hour of the night before,
  // and who works at night keeps the lead by both.
  const auto [time, lag] = lag_of(link);
  const auto* counts = lag < 0 ? time : always_;
  std::int64_t minutes = 0;
  for (auto minute = enters_start(link) ? start[link.to] : finish[link.to]; minute < moment; minute = minute + 1) {
    const auto works = [&](const NaiveTime* time) { return time->between(minute, minute + 1) > 0; };
    minutes += works(counts) && works(time_[link.to]) && std::ranges::all_of(parts_[link.to], works, &Part::time);
  }
  return minutes;
}

}  // namespace pmo::engine
