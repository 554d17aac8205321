// Custom fields and outline codes as they come from MS Project. Fields of ours that went there as custom fields are what they were.
#include <algorithm>

#include "storage/interchange/mspdi_reading.h"

namespace pmo::storage::mspdi {

void Reading::read_custom_fields() {
  for (const auto node : root.child("ExtendedAttributes").children("ExtendedAttribute")) {
    if (is_own(node)) continue;
    const auto id = add_custom_field(node, kind_of_field(words(node, "FieldName")), words(node, "FieldID"));
    keep_later(node, custom_field_elements, id, node);
    ++count.custom_fields;
  }
  for (const auto node : root.child("OutlineCodes").children("OutlineCode")) {
    add_custom_field(node, CustomFieldKind::code, std::string(outline_code_source) + words(node, "FieldID"));
    ++count.outline_codes;
  }
}

bool Reading::is_own(xml_node definition) {
  const auto id = whole(definition, "FieldID");
  for (auto& field : fields_in_file()) {
    if (!field.may_travel() || field.alias != text(definition, "Alias")) continue;
    if (!std::ranges::contains(custom_fields_of(field.place_register(), field.kind()), id, &FieldName::id)) continue;
    return own_fields_.try_emplace(id, std::move(field)).second;
  }
  return false;
}

Id Reading::add_custom_field(xml_node node, CustomFieldKind kind, const std::string& source) {
  const auto id = whole(node, "FieldID");
  const auto& field = transaction.create<CustomField>([&](CustomField& f) {
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

void Reading::read_custom_values(xml_node node, const RegisterInfo& info, const Record& record) {
  read_own_values(node, info, record);
  for (const char* name : {"ExtendedAttribute", "OutlineCode"})
    for (const auto value : node.children(name)) {
      if (!is_own_value(value) && !read_custom_value(value, whole(value, "FieldID"), record.id)) keep_as_it_is(value);
    }
}

bool Reading::read_custom_value(xml_node node, std::int64_t field_id, Id record) {
  const auto field = custom_fields_.find(field_id);
  if (field == custom_fields_.end()) return false;
  const auto& [id, kind, texts] = field->second;
  std::string shown = readable_value(kind, text(node, "Value"));
  for (const char* reference : {"ValueID", "ValueGUID"})
    if (const auto found = texts.find(words(node, reference)); shown.empty() && found != texts.end()) shown = found->second;
  if (shown.empty()) return false;
  const auto& value = transaction.create<CustomValue>([&](CustomValue& v) {
    v.record = {record};
    v.field = {id};
    v.value = std::move(shown);
  });
  keep_later(node, custom_value_elements, value.id, node);
  return true;
}

void Reading::read_own_values(xml_node node, const RegisterInfo& info, const Record& record) {
  for (const auto value : node.children("ExtendedAttribute"))
    if (const auto own = own_fields_.find(whole(value, "FieldID")); own != own_fields_.end() && own->second.info == &info)
      read_own_value(own->second, record, words(value, "Value"));
}

// What the elements say goes before: where MS Project has changed the one, the other is of yesterday.
void Reading::read_own_value(const FieldInFile& field, const Record& record, const std::string& raw) {
  std::optional<Value> value;
  if (field.field->kind != Kind::reference) value = travelled_value(field, raw, minor_units_);
  else if (const auto* target = project.schema().find(field.field->target); target && target->title() && !raw.empty()) value = named(*target, raw);
  if (!value) {
    count.unread += !raw.empty();
    return;
  }
  if (held(field, record, *value, project) != field.field->get(record)) return;
  static_cast<void>(transaction.set(record, *field.info, *field.field, std::move(*value)));
}

}  // namespace pmo::storage::mspdi
