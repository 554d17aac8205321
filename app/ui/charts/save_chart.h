// The button that every chart has at its top right: the chart as a file, drawn anew for white paper, with its title.
#pragma once

#include <functional>
#include <string>

#include "app/ui/charts/svg.h"

namespace pmo::ui {

inline constexpr float save_chart_room = 28;  // width that a chart leaves free for it (PictureOptions::corner)

// The size of a saved chart that is shown at this size: never too small for a page.
ImVec2 saved_size(ImVec2 shown);

// id: stable, the button is called "save_chart." and the id. svg: asked for when the user has chosen, with SvgOptions::alone.
void save_chart_button(const char* id, ImVec2 top_right, const std::string& title, Language language, const std::function<std::string()>& svg);

}  // namespace pmo::ui
