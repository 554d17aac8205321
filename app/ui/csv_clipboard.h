// Tables as text: what spreadsheets put on the clipboard, CSV files, and what a pasted block would change.
#pragma once

#include "app/model/transaction.h"
#include "app/ui/table/table_view.h"

namespace pmo::ui {

using TextGrid = std::vector<std::vector<std::string>>;

// Separated values with quotes as spreadsheets write them (RFC 4180): "" inside quotes is one, line ends inside quotes
// stay. Takes \n, \r\n and \r; a byte-order mark is skipped. A last empty line is none.
TextGrid parse_grid(std::string_view text, char separator = '\t');
std::string to_tsv(const TextGrid& grid);
std::string to_csv(const TextGrid& grid);   // with a byte-order mark, so that spreadsheets read Chinese
std::string to_html(const TextGrid& grid);  // a table; every text escaped

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

struct PasteRow {
  const Record* record = nullptr;  // null: a new record
  std::vector<PasteCell> cells;
  bool has_errors() const;
};

struct PastePlan {
  std::vector<PasteRow> rows;
  std::vector<const FieldInfo*> fields;  // of the block's columns; null: skipped
  bool headings = false;                 // the first line named the columns
  std::size_t changes = 0, created = 0, errors = 0, unchanged = 0;
};

// The block goes into the rows from `first` on (new records after the last one) and into the columns from `column` on;
// when its first line names columns of the register, into those.
PastePlan plan_paste(const TableView& view, const RegisterInfo& info, const CellTexts& texts,
                     const std::vector<const Record*>& targets, const FieldInfo* column, const TextGrid& grid);

// Writes the cells without errors.
Result<void> apply_paste(Transaction& transaction, const RegisterInfo& info, const PastePlan& plan,
                         const CellSource& source = plain_source());

}  // namespace pmo::ui
