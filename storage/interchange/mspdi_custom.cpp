#include "storage/interchange/mspdi_custom.h"

#include <cmath>
#include <format>

#include "app/model/format.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/resource.h"
#include "storage/interchange/mspdi_values.h"

namespace pmo::storage::mspdi {
namespace {

// Hours and minutes are the same in every project.
std::string readable_duration(std::int64_t minutes) {
  if (minutes % 60 == 0) return std::format("{}h", minutes / 60);
  return std::format("{}m", minutes);
}

std::string to_readable(CustomFieldKind kind, std::string_view raw) {
  switch (kind) {
    case CustomFieldKind::date:
      if (auto moment = Minute::parse(raw)) {
        auto text = moment->text();
        text[text.find('T')] = ' ';
        return text;
      }
      break;
    case CustomFieldKind::duration:
      if (const auto minutes = duration(raw)) return readable_duration(*minutes);
      break;
    case CustomFieldKind::cost:
      if (const auto hundredths = integer(raw)) return std::format("{:.2f}", static_cast<double>(*hundredths) / 100);
      break;
    default: break;
  }
  return std::string(raw);
}

}  // namespace

CustomFieldKind kind_of_field(std::string_view name) {
  const std::pair<std::string_view, CustomFieldKind> kinds[] = {
      {"Number", CustomFieldKind::number}, {"Cost", CustomFieldKind::cost},         {"Date", CustomFieldKind::date}, {"Start", CustomFieldKind::date},
      {"Finish", CustomFieldKind::date},   {"Duration", CustomFieldKind::duration}, {"Flag", CustomFieldKind::flag}, {"Outline Code", CustomFieldKind::code}};
  for (const auto& [beginning, kind] : kinds)
    if (name.starts_with(beginning)) return kind;
  return CustomFieldKind::text;
}

std::string_view register_of_field(std::int64_t id) {
  constexpr std::int64_t of_resource = 205'520'896, of_assignment = 255'852'544, of_project = 239'075'328, size = 1 << 24;
  if (id >= of_resource && id < of_resource + size) return register_of<Resource>().name;
  if (id >= of_project && id < of_assignment) return register_of<ProjectSettings>().name;
  if (id >= of_assignment && id < of_assignment + size) return register_of<Assignment>().name;
  return register_of<Task>().name;
}

std::string readable_value(CustomFieldKind kind, std::string_view raw) {
  auto readable = to_readable(kind, raw);
  return raw_value(kind, readable) == raw ? readable : std::string(raw);
}

std::string raw_value(CustomFieldKind kind, std::string_view readable) {
  switch (kind) {
    case CustomFieldKind::date:
      if (readable.size() == 16 && readable[10] == ' ') {
        std::string text(readable);
        text[10] = 'T';
        if (const auto moment = Minute::parse(text)) return date_text(*moment);
      }
      break;
    case CustomFieldKind::duration:
      if (const auto read = parse_duration(readable, {})) return duration_text(read->minutes.value);
      break;
    case CustomFieldKind::cost:
      if (const auto value = decimal(readable); value && readable.contains('.')) return std::to_string(std::llround(*value * 100));
      break;
    default: break;
  }
  return std::string(readable);
}

std::map<std::string, std::string> look_up_texts(pugi::xml_node definition) {
  struct Entry {
    std::string text, parent;
  };
  std::map<std::string, Entry> entries;  // by id
  std::map<std::string, std::string> guids;
  for (const char* list : {"ValueList", "Values"})
    for (const auto value : definition.child(list).children("Value")) {
      const auto id_node = value.child("ID") ? value.child("ID") : value.child("ValueID");
      const std::string id = id_node.text().get();
      entries[id] = {value.child("Value").text().get(), value.child("ParentValueID").text().get()};
      for (const char* guid : {"FieldGUID", "ValueGUID"})
        if (value.child(guid)) guids[value.child(guid).text().get()] = id;
    }
  std::map<std::string, std::string> texts;
  for (const auto& [id, entry] : entries) {
    std::string text = entry.text;
    const Entry* at = &entry;
    for (int depth = 0; depth < 100; ++depth) {
      const auto parent = entries.find(at->parent);
      if (parent == entries.end() || &parent->second == at) break;
      at = &parent->second;
      text = at->text + "." + text;
    }
    texts[id] = text;
  }
  for (const auto& [guid, id] : guids) texts.try_emplace(guid, texts[id]);
  return texts;
}

FieldName text_field(int number) {
  constexpr std::int64_t of_task = 188'743'680;
  const std::int64_t offset = number <= 5 ? 48 + 3 * number : number <= 10 ? 60 + number : 306 + number;
  return {of_task + offset, "Text" + std::to_string(number)};
}

}  // namespace pmo::storage::mspdi
