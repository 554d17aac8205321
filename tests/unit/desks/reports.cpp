#include "app/desks/reports/reports.h"

#include <doctest/doctest.h>

#include "app/model/records/document.h"
#include "app/model/records/meeting.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/task.h"
#include "app/sample/sample.h"
#include "storage/bundle/bundle.h"
#include "storage/bundle/json_value.h"
#include "storage/digest.h"
#include "tests/unit/desks/report_fixture.h"

#include <nlohmann/json.hpp>

using namespace pmo;
using namespace pmo::desks;
using namespace pmo::ui;

TEST_CASE("every report of the sample speaks both languages and closes what it opens") {
  for (const auto language : {Language::english, Language::chinese}) {
    ReportFixture f;
    REQUIRE(make_sample_project(f.project, language));
    auto kinds = report_kinds();
    kinds.push_back({.name = "register", .title = "report.registers"_key, .make = register_report});
    for (const auto& kind : kinds) {
      CAPTURE(kind.name);
      auto input = f.input(language);
      if (kind.subject) input.subject = f.project.table(*kind.subject).at(0).id;
      const std::string html = kind.make(input).html();
      CHECK(html.size() > 2000);
      CHECK(html.starts_with("<!doctype html>"));
      CHECK(html.contains("Li &lt;b&gt;Qiang&lt;/b&gt;"));
      CHECK_FALSE(html.contains("<b>Qiang"));
      for (const auto* element : {"table", "tr", "td", "dl", "p", "span", "h2", "div"})
        CHECK(count_of(html, std::string("<") + element + ">") + count_of(html, std::string("<") + element + " ") == count_of(html, std::string("</") + element + ">"));
      CHECK(html.contains(language == Language::chinese ? "<html lang=\"zh-CN\"" : "<html lang=\"en\""));
    }
  }
}

TEST_CASE("a report leaves out what is locked, or says which of it it speaks of") {
  ReportFixture f;
  REQUIRE(make_sample_project(f.project, Language::english));
  auto input = f.input(Language::english);
  input.info = &register_of<Document>();
  const Document& document = f.project.all<Document>().at(0);
  input.locked = {document.id, Id{7, 7}};
  CHECK_FALSE(register_report(input).html().contains(document.title));
  CHECK(input.told.empty());
  input.with_locked = true;
  CHECK(register_report(input).html().contains(document.title));
  CHECK(input.told == std::set<Id>{document.id});
}

TEST_CASE("what people write cannot become markup, a link or a picture") {
  Report report({.title = "</title><script>alert(1)</script>", .project = "\"</style><script>", .language = Language::english});
  report.paragraph("<img src=x onerror=alert(1)>");
  report.formatted("# Heading\n\n* one\n* **two**\n\n<script>x</script> [link](javascript:alert(1)) ![p](//x/y.png) <javascript:alert(1)>");
  report.formatted("\\[link](https://www.w3.org) \\\\[link](https://www.w3.org) \\<https://www.w3.org> `\\`[link](https://www.w3.org)");
  report.table({.columns = {{"<i>"}}, .rows = {{ReportCell("<u>")}}});
  const std::string html = report.html();
  CHECK_FALSE(html.contains("<script"));
  CHECK_FALSE(html.contains("<img"));
  CHECK_FALSE(html.contains("<a "));
  CHECK_FALSE(html.contains("<i>"));
  CHECK_FALSE(html.contains("<u>"));
  CHECK(html.contains("<h1>Heading</h1>"));
  CHECK(html.contains("<strong>two</strong>"));
  CHECK(count_of(html, "</style>") == 1);
}

TEST_CASE("script in every text field of a bundle that came in is only text in every report") {
  ReportFixture sender, receiver;
  REQUIRE(make_sample_project(sender.project, Language::english));
  constexpr std::string_view hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'>";
  auto json = *storage::parse_json(storage::write_bundle(sender.project, {.confidential = true, .history = false}));
  std::size_t fields = 0;
  for (const auto* info : product_schema().registers()) {
    if (!json["data"].contains(info->name)) continue;
    for (auto& record : json["data"][info->name])
      for (const auto& field : info->fields)
        if (field.kind == Kind::text && check_value(field, std::string(hostile))) {
          record["fields"][field.name] = hostile;
          ++fields;
        }
  }
  REQUIRE(fields > 1000);
  json.erase("integrity");
  json["integrity"] = {{"hash", storage::sha256(storage::canonical_text(json))}};
  auto bundle = storage::read_bundle(storage::canonical_text(json), product_schema(), Id{2, 2}, receiver.surroundings);
  REQUIRE_MESSAGE(bundle.has_value(), describe(bundle.error(), Language::english));
  copy_records(*bundle->project, receiver.project);
  auto kinds = report_kinds();
  for (const auto* info : product_schema().registers())
    if (!info->prefix.empty()) kinds.push_back({.name = info->name, .title = info->label_key(), .make = register_report});
  for (const auto& kind : kinds) {
    CAPTURE(kind.name);
    auto input = receiver.input(Language::english);
    if (const auto* info = product_schema().find(kind.name)) input.info = info;
    if (kind.subject) input.subject = receiver.project.table(*kind.subject).at(0).id;
    const std::string html = kind.make(input).html();
    CHECK_FALSE(html.contains("<script"));
    CHECK_FALSE(html.contains("<img"));
    CHECK_FALSE(html.contains("onerror=alert(2)>\""));
  }
}

TEST_CASE("the status report finds late, finished and coming tasks by the status date") {
  ReportFixture f;
  Transaction change(f.project, "transaction.test"_key);
  change.create<ProjectSettings>([](ProjectSettings& s) { s.name = "P"; s.start = *Minute::parse("2026-04-06T08:00"); s.status_date = Day::parse("2026-05-11"); });
  const auto task = [&](const char* name, const char* start, int days, int percent) {
    change.create<Task>([&](Task& t) {
      t.name = name;
      t.duration = {480LL * days};
      t.constraint = ConstraintType::must_start_on;
      t.constraint_date = Minute::parse(std::string(start) + "T08:00");
      t.percent_complete = {percent * 10};
    });
  };
  task("Late one", "2026-04-27", 5, 50);
  task("Done one", "2026-04-20", 5, 100);
  task("Old one", "2026-04-06", 1, 100);
  task("Next one", "2026-05-25", 5, 0);
  task("Far one", "2026-07-06", 5, 0);
  task("Handover", "2026-08-03", 0, 0);
  REQUIRE(change.commit());
  const std::string html = status_report(f.input(Language::english)).html();
  const auto section = [&](std::string_view title) {
    const auto from = html.find("<h2>" + std::string(title));
    return html.substr(from, html.find("<h2>", from + 4) - from);
  };
  CHECK(section("Late tasks").contains("Late one"));
  CHECK(count_of(section("Late tasks"), "<tr>") == 2);
  CHECK(section("Finished").contains("Done one"));
  CHECK_FALSE(section("Finished").contains("Old one"));
  CHECK(section("In progress, or").contains("Next one"));
  CHECK_FALSE(section("In progress, or").contains("Far one"));
  CHECK(section("Milestones").contains("Handover"));
  CHECK(html.contains("40.4%"));  // (2.5 + 5 + 1) of 21 days
}
