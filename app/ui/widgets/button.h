// Things to press: buttons, icon buttons, switches, links.
//
// Labels are ImGui labels: the visible text, then "###" and a stable name that tests and screen readers find in every
// language:  button(context.text("risk.add"_key) + "###risk.add", {.icon = icon::plus, .emphasis = Emphasis::primary})
#pragma once

#include <string>
#include <string_view>

#include "app/ui/theme.h"

namespace pmo::ui {

enum class Emphasis : unsigned char {
  standard,  // outlined
  primary,   // the one thing to do here: filled with the accent
  quiet,     // no outline until hovered: toolbars
  danger,    // deletes something
};

struct ButtonOptions {
  const char* icon = "";
  Emphasis emphasis = Emphasis::standard;
  bool enabled = true;
  bool on = false;              // a toggle that is pressed in, or a menu that is open
  bool small = false;           // 28 instead of 32 pixels high
  bool opens_menu = false;      // a small arrow at the right
  float width = 0;              // 0: as the text needs; negative: the rest of the line less that much
  std::string_view tooltip = {};
  std::string_view shortcut = {};  // shown in the tooltip
};

// "Add risk###risk.add" from a text and a stable name.
std::string labelled(std::string_view text, std::string_view name);

bool button(std::string_view label, const ButtonOptions& options = {});
float button_width(std::string_view label, const ButtonOptions& options = {});

// A square with an icon. The name is spoken, and shown as tooltip unless the options have one.
bool icon_button(const char* id, const char* icon, std::string_view name, ButtonOptions options = {});

// An on/off setting; the label stands to the right of it. True when it changed.
bool toggle(std::string_view label, bool& on, bool enabled = true);
bool checkbox(std::string_view label, bool& on, bool enabled = true);

// Text in the accent colour that leads somewhere.
bool text_link(std::string_view label, const char* icon = "");

}  // namespace pmo::ui
