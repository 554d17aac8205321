// The baselines below a bar, each in a lane of its own and told apart by form as well as colour: the first is filled, the
// second an outline, the third dashed.
#pragma once

#include "app/ui/charts/picture.h"

namespace pmo::ui {

inline constexpr std::size_t most_baselines = 3;  // that have room below a bar

// From the top of the row.
struct BaselineLane {
  float top = 0, height = 0;
};
BaselineLane baseline_lane(std::size_t index, std::size_t count);

Ink baseline_ink(std::size_t index);

// From start to finish, or a diamond where these are the same.
void draw_baseline_mark(ImDrawList& list, const Theme& theme, std::size_t index, float left, float right, float top, float height);

}  // namespace pmo::ui
