#include "app/model/records/baseline.h"
#include "storage/interchange/mspdi_writing.h"

namespace pmo::storage::mspdi {
namespace {

class TasksWriter {
 public:
  explicit TasksWriter(Writing& to) : to_(to) {}

  void write(xml_node root) {
    std::map<Id, std::vector<const Link*>> entering;
    for (const auto& link : to_.project.all<Link>()) entering[link.successor.id].push_back(&link);
    std::map<Id, std::vector<const BaselineTask*>> baselines;
    for (const auto& part : to_.project.all<BaselineTask>()) baselines[part.task.id].push_back(&part);
    auto list = root.append_child("Tasks");
    write_summary_task(list);
    for (std::size_t row = 0; row < to_.outline.size(); ++row) {
      auto node = list.append_child("Task");
      const Task& task = *to_.outline[row].task;
      write_task(node, task, row);
      for (const Link* link : entering[task.id]) write_link(node, *link);
      to_.write_custom_values(node, register_of<Task>(), task, "ExtendedAttribute");
      for (const BaselineTask* part : baselines[task.id]) write_baseline(node, *part);
      to_.write_custom_values(node, register_of<Task>(), task, "OutlineCode");
      to_.give(node, task.id, task_elements, to_.as_it_came(task, to_.leftover_of(task.id)));
    }
  }

 private:
  // The line that stands for the whole project, when it came with one that says something, or has fields of ours.
  void write_summary_task(xml_node list) {
    const auto content = to_.leftover_of(to_.settings.id, summary_task_form);
    if ((content.empty() && !to_.settings_travel()) || to_.outline.size() == 0) return;
    auto node = list.append_child("Task");
    put(node, "UID", 0);
    put(node, "ID", 0);
    put(node, "Name", to_.settings.name);
    put(node, "Type", 1);
    put_flag(node, "IsNull", false);
    put(node, "WBS", "0");
    put(node, "OutlineNumber", "0");
    put(node, "OutlineLevel", 0);
    const auto start = date_text(to_.schedule.project_start), finish = date_text(to_.schedule.project_finish);
    put(node, "Start", start);
    put(node, "Finish", finish);
    put_flag(node, "Summary", true);
    to_.write_custom_values(node, register_of<ProjectSettings>(), to_.settings, "ExtendedAttribute");
    to_.outdated += give_back(node, content, task_elements, fits(content, start, finish));
  }

  void write_task(xml_node node, const Task& t, std::size_t row) {
    const bool summary = to_.outline[row].summary, scheduled = to_.schedule.scheduled[row] != 0;
    put(node, "UID", to_.number_of(Ref<Task>{t.id}));
    put(node, "ID", static_cast<std::int64_t>(row + 1));
    put(node, "Name", t.name);
    put_flag(node, "Active", t.active);
    put_flag(node, "Manual", t.manual);
    put(node, "Type", static_cast<int>(t.type));
    put_flag(node, "IsNull", false);
    if (const Person* person = to_.project.find(t.responsible)) put(node, "Contact", person->name);
    put(node, "WBS", to_.outline.wbs(row));
    put(node, "OutlineNumber", to_.outline.number(row));
    put(node, "OutlineLevel", to_.outline[row].level + 1);
    put(node, "Priority", t.priority);
    const auto start = t.manual ? t.manual_start : scheduled ? std::optional(to_.schedule.start[row]) : std::nullopt;
    const auto finish = t.manual ? t.manual_finish : scheduled ? std::optional(to_.schedule.finish[row]) : std::nullopt;
    put_moment(node, "Start", start);
    put_moment(node, "Finish", finish);
    put_minutes(node, "Duration", t.duration);
    if (t.manual) {
      put_moment(node, "ManualStart", start);
      put_moment(node, "ManualFinish", finish);
      put_minutes(node, "ManualDuration", t.duration);
    }
    put(node, "DurationFormat", (t.elapsed_duration ? 8 : 7) + (t.estimated ? 32 : 0));
    put_minutes(node, "Work", t.work);
    put_moment(node, "Resume", t.resume);
    put_flag(node, "EffortDriven", t.effort_driven);
    put_flag(node, "Estimated", t.estimated);
    put_flag(node, "Milestone", t.milestone);
    put_flag(node, "Summary", summary);
    if (scheduled) write_dates(node, row);
    to_.put_cost(node, "FixedCost", t.fixed_cost);
    if (t.fixed_cost_accrual != Accrual::prorated) put(node, "FixedCostAccrual", accrual_number(t.fixed_cost_accrual));
    write_progress(node, t, summary);
    put(node, "ConstraintType", static_cast<int>(t.constraint));
    if (t.calendar) put(node, "CalendarUID", to_.number_of(t.calendar));
    put_moment(node, "ConstraintDate", t.constraint_date);
    put_moment(node, "Deadline", t.deadline);
    if (t.levelling_delay.value) {
      put(node, "LevelingDelay", delay_around_the_clock(t, row, start) * 10);
      put(node, "LevelingDelayFormat", 8);
    }
    put_flag(node, "IgnoreResourceCalendar", t.ignore_resource_calendars);
    put_some(node, "Notes", t.notes);
    if (!summary && t.physical_percent.value) put(node, "PhysicalPercentComplete", (t.physical_percent.value + 5) / 10);
    put(node, "EarnedValueMethod", t.earned_value_method == EarnedValueMethod::physical_percent ? 1 : 0);
  }
  std::int64_t delay_around_the_clock(const Task& t, std::size_t row, std::optional<Minute> start) {
    if (!start || t.elapsed_duration) return t.levelling_delay.value;
    return *start - to_.calendars.of(to_.plan.tasks[row].calendar)->add(*start, -t.levelling_delay.value);
  }
  void write_dates(xml_node node, std::size_t row) {
    put_flag(node, "Critical", to_.schedule.critical[row] != 0);
    put_moment(node, "EarlyStart", to_.schedule.early_start[row]);
    put_moment(node, "EarlyFinish", to_.schedule.early_finish[row]);
    put_moment(node, "LateStart", to_.schedule.late_start[row]);
    put_moment(node, "LateFinish", to_.schedule.late_finish[row]);
    put(node, "FreeSlack", to_.schedule.free_float[row] * 10);
    put(node, "TotalSlack", to_.schedule.total_float[row] * 10);
  }
  static void write_progress(xml_node node, const Task& t, bool summary) {
    if (summary) return;  // follows from the parts
    put(node, "PercentComplete", (t.percent_complete.value + 5) / 10);
    put_moment(node, "ActualStart", t.actual_start);
    put_moment(node, "ActualFinish", t.actual_finish);
    put_minutes(node, "ActualDuration", t.actual_duration);
    put_minutes(node, "RemainingDuration", t.actual_start ? t.remaining_duration : std::optional(t.duration));
  }

  void write_link(xml_node task, const Link& link) {
    static constexpr int types[] = {1, 3, 0, 2};     // by LinkType
    static constexpr int formats[] = {7, 8, 19, 20};  // by LagUnit: days, elapsed days, percent, elapsed percent
    auto node = task.append_child("PredecessorLink");
    put(node, "PredecessorUID", to_.number_of(link.predecessor));
    put(node, "Type", types[static_cast<int>(link.type)]);
    put_flag(node, "CrossProject", false);
    put(node, "LinkLag", is_percent(link.lag_unit) ? link.lag / 10 : link.lag * 10);
    put(node, "LagFormat", formats[static_cast<int>(link.lag_unit)]);
    to_.give(node, link.id, link_elements);
  }

  // MS Project has eleven baselines: 0 and 1 to 10.
  void write_baseline(xml_node task, const BaselineTask& part) {
    const auto number = to_.number_of(part.baseline);
    if (number < 0 || number > 10) return;
    auto node = task.append_child("Baseline");
    put(node, "Number", number);
    put_moment(node, "Start", part.start);
    put_moment(node, "Finish", part.finish);
    put_minutes(node, "Duration", part.duration);
    put_minutes(node, "Work", part.work);
    to_.put_cost(node, "Cost", part.cost);
    to_.give(node, part.id, baseline_elements);
  }

  Writing& to_;
};

}  // namespace

void write_tasks(Writing& to, xml_node root) { TasksWriter(to).write(root); }

}  // namespace pmo::storage::mspdi
