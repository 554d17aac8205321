#include "app/ui/widgets/pressable.h"

#include <string>

#include "imgui_internal.h"

namespace pmo::ui {

std::string_view visible(std::string_view label) { return label.substr(0, label.find("##")); }

Press pressable(std::string_view label, ImVec2 size, bool enabled, Role role, WidgetState state,
                std::string_view spoken, float rounding) {
  const std::string id(label);
  if (!enabled) ImGui::BeginDisabled();
  Press press;
  press.clicked = ImGui::InvisibleButton(id.c_str(), size, ImGuiButtonFlags_EnableNav);
  press.hovered = ImGui::IsItemHovered();
  press.held = ImGui::IsItemActive();
  press.from = ImGui::GetItemRectMin();
  press.to = ImGui::GetItemRectMax();
  state.disabled = state.disabled || !enabled;
  annotate(role, spoken.empty() ? visible(label) : spoken, {}, state);
  if (!enabled) ImGui::EndDisabled();
  if (press.hovered && enabled) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  if (ImGui::IsItemFocused() && ImGui::GetCurrentContext()->NavCursorVisible)
    ImGui::GetWindowDrawList()->AddRect({press.from.x - 2, press.from.y - 2}, {press.to.x + 2, press.to.y + 2},
                                        current_theme().focus, rounding + 2, 0, 2);
  return press;
}

ImU32 veil(const Press& press) {
  if (press.held) return current_theme().pressed;
  return press.hovered ? current_theme().hover : 0;
}

}  // namespace pmo::ui
