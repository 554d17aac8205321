// The columns of a histogram of load on a time axis: which periods are on the screen, and how high each stands. Pure.
#pragma once

#include <span>
#include <vector>

#include "app/engine/resources/resource_load.h"
#include "app/ui/gantt/time_scale.h"

namespace pmo::ui {

// The periods that fit the lower line of the time axis; days are the shortest.
engine::LoadStep load_step(const TimeScale& scale);

// From the left edge of the axis; heights from the ground up.
struct LoadColumn {
  std::size_t period = 0;  // in the list of periods
  float left = 0, right = 0;
  float load = 0, too_much = 0;  // all of it, and the part at its top that is too much
  float capacity = 0;
};

// What of the periods (in order, cut by the step) is seen on an axis of this width; `highest` is as high as `height`.
std::vector<LoadColumn> load_columns(std::span<const engine::LoadPeriod> periods, engine::LoadStep step, const TimeScale& scale, float width,
                                     float height, WorkMinutes highest);

}  // namespace pmo::ui
