// Custom fields on their way to MS Project: those of the project, and our own fields that have no element there.
#include <algorithm>
#include <format>

#include "app/model/records/baseline.h"
#include "storage/interchange/mspdi_writing.h"

namespace pmo::storage::mspdi {

std::optional<FieldName> Writing::free_field(std::string_view register_name, CustomFieldKind kind) {
  for (auto& name : custom_fields_of(register_name, kind))
    if (taken_fields_.insert(name.id).second) return std::move(name);
  return {};
}

void Writing::choose_custom_fields() {
  const auto id_of = [](const CustomField& field) { return integer(field.source).value_or(0); };
  for (const auto& field : project.all<CustomField>())
    if (id_of(field) > 0) taken_fields_.insert(id_of(field));
  for (const auto& field : project.all<CustomField>()) {
    if (field.source.starts_with(outline_code_source)) {
      custom_fields_[field.id] = {integer(std::string_view(field.source).substr(outline_code_source.size())).value_or(0), "OutlineCode", {}, &field};
    } else if (id_of(field) > 0) {
      custom_fields_[field.id] = {id_of(field), "ExtendedAttribute", {}, &field};
    } else if (auto name = free_field(field.register_name, CustomFieldKind::text)) {
      custom_fields_[field.id] = {name->id, "ExtendedAttribute", std::move(name->name), &field};
    } else {
      ++homeless_fields_;
    }
  }
}

void Writing::choose_places_of_own() {
  for (const auto& field : fields_) {
    if (!field.may_travel()) continue;
    if (std::ranges::all_of(project.table(*field.info).records(), [&](const Record* record) { return is_held(field, *record, project); })) continue;
    if (auto name = free_field(field.place_register(), field.kind())) own_places_[field.field] = std::move(*name);
  }
}

bool Writing::travels(const FieldInFile& field, const Record& record) const {
  return own_places_.contains(field.field) && !is_held(field, record, project) && travelling_text(field, field.field->get(record), project, minor_units_);
}

bool Writing::keeps(const FieldInFile& field, const Record& record) const {
  if (is_held(field, record, project) || travels(field, record)) return true;
  return field.field == &field_of<Baseline>(&Baseline::name) && static_cast<const Baseline&>(record).name == baseline_name(number_of(Ref<Baseline>{record.id}));
}

bool Writing::settings_travel() const {
  return std::ranges::any_of(fields_, [&](const FieldInFile& field) { return field.info == &register_of<ProjectSettings>() && travels(field, settings); });
}

void Writing::write_custom_fields(xml_node root) {
  xml_node list;
  const auto add = [&](std::int64_t id) {
    if (!list) list = root.append_child("ExtendedAttributes");
    auto node = list.append_child("ExtendedAttribute");
    put(node, "FieldID", id);
    return node;
  };
  for (const auto& field : fields_) {
    const auto place = own_places_.find(field.field);
    if (place == own_places_.end()) continue;
    auto node = add(place->second.id);
    put(node, "FieldName", place->second.name);
    put(node, "Alias", field.alias);
  }
  for (const auto& field : project.all<CustomField>()) {
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

void Writing::write_custom_values(xml_node node, const RegisterInfo& info, const Record& record, std::string_view element) {
  for (const auto& field : fields_) {
    if (field.info != &info || element != "ExtendedAttribute" || !travels(field, record)) continue;
    auto child = node.append_child(element.data());
    put(child, "FieldID", own_places_.at(field.field).id);
    put(child, "Value", *travelling_text(field, field.field->get(record), project, minor_units_));
    if (field.kind() == CustomFieldKind::duration) put(child, "DurationFormat", 7);
  }
  const auto found = custom_values_.find(record.id);
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

}  // namespace pmo::storage::mspdi
