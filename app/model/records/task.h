// Tasks and the links between them. Dates that the schedule computes are not stored: see app/engine/schedule/schedule.h.
#pragma once

#include "app/model/records/calendar.h"
#include "app/model/records/estimate.h"
#include "app/model/records/person.h"

namespace pmo {

struct CostAccount;
struct Resource;

// app/model/outline.h: tasks hang together in no circle, neither as parts nor by links.
Result<void> no_circle_of_parts(const Project& project, const std::vector<Change>& changes);
Result<void> no_circle_of_links(const Project& project, const std::vector<Change>& changes);
// No task earns its value by one that earns it by the first.
Result<void> no_circle_of_apportioning(const Project& project, const std::vector<Change>& changes);

enum class TaskType : unsigned char { fixed_units, fixed_duration, fixed_work };

enum class ConstraintType : unsigned char {
  as_soon_as_possible, as_late_as_possible, must_start_on, must_finish_on,
  start_no_earlier_than, start_no_later_than, finish_no_earlier_than, finish_no_later_than
};

// When a cost arises: at once as the work begins or is done, or as the work goes on.
enum class Accrual : unsigned char { start, prorated, finish };

enum class EarnedValueMethod : unsigned char {
  percent_complete, physical_percent, zero_hundred, fifty_fifty, weighted_milestones, level_of_effort, apportioned
};

struct Task : Record {
  std::string name;
  Ref<Task> parent;   // the summary task it belongs to
  std::string order;  // place among its siblings: see app/model/outline.h
  bool milestone = false;
  bool manual = false;  // keeps manual_start and manual_finish, whatever its links say
  bool active = true;
  TaskType type = TaskType::fixed_units;
  bool effort_driven = false;
  WorkMinutes duration{480};
  bool elapsed_duration = false;  // the duration counts around the clock
  bool estimated = false;
  WorkMinutes work;  // without assignments: planned work
  ConstraintType constraint = ConstraintType::as_soon_as_possible;
  std::optional<Minute> constraint_date;
  bool constraint_gives_way = false;  // to links: what they ask for later stands, and shows as negative float
  std::optional<Minute> deadline;
  std::optional<Minute> manual_start, manual_finish;
  Ref<Calendar> calendar;
  bool ignore_resource_calendars = false;
  std::int64_t priority = 500;  // levelling: 0 yields first, 1000 never moves
  WorkMinutes levelling_delay;
  Ref<Resource> levelling_resource;  // why it was delayed: what it waits for; none: not known
  Ref<Task> levelling_holder;        // and the task that held it then; none: it was not available yet
  std::string splits;  // breaks within the task: "start/finish" pairs of working minutes since its start, with ;
  Permille percent_complete;
  Permille physical_percent;
  std::optional<Minute> actual_start, actual_finish;
  std::optional<WorkMinutes> actual_duration, remaining_duration;
  std::optional<Minute> resume;
  Money fixed_cost;
  Accrual fixed_cost_accrual = Accrual::prorated;
  Ref<CostAccount> cost_account;  // none: that of its summary task
  EarnedValueMethod earned_value_method = EarnedValueMethod::percent_complete;
  Ref<Task> apportioned_to;  // apportioned: the task, with its parts, as which it is planned and earned; none: those beside it
  std::optional<WorkMinutes> optimistic_duration, pessimistic_duration;  // three-point estimate; likely = duration
  std::optional<Money> optimistic_cost, pessimistic_cost;                // of all it costs; likely = as planned
  std::optional<EstimateShape> estimate_shape;    // how both vary; none: as the project says
  std::optional<Permille> estimate_correlation;   // of a summary: how much the durations below it rise and fall together
  Ref<Person> responsible;
  std::string wbs;  // code of the work breakdown structure, when it is not the outline number
  std::string notes;
  std::int64_t source_uid = 0;  // of the task in the file it was imported from; 0: none
};

template <>
struct Describe<Task> {
  static RegisterInfo make() {
    return Describer<Task>("T", Desk::manager)
        .field("name", &Task::name, {.required = true, .title = true})
        .field("parent", &Task::parent, {.owner = true, .hidden = true})
        .field("order", &Task::order, {.hidden = true})
        .field("duration", &Task::duration, {.minimum = 0, .maximum = 60LL * 24 * 366 * 100})
        .field("elapsed_duration", &Task::elapsed_duration)
        .field("estimated", &Task::estimated)
        .field("milestone", &Task::milestone)
        .field("responsible", &Task::responsible)
        .field("percent_complete", &Task::percent_complete, {.minimum = 0, .maximum = 1000})
        .field("physical_percent", &Task::physical_percent, {.minimum = 0, .maximum = 1000})
        .field("actual_start", &Task::actual_start)
        .field("actual_finish", &Task::actual_finish)
        .field("actual_duration", &Task::actual_duration, {.minimum = 0})
        .field("remaining_duration", &Task::remaining_duration, {.minimum = 0})
        .field("resume", &Task::resume)
        .field("constraint", &Task::constraint)
        .field("constraint_date", &Task::constraint_date)
        .field("constraint_gives_way", &Task::constraint_gives_way)
        .field("deadline", &Task::deadline)
        .field("manual", &Task::manual)
        .field("manual_start", &Task::manual_start)
        .field("manual_finish", &Task::manual_finish)
        .field("active", &Task::active)
        .field("type", &Task::type)
        .field("effort_driven", &Task::effort_driven)
        .field("work", &Task::work, {.minimum = 0})
        .field("calendar", &Task::calendar)
        .field("ignore_resource_calendars", &Task::ignore_resource_calendars)
        .field("priority", &Task::priority, {.minimum = 0, .maximum = 1000})
        .field("levelling_delay", &Task::levelling_delay)
        .field("levelling_resource", &Task::levelling_resource)
        .field("levelling_holder", &Task::levelling_holder)
        .field("splits", &Task::splits, {.hidden = true})
        .field("fixed_cost", &Task::fixed_cost)
        .field("fixed_cost_accrual", &Task::fixed_cost_accrual)
        .field("cost_account", &Task::cost_account)
        .field("earned_value_method", &Task::earned_value_method)
        .field("apportioned_to", &Task::apportioned_to)
        .field("optimistic_duration", &Task::optimistic_duration, {.minimum = 0})
        .field("pessimistic_duration", &Task::pessimistic_duration, {.minimum = 0})
        .field("optimistic_cost", &Task::optimistic_cost, {.minimum = 0})
        .field("pessimistic_cost", &Task::pessimistic_cost, {.minimum = 0})
        .field("estimate_shape", &Task::estimate_shape)
        .field("estimate_correlation", &Task::estimate_correlation, {.minimum = 0, .maximum = 1000})
        .field("wbs", &Task::wbs)
        .field("notes", &Task::notes, {.markdown = true})
        .field("source_uid", &Task::source_uid, {.hidden = true})
        .in_order<&Task::actual_start, &Task::actual_finish>()
        .in_order<&Task::manual_start, &Task::manual_finish>()
        .rule(no_circle_of_parts)
        .rule(no_circle_of_links)
        .rule(no_circle_of_apportioning);
  }
};

enum class LinkType : unsigned char { finish_to_start, start_to_start, finish_to_finish, start_to_finish };
enum class LagUnit : unsigned char { working, elapsed, percent, elapsed_percent };
constexpr bool is_percent(LagUnit unit) { return unit == LagUnit::percent || unit == LagUnit::elapsed_percent; }
constexpr bool is_elapsed(LagUnit unit) { return unit == LagUnit::elapsed || unit == LagUnit::elapsed_percent; }

struct Link : Record {
  Ref<Task> predecessor;
  Ref<Task> successor;
  LinkType type = LinkType::finish_to_start;
  std::int64_t lag = 0;  // minutes; percent: permille of the predecessor's duration. Negative: a lead
  LagUnit lag_unit = LagUnit::working;
};

template <>
struct Describe<Link> {
  static RegisterInfo make() {
    return Describer<Link>("", Desk::manager)
        .field("predecessor", &Link::predecessor, {.required = true, .owner = true})
        .field("successor", &Link::successor, {.required = true, .owner = true})
        .field("type", &Link::type)
        .field("lag", &Link::lag)
        .field("lag_unit", &Link::lag_unit)
        .rule(no_circle_of_links);
  }
};

}  // namespace pmo
