// The schedule of a plan by the critical path method, with the conventions of MS Project.
//
//   S1  a task starts at the latest of what its links, the project's start and its constraint ask for, moved to the
//       next working moment of its calendar; a task without duration may stay at the end of a shift
//   S2  a link to a summary task binds every task below it; one from a summary: each task below it, but its earliest
//       task when the link leaves from the start. A percent lag of a summary is taken of its span, the working time of its
//       calendar from first start to last finish; an elapsed percent lag passes around the clock
//   S3  must-constraints and "no later than" constraints win over links; what that breaks shows as negative float. Those that
//       give way hold a task no earlier, as "must" says, but not against its links: they bound its late dates only (in P6: all but
//       the mandatory ones)
//   S4  a started task begins at its actual start; its remaining work continues at its resume date, by retained logic
//       when its unfinished predecessors let it go on or finish, so that it keeps a "finish no earlier than"; who starts
//       with another has started. By override it waits for nobody and asks nothing. A finished task keeps its actual dates
//   S5  late dates: what successors, constraint, deadline and the project's finish allow, at the latest; completed
//       successors ask for nothing; a late finish never lies after the project's finish, or after the moment by which the
//       project must finish when the plan has one
//   S6  total float: the smaller of start and finish float in working time of the task's calendar (around the clock for
//       elapsed durations); the finish float of started tasks; 0 for finished ones
//   S7  an as-late-as-possible task takes its late dates, and its successors start from them
//   S8  scheduling from the finish sets late dates first; tasks that are not started take them, and levelling delays none.
//       What S7 and S8 put on late dates stays on the early ones where these are later: links and "no earlier than" push
//       beyond the late dates, and what then lies after the project's finish is named
//   S9  a task with work resources finishes when the last of them is done, each in its own calendar; with a task
//       calendar in the intersection of both, unless resource calendars are ignored
//       A split task rests in between (Plan::breaks); what a resume date, the status date or a predecessor moves goes on in
//       the pieces that were still to come, without the break that was just due
//   S10 links in a circle are left out and reported; everything else is computed
//   S11 when the plan asks for it, what is not done by the end of the status date happens after it: tasks that are not
//       started, and the remaining work of started ones; dates that constraints demand stay
//   S12 a summary's "start no earlier than" and "must start on" hold every task below it that has not begun, its "finish no
//       later than", "must finish on" and deadline bound their late dates; as late as possible holds for those that ask for
//       nothing themselves. What the tasks below ask for themselves wins, and a date that the summary then does not keep is
//       named. A manual summary keeps its own dates and names that its parts do not fit in; links go on from its parts
//
// Lags in working time count in the calendar of the successor, the predecessor or the project, as the plan says.
// Dates that reach the ends of the calendar (calendar.h) are cut there and named.
// Manual tasks keep their dates; inactive ones get none and bind nothing. The cost is linear in tasks and links, where a
// link of a summary counts once for each task below it.
#pragma once

#include "app/engine/schedule/plan.h"

namespace pmo::engine {

enum class ReasonKind : unsigned char {
  project_start, project_finish, link, constraint, deadline, actual, manual, summary, levelling, resume, status_date,
  successor  // of a start: as late as what comes after it allows (S7, S8)
};

struct Reason {
  ReasonKind kind = ReasonKind::project_start;
  Index link = -1;  // the driving link (index into Plan::links), for `link`, `successor` and `resume` (none: by its own date)
  Index task = -1;  // the task at its other end (of a link with a summary: the task below it); for `levelling`: who held the
                    // resource; the summary whose constraint or deadline it is, none: the task's own
};

enum class DiagnosticKind : unsigned char {
  cycle,             // tasks in order, each the predecessor of the next, the last of the first
  no_working_time,   // the task's calendar never works
  missed_deadline,
  missed_finish,            // the task finishes after the moment by which the project must
  broken_constraint,        // links push the task beyond its constraint date, or would
  parts_break_constraint,   // the tasks below a summary do not keep the date of its constraint
  parts_outside_own_dates,  // the tasks below a manual summary lie outside the dates that it keeps
  past_finish,              // all tasks that end after the finish from which the project is scheduled
  outside_calendar          // all tasks with dates at or beyond the ends of the calendar, where they are cut
};

struct Diagnostic {
  DiagnosticKind kind = DiagnosticKind::cycle;
  std::vector<Index> tasks;
};

// A stretch of the work of a task that is interrupted.
struct Piece {
  Index task = -1;
  Minute start, finish;
  friend bool operator==(const Piece&, const Piece&) = default;
};

// One value a task, in the order of the plan.
struct Schedule {
  std::vector<Minute> early_start, early_finish, late_start, late_finish;
  std::vector<Minute> start, finish;  // as scheduled
  std::vector<std::int64_t> total_float, free_float;
  std::vector<std::uint8_t> critical, longest_path, scheduled;  // flags; inactive tasks are not scheduled
  std::vector<Reason> start_reason, late_reason;  // of the scheduled start; of the late finish
  Minute project_start, project_finish;
  std::vector<Piece> pieces;  // of tasks whose work is interrupted, in the order of tasks and time
  std::vector<Diagnostic> diagnostics;
};

// Of a task whose work is interrupted; none: it goes on from start to finish.
std::span<const Piece> pieces_of(const Schedule& schedule, Index task);

// The stretches in which a task is worked on: its pieces, or all of it.
struct WorkedStretch {
  Minute start, finish;
};
std::vector<WorkedStretch> stretches_of(const Schedule& schedule, Index task);
// Those of a task that starts at a moment and rests in these breaks; the last ends at the finish.
std::vector<WorkedStretch> stretches_of(const WorkTime& time, Minute start, Minute finish, std::span<const TaskBreak> breaks);

Schedule schedule(const Plan& plan);

// The chains of tasks that decide when a task finishes, the tightest first: path 1 is what drives it, path 2 has the next
// least room, and so on. A task is on one path only. (Multiple float paths by relationship float.)
struct FloatPaths {
  std::vector<std::int32_t> number;  // of each task, from 1; 0: on none of them
  std::vector<std::int64_t> room;    // how far a task may slip before the target moves, working minutes; 0 where on none
};

// To the finish of `target`, or of the task that finishes last; at most so many paths. Finished tasks are on none.
FloatPaths float_paths(const Plan& plan, Index target = -1, std::int32_t most = 10);

// The text of a diagnostic for catalogues: error.schedule.<kind>.
Key diagnostic_key(DiagnosticKind kind);

}  // namespace pmo::engine
