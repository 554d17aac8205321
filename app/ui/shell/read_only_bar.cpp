// The bar above the page of a window that only reads.
#include "app/ui/icons.h"
#include "app/ui/shell/part.h"
#include "app/ui/shell/shell.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {

void draw_read_only_bar(Shell& shell) {
  if (!shell.workspace.storage().read_only) return;
  const auto& tone = shell.theme.tone(Tone::caution);
  Part bar("read_only", {.size = {0, 48}, .ground = tone.soft, .padding = {24, 8}});
  const bool working = shell.workspace.working();
  const std::string label = labelled(shell.text("other_window.take_over"_key), "other_window.take_over");
  const float width = button_width(label, {.icon = icon::edit});
  ImGui::AlignTextToFramePadding();
  text_cut(Type::body, std::string(icon::lock) + "  " + std::string(shell.text(working ? "other_window.taking"_key : "other_window.about"_key)),
           ImGui::GetContentRegionAvail().x - width - 16, tone.ink);
  ImGui::SameLine(ImGui::GetWindowWidth() - 24 - width);
  if (button(label, {.icon = icon::edit, .emphasis = Emphasis::primary, .enabled = !working}))
    shell.before_next_frame([&shell] {
      if (const auto asked = shell.workspace.take_over(); !asked) shell.messages.error(asked.error());
    });
}

}  // namespace pmo::ui
