// Tooltips for the item submitted last. They appear after a short rest of the pointer and wrap at 320 pixels.
#pragma once

#include <string_view>

namespace pmo::ui {

// Nothing happens for an empty text. The shortcut is shown beside the text, quieter.
void tooltip(std::string_view text, std::string_view shortcut = {});

// For tooltips with more than a text: true while it is to be shown; then draw and call end_tooltip().
bool begin_tooltip();
void end_tooltip();

}  // namespace pmo::ui
