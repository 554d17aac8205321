// Tables as text, and what a pasted block means.
#include <doctest/doctest.h>

#include "app/ui/csv_clipboard.h"
#include "tests/unit/ui_table/plant.h"

using namespace pmo;
using namespace pmo::ui;

namespace {

PastePlan plan(const Plant& plant, std::vector<const Record*> targets, std::string_view column, std::string_view text) {
  const auto& info = register_of<Issue>();
  return plan_paste(usual_view(info), info, CellTexts(plant.project, Language::english, plant.today), targets,
                    info.find(column), parse_grid(text));
}

}  // namespace

TEST_CASE("separated values survive quotes, line ends and a byte-order mark") {
  CHECK(parse_grid("a\tb\r\nc\td\r\n") == TextGrid{{"a", "b"}, {"c", "d"}});
  CHECK(parse_grid("\xEF\xBB\xBFx,\"say \"\"hi\"\"\nthere\",\n", ',') == TextGrid{{"x", "say \"hi\"\nthere", ""}});
  CHECK(parse_grid("").empty());
  CHECK(parse_grid("\"never closed") == TextGrid{{"never closed"}});
  const TextGrid grid = {{"项目", "a\tb", "line\nbreak"}, {"\"", "", "x"}};
  CHECK(parse_grid(to_tsv(grid)) == grid);
  const std::string csv = to_csv(grid);
  CHECK(csv.starts_with("\xEF\xBB\xBF"));
  CHECK(parse_grid(csv, ',') == grid);
  CHECK(to_html({{"<script>", "&"}}) == "<table><tr><td>&lt;script&gt;</td><td>&amp;</td></tr></table>");
}

TEST_CASE("columns of a pasted block that have no place in the table are counted") {
  const Plant plant;
  CHECK(plan(plant, {plant.noise}, "title", "Noise\tproblem").left_out == 0);
  CHECK(plan(plant, {plant.noise}, "title", "Title\tWeather\tOwner\nNoise\train\tAnna Li").left_out == 1);
  CHECK(plan(plant, {plant.noise}, "title", "No.\tTitle\tOwner\nI-3\tNoise\tAnna Li").left_out == 0);
  CHECK(plan(plant, {plant.noise}, "title", "Title\tWeather\tOwner\nNoise\t\tAnna Li").left_out == 0);
  std::string wide = "x";
  for (int i = 0; i < 60; ++i) wide += "\ty";
  CHECK(plan(plant, {plant.noise}, "title", wide).left_out > 0);
}

TEST_CASE("a pasted word that is also the name of a column is a value") {
  const Plant plant;
  const auto pasted = plan(plant, {plant.noise}, "title", "Owner");
  CHECK_FALSE(pasted.headings);
  CHECK(pasted.changes == 1);
  REQUIRE(pasted.rows.size() == 1);
  CHECK(pasted.rows[0].cells.at(0).value == Value{std::string("Owner")});
  CHECK(plan(plant, {plant.noise}, "title", "Owner\nAnna Li").headings);
}

TEST_CASE("a pasted block fills columns from the current one and makes new rows after the last") {
  Plant plant;
  const auto pasted = plan(plant, {plant.noise}, "title", "Noise\tproblem\tWaiting\nDust\tRequest\tOpen\n");
  CHECK(pasted.errors == 0);
  CHECK(pasted.created == 1);
  CHECK_FALSE(pasted.headings);
  REQUIRE(pasted.rows.size() == 2);
  Transaction change(plant.project, "transaction.paste"_key, {"6"});
  REQUIRE(apply_paste(change, register_of<Issue>(), pasted));
  REQUIRE(change.commit());
  CHECK(plant.noise->title == "Noise");
  CHECK(plant.noise->status == IssueStatus::waiting);
  CHECK(plant.project.all<Issue>().size() == 4);
  CHECK(plant.project.all<Issue>().at(3).kind == IssueKind::request);
}

TEST_CASE("a first line of headings says where the columns go, in either language") {
  const Plant plant;
  const auto pasted = plan(plant, {plant.steel}, "title", "优先级\tDue\nUrgent\t2024-04-01\n");
  CHECK(pasted.headings);
  REQUIRE(pasted.rows.size() == 1);
  REQUIRE(pasted.rows[0].cells.size() == 2);
  CHECK(pasted.rows[0].cells[0].field->name == "priority");
  CHECK(pasted.rows[0].cells[0].value == Value{std::string("urgent")});
  CHECK(pasted.rows[0].cells[0].before == "High");
}

TEST_CASE("cells that cannot be read are named and left alone") {
  Plant plant;
  const auto pasted = plan(plant, {plant.steel}, "priority", "enormous");
  CHECK(pasted.errors == 1);
  CHECK(pasted.changes == 0);
  REQUIRE(pasted.rows[0].cells[0].error.has_value());
  CHECK(pasted.rows[0].cells[0].error->message.name == "error.field.choice");
  Transaction change(plant.project, "transaction.paste"_key, {"0"});
  REQUIRE(apply_paste(change, register_of<Issue>(), pasted));
  CHECK_FALSE(change.changed());
}

TEST_CASE("one value goes into all selected rows") {
  const Plant plant;
  const auto pasted = plan(plant, {plant.steel, plant.permit, plant.noise}, "owner", "zs");
  CHECK(pasted.rows.size() == 3);
  CHECK(pasted.changes == 2);
  CHECK(pasted.unchanged == 1);
}

TEST_CASE("a text that a spreadsheet would run is copied as a text, and comes back as it was") {
  Plant plant;
  Transaction change(plant.project, "transaction.edit"_key, {"x", "1"});
  change.set(*plant.steel, &Issue::title, std::string("=1+1"));
  REQUIRE(change.commit());
  const auto& info = register_of<Issue>();
  const CellTexts texts(plant.project, Language::english, plant.today);
  const auto grid = grid_of(usual_view(info), info, texts, {plant.steel}, false);
  CHECK(grid[0][1] == "'=1+1");
  CHECK(plan(plant, {plant.steel}, "title", grid[0][1]).unchanged == 1);
}
