// The load of resources below the chart: the columns on their axis, and the panel in use.
#include "app/ui/gantt/load_columns.h"
#include "tests/unit/gantt/tasks_office.h"

namespace {

using engine::LoadPeriod;
using engine::LoadStep;

// Anna works on the ground (4 to 6 March) and, at the same time, on the garden (4 to 7 March); Ben on the walls.
struct Crew {
  Id anna, ben;

  explicit Crew(House& house) {
    house.change([&](Transaction& change) {
      anna = change.create<Resource>([](Resource& resource) { resource.name = "Anna"; }).id;
      ben = change.create<Resource>([](Resource& resource) { resource.name = "Ben"; }).id;
      const auto assign = [&](Id task, Id resource, int days) {
        change.create<Assignment>([&](Assignment& made) {
          made.task = {task};
          made.resource = {resource};
          made.work = {days * 480};
        });
      };
      assign(house.ground, anna, 3);
      assign(house.garden, anna, 4);
      assign(house.walls, ben, 5);
    });
  }
};

struct Column {
  std::string name, value;
  ImVec4 box;
};

std::optional<Column> column(const Office& office, int date) {
  const auto found = office.platform.find("load." + Day::of(2024, 3, date).text());
  if (!found) return std::nullopt;
  return Column{std::string(found->name), std::string(found->value), found->box};
}

// Close enough for days, from the first of them on.
void show_days(Office& office) {
  office.run("gantt.load");
  for (int step = 0; step < 12 && !column(office, 5); ++step) office.run("gantt.zoom_in");
}

}  // namespace

TEST_CASE("periods go with the zoom, days are the shortest") {
  TimeScale scale;
  const auto step = [&](double width) {
    scale.set_day_width(width);
    return load_step(scale);
  };
  CHECK(step(600) == LoadStep::day);
  CHECK(step(20) == LoadStep::day);
  CHECK(step(5) == LoadStep::week);
  CHECK(step(1) == LoadStep::month);
  CHECK(step(0.5) == LoadStep::quarter);
  CHECK(step(0.2) == LoadStep::year);
}

TEST_CASE("columns stand where their periods are on the axis, as high as their hours") {
  const Day monday = Day::of(2024, 3, 4);
  std::vector<LoadPeriod> weeks;
  for (int week = 0; week < 5; ++week) weeks.push_back({.first = monday + 7 * week, .load = {2400}, .available = {4800}});
  weeks[2].load = {6000};
  weeks[2].overload = {1200};
  TimeScale scale;
  scale.set_day_width(5);
  scale.show_from(Minute::at(monday + 9));  // a Wednesday: its week is seen in part
  const auto columns = load_columns(weeks, LoadStep::week, scale, 60, 100, {6000});
  REQUIRE(columns.size() == 2);  // the third begins at the right edge
  CHECK(columns[0].period == 1);
  CHECK(columns[0].left == doctest::Approx(-10));
  CHECK(columns[0].right == doctest::Approx(25));
  CHECK(columns[0].load == doctest::Approx(40));
  CHECK(columns[0].capacity == doctest::Approx(80));
  CHECK(columns[0].too_much == 0);
  CHECK(columns[1].load == doctest::Approx(100));
  CHECK(columns[1].too_much == doctest::Approx(20));
  CHECK(columns[1].right == doctest::Approx(60));
  CHECK(load_columns({}, LoadStep::week, scale, 60, 100, {0}).empty());
}

TEST_CASE("the load is shown below the chart when it is asked for, in the columns of its days") {
  Office office;
  Crew crew(office.house);
  office.show();
  CHECK_FALSE(office.platform.find("load.whose"));
  const float scale_top = office.platform.find("gantt.scale")->box.y;
  show_days(office);
  CHECK(office.platform.setting("tasks.load") == "shown");
  REQUIRE(office.platform.find("load.whose"));
  CHECK(office.platform.find("gantt.scale")->box.y == scale_top);
  const auto tuesday = column(office, 5);
  REQUIRE(tuesday);
  CHECK(tuesday->name == "Tue 5 Mar");
  CHECK(tuesday->value == "16 h needed, 16 h available, 8 h over");
  // In the column of its day: the garden's bar begins on Monday and is four days long.
  const ImVec4 bar = office.box("bar", office.house.garden);
  CHECK(tuesday->box.x == doctest::Approx(bar.x + office.day_width()).epsilon(0.02));
  CHECK(tuesday->box.y > office.box("bar", office.house.handed_over).w);
  // The garden alone on Thursday, beside it the walls.
  CHECK(column(office, 7)->value == "16 h needed, 16 h available");
  CHECK_FALSE(column(office, 9));  // Saturday
  office.run("gantt.load");
  CHECK_FALSE(office.platform.find("load.whose"));
  CHECK(office.platform.setting("tasks.load") == "hidden");
}

TEST_CASE("a press on what is too much selects the tasks that are worked on then") {
  Office office;
  Crew crew(office.house);
  show_days(office);
  office.platform.click("load.2024-03-05");
  CHECK(office.selection.records == std::set<Id>{office.house.ground, office.house.garden});
  CHECK(office.selection.info == &register_of<Task>());
  CHECK(office.selection.current == office.house.ground);
  office.platform.click("load.2024-03-13");  // nothing is too much: all that are worked on
  CHECK(office.selection.records == std::set<Id>{office.house.walls});
}

TEST_CASE("the load of one resource, and of those who work on the selected tasks") {
  Office office;
  Crew crew(office.house);
  show_days(office);
  office.platform.click("load.whose");
  office.platform.click("load." + crew.ben.text());
  CHECK_FALSE(column(office, 5));
  CHECK(column(office, 7)->value == "8 h needed, 8 h available");
  office.click_row(office.house.house);  // a summary stands for its parts
  office.platform.click("load.whose");
  office.platform.click("load.selected");
  CHECK(column(office, 5)->value == "16 h needed, 16 h available, 8 h over");
  office.click_row(office.house.walls);
  CHECK_FALSE(column(office, 5));
  CHECK(column(office, 7)->value == "8 h needed, 8 h available");
  // What a press selects does not change whose load it is.
  office.platform.click("load.2024-03-07");
  CHECK(office.selection.records == std::set<Id>{office.house.walls});
  CHECK_FALSE(column(office, 5));
}

TEST_CASE("the load follows the plan, and is computed once for it") {
  Office office;
  Crew crew(office.house);
  show_days(office);
  const auto computed = office.house.analyses.computed();
  office.show();
  office.show();
  CHECK(office.house.analyses.computed() == computed);
  office.house.change([&](Transaction& change) { link_in_order(change, {office.house.ground, office.house.garden}); });
  office.show();
  CHECK(column(office, 5)->value == "8 h needed, 16 h available");
}

TEST_CASE("while a bar is dragged, the load is that of the plan as it would be") {
  Office office;
  Crew crew(office.house);
  show_days(office);
  const ImVec2 from = office.middle("bar", office.house.garden);
  office.platform.move(from);
  office.platform.press_button();
  ImGui::GetIO().AddMousePosEvent(from.x + 3 * office.day_width(), from.y);  // from Monday to Thursday
  office.platform.one_frame();
  office.platform.one_frame();
  CHECK(column(office, 5)->value == "8 h needed, 16 h available");
  CHECK(column(office, 7)->value == "16 h needed, 16 h available");
  CHECK(office.house.start(office.house.garden) == "2024-03-04T08:00");
  ImGui::GetIO().AddKeyEvent(ImGuiKey_Escape, true);
  office.platform.one_frame();
  ImGui::GetIO().AddKeyEvent(ImGuiKey_Escape, false);
  office.platform.one_frame();
  CHECK(column(office, 5)->value == "16 h needed, 16 h available, 8 h over");
  office.platform.release_button();
}
