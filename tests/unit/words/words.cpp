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

TEST_CASE("an argument that is a moment says date and time by itself, and can be told apart") {
  const std::string arguments[] = {argument_of_moment(1'704'070'860'000), "x"};
  CHECK(phrase("error.with_place"_key, arguments, Language::english) == "2024-01-01 01:01 UTC (x)");
  CHECK(moment_in(arguments[0]) == 1'704'070'860'000);
  for (const char* other : {"", "@", "@moment:", "@moment:1x", "1704070860000"}) CHECK_FALSE(moment_in(other));
}

TEST_CASE("an argument of several keys is a list in the language of the phrase") {
  const std::string keys = argument_of("register.risk"_key) + argument_of("register.issue"_key);
  const std::string arguments[] = {keys, "a@b"};
  CHECK(phrase("error.with_place"_key, arguments, Language::english) ==
        std::string(word("register.risk"_key, Language::english)) + ", " + std::string(word("register.issue"_key, Language::english)) + " (a@b)");
  CHECK(phrase("error.with_place"_key, arguments, Language::chinese).contains("、"));
}

TEST_CASE("one is not many: a word follows the number beside it") {
  const auto said = [](std::string number) { return phrase("change.days"_key, std::vector{std::move(number)}, Language::english); };
  CHECK(said("+1") == "+1 day");
  CHECK(said("-1") == "-1 day");
  CHECK(said("1") == "1 day");
  CHECK(said("0") == "0 days");
  CHECK(said("+11") == "+11 days");
  CHECK(said("1.5") == "1.5 days");
  CHECK(phrase("paste.about"_key, std::vector<std::string>{"2", "1"}, Language::english) == "2 cells will change, 1 record will be added.");
  CHECK(phrase("change.days"_key, std::vector<std::string>{"+1"}, Language::chinese) == "+1 天");
  CHECK(phrase("change.days"_key, std::vector<std::string>{}, Language::english) == "{0} {0:day/days}");
}
