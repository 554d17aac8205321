// The progress line: straight down at the status date, and out to where the work on each task has come. To the left is
// behind, to the right ahead. Pure: no drawing.
//
// As in MS Project: a task that has not begun leads to its start when that should have been, one that is done to its
// finish when that was still to come, one under way to the end of what is done; all others keep the line straight.
#pragma once

#include <optional>
#include <span>

#include "app/ui/gantt/bar_pieces.h"
#include "imgui.h"

namespace pmo::ui {

// Where the work on a bar has come; none: as far as it should be. The share of the work that is done is 0 to 1.
std::optional<float> progress_place(std::span<const BarPiece> pieces, double share, float status);

// A row that leads away from the line.
struct ProgressSpike {
  float top, bottom;  // of the row
  float x;
};
// The corners of the line from top to bottom; spikes come in the order of their rows.
std::vector<ImVec2> progress_line(float status, float top, float bottom, std::span<const ProgressSpike> spikes);

}  // namespace pmo::ui
