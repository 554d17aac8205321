#include <algorithm>
#include <cmath>
#include <format>
#include <set>

#include "app/engine/plan_calendars.h"
#include "app/engine/plan_of_project.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/resource_use.h"
#include "app/model/sort_stably.h"
#include "app/model/standard_calendar.h"
#include "app/model/transaction.h"
#include "storage/interchange/encoding.h"
#include "storage/interchange/mspdi_values.h"
#include "storage/interchange/xer.h"
#include "storage/interchange/xer_custom.h"
#include "storage/interchange/xer_tables.h"

namespace pmo::storage {
namespace {

using namespace xer;

class XerReader {
 public:
  XerReader(Project& project, const Tables& tables)
      : project_(project), tables_(tables), transaction_(project, "transaction.import"_key, {}),
        task_notes_(notebooks(tables, "TASKMEMO", "task_id")), wbs_notes_(notebooks(tables, "WBSMEMO", "wbs_id")) {}

  Result<void> read() {
    if (!choose_project()) return fail("error.xer.project"_key);
    read_settings();
    read_calendars();
    read_breakdown();
    read_actual_durations();
    read_links();
    read_resources();
    read_assignments();
    read_expenses();
    read_added_fields();
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
    if (!other_projects_.empty()) list.push_back({"xer.note.projects"_key, {name_of_project(row_), other_projects_}});
    add("xer.note.level_of_effort"_key, count_.level_of_effort);
    add("xer.note.efforts_links"_key, count_.efforts_links);
    add("xer.note.constraints"_key, count_.constraints);
    add("xer.note.empty_nodes"_key, count_.empty_nodes);
    add("xer.note.calendars"_key, count_.calendars);
    add("mspdi.note.unknown_reference"_key, count_.unknown);
    add("xer.note.roles"_key, count_.roles);
    add("xer.note.custom_fields"_key, count_.custom_fields);
    add("xer.note.expenses"_key, count_.expenses);
    add("xer.note.notebooks"_key, count_.notebooks);
    if (const auto others = other_tables(); !others.empty()) list.push_back({"xer.note.tables"_key, {others}});
    return list;
  }

 private:
  // --- rows and values

  std::vector<Row> rows(std::string_view table) const { return rows_of(tables_, table); }
  std::vector<Row> of_project(std::string_view table) const {
    auto list = rows(table);
    std::erase_if(list, [&](const Row& row) { return row.text("proj_id") != project_id_; });
    return list;
  }
  // What has rows and is not read: "OBS (3), FINTMPL (1)".
  std::string other_tables() const {
    static const std::set<std::string_view> read{"PROJECT", "CALENDAR", "PROJWBS", "TASK", "TASKPRED", "RSRC", "RSRCRATE", "ROLES", "ROLERATE", "TASKRSRC",
        "CURRTYPE", "SCHEDOPTIONS", "UDFTYPE", "UDFVALUE", "ACTVTYPE", "ACTVCODE", "TASKACTV", "RCATTYPE", "RCATVAL", "RSRCRCAT", "MEMOTYPE", "TASKMEMO",
        "WBSMEMO", "PROJCOST", "COSTTYPE", "RSRCCURVDATA"};
    std::string list;
    for (const auto& [name, table] : tables_)
      if (!read.contains(name) && !table.rows.empty()) list += (list.empty() ? "" : ", ") + std::format("{} ({})", name, table.rows.size());
    return list;
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
    for (const Row& row : all)
      if (row.text("proj_id") != project_id_) other_projects_ += (other_projects_.empty() ? "" : ", ") + name_of_project(row);
    return true;
  }
  static std::string name_of_project(const Row& row) {
    const auto name = row.text("proj_short_name");
    return std::string(name.empty() ? row.text("proj_id") : name);
  }

  void read_settings() {
    transaction_.create<ProjectSettings>([&](ProjectSettings& settings) {
      for (const Row& wbs : of_project("PROJWBS"))
        if (wbs.text("proj_node_flag") == "Y") settings.name = std::string(wbs.text("wbs_name"));
      settings.code = std::string(row_.text("proj_short_name"));
      if (settings.name.empty()) settings.name = settings.code.empty() ? "Project" : settings.code;
      settings.start = moment(row_, "plan_start_date").value_or(Minute{});
      // The data date is a moment up to which everything is done; what is left happens after it.
      if (const auto date = moment(row_, "last_recalc_date"); date && *date > settings.start) {
        const bool morning = date->minute_of_day() <= 12 * 60;
        settings.status_date = Day{date->day().value - (morning ? 1 : 0)};
        settings.reschedule_unfinished = true;
      }
      for (const Row& row : rows("CURRTYPE"))
        if (const auto code = row.text("curr_short_name"); code.size() == 3) settings.currency = std::string(code);
      for (const Row& row : of_project("SCHEDOPTIONS")) {
        if (row.text("sched_retained_logic") == "N") settings.progress_logic = ProgressLogic::override_logic;
        lag_unit_ = row.text("sched_calendar_on_relationship_lag") == "rcal_24Hour" ? LagUnit::elapsed : LagUnit::working;
      }
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
    count_.empty_nodes = std::ranges::count_if(branches, [&](const Branch& branch) { return !branch.used && branch.activities.empty(); });
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
    const bool root = branch.row.text("proj_node_flag") == "Y";
    if (!root && !has_activities(branches, at, 0)) return;
    branch.used = true;
    const std::string code = path + (path.empty() ? "" : ".") + std::string(branch.row.text("wbs_short_name"));
    if (!root) {
      parent = {transaction_.create<Task>([&](Task& t) {
        t.name = std::string(branch.row.text("wbs_name"));
        if (t.name.empty()) t.name = code;
        t.wbs = code;
        t.notes = note_of(wbs_notes_, branch.row.text("wbs_id"));
        place(t, parent);
      }).id};
      branches_[std::string(branch.row.text("wbs_id"))] = parent.id;
    }
    sort_stably(branch.activities, {}, [](const Row& row) { return row.text("task_code"); });
    for (const Row& row : branch.activities) read_activity(row, parent);
    sort_stably(branch.branches, {}, [&](std::size_t part) { return mspdi::decimal(branches[part].row.text("seq_num")).value_or(0); });
    for (const auto part : branch.branches) read_branch(branches, part, parent, code, depth + 1);
  }

  std::string note_of(const std::map<std::string, std::string>& notes, std::string_view id) {
    const auto found = notes.find(std::string(id));
    if (found == notes.end()) return {};
    ++count_.notebooks;
    return found->second;
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
      t.duration = t.milestone ? WorkMinutes{} : work(row, "target_drtn_hr_cnt");
      const auto fixed = row.text("duration_type");
      t.type = fixed == "DT_FixedQty" ? TaskType::fixed_work : fixed == "DT_FixedRate" ? TaskType::fixed_units : TaskType::fixed_duration;
      t.calendar = known<Calendar>(calendars_, row.text("clndr_id"));
      if (t.calendar == settings().calendar) t.calendar = {};
      t.ignore_resource_calendars = type != "TT_Rsrc";
      t.notes = note_of(task_notes_, row.text("task_id"));
      read_constraints(row, t);
      read_progress(row, t);
      if (type == "TT_LOE" || type == "TT_WBS") read_effort(row, t);
    });
    if (!tasks_.emplace(row.text("task_id"), task.id).second) wrong(row, "task_id");
  }

  // What spans other activities keeps the dates that P6 computed for it.
  void read_effort(const Row& row, Task& t) {
    ++count_.level_of_effort;
    efforts_.insert(std::string(row.text("task_id")));
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

  // A task of ours has one constraint and a deadline; "finish on or before" beside another one is the deadline. What has
  // no place stands in a custom field.
  void read_constraints(const Row& row, Task& t) {
    struct Given {
      std::optional<ConstraintType> type;
      std::optional<Minute> date;
      std::string_view name;
    };
    const auto given = [&](const char* type, const char* date) {
      const auto name = row.text(type);
      Given one{constraint(name), moment(row, date), name};
      if (!name.empty() && !one.type) wrong(row, type);
      return one;
    };
    Given first = given("cstr_type", "cstr_date"), second = given("cstr_type2", "cstr_date2");
    if (second.type && first.name == "CS_MEOB") std::swap(first, second);
    if (first.type) {
      t.constraint = *first.type;
      t.constraint_date = first.date;
    }
    if (second.name == "CS_MEOB" && second.date) t.deadline = second.date;
    else if (second.type) note_date(row, "xer.field.second_constraint"_key, std::string(word(constraint_key(*second.type), Language::english)) + " ", second.date);
    if (const auto expected = moment(row, "expect_end_date")) note_date(row, "xer.field.expected_finish"_key, "", expected);
  }
  static Key constraint_key(ConstraintType type) {
    const FieldInfo& field = field_of<Task>(&Task::constraint);
    return field.choice_key(enum_name(type));
  }
  void note_date(const Row& row, Key name, const std::string& before, std::optional<Minute> date) {
    ++count_.constraints;
    std::string text = before;
    if (date) text += date->day().text();
    dates_of_[name].values[std::string(row.text("task_id"))] = text;
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
    if (t.duration.value > 0) t.percent_complete = {static_cast<std::int32_t>(done * 1000 / t.duration.value)};
    t.resume = moment(row, "resume_date");
  }

  // In P6 the actual duration runs from the actual start to the data date, whatever was achieved.
  void read_actual_durations() {
    const auto data_date = moment(row_, "last_recalc_date");
    if (!data_date) return;
    const engine::Plan plan = engine::plan_of(project_);
    engine::PlanCalendars calendars(plan);
    for (const auto& planned : plan.tasks) {
      const Task& task = *project_.find(Ref<Task>{planned.id});
      if (!task.actual_start || task.actual_finish) continue;
      const auto done = *task.actual_start < *data_date ? calendars.of(planned.calendar)->between(*task.actual_start, *data_date) : 0;
      transaction_.set(task, &Task::actual_duration, std::optional(WorkMinutes{std::max<std::int64_t>(0, done)}));
    }
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
      // What spans others does not drive them.
      if (efforts_.contains(std::string(row.text("pred_task_id")))) {
        ++count_.efforts_links;
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
        l.lag_unit = lag_unit_;
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
    read_roles();
    read_rates("RSRCRATE", "rsrc_id", resources_);
    read_rates("ROLERATE", "role_id", roles_);
  }

  // Roles to which work is assigned without a person.
  void read_roles() {
    std::set<std::string, std::less<>> wanted;
    for (const Row& row : of_project("TASKRSRC"))
      if (row.text("rsrc_id").empty()) wanted.emplace(row.text("role_id"));
    for (const Row& row : rows("ROLES")) {
      if (!wanted.contains(row.text("role_id"))) continue;
      ++count_.roles;
      roles_[std::string(row.text("role_id"))] = transaction_.create<Resource>([&](Resource& r) {
        r.name = std::string(row.text("role_name"));
        if (r.name.empty()) r.name = std::string(row.text("role_short_name"));
        if (r.name.empty()) r.name = "?";
        r.role = r.name;
      }).id;
    }
  }

  // The rate that applies first stands; where it changes, all of them are kept, and units that change as periods.
  void read_rates(std::string_view table, std::string_view id, const std::map<std::string, Id, std::less<>>& resources) {
    std::map<std::string, std::vector<Row>, std::less<>> by_resource;
    for (const Row& row : rows(table)) by_resource[std::string(row.text(id))].push_back(row);
    for (auto& [key, list] : by_resource) {
      const auto* resource = project_.find(known<Resource>(resources, key));
      if (!resource) continue;
      sort_stably(list, {}, [](const Row& row) { return row.text("start_date"); });
      const auto rate = [&](const Row& row) { return Money{std::max<std::int64_t>(0, std::llround(decimal(row, "cost_per_qty") * 100))}; };
      transaction_.set(*resource, &Resource::standard_rate, rate(list.front()));
      const auto units = [&](const Row& row) { return Permille{share(row, "max_qty_per_hr", 1, 1000)}; };
      if (resource->kind != ResourceKind::material) transaction_.set(*resource, &Resource::maximum_units, units(list.back()));
      if (list.size() < 2) continue;
      if (resource->kind != ResourceKind::material && std::ranges::any_of(list, [&](const Row& row) { return units(row) != units(list.back()); }))
        read_units(*resource, list, units);
      for (const Row& row : list)
        if (const auto from = moment(row, "start_date"))
          transaction_.create<ResourceRate>([&](ResourceRate& r) {
            r.resource = {resource->id};
            r.valid_from = from->day();
            r.standard_rate = rate(row);
          });
    }
  }

  template <class Units>
  void read_units(const Resource& resource, const std::vector<Row>& list, const Units& units) {
    const auto day = [&](const Row& row) {
      const auto from = moment(row, "start_date");
      return from ? std::optional(from->day()) : std::nullopt;
    };
    for (std::size_t i = 0; i < list.size(); ++i) {
      const auto next = i + 1 < list.size() ? day(list[i + 1]) : std::nullopt;
      transaction_.create<AvailabilityPeriod>([&](AvailabilityPeriod& p) {
        p.resource = {resource.id};
        if (i > 0) p.first = day(list[i]);
        if (next) p.last = *next - 1;
        p.units = units(list[i]);
      });
    }
  }

  void read_assignments() {
    for (const Row& row : of_project("TASKRSRC")) {
      const auto task = known<Task>(tasks_, row.text("task_id"));
      const bool role = row.text("rsrc_id").empty();
      const auto* resource = project_.find(role ? known<Resource>(roles_, row.text("role_id")) : known<Resource>(resources_, row.text("rsrc_id")));
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

  void read_expenses() {
    std::map<Id, double> costs;
    for (const Row& row : of_project("PROJCOST"))
      if (const auto task = known<Task>(tasks_, row.text("task_id"))) {
        ++count_.expenses;
        costs[task.id] += decimal(row, "act_cost") + (row.text("remain_cost").empty() ? std::max(0.0, decimal(row, "target_cost") - decimal(row, "act_cost")) : decimal(row, "remain_cost"));
      }
    for (const auto& [task, cost] : costs) transaction_.set(*project_.find(Ref<Task>{task}), &Task::fixed_cost, Money{std::llround(cost * 100)});
  }

  void read_added_fields() {
    auto fields = user_defined_fields(tables_);
    std::ranges::move(codes(tables_), std::back_inserter(fields));
    for (auto& [name, field] : dates_of_) {
      field.name = std::string(word(name, Language::english));
      field.source = "TASK";
      field.table = "TASK";
      fields.push_back(std::move(field));
    }
    const std::map<std::string, Id, std::less<>> settings_ids{{project_id_, settings().id}};
    for (const AddedField& field : fields) {
      const auto& records = field.table == "RSRC" ? resources_ : field.table == "PROJECT" ? settings_ids : field.table == "PROJWBS" ? branches_ : tasks_;
      const auto* info = field.table == "RSRC" ? &register_of<Resource>() : field.table == "PROJECT" ? &register_of<ProjectSettings>() : &register_of<Task>();
      const auto there = [&](const auto& value) { return records.contains(value.first); };
      if (std::ranges::none_of(field.values, there)) continue;
      ++count_.custom_fields;
      const auto& made = transaction_.create<CustomField>([&](CustomField& f) {
        f.name = field.name;
        f.kind = field.kind;
        f.register_name = info->name;
        f.source = field.source;
      });
      for (const auto& [id, text] : field.values)
        if (const auto record = records.find(id); record != records.end())
          transaction_.create<CustomValue>([&](CustomValue& v) {
            v.record = {record->second};
            v.field = {made.id};
            v.value = text;
          });
    }
  }

  struct Count {
    std::int64_t level_of_effort = 0, efforts_links = 0, constraints = 0, empty_nodes = 0, calendars = 0, unknown = 0, roles = 0, custom_fields = 0,
                 expenses = 0, notebooks = 0;
  };
  static constexpr int deepest = 100;

  Project& project_;
  const Tables& tables_;
  Transaction transaction_;
  Row row_;
  std::string project_id_, other_projects_;
  LagUnit lag_unit_ = LagUnit::working;
  std::map<std::string, std::string> task_notes_, wbs_notes_;
  std::map<Key, AddedField> dates_of_;  // second constraints, expected finishes
  std::set<std::string, std::less<>> efforts_;
  std::optional<Error> error_;
  Count count_;
  int line_ = 0;
  std::map<std::string, Id, std::less<>> calendars_, tasks_, branches_, resources_, roles_;
};

}  // namespace

Result<XerRead> read_xer(std::string_view bytes, const Schema& schema, Id actor, Surroundings& surroundings) {
  const auto decoded = PMO_TRY(decode_text(bytes));
  const auto tables = PMO_TRY(read_tables(decoded.text));
  XerRead result{std::make_unique<Project>(schema, actor, surroundings), {}};
  XerReader reader(*result.project, tables);
  PMO_TRY_VOID(reader.read());
  if (auto encoding = encoding_note(decoded.encoding)) result.notes.push_back(std::move(*encoding));
  std::ranges::move(reader.notes(), std::back_inserter(result.notes));
  return result;
}

}  // namespace pmo::storage
