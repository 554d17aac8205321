#include <algorithm>
#include <cmath>
#include <format>
#include <map>
#include <pugixml.hpp>
#include <set>

#include "app/engine/plan_of_project.h"
#include "app/model/format.h"
#include "app/model/records/baseline.h"
#include "app/model/records/imported.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/resource_use.h"
#include "app/model/standard_calendar.h"
#include "app/model/transaction.h"
#include "storage/interchange/encoding.h"
#include "storage/interchange/mspdi.h"
#include "storage/interchange/mspdi_custom.h"
#include "storage/interchange/mspdi_foreign.h"
#include "storage/interchange/mspdi_values.h"

namespace pmo::storage {
namespace {

using pugi::xml_node;
using namespace mspdi;

std::string line_and_column(std::string_view bytes, std::ptrdiff_t offset) {
  const auto before = bytes.substr(0, static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(offset, 0, std::ssize(bytes))));
  const auto line = std::ranges::count(before, '\n') + 1;
  const auto start = before.rfind('\n');
  const auto column = before.size() - (start == std::string_view::npos ? 0 : start + 1) + 1;
  return std::format("{}:{}", line, column);
}

// A weekday by MSPDI's numbers (1 = Sunday ... 7 = Saturday), Monday = 0.
constexpr int weekday_of(std::int64_t day_type) { return static_cast<int>((day_type + 5) % 7); }

class MspdiReader {
 public:
  MspdiReader(Project& project, xml_node root)
      : project_(project), root_(root), transaction_(project, "transaction.import"_key, {std::string(text(root, "Name"))}) {}

  Result<void> read() {
    read_settings();
    read_custom_fields();
    read_calendars();
    read_tasks();
    read_links();
    read_resources();
    read_assignments();
    keep_the_rest();
    if (error_) return std::unexpected(*error_);
    transaction_.take_as_it_is();
    auto commit = transaction_.commit();
    if (!commit) return std::unexpected(commit.error());
    return {};
  }

  std::vector<Error> notes() {
    const auto add = [&](Key key, std::int64_t count) {
      if (count > 0) notes_.push_back({key, {std::to_string(count)}});
    };
    add("mspdi.note.custom_fields"_key, count_.custom_fields);
    add("mspdi.note.outline_codes"_key, count_.outline_codes);
    add("mspdi.note.external"_key, count_.external);
    add("mspdi.note.recurring"_key, count_.recurring);
    add("mspdi.note.blank"_key, count_.blank);
    add("mspdi.note.rates"_key, count_.rates);
    add("mspdi.note.availability"_key, count_.availability);
    add("mspdi.note.contours"_key, count_.contours);
    add("mspdi.note.baselines_without_dates"_key, count_.partial_baselines);
    add("mspdi.note.external_links"_key, count_.unknown);
    if (!kept_.empty()) notes_.push_back({"mspdi.note.kept"_key, {list_of_kept()}});
    return std::move(notes_);
  }

 private:
  // --- values

  static std::string_view text(xml_node node, const char* name) { return node.child(name).text().get(); }

  void wrong(xml_node node, const char* name) {
    if (error_) return;
    error_ = Error{"error.mspdi.value"_key, {std::string(text(node, name).substr(0, 60))},
                   std::format("{} {}: {}", node.name(), text(node, "UID"), name)};
  }
  template <class T>
  T value(xml_node node, const char* name, std::optional<T> (*parse)(std::string_view), T otherwise) {
    const auto raw = text(node, name);
    if (raw.empty()) return otherwise;
    const auto parsed = parse(raw);
    if (!parsed) wrong(node, name);
    return parsed.value_or(otherwise);
  }
  std::int64_t whole(xml_node node, const char* name, std::int64_t otherwise = 0) { return value(node, name, integer, otherwise); }
  std::int64_t whole(xml_node node, const char* name, std::int64_t least, std::int64_t most, std::int64_t otherwise) {
    const auto number = whole(node, name, otherwise);
    if (number < least || number > most) wrong(node, name);
    return std::clamp(number, least, most);
  }
  bool flag(xml_node node, const char* name, bool otherwise = false) { return value(node, name, boolean, otherwise); }
  std::int64_t minutes(xml_node node, const char* name) { return std::max<std::int64_t>(0, value(node, name, duration, std::int64_t{0})); }
  std::optional<WorkMinutes> some_minutes(xml_node node, const char* name) {
    if (text(node, name).empty()) return {};
    return WorkMinutes{minutes(node, name)};
  }
  // MS Project writes the first moment of 1984 for "none".
  std::optional<Minute> moment(xml_node node, const char* name) {
    const auto raw = text(node, name);
    if (raw.empty() || raw.starts_with("1984-01-01T00:00")) return {};
    const auto parsed = Minute::parse(raw);
    if (!parsed) wrong(node, name);
    return parsed;
  }
  // Costs count hundredths of the currency, whatever its digits; rates are decimals.
  Money money(xml_node node, const char* name) { return {std::llround(static_cast<double>(whole(node, name)) * minor_units_ / 100)}; }
  Money rate(xml_node node, const char* name) { return {std::max<std::int64_t>(0, std::llround(value(node, name, decimal, 0.0) * minor_units_))}; }
  static std::string words(xml_node node, const char* name) { return std::string(text(node, name)); }

  template <class R>
  Ref<R> known(const std::map<std::int64_t, Id>& ids, std::int64_t uid) {
    const auto found = ids.find(uid);
    return found == ids.end() ? Ref<R>{} : Ref<R>{found->second};
  }

  // --- what we have no field for

  static void keep_as_it_is(xml_node node) { node.append_attribute("pmo-keep"); }

  // The dates of the task at `anchor` are those to which costs and time-phased work belong.
  void keep(xml_node node, const Elements& elements, Id record, xml_node anchor, std::string_view form = element_form) {
    auto content = leftover(node, elements, anchor, kept_);
    if (!content.empty()) add_foreign(record, form, std::move(content));
  }
  void add_foreign(Id record, std::string_view form, std::string content) {
    transaction_.create<ForeignData>([&](ForeignData& data) {
      data.record = {record};
      data.form = form;
      data.content = std::move(content);
    });
  }

  // Last, when it is known what became of everything.
  void keep_the_rest() {
    keep(root_, project_elements, settings().id, root_);
    for (const auto& [node, id, elements, anchor] : rest_) keep(node, *elements, id, anchor);
    if (summary_task_) keep(summary_task_, task_elements, settings().id, summary_task_, summary_task_form);
  }
  void keep_later(xml_node node, const Elements& elements, Id record, xml_node anchor) { rest_.push_back({node, record, &elements, anchor}); }

  std::string list_of_kept() const {
    std::string list;
    for (const auto& name : kept_) list += (list.empty() ? "" : ", ") + name;
    return list;
  }

  // --- project

  void read_settings() {
    minor_units_ = std::pow(10.0, static_cast<double>(whole(root_, "CurrencyDigits", 0, 4, 2)));
    transaction_.create<ProjectSettings>([&](ProjectSettings& settings) {
      settings.name = words(root_, "Title");
      if (settings.name.empty()) settings.name = words(root_, "Name");
      if (settings.name.empty()) settings.name = "Project";
      settings.start = moment(root_, "StartDate").value_or(Minute{});
      if (flag(root_, "ScheduleFromStart", true)) settings.schedule_from = ScheduleFrom::start;
      else {
        settings.schedule_from = ScheduleFrom::finish;
        settings.finish = moment(root_, "FinishDate");
      }
      if (const auto status = moment(root_, "StatusDate")) settings.status_date = status->day();
      if (const auto code = words(root_, "CurrencyCode"); !code.empty()) settings.currency = code;
      settings.currency_digits = whole(root_, "CurrencyDigits", 0, 4, 2);
      settings.minutes_per_day = {whole(root_, "MinutesPerDay", 1, 1440, 480)};
      settings.minutes_per_week = {whole(root_, "MinutesPerWeek", 1, 10080, 2400)};
      settings.days_per_month = whole(root_, "DaysPerMonth", 1, 31, 20);
      settings.critical_threshold = {whole(root_, "CriticalSlackLimit") * settings.minutes_per_day.value};
      settings.progress_logic = ProgressLogic::override_logic;  // resume dates tell where remaining work goes on
    });
    if (const auto manager = words(root_, "Manager"); !manager.empty()) transaction_.set(settings(), &ProjectSettings::manager, person(manager));
  }

  // --- custom fields and outline codes

  void read_custom_fields() {
    for (const auto node : root_.child("ExtendedAttributes").children("ExtendedAttribute")) {
      const auto is = [&](const OwnCustomField& field) { return whole(node, "FieldID") == field.id && text(node, "Alias") == field.alias; };
      has_optimistic_ |= is(optimistic_field);
      has_pessimistic_ |= is(pessimistic_field);
      if (is(optimistic_field) || is(pessimistic_field)) continue;
      const auto id = add_custom_field(node, kind_of_field(words(node, "FieldName")), words(node, "FieldID"));
      keep_later(node, custom_field_elements, id, node);
      ++count_.custom_fields;
    }
    for (const auto node : root_.child("OutlineCodes").children("OutlineCode")) {
      add_custom_field(node, CustomFieldKind::code, std::string(outline_code_source) + words(node, "FieldID"));
      ++count_.outline_codes;
    }
  }

  Id add_custom_field(xml_node node, CustomFieldKind kind, const std::string& source) {
    const auto id = whole(node, "FieldID");
    const auto& field = transaction_.create<CustomField>([&](CustomField& f) {
      f.name = words(node, "Alias");
      if (f.name.empty()) f.name = words(node, "FieldName");
      if (f.name.empty()) f.name = std::to_string(id);
      f.kind = kind;
      f.register_name = register_of_field(id);
      f.source = source;
    });
    custom_fields_[id] = {field.id, kind, look_up_texts(node)};
    return field.id;
  }

  void read_custom_values(xml_node node, Id record) {
    for (const char* name : {"ExtendedAttribute", "OutlineCode"})
      for (const auto value : node.children(name)) {
        const auto id = whole(value, "FieldID");
        const bool estimate = (has_optimistic_ && id == optimistic_field.id) || (has_pessimistic_ && id == pessimistic_field.id);
        if (!estimate && !read_custom_value(value, id, record)) keep_as_it_is(value);
      }
  }

  bool read_custom_value(xml_node node, std::int64_t field_id, Id record) {
    const auto field = custom_fields_.find(field_id);
    if (field == custom_fields_.end()) return false;
    const auto& [id, kind, texts] = field->second;
    std::string shown = readable_value(kind, text(node, "Value"));
    for (const char* reference : {"ValueID", "ValueGUID"})
      if (const auto found = texts.find(words(node, reference)); shown.empty() && found != texts.end()) shown = found->second;
    if (shown.empty()) return false;
    const auto& value = transaction_.create<CustomValue>([&](CustomValue& v) {
      v.record = {record};
      v.field = {id};
      v.value = std::move(shown);
    });
    keep_later(node, custom_value_elements, value.id, node);
    return true;
  }

  const ProjectSettings& settings() const { return *project_.all<ProjectSettings>().begin(); }

  // --- calendars

  Shifts shifts(xml_node day) {
    Shifts result;
    if (!flag(day, "DayWorking")) return result;
    std::string list;
    for (const auto time : day.child("WorkingTimes").children("WorkingTime")) {
      const int from = value(time, "FromTime", time_of_day, 0);
      int to = value(time, "ToTime", time_of_day, 0);
      if (to <= from) to = 1440;
      if (from < to) list += std::format("{}{:02}:{:02}-{:02}:{:02}", list.empty() ? "" : ",", from / 60, from % 60, to / 60, to % 60);
    }
    return list.empty() ? office_hours() : Shifts::parse(list).value_or(result);
  }

  template <class R>
  void read_week(xml_node days, R& record) {
    std::optional<Shifts>* const week[] = {&record.monday, &record.tuesday, &record.wednesday, &record.thursday,
                                           &record.friday, &record.saturday, &record.sunday};
    for (const auto day : days.children("WeekDay"))
      if (const auto type = whole(day, "DayType"); type >= 1 && type <= 7) *week[weekday_of(type)] = shifts(day);
  }

  void read_calendars() {
    const auto list = root_.child("Calendars");
    for (const auto node : list.children("Calendar")) {
      const auto& calendar = transaction_.create<Calendar>([&](Calendar& c) {
        c.name = words(node, "Name");
        if (c.name.empty()) c.name = std::format("Calendar {}", text(node, "UID"));
        read_week(node.child("WeekDays"), c);
      });
      calendars_[whole(node, "UID")] = calendar.id;
      keep_later(node, calendar_elements, calendar.id, node);
      read_work_weeks(node, calendar.id);
      read_exceptions(node, calendar.id);
    }
    for (const auto node : list.children("Calendar")) {
      const auto* calendar = project_.find(known<Calendar>(calendars_, whole(node, "UID")));
      const auto base = known<Calendar>(calendars_, whole(node, "BaseCalendarUID", -1));
      if (calendar && base && base.id != calendar->id) transaction_.set(*calendar, &Calendar::base, base);
    }
    transaction_.set(settings(), &ProjectSettings::calendar, known<Calendar>(calendars_, whole(root_, "CalendarUID", -1)));
  }

  void read_work_weeks(xml_node calendar, Id id) {
    for (const auto node : calendar.child("WorkWeeks").children("WorkWeek")) {
      const auto first = moment(node.child("TimePeriod"), "FromDate"), last = moment(node.child("TimePeriod"), "ToDate");
      if (!first || !last) continue;
      transaction_.create<WorkWeek>([&](WorkWeek& week) {
        week.calendar = {id};
        week.name = words(node, "Name");
        week.first = first->day();
        week.last = last->day();
        read_week(node.child("WeekDays"), week);
      });
    }
  }

  void read_exceptions(xml_node calendar, Id id) {
    const auto exceptions = calendar.child("Exceptions");
    for (const auto node : exceptions.children("Exception")) read_exception(node, id);
    if (exceptions.child("Exception")) return;
    for (const auto day : calendar.child("WeekDays").children("WeekDay"))  // as Project 2003 wrote them
      if (whole(day, "DayType", -1) == 0) read_exception(day, id);
  }

  void read_exception(xml_node node, Id id) {
    const auto first = moment(node.child("TimePeriod"), "FromDate"), last = moment(node.child("TimePeriod"), "ToDate");
    if (!first || !last) return;
    transaction_.create<CalendarException>([&](CalendarException& e) {
      e.calendar = {id};
      e.name = words(node, "Name");
      e.first = first->day();
      e.last = last->day();
      e.shifts = shifts(node);
      read_recurrence(node, e);
    });
  }

  void read_recurrence(xml_node node, CalendarException& e) {
    static constexpr Recurrence kinds[] = {Recurrence::none, Recurrence::none, Recurrence::yearly_by_day,
                                           Recurrence::yearly_by_position, Recurrence::monthly_by_day,
                                           Recurrence::monthly_by_position, Recurrence::weekly, Recurrence::daily,
                                           Recurrence::weekly, Recurrence::none};
    constexpr std::int64_t by_weekday_count = 8, monday_to_friday = 0b0111110;
    const auto type = whole(node, "Type", 0, 9, 1);
    e.recurrence = kinds[type];
    if (e.recurrence == Recurrence::none) return;
    const bool yearly = e.recurrence == Recurrence::yearly_by_day || e.recurrence == Recurrence::yearly_by_position;
    e.every = yearly ? 1 : whole(node, "Period", 1, 999, 1);
    if (flag(node, "EnteredByOccurrences")) e.occurrences = whole(node, "Occurrences", 0, 9999, 0);
    const auto days = type == by_weekday_count ? monday_to_friday : whole(node, "DaysOfWeek", 0, 127, 0);
    for (int bit = 0; bit < 7; ++bit)
      if (days >> bit & 1) e.weekdays |= 1 << weekday_of(bit + 1);
    e.day = whole(node, "MonthDay", 0, 31, 0);
    e.month = whole(node, "Month", 0, 11, 0) + 1;
    e.position = whole(node, "MonthPosition", 0, 4, 0) + 1;
    const auto item = whole(node, "MonthItem", 0, 9, 3);
    e.weekday = item < 3 ? 7 + item : weekday_of(item - 2);
  }

  // --- tasks

  void read_tasks() {
    std::vector<std::pair<std::int64_t, Id>> way;  // outline level and task
    std::size_t line = 0;
    for (const auto node : root_.child("Tasks").children("Task")) {
      const auto uid = whole(node, "UID");
      const auto level = whole(node, "OutlineLevel", 1);
      if (level <= 0 && !summary_task_) read_summary_task(node);
      count_.blank += flag(node, "IsNull");
      if (flag(node, "IsNull") || level <= 0) continue;
      while (!way.empty() && way.back().first >= level) way.pop_back();
      const auto& task = transaction_.create<Task>([&](Task& t) {
        t.parent = way.empty() ? Ref<Task>{} : Ref<Task>{way.back().second};
        t.order = std::format("{:06}V", ++line);
        t.source_uid = uid;
        read_task(node, t);
      });
      way.emplace_back(level, task.id);
      if (!tasks_.emplace(uid, task.id).second) wrong(node, "UID");
      read_baselines(node, task.id);
      read_custom_values(node, task.id);
      keep_later(node, task_elements, task.id, node);
      count_.external += flag(node, "ExternalTask") || flag(node, "IsSubproject");
      count_.recurring += flag(node, "Recurring");
    }
  }

  // The line that stands for the whole project.
  void read_summary_task(xml_node node) {
    summary_task_ = node;
    for (const char* name : {"ExtendedAttribute", "OutlineCode", "Baseline", "Notes"})
      for (const auto part : node.children(name)) keep_as_it_is(part);
  }

  void read_task(xml_node node, Task& t) {
    t.name = words(node, "Name");
    if (t.name.empty()) t.name = std::format("{}", text(node, "ID"));
    t.milestone = flag(node, "Milestone");
    t.active = flag(node, "Active", true);
    t.type = static_cast<TaskType>(whole(node, "Type", 0, 2, 0));
    t.effort_driven = flag(node, "EffortDriven");
    t.duration = {minutes(node, "Duration")};
    const auto format = whole(node, "DurationFormat", 7);
    t.elapsed_duration = elapsed_format(format);
    t.estimated = flag(node, "Estimated");
    t.work = {minutes(node, "Work")};
    t.constraint = static_cast<ConstraintType>(whole(node, "ConstraintType", 0, 7, 0));
    t.constraint_date = moment(node, "ConstraintDate");
    t.deadline = moment(node, "Deadline");
    t.manual = flag(node, "Manual");
    if (t.manual) {
      t.manual_start = moment(node, "Start");
      t.manual_finish = moment(node, "Finish");
    }
    t.calendar = known<Calendar>(calendars_, whole(node, "CalendarUID", -1));
    t.ignore_resource_calendars = flag(node, "IgnoreResourceCalendar");
    t.priority = whole(node, "Priority", 0, 1000, 500);
    t.levelling_delay = {std::max<std::int64_t>(0, whole(node, "LevelingDelay") / 10)};
    t.fixed_cost = money(node, "FixedCost");
    if (text(node, "EarnedValueMethod") == "1") t.earned_value_method = EarnedValueMethod::physical_percent;
    if (text(node, "WBS") != text(node, "OutlineNumber")) t.wbs = words(node, "WBS");
    t.notes = words(node, "Notes");
    if (const auto contact = words(node, "Contact"); !contact.empty()) t.responsible = person(contact);
    if (has_optimistic_) t.optimistic_duration = estimate(node, optimistic_field);
    if (has_pessimistic_) t.pessimistic_duration = estimate(node, pessimistic_field);
    read_progress(node, t);
  }

  std::optional<WorkMinutes> estimate(xml_node task, const OwnCustomField& field) {
    for (const auto node : task.children("ExtendedAttribute"))
      if (whole(node, "FieldID") == field.id) return some_minutes(node, "Value");
    return {};
  }

  Ref<Person> person(const std::string& name) {
    const auto [at, added] = people_.try_emplace(name);
    if (added) at->second = transaction_.create<Person>([&](Person& p) { p.name = name; }).id;
    return {at->second};
  }

  void read_progress(xml_node node, Task& t) {
    if (flag(node, "Summary")) return;  // follows from the parts
    t.percent_complete = {static_cast<std::int32_t>(whole(node, "PercentComplete", 0, 100, 0) * 10)};
    t.physical_percent = {static_cast<std::int32_t>(whole(node, "PhysicalPercentComplete", 0, 100, 0) * 10)};
    t.actual_start = moment(node, "ActualStart");
    t.actual_finish = moment(node, "ActualFinish");
    if (!t.actual_start) return;
    t.actual_duration = some_minutes(node, "ActualDuration");
    t.remaining_duration = some_minutes(node, "RemainingDuration");
    if (!t.actual_finish) t.resume = moment(node, "Resume");
  }

  void read_baselines(xml_node node, Id task) {
    for (const auto baseline : node.children("Baseline")) {
      const auto start = moment(baseline, "Start"), finish = moment(baseline, "Finish");
      if (!start || !finish) {
        keep_as_it_is(baseline);
        ++count_.partial_baselines;
        continue;
      }
      const auto number = whole(baseline, "Number", 0, 10, 0);
      auto& id = baselines_[number];
      if (!id)
        id = transaction_.create<Baseline>([&](Baseline& b) {
          b.name = number == 0 ? "Baseline" : std::format("Baseline {}", number);
          b.taken = moment(root_, "LastSaved").value_or(*start);
        }).id, add_foreign(id, baseline_form, std::to_string(number));
      const auto& part = transaction_.create<BaselineTask>([&](BaselineTask& b) {
        b.baseline = {id};
        b.task = {task};
        b.start = *start;
        b.finish = *finish;
        b.duration = {minutes(baseline, "Duration")};
        b.work = {minutes(baseline, "Work")};
        b.cost = money(baseline, "Cost");
      });
      keep_later(baseline, baseline_elements, part.id, baseline);
    }
  }

  void read_links() {
    static constexpr LinkType types[] = {LinkType::finish_to_finish, LinkType::finish_to_start,
                                         LinkType::start_to_finish, LinkType::start_to_start};
    for (const auto node : root_.child("Tasks").children("Task")) {
      const auto to = known<Task>(tasks_, whole(node, "UID"));
      if (!to) continue;
      for (const auto link : node.children("PredecessorLink")) {
        const auto from = known<Task>(tasks_, whole(link, "PredecessorUID", -1));
        if (!from || from.id == to.id || flag(link, "CrossProject")) {
          keep_as_it_is(link);
          ++count_.unknown;
          continue;
        }
        const auto format = whole(link, "LagFormat", 7);
        const auto lag = whole(link, "LinkLag");
        const auto& made = transaction_.create<Link>([&](Link& l) {
          l.predecessor = from;
          l.successor = to;
          l.type = types[whole(link, "Type", 0, 3, 1)];
          l.lag_unit = percent_format(format) ? LagUnit::percent : elapsed_format(format) ? LagUnit::elapsed : LagUnit::working;
          l.lag = percent_format(format) ? lag * 10 : lag / 10;
        });
        if (format != 7 && format != 8 && format != 19) keep_later(link, link_elements, made.id, link);
      }
    }
  }

  // --- resources

  void read_resources() {
    for (const auto node : root_.child("Resources").children("Resource")) {
      const auto name = words(node, "Name");
      if (flag(node, "IsNull") || name.empty()) continue;
      const auto& resource = transaction_.create<Resource>([&](Resource& r) {
        r.name = name;
        const auto type = whole(node, "Type", 0, 2, 1);
        r.kind = type == 2 || flag(node, "IsCostResource") ? ResourceKind::cost
                 : type == 0                               ? ResourceKind::material
                                                           : ResourceKind::person;
        r.group = words(node, "Group");
        r.unit = words(node, "MaterialLabel");
        r.maximum_units = {static_cast<std::int32_t>(std::clamp(value(node, "MaxUnits", decimal, 1.0), 0.0, 1000.0) * 1000 + 0.5)};
        r.calendar = known<Calendar>(calendars_, whole(node, "CalendarUID", -1));
        r.standard_rate = rate(node, "StandardRate");
        r.overtime_rate = rate(node, "OvertimeRate");
        r.cost_per_use = {std::max<std::int64_t>(0, money(node, "CostPerUse").value)};
        static constexpr Accrual accruals[] = {Accrual::prorated, Accrual::start, Accrual::finish, Accrual::prorated};
        r.accrual = accruals[whole(node, "AccrueAt", 0, 3, 3)];
        r.notes = words(node, "Notes");
        read_availability(node, r);
      });
      resources_[whole(node, "UID")] = resource.id;
      read_rates(node.child("Rates"), resource.id);
      read_custom_values(node, resource.id);
      keep_later(node, resource_elements, resource.id, node);
    }
  }

  // Table A (0) over time is ours, the tables B to E are kept.
  void read_rates(xml_node rates, Id resource) {
    std::vector<xml_node> of_table_a;
    for (const auto node : rates.children("Rate"))
      if (whole(node, "RateTable", 0, 4, 0) == 0) of_table_a.push_back(node);
    if (of_table_a.size() > 1) {
      ++count_.rates;
      for (const auto node : of_table_a)
        transaction_.create<ResourceRate>([&](ResourceRate& r) {
          r.resource = {resource};
          r.valid_from = Minute::parse(text(node, "RatesFrom")).value_or(Minute::at(open_from)).day();
          r.standard_rate = rate(node, "StandardRate");
          r.overtime_rate = rate(node, "OvertimeRate");
          r.cost_per_use = money(node, "CostPerUse");
        });
    }
    for (const auto node : of_table_a) rates.remove_child(node);
    if (rates.child("Rate")) keep_as_it_is(rates);
  }

  void read_availability(xml_node node, Resource& r) {
    const auto period = node.child("AvailabilityPeriods").child("AvailabilityPeriod");
    if (period.next_sibling("AvailabilityPeriod")) {
      keep_as_it_is(node.child("AvailabilityPeriods"));
      ++count_.availability;
      return;
    }
    const auto from = moment(period, "AvailableFrom"), to = moment(period, "AvailableTo");
    if (from && from->day() > open_from) r.available_from = from->day();
    if (to && to->day() < open_to) r.available_to = to->day();
  }

  void read_assignments() {
    std::map<std::int64_t, xml_node> tasks;
    for (const auto node : root_.child("Tasks").children("Task")) tasks[whole(node, "UID")] = node;
    for (const auto node : root_.child("Assignments").children("Assignment")) {
      const auto* task = project_.find(known<Task>(tasks_, whole(node, "TaskUID", -1)));
      if (!task) continue;
      read_breaks(node, *task);
      const auto resource = known<Resource>(resources_, whole(node, "ResourceUID", -1));
      if (!resource) continue;  // MS Project writes an assignment to nobody for each task
      const auto contour = whole(node, "WorkContour");
      count_.contours += contour > 0 && contour < 8;
      const auto kind = project_.find(resource)->kind;
      const auto& assignment = transaction_.create<Assignment>([&](Assignment& a) {
        a.task = {task->id};
        a.resource = resource;
        const auto units = std::clamp(value(node, "Units", decimal, 1.0), 0.0, 1000.0);
        a.units = {static_cast<std::int32_t>(units * 1000 + 0.5)};
        if (kind == ResourceKind::material) a.quantity = Number{static_cast<std::int64_t>(units * number_scale + 0.5)};
        else if (kind == ResourceKind::cost) a.cost = money(node, "Cost");
        else a.work = some_minutes(node, "Work");
        a.delay = {std::max<std::int64_t>(0, whole(node, "Delay") / 10)};
        a.actual_work = {minutes(node, "ActualWork")};
        a.remaining_work = some_minutes(node, "RemainingWork");
      });
      read_custom_values(node, assignment.id);
      keep_later(node, assignment_elements, assignment.id, tasks[whole(node, "TaskUID", -1)]);
    }
  }

  // The breaks of a split task show as stretches without work in its assignment's time-phased data.
  void read_breaks(xml_node node, const Task& task) {
    if (!task.splits.empty() || task.elapsed_duration) return;
    const auto start = moment(node, "Start");
    if (!start || !node.child("TimephasedData")) return;
    struct Stretch { Minute from, to; };
    std::vector<Stretch> idle;
    Minute last_work = *start;
    for (const auto data : node.children("TimephasedData")) {
      if (const auto type = whole(data, "Type"); type != 1 && type != 2) continue;
      const auto from = moment(data, "Start"), to = moment(data, "Finish");
      const auto raw = text(data, "Value");
      if (!from || !to || raw.empty()) continue;
      if (duration(raw).value_or(0) > 0) last_work = std::max(last_work, *from);
      else idle.push_back({*from, *to});
    }
    std::string splits;
    std::int64_t end = -1;
    for (const auto& [from, to] : idle) {
      if (from >= last_work) break;
      const auto a = time_of(task).between(*start, from), b = time_of(task).between(*start, to);
      if (b <= a) continue;
      if (a == end) splits.erase(splits.rfind('/'));  // continues the one before
      else splits += std::format("{}{}", splits.empty() ? "" : ";", a);
      splits += std::format("/{}", b);
      end = b;
    }
    if (!splits.empty()) transaction_.set(task, &Task::splits, splits);
  }

  const engine::WorkTime& time_of(const Task& task) {
    const auto calendar = task.calendar ? task.calendar : settings().calendar;
    auto& slot = times_[calendar.id];
    if (!slot) {
      const auto plan = engine::plan_of(project_);
      const auto found = std::ranges::find(plan.calendar_ids, calendar.id);
      const auto standard = engine::standard_calendar();
      slot = found == plan.calendar_ids.end()
                 ? engine::WorkTime::compile(std::span(&standard, 1), 0)
                 : engine::WorkTime::compile(plan.calendars, static_cast<engine::Index>(found - plan.calendar_ids.begin()));
    }
    return *slot;
  }

  struct Count {
    std::int64_t custom_fields = 0, outline_codes = 0, external = 0, recurring = 0, blank = 0, rates = 0, availability = 0, contours = 0,
                 partial_baselines = 0, unknown = 0;
  };
  struct KnownField {
    Id id;
    CustomFieldKind kind = CustomFieldKind::text;
    std::map<std::string, std::string> texts;  // of its look-up table
  };
  struct Rest {
    xml_node node;
    Id record;
    const Elements* elements;
    xml_node anchor;
  };

  Project& project_;
  xml_node root_;
  Transaction transaction_;
  std::optional<Error> error_;
  std::vector<Error> notes_;
  Count count_;
  double minor_units_ = 100;
  xml_node summary_task_;
  std::vector<Rest> rest_;
  std::set<std::string> kept_;  // names of elements
  std::map<std::int64_t, KnownField> custom_fields_;
  bool has_optimistic_ = false, has_pessimistic_ = false;
  std::map<std::string, Id> people_;
  std::map<std::int64_t, Id> calendars_, tasks_, resources_, baselines_;
  std::map<Id, std::optional<engine::WorkTime>> times_;
};

}  // namespace

namespace {

// Chinese programs declare encodings that the parser does not know.
Result<std::string> in_known_encoding(std::string_view bytes) {
  const std::string head = lower(bytes.substr(0, 200));
  const auto declared = head.find("encoding=");
  const auto end = head.find("?>");
  if (!head.contains("<?xml") || declared == head.npos || end == head.npos || declared > end) return std::string();
  const auto name = std::string_view(head).substr(declared + 10, 7);
  if (!name.starts_with("gb")) return std::string();
  auto text = PMO_TRY(decode_text(bytes.substr(end + 2), TextEncoding::gb18030)).text;
  return text;
}

}  // namespace

Result<MspdiRead> read_mspdi(std::string_view bytes, const Schema& schema, Id actor, Surroundings& surroundings) {
  const auto converted = PMO_TRY(in_known_encoding(bytes));
  if (!converted.empty()) bytes = converted;
  pugi::xml_document document;
  const auto parsed = document.load_buffer(bytes.data(), bytes.size());
  if (!parsed) return fail("error.mspdi.xml"_key, {parsed.description()}, line_and_column(bytes, parsed.offset));
  const auto root = document.child("Project");
  if (!root || !root.child("Tasks")) return fail("error.mspdi.format"_key);
  MspdiRead result{std::make_unique<Project>(schema, actor, surroundings), {}};
  MspdiReader reader(*result.project, root);
  PMO_TRY_VOID(reader.read());
  result.notes = reader.notes();
  return result;
}

}  // namespace pmo::storage
