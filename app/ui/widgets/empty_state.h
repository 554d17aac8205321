// What an empty register shows instead of nothing: what it is for, and the first thing to do.
#pragma once

#include <string_view>

#include "app/ui/theme.h"

namespace pmo::ui {

struct EmptyState {
  const char* icon = "";
  std::string_view title;
  std::string_view about = {};
  std::string_view action = {};       // label of the primary button; empty: none
  const char* action_icon = "";
  std::string_view second = {};       // label of a second button
};

enum class EmptyAnswer : unsigned char { none, action, second };

// In the middle of what is left of the window.
EmptyAnswer empty_state(const EmptyState& state);

}  // namespace pmo::ui
