#include "app/ui/gantt/baseline_marks.h"

#include <algorithm>

namespace pmo::ui {

Ink baseline_ink(std::size_t index) {
  constexpr int second = 4, third = 5;  // of the series: not those of load and cost
  return index == 0 ? Ink{.own = &Theme::bar_baseline} : Ink{InkRole::series, index == 1 ? second : third};
}

BaselineLane baseline_lane(std::size_t index, std::size_t count) {
  const float height = count <= 1 ? 5.0f : count == 2 ? 4.0f : 3.0f, between = 1;
  const float bottom = Theme::row - (count <= 1 ? 3.0f : count == 2 ? 2.0f : 1.0f);
  return {bottom - static_cast<float>(count - index) * (height + between) + between, height};
}

void draw_baseline_mark(ImDrawList& list, const Theme& theme, std::size_t index, float left, float right, float top, float height) {
  const ImU32 color = color_of(baseline_ink(index), theme);
  if (right - left < 2) {
    const float y = top + height / 2, half = height * 0.9f + 0.5f;
    const ImVec2 corners[] = {{left, y - half}, {left + half, y}, {left, y + half}, {left - half, y}};
    if (index == 1) list.AddPolyline(corners, 4, color, ImDrawFlags_Closed, 1.0f);
    else list.AddConvexPolyFilled(corners, 4, color);
  } else if (index == 0) {
    list.AddRectFilled({left, top}, {right, top + height}, color, 2);
  } else if (index == 1) {
    list.AddRect({left + 0.5f, top + 0.5f}, {right - 0.5f, top + height - 0.5f}, color, 0);
  } else {
    constexpr float dash = 6, step = 9;
    for (float x = left; x < right; x += step) list.AddRectFilled({x, top}, {std::min(x + dash, right), top + height}, color);
  }
}

}  // namespace pmo::ui
