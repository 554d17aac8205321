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

std::vector<FieldName> custom_fields_of(std::string_view register_name, CustomFieldKind kind) {
  struct Run { std::string_view owner; CustomFieldKind kind; std::int64_t first; int count, step; };
  using enum CustomFieldKind;
  static constexpr Run runs[] = {
      {"task", text, 188'743'731, 5, 3}, {"task", text, 188'743'746, 5, 1}, {"task", text, 188'743'997, 20, 1},
      {"task", cost, 188'743'786, 3, 1}, {"task", cost, 188'743'938, 7, 1}, {"task", duration, 188'743'783, 3, 1}, {"task", duration, 188'743'955, 7, 1},
      {"resource", text, 205'520'904, 2, 1}, {"resource", text, 205'520'926, 3, 1}, {"resource", text, 205'520'993, 5, 1}, {"resource", text, 205'521'121, 20, 1},
      {"resource", cost, 205'521'019, 3, 1}, {"resource", cost, 205'521'062, 7, 1}, {"resource", duration, 205'521'013, 3, 1}, {"resource", duration, 205'521'079, 7, 1},
      {"assignment", text, 255'852'632, 10, 1}, {"assignment", text, 255'852'762, 20, 1}, {"assignment", cost, 255'852'663, 3, 1},
      {"assignment", cost, 255'852'703, 7, 1}, {"assignment", duration, 255'852'657, 3, 1}, {"assignment", duration, 255'852'720, 7, 1}};
  const std::string_view name = kind == cost ? "Cost" : kind == duration ? "Duration" : "Text";
  std::vector<FieldName> list;
  for (const auto& run : runs)
    for (int i = 0; run.owner == register_name && run.kind == kind && i < run.count; ++i)
      list.push_back({run.first + std::int64_t{run.step} * i, std::format("{}{}", name, list.size() + 1)});
  return list;
}

}  // namespace pmo::storage::mspdi
