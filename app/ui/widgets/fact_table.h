// A table of computed facts: not edited, drawn row by row as far as it is seen. For registers see ui/table.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "app/ui/theme.h"

namespace pmo::ui {

struct FactColumn {
  std::string title;
  float width = 0;     // 0: a share of what is left
  bool right = false;  // numbers
};

struct FactCell {
  std::string text;
  ImU32 color = 0;     // 0: ink
  float indent = 0;
  bool strong = false;
  const char* icon = "";
};

struct FactTableOptions {
  float height = 0;     // 0: as high as its rows
  int selected = -1;
  bool pressable = true;
  // With a check box before each row: whether it is on, and what happens when it is pressed.
  std::function<bool(int)> checked = {};
  std::function<void(int)> toggle = {};
  // With headings that can be pressed: the column that the caller has sorted by, and what happens when one is pressed.
  int sorted = -1;
  bool descending = false;
  std::function<void(int)> sort = {};
};

// The row that was pressed, or -1. cell(row, column).
int fact_table(const char* id, std::span<const FactColumn> columns, int rows, const std::function<FactCell(int, int)>& cell,
               const FactTableOptions& options = {});

}  // namespace pmo::ui
