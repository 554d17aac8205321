#include "app/ui/text_search.h"

#include <doctest/doctest.h>

using namespace pmo::ui;

TEST_CASE("words are found without regard to case") {
  CHECK(find_text("The Second Pump", "second") == 4);
  CHECK(find_text("基坑降水", "降水") == 6);
  CHECK(find_text("pump", "pumps") == std::string_view::npos);
  CHECK(find_text("pump pump", "pump", 1) == 5);
  CHECK(find_text("pump", "pump", 9) == std::string_view::npos);
}

TEST_CASE("an excerpt keeps characters whole and shows what was left out") {
  CHECK(excerpt("short text", 0, 5) == "short text");
  CHECK(excerpt("0123456789", 5, 1, 2, 2) == "…34567…");
  CHECK(excerpt("基坑降水方案", 6, 6, 1, 1) == "…降水方…");
  CHECK(excerpt("one\ntwo", 4, 3) == "one two");
}
