// What users of P6 add to its records: user-defined fields, activity and resource codes, notebooks. Internal to the reader.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/model/records/imported.h"
#include "storage/interchange/xer_tables.h"

namespace pmo::storage::xer {

// A field with its values by the id of the record in P6's table ("TASK", "RSRC", "PROJECT", "PROJWBS").
struct AddedField {
  std::string name, source, table;
  CustomFieldKind kind = CustomFieldKind::text;
  std::map<std::string, std::string> values;
};
std::vector<AddedField> user_defined_fields(const Tables& tables);  // UDFTYPE, UDFVALUE
std::vector<AddedField> codes(const Tables& tables);                // ACTVTYPE, ACTVCODE, TASKACTV; RCATTYPE, RCATVAL, RSRCRCAT

// Notebook entries as plain text under their topics, by the id of the activity or of the WBS node.
std::map<std::string, std::string> notebooks(const Tables& tables, std::string_view table, std::string_view id_field);

// Text out of the HTML in which P6 keeps notes.
std::string text_of_html(std::string_view html);

}  // namespace pmo::storage::xer
