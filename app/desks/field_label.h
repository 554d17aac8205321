// Fields in a line with their label, as pages of settings have them.
#pragma once

#include <algorithm>

#include "app/ui/text_field.h"
#include "app/ui/widgets/text.h"
#include "imgui.h"

namespace pmo::desks {

// A text before a field, at the height of what is written in it.
inline void field_label(std::string_view label, float width) {
  ImGui::BeginGroup();
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + std::max(0.0f, (ImGui::GetFrameHeight() - ImGui::GetFontSize()) / 2));
  ui::text_cut(ui::Type::body, label, width);
  ImGui::EndGroup();
}

// The text of the one field that is being edited, where each frame reads the others anew from their records. True when it
// was committed: then `text` is what was written.
class EditedText {
 public:
  bool input(const std::string& field, std::string& text, const ui::InputOptions& options) {
    std::string shown = field == field_ ? text_ : text;
    const auto events = ui::input_text(field.c_str(), shown, options);
    if (events.changed) {
      field_ = field;
      text_ = shown;
    }
    if (!events.committed && !events.cancelled) return false;
    field_.clear();
    if (events.committed) text = shown;
    return events.committed;
  }

 private:
  std::string field_, text_;
};

}  // namespace pmo::desks
