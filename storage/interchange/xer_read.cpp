#include <algorithm>
#include <cmath>
#include <format>
#include <set>

#include "app/model/records/project_settings.h"
#include "app/model/records/resource.h"
#include "app/model/standard_calendar.h"
#include "app/model/transaction.h"
#include "storage/interchange/mspdi_values.h"
#include "storage/interchange/xer.h"
#include "storage/interchange/xer_tables.h"

namespace pmo::storage {
namespace {

using namespace xer;

// A row with the names of its table's fields.
struct Row {
  const Table* table = nullptr;
  std::size_t number = 0;

  std::string_view text(std::string_view field) const {
    const auto at = std::ranges::find(table->fields, field) - table->fields.begin();
    const auto& cells = table->rows[number];
    return static_cast<std::size_t>(at) < cells.size() ? std::string_view(cells[static_cast<std::size_t>(at)]) : std::string_view{};
  }
};

class XerReader {
 public:
  XerReader(Project& project, const Tables& tables)
      : project_(project), tables_(tables), transaction_(project, "transaction.import"_key, {}) {}

  Result<void> read() {
    if (!choose_project()) return fail("error.xer.project"_key);
    read_settings();
    read_calendars();
    read_breakdown();
    read_links();
    read_resources();
    read_assignments();
    if (error_) return std::unexpected(*error_);
    transaction_.take_as_it_is();
    auto commit = transaction_.commit();
    if (!commit) return std::unexpected(commit.error());
    return {};
  }

  std::vector<Error> notes() const {
    std::vector<Error> list;
    const auto add = [&](Key key, std::int64_t count) {
      if (count > 0) list.push_back({key, {std::to_string(count)}});
    };
    add("xer.note.projects"_key, count_.projects);
    add("xer.note.level_of_effort"_key, count_.level_of_effort);
    add("xer.note.second_constraints"_key, count_.second_constraints);
    add("xer.note.calendars"_key, count_.calendars);
    add("mspdi.note.unknown_reference"_key, count_.unknown);
    add("xer.note.codes"_key, size_of("TASKACTV"));
    add("xer.note.custom_fields"_key, size_of("UDFVALUE"));
    add("xer.note.expenses"_key, size_of("PROJCOST"));
    add("xer.note.notebooks"_key, size_of("TASKMEMO"));
    return list;
  }

 private:
  // --- rows and values

  std::vector<Row> rows(std::string_view table) const {
    std::vector<Row> list;
    const auto at = tables_.find(table);
    if (at == tables_.end()) return list;
    for (std::size_t i = 0; i < at->second.rows.size(); ++i) list.push_back({&at->second, i});
    return list;
  }
  std::vector<Row> of_project(std::string_view table) const {
    auto list = rows(table);
    std::erase_if(list, [&](const Row& row) { return row.text("proj_id") != project_id_; });
    return list;
  }
  std::int64_t size_of(std::string_view table) const {
    const auto at = tables_.find(table);
    return at == tables_.end() ? 0 : std::ssize(at->second.rows);
  }

  void wrong(const Row& row, std::string_view field) {
    if (error_) return;
    const auto table = std::ranges::find_if(tables_, [&](const auto& entry) { return &entry.second == row.table; });
    error_ = Error{"error.mspdi.value"_key, {std::string(row.text(field).substr(0, 60))},
                   std::format("{} {}: {}", table->first, row.number + 1, field)};
  }
  double decimal(const Row& row, std::string_view field, double otherwise = 0) {
    const auto raw = row.text(field);
    if (raw.empty()) return otherwise;
    const auto value = mspdi::decimal(raw);
    if (!value || std::abs(*value) > 1e9) wrong(row, field);
    return value && std::abs(*value) <= 1e9 ? *value : otherwise;
  }
  std::int64_t minutes(const Row& row, std::string_view field) { return std::llround(decimal(row, field) * 60); }
  WorkMinutes work(const Row& row, std::string_view field) { return {std::max<std::int64_t>(0, minutes(row, field))}; }
  std::int32_t share(const Row& row, std::string_view field, double otherwise, double scale) {
    return static_cast<std::int32_t>(std::lround(std::clamp(decimal(row, field, otherwise) * scale, 0.0, 1e6)));
  }
  std::optional<Minute> moment(const Row& row, std::string_view field) {
    std::string raw(row.text(field));
    if (raw.empty()) return {};
    std::ranges::replace(raw, ' ', 'T');
    const auto parsed = Minute::parse(raw);
    if (!parsed) wrong(row, field);
    return parsed;
  }
  template <class R>
  static Ref<R> known(const std::map<std::string, Id, std::less<>>& ids, std::string_view id) {
    const auto found = ids.find(id);
    return found == ids.end() ? Ref<R>{} : Ref<R>{found->second};
  }

  // --- project

  // The one that was exported; others are there because relationships lead to them.
  bool choose_project() {
    const auto all = rows("PROJECT");
    if (all.empty()) return false;
    const auto chosen = std::ranges::find_if(all, [](const Row& row) { return row.text("export_flag") == "Y"; });
    row_ = chosen == all.end() ? all.front() : *chosen;
    project_id_ = std::string(row_.text("proj_id"));
    count_.projects = std::ssize(all) - 1;
    return true;
  }

  void read_settings() {
    transaction_.create<ProjectSettings>([&](ProjectSettings& settings) {
      for (const Row& wbs : of_project("PROJWBS"))
        if (wbs.text("proj_node_flag") == "Y") settings.name = std::string(wbs.text("wbs_name"));
      settings.code = std::string(row_.text("proj_short_name"));
      if (settings.name.empty()) settings.name = settings.code.empty() ? "Project" : settings.code;
      settings.start = moment(row_, "plan_start_date").value_or(Minute{});
      if (const auto date = moment(row_, "last_recalc_date")) settings.status_date = date->day();
      for (const Row& row : rows("CURRTYPE"))
        if (const auto code = row.text("curr_short_name"); code.size() == 3) settings.currency = std::string(code);
      for (const Row& row : of_project("SCHEDOPTIONS"))
        if (row.text("sched_retained_logic") == "N") settings.progress_logic = ProgressLogic::override_logic;
      for (const Row& row : rows("CALENDAR")) {
        if (row.text("clndr_id") != row_.text("clndr_id")) continue;
        settings.minutes_per_day = {std::clamp<std::int64_t>(minutes(row, "day_hr_cnt"), 1, 1440)};
        settings.minutes_per_week = {std::clamp<std::int64_t>(minutes(row, "week_hr_cnt"), 1, 10080)};
      }
      if (!row_.text("critical_drtn_hr_cnt").empty()) settings.critical_threshold = {minutes(row_, "critical_drtn_hr_cnt")};
    });
  }
  const ProjectSettings& settings() const { return project_.all<ProjectSettings>().at(0); }

  // --- calendars

  static std::optional<Shifts> shifts(const Node& day) {
    std::string list;
    for (const Node& shift : day.parts) {
      const auto from = shift.attributes.find("s"), to = shift.attributes.find("f");
      if (from == shift.attributes.end() || to == shift.attributes.end()) continue;
      const auto a = mspdi::time_of_day(from->second.size() == 4 ? "0" + from->second : from->second);
      auto b = mspdi::time_of_day(to->second.size() == 4 ? "0" + to->second : to->second);
      if (!a || !b) return {};
      if (*b <= *a) b = 1440;
      list += std::format("{}{:02}:{:02}-{:02}:{:02}", list.empty() ? "" : ",", *a / 60, *a % 60, *b / 60, *b % 60);
    }
    return Shifts::parse(list);
  }

  void read_calendars() {
    for (const Row& row : rows("CALENDAR")) {
      const auto data = read_nested(row.text("clndr_data"));
      const auto& calendar = transaction_.create<Calendar>([&](Calendar& c) {
        c.name = std::string(row.text("clndr_name"));
        if (c.name.empty()) c.name = std::format("Calendar {}", row.text("clndr_id"));
        if (!data || !read_week(*data, c)) usual_week(row, c);
      });
      calendars_[std::string(row.text("clndr_id"))] = calendar.id;
      if (const Node* exceptions = data ? data->find("Exceptions") : nullptr) read_exceptions(*exceptions, calendar.id);
    }
    for (const Row& row : rows("CALENDAR")) {
      const auto own = known<Calendar>(calendars_, row.text("clndr_id")), base = known<Calendar>(calendars_, row.text("base_clndr_id"));
      if (own && base && own.id != base.id) transaction_.set(*project_.find(own), &Calendar::base, base);
    }
    transaction_.set(settings(), &ProjectSettings::calendar, known<Calendar>(calendars_, row_.text("clndr_id")));
  }

  // Days are numbered from Sunday = 1.
  static bool read_week(const Node& data, Calendar& c) {
    const Node* days = data.find("DaysOfWeek");
    if (!days) return false;
    std::optional<Shifts>* const week[] = {&c.sunday, &c.monday, &c.tuesday, &c.wednesday, &c.thursday, &c.friday, &c.saturday};
    for (const Node& day : days->parts) {
      const auto number = mspdi::integer(day.name);
      const auto found = shifts(day);
      if (!number || *number < 1 || *number > 7 || !found) return false;
      *week[*number - 1] = *found;
    }
    for (auto* day : week)
      if (!*day) *day = Shifts{};
    return true;
  }
  void usual_week(const Row& row, Calendar& c) {
    ++count_.calendars;
    const auto day = std::clamp<std::int64_t>(minutes(row, "day_hr_cnt"), 60, 1440);
    const auto shift = day == 1440 ? *Shifts::parse("00:00-24:00") : office_hours();
    c.monday = c.tuesday = c.wednesday = c.thursday = c.friday = shift;
    c.saturday = c.sunday = day == 1440 ? shift : Shifts{};
  }

  // Days are counted as in a spreadsheet: 1 = 1900-01-01, with the leap day that 1900 did not have.
  void read_exceptions(const Node& exceptions, Id calendar) {
    constexpr Day day_0 = Day::of(1899, 12, 30);
    for (const Node& node : exceptions.parts) {
      const auto at = node.attributes.find("d");
      const auto number = at == node.attributes.end() ? std::nullopt : mspdi::integer(at->second);
      const auto found = shifts(node);
      if (!number || *number < 61 || *number > 100'000 || !found) {
        ++count_.calendars;
        continue;
      }
      transaction_.create<CalendarException>([&](CalendarException& e) {
        e.calendar = {calendar};
        e.first = e.last = day_0 + static_cast<std::int32_t>(*number);
        e.shifts = *found;
      });
    }
  }

  // --- work breakdown: the nodes that have activities below them, and the activities

  struct Branch {
    Row row;
    std::vector<std::size_t> branches;
    std::vector<Row> activities;
    bool used = false;
  };

  void read_breakdown() {
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
    // What hangs in a circle of nodes is not lost.
    for (auto& branch : branches)
      if (!branch.used) loose.insert(loose.end(), branch.activities.begin(), branch.activities.end());
    for (const Row& row : loose) read_activity(row, {});
  }

  static bool has_activities(const std::vector<Branch>& branches, std::size_t at, int depth) {
    if (!branches[at].activities.empty()) return true;
    return depth < deepest && std::ranges::any_of(branches[at].branches, [&](std::size_t part) { return has_activities(branches, part, depth + 1); });
  }

  void read_branch(std::vector<Branch>& branches, std::size_t at, Ref<Task> parent, const std::string& path, int depth) {
    Branch& branch = branches[at];
    if (branch.used || depth > deepest) return;
    branch.used = true;
    const bool root = branch.row.text("proj_node_flag") == "Y";
    if (!root && !has_activities(branches, at, 0)) return;
    const std::string code = path + (path.empty() ? "" : ".") + std::string(branch.row.text("wbs_short_name"));
    if (!root) {
      parent = {transaction_.create<Task>([&](Task& t) {
        t.name = std::string(branch.row.text("wbs_name"));
        if (t.name.empty()) t.name = code;
        t.wbs = code;
        place(t, parent);
      }).id};
    }
    std::ranges::stable_sort(branch.activities, {}, [](const Row& row) { return row.text("task_code"); });
    for (const Row& row : branch.activities) read_activity(row, parent);
    std::ranges::stable_sort(branch.branches, {}, [&](std::size_t part) { return mspdi::decimal(branches[part].row.text("seq_num")).value_or(0); });
    for (const auto part : branch.branches) read_branch(branches, part, parent, code, depth + 1);
  }

  void place(Task& t, Ref<Task> parent) {
    t.parent = parent;
    t.order = std::format("{:06}V", ++line_);
  }

  void read_activity(const Row& row, Ref<Task> parent) {
    const auto& task = transaction_.create<Task>([&](Task& t) {
      place(t, parent);
      t.name = std::string(row.text("task_name"));
      t.wbs = std::string(row.text("task_code"));
      if (t.name.empty()) t.name = t.wbs.empty() ? "?" : t.wbs;
      t.source_uid = mspdi::integer(row.text("task_id")).value_or(0);
      const auto type = row.text("task_type");
      t.milestone = type == "TT_Mile" || type == "TT_FinMile";
      count_.level_of_effort += type == "TT_LOE" || type == "TT_WBS";
      t.duration = t.milestone ? WorkMinutes{} : work(row, "target_drtn_hr_cnt");
      const auto fixed = row.text("duration_type");
      t.type = fixed == "DT_FixedQty" ? TaskType::fixed_work : fixed == "DT_FixedRate" ? TaskType::fixed_units : TaskType::fixed_duration;
      t.calendar = known<Calendar>(calendars_, row.text("clndr_id"));
      if (t.calendar == settings().calendar) t.calendar = {};
      t.ignore_resource_calendars = type != "TT_Rsrc";
      read_constraints(row, t);
      read_progress(row, t);
    });
    if (!tasks_.emplace(row.text("task_id"), task.id).second) wrong(row, "task_id");
  }

  static std::optional<ConstraintType> constraint(std::string_view text) {
    static const std::map<std::string_view, ConstraintType> types{
        {"CS_MSO", ConstraintType::must_start_on},           {"CS_MANDSTART", ConstraintType::must_start_on},
        {"CS_MEO", ConstraintType::must_finish_on},          {"CS_MANDFIN", ConstraintType::must_finish_on},
        {"CS_MSOA", ConstraintType::start_no_earlier_than},  {"CS_MSOB", ConstraintType::start_no_later_than},
        {"CS_MEOA", ConstraintType::finish_no_earlier_than}, {"CS_MEOB", ConstraintType::finish_no_later_than},
        {"CS_ALAP", ConstraintType::as_late_as_possible}};
    const auto found = types.find(text);
    return found == types.end() ? std::nullopt : std::optional(found->second);
  }

  void read_constraints(const Row& row, Task& t) {
    if (const auto type = constraint(row.text("cstr_type"))) {
      t.constraint = *type;
      t.constraint_date = moment(row, "cstr_date");
    } else if (!row.text("cstr_type").empty()) wrong(row, "cstr_type");
    const auto second = row.text("cstr_type2");
    if (second == "CS_MEOB") t.deadline = moment(row, "cstr_date2");
    else if (!second.empty()) ++count_.second_constraints;
  }

  void read_progress(const Row& row, Task& t) {
    t.physical_percent = {share(row, "phys_complete_pct", 0, 10)};
    if (row.text("complete_pct_type") == "CP_Phys") t.earned_value_method = EarnedValueMethod::physical_percent;
    const auto status = row.text("status_code");
    if (status == "TK_NotStart") return;
    const auto remaining = work(row, "remain_drtn_hr_cnt");
    t.actual_start = moment(row, "act_start_date");
    if (status == "TK_Complete") {
      t.actual_finish = moment(row, "act_end_date");
      t.percent_complete = t.physical_percent = {1000};
      return;
    }
    if (!t.actual_start) return;
    t.remaining_duration = remaining;
    const auto done = std::max<std::int64_t>(0, t.duration.value - remaining.value);
    t.actual_duration = WorkMinutes{done};
    if (t.duration.value > 0) t.percent_complete = {static_cast<std::int32_t>(done * 1000 / t.duration.value)};
    t.resume = moment(row, "resume_date");
  }

  void read_links() {
    static const std::map<std::string_view, LinkType> types{{"PR_FS", LinkType::finish_to_start}, {"PR_SS", LinkType::start_to_start},
                                                            {"PR_FF", LinkType::finish_to_finish}, {"PR_SF", LinkType::start_to_finish}};
    for (const Row& row : of_project("TASKPRED")) {
      const auto from = known<Task>(tasks_, row.text("pred_task_id")), to = known<Task>(tasks_, row.text("task_id"));
      if (!from || !to || from.id == to.id) {
        ++count_.unknown;
        continue;
      }
      const auto type = types.find(row.text("pred_type"));
      if (type == types.end()) {
        wrong(row, "pred_type");
        return;
      }
      transaction_.create<Link>([&](Link& l) {
        l.predecessor = from;
        l.successor = to;
        l.type = type->second;
        l.lag = minutes(row, "lag_hr_cnt");
      });
    }
  }

  // --- resources

  void read_resources() {
    for (const Row& row : rows("RSRC")) {
      const auto& resource = transaction_.create<Resource>([&](Resource& r) {
        r.name = std::string(row.text("rsrc_name"));
        if (r.name.empty()) r.name = std::string(row.text("rsrc_short_name"));
        if (r.name.empty()) r.name = "?";
        const auto type = row.text("rsrc_type");
        r.kind = type == "RT_Mat" ? ResourceKind::material : type == "RT_Equip" ? ResourceKind::equipment : ResourceKind::person;
        r.role = std::string(row.text("rsrc_title_name"));
        r.calendar = known<Calendar>(calendars_, row.text("clndr_id"));
        if (r.calendar == settings().calendar) r.calendar = {};
      });
      resources_[std::string(row.text("rsrc_id"))] = resource.id;
    }
    // The rate that applies last stands.
    for (const Row& row : rows("RSRCRATE")) {
      const auto* resource = project_.find(known<Resource>(resources_, row.text("rsrc_id")));
      if (!resource) continue;
      transaction_.set(*resource, &Resource::standard_rate, Money{std::max<std::int64_t>(0, std::llround(decimal(row, "cost_per_qty") * 100))});
      if (resource->kind != ResourceKind::material) transaction_.set(*resource, &Resource::maximum_units, Permille{share(row, "max_qty_per_hr", 1, 1000)});
    }
  }

  void read_assignments() {
    for (const Row& row : of_project("TASKRSRC")) {
      const auto task = known<Task>(tasks_, row.text("task_id"));
      const auto* resource = project_.find(known<Resource>(resources_, row.text("rsrc_id")));
      if (!task || !resource) {
        ++count_.unknown;
        continue;
      }
      transaction_.create<Assignment>([&](Assignment& a) {
        a.task = task;
        a.resource = {resource->id};
        a.units = {share(row, "target_qty_per_hr", 1, 1000)};
        a.delay = work(row, "target_lag_drtn_hr_cnt");
        if (resource->kind == ResourceKind::material) {
          a.quantity = Number{std::llround(std::max(0.0, decimal(row, "target_qty")) * static_cast<double>(number_scale))};
          return;
        }
        a.work = work(row, "target_qty");
        a.actual_work = {std::max<std::int64_t>(0, minutes(row, "act_reg_qty") + minutes(row, "act_ot_qty"))};
        a.remaining_work = work(row, "remain_qty");
      });
    }
  }

  struct Count {
    std::int64_t projects = 0, level_of_effort = 0, second_constraints = 0, calendars = 0, unknown = 0;
  };
  static constexpr int deepest = 100;

  Project& project_;
  const Tables& tables_;
  Transaction transaction_;
  Row row_;
  std::string project_id_;
  std::optional<Error> error_;
  Count count_;
  int line_ = 0;
  std::map<std::string, Id, std::less<>> calendars_, tasks_, resources_;
};

}  // namespace

Result<XerRead> read_xer(std::string_view bytes, const Schema& schema, Id actor, Surroundings& surroundings) {
  const auto tables = PMO_TRY(read_tables(bytes));
  XerRead result{std::make_unique<Project>(schema, actor, surroundings), {}};
  XerReader reader(*result.project, tables);
  PMO_TRY_VOID(reader.read());
  result.notes = reader.notes();
  return result;
}

}  // namespace pmo::storage
