// What users of P6 have added, and what has no field here, as custom fields.
#include <algorithm>
#include <iterator>

#include "app/words/words.h"
#include "storage/interchange/xer_reading.h"

namespace pmo::storage::xer {

void Reading::read_added_fields() {
  auto fields = user_defined_fields(tables);
  std::ranges::move(codes(tables), std::back_inserter(fields));
  for (auto& [name, field] : kept_texts) {
    field.name = std::string(word(name, Language::english));
    field.source = "TASK";
    field.table = "TASK";
    fields.push_back(std::move(field));
  }
  const Ids settings_ids{{project_id, settings().id}};
  const std::map<std::string_view, std::pair<const Ids&, const RegisterInfo*>> places{
      {"TASK", {tasks, &register_of<Task>()}}, {"PROJWBS", {nodes, &register_of<Task>()}}, {"RSRC", {resources, &register_of<Resource>()}},
      {"TASKRSRC", {assignments, &register_of<Assignment>()}}, {"PROJECT", {settings_ids, &register_of<ProjectSettings>()}}};
  for (const AddedField& field : fields) {
    const auto place = places.find(field.table);
    if (place == places.end()) {
      fields_elsewhere[field.table] += field.values.size();
      continue;
    }
    const auto& [records, info] = place->second;
    const auto there = [&](const auto& value) { return records.contains(value.first); };
    if (std::ranges::none_of(field.values, there)) continue;
    ++count.custom_fields;
    const auto& made = transaction.create<CustomField>([&](CustomField& f) {
      f.name = field.name;
      f.kind = field.kind;
      f.register_name = info->name;
      f.source = field.source;
    });
    for (const auto& [id, text] : field.values)
      if (const auto record = records.find(id); record != records.end())
        transaction.create<CustomValue>([&](CustomValue& v) {
          v.record = {record->second};
          v.field = {made.id};
          v.value = text;
        });
  }
}

}  // namespace pmo::storage::xer
