// What has happened to activities: actual dates, what is left, suspension, and how much is done by the measure that P6 takes.
#include <algorithm>
#include <cmath>
#include <format>
#include <set>

#include "app/engine/schedule/plan_calendars.h"
#include "app/engine/schedule/plan_of_project.h"
#include "storage/interchange/xer_reading.h"

namespace pmo::storage::xer {

// Of people and machines; what is left counts with what was spent.
void Reading::collect_units() {
  std::set<std::string, std::less<>> materials;
  for (const Row& row : rows("RSRC"))
    if (row.text("rsrc_type") == "RT_Mat") materials.emplace(row.text("rsrc_id"));
  for (const Row& row : of_project("TASKRSRC")) {
    if (materials.contains(row.text("rsrc_id"))) continue;
    const double spent = decimal(row, "act_reg_qty") + decimal(row, "act_ot_qty");
    auto& [actual, in_all] = units[std::string(row.text("task_id"))];
    actual += spent;
    in_all += spent + decimal(row, "remain_qty");
  }
}

void Reading::read_progress(const Row& row, Task& t) {
  t.physical_percent = {share(row, "phys_complete_pct", 0, 10)};
  if (row.text("complete_pct_type") == "CP_Phys") t.earned_value_method = EarnedValueMethod::physical_percent;
  if (row.text("complete_pct_type") == "CP_Units") read_percent_of_units(row, t);
  const auto status = row.text("status_code");
  if (status == "TK_NotStart") return;
  const auto remaining = work(row, "remain_drtn_hr_cnt");
  t.actual_start = moment(row, "act_start_date");
  if (status == "TK_Complete") {
    t.actual_finish = moment(row, "act_end_date");
    t.percent_complete = t.physical_percent = {1000};
    if (t.milestone) t.actual_start = t.actual_finish = t.actual_finish ? t.actual_finish : t.actual_start;  // P6 shows the one or the other
    return;
  }
  if (!t.actual_start) return;
  t.remaining_duration = remaining;
  const auto done = std::max<std::int64_t>(0, t.duration.value - remaining.value);
  if (t.duration.value > 0) t.percent_complete = {static_cast<std::int32_t>(done * 1000 / t.duration.value)};
  if (row.text("suspend_date").empty()) t.resume = moment(row, "resume_date");
}

// P6 measures such an activity by its units: actual of those at completion. That share earns its value, so it stands where
// earned value looks; a physical percent beside it becomes a custom field.
void Reading::read_percent_of_units(const Row& row, Task& t) {
  Units of_task{decimal(row, "act_work_qty") + decimal(row, "act_equip_qty"), 0};
  of_task.in_all = of_task.actual + decimal(row, "remain_work_qty") + decimal(row, "remain_equip_qty");
  if (const auto assigned = units.find(row.text("task_id")); of_task.in_all <= 0 && assigned != units.end()) of_task = assigned->second;
  if (of_task.in_all <= 0) return;  // there is nothing to measure by
  ++count.percent_of_units;
  if (t.physical_percent.value > 0)
    keep_text(row, "xer.field.physical_percent"_key, std::format("{:.1f} %", t.physical_percent.value / 10.0));
  t.physical_percent = {static_cast<std::int32_t>(std::lround(std::clamp(of_task.actual / of_task.in_all, 0.0, 1.0) * 1000))};
  t.earned_value_method = EarnedValueMethod::physical_percent;
}

// In P6 the actual duration runs from the actual start to the data date, whatever was achieved, but for suspended time.
void Reading::read_actual_durations() {
  const auto data_date = moment(project_row, "last_recalc_date");
  const engine::Plan plan = engine::plan_of(project);
  engine::PlanCalendars working(plan);
  std::map<Id, const engine::PlanTask*> planned;
  for (const auto& task : plan.tasks) planned[task.id] = &task;
  for (const Row& row : of_project("TASK")) {
    const Task* task = project.find(known<Task>(tasks, row.text("task_id")));
    if (!task || !task->actual_start) continue;
    const engine::WorkTime& time = *working.of(planned.at(task->id)->calendar);
    if (data_date && !task->actual_finish) {
      const auto done = *task->actual_start < *data_date ? time.between(*task->actual_start, *data_date) : 0;
      transaction.set(*task, &Task::actual_duration, std::optional(WorkMinutes{std::max<std::int64_t>(0, done)}));
    }
    if (!row.text("suspend_date").empty()) read_suspension(row, *task, time, data_date);
  }
}

// A suspended activity rests until it is resumed: a break in it. That of a finished one, and one without an end, have no place
// here: the dates are kept as a custom field, and what is left goes on after the data date, as in P6.
void Reading::read_suspension(const Row& row, const Task& task, const engine::WorkTime& time, std::optional<Minute> data_date) {
  const auto suspended = moment(row, "suspend_date"), resumed = moment(row, "resume_date");
  if (!suspended) return;
  const Minute start = *task.actual_start, from = std::max(start, *suspended);
  const bool lasts = resumed && *resumed > from;
  if (task.actual_finish || !lasts) {
    ++count.suspended;
    keep_text(row, "xer.field.suspended"_key, suspended->text() + " – " + (resumed ? resumed->text() : std::string()));
  }
  if (task.actual_finish) return;
  // Worked: until it was suspended, and since it was resumed.
  const Minute until = data_date.value_or(from);
  auto worked = time.between(start, std::max(start, std::min(from, until)));
  if (lasts && *resumed < until) worked += time.between(*resumed, until);
  transaction.set(task, &Task::actual_duration, std::optional(WorkMinutes{worked}));
  if (!lasts) return;
  const auto rests_from = time.between(start, from), rests_to = time.between(start, *resumed);
  if (rests_to > rests_from) transaction.set(task, &Task::splits, std::format("{}/{}", rests_from, rests_to));
  if (from <= until) transaction.set(task, &Task::resume, resumed);
}

}  // namespace pmo::storage::xer
