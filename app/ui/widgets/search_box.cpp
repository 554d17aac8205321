#include "app/ui/widgets/search_box.h"

#include "app/ui/icons.h"
#include "app/ui/text_field.h"
#include "app/ui/widgets/button.h"

namespace pmo::ui {

bool search_box(const char* id, std::string& text, std::string_view placeholder, const SearchOptions& options) {
  ImGui::PushID(id);
  const ImVec2 at = ImGui::GetCursorPos();
  const InputEvents events = input_text("###text", text, {.width = options.width, .label = placeholder,
                                                          .placeholder = placeholder, .icon = icon::search,
                                                          .kind = TextKind::search, .list_keys = options.list_keys,
                                                          .start = options.start});
  bool changed = events.changed && !events.composing;
  if (options.entered) *options.entered = events.end == TextEntryEnd::enter;
  if (!text.empty()) {
    const ImVec2 size = ImGui::GetItemRectSize();
    ImGui::SetCursorPos({at.x + size.x - 30, at.y + 2});
    if (icon_button("###clear", icon::x, options.clear_name, {.small = true})) {
      text.clear();
      changed = true;
    }
    ImGui::SetCursorPos(at);
    ImGui::Dummy(size);  // the field is the last item, so that what follows can stand beside it
  }
  ImGui::PopID();
  return changed;
}

}  // namespace pmo::ui
