#include "app/words/words.h"

#include <doctest/doctest.h>

using namespace pmo;

TEST_CASE("the catalogues are complete in both languages and define no key twice") {
  for (const auto& problem : catalogue_problems()) FAIL_CHECK(problem);
}

TEST_CASE("a phrase takes its arguments in the order of the language") {
  const std::string arguments[] = {"3", "A"};
  CHECK(word("calendar.standard"_key, Language::english) == "Standard");
  CHECK(word("calendar.standard"_key, Language::chinese) == "标准");
  CHECK(phrase("error.with_place"_key, arguments, Language::english) == "3 (A)");
  CHECK(phrase("error.with_place"_key, arguments, Language::chinese) == "3（A）");
  CHECK(word("no.such.key"_key, Language::english) == "no.such.key");
}
