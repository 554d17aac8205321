#include "app/ui/widgets/text.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "imgui_internal.h"

#include "app/ui/annotate.h"
#include "app/ui/wrap_text.h"
#include "app/ui/widgets/tooltip.h"

namespace pmo::ui {
namespace {

constexpr std::string_view ellipsis = "…";

ImU32 color_or(ImU32 color, Type type) {
  if (color != 0) return color;
  return type == Type::caption ? current_theme().ink_soft : ImGui::GetColorU32(ImGuiCol_Text);
}

// How many bytes of the text fit, whole characters only. Expects the font to be set.
std::size_t fitting(std::string_view text, float width) {
  const char* rest = nullptr;
  ImGui::GetFont()->CalcTextSizeA(ImGui::GetFontSize(), std::max(width, 0.0f), 0, text.data(),
                                  text.data() + text.size(), &rest);
  return static_cast<std::size_t>(rest - text.data());
}

float width_of(std::string_view text) { return ImGui::CalcTextSize(text.data(), text.data() + text.size()).x; }

void note_text(const ImRect& box, std::string_view text) {
  if (!text.empty()) annotate_area(text.data(), {box.Min.x, box.Min.y, box.Max.x, box.Max.y}, Role::text, text);
}

}  // namespace

ImVec2 measure(Type type, std::string_view text) {
  TextStyle style(type);
  return ImGui::CalcTextSize(text.data(), text.data() + text.size());
}

float middle(float top, float height, float line) { return std::floor(top + (height - line) / 2); }

void draw_text(ImDrawList& list, ImVec2 position, Type type, ImU32 color, std::string_view text) {
  TextStyle style(type);
  list.AddText(position, color, text.data(), text.data() + text.size());
}

bool draw_text_cut(ImDrawList& list, ImVec2 position, float width, Type type, ImU32 color, std::string_view text) {
  TextStyle style(type);
  if (width_of(text) <= width) {
    list.AddText(position, color, text.data(), text.data() + text.size());
    return false;
  }
  std::string shown(text.substr(0, fitting(text, width - width_of(ellipsis))));
  while (shown.ends_with(' ')) shown.pop_back();
  shown += ellipsis;
  list.AddText(position, color, shown.data(), shown.data() + shown.size());
  return true;
}

void text(Type type, std::string_view text, ImU32 color) {
  TextStyle style(type, color_or(color, type));
  ImGui::TextUnformatted(text.data(), text.data() + text.size());
  note_text({ImGui::GetItemRectMin(), ImGui::GetItemRectMax()}, text);
}

void text_cut(Type type, std::string_view text, float width, ImU32 color) {
  if (width <= 0) width = ImGui::GetContentRegionAvail().x + width;
  TextStyle style(type, color_or(color, type));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 size(std::max(1.0f, std::min(width, width_of(text))), ImGui::GetFontSize());
  ImGui::Dummy(size);
  const bool cut = draw_text_cut(*ImGui::GetWindowDrawList(), at, width, type, ImGui::GetColorU32(ImGuiCol_Text), text);
  note_text({at, ImVec2(at.x + size.x, at.y + size.y)}, text);
  if (cut) tooltip(text);
}

void label_beside(std::string_view label, float width) {
  ImGui::BeginGroup();
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + std::max(0.0f, (ImGui::GetFrameHeight() - ImGui::GetFontSize()) / 2));
  text_cut(Type::body, label, width);
  ImGui::EndGroup();
}

float paragraph_height(Type type, std::string_view text, float width) {
  TextStyle style(type);
  return static_cast<float>(wrap_text(text, width).size()) * std::round(ImGui::GetFontSize() * 1.15f);
}

void paragraph(Type type, std::string_view text, ImU32 color, float width, bool centered) {
  if (width <= 0) width = ImGui::GetContentRegionAvail().x + width;
  TextStyle style(type, color_or(color, type));
  const float line = std::round(ImGui::GetFontSize() * 1.15f);
  ImVec2 at = ImGui::GetCursorScreenPos();
  const auto lines = wrap_text(text, width);
  ImGui::Dummy({width, line * static_cast<float>(lines.size())});
  note_text({ImGui::GetItemRectMin(), ImGui::GetItemRectMax()}, text);
  for (const auto& part : lines) {
    const float indent = centered ? std::floor((width - width_of(part)) / 2) : 0;
    ImGui::GetWindowDrawList()->AddText({at.x + indent, at.y}, ImGui::GetColorU32(ImGuiCol_Text), part.data(), part.data() + part.size());
    at.y += line;
  }
}

void gap(float units) {
  // The item's own spacing is part of the distance.
  ImGui::PushStyleVarY(ImGuiStyleVar_ItemSpacing, 0);
  ImGui::Dummy({1, units * Theme::unit});
  ImGui::PopStyleVar();
}

void return_to(ImVec2 cursor) {
  const float spacing = ImGui::GetStyle().ItemSpacing.y;
  ImGui::SetCursorPos({cursor.x, cursor.y - spacing});
  ImGui::Dummy({0, 0});  // an item must follow a moved cursor
}

void rule() {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  ImGui::Dummy({width, 1});
  ImGui::GetWindowDrawList()->AddRectFilled(at, {at.x + width, at.y + 1}, current_theme().line);
}

void key_amount(std::string_view key, std::string_view amount, float width, ImU32 amount_color) {
  key_value(key, amount, std::max(width / 2, width - std::ceil(measure(Type::body, amount).x)), amount_color);
}

void key_value(std::string_view key, std::string_view value, float key_width, ImU32 value_color) {
  const Theme& theme = current_theme();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const float height = size_of(Type::body) + 6;
  ImGui::Dummy({width, height});
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float y = middle(at.y, height, size_of(Type::body));
  draw_text_cut(list, {at.x, y}, key_width - 8, Type::body, theme.ink_soft, key);
  const bool cut = draw_text_cut(list, {at.x + key_width, y}, width - key_width, Type::body,
                                 value_color ? value_color : theme.ink, value);
  annotate_area(key.data(), {at.x, at.y, at.x + width, at.y + height}, Role::text, key, value);
  if (cut) tooltip(value);
}

}  // namespace pmo::ui
