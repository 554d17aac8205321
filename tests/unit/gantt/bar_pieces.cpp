// The bar of a split task.
#include "app/ui/gantt/bar_pieces.h"

#include <doctest/doctest.h>

using namespace pmo::ui;

TEST_CASE("progress fills the pieces of a split bar one after the other") {
  const auto pieces = bar_pieces({{10, 30}, {50, 110}}, 0.5);  // 80 wide: 40 are done, 20 of them in the first piece
  REQUIRE(pieces.size() == 2);
  CHECK(pieces[0].done == 30);
  CHECK(pieces[1].done == 70);
  CHECK(bar_pieces({{10, 30}, {50, 110}}, 0.1)[1].done == 50);  // nothing of the second
  CHECK(bar_pieces({{10, 30}, {50, 110}}, 2)[1].done == 110);
}

TEST_CASE("a place on a split bar and the share of its work belong together") {
  const auto pieces = bar_pieces({{10, 30}, {50, 110}}, 0);
  CHECK(place_of_share(pieces, 0.125) == 20);
  CHECK(place_of_share(pieces, 0.5) == 70);
  CHECK(place_of_share(pieces, 1) == 110);
  CHECK(share_at(pieces, 20) == 0.125);
  CHECK(share_at(pieces, 40) == 0.25);  // between the pieces
  CHECK(share_at(pieces, 70) == 0.5);
  CHECK(share_at(pieces, 0) == 0);
  CHECK(share_at(pieces, 500) == 1);
}

TEST_CASE("seen from far away pieces neither vanish nor overlap") {
  const auto pieces = bar_pieces({{10, 10.2f}, {11, 11.5f}, {12, 12.1f}}, 0);
  for (std::size_t i = 0; i + 1 < pieces.size(); ++i) {
    CHECK(pieces[i].right > pieces[i].left);
    CHECK(pieces[i].right <= pieces[i + 1].left);
  }
  CHECK(pieces.back().right == 14);
}
