// Choosing one of a few: tabs over a page, or a segmented control in a toolbar.
#pragma once

#include <span>
#include <string>

#include "app/ui/theme.h"

namespace pmo::ui {

struct Choice {
  std::string label;       // "Table###view.table"
  const char* icon = "";
};

// Both return true when the choice changed. Left and right arrows move when it has the keyboard.
bool tabs(const char* id, std::span<const Choice> choices, int& current);
bool segments(const char* id, std::span<const Choice> choices, int& current, bool small = false);

}  // namespace pmo::ui
