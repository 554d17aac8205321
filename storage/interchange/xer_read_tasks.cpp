// The work breakdown and the activities with their links.
#include <algorithm>
#include <format>

#include "app/model/sort_stably.h"
#include "storage/interchange/mspdi_values.h"
#include "storage/interchange/xer_reading.h"

namespace pmo::storage::xer {
namespace {

std::int64_t priority_of(std::string_view type) {
  constexpr std::pair<std::string_view, std::int64_t> priorities[] = {{"PT_Top", 900}, {"PT_High", 700}, {"PT_Low", 300}, {"PT_Lowest", 100}};
  const auto* found = std::ranges::find(priorities, type, [](const auto& entry) { return entry.first; });
  return found == std::end(priorities) ? Task{}.priority : found->second;
}

}  // namespace

void Reading::read_breakdown() {
  std::vector<Branch> branches;
  std::map<std::string, std::size_t, std::less<>> by_id;
  for (const Row& row : of_project("PROJWBS")) {
    by_id[std::string(row.text("wbs_id"))] = branches.size();
    branches.push_back({row, {}, {}, false});
  }
  std::vector<std::size_t> roots;
  for (std::size_t i = 0; i < branches.size(); ++i) {
    const auto parent = by_id.find(branches[i].row.text("parent_wbs_id"));
    if (parent == by_id.end() || parent->second == i || branches[i].row.text("proj_node_flag") == "Y") roots.push_back(i);
    else branches[parent->second].branches.push_back(i);
  }
  std::vector<Row> loose;
  for (const Row& row : of_project("TASK")) {
    const auto wbs = by_id.find(row.text("wbs_id"));
    (wbs == by_id.end() ? loose : branches[wbs->second].activities).push_back(row);
  }
  for (const auto root : roots) read_branch(branches, root, {}, "", 0);
  count.empty_nodes = std::ranges::count_if(branches, [&](const Branch& branch) { return !branch.used && branch.activities.empty(); });
  // What hangs in a circle of nodes is not lost.
  for (auto& branch : branches)
    if (!branch.used) loose.insert(loose.end(), branch.activities.begin(), branch.activities.end());
  for (const Row& row : loose) read_activity(row, {});
}

bool Reading::has_activities(const std::vector<Branch>& branches, std::size_t at, int depth) {
  if (!branches[at].activities.empty()) return true;
  return depth < deepest && std::ranges::any_of(branches[at].branches, [&](std::size_t part) { return has_activities(branches, part, depth + 1); });
}

void Reading::read_branch(std::vector<Branch>& branches, std::size_t at, Ref<Task> parent, const std::string& path, int depth) {
  Branch& branch = branches[at];
  if (branch.used || depth > deepest) return;
  const bool root = branch.row.text("proj_node_flag") == "Y";
  if (!root && !has_activities(branches, at, 0)) return;
  branch.used = true;
  const std::string code = path + (path.empty() ? "" : ".") + std::string(branch.row.text("wbs_short_name"));
  if (!root) {
    parent = {transaction.create<Task>([&](Task& t) {
      t.name = std::string(branch.row.text("wbs_name"));
      if (t.name.empty()) t.name = code;
      t.wbs = code;
      t.notes = note_of(wbs_notes, branch.row.text("wbs_id"));
      place(t, parent);
    }).id};
    nodes[std::string(branch.row.text("wbs_id"))] = parent.id;
  }
  sort_stably(branch.activities, {}, [](const Row& row) { return row.text("task_code"); });
  for (const Row& row : branch.activities) read_activity(row, parent);
  sort_stably(branch.branches, {}, [&](std::size_t part) { return mspdi::decimal(branches[part].row.text("seq_num")).value_or(0); });
  for (const auto part : branch.branches) read_branch(branches, part, parent, code, depth + 1);
}

std::string Reading::note_of(const std::map<std::string, std::string>& notes, std::string_view id) {
  const auto found = notes.find(std::string(id));
  if (found == notes.end()) return {};
  ++count.notebooks;
  return found->second;
}

void Reading::place(Task& t, Ref<Task> parent) {
  t.parent = parent;
  t.order = std::format("{:06}V", ++line);
}

void Reading::read_activity(const Row& row, Ref<Task> parent) {
  const auto& task = transaction.create<Task>([&](Task& t) {
    place(t, parent);
    t.name = std::string(row.text("task_name"));
    t.wbs = std::string(row.text("task_code"));
    if (t.name.empty()) t.name = t.wbs.empty() ? "?" : t.wbs;
    t.source_uid = mspdi::integer(row.text("task_id")).value_or(0);
    const auto type = row.text("task_type");
    t.milestone = type == "TT_Mile" || type == "TT_FinMile";
    t.duration = t.milestone ? WorkMinutes{} : work(row, "target_drtn_hr_cnt");
    const auto fixed = row.text("duration_type");
    t.type = fixed == "DT_FixedQty" ? TaskType::fixed_work : fixed == "DT_FixedRate" ? TaskType::fixed_units : TaskType::fixed_duration;
    t.work = {work(row, "target_work_qty").value + work(row, "target_equip_qty").value};
    t.priority = priority_of(row.text("priority_type"));
    t.calendar = known<Calendar>(calendars, row.text("clndr_id"));
    if (t.calendar == settings().calendar) t.calendar = {};
    t.ignore_resource_calendars = type != "TT_Rsrc";
    t.notes = note_of(task_notes, row.text("task_id"));
    read_constraints(row, t);
    read_progress(row, t);
    if (type == "TT_LOE" || type == "TT_WBS") read_effort(row, t);
  });
  if (!tasks.emplace(row.text("task_id"), task.id).second) wrong(row, "task_id");
}

// What spans other activities keeps the dates that P6 computed for it.
void Reading::read_effort(const Row& row, Task& t) {
  ++count.level_of_effort;
  efforts.insert(std::string(row.text("task_id")));
  t.earned_value_method = EarnedValueMethod::level_of_effort;
  const auto date = [&](std::initializer_list<const char*> fields) {
    std::optional<Minute> found;
    for (const auto* field : fields)
      if (!found) found = moment(row, field);
    return found;
  };
  t.manual_start = date({"act_start_date", "early_start_date", "target_start_date"});
  t.manual_finish = date({"act_end_date", "early_end_date", "target_end_date"});
  t.manual = t.manual_start && t.manual_finish && *t.manual_start <= *t.manual_finish;
  if (!t.manual) t.manual_start = t.manual_finish = {};
}

void Reading::read_links() {
  static const std::map<std::string_view, LinkType> types{{"PR_FS", LinkType::finish_to_start}, {"PR_SS", LinkType::start_to_start},
                                                          {"PR_FF", LinkType::finish_to_finish}, {"PR_SF", LinkType::start_to_finish}};
  for (const Row& row : of_project("TASKPRED")) {
    const auto from = known<Task>(tasks, row.text("pred_task_id")), to = known<Task>(tasks, row.text("task_id"));
    if (!from || !to || from.id == to.id) {
      ++count.unknown;
      continue;
    }
    // What spans others does not drive them.
    if (efforts.contains(std::string(row.text("pred_task_id")))) {
      ++count.efforts_links;
      continue;
    }
    const auto type = types.find(row.text("pred_type"));
    if (type == types.end()) {
      wrong(row, "pred_type");
      return;
    }
    transaction.create<Link>([&](Link& l) {
      l.predecessor = from;
      l.successor = to;
      l.type = type->second;
      l.lag = minutes(row, "lag_hr_cnt");
      l.lag_unit = lag_unit;
    });
  }
}

}  // namespace pmo::storage::xer
