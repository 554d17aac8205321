#include "app/ui/widgets/dialog.h"

#include <algorithm>

#include "app/ui/icons.h"
#include "app/ui/annotate.h"
#include "app/ui/widgets/menu.h"
#include "app/ui/widgets/text.h"

namespace pmo::ui {
namespace {

void draw_title(std::string_view title, const DialogOptions& options, bool& open) {
  const Theme& t = current_theme();
  const float width = ImGui::GetContentRegionAvail().x;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float start = ImGui::GetCursorPosX();
  if (*options.icon) {
    text(Type::heading, options.icon, t.tone(options.tone).fill);
    ImGui::SameLine(0, 10);
  }
  text_cut(Type::heading, title, width - 72);
  annotate_area("title", {at.x, at.y, at.x + width, at.y + 24}, Role::heading, title);
  if (options.closable) {
    ImGui::SameLine(start + width - 28);
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() - 6);
    if (icon_button("###dialog.close", icon::x, options.close_name, {.small = true})) open = false;
  }
  gap(0.5f);
}

}  // namespace

Dialog::Dialog(const char* id, std::string_view title, bool& open, const DialogOptions& options) : open_(open) {
  if (!open_) return;
  if (!ImGui::IsPopupOpen(id)) ImGui::OpenPopup(id);
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float width = std::min(options.width, screen.x - 32);
  ImGui::SetNextWindowPos({screen.x / 2, screen.y * 0.44f}, ImGuiCond_Always, {0.5f, 0.5f});
  ImGui::SetNextWindowSize({width, options.height > 0 ? std::min(options.height, screen.y - 64) : 0});
  ImGui::SetNextWindowSizeConstraints({width, 0}, {width, screen.y - 48});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(24, 20));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 10.0f);
  ImGui::PushStyleVar(ImGuiStyleVar_PopupRounding, 10.0f);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0.0f);
  ImGui::PushStyleVar(ImGuiStyleVar_PopupBorderSize, 0.0f);
  ImGuiWindowFlags flags = ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoResize |
                           ImGuiWindowFlags_NoSavedSettings;
  if (options.height == 0) flags |= ImGuiWindowFlags_AlwaysAutoResize;
  shown_ = ImGui::BeginPopupModal(id, nullptr, flags);
  ImGui::PopStyleVar(5);
  if (!shown_) return;
  const ImVec2 from = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
  draw_shadow(*ImGui::GetWindowDrawList(), from, {from.x + size.x, from.y + size.y}, 10);
  draw_title(title, options, open_);
  if (options.closable && ImGui::IsKeyPressed(ImGuiKey_Escape, false) && ImGui::IsWindowFocused()) open_ = false;
}

Dialog::~Dialog() {
  if (!shown_) return;
  if (!open_) ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
}

void Dialog::buttons(float total_width) {
  gap(1);
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + std::max(0.0f, ImGui::GetContentRegionAvail().x - total_width));
}

void Dialog::close() { open_ = false; }

int dialog_buttons(Dialog& dialog, std::string_view cancel, std::string_view answer, Emphasis emphasis, bool enabled) {
  const ButtonOptions options{.emphasis = emphasis, .enabled = enabled};
  dialog.buttons(button_width(cancel) + 8 + button_width(answer, options));
  const bool cancelled = button(cancel);
  ImGui::SameLine(0, 8);
  const bool answered = button(answer, options);
  if (cancelled) dialog.close();
  return answered ? 1 : cancelled ? -1 : 0;
}

}  // namespace pmo::ui
