// Which of our fields an MSPDI file has elements for. Those of tasks, resources, assignments and of the project that have
// none travel as custom fields of MS Project, which it shows and keeps; those of other records are named in the notes of an
// export. A field that the model gets travels or is named without further ado. Internal to its reader and writer.
#pragma once

#include "app/model/project.h"
#include "app/model/records/imported.h"

namespace pmo::storage::mspdi {

struct FieldInFile {
  const RegisterInfo* info;
  const FieldInfo* field;
  bool has_element = false;
  Value otherwise;    // what a new record has
  std::string alias;  // of the custom field: "Optimistic cost (PMO Desk)"

  // Of the registers whose records can have custom fields.
  bool may_travel() const;
  CustomFieldKind kind() const;        // text, cost or duration
  std::string_view place_register() const;  // whose custom fields it takes; those of the project stand in its line of tasks
};

// All fields of all records that a file takes.
std::vector<FieldInFile> fields_in_file();

// What of a record's value comes back from the file's own elements: all of it, or less ("62.5 %" as 62), or what a new
// record has.
Value held(const FieldInFile& field, const Record& record, const Value& value, const Project& project);
bool is_held(const FieldInFile& field, const Record& record, const Project& project);

// The value in its custom field; none: it is longer than the fields of MS Project are.
std::optional<std::string> travelling_text(const FieldInFile& field, const Value& value, const Project& project, double minor_units);
// And back; a reference as the title of what it names. None: not such a value, or a reference.
std::optional<Value> travelled_value(const FieldInFile& field, std::string_view raw, double minor_units);

}  // namespace pmo::storage::mspdi
