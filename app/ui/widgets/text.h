// Texts on the page: one line, cut with an ellipsis, or wrapped by the rules of the language. Everything that matters is
// annotated, so that tests and screen readers find it.
#pragma once

#include <string_view>

#include "app/ui/theme.h"

namespace pmo::ui {

ImVec2 measure(Type type, std::string_view text);
// Draws without an item; position is the upper left corner of the line.
void draw_text(ImDrawList& list, ImVec2 position, Type type, ImU32 color, std::string_view text);
// The same, cut with an ellipsis when it is wider; true when it was cut.
bool draw_text_cut(ImDrawList& list, ImVec2 position, float width, Type type, ImU32 color, std::string_view text);
// In the middle of a box, vertically; x is where it starts.
float middle(float top, float height, float line);

// One line; color 0: the type's own.
void text(Type type, std::string_view text, ImU32 color = 0);
// One line that is cut when wider than width (0: what is left of the line) and then shows itself whole in a tooltip.
void text_cut(Type type, std::string_view text, float width = 0, ImU32 color = 0);
// Several lines; width 0: what is left of the line.
void paragraph(Type type, std::string_view text, ImU32 color = 0, float width = 0, bool centered = false);
// Before a field in the same line, at the height of what is written in it; cut when it is wider.
void label_beside(std::string_view label, float width);
float paragraph_height(Type type, std::string_view text, float width);

// Vertical distance in multiples of 8 pixels.
void gap(float units = 1);
// After something was laid over an earlier item: back to where GetCursorPos() was before.
void return_to(ImVec2 cursor);
// Horizontal line over the whole width.
void rule();

// A key and its value in one line: "Start   5 Mar 2024". The value is cut when it is too long.
void key_value(std::string_view key, std::string_view value, float key_width = 128, ImU32 value_color = 0);
// The same for amounts that stand below each other: they end where the others end.
void key_amount(std::string_view key, std::string_view amount, float width, ImU32 amount_color = 0);

}  // namespace pmo::ui
