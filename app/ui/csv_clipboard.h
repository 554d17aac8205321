// Records as tables of text for the clipboard, and what a pasted block would change.
#pragma once

#include "app/model/text_grid.h"
#include "app/model/transaction.h"
#include "app/ui/table/table_view.h"

namespace pmo::ui {

// The grid of some rows and the shown columns, with a line of headings when asked for.
TextGrid grid_of(const TableView& view, const RegisterInfo& info, const CellTexts& texts,
                 const std::vector<const Record*>& records, bool headings);

// What a pasted block means, cell by cell.
struct PasteCell {
  const FieldInfo* field = nullptr;
  Value value;
  std::string before, after;   // as shown
  std::optional<Error> error;  // then the cell is left alone
};

// The field that a heading names: as it is called in either language, or by its name; hidden ones have no headings.
const FieldInfo* field_of_heading(const RegisterInfo& info, std::string_view heading);
bool names_number(std::string_view heading);
PasteCell read_cell(const CellTexts& texts, const FieldInfo& field, const Record* record, std::string_view text);

struct PasteRow {
  const Record* record = nullptr;  // null: a new record
  std::vector<PasteCell> cells;
};

struct PastePlan {
  std::vector<PasteRow> rows;
  std::vector<const FieldInfo*> fields;  // of the block's columns; null: skipped
  bool headings = false;                 // the first line named the columns
  std::size_t changes = 0, created = 0, errors = 0, unchanged = 0;
  std::size_t left_out = 0;              // columns of the block that hold something and have no place here
};

// The block goes into the rows from `first` on (new records after the last one) and into the columns from `column` on;
// when its first line names columns of the register, into those.
PastePlan plan_paste(const TableView& view, const RegisterInfo& info, const CellTexts& texts,
                     const std::vector<const Record*>& targets, const FieldInfo* column, const TextGrid& grid);

// Writes the cells without errors.
Result<void> apply_paste(Transaction& transaction, const RegisterInfo& info, const PastePlan& plan,
                         const CellSource& source = plain_source());

}  // namespace pmo::ui
