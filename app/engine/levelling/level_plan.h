// Levels a real plan: delays tasks until nobody is asked for more than there is. The schedule itself decides what a
// delay means (links, calendars, constraints), so the result is what the plan shows with these delays.
// Source: parallel schedule generation (Kolisch 1996) over the schedule as decoder; PMBOK "resource levelling" and,
// within float, "resource smoothing".
//
//   V1  never moved: manual, inactive, started and finished tasks, tasks of priority 1000, must-constraints that do not give way
//   V2  at each moment at which something begins, what never moves takes its resources first, then what runs already; of
//       the rest the higher priority goes first, then the smaller late start, then the outline; what does not fit waits
//       for the next finish
//   V3  a task counts with its units while it is worked on: not in the breaks of a split task, of a started one only what is
//       left; people and equipment have the capacity of each day (availability.h), material and cost none
//   V4  within float: a task is never delayed beyond its late start; the overload stays and is reported
//   V5  delays that the plan had before are taken away first, except those of tasks that are never moved
//   V6  what lies before the end of the status date is past: its overloads are neither resolved nor reported, when the plan
//       moves unfinished work to after that date (schedule.h, S11)
//
// A plan that is scheduled from its finish is not levelled (no moves, all overloads reported).
#pragma once

#include <cstdint>

#include "app/engine/schedule/schedule.h"

namespace pmo::engine::levelling {

struct LevelOptions {
  bool within_float = false;
  int trials = 1;  // the first by V2, the others with shaken late starts; the shortest project wins
  std::uint64_t seed = 1;
};

struct LevelMove {
  Index task = -1;
  Minute old_start, old_finish, new_start, new_finish;
  std::int64_t delay = 0;  // the new levelling delay, working minutes
  Index resource = -1;     // that forced it; -1: only its predecessors moved
  Index holder = -1;       // the task that held the resource; -1: not available yet, or no resource
};

struct Overload {
  Index resource = -1;
  Index task = -1;  // asks for more than is left when it begins
  Minute from;
};

struct LevelResult {
  std::vector<std::int64_t> delays;  // one a task: set as levelling_delay
  std::vector<Index> resource, holder;  // one a task: what its own delay waits for, as in LevelMove
  std::vector<LevelMove> moves;      // in outline order
  std::vector<Overload> overloads;   // that could not be resolved
  Minute old_finish, new_finish;     // of the project
};

// Goes from conflict to conflict in small steps, trial after trial; result() is valid after the first trial.
class PlanLevelling {
 public:
  PlanLevelling(const Plan& plan, LevelOptions options);
  void step();  // the conflicts of one moment
  bool finished() const { return trials_done_ >= options_.trials; }
  int trials_done() const { return trials_done_; }
  LevelResult result() const;

 private:
  // At a moment some resource has too little for tasks that are not tolerated there.
  struct Conflict {
    Index resource = -1;
    Minute moment;
  };
  struct Trial {
    std::vector<std::int64_t> delays;
    std::vector<Index> resource, holder;  // of the last delay
    std::vector<Overload> overloads;
    Schedule schedule;
    std::vector<WorkedStretch> held;      // V3, of all tasks: those of task t from held_from[t] to held_from[t + 1]
    std::vector<Index> held_from;
    Minute from;                          // all conflicts before are resolved
    std::int64_t moments_left = 0;        // a bound on them, against going round in circles
  };

  void prepare();
  bool movable(Index task) const;
  Minute first_conflict() const;  // none is looked for before
  void note_held();
  std::span<const WorkedStretch> held(Index task) const;
  const WorkedStretch* held_at(Index task, Minute moment) const;
  Minute start_after(Index task, Minute until, Minute moment) const;
  std::int64_t units_of(Index resource, Index task) const;
  std::int32_t capacity(Index resource, Minute moment) const;
  std::vector<Conflict> next_conflicts() const;
  std::optional<Minute> next_conflict(Index resource, Minute before) const;
  std::vector<Index> running(Conflict conflict) const;
  void resolve(Conflict conflict);
  void delay(Index task, Minute until, Conflict conflict, Index holder);
  void tolerate(Index task, Conflict conflict);
  void reschedule();
  void begin_trial();
  void end_trial();

  Plan plan_;  // without the delays that may go
  LevelOptions options_;
  Schedule original_, unlevelled_;
  std::vector<std::vector<PlanAssignment>> by_resource_;  // people and equipment only, units > 0
  std::vector<WorkTime> clocks_;      // compiled once each
  std::vector<Index> clock_of_;       // of each task: in which its delay counts
  std::vector<double> keys_;          // late starts, shaken
  std::vector<std::vector<std::uint8_t>> tolerated_;  // by resource and task: its overload stays
  std::vector<std::pair<Index, Conflict>> delayed_;   // at the present moment, and why
  std::optional<Trial> trial_;                        // under way
  Trial best_;
  int trials_done_ = 0;
};

LevelResult level_plan(const Plan& plan, const LevelOptions& options = {});

}  // namespace pmo::engine::levelling
