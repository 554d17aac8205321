#include "app/ui/tasks/task_edits.h"

#include <algorithm>
#include <set>

namespace pmo::ui {
namespace {

void constrain(Transaction& change, const Task& task, ConstraintType type, std::optional<Minute> date) {
  change.set(task, &Task::constraint, date ? type : ConstraintType::as_soon_as_possible);
  change.set(task, &Task::constraint_date, date);
}

bool from_finish(const TaskEditing& editing) { return editing.plan.plan.from == ScheduleFrom::finish; }

// Scales what people were to do with the duration of their task, or their units where the work is what is fixed.
void scale_assignments(Transaction& change, const Task& task, std::int64_t before, std::int64_t after) {
  if (before <= 0 || after <= 0 || before == after) return;
  for (const Assignment& assignment : change.project().all<Assignment>()) {
    const auto regular = regular_work(assignment);
    if (assignment.task.id != task.id || !regular) continue;
    if (task.type == TaskType::fixed_work) {
      const auto units = static_cast<std::int32_t>(std::clamp<std::int64_t>(assignment.units.value * before / after, 0, 1'000'000));
      change.set(assignment, &Assignment::units, Permille{units});
    } else {
      change.set(assignment, &Assignment::work, std::optional(WorkMinutes{*regular * after / before + assignment.overtime.value}));
    }
  }
}

const Link* find_link(const Project& project, Id from, Id to) {
  for (const Link& link : project.all<Link>())
    if (link.predecessor.id == from && link.successor.id == to) return &link;
  return nullptr;
}

// Whether a task whose row moves is carried along by another row that moves.
bool carried(const TaskEditing& editing, std::size_t row, const std::vector<bool>& moving) {
  const engine::Reason& reason = editing.plan.schedule.start_reason[row];
  const bool driven = reason.kind == engine::ReasonKind::link || reason.kind == engine::ReasonKind::successor;
  return driven && reason.task >= 0 && moving[static_cast<std::size_t>(reason.task)];
}

}  // namespace

void set_start(Transaction& change, const TaskEditing& editing, const Task& task, std::optional<Minute> start) {
  if (task.actual_start && start) {
    change.set(task, &Task::actual_start, start);
  } else if (task.manual && start) {
    const auto row = editing.outline.find(task.id);
    const auto time = row ? work_time_of(editing, *row) : editing.time.work;
    const auto& schedule = editing.plan.schedule;
    const auto length = row && editing.outline[*row].summary ? time.between(schedule.start[*row], schedule.finish[*row]) : task.duration.value;
    change.set(task, &Task::manual_start, start);
    change.set(task, &Task::manual_finish, std::optional(time.add(*start, length)));
  } else if (from_finish(editing)) {
    constrain(change, task, ConstraintType::start_no_later_than, start);
  } else {
    constrain(change, task, ConstraintType::start_no_earlier_than, start);
  }
}

void set_finish(Transaction& change, const TaskEditing& editing, const Task& task, std::optional<Minute> finish) {
  if (task.actual_finish && finish) {
    change.set(task, &Task::actual_finish, finish);
  } else if (task.manual && finish) {
    const auto row = editing.outline.find(task.id);
    const Minute start = task.manual_start ? *task.manual_start : row ? editing.plan.schedule.start[*row] : *finish;
    const auto time = row ? work_time_of(editing, *row) : editing.time.work;
    change.set(task, &Task::manual_start, std::optional(std::min(start, *finish)));
    change.set(task, &Task::manual_finish, finish);
    if (row && editing.outline[*row].summary) return;
    change.set(task, &Task::duration, WorkMinutes{std::max<std::int64_t>(0, time.between(start, *finish))});
  } else if (from_finish(editing)) {
    constrain(change, task, ConstraintType::finish_no_later_than, finish);
  } else {
    constrain(change, task, ConstraintType::finish_no_earlier_than, finish);
  }
}

void set_duration(Transaction& change, const Task& task, const Duration& duration) {
  const std::int64_t before = task.duration.value, after = std::max<std::int64_t>(0, duration.minutes.value);
  change.set(task, &Task::duration, WorkMinutes{after});
  if (task.elapsed_duration != duration.elapsed) change.set(task, &Task::elapsed_duration, duration.elapsed);
  if (task.estimated != duration.estimated) change.set(task, &Task::estimated, duration.estimated);
  if (after == 0 && !task.milestone) change.set(task, &Task::milestone, true);
  if (after > 0 && before == 0 && task.milestone) change.set(task, &Task::milestone, false);
  if (task.remaining_duration)
    change.set(task, &Task::remaining_duration, std::optional(WorkMinutes{after - after * task.percent_complete.value / 1000}));
  if (task.manual) change.set(task, &Task::manual_finish, std::optional<Minute>());
  scale_assignments(change, task, before, after);
}

void set_milestone(Transaction& change, const Task& task, bool milestone) {
  change.set(task, &Task::milestone, milestone);
  if (milestone && task.duration.value != 0) change.set(task, &Task::duration, WorkMinutes{0});
  if (!milestone && task.duration.value == 0) change.set(task, &Task::duration, WorkMinutes{480});
}

Result<void> split_task(Transaction& change, const TaskEditing& editing, const Task& task, Minute from, WorkMinutes length) {
  const auto found = editing.outline.find(task.id);
  if (!found || editing.outline[*found].summary) return fail("error.split.summary"_key, {task.name});
  const auto row = static_cast<engine::Index>(*found);
  const auto& [plan, schedule] = editing.plan;
  const auto& planned = plan.tasks[row];
  const auto time = work_time_of(editing, *found);
  std::int64_t before = 0;  // minutes of work
  for (const auto& stretch : engine::stretches_of(schedule, row)) before += time.between(stretch.start, std::clamp(from, stretch.start, stretch.finish));
  const auto done = planned.actual_start ? engine::done_of(planned) : 0;
  if (planned.actual_finish || before < done) return fail("error.split.done"_key, {task.name});
  if (before <= 0 || before >= planned.duration || length.value <= 0) return fail("error.split.outside"_key, {task.name});
  std::vector<engine::Break> breaks;
  for (const auto& each : engine::breaks_of(plan, row)) breaks.push_back(each.rest);
  const auto at = engine::with_breaks(engine::breaks_of(plan, row), before, false);
  auto place = std::ranges::find_if(breaks, [&](const engine::Break& rest) { return rest.from >= at; });
  if (place == breaks.end() || place->from > at) place = breaks.insert(place, {at, at});
  place->to += length.value;
  for (auto later = place + 1; later != breaks.end(); ++later) *later = {later->from + length.value, later->to + length.value};
  change.set(task, &Task::splits, engine::splits_text(breaks));
  return {};
}

void join_task(Transaction& change, const Task& task) {
  if (!task.splits.empty()) change.set(task, &Task::splits, std::string());
}

void set_progress(Transaction& change, const TaskEditing& editing, const Task& task, Permille percent) {
  percent.value = std::clamp(percent.value, 0, 1000);
  const auto row = editing.outline.find(task.id);
  change.set(task, &Task::percent_complete, percent);
  const std::int64_t done = task.duration.value * percent.value / 1000;
  const bool begun = percent.value > 0;
  if (!begun) change.set(task, &Task::actual_start, std::optional<Minute>());
  else if (!task.actual_start && row) change.set(task, &Task::actual_start, std::optional(editing.plan.schedule.start[*row]));
  if (percent.value < 1000) change.set(task, &Task::actual_finish, std::optional<Minute>());
  else if (!task.actual_finish && row) change.set(task, &Task::actual_finish, std::optional(editing.plan.schedule.finish[*row]));
  if (!begun && task.resume) change.set(task, &Task::resume, std::optional<Minute>());
  if (task.actual_duration) change.set(task, &Task::actual_duration, begun ? std::optional(WorkMinutes{done}) : std::nullopt);
  if (task.remaining_duration)
    change.set(task, &Task::remaining_duration, begun ? std::optional(WorkMinutes{task.duration.value - done}) : std::nullopt);
}

namespace {

// Which link stands for which entry: the one of its type, else one whose type was changed. Two may join the same tasks.
std::vector<const Link*> match_links(const std::vector<const Link*>& links, const std::vector<Predecessor>& predecessors) {
  std::vector<const Link*> matched(predecessors.size(), nullptr);
  for (const bool same_type : {true, false})
    for (const Link* link : links) {
      if (std::ranges::contains(matched, link)) continue;
      for (std::size_t i = 0; i < predecessors.size(); ++i) {
        const Predecessor& wanted = predecessors[i];
        if (matched[i] || wanted.task != link->predecessor.id || (same_type && wanted.type != link->type)) continue;
        matched[i] = link;
        break;
      }
    }
  return matched;
}

}  // namespace

void set_predecessors(Transaction& change, const Task& task, const std::vector<Predecessor>& predecessors) {
  std::vector<const Link*> entering;
  for (const Link& link : change.project().all<Link>())
    if (link.successor.id == task.id) entering.push_back(&link);
  const auto matched = match_links(entering, predecessors);
  for (const Link* link : entering)
    if (!std::ranges::contains(matched, link)) change.erase(*link);
  for (std::size_t i = 0; i < predecessors.size(); ++i) {
    const Predecessor& wanted = predecessors[i];
    if (const Link* link = matched[i]) {
      change.set(*link, &Link::type, wanted.type);
      change.set(*link, &Link::lag, wanted.lag);
      change.set(*link, &Link::lag_unit, wanted.unit);
      continue;
    }
    change.create<Link>([&](Link& made) {
      made.predecessor = {wanted.task};
      made.successor = {task.id};
      made.type = wanted.type;
      made.lag = wanted.lag;
      made.lag_unit = wanted.unit;
    });
  }
}

void link(Transaction& change, Id from, Id to, LinkType type) {
  if (const Link* there = find_link(change.project(), from, to)) {
    if (there->type != type) change.set(*there, &Link::type, type);
    return;
  }
  change.create<Link>([&](Link& made) {
    made.predecessor = {from};
    made.successor = {to};
    made.type = type;
  });
}

std::size_t link_in_order(Transaction& change, const std::vector<Id>& tasks) {
  std::size_t made = 0;
  for (std::size_t i = 0; i + 1 < tasks.size(); ++i) {
    if (find_link(change.project(), tasks[i], tasks[i + 1])) continue;
    link(change, tasks[i], tasks[i + 1], LinkType::finish_to_start);
    ++made;
  }
  return made;
}

std::size_t unlink(Transaction& change, const std::vector<Id>& tasks) {
  const std::set<Id> chosen(tasks.begin(), tasks.end());
  std::vector<const Link*> gone;
  for (const Link& link : change.project().all<Link>()) {
    const bool from = chosen.contains(link.predecessor.id), to = chosen.contains(link.successor.id);
    if ((from && to) || (chosen.size() == 1 && (from || to))) gone.push_back(&link);
  }
  for (const Link* link : gone) change.erase(*link);
  return gone.size();
}

std::vector<std::size_t> rows_to_move(const TaskEditing& editing, const std::vector<Id>& tasks) {
  std::vector<bool> moving(editing.outline.size(), false);
  for (const Id id : tasks) {
    const auto row = editing.outline.find(id);
    if (!row) continue;
    for (auto at = *row; at < editing.outline[*row].end; ++at) {
      const Task& task = *editing.outline[at].task;
      moving[at] = !editing.outline[at].summary && task.active && !task.actual_start && !task.actual_finish;
    }
  }
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < moving.size(); ++row)
    if (moving[row] && !carried(editing, row, moving)) rows.push_back(row);
  return rows;
}

void move_starts(Transaction& change, const TaskEditing& editing, const std::vector<MovedTask>& moved) {
  for (const auto& [row, start] : moved) set_start(change, editing, *editing.outline[row].task, start);
}

Minute snapped_start(const engine::WorkTime& time, Minute wanted, bool by_minutes) {
  if (!time.ever_works()) return wanted;
  constexpr std::int64_t quarter = 15;
  if (by_minutes) return time.next_start({(wanted.value + quarter / 2) / quarter * quarter});
  return time.next_start(Minute::at((wanted + Minute::per_day / 2).day()));
}

Minute snapped_finish(const engine::WorkTime& time, Minute wanted, bool by_minutes) {
  if (!time.ever_works()) return wanted;
  constexpr std::int64_t quarter = 15;
  if (by_minutes) return time.previous_finish({(wanted.value + quarter / 2) / quarter * quarter});
  return time.previous_finish(Minute::at((wanted + Minute::per_day / 2).day()));
}

engine::WorkTime work_time_of(const TaskEditing& editing, std::size_t row) {
  const engine::PlanTask& task = editing.plan.plan.tasks[row];
  if (task.elapsed) return {};
  if (task.calendar < 0) return editing.time.work;
  return engine::WorkTime::compile(editing.plan.plan.calendars, task.calendar);
}

}  // namespace pmo::ui
