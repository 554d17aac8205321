#include "app/ui/widgets/empty_state.h"

#include <algorithm>
#include <cmath>

#include "app/ui/widgets/button.h"
#include "app/ui/widgets/text.h"

namespace pmo::ui {
namespace {

void centered(float width, float content) {
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + std::max(0.0f, std::floor((width - content) / 2)));
}

}  // namespace

EmptyAnswer empty_state(const EmptyState& state) {
  const Theme& t = current_theme();
  const ImVec2 room = ImGui::GetContentRegionAvail();
  // Lines of about the same length: no single word alone in the last one.
  const float widest = std::min(440.0f, room.x - 32), whole = measure(Type::body, state.about).x;
  const float text_width = std::min(widest, whole / std::max(1.0f, std::ceil(whole / widest)) * 1.12f + 1);
  constexpr float mark = 56;
  const float about_height = state.about.empty() ? 0 : paragraph_height(Type::body, state.about, text_width) + 8;
  const float height = mark + 16 + size_of(Type::heading) + 8 + about_height + (state.action.empty() ? 0 : 48);
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + std::max(16.0f, (room.y - height) * 0.42f));
  centered(room.x, mark);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::Dummy({mark, mark});
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(at, {at.x + mark, at.y + mark}, t.tone(Tone::accent).soft, 14);
  ImGui::PushFont(t.font(Face::regular), 30);
  const float icon = icon_size_of(30);
  list.AddText({std::floor(at.x + (mark - icon) / 2), at.y + 13}, t.tone(Tone::accent).ink, state.icon);
  ImGui::PopFont();
  gap(1);
  centered(room.x, std::min(room.x, measure(Type::heading, state.title).x));
  text_cut(Type::heading, state.title);
  if (!state.about.empty()) {
    centered(room.x, text_width);
    paragraph(Type::body, state.about, t.ink_soft, text_width, true);
  }
  EmptyAnswer answer = EmptyAnswer::none;
  if (state.action.empty()) return answer;
  gap(1);
  const ButtonOptions primary{.icon = state.action_icon, .emphasis = Emphasis::primary};
  float width = button_width(state.action, primary);
  if (!state.second.empty()) width += 8 + button_width(state.second);
  centered(room.x, width);
  if (button(state.action, primary)) answer = EmptyAnswer::action;
  if (!state.second.empty()) {
    ImGui::SameLine(0, 8);
    if (button(state.second)) answer = EmptyAnswer::second;
  }
  return answer;
}

}  // namespace pmo::ui
