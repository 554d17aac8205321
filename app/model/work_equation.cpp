#include "app/model/work_equation.h"

#include <algorithm>
#include <set>
#include <span>
#include <unordered_map>

#include "app/model/records/resource.h"
#include "app/model/records/task.h"

namespace pmo {
namespace {

constexpr std::int64_t whole = 1000;  // permille

std::int64_t divided(std::int64_t dividend, std::int64_t divisor) { return divisor > 0 ? (dividend + divisor / 2) / divisor : 0; }

// An assignment before and after the edits.
struct Share {
  const Assignment* assignment;
  std::int64_t units_before, units;
  std::optional<std::int64_t> work_before, work;  // with overtime
  std::int64_t overtime_before, overtime;
  bool was = true, is = true;
  bool units_edited = false, work_edited = false, overtime_edited = false;

  std::int64_t effort_before(std::int64_t duration) const { return regular(work_before, overtime_before).value_or(divided(units_before * duration, whole)); }
  std::int64_t effort(std::int64_t duration) const {
    if (work_edited && work) return *regular(work, overtime);
    const auto before = effort_before(duration);  // more overtime leaves less for ordinary time
    return overtime_edited ? std::max<std::int64_t>(0, before + overtime_before - overtime) : before;
  }
  static std::optional<std::int64_t> regular(std::optional<std::int64_t> work, std::int64_t overtime) {
    return work ? std::optional(std::max<std::int64_t>(0, *work - overtime)) : std::nullopt;
  }
};

std::optional<std::int64_t> minutes(const Value& value) {
  const auto* number = std::get_if<std::int64_t>(&value);
  return number ? std::optional(*number) : std::nullopt;
}

// What was edited, by record; only tasks and assignments.
struct Edits {
  std::unordered_map<Id, std::vector<const Change*>> of;
  std::unordered_map<Id, std::vector<const Assignment*>> taken_away;  // by task
  std::set<Id> tasks;

  Edits(const Project& project, const std::vector<Change>& changes) {
    std::set<Id> made;
    for (const auto& one : changes) {
      if (one.info == &register_of<Task>()) {
        of[one.record].push_back(&one);
        if (one.action == Action::create) made.insert(one.record);
        if (one.field == &field_of<Task>(&Task::duration)) tasks.insert(one.record);
      } else if (one.info == &register_of<Assignment>()) {
        of[one.record].push_back(&one);
        const auto* assignment = static_cast<const Assignment*>(project.table(*one.info).find_any(one.record));
        if (!assignment) continue;
        tasks.insert(assignment->task.id);
        if (one.action == Action::erase) taken_away[assignment->task.id].push_back(assignment);
      }
    }
    std::erase_if(tasks, [&](Id task) { return made.contains(task); });
  }
  std::span<const Change* const> list(Id record) const {
    const auto at = of.find(record);
    return at == of.end() ? std::span<const Change* const>{} : at->second;
  }
};

class Equation {
 public:
  Equation(Transaction& change, const Task& task, const Edits& edits)
      : change_(change), task_(task), edits_(edits), duration_before_(task.duration.value), duration_(task.duration.value) {
    for (const auto* one : edits.list(task.id))
      if (one->field == &field_of<Task>(&Task::duration)) {
        duration_before_ = minutes(one->before).value_or(0);
        duration_edited_ = true;
      }
    for (const auto* part : change.project().table(register_of<Assignment>()).parts_of(task.id)) add(static_cast<const Assignment&>(*part));
    if (const auto gone = edits.taken_away.find(task.id); gone != edits.taken_away.end())
      for (const auto* assignment : gone->second) add(*assignment);
  }

  void keep() {
    if (shares_.empty() || duration_before_ <= 0) return;
    const bool edited = std::ranges::any_of(shares_, [](const Share& share) { return share.was && share.is && (share.units_edited || share.work_edited || share.overtime_edited); });
    const bool others = std::ranges::any_of(shares_, [](const Share& share) { return share.was != share.is; });
    const bool by_effort = task_.effort_driven || task_.type == TaskType::fixed_work;
    if (duration_edited_) follow_duration();
    else if (edited) follow_assignments();
    else if (others && by_effort) share_out();
  }

 private:
  void add(const Assignment& assignment) {
    if (std::ranges::contains(shares_, &assignment, &Share::assignment)) return;
    const auto* resource = change_.project().find(assignment.resource);
    if (!resource || (resource->kind != ResourceKind::person && resource->kind != ResourceKind::equipment)) return;
    const auto work = assignment.work ? std::optional(assignment.work->value) : std::nullopt;
    const std::int64_t overtime = assignment.overtime.value;
    Share share{&assignment, assignment.units.value, assignment.units.value, work, work, overtime, overtime};
    for (const auto* edit : edits_.list(assignment.id)) {
      const Change& one = *edit;
      if (one.action == Action::create) share.was = false;
      if (one.action == Action::erase) share.is = false;
      if (one.field == &field_of<Assignment>(&Assignment::units)) {
        share.units_before = minutes(one.before).value_or(whole);
        share.units_edited = true;
      }
      if (one.field == &field_of<Assignment>(&Assignment::work)) {
        share.work_before = minutes(one.before);
        share.work_edited = true;
      }
      if (one.field == &field_of<Assignment>(&Assignment::overtime)) {
        share.overtime_before = minutes(one.before).value_or(0);
        share.overtime_edited = true;
      }
    }
    shares_.push_back(share);
  }

  void follow_duration() {
    for (const auto& share : shares_) {
      if (!share.was || !share.is) continue;
      if (task_.type == TaskType::fixed_work) {
        if (!share.units_edited) set_units(share, divided(share.units_before * duration_before_, duration_));
      } else if (share.work && !share.work_edited) {
        set_work(share, divided(*Share::regular(share.work, share.overtime) * duration_, duration_before_));
      }
    }
  }

  void follow_assignments() {
    if (task_.type == TaskType::fixed_duration) {
      for (const auto& share : shares_) {
        if (!share.is) continue;
        const bool effort_edited = (share.work_edited && share.work) || share.overtime_edited;
        if (effort_edited && !share.units_edited) set_units(share, divided(share.effort(duration_before_) * whole, duration_));
        else if (share.units_edited && share.work && !share.work_edited) set_work(share, divided(share.units * duration_, whole));
      }
      return;
    }
    std::int64_t longest = 0;
    for (const auto& share : shares_)
      if (share.is && share.units > 0) longest = std::max(longest, divided(effort(share) * whole, share.units));
    if (longest <= 0 || longest == duration_) return;
    // Who is not the longest keeps their work, which no longer follows from the duration.
    for (const auto& share : shares_)
      if (share.is && !share.work && divided(share.units * longest, whole) != effort(share)) set_work(share, effort(share));
    change_.set(task_, &Task::duration, WorkMinutes{longest});
  }
  std::int64_t effort(const Share& share) const { return share.effort(duration_before_); }

  // The same work by more or fewer hands.
  void share_out() {
    std::int64_t work = 0, units = 0;
    for (const auto& share : shares_) {
      if (share.was) work += share.effort_before(duration_before_);
      if (share.is) units += share.units;
    }
    if (work <= 0 || units <= 0) return;
    const auto duration = task_.type == TaskType::fixed_duration ? duration_ : divided(work * whole, units);
    for (const auto& share : shares_) {
      if (!share.is) continue;
      const auto part = divided(work * share.units, units);
      if (task_.type == TaskType::fixed_duration) set_units(share, divided(part * whole, duration));
      if (share.work) set_work(share, part);
    }
    if (duration != duration_) change_.set(task_, &Task::duration, WorkMinutes{duration});
  }

  void set_units(const Share& share, std::int64_t units) {
    if (units > 0 && units != share.units) change_.set(*share.assignment, &Assignment::units, Permille{static_cast<std::int32_t>(std::min<std::int64_t>(units, 1'000'000))});
  }
  void set_work(const Share& share, std::int64_t regular) {
    const auto work = regular + share.overtime;
    if (work != share.work) change_.set(*share.assignment, &Assignment::work, std::optional(WorkMinutes{work}));
  }

  Transaction& change_;
  const Task& task_;
  const Edits& edits_;
  std::int64_t duration_before_, duration_;
  bool duration_edited_ = false;
  std::vector<Share> shares_;
};

}  // namespace

void keep_work_equation(Transaction& change) {
  const auto& schema = change.project().schema();
  if (!schema.find("assignment")) return;
  const auto changes = change.changes();
  const Edits edits(change.project(), changes);
  for (const Id id : edits.tasks) {
    const auto* task = change.project().all<Task>().find(id);
    if (task && !task->actual_start && !task->actual_finish) Equation(change, *task, edits).keep();
  }
}

}  // namespace pmo
