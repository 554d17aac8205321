// A table of text (CSV) into a register: which column is which field, which lines are records that are there already, and
// what each line will do. Nothing is written before the user has seen it; then all of it is one transaction.
//
//   I1  a line is known by its key column: the record's number, or a field such as the title; without a key column every
//       line is a new record
//   I2  a known record is updated or passed over, as the user wants; two records of one key, or two lines, are refused
//   I3  a cell that cannot be read is left out and told with its line and field; one that says what the record says is
//       unchanged; an empty one says nothing for a new record, and takes the value away from a known one where the field
//       may be empty
//       (numbers and dates are read as the table writes them: app/model/decimal_marks.h, app/model/day_order.h)
//   I4  a line whose record would break a rule of the register (something required, dates in the wrong order) is refused
#pragma once

#include "app/ui/csv_clipboard.h"

namespace pmo::ui {

struct ImportColumn {
  std::string heading;
  std::vector<std::string> samples;  // the first values that say something
  const FieldInfo* field = nullptr;  // null: left out, or
  bool number = false;               // the record's number: only to know it by
};

struct RegisterTable {
  TextGrid grid;
  char separator = ',';
  std::size_t heading_row = 0;
  std::vector<ImportColumn> columns;
};

// The separator (comma, semicolon, tab) and the line of headings are those by which most fields are known. Errors: no lines
// below the headings.
Result<RegisterTable> read_register_table(const RegisterInfo& info, std::string_view text);
// What a column may be: every field that people fill in.
std::vector<const FieldInfo*> importable_fields(const RegisterInfo& info);
// The column that tells lines apart: the number, else the title, else none (-1).
int usual_key(const RegisterInfo& info, const RegisterTable& table);

enum class ImportFate : unsigned char { added, changed, unchanged, passed_over, refused };

struct ImportError {
  std::size_t line = 0;  // in the file, from 1
  const FieldInfo* field = nullptr;  // null: the line as a whole
  Error error;
};

struct ImportLine {
  std::size_t line = 0;
  ImportFate fate = ImportFate::added;
  PasteRow row;
};

struct ImportPlan {
  std::vector<ImportLine> lines;
  std::vector<ImportError> errors;
  std::size_t count(ImportFate fate) const;
};

struct ImportHow {
  int key = -1;        // column
  bool update = true;  // known records; otherwise they are passed over
};

// Tries every line in a transaction that is rolled back: the project is as before.
ImportPlan plan_import(Project& project, const RegisterInfo& info, const CellTexts& texts, const RegisterTable& table, const ImportHow& how);
Result<void> apply_import(Transaction& change, const RegisterInfo& info, const ImportPlan& plan);

}  // namespace pmo::ui
