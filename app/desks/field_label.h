// A text before a field in the same line, at the height of what is written in it.
#pragma once

#include <algorithm>

#include "app/ui/widgets/text.h"
#include "imgui.h"

namespace pmo::desks {

inline void field_label(std::string_view label, float width) {
  ImGui::BeginGroup();
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + std::max(0.0f, (ImGui::GetFrameHeight() - ImGui::GetFontSize()) / 2));
  ui::text_cut(ui::Type::body, label, width);
  ImGui::EndGroup();
}

}  // namespace pmo::desks
