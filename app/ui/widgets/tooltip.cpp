#include "app/ui/widgets/tooltip.h"

#include <algorithm>

#include "app/ui/widgets/text.h"

namespace pmo::ui {
namespace {

constexpr float widest = 320;

void push_look() {
  const Theme& theme = current_theme();
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(10, 7));
  ImGui::PushStyleColor(ImGuiCol_PopupBg, theme.dark ? theme.raised : theme.ink);
  ImGui::PushStyleColor(ImGuiCol_Border, theme.dark ? theme.line_strong : theme.ink);
  ImGui::PushStyleColor(ImGuiCol_Text, theme.dark ? theme.ink : theme.on_fill);
}

void pop_look() {
  ImGui::PopStyleColor(3);
  ImGui::PopStyleVar();
}

}  // namespace

bool begin_tooltip() {
  if (!ImGui::IsItemHovered(ImGuiHoveredFlags_ForTooltip | ImGuiHoveredFlags_DelayNormal)) return false;
  push_look();
  if (ImGui::BeginTooltip()) return true;
  pop_look();
  return false;
}

void end_tooltip() {
  ImGui::EndTooltip();
  pop_look();
}

void tooltip(std::string_view shown, std::string_view shortcut) {
  if (shown.empty() || !begin_tooltip()) return;
  const ImU32 ink = ImGui::GetColorU32(ImGuiCol_Text);
  const float width = std::min(widest, measure(Type::body, shown).x + 1);
  paragraph(Type::body, shown, ink, width);
  if (!shortcut.empty()) {
    ImGui::SameLine(0, 12);
    text(Type::body, shortcut, with_alpha(ink, 0.6f));
  }
  end_tooltip();
}

}  // namespace pmo::ui
