// A matrix of short texts: offers by criteria, persons by competencies, work by roles. Cells can be pressed; their colour
// is explained by their text.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/ui/theme.h"

namespace pmo::desks {

struct MatrixCell {
  std::string text;
  ui::Tone tone = ui::Tone::neutral;
  std::string detail = {};  // shown under the pointer
  bool strong = false;
};

struct MatrixRow {
  std::string title;
  std::vector<MatrixCell> cells;
  std::string id = {};  // stable, for tests; empty: its place
  ui::Tone tone = ui::Tone::neutral;  // of its title: something about the row as a whole
};

struct Matrix {
  std::string corner;
  std::vector<std::string> columns;
  std::vector<MatrixRow> rows;
  float title_width = 200;
  float cell_width = 104;  // at least; cells share the width that is left
};

struct MatrixPlace {
  std::size_t row = 0, column = 0;
  bool title = false;  // the row's title was pressed
};

// A chip of a row of which one is chosen; the row goes on below when the line is full.
bool chip_in_row(const std::string& label, bool on, bool first);

// As wide as the window allows; scrolls to the side when cells would become too narrow.
std::optional<MatrixPlace> draw_matrix(const char* id, const Matrix& matrix);

}  // namespace pmo::desks
