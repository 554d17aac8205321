// Menus and popovers.
//
//   if (icon_button("###more", icon::more, more)) open_menu("risk.menu");
//   if (begin_menu("risk.menu")) {
//     if (menu_item(labelled(context.text("action.duplicate"_key), "duplicate"), {.icon = icon::duplicate})) ...
//     end_menu();
//   }
#pragma once

#include <string_view>

#include "app/ui/theme.h"

namespace pmo::ui {

struct MenuItem {
  const char* icon = "";
  std::string_view shortcut = {};
  bool enabled = true;
  bool checked = false;
  bool danger = false;
  std::string_view about = {};  // a second line, quieter
};

void open_menu(const char* id);
bool menu_open(const char* id);
// Below the item submitted last; at_pointer: where the pointer was when it opened (context menus).
bool begin_menu(const char* id, bool at_pointer = false, float width = 0);
void end_menu();
bool menu_item(std::string_view label, const MenuItem& item = {});  // closes the menu when chosen
void menu_heading(std::string_view text);
void menu_line();

// A popover with free content: the same surface, wider padding.
bool begin_popover(const char* id, float width = 320);
void end_popover();

// The soft shadow around everything raised: drawn outside of the box only, so it may come after the window's ground.
void draw_shadow(ImDrawList& list, ImVec2 from, ImVec2 to, float rounding);

}  // namespace pmo::ui
