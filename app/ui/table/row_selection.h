// Selecting rows as in every office application: click, Ctrl+click, Shift+click, arrows, Shift+arrows, Ctrl+A.
#pragma once

#include "app/ui/context.h"
#include "app/ui/table/table_view.h"

namespace pmo::ui {

class RowSelection {
 public:
  // shift extends from the last row chosen without shift; control adds or takes away one row.
  void click(Selection& selection, const RegisterInfo& info, const Rows& rows, std::size_t row, bool shift, bool control);
  // The current row moves by so many records; headings of groups are passed over. Answers the row that is current now.
  std::optional<std::size_t> move(Selection& selection, const RegisterInfo& info, const Rows& rows, int by, bool shift);
  void all(Selection& selection, const RegisterInfo& info, const Rows& rows);

 private:
  Id anchor_;
};

// The selected records in the order of the rows.
std::vector<const Record*> selected_records(const Selection& selection, const RegisterInfo& info, const Rows& rows);

}  // namespace pmo::ui
