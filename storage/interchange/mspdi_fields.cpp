#include "storage/interchange/mspdi_fields.h"

#include <algorithm>
#include <cmath>
#include <format>

#include "app/model/describe_record.h"
#include "app/model/records/baseline.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/resource_use.h"
#include "app/model/utf8.h"
#include "app/model/value_text.h"
#include "storage/interchange/mspdi_values.h"

namespace pmo::storage::mspdi {
namespace {

using Names = std::span<const std::string_view>;

constexpr std::string_view settings_fields[] = {
    "name", "start", "finish", "schedule_from", "calendar", "status_date", "manager", "currency", "currency_digits", "minutes_per_day",
    "minutes_per_week", "days_per_month", "critical_threshold", "progress_logic"};
constexpr std::string_view calendar_fields[] = {"name", "base", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
constexpr std::string_view task_fields[] = {
    "name", "parent", "order", "duration", "elapsed_duration", "estimated", "milestone", "responsible", "percent_complete", "physical_percent",
    "actual_start", "actual_finish", "actual_duration", "remaining_duration", "resume", "constraint", "constraint_date", "deadline",
    "manual", "manual_start", "manual_finish", "active", "type", "effort_driven", "work", "calendar", "ignore_resource_calendars", "priority",
    "levelling_delay", "splits", "fixed_cost", "fixed_cost_accrual", "earned_value_method", "wbs", "notes", "source_uid"};
constexpr std::string_view resource_fields[] = {
    "name", "kind", "group", "unit", "maximum_units", "calendar", "standard_rate", "overtime_rate", "cost_per_use", "accrual",
    "available_from", "available_to", "notes"};
constexpr std::string_view baseline_fields[] = {"taken"};
constexpr std::string_view baseline_task_fields[] = {"baseline", "task", "start", "finish", "duration", "work", "cost"};
constexpr std::string_view rate_fields[] = {"resource", "table", "valid_from", "standard_rate", "overtime_rate", "cost_per_use"};
constexpr std::string_view availability_fields[] = {"resource", "first", "last", "units"};
constexpr std::string_view every_field[] = {""};

struct RegisterInFile {
  const RegisterInfo& info;
  Names elements;
};

// "optimistic_cost" -> "Optimistic cost (PMO Desk)". Fields of the project travel with its tasks: one that tasks have as well
// says that it is the project's.
std::string alias_of(const RegisterInfo& info, const FieldInfo& field) {
  const bool of_both = &info == &register_of<ProjectSettings>() && register_of<Task>().find(field.name);
  std::string alias = (of_both ? "project_" : "") + std::string(field.name);
  std::ranges::replace(alias, '_', ' ');
  if (alias[0] >= 'a' && alias[0] <= 'z') alias[0] = static_cast<char>(alias[0] - 'a' + 'A');
  return alias + " (PMO Desk)";
}

std::string decimal_text(std::int64_t value, std::int64_t scale) {
  return std::format("{}", static_cast<double>(value) / static_cast<double>(scale));
}

Value held_of_task(std::string_view name, const Task& task, const Value& value) {
  if (name == "percent_complete" || name == "physical_percent") return (std::get<std::int64_t>(value) + 5) / 10 * 10;
  if (name == "earned_value_method") {
    const bool physical = value == Value{std::string(enum_name(EarnedValueMethod::physical_percent))};
    return physical ? value : Value{std::string(enum_name(EarnedValueMethod::percent_complete))};
  }
  const bool of_manual = name == "manual_start" || name == "manual_finish";
  const bool of_started = name == "actual_duration" || name == "remaining_duration" || name == "resume";
  if ((of_manual && !task.manual) || (of_started && !task.actual_start) || (name == "resume" && task.actual_finish)) return {};
  return value;
}

// Material is assigned by quantity, costs by amount, people and machines by work: the file has a place for one of them.
Value held_of_assignment(std::string_view name, const Assignment& assignment, const Value& value, const Project& project) {
  const Resource* resource = project.find(assignment.resource);
  const auto kind = resource ? resource->kind : ResourceKind::person;
  const bool material = kind == ResourceKind::material, cost = kind == ResourceKind::cost;
  if (name == "units" && material && assignment.quantity) return std::clamp<std::int64_t>(assignment.quantity->value / (number_scale / 1000), 0, 1'000'000);
  const bool elsewhere = (name == "quantity" && !material) || (name == "cost" && !cost) || (name == "work" && (material || cost));
  return elsewhere ? Value{} : value;
}

Value held_of_settings(std::string_view name, const ProjectSettings& settings, const Value& value) {
  if (name == "finish" && settings.schedule_from == ScheduleFrom::start) return {};
  if (name == "progress_logic") return std::string(enum_name(ProgressLogic::override_logic));  // resume dates tell where work goes on
  if (name != "critical_threshold") return value;
  const auto day = std::max<std::int64_t>(1, settings.minutes_per_day.value);
  return std::get<std::int64_t>(value) / day * day;
}

}  // namespace

bool FieldInFile::may_travel() const {
  const bool has_fields = info == &register_of<Task>() || info == &register_of<Resource>() || info == &register_of<Assignment>() || info == &register_of<ProjectSettings>();
  // Tasks and resources are rows of the file, baselines have numbers there: a name beside would make another one.
  const bool row = field->kind == Kind::reference && (field->target == register_of<Task>().name || field->target == register_of<Resource>().name || field->target == register_of<Baseline>().name);
  return has_fields && field->kind != Kind::references && !row && !field->options.level;  // who may read what is not for a file to decide
}

CustomFieldKind FieldInFile::kind() const {
  return field->kind == Kind::money ? CustomFieldKind::cost : field->kind == Kind::work ? CustomFieldKind::duration : CustomFieldKind::text;
}

std::string_view FieldInFile::place_register() const {
  return info == &register_of<ProjectSettings>() ? register_of<Task>().name : info->name;
}

std::vector<FieldInFile> fields_in_file() {
  const RegisterInFile registers[] = {
      {register_of<ProjectSettings>(), settings_fields}, {register_of<Calendar>(), calendar_fields}, {register_of<WorkWeek>(), every_field},
      {register_of<CalendarException>(), every_field}, {register_of<Task>(), task_fields}, {register_of<Link>(), every_field},
      {register_of<Resource>(), resource_fields}, {register_of<ResourceRate>(), rate_fields},
      {register_of<AvailabilityPeriod>(), availability_fields}, {register_of<Assignment>(), every_field},
      {register_of<Baseline>(), baseline_fields}, {register_of<BaselineTask>(), baseline_task_fields}, {register_of<CustomField>(), every_field},
      {register_of<CustomValue>(), every_field}, {register_of<ForeignData>(), every_field}, {register_of<ImportReport>(), every_field}};
  std::vector<FieldInFile> list;
  for (const auto& [info, elements] : registers) {
    const auto fresh = info.make_record();
    for (const auto& field : info.fields) {
      const bool has_element = elements.front().empty() || std::ranges::contains(elements, field.name);
      list.push_back({&info, &field, has_element, field.get(*fresh), alias_of(info, field)});
    }
  }
  return list;
}

Value held(const FieldInFile& field, const Record& record, const Value& value, const Project& project) {
  if (!field.has_element) return field.otherwise;
  const auto name = field.field->name;
  const auto* choice = field.field->kind == Kind::choice ? std::get_if<std::string>(&value) : nullptr;
  const Value plain = choice ? Value{std::string(base_choice(*choice))} : value;
  if (field.info == &register_of<Task>()) return held_of_task(name, static_cast<const Task&>(record), plain);
  if (field.info == &register_of<Assignment>()) return held_of_assignment(name, static_cast<const Assignment&>(record), plain, project);
  if (field.info == &register_of<ProjectSettings>()) return held_of_settings(name, static_cast<const ProjectSettings&>(record), plain);
  const bool equipment = field.info == &register_of<Resource>() && name == "kind" && plain == Value{std::string(enum_name(ResourceKind::equipment))};
  return equipment ? Value{std::string(enum_name(ResourceKind::person))} : plain;  // both are work resources there
}

bool is_held(const FieldInFile& field, const Record& record, const Project& project) {
  const auto value = field.field->get(record);
  return held(field, record, value, project) == value;
}

std::optional<std::string> travelling_text(const FieldInFile& field, const Value& value, const Project& project, double minor_units) {
  const auto* number = std::get_if<std::int64_t>(&value);
  const auto* id = std::get_if<Id>(&value);
  std::string text;
  switch (field.field->kind) {
    case Kind::money: return number ? cost_text({*number}, minor_units) : std::string();
    case Kind::work: return number ? duration_text(*number) : std::string();
    case Kind::number: text = number ? decimal_text(*number, number_scale) : std::string(); break;
    case Kind::permille: text = number ? decimal_text(*number, 10) : std::string(); break;
    case Kind::day: text = number ? Day{static_cast<std::int32_t>(*number)}.text() : std::string(); break;
    case Kind::minute: text = number ? Minute{*number}.text() : std::string(); break;
    case Kind::reference: {
      const auto* info = project.schema().find(field.field->target);
      const auto* named = info && id ? project.table(*info).find(*id) : nullptr;
      text = named ? record_title(project, *info, *named) : std::string();
      break;
    }
    default: text = value_text(value);
  }
  constexpr std::ptrdiff_t most_characters = 255;
  const auto characters = std::ranges::count_if(text, [](char c) { return !continues_character(c); });
  return characters <= most_characters ? std::optional(std::move(text)) : std::nullopt;
}

std::optional<Value> travelled_value(const FieldInFile& field, std::string_view raw, double minor_units) {
  std::optional<std::int64_t> number;
  switch (field.field->kind) {
    case Kind::reference: return {};
    case Kind::money: if (const auto money = money_of(raw, minor_units)) number = money->value; break;
    case Kind::work: number = duration(raw); break;
    case Kind::number: if (const auto value = decimal(raw)) number = std::llround(*value * number_scale); break;
    case Kind::permille: if (const auto value = decimal(raw)) number = std::llround(*value * 10); break;
    case Kind::day: if (const auto day = Day::parse(raw)) number = day->value; break;
    case Kind::minute: if (const auto moment = Minute::parse(raw)) number = moment->value; break;
    default: {
      auto value = read_value_text(*field.field, raw);
      return value ? std::optional(std::move(*value)) : std::nullopt;
    }
  }
  if (!number || !check_value(*field.field, Value{*number})) return {};
  return Value{*number};
}

}  // namespace pmo::storage::mspdi
