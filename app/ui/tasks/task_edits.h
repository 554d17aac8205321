// What people do to tasks in a table or a chart, as writes to records: the conventions of MS Project.
//
// A date that is entered becomes a constraint, never a stored date: the schedule stays the only one who says when.
#pragma once

#include "app/model/predecessors.h"
#include "app/ui/tasks/task_facts.h"

namespace pmo::ui {

// What an edit needs to know beside the record.
struct TaskEditing {
  const Outline& outline;
  const PlanSchedule& plan;
  const ProjectTime& time;

  static TaskEditing of(Analyses& analyses) {
    return {analyses.of<OutlineOf>(), analyses.of<ScheduleOf>(), analyses.of<ProjectTimeOf>()};
  }
};

// Start: a started task takes it as its actual start, a manual one as its start (the duration stays); any other must
// not start earlier (not later, when scheduling from the finish). No date: as soon as possible again.
void set_start(Transaction& change, const TaskEditing& editing, const Task& task, std::optional<Minute> start);
// The same for the finish.
void set_finish(Transaction& change, const TaskEditing& editing, const Task& task, std::optional<Minute> finish);

// A duration; work of assignments keeps its units. Zero makes a milestone, anything else makes it a task again.
void set_duration(Transaction& change, const Task& task, const Duration& duration);
void set_milestone(Transaction& change, const Task& task, bool milestone);

// Interrupts a task from a moment on for so many minutes of working time; where it rests already, it rests longer. Fails
// where there is nothing to interrupt: before its work begins or behind it, in what is done, in summaries and milestones.
Result<void> split_task(Transaction& change, const TaskEditing& editing, const Task& task, Minute from, WorkMinutes length);
// Puts the pieces of a split task together again.
void join_task(Transaction& change, const Task& task);

// Percent complete; the actual dates follow: a start when work has begun, a finish when all is done, none at zero.
void set_progress(Transaction& change, const TaskEditing& editing, const Task& task, Permille percent);

// Makes the links that enter a task those of the list: what stays is kept, what changed is written, the rest goes.
void set_predecessors(Transaction& change, const Task& task, const std::vector<Predecessor>& predecessors);
// Each task to the next, finish to start; existing links stay as they are. Answers how many were made.
std::size_t link_in_order(Transaction& change, const std::vector<Id>& tasks);
// The links among the tasks; of a single task all its links. Answers how many went.
std::size_t unlink(Transaction& change, const std::vector<Id>& tasks);
void link(Transaction& change, Id from, Id to, LinkType type);

// Moves tasks by dragging: those whose start no other moved task decides get a start constraint; links carry the rest.
// Summaries stand for the tasks below them. Started tasks stay. `start_of` tells the new start of one that moves.
struct MovedTask {
  std::size_t row;
  Minute start;
};
std::vector<std::size_t> rows_to_move(const TaskEditing& editing, const std::vector<Id>& tasks);
void move_starts(Transaction& change, const TaskEditing& editing, const std::vector<MovedTask>& moved);

// Where a new start comes to lie that is wanted at a moment: the beginning of work on that day, or on the next day of
// work; with `by_minutes` the moment itself, moved into working time.
Minute snapped_start(const engine::WorkTime& time, Minute wanted, bool by_minutes);
// The same for a finish: the end of work on the day nearest to the moment.
Minute snapped_finish(const engine::WorkTime& time, Minute wanted, bool by_minutes);

// The calendar that a task works by.
engine::WorkTime work_time_of(const TaskEditing& editing, std::size_t row);

}  // namespace pmo::ui
