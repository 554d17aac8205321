#include "app/ui/gantt/progress_line.h"

namespace pmo::ui {

std::optional<float> progress_place(std::span<const BarPiece> pieces, double share, float status) {
  if (pieces.empty()) return std::nullopt;
  const float start = pieces.front().left, finish = pieces.back().right;
  if (share <= 0) return start < status ? std::optional(start) : std::nullopt;
  if (share >= 1) return finish > status ? std::optional(finish) : std::nullopt;
  return place_of_share(pieces, share);
}

std::vector<ImVec2> progress_line(float status, float top, float bottom, std::span<const ProgressSpike> spikes) {
  std::vector<ImVec2> line{{status, top}};
  for (const ProgressSpike& spike : spikes) {
    line.push_back({status, spike.top});
    line.push_back({spike.x, (spike.top + spike.bottom) / 2});
    line.push_back({status, spike.bottom});
  }
  line.push_back({status, bottom});
  return line;
}

}  // namespace pmo::ui
