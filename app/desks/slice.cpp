#include "app/desks/slice.h"

#include "app/model/format.h"
#include "app/ui/annotate.h"
#include "app/ui/icons.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::desks {

using namespace ui;

bool draw_running(Context& context, Key what, float share) {
  constexpr float width = 160;
  if (button(labelled(context.text("simulation.stop"_key), "stop"), {.icon = icon::stop})) return true;
  ImGui::SameLine(0, 12);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_progress(*ImGui::GetWindowDrawList(), {at.x, at.y + 13}, {at.x + width, at.y + 19}, share, Tone::accent);
  ImGui::Dummy({width, Theme::control});
  annotate(Role::progress, context.text(what), format_percent({static_cast<std::int32_t>(share * 1000)}));
  return false;
}

}  // namespace pmo::desks
