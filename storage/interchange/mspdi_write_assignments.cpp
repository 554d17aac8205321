#include <format>

#include "storage/interchange/mspdi_writing.h"

namespace pmo::storage::mspdi {
namespace {

class AssignmentsWriter {
 public:
  explicit AssignmentsWriter(Writing& to) : to_(to) {}

  void write(xml_node root) {
    auto list = root.append_child("Assignments");
    std::int64_t number = 0;
    std::set<Id> split;  // tasks whose breaks have been written
    for (const auto& assignment : to_.project.all<Assignment>()) {
      const Task* task = to_.project.find(assignment.task);
      const Resource* resource = to_.project.find(assignment.resource);
      if (!task || !resource) continue;
      auto node = list.append_child("Assignment");
      put(node, "UID", ++number);
      put(node, "TaskUID", to_.number_of(assignment.task));
      put(node, "ResourceUID", to_.number_of(assignment.resource));
      write_assignment(node, assignment, *task, resource->kind);
      to_.write_custom_values(node, register_of<Assignment>(), assignment, "ExtendedAttribute");
      if (!task->splits.empty() && split.insert(task->id).second) write_breaks(node, *task, number);
      to_.give(node, assignment.id, assignment_elements, to_.as_it_came(*task, to_.leftover_of(assignment.id)));
    }
    for (const auto& task : to_.project.all<Task>()) {
      if (task.splits.empty() || split.contains(task.id)) continue;
      auto node = list.append_child("Assignment");
      put(node, "UID", ++number);
      put(node, "TaskUID", to_.number_of(Ref<Task>{task.id}));
      put(node, "ResourceUID", -65535);  // nobody
      put_moment(node, "Start", to_.schedule.start[*to_.outline.find(task.id)]);
      write_breaks(node, task, number);
    }
  }

 private:
  void write_assignment(xml_node node, const Assignment& a, const Task& task, ResourceKind kind) {
    put_minutes(node, "ActualWork", a.actual_work);
    if (a.cost) to_.put_cost(node, "Cost", *a.cost);
    if (a.rate_table != CostRateTable::a) put(node, "CostRateTable", static_cast<int>(a.rate_table));
    put(node, "Delay", a.delay.value * 10);
    if (a.overtime.value > 0) put_minutes(node, "OvertimeWork", a.overtime);
    put_minutes(node, "RemainingWork", a.remaining_work);
    put_moment(node, "Start", to_.schedule.start[*to_.outline.find(task.id)]);
    const bool quantity = kind == ResourceKind::material && a.quantity;
    put(node, "Units", quantity ? std::format("{:.6f}", static_cast<double>(a.quantity->value) / number_scale) : share(a.units));
    put_minutes(node, "Work", a.work);
  }
  // Where a split task rests, its time-phased work is nothing.
  void write_breaks(xml_node node, const Task& task, std::int64_t assignment) {
    const auto row = *to_.outline.find(task.id);
    const auto start = to_.schedule.start[row];
    const auto* time = to_.calendars.of(to_.plan.tasks[row].calendar);
    const auto put_stretch = [&](std::int64_t from, std::int64_t to, bool working) {
      auto data = node.append_child("TimephasedData");
      put(data, "Type", 1);
      put(data, "UID", assignment);
      put_moment(data, "Start", time->next_start(time->add(start, from)));
      put_moment(data, "Finish", time->add(start, to));
      put(data, "Unit", 2);
      put(data, "Value", duration_text(working ? to - from : 0));
    };
    std::int64_t at = 0;
    for (const auto& [from, to] : engine::list_breaks(task.splits)) {
      put_stretch(at, from, true);
      put_stretch(from, to, false);
      at = to;
    }
    put_stretch(at, at + 60, true);
  }

  Writing& to_;
};

}  // namespace

void write_assignments(Writing& to, xml_node root) { AssignmentsWriter(to).write(root); }

}  // namespace pmo::storage::mspdi
