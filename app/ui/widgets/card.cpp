#include "app/ui/widgets/card.h"

#include <cmath>
#include <vector>

#include "app/ui/annotate.h"
#include "app/ui/widgets/pressable.h"
#include "app/ui/widgets/text.h"
#include "app/ui/wrap_text.h"

namespace pmo::ui {

Card::Card(const char* id, const CardOptions& options) {
  const Theme& t = current_theme();
  ImGui::PushStyleColor(ImGuiCol_ChildBg, t.surface);
  ImGui::PushStyleColor(ImGuiCol_Border, t.line);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(options.padding, options.padding));
  ImGui::PushStyleVar(ImGuiStyleVar_ChildRounding, 8.0f);
  ImGuiChildFlags flags = ImGuiChildFlags_Borders | ImGuiChildFlags_AlwaysUseWindowPadding;
  if (options.height == 0) flags |= ImGuiChildFlags_AutoResizeY;
  open_ = ImGui::BeginChild(id, {options.width, options.height}, flags);
  ImGui::PopStyleVar(2);
  ImGui::PopStyleColor(2);
  if (!open_ || options.title.empty()) return;
  if (*options.icon) {
    text(Type::heading, options.icon, t.ink_soft);
    ImGui::SameLine(0, 8);
  }
  text_cut(Type::heading, options.title);
  gap(0.5f);
}

Card::~Card() { ImGui::EndChild(); }

void figure(std::string_view name, std::string_view value, std::string_view note, Tone tone) {
  ImGui::BeginGroup();
  ImGui::PushStyleVarY(ImGuiStyleVar_ItemSpacing, 2);
  text_cut(Type::caption, name);
  text_cut(Type::title, value);
  if (!note.empty()) text_cut(Type::caption, note, 0, current_theme().tone(tone).ink);
  ImGui::PopStyleVar();
  ImGui::EndGroup();
}

bool action_card(std::string_view label, const char* icon, std::string_view about, ImVec2 size, bool primary) {
  const Theme& t = current_theme();
  const Press press = pressable(label, size, true, Role::button, {}, {}, 8);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImU32 ground = press.held ? over(t.pressed, t.surface) : t.surface;
  list.AddRectFilled(press.from, press.to, ground, 8);
  list.AddRect(press.from, press.to, press.hovered ? t.accent : t.line, 8, 0, press.hovered ? 1.5f : 1.0f);
  const ImVec2 mark(press.from.x + 16, press.from.y + std::floor((size.y - 36) / 2));
  list.AddRectFilled(mark, {mark.x + 36, mark.y + 36}, primary ? t.accent : t.tone(Tone::accent).soft, 8);
  const float icon_size = icon_size_of(22);
  {
    ImGui::PushFont(t.font(Face::regular), 22);
    list.AddText({std::floor(mark.x + (36 - icon_size) / 2), mark.y + 7},
                 primary ? t.on_fill : t.tone(Tone::accent).ink, icon);
    ImGui::PopFont();
  }
  const float x = mark.x + 36 + 12, width = press.to.x - 12 - x;
  std::vector<std::string_view> lines;
  {
    TextStyle style(Type::caption);
    lines = wrap_text(about, width);
  }
  const float height = 22 + 18 * static_cast<float>(lines.size());
  float y = middle(press.from.y, size.y, height);
  draw_text_cut(list, {x, y}, width, Type::strong, t.ink, visible(label));
  y += 22;
  TextStyle style(Type::caption);
  for (const auto& line : lines) {
    list.AddText({x, y}, t.ink_soft, line.data(), line.data() + line.size());
    y += 18;
  }
  return press.clicked;
}

}  // namespace pmo::ui
