#include "app/ui/widgets/chip.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/model/utf8.h"
#include "app/ui/icons.h"
#include "app/ui/widgets/pressable.h"
#include "app/ui/widgets/text.h"

namespace pmo::ui {
namespace {

constexpr float chip_height = 22, chip_side = 8, chip_icon = 17;

std::size_t first_character(std::string_view text) {
  std::size_t length = text.empty() ? 0 : 1;
  while (length < text.size() && continues_character(text[length])) ++length;
  return length;
}

// "Anna Li" -> "AL", "李安娜" -> "安娜": a Chinese name is called by its last two characters.
std::string initials_of(std::string_view name) {
  if (name.empty()) return "?";
  if (static_cast<unsigned char>(name[0]) < 0x80) {
    std::string initials(1, name[0]);
    if (const auto space = name.rfind(' '); space != std::string_view::npos && space + 1 < name.size())
      initials += name.substr(space + 1, first_character(name.substr(space + 1)));
    for (char& letter : initials)
      if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
    return initials;
  }
  std::string_view rest = name;
  while (true) {
    const auto after = rest.substr(first_character(rest));
    if (after.empty()) return std::string(rest);
    if (after.size() <= first_character(after)) return std::string(rest);
    rest = after;
  }
}

}  // namespace

ImVec2 chip_size(std::string_view text, const char* icon) {
  return {std::ceil(measure(Type::caption, text).x) + 2 * chip_side + (*icon ? chip_icon : 0), chip_height};
}

void draw_chip(ImDrawList& list, ImVec2 position, std::string_view text, Tone tone, const char* icon, float width) {
  const ToneColors& colors = current_theme().tone(tone);
  ImVec2 size = chip_size(text, icon);
  if (width > 0) size.x = std::min(size.x, width);
  list.AddRectFilled(position, {position.x + size.x, position.y + size.y}, colors.soft, chip_height / 2);
  const float y = middle(position.y, size.y, size_of(Type::caption));
  float x = position.x + chip_side;
  if (*icon) {
    draw_text(list, {x - 1, y}, Type::caption, colors.ink, icon);
    x += chip_icon;
  }
  draw_text_cut(list, {x, y}, position.x + size.x - chip_side - x + 1, Type::caption, colors.ink, text);
}

void chip(std::string_view text, Tone tone, const char* icon) {
  const ImVec2 at = ImGui::GetCursorScreenPos(), size = chip_size(text, icon);
  ImGui::Dummy(size);
  draw_chip(*ImGui::GetWindowDrawList(), at, text, tone, icon);
  annotate_area(text.data(), {at.x, at.y, at.x + size.x, at.y + size.y}, Role::text, text);
}

bool filter_chip(std::string_view label, bool on, const char* icon) {
  const Theme& t = current_theme();
  const std::string_view shown = visible(label);
  const float height = Theme::small_control;
  const ImVec2 size(std::ceil(measure(Type::body, shown).x) + 24 + (*icon ? 22 : 0), height);
  const Press press = pressable(label, size, true, Role::checkbox, {.checked = on ? Flag::yes : Flag::no}, {}, height / 2);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(press.from, press.to, over(veil(press), on ? t.selected : t.surface), height / 2);
  list.AddRect(press.from, press.to, on ? mix(t.accent, t.surface, 0.4f) : t.line_strong, height / 2);
  const ImU32 ink = on ? t.tone(Tone::accent).ink : t.ink;
  float x = press.from.x + 12;
  const float y = middle(press.from.y, height, size_of(Type::body));
  if (*icon) {
    draw_text(list, {x, y}, Type::body, ink, icon);
    x += 22;
  }
  draw_text(list, {x, y}, Type::body, ink, shown);
  return press.clicked;
}

void draw_badge(ImDrawList& list, ImVec2 center, std::int64_t count, Tone tone) {
  const std::string shown = count > 99 ? "99+" : std::to_string(count);
  const float width = std::max(18.0f, measure(Type::caption, shown).x + 10);
  const ToneColors& colors = current_theme().tone(tone);
  list.AddRectFilled({center.x - width / 2, center.y - 9}, {center.x + width / 2, center.y + 9}, colors.soft, 9);
  const float text = measure(Type::caption, shown).x;
  draw_text(list, {std::round(center.x - text / 2), middle(center.y - 9, 18, size_of(Type::caption))}, Type::caption,
            colors.ink, shown);
}

void dot(Tone tone) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::Dummy({8, size_of(Type::body)});
  ImGui::GetWindowDrawList()->AddCircleFilled({at.x + 4, at.y + size_of(Type::body) / 2}, 4,
                                              current_theme().tone(tone).fill, 16);
}

void draw_avatar(ImDrawList& list, ImVec2 position, std::string_view name, float size) {
  std::uint32_t mark = 2166136261u;
  for (const char c : name) mark = (mark ^ static_cast<unsigned char>(c)) * 16777619u;
  const Theme& t = current_theme();
  const ImU32 color = t.series[(mark >> 13) % 7];
  const ImVec2 center(position.x + size / 2, position.y + size / 2);
  list.AddCircleFilled(center, size / 2, mix(t.surface, color, t.dark ? 0.35f : 0.18f), 32);
  const std::string initials = initials_of(name);
  ImGui::PushFont(t.font(Face::semibold), std::round(size * 0.55f));
  const ImVec2 text = ImGui::CalcTextSize(initials.c_str());
  list.AddText({std::round(center.x - text.x / 2), std::round(center.y - text.y / 2)},
               mix(color, t.ink, t.dark ? 0.5f : 0.45f), initials.c_str());
  ImGui::PopFont();
}

void avatar(std::string_view name, float size) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::Dummy({size, size});
  draw_avatar(*ImGui::GetWindowDrawList(), at, name, size);
}

void draw_progress(ImDrawList& list, ImVec2 from, ImVec2 to, float share, Tone tone) {
  const Theme& t = current_theme();
  const float rounding = (to.y - from.y) / 2;
  list.AddRectFilled(from, to, t.tone(Tone::neutral).soft, rounding);
  share = std::clamp(share, 0.0f, 1.0f);
  if (share > 0)
    list.AddRectFilled(from, {std::max(from.x + 2 * rounding, from.x + (to.x - from.x) * share), to.y},
                       t.tone(tone).fill, rounding);
}

}  // namespace pmo::ui
