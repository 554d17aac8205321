#include "app/model/utf8.h"

#include <doctest/doctest.h>

#include <string>

using namespace pmo;

TEST_CASE("texts are cut between characters") {
  CHECK(cut_to_bytes("abc", 3) == "abc");
  CHECK(cut_to_bytes("abcd", 3) == "abc");
  CHECK(cut_to_bytes("ab计", 5) == "ab计");
  for (const std::size_t most : {2u, 3u, 4u}) CHECK(cut_to_bytes("ab计", most) == "ab");
  CHECK(cut_to_bytes("a😀", 4) == "a");
  CHECK(cut_to_bytes("abc", 0).empty());
}

TEST_CASE("what is no UTF-8 is cut all the same") { CHECK(cut_to_bytes(std::string(10, '\x80'), 6).size() == 6); }
