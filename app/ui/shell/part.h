// A part of the window: an area with its own ground and padding, without border or rounding.
#pragma once

#include "app/ui/theme.h"

namespace pmo::ui {

struct PartOptions {
  ImVec2 size = {0, 0};
  ImU32 ground = 0;  // 0: transparent
  ImVec2 padding = {0, 0};
  ImVec2 spacing = {8, 8};  // between the items inside
  bool scrolls = false;
};

// Ends the area when it goes out of scope.
class Part {
 public:
  Part(const char* id, const PartOptions& options) {
    ImGui::PushStyleColor(ImGuiCol_ChildBg, options.ground);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, options.padding);
    ImGui::PushStyleVar(ImGuiStyleVar_ChildRounding, 0.0f);
    ImGuiWindowFlags flags = ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse;
    if (options.scrolls) flags = 0;
    ImGui::BeginChild(id, options.size, ImGuiChildFlags_AlwaysUseWindowPadding, flags);
    ImGui::PopStyleVar(2);
    ImGui::PopStyleColor();
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, options.spacing);
  }
  ~Part() {
    ImGui::PopStyleVar();
    ImGui::EndChild();
  }
  Part(const Part&) = delete;
};

}  // namespace pmo::ui
