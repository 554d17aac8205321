// The passes over a plan's network: forward to early dates, backward to late ones, then floats. Internal to the schedule;
// the rules S1 to S11 are in schedule.h.
//
// Most tasks do their work in their own calendar and ask for nothing else (Activity::plain). For them a pass asks the
// calendar twice and keeps the working minutes before its answers, so that floats are differences.
#pragma once

#include <limits>
#include <optional>

#include "app/engine/schedule/schedule_network.h"

namespace pmo::engine {

class Passes {
 public:
  Passes(const Plan& plan, Schedule& result);

  void run();             // then entries of the joins follow those of the plan's tasks
  void take_out_joins();  // and now no longer

  const Network& network() const { return network_; }
  const Activities& activities() const { return activities_; }
  bool is_join(Index task) const { return task >= joins_from_; }
  std::vector<Index> leaves(Index task) { return links_.leaves(task); }
  const WorkTime& time_of_lag(const Edge& edge, Index to) const;
  Minute with_lag(const Edge& edge, Index to, Minute moment, bool backwards, std::optional<std::int64_t> known_work = {}) const;

 private:
  struct Bound {
    Minute moment;
    Reason reason;
  };

  // A started task whose remaining work does not simply go on: where it stands, when it goes on, and the breaks still to
  // come, counted from there.
  struct Interruption {
    Index task;
    Minute stopped, goes_on;
    std::vector<TaskBreak> ahead;
  };

  std::int64_t percent_base(Index from) const;
  std::optional<std::int64_t> worked(const std::vector<std::int32_t>& until_finish, Index t, bool at_start) const;
  std::optional<std::int64_t> worked_early(Index t, bool at_start) const {
    return from_finish() ? std::nullopt : worked(early_work_, t, at_start);
  }
  void prepare();
  void place_manual_summaries();
  void add_links_from_summary_starts(const Schedule& first_pass);

  void forward();
  void forward(Index t);
  void forward_plain(Index t);
  void forward_join(Index t);
  void forward_started(Index t);
  Bound rest_held(Index t, std::int64_t left, Bound bound) const;
  Minute moment_by(const Edge& edge, Index to) const;
  Minute start_by(const Edge& edge, Index to) const;
  Bound bound_by_links(Index t, Bound bound) const;
  Bound constrained(const PlanTask& task, const Activity& activity, Bound bound, bool free) const;
  Minute exact_finish(const PlanTask& task, const Activity& activity, const Bound& bound) const;
  std::int64_t still_to_do(Index t) const;
  void put_early(Index t, Minute start, Minute finish, Reason reason);

  void backward(bool with_floats);
  Minute backward(Index t);
  void hand_on(Index t, Minute start);
  bool asks_nothing_of_predecessor(const Edge& edge, Index to) const;
  Minute finish_by(const Edge& edge, Index to, Minute start) const;
  Bound late_constrained(const PlanTask& task, const Activity& activity, Bound bound) const;
  void put_late(Index t, Minute start, Minute finish, Reason reason);

  Minute latest_finish() const;
  void schedule_from_start();
  void schedule_from_finish();
  void late_before_early();
  bool from_finish() const { return plan_.from == ScheduleFrom::finish && plan_.finish; }
  bool takes_late(Index t) const;
  bool stands_late(Index t) const;
  void take_dates();
  void begin_floats();
  void floats();
  void floats(Index t);
  std::int64_t total_float(Index t) const;
  std::int64_t free_float(Index t) const;
  void limit_predecessors(Index t);
  void roll_up();
  void finish_summary(Index t, bool filled);
  void mark_longest_path();
  void mark_from_first();
  std::vector<WorkedStretch> pieces_of(const Interruption& interruption) const;
  void find_pieces();  // schedule_pieces.cpp
  void diagnose();  // schedule_diagnostics.cpp
  void diagnose_summary(Index t);
  bool breaks_constraint(Index t) const;
  bool parts_break_constraint(Index summary, const std::vector<Index>& parts) const;
  void name_past_finish();
  void name_outside_calendar();

  static constexpr Minute never_before{std::numeric_limits<std::int64_t>::min() / 4};
  static constexpr Minute never_after{std::numeric_limits<std::int64_t>::max() / 4};
  static constexpr std::int64_t unlimited = std::numeric_limits<std::int64_t>::max();

  const Plan& plan_;
  Schedule& result_;
  PlanCalendars calendars_;
  const WorkTime* project_time_;
  Activities activities_;
  Index joins_from_;
  LinkSpreader links_;
  Network network_;
  // Of plain tasks: working minutes before the early finish, also where the calendar's end cuts it, and before the late one.
  std::vector<std::int32_t> early_work_, late_work_;
  std::vector<Minute> free_limit_;  // up to when a finish may move without moving a successor
  std::vector<Interruption> interrupted_;
  std::vector<std::int64_t> spans_;  // of the joins of percent lags: the summary's
  Minute start_, finish_, earliest_late_;
  std::optional<Minute> status_;  // end of the status date, when unfinished work waits for it
  bool late_known_ = false;   // late dates of those that are as late as possible
  bool dates_known_ = false;  // and start and finish hold what they take of them
};

}  // namespace pmo::engine
