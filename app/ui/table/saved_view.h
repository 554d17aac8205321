// A view of a register as text, to be kept with the project. A line for each thing, its words separated by spaces:
//
//   column NAME WIDTH shown|hidden      in order; "#" is the number
//   sort NAME ascending|descending
//   group NAME
//   board shown
//   search TEXT
//   filter NAME text TEXT | choice NAME | from NUMBER | to NUMBER | empty
//
// What a later version writes and this one does not know is passed over, as are fields that are no longer there. So a page
// may add lines of its own: app/ui/gantt/gantt_options.h.
#pragma once

#include "app/ui/table/table_view.h"

namespace pmo::ui {

std::string write_view(const TableView& view);
// The view begins as the usual one, with columns that are not fields of the register where a table has such; what the page
// itself shows (`only`, `quick`) stays, and so does what is folded.
void read_view(std::string_view text, const RegisterInfo& info, TableView& view, const std::vector<Column>& usual_columns = {});

}  // namespace pmo::ui
