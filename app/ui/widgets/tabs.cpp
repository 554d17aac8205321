#include "app/ui/widgets/tabs.h"

#include <cmath>

#include "app/ui/widgets/pressable.h"
#include "app/ui/widgets/text.h"

namespace pmo::ui {
namespace {

float icon_room(const Choice& choice) { return *choice.icon ? icon_size_of(Theme::icon) + 6 : 0; }

void draw_choice(const Press& press, const Choice& choice, Type type, ImU32 ink, float side) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  float x = press.from.x + side;
  const float y = middle(press.from.y, press.size().y, size_of(type));
  if (*choice.icon) {
    draw_text(list, {x, y}, Type::body, ink, choice.icon);
    x += visible(choice.label).empty() ? 0 : icon_room(choice);
  }
  draw_text(list, {x, y}, type, ink, visible(choice.label));
}

WidgetState state_of(bool selected, std::size_t index, std::size_t count) {
  return {.selected = selected ? Flag::yes : Flag::no, .position = static_cast<int>(index) + 1,
          .count = static_cast<int>(count)};
}

}  // namespace

bool tabs(const char* id, std::span<const Choice> choices, int& current) {
  const Theme& t = current_theme();
  constexpr float height = 40, side = 4, distance = 20;
  bool changed = false;
  ImGui::PushID(id);
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (i > 0) ImGui::SameLine(0, distance - 2 * side);
    const bool selected = static_cast<int>(i) == current;
    const Type type = selected ? Type::strong : Type::body;
    const ImVec2 size(std::ceil(measure(Type::strong, visible(choices[i].label)).x) + icon_room(choices[i]) + 2 * side, height);
    const Press press = pressable(choices[i].label, size, true, Role::tab, state_of(selected, i, choices.size()));
    draw_choice(press, choices[i], type, selected ? t.tone(Tone::accent).ink : press.hovered ? t.ink : t.ink_soft, side);
    if (selected)
      ImGui::GetWindowDrawList()->AddRectFilled({press.from.x, press.to.y - 2}, press.to, t.accent, 1);
    if (press.clicked && !selected) {
      current = static_cast<int>(i);
      changed = true;
    }
  }
  ImGui::GetWindowDrawList()->AddRectFilled({start.x, start.y + height - 0.5f}, {start.x + width, start.y + height + 0.5f}, t.line);
  ImGui::PopID();
  return changed;
}

bool segments(const char* id, std::span<const Choice> choices, int& current, bool small) {
  const Theme& t = current_theme();
  const float height = small ? Theme::small_control : Theme::control, side = 10, inset = 2;
  bool changed = false;
  ImGui::PushID(id);
  float total = 0;
  const auto width_of = [&](const Choice& choice) {
    const float text = std::ceil(measure(Type::body, visible(choice.label)).x);
    return 2 * side + (text > 0 ? icon_room(choice) + text : icon_size_of(Theme::icon));
  };
  for (const auto& choice : choices) total += width_of(choice);
  const ImVec2 from = ImGui::GetCursorScreenPos();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(from, {from.x + total, from.y + height}, t.tone(Tone::neutral).soft, Theme::rounding);
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (i > 0) ImGui::SameLine(0, 0);
    const bool selected = static_cast<int>(i) == current;
    const Press press = pressable(choices[i].label, {width_of(choices[i]), height}, true, Role::tab,
                                  state_of(selected, i, choices.size()));
    if (selected) {
      const ImVec2 a(press.from.x + inset, press.from.y + inset), b(press.to.x - inset, press.to.y - inset);
      list.AddRectFilled({a.x, a.y + 1}, {b.x, b.y + 1}, t.shadow, 5);
      list.AddRectFilled(a, b, t.dark ? t.line_strong : t.surface, 5);
    }
    draw_choice(press, choices[i], Type::body, selected || press.hovered ? t.ink : t.ink_soft, side);
    if (press.clicked && !selected) {
      current = static_cast<int>(i);
      changed = true;
    }
  }
  ImGui::PopID();
  return changed;
}

}  // namespace pmo::ui
