// The ways of arrows between bars.
#include "app/ui/gantt/link_route.h"

#include <doctest/doctest.h>

using namespace pmo;
using namespace pmo::ui;

namespace {

constexpr float row = 32;

BarBox bar(float left, float right, int line) {
  const float top = static_cast<float>(line) * row + 8;
  return {left, right, top, top + 16};
}

BarBox diamond(float x, int line) {
  const float middle = static_cast<float>(line) * row + row / 2;
  return {x - 8, x + 8, middle - 8, middle + 8, true};
}

// Every piece lies along an axis, and the way begins and ends at the bars.
void check_way(const std::vector<ImVec2>& way, const BarBox& from, const BarBox& to) {
  REQUIRE(way.size() >= 2);
  for (std::size_t i = 0; i + 1 < way.size(); ++i) CHECK((way[i].x == way[i + 1].x || way[i].y == way[i + 1].y));
  CHECK(way.front().y == from.middle());
  CHECK((way.back().y == to.middle() || way.back().y == to.top || way.back().y == to.bottom));
}

}  // namespace

TEST_CASE("a successor behind is entered from above, one line down and one along") {
  const BarBox from = bar(10, 100, 0), to = bar(100, 180, 3);
  const auto way = route_link(LinkType::finish_to_start, from, to, row);
  check_way(way, from, to);
  REQUIRE(way.size() == 3);
  CHECK(way.back().x == 106);
  CHECK(way.back().y == to.top);
  CHECK(route_link(LinkType::finish_to_start, to, bar(200, 220, 0), row).back().y == bar(200, 220, 0).bottom);  // and from below
}

TEST_CASE("a successor that begins before its predecessor ends is reached through the gap between the rows") {
  const BarBox from = bar(10, 100, 0), to = bar(60, 180, 2);
  const auto way = route_link(LinkType::finish_to_start, from, to, row);
  check_way(way, from, to);
  REQUIRE(way.size() == 6);
  CHECK(way[2].y == from.middle() + row / 2);
  CHECK(way.back().x == 60);
  CHECK(way[4].x < 60);  // the arrow comes in from the left
}

TEST_CASE("links between equal ends go around that side") {
  const BarBox from = bar(50, 100, 0), to = bar(20, 180, 1);
  const auto starts = route_link(LinkType::start_to_start, from, to, row);
  check_way(starts, from, to);
  CHECK(starts[1].x < 20);
  const auto finishes = route_link(LinkType::finish_to_finish, from, to, row);
  check_way(finishes, from, to);
  CHECK(finishes[1].x > 180);
}

TEST_CASE("start to finish leaves at the left and comes in from the right") {
  const BarBox from = bar(200, 260, 0), to = bar(20, 120, 1);
  const auto way = route_link(LinkType::start_to_finish, from, to, row);
  check_way(way, from, to);
  CHECK(way.front().x == 200);
  CHECK(way.back().x == 120);
}

TEST_CASE("a task that follows a milestone at once is entered straight from above") {
  const BarBox from = diamond(100, 0), to = bar(100, 180, 1);
  const auto way = route_link(LinkType::finish_to_start, from, to, row);
  check_way(way, from, to);
  CHECK(way.size() == 2);
  const auto into = route_link(LinkType::finish_to_start, bar(10, 100, 0), diamond(100, 1), row);
  CHECK(into.size() == 3);
  CHECK(into.back().x == 100);
}

TEST_CASE("the pointer finds a line by its distance") {
  const auto way = route_link(LinkType::finish_to_start, bar(10, 100, 0), bar(100, 180, 3), row);
  CHECK(distance_to(way, {106, 60}) == doctest::Approx(0));
  CHECK(distance_to(way, {116, 60}) == doctest::Approx(10));
}
