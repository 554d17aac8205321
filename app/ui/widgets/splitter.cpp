#include "app/ui/widgets/splitter.h"

#include <algorithm>

#include "app/ui/annotate.h"
#include "app/ui/theme.h"

namespace pmo::ui {
namespace {

constexpr float grip = 7;  // where the pointer takes hold; the visible line is thinner

bool splitter(const char* id, bool vertical, float& size, float smallest, float largest, float usual, int grows) {
  const Theme& t = current_theme();
  const ImVec2 room = ImGui::GetContentRegionAvail();
  ImGui::InvisibleButton(id, vertical ? ImVec2(grip, std::max(1.0f, room.y)) : ImVec2(std::max(1.0f, room.x), grip));
  const bool hovered = ImGui::IsItemHovered(), held = ImGui::IsItemActive();
  annotate(Role::splitter, {}, {}, {.draggable = true});
  if (hovered || held) ImGui::SetMouseCursor(vertical ? ImGuiMouseCursor_ResizeEW : ImGuiMouseCursor_ResizeNS);
  if (held) {
    const ImVec2 moved = ImGui::GetIO().MouseDelta;
    size += static_cast<float>(grows) * (vertical ? moved.x : moved.y);
  }
  if (hovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) size = usual;
  size = std::clamp(size, smallest, std::max(smallest, largest));
  const ImVec2 from = ImGui::GetItemRectMin(), to = ImGui::GetItemRectMax();
  const float thick = hovered || held ? 1.5f : 0.5f;
  const ImU32 color = hovered || held ? t.accent : t.line;
  const ImVec2 middle((from.x + to.x) / 2, (from.y + to.y) / 2);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (vertical) list.AddRectFilled({middle.x - thick, from.y}, {middle.x + thick, to.y}, color);
  else list.AddRectFilled({from.x, middle.y - thick}, {to.x, middle.y + thick}, color);
  return held;
}

}  // namespace

bool vertical_splitter(const char* id, float& size, float smallest, float largest, float usual, int grows) {
  return splitter(id, true, size, smallest, largest, usual, grows);
}

bool horizontal_splitter(const char* id, float& size, float smallest, float largest, float usual, int grows) {
  return splitter(id, false, size, smallest, largest, usual, grows);
}

}  // namespace pmo::ui
