#include "app/ui/charts/save_chart.h"

#include <algorithm>
#include <cmath>

#include "app/ui/icons.h"
#include "app/ui/platform.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/menu.h"
#include "app/ui/widgets/pressable.h"
#include "app/ui/widgets/text.h"
#include "app/ui/widgets/tooltip.h"

namespace pmo::ui {

ImVec2 saved_size(ImVec2 shown) { return {std::floor(std::clamp(shown.x, 720.0f, 1600.0f)), std::floor(std::max(shown.y, 240.0f))}; }

void save_chart_button(const char* id, ImVec2 top_right, const std::string& title, Language language, const std::function<std::string()>& svg) {
  const Theme& theme = current_theme();
  constexpr ImVec2 size(24, 22);  // as high as a line of the legend
  const std::string_view name = word("chart.save"_key, language);
  ImGui::SetCursorScreenPos({top_right.x - size.x, top_right.y});
  const Press press = pressable("###save_chart." + std::string(id), size, true, Role::button, {}, name, 4);
  tooltip(name);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (const ImU32 ground = veil(press)) list.AddRectFilled(press.from, press.to, ground, 4);
  const float icon_width = icon_size_of(Theme::icon);
  draw_text(list, {std::floor(press.from.x + (size.x - icon_width) / 2), middle(press.from.y, size.y, Theme::icon)}, Type::body,
            press.hovered ? theme.ink : theme.ink_faint, icon::download);
  if (press.clicked) open_menu("save");
  if (!begin_menu("save")) return;
  Platform& platform = current_platform();
  if (menu_item(labelled(word("chart.save_png"_key, language), "save_png"), {.icon = icon::image})) platform.download_painted(title, svg());
  if (menu_item(labelled(word("chart.save_svg"_key, language), "save_svg"), {.icon = icon::chart_line})) platform.download(safe_file_name(title + ".svg"), "image/svg+xml", svg());
  end_menu();
}

}  // namespace pmo::ui
