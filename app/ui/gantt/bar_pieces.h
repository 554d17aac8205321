// The bar of a split task: pieces with a dotted line between them, and progress that fills one after the other. Pure.
#pragma once

#include <span>
#include <vector>

namespace pmo::ui {

struct BarPiece {
  float left = 0, right = 0;
  float done = 0;  // up to where it is done; `left` where nothing is
};

// Places pieces that were left and right; each is wide enough to be seen, none reaches into the next.
std::vector<BarPiece> bar_pieces(std::vector<BarPiece> spans, double share_done);

// Where a share of the work ends, and which share ends at a place: between two pieces the place does not matter.
float place_of_share(std::span<const BarPiece> pieces, double share);
double share_at(std::span<const BarPiece> pieces, float place);

}  // namespace pmo::ui
