// The part that all pressable widgets share: an invisible button, its state, its focus ring.
#pragma once

#include <string_view>

#include "app/ui/annotate.h"
#include "app/ui/theme.h"

namespace pmo::ui {

struct Press {
  bool clicked = false;
  bool hovered = false;
  bool held = false;
  ImVec2 from, to;  // its box
  ImVec2 size() const { return {to.x - from.x, to.y - from.y}; }
};

// The part of a label before "##".
std::string_view visible(std::string_view label);

// Submits the item at the cursor, annotates it and draws the focus ring when it has the keyboard.
Press pressable(std::string_view label, ImVec2 size, bool enabled = true, Role role = Role::button,
                WidgetState state = {}, std::string_view spoken = {}, float rounding = Theme::rounding);

// The veil of a hovered or held widget; 0 when it rests.
ImU32 veil(const Press& press);

}  // namespace pmo::ui
