// Values as cells show and read them.
#include <doctest/doctest.h>

#include "app/model/records/cost.h"
#include "app/model/records/issue.h"
#include "app/model/records/project_settings.h"
#include "app/ui/table/cell_text.h"
#include "tests/unit/ui_table/plant.h"

using namespace pmo;
using namespace pmo::ui;

namespace {

template <class R, class T, class O>
Value read(const Plant& plant, T O::* member, std::string_view text, Language language = Language::english) {
  const CellTexts texts(plant.project, language, plant.today);
  const auto value = texts.read(field_of<R>(member), text);
  REQUIRE(value.has_value());
  return *value;
}

template <class R, class T, class O>
std::string_view refused(const Plant& plant, T O::* member, std::string_view text) {
  const auto value = CellTexts(plant.project, Language::english, plant.today).read(field_of<R>(member), text);
  return value ? "accepted" : value.error().message.name;
}

}  // namespace

TEST_CASE("a cell takes dates, durations, money and percentages as people write them") {
  const Plant plant;
  CHECK(read<Issue>(plant, &Issue::due, "2024-3-5") == Value{std::int64_t{Day::of(2024, 3, 5).value}});
  CHECK(read<Issue>(plant, &Issue::due, "5 Mar") == Value{std::int64_t{Day::of(2024, 3, 5).value}});
  CHECK(read<Issue>(plant, &Issue::due, "3/5", Language::chinese) == Value{std::int64_t{Day::of(2024, 3, 5).value}});
  CHECK(read<Task>(plant, &Task::duration, "3d 2w 5h") == Value{std::int64_t{3 * 480 + 2 * 2400 + 300}});
  CHECK(read<Task>(plant, &Task::duration, "3天") == Value{std::int64_t{1440}});
  CHECK(read<CostEntry>(plant, &CostEntry::amount, "1,234.5") == Value{std::int64_t{123450}});
  CHECK(read<Risk>(plant, &Risk::probability_percent, "45%") == Value{std::int64_t{450}});
  CHECK(refused<Issue>(plant, &Issue::due, "soon") == "error.format.day");
  CHECK(refused<Risk>(plant, &Risk::probability_percent, "120%") == "error.field.range");
}

TEST_CASE("work that is counted in hours has no days") {
  const Plant plant;
  const CellTexts texts(plant.project, Language::english, plant.today);
  const FieldInfo& a_day = field_of<ProjectSettings>(&ProjectSettings::minutes_per_day);
  CHECK(texts.shown(a_day, Value{std::int64_t{480}}) == "8h");
  CHECK(texts.shown(a_day, Value{std::int64_t{450}}) == "7h 30min");
  for (const auto* text : {"7.5", "7h 30m", "450m", "7.5 小时"})
    CHECK(read<ProjectSettings>(plant, &ProjectSettings::minutes_per_day, text) == Value{std::int64_t{450}});
  CHECK(texts.shown(field_of<ProjectSettings>(&ProjectSettings::minutes_per_week), Value{std::int64_t{2400}}) == "40h");
}

TEST_CASE("choices are read by name and by label in either language") {
  const Plant plant;
  for (const auto* text : {"in_progress", "In progress", "处理中", "in p"})
    CHECK(read<Issue>(plant, &Issue::status, text) == Value{std::string("in_progress")});
  CHECK(refused<Issue>(plant, &Issue::status, "somewhere") == "error.field.choice");
}

TEST_CASE("people are found by number, name, beginning and initials") {
  const Plant plant;
  for (const auto* text : {"P-1", "张三", "张", "zs", "ZS"}) CHECK(read<Issue>(plant, &Issue::owner, text) == Value{plant.zhang->id});
  CHECK(read<Issue>(plant, &Issue::owner, "") == Value{});
  CHECK(refused<Issue>(plant, &Issue::owner, "nobody") == "error.cell.unknown");
  CHECK(refused<Issue>(plant, &Issue::owner, "Anna") == "error.cell.ambiguous");
  CHECK(read<Issue>(plant, &Issue::parties, "zs、Anna Li") == Value{std::vector<Id>{plant.zhang->id, plant.anna->id}});
  const auto found = find_targets(plant.project, field_of<Issue>(&Issue::owner), "anna", 10);
  REQUIRE(found.size() == 2);
}

TEST_CASE("what a cell shows can be typed back into it") {
  const Plant plant;
  for (const Language language : all_languages) {
    const CellTexts texts(plant.project, language, plant.today);
    for (const FieldInfo& field : register_of<Issue>().fields) {
      const Value value = field.get(*plant.steel);
      const auto again = texts.read(field, texts.typed(field, value));
      REQUIRE_MESSAGE(again.has_value(), field.name);
      CHECK_MESSAGE(*again == value, field.name);
    }
  }
}

TEST_CASE("a record that is gone is named as deleted where others refer to it, and how many do is known") {
  Plant plant;
  const auto shown = [&] {
    return CellTexts(plant.project, Language::english, plant.today).shown(field_of<Issue>(&Issue::owner), field_of<Issue>(&Issue::owner).get(*plant.steel));
  };
  CHECK(count_users(plant.project, {plant.zhang->id, plant.anna->id}) == 2);  // an issue that names both counts once
  Transaction change(plant.project, "transaction.add"_key);
  change.erase(*plant.zhang);
  REQUIRE(change.commit());
  CHECK(shown() == "张三 (deleted)");
  CHECK(count_users(plant.project, {plant.zhang->id}) == 1);
  REQUIRE(plant.project.undo());
  CHECK(shown() == "张三");
}
