#include "storage/interchange/mspdi_writing.h"

#include <algorithm>
#include <cmath>
#include <format>

#include "app/model/records/baseline.h"

namespace pmo::storage::mspdi {

xml_node put(xml_node parent, const char* name, std::string_view value) {
  auto node = parent.append_child(name);
  node.text().set(value.data(), value.size());
  return node;
}
void put(xml_node parent, const char* name, std::int64_t value) { put(parent, name, std::to_string(value)); }
void put_flag(xml_node parent, const char* name, bool value) { put(parent, name, value ? "1" : "0"); }
void put_some(xml_node parent, const char* name, std::string_view value) {
  if (!value.empty()) put(parent, name, value);
}
void put_moment(xml_node parent, const char* name, std::optional<Minute> moment) {
  if (moment) put(parent, name, date_text(*moment));
}
void put_minutes(xml_node parent, const char* name, std::optional<WorkMinutes> minutes) {
  if (minutes) put(parent, name, duration_text(minutes->value));
}
std::string share(Permille units) { return std::format("{:.3f}", units.value / 1000.0); }

bool untouched(const RegisterInfo& info, const Record& record) {
  constexpr std::string_view harmless[] = {"name", "notes", "order", "parent", "wbs", "responsible", "priority", "deadline", "cost_account"};
  return std::ranges::all_of(record.written.list(), [&](const FieldStamp& stamp) {
    return stamp.field >= info.fields.size() || std::ranges::contains(harmless, info.fields[stamp.field].name);
  });
}

Writing::Writing(const Project& of)
    : project(of), settings(*of.all<ProjectSettings>().begin()), outline(of), plan(engine::plan_of(of, outline)),
      schedule(engine::schedule(plan)), calendars(plan), minor_units_(std::pow(10.0, static_cast<double>(settings.currency_digits))),
      fields_(fields_in_file()) {
  number_all();
  for (const auto& data : project.all<ForeignData>()) foreign_[data.record.id].push_back(&data);
  for (const auto& value : project.all<CustomValue>()) custom_values_[value.record.id].push_back(&value);
  choose_custom_fields();
  choose_places_of_own();
  number_baselines();
}

// UIDs: of tasks those they came with, so that a plan goes to MS Project and back as the same one.
void Writing::number_all() {
  std::set<std::int64_t> taken{0};
  std::int64_t greatest = 0;
  for (const auto& task : project.all<Task>()) greatest = std::max(greatest, task.source_uid);
  for (const auto& row : outline.rows()) {
    const bool own = row.task->source_uid > 0 && taken.insert(row.task->source_uid).second;
    numbers[row.task->id] = own ? row.task->source_uid : ++greatest;
  }
  std::int64_t calendar = 0, resource = 0;
  for (const auto& record : project.all<Calendar>()) numbers[record.id] = ++calendar;
  for (const auto& absence : project.all<Absence>())
    if (is_away(absence) && project.find(absence.resource) && own_calendars.try_emplace(absence.resource.id, calendar + 1).second) ++calendar;
  for (const auto& record : project.all<Resource>()) numbers[record.id] = ++resource;
}

// The numbers they came with; others take those that are free.
void Writing::number_baselines() {
  std::set<std::int64_t> taken;
  for (const auto& baseline : project.all<Baseline>())
    if (const auto number = integer(leftover_of(baseline.id, baseline_form)); number && taken.insert(*number).second) numbers[baseline.id] = *number;
  for (const auto& baseline : project.all<Baseline>()) {
    if (numbers.contains(baseline.id)) continue;
    std::int64_t number = 0;
    while (!taken.insert(number).second) ++number;
    numbers[baseline.id] = number;
  }
}

std::string Writing::rate(Money money) const {
  const auto digits = std::max<std::int64_t>(2, settings.currency_digits);
  return std::format("{:.{}f}", static_cast<double>(money.value) / minor_units_, digits);
}

std::string_view Writing::leftover_of(Id record, std::string_view form) const {
  const auto found = foreign_.find(record);
  if (found == foreign_.end()) return {};
  const auto data = std::ranges::find(found->second, form, [](const ForeignData* one) { return std::string_view(one->form); });
  return data == found->second.end() ? std::string_view{} : std::string_view((*data)->content);
}

void Writing::give(xml_node node, Id record, const Elements& elements, bool with_tied) {
  if (const auto content = leftover_of(record); !content.empty()) outdated += give_back(node, content, elements, with_tied);
}

bool Writing::as_it_came(const Task& task, std::string_view leftover) const {
  const auto row = *outline.find(task.id);
  if (!outline[row].summary && !untouched(register_of<Task>(), task)) return false;
  for (const auto* part : project.table(register_of<Assignment>()).parts_of(task.id))
    if (!untouched(register_of<Assignment>(), *part)) return false;
  const auto start = task.manual && task.manual_start ? *task.manual_start : schedule.start[row];
  const auto finish = task.manual && task.manual_finish ? *task.manual_finish : schedule.finish[row];
  return fits(leftover, date_text(start), date_text(finish));
}

}  // namespace pmo::storage::mspdi
