#include "app/ui/wrap_text.h"

#include <doctest/doctest.h>

using namespace pmo::ui;
using Lines = std::vector<std::string_view>;

namespace {

// Ideographs and full-width punctuation are two wide, everything else one.
Lines wrap(std::string_view text, float width) {
  return wrap_text(text, width, [](char32_t c) { return c >= 0x2E80 ? 2.0f : 1.0f; });
}

}  // namespace

TEST_CASE("words stay whole, ideographs do not have to") {
  CHECK(wrap("one two three", 8) == Lines{"one two", "three"});
  CHECK(wrap("项目管理工作台", 8) == Lines{"项目管理", "工作台"});
  CHECK(wrap("用PMO管理项目", 6) == Lines{"用PMO", "管理项", "目"});
}

TEST_CASE("no line begins with closing or ends with opening punctuation") {
  CHECK(wrap("项目管理，计划", 8) == Lines{"项目管", "理，计划"});
  CHECK(wrap("项目（计划）进度", 6) == Lines{"项目", "（计", "划）进", "度"});
  CHECK(wrap("风险“高”级", 6) == Lines{"风险", "“高”级"});
}

TEST_CASE("a word longer than a line is cut, line ends are kept") {
  CHECK(wrap("abcdefghij", 4) == Lines{"abcd", "efgh", "ij"});
  CHECK(wrap("a\n\nb\n", 10) == Lines{"a", "", "b", ""});
  CHECK(wrap("", 10) == Lines{""});
  CHECK(wrap("windows\r\nlines", 20) == Lines{"windows", "lines"});
}

TEST_CASE("a width of nothing still ends") { CHECK(wrap("项目 a", 0).size() == 3); }
