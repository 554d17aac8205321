#include <algorithm>
#include <cmath>
#include <format>
#include <map>
#include <pugixml.hpp>
#include <set>

#include "app/engine/plan_calendars.h"
#include "app/engine/plan_of_project.h"
#include "app/engine/schedule.h"
#include "app/model/records/baseline.h"
#include "app/model/records/imported.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/resource_use.h"
#include "storage/interchange/mspdi.h"
#include "storage/interchange/mspdi_custom.h"
#include "storage/interchange/mspdi_foreign.h"
#include "storage/interchange/mspdi_values.h"

namespace pmo::storage {
namespace {

using pugi::xml_node;
using namespace mspdi;

// MSPDI numbers weekdays from Sunday = 1; ours from Monday = 0.
constexpr int day_type_of(int weekday) { return (weekday + 1) % 7 + 1; }

struct Text final : pugi::xml_writer {
  std::string text;
  void write(const void* data, std::size_t size) override { text.append(static_cast<const char*>(data), size); }
};

// Elements in the order of Microsoft's schema, which MS Project insists on.
class MspdiWriter {
 public:
  explicit MspdiWriter(const Project& project)
      : project_(project), settings_(*project.all<ProjectSettings>().begin()), outline_(project),
        plan_(engine::plan_of(project, outline_)), schedule_(engine::schedule(plan_)), calendars_(plan_) {
    number_all();
    minor_units_ = std::pow(10.0, static_cast<double>(settings_.currency_digits));
    for (const auto& data : project.all<ForeignData>()) foreign_[data.record.id].push_back(&data);
    for (const auto& value : project.all<CustomValue>()) custom_values_[value.record.id].push_back(&value);
    choose_custom_fields();
    number_baselines();
  }

  MspdiWritten write() {
    auto declaration = document_.append_child(pugi::node_declaration);
    declaration.append_attribute("version") = "1.0";
    declaration.append_attribute("encoding") = "UTF-8";
    declaration.append_attribute("standalone") = "yes";
    root_ = document_.append_child("Project");
    root_.append_attribute("xmlns") = "http://schemas.microsoft.com/project";
    write_settings();
    write_custom_fields();
    give(root_, settings_.id, project_elements);
    write_calendars();
    write_tasks();
    write_resources();
    write_assignments();
    Text text;
    document_.save(text, "", pugi::format_raw);
    return {std::move(text.text), notes()};
  }

 private:
  // --- values

  static xml_node put(xml_node parent, const char* name, std::string_view value) {
    auto node = parent.append_child(name);
    node.text().set(value.data(), value.size());
    return node;
  }
  static void put(xml_node parent, const char* name, std::int64_t value) { put(parent, name, std::to_string(value)); }
  static void put_flag(xml_node parent, const char* name, bool value) { put(parent, name, value ? "1" : "0"); }
  static void put_some(xml_node parent, const char* name, std::string_view value) {
    if (!value.empty()) put(parent, name, value);
  }
  static void put_moment(xml_node parent, const char* name, std::optional<Minute> moment) {
    if (moment) put(parent, name, date_text(*moment));
  }
  static void put_minutes(xml_node parent, const char* name, std::optional<WorkMinutes> minutes) {
    if (minutes) put(parent, name, duration_text(minutes->value));
  }
  static std::string share(Permille units) { return std::format("{:.3f}", units.value / 1000.0); }
  // Costs count hundredths of the currency, whatever its digits; rates are decimals.
  void put_cost(xml_node parent, const char* name, Money money) const {
    put(parent, name, std::llround(static_cast<double>(money.value) * 100 / minor_units_));
  }
  std::string rate(Money money) const { return std::format("{:.2f}", static_cast<double>(money.value) / minor_units_); }

  template <class R>
  std::int64_t number_of(Ref<R> ref) const {
    const auto found = numbers_.find(ref.id);
    return found == numbers_.end() ? -1 : found->second;
  }

  // UIDs: of tasks those they came with, so that a plan goes to MS Project and back as the same one.
  void number_all() {
    std::set<std::int64_t> taken{0};
    std::int64_t greatest = 0;
    for (const auto& task : project_.all<Task>()) greatest = std::max(greatest, task.source_uid);
    for (const auto& row : outline_.rows()) {
      const bool own = row.task->source_uid > 0 && taken.insert(row.task->source_uid).second;
      numbers_[row.task->id] = own ? row.task->source_uid : ++greatest;
    }
    std::int64_t calendar = 0, resource = 0;
    for (const auto& record : project_.all<Calendar>()) numbers_[record.id] = ++calendar;
    for (const auto& absence : project_.all<Absence>())
      if (is_away(absence) && project_.find(absence.resource) && own_calendars_.try_emplace(absence.resource.id, calendar + 1).second) ++calendar;
    for (const auto& record : project_.all<Resource>()) numbers_[record.id] = ++resource;
  }

  // --- project

  void write_settings() {
    put(root_, "SaveVersion", 14);
    put(root_, "Name", settings_.name);
    put(root_, "Title", settings_.name);
    if (const Person* manager = project_.find(settings_.manager)) put(root_, "Manager", manager->name);
    if (!project_.all<Baseline>().empty())
      put_moment(root_, "LastSaved", std::ranges::max(project_.all<Baseline>(), {}, &Baseline::taken).taken);
    put_flag(root_, "ScheduleFromStart", settings_.schedule_from == ScheduleFrom::start);
    put_moment(root_, "StartDate", settings_.start);
    put_moment(root_, "FinishDate", settings_.finish.value_or(schedule_.project_finish));
    put(root_, "CriticalSlackLimit", settings_.critical_threshold.value / settings_.minutes_per_day.value);
    put(root_, "CurrencyDigits", settings_.currency_digits);
    put(root_, "CurrencyCode", settings_.currency);
    if (settings_.calendar) put(root_, "CalendarUID", number_of(settings_.calendar));
    put(root_, "MinutesPerDay", settings_.minutes_per_day.value);
    put(root_, "MinutesPerWeek", settings_.minutes_per_week.value);
    put(root_, "DaysPerMonth", settings_.days_per_month);
    if (settings_.status_date) put_moment(root_, "StatusDate", Minute::at(*settings_.status_date, 17 * 60));
  }

  // --- what came with the file and we have no field for

  std::string_view leftover_of(Id record, std::string_view form = element_form) const {
    const auto found = foreign_.find(record);
    if (found == foreign_.end()) return {};
    const auto data = std::ranges::find(found->second, form, [](const ForeignData* one) { return std::string_view(one->form); });
    return data == found->second.end() ? std::string_view{} : std::string_view((*data)->content);
  }
  void give(xml_node node, Id record, const Elements& elements, bool with_tied = true) {
    if (const auto content = leftover_of(record); !content.empty()) outdated_ += give_back(node, content, elements, with_tied);
  }

  // Whether nothing was written here that costs and time-phased work depend on.
  static bool untouched(const RegisterInfo& info, const Record& record) {
    constexpr std::string_view harmless[] = {"name", "notes", "order", "parent", "wbs", "responsible", "priority", "deadline", "cost_account"};
    return std::ranges::all_of(record.written.list(), [&](const FieldStamp& stamp) {
      return stamp.field >= info.fields.size() || std::ranges::contains(harmless, info.fields[stamp.field].name);
    });
  }
  bool as_it_came(const Task& task, std::string_view leftover) const {
    const auto row = *outline_.find(task.id);
    if (!outline_[row].summary && !untouched(register_of<Task>(), task)) return false;
    for (const auto* part : project_.table(register_of<Assignment>()).parts_of(task.id))
      if (!untouched(register_of<Assignment>(), *part)) return false;
    return fits(leftover, date_text(start_of(row)), date_text(finish_of(row)));
  }
  Minute start_of(std::size_t row) const { const Task& t = *outline_[row].task; return t.manual && t.manual_start ? *t.manual_start : schedule_.start[row]; }
  Minute finish_of(std::size_t row) const { const Task& t = *outline_[row].task; return t.manual && t.manual_finish ? *t.manual_finish : schedule_.finish[row]; }

  // --- custom fields: with the ids they came with; those from elsewhere in text fields that are free. The three-point
  // estimates in the fields that MS Project's PERT analysis used.

  void choose_custom_fields() {
    std::set<std::int64_t> taken;
    for (const auto& field : project_.all<CustomField>())
      if (const auto id = integer(field.source); id && *id > 0) taken.insert(*id);
    int next = 1;
    for (const auto& field : project_.all<CustomField>()) {
      if (field.source.starts_with(outline_code_source)) {
        custom_fields_[field.id] = {integer(std::string_view(field.source).substr(outline_code_source.size())).value_or(0), "OutlineCode", {}, &field};
      } else if (const auto id = integer(field.source); id && *id > 0) {
        custom_fields_[field.id] = {*id, "ExtendedAttribute", {}, &field};
      } else {
        while (next <= text_fields && taken.contains(text_field(next).id)) ++next;
        const bool has_room = field.register_name == register_of<Task>().name && next <= text_fields;
        if (!has_room) { ++homeless_fields_; continue; }
        custom_fields_[field.id] = {text_field(next).id, "ExtendedAttribute", text_field(next).name, &field};
        ++next;
      }
    }
  }

  void write_custom_fields() {
    const auto estimated = [](const Task& task) { return task.optimistic_duration || task.pessimistic_duration; };
    xml_node list;
    const auto add = [&](std::int64_t id) {
      if (!list) list = root_.append_child("ExtendedAttributes");
      auto node = list.append_child("ExtendedAttribute");
      put(node, "FieldID", id);
      return node;
    };
    if (std::ranges::any_of(project_.all<Task>(), estimated))
      for (const auto& [id, field, alias] : {optimistic_field, pessimistic_field}) {
        auto node = add(id);
        put(node, "FieldName", field);
        put(node, "Alias", alias);
      }
    for (const auto& field : project_.all<CustomField>()) {
      const auto known = custom_fields_.find(field.id);
      if (known == custom_fields_.end() || known->second.element != "ExtendedAttribute") continue;
      auto node = add(known->second.id);
      if (!known->second.name.empty()) put(node, "FieldName", known->second.name);
      give(node, field.id, custom_field_elements);
      if (std::string_view(node.child("FieldName").text().get()) == field.name) continue;
      const auto before = node.child("FieldName") ? node.child("FieldName") : node.child("FieldID");
      node.insert_child_after("Alias", before).text().set(field.name.c_str());
    }
  }

  void write_custom_values(xml_node node, Id record, std::string_view element) {
    const auto found = custom_values_.find(record);
    if (found == custom_values_.end()) return;
    for (const CustomValue* value : found->second) {
      const auto field = custom_fields_.find(value->field.id);
      if (field == custom_fields_.end() || field->second.element != element) continue;
      auto child = node.append_child(element.data());
      put(child, "FieldID", field->second.id);
      if (element == "ExtendedAttribute") put(child, "Value", raw_value(field->second.field->kind, value->value));
      give(child, value->id, custom_value_elements, untouched(register_of<CustomValue>(), *value));
    }
  }

  static void put_estimate(xml_node task, const OwnCustomField& field, std::optional<WorkMinutes> minutes) {
    if (!minutes) return;
    auto node = task.append_child("ExtendedAttribute");
    put(node, "FieldID", field.id);
    put(node, "Value", duration_text(minutes->value));
    put(node, "DurationFormat", 7);
  }

  // --- calendars

  static void put_shifts(xml_node day, const Shifts& shifts) {
    put_flag(day, "DayWorking", shifts.working());
    if (!shifts.working()) return;
    auto times = day.append_child("WorkingTimes");
    for (const Shift& shift : shifts.list) {
      auto time = times.append_child("WorkingTime");
      put(time, "FromTime", time_text(shift.start));
      put(time, "ToTime", time_text(shift.finish));
    }
  }
  template <class R>
  static void put_week(xml_node node, const R& record) {
    const std::optional<Shifts>* const week[] = {&record.sunday, &record.monday, &record.tuesday, &record.wednesday,
                                                 &record.thursday, &record.friday, &record.saturday};
    if (std::ranges::none_of(week, [](const auto* day) { return day->has_value(); })) return;
    auto days = node.append_child("WeekDays");
    for (int type = 1; type <= 7; ++type) {
      if (!*week[type - 1]) continue;
      auto day = days.append_child("WeekDay");
      put(day, "DayType", type);
      put_shifts(day, **week[type - 1]);
    }
  }
  static void put_period(xml_node node, Day first, Day last) {
    auto period = node.append_child("TimePeriod");
    put_moment(period, "FromDate", Minute::at(first));
    put_moment(period, "ToDate", Minute::at(last, 23 * 60 + 59));
  }

  void write_calendars() {
    auto list = root_.append_child("Calendars");
    for (const auto& calendar : project_.all<Calendar>()) {
      auto node = list.append_child("Calendar");
      put(node, "UID", number_of(Ref<Calendar>{calendar.id}));
      put(node, "Name", calendar.name);
      put_flag(node, "IsBaseCalendar", !calendar.base);
      put(node, "BaseCalendarUID", number_of(calendar.base));
      put_week(node, calendar);
      write_exceptions(node, calendar.id);
      write_work_weeks(node, calendar.id);
      give(node, calendar.id, calendar_elements);
    }
    for (const auto& [resource, number] : own_calendars_) write_own_calendar(list.append_child("Calendar"), *project_.find(Ref<Resource>{resource}), number);
  }

  // There absences are exceptions of a calendar that only the resource has.
  static bool is_away(const Absence& absence) { return absence.status == AbsenceStatus::approved && absence.first && absence.last; }
  void write_own_calendar(xml_node node, const Resource& resource, std::int64_t number) {
    put(node, "UID", number);
    put(node, "Name", resource.name);
    put_flag(node, "IsBaseCalendar", false);
    put(node, "BaseCalendarUID", number_of(resource.calendar ? resource.calendar : settings_.calendar));
    auto list = node.append_child("Exceptions");
    for (const auto& absence : project_.all<Absence>()) {
      if (absence.resource.id != resource.id || !is_away(absence)) continue;
      CalendarException days;
      days.name = absence.title;
      days.first = *absence.first;
      days.last = *absence.last;
      days.shifts = Shifts{};
      write_exception(list.append_child("Exception"), days);
    }
  }

  void write_exceptions(xml_node calendar, Id id) {
    xml_node list;
    for (const auto& exception : project_.all<CalendarException>()) {
      if (exception.calendar.id != id) continue;
      if (!list) list = calendar.append_child("Exceptions");
      write_exception(list.append_child("Exception"), exception);
    }
  }
  void write_exception(xml_node node, const CalendarException& e) {
    static constexpr int types[] = {1, 7, 6, 4, 5, 2, 3};  // by Recurrence
    put_flag(node, "EnteredByOccurrences", e.occurrences > 0);
    put_period(node, e.first, e.last);
    if (e.occurrences > 0) put(node, "Occurrences", e.occurrences);
    put(node, "Name", e.name);
    put(node, "Type", types[static_cast<int>(e.recurrence)]);
    if (e.recurrence != Recurrence::none) {
      put(node, "Period", e.every);
      std::int64_t days = 0;
      for (int weekday = 0; weekday < 7; ++weekday)
        if (e.weekdays >> weekday & 1) days |= 1 << (day_type_of(weekday) - 1);
      if (days) put(node, "DaysOfWeek", days);
      put(node, "MonthItem", e.weekday >= 7 ? e.weekday - 7 : day_type_of(static_cast<int>(e.weekday)) + 2);
      put(node, "MonthPosition", std::max<std::int64_t>(e.position - 1, 0));
      put(node, "Month", std::max<std::int64_t>(e.month - 1, 0));
      put(node, "MonthDay", e.day);
    }
    put_shifts(node, e.shifts);
  }
  void write_work_weeks(xml_node calendar, Id id) {
    xml_node list;
    for (const auto& week : project_.all<WorkWeek>()) {
      if (week.calendar.id != id) continue;
      if (!list) list = calendar.append_child("WorkWeeks");
      auto node = list.append_child("WorkWeek");
      put_period(node, week.first, week.last);
      put(node, "Name", week.name);
      put_week(node, week);
    }
  }

  // --- tasks

  void write_tasks() {
    std::map<Id, std::vector<const Link*>> entering;
    for (const auto& link : project_.all<Link>()) entering[link.successor.id].push_back(&link);
    std::map<Id, std::vector<const BaselineTask*>> baselines;
    for (const auto& part : project_.all<BaselineTask>()) baselines[part.task.id].push_back(&part);
    auto list = root_.append_child("Tasks");
    write_summary_task(list);
    for (std::size_t row = 0; row < outline_.size(); ++row) {
      auto node = list.append_child("Task");
      const Task& task = *outline_[row].task;
      write_task(node, task, row);
      for (const Link* link : entering[task.id]) write_link(node, *link);
      put_estimate(node, optimistic_field, task.optimistic_duration);
      put_estimate(node, pessimistic_field, task.pessimistic_duration);
      write_custom_values(node, task.id, "ExtendedAttribute");
      for (const BaselineTask* part : baselines[task.id]) write_baseline(node, *part);
      write_custom_values(node, task.id, "OutlineCode");
      give(node, task.id, task_elements, as_it_came(task, leftover_of(task.id)));
    }
  }

  // The line that stands for the whole project, when it came with one that says something.
  void write_summary_task(xml_node list) {
    const auto content = leftover_of(settings_.id, summary_task_form);
    if (content.empty() || outline_.size() == 0) return;
    auto node = list.append_child("Task");
    put(node, "UID", 0);
    put(node, "ID", 0);
    put(node, "Name", settings_.name);
    put(node, "Type", 1);
    put_flag(node, "IsNull", false);
    put(node, "WBS", "0");
    put(node, "OutlineNumber", "0");
    put(node, "OutlineLevel", 0);
    const auto start = date_text(schedule_.project_start), finish = date_text(schedule_.project_finish);
    put(node, "Start", start);
    put(node, "Finish", finish);
    put_flag(node, "Summary", true);
    outdated_ += give_back(node, content, task_elements, fits(content, start, finish));
  }

  void write_task(xml_node node, const Task& t, std::size_t row) {
    const bool summary = outline_[row].summary, scheduled = schedule_.scheduled[row] != 0;
    put(node, "UID", number_of(Ref<Task>{t.id}));
    put(node, "ID", static_cast<std::int64_t>(row + 1));
    put(node, "Name", t.name);
    put_flag(node, "Active", t.active);
    put_flag(node, "Manual", t.manual);
    put(node, "Type", static_cast<int>(t.type));
    put_flag(node, "IsNull", false);
    if (const Person* person = project_.find(t.responsible)) put(node, "Contact", person->name);
    put(node, "WBS", outline_.wbs(row));
    put(node, "OutlineNumber", outline_.number(row));
    put(node, "OutlineLevel", outline_[row].level + 1);
    put(node, "Priority", t.priority);
    const auto start = t.manual ? t.manual_start : scheduled ? std::optional(schedule_.start[row]) : std::nullopt;
    const auto finish = t.manual ? t.manual_finish : scheduled ? std::optional(schedule_.finish[row]) : std::nullopt;
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
    put_cost(node, "FixedCost", t.fixed_cost);
    write_progress(node, t, summary);
    put(node, "ConstraintType", static_cast<int>(t.constraint));
    if (t.calendar) put(node, "CalendarUID", number_of(t.calendar));
    put_moment(node, "ConstraintDate", t.constraint_date);
    put_moment(node, "Deadline", t.deadline);
    if (t.levelling_delay.value) put(node, "LevelingDelay", t.levelling_delay.value * 10);
    put_flag(node, "IgnoreResourceCalendar", t.ignore_resource_calendars);
    put_some(node, "Notes", t.notes);
    if (!summary && t.physical_percent.value) put(node, "PhysicalPercentComplete", (t.physical_percent.value + 5) / 10);
    put(node, "EarnedValueMethod", t.earned_value_method == EarnedValueMethod::physical_percent ? 1 : 0);
  }
  void write_dates(xml_node node, std::size_t row) {
    put_flag(node, "Critical", schedule_.critical[row] != 0);
    put_moment(node, "EarlyStart", schedule_.early_start[row]);
    put_moment(node, "EarlyFinish", schedule_.early_finish[row]);
    put_moment(node, "LateStart", schedule_.late_start[row]);
    put_moment(node, "LateFinish", schedule_.late_finish[row]);
    put(node, "FreeSlack", schedule_.free_float[row] * 10);
    put(node, "TotalSlack", schedule_.total_float[row] * 10);
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
    static constexpr int formats[] = {7, 8, 19};     // by LagUnit: days, elapsed days, percent
    auto node = task.append_child("PredecessorLink");
    put(node, "PredecessorUID", number_of(link.predecessor));
    put(node, "Type", types[static_cast<int>(link.type)]);
    put_flag(node, "CrossProject", false);
    put(node, "LinkLag", link.lag_unit == LagUnit::percent ? link.lag / 10 : link.lag * 10);
    put(node, "LagFormat", formats[static_cast<int>(link.lag_unit)]);
    give(node, link.id, link_elements);
  }

  // MS Project has eleven baselines: 0 and 1 to 10.
  void write_baseline(xml_node task, const BaselineTask& part) {
    const auto number = number_of(part.baseline);
    if (number < 0 || number > 10) return;
    auto node = task.append_child("Baseline");
    put(node, "Number", number);
    put_moment(node, "Start", part.start);
    put_moment(node, "Finish", part.finish);
    put_minutes(node, "Duration", part.duration);
    put_minutes(node, "Work", part.work);
    put_cost(node, "Cost", part.cost);
    give(node, part.id, baseline_elements);
  }
  // The numbers they came with; others take those that are free.
  void number_baselines() {
    std::set<std::int64_t> taken;
    for (const auto& baseline : project_.all<Baseline>())
      if (const auto number = integer(leftover_of(baseline.id, baseline_form)); number && taken.insert(*number).second) numbers_[baseline.id] = *number;
    for (const auto& baseline : project_.all<Baseline>()) {
      if (numbers_.contains(baseline.id)) continue;
      std::int64_t number = 0;
      while (!taken.insert(number).second) ++number;
      numbers_[baseline.id] = number;
    }
  }

  // --- resources

  void write_resources() {
    auto list = root_.append_child("Resources");
    for (const auto& resource : project_.all<Resource>()) {
      static constexpr int accruals[] = {1, 3, 2};  // by Accrual
      auto node = list.append_child("Resource");
      const auto number = number_of(Ref<Resource>{resource.id});
      put(node, "UID", number);
      put(node, "ID", number);
      put(node, "Name", resource.name);
      put(node, "Type", resource.kind == ResourceKind::cost ? 2 : resource.kind == ResourceKind::material ? 0 : 1);
      put_flag(node, "IsNull", false);
      put_some(node, "MaterialLabel", resource.unit);
      put_some(node, "Group", resource.group);
      put(node, "MaxUnits", share(resource.maximum_units));
      put(node, "AccrueAt", accruals[static_cast<int>(resource.accrual)]);
      put(node, "StandardRate", rate(resource.standard_rate));
      put(node, "StandardRateFormat", resource.kind == ResourceKind::material ? 8 : 2);
      put(node, "OvertimeRate", rate(resource.overtime_rate));
      put(node, "OvertimeRateFormat", 2);
      put_cost(node, "CostPerUse", resource.cost_per_use);
      if (const auto own = own_calendars_.find(resource.id); own != own_calendars_.end()) put(node, "CalendarUID", own->second);
      else if (resource.calendar) put(node, "CalendarUID", number_of(resource.calendar));
      put_some(node, "Notes", resource.notes);
      write_custom_values(node, resource.id, "ExtendedAttribute");
      write_custom_values(node, resource.id, "OutlineCode");
      put_flag(node, "IsCostResource", resource.kind == ResourceKind::cost);
      write_availability(node, resource);
      write_rates(node, resource);
      give(node, resource.id, resource_elements);
      // Periods of availability hold the units that were changed here.
      if (resource.written.find(field_of<Resource>(&Resource::maximum_units).index) && !resource.available_from && !resource.available_to)
        outdated_ += node.remove_child("AvailabilityPeriods");
    }
  }
  // Cost rate table A: the rates over time; the other tables come back with the rest.
  void write_rates(xml_node node, const Resource& resource) const {
    std::vector<const ResourceRate*> rates;
    for (const auto* part : project_.table(register_of<ResourceRate>()).parts_of(resource.id)) rates.push_back(static_cast<const ResourceRate*>(part));
    if (rates.empty()) return;
    std::ranges::sort(rates, {}, &ResourceRate::valid_from);
    auto list = node.append_child("Rates");
    for (std::size_t i = 0; i < rates.size(); ++i) {
      auto one = list.append_child("Rate");
      put_moment(one, "RatesFrom", Minute::at(rates[i]->valid_from));
      const auto to = i + 1 < rates.size() ? Minute{Minute::at(rates[i + 1]->valid_from).value - 1} : Minute::at(open_to, 23 * 60 + 59);
      put_moment(one, "RatesTo", to);
      put(one, "RateTable", 0);
      put(one, "StandardRate", rate(rates[i]->standard_rate));
      put(one, "StandardRateFormat", resource.kind == ResourceKind::material ? 8 : 2);
      put(one, "OvertimeRate", rate(rates[i]->overtime_rate));
      put(one, "OvertimeRateFormat", 2);
      put_cost(one, "CostPerUse", rates[i]->cost_per_use);
    }
  }
  static void write_availability(xml_node node, const Resource& resource) {
    if (!resource.available_from && !resource.available_to) return;
    auto period = node.append_child("AvailabilityPeriods").append_child("AvailabilityPeriod");
    put_moment(period, "AvailableFrom", Minute::at(resource.available_from.value_or(open_from)));
    put_moment(period, "AvailableTo", Minute::at(resource.available_to.value_or(open_to), 23 * 60 + 59));
    put(period, "AvailableUnits", share(resource.maximum_units));
  }

  void write_assignments() {
    auto list = root_.append_child("Assignments");
    std::int64_t number = 0;
    std::set<Id> split;  // tasks whose breaks have been written
    for (const auto& assignment : project_.all<Assignment>()) {
      const Task* task = project_.find(assignment.task);
      const Resource* resource = project_.find(assignment.resource);
      if (!task || !resource) continue;
      auto node = list.append_child("Assignment");
      put(node, "UID", ++number);
      put(node, "TaskUID", number_of(assignment.task));
      put(node, "ResourceUID", number_of(assignment.resource));
      write_assignment(node, assignment, *task, resource->kind);
      write_custom_values(node, assignment.id, "ExtendedAttribute");
      if (!task->splits.empty() && split.insert(task->id).second) write_breaks(node, *task, number);
      give(node, assignment.id, assignment_elements, as_it_came(*task, leftover_of(assignment.id)));
    }
    for (const auto& task : project_.all<Task>()) {
      if (task.splits.empty() || split.contains(task.id)) continue;
      auto node = list.append_child("Assignment");
      put(node, "UID", ++number);
      put(node, "TaskUID", number_of(Ref<Task>{task.id}));
      put(node, "ResourceUID", -65535);  // nobody
      put_moment(node, "Start", schedule_.start[*outline_.find(task.id)]);
      write_breaks(node, task, number);
    }
  }
  void write_assignment(xml_node node, const Assignment& a, const Task& task, ResourceKind kind) {
    put_minutes(node, "ActualWork", a.actual_work);
    if (a.cost) put_cost(node, "Cost", *a.cost);
    put(node, "Delay", a.delay.value * 10);
    put_minutes(node, "RemainingWork", a.remaining_work);
    put_moment(node, "Start", schedule_.start[*outline_.find(task.id)]);
    const bool quantity = kind == ResourceKind::material && a.quantity;
    put(node, "Units", quantity ? std::format("{:.6f}", static_cast<double>(a.quantity->value) / number_scale) : share(a.units));
    put_minutes(node, "Work", a.work);
  }
  // Where a split task rests, its time-phased work is nothing.
  void write_breaks(xml_node node, const Task& task, std::int64_t assignment) {
    const auto row = *outline_.find(task.id);
    const auto start = schedule_.start[row];
    const auto* time = calendars_.of(plan_.tasks[row].calendar);
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

  // --- what a plan of MS Project has no place for

  std::vector<Error> notes() const {
    std::vector<Error> list;
    const auto add = [&](Key key, std::int64_t count) {
      if (count > 0) list.push_back({key, {std::to_string(count)}});
    };
    std::int64_t others = 0;
    static const std::set<const RegisterInfo*> written{
        &register_of<ProjectSettings>(), &register_of<Calendar>(), &register_of<WorkWeek>(), &register_of<CalendarException>(),
        &register_of<Task>(), &register_of<Link>(), &register_of<Resource>(), &register_of<Assignment>(),
        &register_of<Baseline>(), &register_of<BaselineTask>(), &register_of<ResourceRate>(), &register_of<CustomField>(),
        &register_of<CustomValue>(), &register_of<ForeignData>(), &register_of<ImportReport>()};
    for (const auto* info : project_.schema().registers())
      if (!written.contains(info)) others += std::ssize(project_.table(*info).records());
    add("mspdi.note.other_registers"_key, others);
    add("mspdi.note.homeless_fields"_key, homeless_fields_);
    add("mspdi.note.outdated"_key, outdated_);
    add("mspdi.note.equipment"_key, std::ranges::count(project_.all<Resource>(), ResourceKind::equipment, &Resource::kind));
    add("mspdi.note.cost_accounts"_key, std::ranges::count_if(project_.all<Task>(), [](const Task& task) { return static_cast<bool>(task.cost_account); }));
    add("mspdi.note.baselines"_key, std::ssize(project_.all<Baseline>().records()) - 11);
    return list;
  }

  const Project& project_;
  const ProjectSettings& settings_;
  Outline outline_;
  engine::Plan plan_;
  engine::Schedule schedule_;
  engine::PlanCalendars calendars_;
  double minor_units_ = 100;
  std::map<Id, std::vector<const ForeignData*>> foreign_;      // by record
  std::map<Id, std::vector<const CustomValue*>> custom_values_;  // by record
  struct CustomColumn {
    std::int64_t id = 0;
    std::string_view element;  // of its values
    std::string name = {};     // MS Project's, where it is chosen here
    const CustomField* field = nullptr;
  };
  std::map<Id, CustomColumn> custom_fields_;
  std::int64_t homeless_fields_ = 0, outdated_ = 0;
  pugi::xml_document document_;
  xml_node root_;
  std::map<Id, std::int64_t> numbers_;
  std::map<Id, std::int64_t> own_calendars_;  // numbers of those that resources with absences have
};

}  // namespace

MspdiWritten write_mspdi(const Project& project) { return MspdiWriter(project).write(); }

}  // namespace pmo::storage
