#include <algorithm>

#include "app/model/records/baseline.h"
#include "storage/interchange/mspdi.h"
#include "storage/interchange/mspdi_writing.h"

namespace pmo::storage {
namespace {

using namespace mspdi;

struct Text final : pugi::xml_writer {
  std::string text;
  void write(const void* data, std::size_t size) override { text.append(static_cast<const char*>(data), size); }
};

void write_settings(const Writing& to, xml_node root) {
  const auto& settings = to.settings;
  put(root, "SaveVersion", 14);
  put(root, "Name", settings.name);
  put(root, "Title", settings.name);
  if (const Person* manager = to.project.find(settings.manager)) put(root, "Manager", manager->name);
  if (!to.project.all<Baseline>().empty())
    put_moment(root, "LastSaved", std::ranges::max(to.project.all<Baseline>(), {}, &Baseline::taken).taken);
  put_flag(root, "ScheduleFromStart", settings.schedule_from == ScheduleFrom::start);
  put_moment(root, "StartDate", settings.start);
  put_moment(root, "FinishDate", settings.finish.value_or(to.schedule.project_finish));
  put(root, "CriticalSlackLimit", settings.critical_threshold.value / settings.minutes_per_day.value);
  put(root, "CurrencyDigits", settings.currency_digits);
  put(root, "CurrencyCode", settings.currency);
  if (settings.calendar) put(root, "CalendarUID", to.number_of(settings.calendar));
  put(root, "MinutesPerDay", settings.minutes_per_day.value);
  put(root, "MinutesPerWeek", settings.minutes_per_week.value);
  put(root, "DaysPerMonth", settings.days_per_month);
  if (settings.status_date) put_moment(root, "StatusDate", Minute::at(*settings.status_date, 17 * 60));
}

// --- what a plan of MS Project has no place for

// By register: the fields that some record has filled in and that neither an element nor a custom field holds.
void note_fields(const Writing& to, std::vector<Error>& notes) {
  const RegisterInfo* last = nullptr;
  std::string names;  // keys, shown as a list
  const auto close = [&] {
    if (!names.empty()) notes.push_back({"mspdi.note.fields"_key, {argument_of(last->label_key()), names}});
    names.clear();
  };
  for (const auto& field : to.fields()) {
    if (field.info != last) close();
    last = field.info;
    const auto lost = [&](const Record* record) { return !to.keeps(field, *record); };
    if (std::ranges::any_of(to.project.table(*field.info).records(), lost)) names += argument_of(field.field->label_key());
  }
  close();
}

void note_registers(const Writing& to, std::vector<Error>& notes) {
  std::int64_t count = 0;
  std::string names;  // keys, shown as a list
  for (const auto* info : to.project.schema().registers()) {
    const auto records = std::ssize(to.project.table(*info).records());
    if (records == 0 || std::ranges::contains(to.fields(), info, &FieldInFile::info)) continue;
    count += records;
    names += argument_of(info->label_key());
  }
  if (count > 0) notes.push_back({"mspdi.note.other_registers"_key, {std::to_string(count), names}});
}

std::vector<Error> notes_of(const Writing& to) {
  std::vector<Error> list;
  const auto add = [&](Key key, std::int64_t count) {
    if (count > 0) list.push_back({key, {std::to_string(count)}});
  };
  note_registers(to, list);
  note_fields(to, list);
  add("mspdi.note.homeless_fields"_key, to.homeless_fields());
  add("mspdi.note.outdated"_key, to.outdated);
  add("mspdi.note.baselines"_key, std::ssize(to.project.all<Baseline>().records()) - 11);
  return list;
}

}  // namespace

MspdiWritten write_mspdi(const Project& project) {
  pugi::xml_document document;
  auto declaration = document.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "UTF-8";
  declaration.append_attribute("standalone") = "yes";
  auto root = document.append_child("Project");
  root.append_attribute("xmlns") = "http://schemas.microsoft.com/project";
  Writing to(project);
  write_settings(to, root);
  to.write_custom_fields(root);
  to.give(root, to.settings.id, project_elements);
  write_calendars(to, root);
  write_tasks(to, root);
  write_resources(to, root);
  write_assignments(to, root);
  Text text;
  document.save(text, "", pugi::format_raw | pugi::format_skip_control_chars);  // XML has none but tab and line ends
  return {std::move(text.text), notes_of(to)};
}

}  // namespace pmo::storage
