// The bundle of what concerns one person: small, and merged back without loss.
#include "app/model/own_part.h"

#include <doctest/doctest.h>

#include "app/model/records/common.h"
#include "app/model/records/issue.h"
#include "app/model/records/management.h"
#include "app/model/records/meeting.h"
#include "app/model/records/resource.h"
#include "app/model/records/risk.h"
#include "app/model/records/task.h"
#include "app/sample/sample.h"
#include "storage/bundle/bundle.h"

using namespace pmo;
using namespace pmo::storage;

TEST_CASE("one person's part: the plan, what names them with its surroundings, nothing of others; edits merge back") {
  FixedSurroundings surroundings(1), elsewhere(2);
  Project project(product_schema(), Id{1, 1}, surroundings);
  REQUIRE(make_sample_project(project, Language::english).has_value());
  const auto owner = [&] {
    for (const auto& risk : project.all<Risk>())
      if (risk.owner) return risk.owner;
    return Ref<Person>{};
  }();
  REQUIRE(owner);
  const auto only = part_concerning(project, owner);
  const auto text = write_bundle(project, {.only = only});
  CHECK(2 * text.size() < write_bundle(project, {}).size());
  const auto read = read_bundle(text, product_schema(), Id{2, 2}, elsewhere);
  REQUIRE(read.has_value());
  auto& part = *read->project;

  CHECK(part.all<Task>().size() == project.all<Task>().size());
  CHECK(part.all<Link>().size() == project.all<Link>().size());
  for (const auto& risk : project.all<Risk>())
    if (risk.owner == owner) CHECK(part.all<Risk>().find(risk.id));
  std::size_t others = 0;
  for (const auto& risk : project.all<Risk>()) others += risk.owner != owner && !part.all<Risk>().find(risk.id);
  CHECK(others > 0);
  // An action item comes with its meeting.
  for (const auto& item : part.all<ActionItem>())
    if (item.meeting) CHECK(part.find(item.meeting));

  const auto& mine = *std::ranges::find_if(part.all<Risk>(), [&](const Risk& risk) { return risk.owner == owner; });
  Transaction change(part, "transaction.test"_key);
  change.set(mine, &Risk::title, std::string("Seen on the site"));
  REQUIRE(change.commit().has_value());
  const auto back = read_bundle(write_bundle(part, {}), product_schema(), Id{1, 1}, surroundings);
  REQUIRE(back.has_value());
  const auto risks = project.all<Risk>().size();
  const auto plan = plan_merge(project, *back->project);
  CHECK(plan.changed == 1);
  CHECK(plan.added + plan.deleted + plan.conflicts == 0);
  REQUIRE(merge(project, *back->project, "transaction.import"_key, {"x"}).has_value());
  CHECK(project.all<Risk>().size() == risks);
  CHECK(project.all<Risk>().find(mine.id)->title == "Seen on the site");
}

TEST_CASE("what names the person comes with its parts, also where it is related to something that does") {
  FixedSurroundings surroundings(1);
  Project project(product_schema(), Id{1, 1}, surroundings);
  Transaction change(project, "transaction.test"_key);
  const auto person = change.create<Person>([](Person& p) { p.name = "王芳"; }).id;
  const auto risk = change.create<Risk>([&](Risk& r) { r.title = "Late steel"; r.owner = {person}; }).id;
  const auto issue = change.create<Issue>([&](Issue& i) { i.title = "Steel is late"; i.owner = {person}; }).id;
  change.create<Relation>([&](Relation& r) { r.from = {risk}; r.to = {issue}; });
  const auto file = change.create<Attachment>([&](Attachment& a) { a.record = {issue}; a.file_name = "letter.txt"; a.sha256 = std::string(64, '0'); }).id;
  REQUIRE(change.commit().has_value());
  CHECK(part_concerning(project, {person}).contains(file));
}
