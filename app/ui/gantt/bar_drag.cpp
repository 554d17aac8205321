#include "app/ui/gantt/bar_drag.h"

#include <algorithm>

namespace pmo::ui {

BarDrag::BarDrag(DragKind kind, const TaskEditing& editing, std::size_t row, const std::vector<Id>& selected)
    : kind_(kind), task_(editing.outline[row].task->id), row_(row), time_(work_time_of(editing, row)) {
  const Task& task = *editing.outline[row].task;
  duration_ = task.duration.value;
  progress_ = task.percent_complete;
  if (kind == DragKind::move) {
    const bool several = std::ranges::contains(selected, task_);
    const auto& start = editing.plan.schedule.start;
    for (const auto each : rows_to_move(editing, several ? selected : std::vector<Id>{task_})) moved_.push_back({each, start[each], start[each]});
  }
  if (kind == DragKind::move || kind == DragKind::resize) plan_ = editing.plan.plan;
}

bool BarDrag::drag_by(const TaskEditing& editing, std::int64_t minutes, bool by_minutes) {
  const engine::Schedule& now = editing.plan.schedule;
  if (kind_ == DragKind::resize) {
    const Minute finish = snapped_finish(time_, now.finish[row_] + minutes, by_minutes);
    std::int64_t rest = time_.between(now.start[row_], now.finish[row_]);  // between the pieces of a split task
    for (const auto& stretch : engine::stretches_of(now, static_cast<engine::Index>(row_))) rest -= time_.between(stretch.start, stretch.finish);
    const std::int64_t smallest = 0, wanted = finish > now.start[row_] ? time_.between(now.start[row_], finish) - rest : 0;
    const std::int64_t duration = minutes == 0 ? editing.outline[row_].task->duration.value : std::max(smallest, wanted);
    if (duration == duration_) return false;
    duration_ = duration;
    changed_ = true;
    auto& task = plan_.tasks[row_];
    task.duration = duration;
    task.remaining_duration.reset();
    if (task.manual) task.manual_finish.reset();
  } else if (kind_ == DragKind::move && !moved_.empty()) {
    // The task under the pointer snaps; the others keep their distance from it.
    const Minute lead = now.start[row_];
    const std::int64_t by = minutes == 0 ? 0 : snapped_start(time_, lead + minutes, by_minutes) - lead;
    bool different = false;
    for (Moved& moved : moved_) {
      const Minute start = by == 0 ? moved.before : editing.time.work.next_start(moved.before + by);
      different = different || start != moved.start;
      moved.start = start;
    }
    if (!different) return false;
    changed_ = true;
    for (const Moved& moved : moved_) {
      auto& task = plan_.tasks[moved.row];
      const auto& before = editing.plan.plan.tasks[moved.row];
      if (task.manual) {
        task.manual_start = moved.start;
        task.manual_finish = time_.add(moved.start, task.duration);
      } else if (moved.start == moved.before) {
        task.constraint = before.constraint;
        task.constraint_date = before.constraint_date;
      } else {
        const bool backwards = plan_.from == ScheduleFrom::finish;
        task.constraint = backwards ? ConstraintType::start_no_later_than : ConstraintType::start_no_earlier_than;
        task.constraint_date = moved.start;
      }
    }
  } else {
    return false;
  }
  preview_ = engine::schedule(plan_);
  return true;
}

bool BarDrag::drag_progress(Permille percent) {
  constexpr std::int32_t step = 50;
  percent.value = std::clamp((percent.value + step / 2) / step * step, 0, 1000);
  if (kind_ != DragKind::progress || percent == progress_) return false;
  progress_ = percent;
  return true;
}

void BarDrag::apply(Transaction& change, const TaskEditing& editing) const {
  const Task& task = *editing.outline[row_].task;
  if (kind_ == DragKind::progress) return set_progress(change, editing, task, progress_);
  if (kind_ == DragKind::resize) return set_duration(change, task, {{duration_}, task.elapsed_duration, task.estimated});
  for (const Moved& moved : moved_)
    if (moved.start != moved.before) set_start(change, editing, *editing.outline[moved.row].task, moved.start);
}

}  // namespace pmo::ui
