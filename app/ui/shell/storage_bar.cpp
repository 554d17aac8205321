// The bar above the page of a window that only reads, whose changes cannot be kept, or where confidential texts lie open:
// what is the matter and what to do.
#include "app/ui/icons.h"
#include "app/ui/shell/part.h"
#include "app/ui/shell/shell.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {
namespace {

enum class BarAnswer : unsigned char { none, action, closed };

BarAnswer draw_bar(Shell& shell, Tone which, const char* sign, const std::string& told, const std::string& label, ButtonOptions look, bool closes = false) {
  constexpr float side = 24, margin = 8, gap_before_button = 16;
  const auto& tone = shell.theme.tone(which);
  look.emphasis = Emphasis::primary;
  const float width = button_width(label, look);
  const std::string line = std::string(sign) + "  " + told;
  const float closing = closes ? Theme::control + 4 : 0;
  const float room = ImGui::GetContentRegionAvail().x - 2 * side - width - gap_before_button - closing;
  const float text = paragraph_height(Type::body, line, room);
  const float height = std::max(text, Theme::control);
  Part bar("storage_bar", {.size = {0, height + 2 * margin}, .ground = tone.soft, .padding = {side, margin}});
  ImGui::SetCursorPosY(margin + (height - text) / 2);
  paragraph(Type::body, line, tone.ink, room);
  const float y = margin + (height - Theme::control) / 2;
  ImGui::SetCursorPos({ImGui::GetWindowWidth() - side - closing - width, y});
  if (button(label, look)) return BarAnswer::action;
  if (!closes) return BarAnswer::none;
  ImGui::SetCursorPos({ImGui::GetWindowWidth() - side - Theme::control, y});
  return icon_button("###storage_bar.close", icon::x, shell.text("shell.close"_key)) ? BarAnswer::closed : BarAnswer::none;
}

}  // namespace

void draw_storage_bar(Shell& shell) {
  const StorageStatus status = shell.workspace.storage();
  if (status.state == SaveState::not_saved) {
    if (draw_bar(shell, Tone::bad, icon::warning, describe(status.reason, shell.settings.language),
                 labelled(shell.text("export.bundle"_key), "storage_bar.download"), {.icon = icon::download}) == BarAnswer::action)
      shell.download("bundle");
  } else if (status.removed) {
    const auto answer = draw_bar(shell, Tone::bad, icon::warning, std::string(shell.text("storage.removed"_key)),
                                 labelled(shell.text("export.bundle"_key), "storage_bar.download"), {.icon = icon::download}, true);
    if (answer == BarAnswer::action) shell.download("bundle");
    if (answer == BarAnswer::closed) shell.workspace.removal_is_known();
  } else if (status.read_only) {
    const bool working = shell.workspace.working();
    if (draw_bar(shell, Tone::caution, icon::lock, std::string(shell.text(working ? "other_window.taking"_key : "other_window.about"_key)),
                 labelled(shell.text("other_window.take_over"_key), "other_window.take_over"), {.icon = icon::edit, .enabled = !working}) == BarAnswer::action)
      shell.before_next_frame([&shell] {
        if (const auto asked = shell.workspace.take_over(); !asked) shell.messages.error(asked.error());
      });
  } else if (const VaultPort* vault = shell.workspace.vault(); vault && vault->state() == VaultState::locked && vault->waiting() > 0) {
    if (draw_bar(shell, Tone::caution, icon::unlock, shell.text("vault.waiting"_key, {std::to_string(vault->waiting())}),
                 labelled(shell.text("command.unlock"_key), "storage_bar.unlock"), {.icon = icon::unlock}) == BarAnswer::action)
      shell.dialogs.open(DialogKind::vault_unlock);
  }
}

void draw_removal_bar(Shell& shell) {
  if (!shell.workspace.storage().removed) return;
  if (draw_bar(shell, Tone::bad, icon::warning, std::string(shell.text("storage.removed.closed"_key)),
               labelled(shell.text("shell.close"_key), "storage_bar.close"), {}) == BarAnswer::action)
    shell.workspace.removal_is_known();
}

}  // namespace pmo::ui
