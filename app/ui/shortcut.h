// Keyboard shortcuts as the command registry writes them: "Ctrl+Shift+K", "F2", "Alt+Shift+Right".
#pragma once

#include <string>
#include <string_view>

#include "imgui.h"

namespace pmo::ui {

// The key with its modifiers, 0 when the text names none. Ctrl stands for Command on a Mac, as in ImGui.
ImGuiKeyChord chord_of(std::string_view shortcut);

// As it is shown: "Ctrl+Shift+K", on a Mac "⇧⌘K".
std::string shortcut_text(std::string_view shortcut, bool apple);

}  // namespace pmo::ui
