#include <algorithm>
#include <format>

#include "app/model/records/baseline.h"
#include "storage/interchange/mspdi_reading.h"

namespace pmo::storage::mspdi {
namespace {

class TasksReader {
 public:
  explicit TasksReader(Reading& from) : from_(from) {}

  void read() {
    std::vector<std::pair<std::int64_t, Id>> way;  // outline level and task
    std::size_t line = 0;
    for (const auto node : from_.root.child("Tasks").children("Task")) {
      const auto uid = from_.whole(node, "UID");
      const auto level = from_.whole(node, "OutlineLevel", 1);
      if (level <= 0 && !from_.summary_task) read_summary_task(node);
      from_.count.blank += from_.flag(node, "IsNull");
      if (from_.flag(node, "IsNull") || level <= 0) continue;
      while (!way.empty() && way.back().first >= level) way.pop_back();
      const auto& task = from_.transaction.create<Task>([&](Task& t) {
        t.parent = way.empty() ? Ref<Task>{} : Ref<Task>{way.back().second};
        t.order = std::format("{:06}V", ++line);
        t.source_uid = uid;
        read_task(node, t);
      });
      way.emplace_back(level, task.id);
      if (!from_.tasks.emplace(uid, task.id).second) from_.wrong(node, "UID");
      read_baselines(node, task.id);
      from_.read_custom_values(node, register_of<Task>(), task);
      from_.keep_later(node, task_elements, task.id, node);
      from_.count.external += from_.flag(node, "ExternalTask") || from_.flag(node, "IsSubproject");
      from_.count.recurring += from_.flag(node, "Recurring");
    }
  }

  void read_links() {
    static constexpr LinkType types[] = {LinkType::finish_to_finish, LinkType::finish_to_start,
                                         LinkType::start_to_finish, LinkType::start_to_start};
    for (const auto node : from_.root.child("Tasks").children("Task")) {
      const auto to = Reading::known<Task>(from_.tasks, from_.whole(node, "UID"));
      if (!to) continue;
      for (const auto link : node.children("PredecessorLink")) {
        const auto from = Reading::known<Task>(from_.tasks, from_.whole(link, "PredecessorUID", -1));
        if (!from || from.id == to.id || from_.flag(link, "CrossProject")) {
          keep_as_it_is(link);
          ++from_.count.unknown;
          continue;
        }
        const auto format = from_.whole(link, "LagFormat", 7);
        constexpr std::int64_t longest_lag = 10LL * 60 * 24 * 366 * 100;  // tenths of a minute
        const auto lag = from_.whole(link, "LinkLag", -longest_lag, longest_lag, 0);
        const auto& made = from_.transaction.create<Link>([&](Link& l) {
          l.predecessor = from;
          l.successor = to;
          l.type = types[from_.whole(link, "Type", 0, 3, 1)];
          if (percent_format(format)) l.lag_unit = elapsed_format(format) ? LagUnit::elapsed_percent : LagUnit::percent;
          else l.lag_unit = elapsed_format(format) ? LagUnit::elapsed : LagUnit::working;
          l.lag = percent_format(format) ? lag * 10 : lag / 10;
        });
        if (format != 7 && format != 8 && format != 19 && format != 20) from_.keep_later(link, link_elements, made.id, link);
      }
    }
  }

  // Levelling delays a task around the clock there, from where it would begin without; here by working time.
  void read_delays() {
    for (const auto node : from_.root.child("Tasks").children("Task")) {
      const auto delay = from_.whole(node, "LevelingDelay") / 10;
      const Task* task = delay > 0 ? from_.project.find(Reading::known<Task>(from_.tasks, from_.whole(node, "UID"))) : nullptr;
      if (task) from_.transaction.set(*task, &Task::levelling_delay, WorkMinutes{working_delay(node, *task, delay)});
    }
  }

 private:
  std::int64_t working_delay(xml_node node, const Task& task, std::int64_t delay) {
    const auto start = from_.moment(node, "Start"), before = from_.moment(node, "PreLeveledStart");
    if (!start || task.elapsed_duration || !elapsed_format(from_.whole(node, "LevelingDelayFormat", 8))) return delay;
    const auto& time = from_.time_of(task);
    // Where it would begin is told, unless the plan was changed since; else it is as far back as the delay says.
    const bool told = before && time.next_start(*before + delay) == *start;
    return time.between(told ? *before : *start - delay, *start);
  }

  // The line that stands for the whole project.
  void read_summary_task(xml_node node) {
    from_.summary_task = node;
    from_.read_own_values(node, register_of<ProjectSettings>(), from_.settings());
    for (const char* name : {"ExtendedAttribute", "OutlineCode", "Baseline", "Notes"})
      for (const auto part : node.children(name))
        if (!from_.is_own_value(part)) keep_as_it_is(part);
  }

  void read_task(xml_node node, Task& t) {
    t.name = words(node, "Name");
    if (t.name.empty()) t.name = std::format("{}", text(node, "ID"));
    t.milestone = from_.flag(node, "Milestone");
    t.active = from_.flag(node, "Active", true);
    t.type = static_cast<TaskType>(from_.whole(node, "Type", 0, 2, 0));
    t.effort_driven = from_.flag(node, "EffortDriven");
    t.duration = {from_.minutes(node, "Duration")};
    const auto format = from_.whole(node, "DurationFormat", 7);
    t.elapsed_duration = elapsed_format(format);
    t.estimated = from_.flag(node, "Estimated");
    t.work = {from_.minutes(node, "Work")};
    t.constraint = static_cast<ConstraintType>(from_.whole(node, "ConstraintType", 0, 7, 0));
    t.constraint_date = from_.moment(node, "ConstraintDate");
    t.deadline = from_.moment(node, "Deadline");
    t.manual = from_.flag(node, "Manual");
    if (t.manual) {
      t.manual_start = from_.moment(node, text(node, "Start").empty() ? "ManualStart" : "Start");
      t.manual_finish = from_.moment(node, text(node, "Finish").empty() ? "ManualFinish" : "Finish");
    }
    t.calendar = Reading::known<Calendar>(from_.calendars, from_.whole(node, "CalendarUID", -1));
    t.ignore_resource_calendars = from_.flag(node, "IgnoreResourceCalendar");
    t.priority = from_.whole(node, "Priority", 0, 1000, 500);
    t.fixed_cost = from_.money(node, "FixedCost");
    t.fixed_cost_accrual = from_.accrual(node, "FixedCostAccrual");
    if (text(node, "EarnedValueMethod") == "1") t.earned_value_method = EarnedValueMethod::physical_percent;
    if (text(node, "WBS") != text(node, "OutlineNumber")) t.wbs = words(node, "WBS");
    t.notes = words(node, "Notes");
    if (const auto contact = words(node, "Contact"); !contact.empty()) t.responsible = from_.person(contact);
    read_progress(node, t);
  }

  void read_progress(xml_node node, Task& t) {
    if (from_.flag(node, "Summary")) return;  // follows from the parts
    t.percent_complete = {static_cast<std::int32_t>(from_.whole(node, "PercentComplete", 0, 100, 0) * 10)};
    t.physical_percent = {static_cast<std::int32_t>(from_.whole(node, "PhysicalPercentComplete", 0, 100, 0) * 10)};
    t.actual_start = from_.moment(node, "ActualStart");
    t.actual_finish = from_.moment(node, "ActualFinish");
    if (!t.actual_start) return;
    t.actual_duration = from_.some_minutes(node, "ActualDuration");
    t.remaining_duration = from_.some_minutes(node, "RemainingDuration");
    if (!t.actual_finish) t.resume = from_.moment(node, "Resume");
  }

  void read_baselines(xml_node node, Id task) {
    for (const auto baseline : node.children("Baseline")) {
      const auto start = from_.moment(baseline, "Start"), finish = from_.moment(baseline, "Finish");
      if (!start || !finish) {
        keep_as_it_is(baseline);
        ++from_.count.partial_baselines;
        continue;
      }
      const auto number = from_.whole(baseline, "Number", 0, 10, 0);
      auto& id = baselines_[number];
      if (!id)
        id = from_.transaction.create<Baseline>([&](Baseline& b) {
          b.name = baseline_name(number);
          b.taken = from_.moment(from_.root, "LastSaved").value_or(*start);
        }).id, from_.add_foreign(id, baseline_form, std::to_string(number));
      const auto& part = from_.transaction.create<BaselineTask>([&](BaselineTask& b) {
        b.baseline = {id};
        b.task = {task};
        b.start = *start;
        b.finish = *finish;
        b.duration = {from_.minutes(baseline, "Duration")};
        b.work = {from_.minutes(baseline, "Work")};
        b.cost = from_.money(baseline, "Cost");
      });
      from_.keep_later(baseline, baseline_elements, part.id, baseline);
    }
  }

  Reading& from_;
  std::map<std::int64_t, Id> baselines_;  // by number
};

}  // namespace

void read_tasks(Reading& from) {
  TasksReader reader(from);
  reader.read();
  reader.read_links();
  reader.read_delays();
}

}  // namespace pmo::storage::mspdi
