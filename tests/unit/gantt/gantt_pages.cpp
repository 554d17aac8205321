// The Gantt chart for paper: pages, what is on them, and the print of the page with its table.
#include "app/ui/gantt/gantt_pages.h"

#include "app/engine/control/baselines.h"
#include "app/ui/charts/svg.h"
#include "app/ui/gantt/time_ground.h"
#include "app/ui/tasks/task_source.h"
#include "tests/unit/gantt/tasks_office.h"

namespace {

// What the page of the tasks prints, without the page.
struct Printed {
  House house;
  TaskSource source;
  TableView view;
  GanttOptions options;
  Language language = Language::english;

  Printed() { view.columns = source.usual_columns(); }

  std::vector<GanttPage> pages(double day_width) {
    source.refresh(house.analyses, house.project);
    const CellTexts texts(house.project, language, house.today, source);
    const Rows rows = build_rows(view, register_of<Task>(), texts);
    const auto editing = TaskEditing::of(house.analyses);
    return gantt_pages({rows, texts, editing, house.analyses.of<TaskFactsOf>(), options, day_width});
  }
  void only(std::vector<Id> shown) {
    view.only = [shown](const Record& record) { return std::ranges::contains(shown, record.id); };
  }
};

std::size_t texts_with(const GanttPage& page, std::string_view part) {
  return static_cast<std::size_t>(std::ranges::count_if(page.picture.texts, [&](const PictureText& text) { return text.text.contains(part); }));
}

std::size_t shapes_of(const GanttPage& page, ImU32 Theme::*color) {
  return static_cast<std::size_t>(std::ranges::count_if(page.picture.shapes, [&](const PictureShape& shape) { return shape.ink.own == color; }));
}

}  // namespace

// From Monday 4 to Monday 18 March, with a day before and behind.
TEST_CASE("a plan that fits one page is drawn as wide as the page, with names, scale, bars and the day") {
  Printed printed;
  const auto pages = printed.pages(20);
  REQUIRE(pages.size() == 1);
  CHECK(pages[0].caption == "Rows 1 to 6 of 6, 3 Mar 2024 to 19 Mar 2024");
  const Picture& picture = pages[0].picture;
  for (const char* name : {"House", "Ground", "Garden", "Handed over"}) CHECK_MESSAGE(texts_with(pages[0], name) == 1, name);
  CHECK(texts_with(pages[0], "March 2024") > 0);
  // Three critical tasks of which nothing is done; of what is drawn in full: beam and ends of the summary, and the diamond.
  CHECK(shapes_of(pages[0], &Theme::bar_critical) == 3);
  CHECK(shapes_of(pages[0], &Theme::bar_task) == 1);
  CHECK(shapes_of(pages[0], &Theme::bar_critical_progress) == 4);
  for (const PictureShape& shape : picture.shapes)
    for (const ImVec2& corner : shape.corners) {
      CHECK(corner.x >= picture.plot_from.x - 8);
      CHECK(corner.x <= picture.plot_to.x + 8);
    }
  CHECK(std::ranges::count_if(picture.lines, [](const PictureLine& line) { return line.ink.own == &Theme::today; }) == 1);
  CHECK(std::ranges::count_if(picture.legend, [](const LegendEntry& entry) { return entry.name == "Today"; }) == 1);
  printed.language = Language::chinese;
  const auto chinese = printed.pages(20);
  CHECK(chinese[0].caption.starts_with("第 1–6 行（共 6 行）"));
  CHECK(chinese[0].picture.legend.front().name == "关键路径");
}

TEST_CASE("the wider the days on the screen, the more pages; those without a bar are left out") {
  Printed printed;
  CHECK(printed.pages(80).size() == 2);
  CHECK(printed.pages(1440).size() == 6);  // no more, however close one looks
  printed.only({printed.house.garden, printed.house.handed_over});  // 4 to 7 and 18 March, three days a page
  const auto pages = printed.pages(1440);
  REQUIRE(pages.size() == 3);
  CHECK(pages[0].caption == "Rows 1 to 2 of 2, 3 Mar 2024 to 5 Mar 2024");
  CHECK(pages[1].caption == "Rows 1 to 2 of 2, 6 Mar 2024 to 8 Mar 2024");
  CHECK(pages[2].caption == "Rows 1 to 2 of 2, 18 Mar 2024 to 20 Mar 2024");
  printed.only({});
  CHECK(printed.pages(20).empty());
}

TEST_CASE("rows go on with the next page, and so do the arrows between them") {
  Printed printed;
  printed.house.change([&](Transaction& change) {
    Id before = printed.house.garden;
    for (int i = 0; i < 24; ++i) {
      const Id added = insert_task(change, {}, {}, [&](Task& task) { task.name = "Bed " + std::to_string(i + 1), task.duration = {480}; }).value();
      change.create<Link>([&](Link& link) { link.predecessor = {before}, link.successor = {added}; });
      before = added;
    }
  });
  const auto pages = printed.pages(1);
  REQUIRE(pages.size() == 2);
  CHECK(pages[0].caption.starts_with("Rows 1 to 22 of 30"));
  CHECK(pages[1].caption.starts_with("Rows 23 to 30 of 30"));
  CHECK(texts_with(pages[1], "Bed 24") == 1);
  CHECK(texts_with(pages[0], "Bed 24") == 0);
  for (const GanttPage& page : pages)
    for (const PictureLine& line : page.picture.lines)
      for (const ImVec2& corner : line.points) CHECK(corner.y <= page.picture.plot_to.y);
  const auto arrows = [](const GanttPage& page) {
    return std::ranges::count_if(page.picture.lines, [](const PictureLine& line) { return line.ink.own == &Theme::link || line.ink.own == &Theme::link_critical; });
  };
  CHECK(arrows(pages[0]) > 0);
  CHECK(arrows(pages[1]) > 0);
  printed.options.links = false;
  CHECK(arrows(printed.pages(1)[0]) == 0);
}

TEST_CASE("a baseline is printed below the bars, and named in the legend") {
  Printed printed;
  printed.house.change([&](Transaction& change) {
    const auto editing = TaskEditing::of(printed.house.analyses);
    const Id id = engine::take_baseline(change, editing.outline, editing.plan.plan, editing.plan.schedule, {"Agreed", at(4, 12)});
    printed.options.baselines = {{id}};
  });
  const auto pages = printed.pages(20);
  REQUIRE(pages.size() == 1);
  CHECK(shapes_of(pages[0], &Theme::bar_baseline) == 6);
  CHECK(std::ranges::contains(pages[0].picture.legend, "Agreed", &LegendEntry::name));
  const std::string svg = write_svg(pages[0].picture, "Gantt chart", pages[0].caption, {});
  CHECK(svg.contains("<title>Gantt chart</title>"));
  CHECK(svg.contains("Handed over"));
  CHECK(svg.contains("<polygon"));
}

TEST_CASE("days off that follow each other are one stretch, holidays apart") {
  House house;
  const ProjectTime& time = house.analyses.of<ProjectTimeOf>();
  const auto off = days_off(time, Day::of(2024, 3, 4), Day::of(2024, 3, 17));
  REQUIRE(off.size() == 2);
  CHECK(off[0].from == Day::of(2024, 3, 9));
  CHECK(off[0].to == Day::of(2024, 3, 11));
  CHECK_FALSE(off[0].holiday);
}

TEST_CASE("the tasks print what is looked at: the table with its outline, and the chart below it") {
  Office office;
  office.platform.click("print");
  REQUIRE(office.platform.kept.printed.size() == 1);
  const std::string all = office.platform.kept.printed[0];
  CHECK(all.contains("<th>Name</th>"));
  CHECK(all.contains("padding-left:1.2em\">Walls"));
  CHECK(all.contains("<h2>Gantt chart</h2>"));
  CHECK(all.contains("<svg"));
  CHECK(all.contains(" class=\"wide\""));
  CHECK_FALSE(all.contains(">Total</td>"));  // a summary's duration is that of its parts
  office.platform.click("Search tasks");
  office.platform.type("Walls");
  office.platform.click("print");
  REQUIRE(office.platform.kept.printed.size() == 2);
  CHECK(office.platform.kept.printed[1].contains("Walls"));
  CHECK_FALSE(office.platform.kept.printed[1].contains("Garden"));
}
