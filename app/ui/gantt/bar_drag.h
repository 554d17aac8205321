// A drag in the Gantt chart: what it means at each place of the pointer, what the schedule would then be, and the edit
// that it ends in. Pure: no drawing, no pointer; the chart tells how far it was dragged.
#pragma once

#include "app/ui/tasks/task_edits.h"

namespace pmo::ui {

enum class DragKind : unsigned char { none, move, resize, progress, link };

class BarDrag {
 public:
  // Begins at a row of the outline. A move takes the selected tasks along when the row is one of them.
  BarDrag(DragKind kind, const TaskEditing& editing, std::size_t row, const std::vector<Id>& selected);

  DragKind kind() const { return kind_; }
  Id task() const { return task_; }
  bool possible() const { return kind_ != DragKind::move || !moved_.empty(); }

  // The pointer is so many minutes away from where the drag began; true when that changes anything.
  bool drag_by(const TaskEditing& editing, std::int64_t minutes, bool by_minutes);
  // The progress that the pointer asks for.
  bool drag_progress(Permille percent);

  // The schedule as it would be; the present one while nothing has changed.
  const engine::Schedule& schedule(const TaskEditing& editing) const { return changed_ ? preview_ : editing.plan.schedule; }
  bool changed() const { return changed_; }
  const engine::Schedule* preview() const { return changed_ ? &preview_ : nullptr; }
  std::int64_t duration() const { return duration_; }  // of a resized task, working minutes
  Permille progress() const { return progress_; }
  std::size_t count() const { return moved_.size(); }  // tasks that get a date by a move

  void apply(Transaction& change, const TaskEditing& editing) const;

 private:
  struct Moved {
    std::size_t row;
    Minute before, start;
  };

  DragKind kind_;
  Id task_;
  std::size_t row_;
  engine::WorkTime time_;
  std::vector<Moved> moved_;
  std::int64_t duration_ = 0;
  Permille progress_;
  bool changed_ = false;
  engine::Plan plan_;  // with what the drag would change
  engine::Schedule preview_;
};

}  // namespace pmo::ui
