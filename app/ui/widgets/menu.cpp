#include "app/ui/widgets/menu.h"

#include <algorithm>
#include <cmath>

#include "imgui_internal.h"

#include "app/ui/icons.h"
#include "app/ui/widgets/pressable.h"
#include "app/ui/widgets/text.h"

namespace pmo::ui {
namespace {

constexpr float item_height = 32, narrowest_menu = 200, widest_menu = 480, item_side = 10;

bool begin_raised(const char* id, ImVec2 padding, float width, float widest) {
  const Theme& t = current_theme();
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, padding);
  ImGui::PushStyleVar(ImGuiStyleVar_PopupRounding, 8.0f);
  ImGui::PushStyleColor(ImGuiCol_Border, t.line);
  ImGui::SetNextWindowSizeConstraints({width, 0}, {widest, ImGui::GetIO().DisplaySize.y - 32});
  const bool open = ImGui::BeginPopup(id, ImGuiWindowFlags_NoMove);
  ImGui::PopStyleColor();
  ImGui::PopStyleVar(2);
  if (!open) return false;
  const ImVec2 from = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
  draw_shadow(*ImGui::GetWindowDrawList(), from, {from.x + size.x, from.y + size.y}, 8);
  return true;
}

// The next window stands below the last item, or above it where there is more room, and never beyond the screen.
void place_at_item(bool right_edges, float height) {
  constexpr float space = 4, edge = 8;
  const ImVec2 from = ImGui::GetItemRectMin(), to = ImGui::GetItemRectMax();
  const float bottom = ImGui::GetIO().DisplaySize.y - edge;
  float y = to.y + space;
  if (y + height > bottom) y = from.y - space - height >= edge ? from.y - space - height : std::max(edge, bottom - height);
  ImGui::SetNextWindowPos({right_edges ? to.x : from.x, y}, ImGuiCond_Always, {right_edges ? 1.0f : 0.0f, 0});
}

// What the menu will need: known as soon as it was measured, which is before it is first seen.
float height_of(const char* id) {
  char name[32];
  ImFormatString(name, sizeof name, "##Popup_%08x", ImGui::GetID(id));  // as BeginPopup calls its window
  ImGuiWindow* window = ImGui::FindWindowByName(name);
  return window ? std::min(ImGui::CalcWindowNextAutoFitSize(window).y, ImGui::GetIO().DisplaySize.y - 32) : 0.0f;
}

}  // namespace

void draw_shadow(ImDrawList& list, ImVec2 from, ImVec2 to, float rounding) {
  constexpr int rings = 8;
  constexpr float reach = 2 * rings + 4;
  const ImU32 color = current_theme().shadow;
  const float alpha = static_cast<float>((color >> IM_COL32_A_SHIFT) & 255) / 255 / rings * 0.7f;
  const ImVec4 strips[] = {{from.x - reach, from.y - reach, to.x + reach, from.y},
                           {from.x - reach, to.y, to.x + reach, to.y + reach},
                           {from.x - reach, from.y, from.x, to.y},
                           {to.x, from.y, to.x + reach, to.y}};
  for (const ImVec4& strip : strips) {
    list.PushClipRect({strip.x, strip.y}, {strip.z, strip.w}, false);
    for (int ring = rings; ring >= 1; --ring) {
      const float grow = static_cast<float>(ring) * 2;
      list.AddRectFilled({from.x - grow, from.y - grow + 4}, {to.x + grow, to.y + grow + 4}, with_alpha(color, alpha),
                         rounding + grow);
    }
    list.PopClipRect();
  }
}

void open_menu(const char* id) { ImGui::OpenPopup(id); }
bool menu_open(const char* id) { return ImGui::IsPopupOpen(id); }

bool begin_menu(const char* id, bool at_pointer, float width) {
  if (!ImGui::IsPopupOpen(id)) return false;
  if (!at_pointer) place_at_item(ImGui::GetItemRectMin().x > ImGui::GetIO().DisplaySize.x * 0.6f, height_of(id));
  if (!begin_raised(id, {6, 6}, std::max(narrowest_menu, width), widest_menu)) return false;
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  return true;
}

void end_menu() {
  ImGui::PopStyleVar();
  ImGui::EndPopup();
}

bool menu_item(std::string_view label, const MenuItem& item) {
  const Theme& t = current_theme();
  const std::string_view shown = visible(label);
  const float icon_room = icon_size_of(Theme::icon) + 10;
  const float shortcut_room = item.shortcut.empty() ? 0 : measure(Type::caption, item.shortcut).x + 24;
  const float needed = 2 * item_side + icon_room + measure(Type::body, shown).x + shortcut_room + 20;
  const float about_needed = 2 * item_side + icon_room + measure(Type::caption, item.about).x;
  const float height = item.about.empty() ? item_height : 48;
  const ImVec2 size(std::max({ImGui::GetContentRegionAvail().x, needed, about_needed}), height);
  const Press press = pressable(label, size, item.enabled, Role::menu_item,
                                {.checked = item.checked ? Flag::yes : Flag::unset}, {}, 4);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (const ImU32 ground = veil(press); ground && item.enabled) list.AddRectFilled(press.from, press.to, ground, 4);
  const ImU32 ink = !item.enabled ? with_alpha(t.ink_faint, 0.7f) : item.danger ? t.tone(Tone::bad).ink : t.ink;
  const float y = item.about.empty() ? middle(press.from.y, height, size_of(Type::body)) : press.from.y + 6;
  const float x = press.from.x + item_side;
  draw_text(list, {x, y}, Type::body, item.danger || !item.enabled ? ink : t.ink_soft, item.icon);
  draw_text(list, {x + icon_room, y}, Type::body, ink, shown);
  if (!item.about.empty()) draw_text(list, {x + icon_room, y + 20}, Type::caption, t.ink_soft, item.about);
  float right = press.to.x - item_side;
  if (item.checked) {
    right -= 16;
    draw_text(list, {right, y}, Type::body, t.tone(Tone::accent).ink, icon::check);
    right -= 8;
  }
  if (!item.shortcut.empty())
    draw_text(list, {right - measure(Type::caption, item.shortcut).x, y + 1}, Type::caption, t.ink_faint, item.shortcut);
  if (press.clicked) ImGui::CloseCurrentPopup();
  return press.clicked;
}

void menu_heading(std::string_view shown) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::Dummy({measure(Type::caption, shown).x + 2 * item_side, 26});
  draw_text(*ImGui::GetWindowDrawList(), {at.x + item_side, at.y + 7}, Type::caption, current_theme().ink_faint, shown);
}

void menu_line() {
  gap(0.5f);
  rule();
  gap(0.5f);
}

bool begin_popover(const char* id, float width) {
  if (!ImGui::IsPopupOpen(id)) return false;
  place_at_item(ImGui::GetItemRectMin().x + width > ImGui::GetIO().DisplaySize.x - 16, height_of(id));
  if (!begin_raised(id, {16, 16}, width, width)) return false;
  return true;
}

void end_popover() { ImGui::EndPopup(); }

}  // namespace pmo::ui
