// What comes with files of other programs beside our own fields: custom fields with their values, what only the other
// program understands (kept so that it can be given back), and the report of each import.
#pragma once

#include "app/model/records/person.h"
#include "app/words/words.h"

namespace pmo {

enum class CustomFieldKind : unsigned char { text, number, cost, date, duration, flag, code };

// A field that the project has beside ours.
struct CustomField : Record {
  std::string name;
  CustomFieldKind kind = CustomFieldKind::text;
  std::string register_name;  // whose records have it: "task", "resource", "assignment", "project_settings"
  std::string source;         // how the file it came from calls it: the field id of MS Project, "UDF 12" of Primavera
};

template <>
struct Describe<CustomField> {
  static RegisterInfo make() {
    return Describer<CustomField>("XF", Desk::administrator)
        .field("name", &CustomField::name, {.required = true, .title = true})
        .field("kind", &CustomField::kind)
        .field("register_name", &CustomField::register_name, {.hidden = true})
        .field("source", &CustomField::source);
  }
};

// What one record has in a custom field, as a person reads it: "Site B", "12.5", "2026-03-01 08:00", "16h", "1".
struct CustomValue : Record {
  AnyRef record;
  Ref<CustomField> field;
  std::string value;
};

template <>
struct Describe<CustomValue> {
  static RegisterInfo make() {
    return Describer<CustomValue>("", Desk::administrator)
        .field("record", &CustomValue::record, {.required = true, .owner = true})
        .field("field", &CustomValue::field, {.required = true})
        .field("value", &CustomValue::value, {.title = true, .confidential = true});
  }
};

// What a record has in the other program and we have no field for, in that program's form.
struct ForeignData : Record {
  AnyRef record;
  std::string form;     // "mspdi"
  std::string content;
};

template <>
struct Describe<ForeignData> {
  static RegisterInfo make() {
    return Describer<ForeignData>("", Desk::administrator)
        .field("record", &ForeignData::record, {.required = true, .owner = true})
        .field("form", &ForeignData::form, {.hidden = true})
        .field("content", &ForeignData::content, {.confidential = true, .hidden = true});
  }
};

enum class ImportForm : unsigned char { ms_project, primavera, table, calendar };

// What an import could not take over as it was; kept, so that it can be read again.
struct ImportReport : Record {
  std::string file_name;
  ImportForm form = ImportForm::ms_project;
  Day imported_on;
  std::string remarks;  // see to_remarks
};

template <>
struct Describe<ImportReport> {
  static RegisterInfo make() {
    return Describer<ImportReport>("IM", Desk::administrator)
        .field("file_name", &ImportReport::file_name, {.required = true, .title = true})
        .field("form", &ImportReport::form)
        .field("imported_on", &ImportReport::imported_on)
        .field("remarks", &ImportReport::remarks, {.hidden = true});
  }
};

// Notes as a text that is read in any language: a line each, its parts between tabs.
std::string to_remarks(const std::vector<Error>& notes);
// One sentence a note.
std::vector<std::string> describe_remarks(std::string_view remarks, Language language);

}  // namespace pmo
