// Fields that follow from a record's others: computed when they are shown, never stored, not edited. Tables (with sort,
// filter and group), files and reports show them beside the register's own. A register gets one by a line in
// derived_fields.cpp and a label.
#pragma once

#include <span>

#include "app/model/project.h"

namespace pmo::engine {

// Those of a register; most have none.
std::span<const FieldInfo> derived_fields(const RegisterInfo& info);
// A field of the register's own, or a derived one, by name; null: neither.
const FieldInfo* find_field(const RegisterInfo& info, std::string_view name);
// Of a field of either kind.
inline Value value_of(const Project& project, const FieldInfo& field, const Record& record) {
  return field.derived ? field.derived(project, record) : field.get(record);
}

}  // namespace pmo::engine
