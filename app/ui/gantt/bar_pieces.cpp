#include "app/ui/gantt/bar_pieces.h"

#include <algorithm>

namespace pmo::ui {
namespace {

double length_of(std::span<const BarPiece> pieces) {
  double length = 0;
  for (const auto& piece : pieces) length += piece.right - piece.left;
  return length;
}

}  // namespace

std::vector<BarPiece> bar_pieces(std::vector<BarPiece> spans, double share_done) {
  constexpr float narrowest = 2;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    auto& piece = spans[i];
    piece.right = std::max(piece.right, piece.left + narrowest);
    if (i + 1 < spans.size()) piece.right = std::min(piece.right, std::max(piece.left, spans[i + 1].left));
  }
  double done = length_of(spans) * std::clamp(share_done, 0.0, 1.0);
  for (auto& piece : spans) {
    const double length = piece.right - piece.left;
    piece.done = piece.left + static_cast<float>(std::clamp(done, 0.0, length));
    done -= length;
  }
  return spans;
}

float place_of_share(std::span<const BarPiece> pieces, double share) {
  double left = length_of(pieces) * std::clamp(share, 0.0, 1.0);
  for (const auto& piece : pieces) {
    const double length = piece.right - piece.left;
    if (left <= length) return piece.left + static_cast<float>(left);
    left -= length;
  }
  return pieces.empty() ? 0 : pieces.back().right;
}

double share_at(std::span<const BarPiece> pieces, float place) {
  double before = 0;
  for (const auto& piece : pieces) before += std::clamp(place - piece.left, 0.0f, std::max(0.0f, piece.right - piece.left));
  const double length = length_of(pieces);
  return length > 0 ? before / length : 0;
}

}  // namespace pmo::ui
