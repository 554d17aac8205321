#include "app/sample/sample.h"

#include <doctest/doctest.h>

#include "app/model/records/issue.h"
#include "app/model/records/resource.h"

using namespace pmo;

TEST_CASE("the sample project is complete in both languages") {
  for (const auto language : all_languages) {
    FixedSurroundings surroundings;
    Project project(product_schema(), Id{1, 1}, surroundings);
    const auto made = make_sample_project(project, language);
    REQUIRE_MESSAGE(made.has_value(), (made ? "" : describe(made.error(), language)));
    CHECK(project.all<Task>().size() >= 140);
    CHECK(project.all<Link>().size() >= 150);
    CHECK(project.all<Assignment>().size() >= 100);
    CHECK(project.all<Risk>().size() >= 8);
    CHECK(project.all<Issue>().at(0).source_risk.id == project.all<Risk>().at(0).id);
    for (const auto* info : project.schema().registers())
      if (!info->prefix.empty() && info->name != "baseline") CHECK_MESSAGE(!project.table(*info).empty(), info->name);
    for (const auto& task : project.all<Task>()) {
      const bool has_han = std::ranges::any_of(task.name, [](char c) { return static_cast<unsigned char>(c) >= 0xe4; });
      CHECK_MESSAGE(has_han == (language == Language::chinese), task.name);
      CHECK_FALSE(task.name.contains('~'));
    }
  }
}

TEST_CASE("a faulty sample tells the line") {
  FixedSurroundings surroundings;
  Project project(product_schema(), Id{1, 1}, surroundings);
  const auto read = read_sample("@person key ; name\na ; Anna\n@plan level ; key ; name ; duration ; after\n1 ; x ; Work ; 5d ; nobody\n",
                                project, Language::english, Day::of(2026, 1, 5));
  REQUIRE_FALSE(read.has_value());
  CHECK(read.error().place == "line 4");
  CHECK(project.all<Person>().empty());
}

TEST_CASE("templates fill registers in both languages, as one step that can be undone") {
  int found = 0;
  for (const auto language : all_languages)
    for (const auto* info : product_schema().registers()) {
      if (!has_template(*info)) continue;
      ++found;
      FixedSurroundings surroundings;
      Project project(product_schema(), Id{1, 1}, surroundings);
      const auto made = apply_template(*info, project, language, Day::of(2026, 1, 5));
      REQUIRE_MESSAGE(made.has_value(), (made ? "" : describe(made.error(), language)));
      CHECK_MESSAGE(!project.table(*info).empty(), info->name);
      REQUIRE(project.undo());
      CHECK(project.table(*info).empty());
    }
  CHECK(found == 16);
}

TEST_CASE("a register without a template says so") {
  FixedSurroundings surroundings;
  Project project(product_schema(), Id{1, 1}, surroundings);
  CHECK_FALSE(apply_template(register_of<Task>(), project, Language::english, Day{}).has_value());
}
