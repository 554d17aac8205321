#include <algorithm>
#include <cmath>
#include <format>

#include "storage/interchange/mspdi_reading.h"

namespace pmo::storage::mspdi {
namespace {

class AssignmentsReader {
 public:
  explicit AssignmentsReader(Reading& from) : from_(from) {}

  void read() {
    std::map<std::int64_t, xml_node> tasks;
    for (const auto node : from_.root.child("Tasks").children("Task")) tasks[from_.whole(node, "UID")] = node;
    for (const auto node : from_.root.child("Assignments").children("Assignment")) {
      const auto* task = from_.project.find(Reading::known<Task>(from_.tasks, from_.whole(node, "TaskUID", -1)));
      const auto resource = Reading::known<Resource>(from_.resources, from_.whole(node, "ResourceUID", -1));
      from_.count.whole_project += resource && !task;
      if (!task) continue;
      read_breaks(node, *task);
      if (!resource) continue;  // MS Project writes an assignment to nobody for each task
      const auto contour = from_.whole(node, "WorkContour");
      from_.count.contours += contour > 0 && contour < 8;
      const auto kind = from_.project.find(resource)->kind;
      const auto& assignment = from_.transaction.create<Assignment>([&](Assignment& a) {
        a.task = {task->id};
        a.resource = resource;
        a.units = {from_.thousandths(node, "Units")};
        a.rate_table = static_cast<CostRateTable>(from_.whole(node, "CostRateTable", 0, 4, 0));
        if (kind == ResourceKind::material) a.quantity = Number{std::llround(std::clamp(from_.value(node, "Units", decimal, 1.0), 0.0, 1e9) * number_scale)};
        else if (kind == ResourceKind::cost) a.cost = from_.money(node, "Cost");
        else a.work = from_.some_minutes(node, "Work");
        a.overtime = {std::max<std::int64_t>(0, from_.minutes(node, "OvertimeWork"))};
        a.delay = {std::max<std::int64_t>(0, from_.whole(node, "Delay") / 10)};
        a.actual_work = {from_.minutes(node, "ActualWork")};
        a.remaining_work = from_.some_minutes(node, "RemainingWork");
      });
      from_.read_custom_values(node, register_of<Assignment>(), assignment);
      from_.keep_later(node, assignment_elements, assignment.id, tasks[from_.whole(node, "TaskUID", -1)]);
    }
  }

 private:
  // The breaks of a split task show as stretches without work in its assignment's time-phased data.
  void read_breaks(xml_node node, const Task& task) {
    if (!task.splits.empty() || task.elapsed_duration) return;
    const auto start = from_.moment(node, "Start");
    if (!start || !node.child("TimephasedData")) return;
    struct Stretch { Minute from, to; };
    std::vector<Stretch> idle;
    Minute last_work = *start;
    for (const auto data : node.children("TimephasedData")) {
      if (const auto type = from_.whole(data, "Type"); type != 1 && type != 2) continue;
      const auto from = from_.moment(data, "Start"), to = from_.moment(data, "Finish");
      const auto raw = text(data, "Value");
      if (!from || !to || raw.empty()) continue;
      if (duration(raw).value_or(0) > 0) last_work = std::max(last_work, *from);
      else idle.push_back({*from, *to});
    }
    std::string splits;
    std::int64_t end = -1;
    for (const auto& [from, to] : idle) {
      if (from >= last_work) break;
      const auto a = from_.time_of(task).between(*start, from), b = from_.time_of(task).between(*start, to);
      if (b <= a) continue;
      if (a == end) splits.erase(splits.rfind('/'));  // continues the one before
      else splits += std::format("{}{}", splits.empty() ? "" : ";", a);
      splits += std::format("/{}", b);
      end = b;
    }
    if (!splits.empty()) from_.transaction.set(task, &Task::splits, splits);
  }

  Reading& from_;
};

}  // namespace

void read_assignments(Reading& from) { AssignmentsReader(from).read(); }

}  // namespace pmo::storage::mspdi
