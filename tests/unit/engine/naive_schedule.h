// The rules of the schedule once more, as plainly as possible: calendars are tables of minutes, counted one by one, and every
// inequality is repeated until nothing moves. To compare the engine's passes with. It knows no summaries and no tasks as late as
// possible.
#pragma once

#include <map>
#include <optional>

#include "app/engine/schedule/schedule.h"

namespace pmo::engine {

// The minutes from July 2023 to December 2025, as shifts(day) has them.
class NaiveTime {
 public:
  explicit NaiveTime(const WorkTime* a, const WorkTime* b = nullptr);  // in which both work; none: around the clock

  std::int64_t before(Minute moment) const { return before_[index(moment)]; }
  std::int64_t between(Minute from, Minute to) const { return before(to) - before(from); }
  Minute add(Minute moment, std::int64_t work) const;
  Minute next_start(Minute moment) const;
  Minute previous_finish(Minute moment) const;

 private:
  static std::size_t index(Minute moment);
  Minute worked(std::int64_t number) const;
  std::vector<std::int32_t> before_;  // worked minutes before each minute
  std::vector<std::int32_t> worked_;  // the worked ones
};

class NaiveSchedule {
 public:
  // times: of each calendar of the plan, of which its own must be one. tables: of calendars and of two together, kept from plan to plan.
  NaiveSchedule(const Plan& plan, const std::vector<WorkTime>& times, std::map<std::pair<Index, Index>, NaiveTime>& tables);

  std::vector<Minute> early_start, early_finish, late_start, late_finish, start, finish;
  Minute begin, end;
  std::int64_t total_float(Index t) const;
  std::int64_t free_float(Index t) const;
  // Minutes that count for the link and for all who work on its successor, by which this comes too early, though nothing that
  // goes before links says so.
  std::int64_t broken_by(const PlanLink& link) const;

 private:
  struct Part {
    const NaiveTime* time;
    std::int64_t work;
  };
  const NaiveTime* time_of(Index calendar, Index and_calendar);
  // The work of a started task minute by minute, breaks included: where it stands, when it would go on, how long the rest takes.
  struct Progress {
    std::int64_t stopped = 0, goes_on = 0, left = 0;
  };
  void find_parts(Index t);
  void find_progress(Index t);
  Minute finish_from(Index t, Minute start) const;
  Minute start_from(Index t, Minute finish) const;
  Minute working_start(Index t, Minute moment) const;
  Minute working_finish(Index t, Minute moment) const;
  struct Lag {
    const NaiveTime* time;
    std::int64_t minutes;
  };
  Lag lag_of(const PlanLink& link) const;
  Minute with_lag(const PlanLink& link, Minute moment, bool backwards) const;
  bool started(Index t) const { return plan_.tasks[t].actual_start.has_value(); }
  bool finished(Index t) const { return plan_.tasks[t].actual_finish.has_value(); }
  bool without_duration(Index t) const { return plan_.tasks[t].duration == 0; }  // not: a share of the work that rounds to nothing
  bool asks_nothing(const PlanLink& link) const;
  bool from_finish() const { return plan_.from == ScheduleFrom::finish; }
  void early(Index t);
  void early_of_started(Index t);
  void late(Index t);
  Minute seen_late_start(Index t) const;

  static constexpr Index always = -3, nothing = -2;
  const Plan& plan_;
  const std::vector<WorkTime>& times_;
  std::map<std::pair<Index, Index>, NaiveTime>& tables_;
  const NaiveTime* always_;
  const NaiveTime* project_;
  std::vector<const NaiveTime*> time_;     // of each task
  std::vector<std::vector<Part>> parts_;
  std::vector<Progress> progress_;
  std::optional<Minute> status_;
};

}  // namespace pmo::engine
