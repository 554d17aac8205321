// What is done to the selected records is done to those that are seen, and the user is told of the others.
#include "app/model/records/risk.h"
#include "tests/unit/ui_table/table_desk.h"

TEST_CASE("selected records of a folded group stay as they are, and the user is told") {
  TableDesk desk;
  const Issue &steel = *desk.plant.steel, &permit = *desk.plant.permit, &noise = *desk.plant.noise;
  desk.table.view.group = &field_of<Issue>(&Issue::priority);
  desk.table.view.folded = {"low"};
  desk.table.view.changed();
  desk.select({&steel, &noise, &permit});
  Context now = desk.context();
  CHECK(desk.table.write(now, steel, field_of<Issue>(&Issue::severity), Value{std::int64_t{5}}));
  CHECK(steel.severity == 5);
  CHECK(noise.severity == 5);
  CHECK(permit.severity != 5);
  REQUIRE(desk.warnings.size() == 1);
  CHECK(desk.warnings[0].starts_with("1 selected record "));
  CHECK(desk.successes.size() == 1);
  REQUIRE(desk.plant.project.undo());  // one step
  CHECK(steel.severity == 3);
  CHECK(noise.severity != 5);
}

TEST_CASE("selected records that a filter hides are neither deleted nor duplicated nor filled") {
  TableDesk desk;
  const Issue &steel = *desk.plant.steel, &permit = *desk.plant.permit;
  const auto& issues = desk.plant.project.all<Issue>();
  desk.select({&steel, &permit});
  desk.table.view.search = "steel";
  desk.table.view.changed();
  Context now = desk.context();
  desk.table.duplicate_selected(now);
  CHECK(issues.size() == 4);
  CHECK(desk.warnings.size() == 1);
  desk.table.fill_down(now);  // one alone has nothing to fill
  CHECK(issues.size() == 4);
  desk.table.erase_selected(now);
  CHECK(issues.size() == 3);
  CHECK(issues.find(permit.id));
  CHECK(desk.warnings.size() == 2);
  // A record that is gone is no hidden one.
  desk.table.view.clear_filters();
  desk.select({&permit});
  desk.selection.records.insert(Id{9, 9});
  desk.warnings.clear();
  CHECK(desk.table.write(now, permit, field_of<Issue>(&Issue::severity), Value{std::int64_t{4}}));
  CHECK(desk.warnings.empty());
}

TEST_CASE("several values are written in one step, or none when one is refused") {
  TableDesk desk;
  const Issue &steel = *desk.plant.steel, &noise = *desk.plant.noise;
  desk.select({&steel, &noise});
  Context now = desk.context();
  const FieldInfo &status = *register_of<Issue>().status(), &severity = field_of<Issue>(&Issue::severity);
  REQUIRE(desk.table.put(now, steel, {{&status, Value{std::string("closed")}}, {&severity, Value{std::int64_t{2}}}}));
  CHECK(noise.status == IssueStatus::closed);
  CHECK(noise.severity == 2);
  REQUIRE(desk.plant.project.undo());
  CHECK(noise.status != IssueStatus::closed);
  CHECK(steel.severity == 3);
  CHECK_FALSE(desk.table.put(now, steel, {{&severity, Value{std::int64_t{1}}}, {&status, Value{std::string("nonsense")}}}));
  CHECK(steel.severity == 3);
  CHECK(desk.errors.empty());  // the caller tells
  CHECK(desk.successes.size() == 1);
}

TEST_CASE("filling down a column that cannot be written says why, and is no step") {
  TableDesk desk(register_of<Risk>());
  Transaction change(desk.plant.project, "transaction.add"_key, {"test"});
  const Risk& water = change.create<Risk>([](Risk& r) { r.title = "Water"; r.probability = 4; r.impact_time = 5; });
  change.create<Risk>([](Risk& r) { r.title = "Noise"; r.probability = 2; r.impact_time = 2; });
  REQUIRE(change.commit());
  desk.platform.settle();
  desk.platform.click(water.id.text() + ".score");
  desk.platform.press(ImGuiMod_Shift | ImGuiKey_DownArrow);
  const auto steps = desk.plant.project.undo_steps().size();
  desk.platform.press(ImGuiMod_Ctrl | ImGuiKey_D);
  CHECK(desk.warnings.size() == 1);
  CHECK(desk.plant.project.undo_steps().size() == steps);
}
