// `earned-value --table CSV`: the figures of a table of AT, PV, EV and AC.
#pragma once

#include "app/cli/command.h"

namespace pmo::cli {

// Columns by their names, in any order, under the first line that has all four; between them a comma, a semicolon or a
// tab. Numbers have a decimal point or a decimal comma, the same in the whole table; marks between groups of three digits
// are passed over. An empty cell is no value, and a figure needs what it is made of. Errors, with the line: no such
// columns, a row that is wider than the headings, a text that is no number.
Result<void> print_table_figures(Session& session, const std::string& path);

}  // namespace pmo::cli
