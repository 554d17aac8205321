// Custom fields of MS Project: what their ids and values mean. Internal to its reader and writer.
#pragma once

#include <map>
#include <pugixml.hpp>
#include <string>

#include "app/model/records/imported.h"

namespace pmo::storage::mspdi {

// By the name that MS Project gives a field: "Text1", "Duration3", "Outline Code2".
CustomFieldKind kind_of_field(std::string_view field_name);
// The register whose records have it, by the range of its id.
std::string_view register_of_field(std::int64_t field_id);

// A value as people read it ("16h", "2026-03-01 08:00", "12.50"), and back as the file has it. What does not come back
// the same is left as it is.
std::string readable_value(CustomFieldKind kind, std::string_view raw);
std::string raw_value(CustomFieldKind kind, std::string_view readable);

// The text of each entry of a look-up table by its id and its GUID: of a custom field (ValueList) or of an outline
// code (Values), there with the texts of its parents before it: "Asia.China".
std::map<std::string, std::string> look_up_texts(pugi::xml_node definition);

// The custom fields of a kind (text, cost, duration) that a plan of MS Project has for its tasks, resources or assignments.
struct FieldName {
  std::int64_t id;
  std::string name;  // "Text1"
};
std::vector<FieldName> custom_fields_of(std::string_view register_name, CustomFieldKind kind);

}  // namespace pmo::storage::mspdi
