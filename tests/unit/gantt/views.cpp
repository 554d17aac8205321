// Views of the tasks that are kept: the columns of the table, computed ones included, and what the chart shows.
#include "app/model/records/saved_view.h"
#include "app/ui/gantt/gantt_options.h"
#include "tests/unit/gantt/tasks_office.h"

TEST_CASE("what a chart shows is kept as text and read back") {
  GanttOptions options{.critical = false, .links = false, .total_float = true, .progress_line = true, .label = BarLabel::resources, .baselines = {{Id{1, 7}}, {Id{1, 9}}}};
  CHECK(read_options(write_options(options)) == options);
  CHECK(read_options(write_options({})) == GanttOptions{});
  CHECK(write_options({}) == "chart critical links constraints\nchart.label name\n");
  // Among the lines of a table, with later inventions and nonsense.
  const auto read = read_options("column name 90 shown\nchart links colours\nchart.label sideways\nchart.baseline nobody\nchart.zoom 3\nsort name ascending\n");
  REQUIRE(read);
  CHECK(*read == GanttOptions{.critical = false, .links = true, .constraints = false});
  CHECK_FALSE(read_options("column name 90 shown\n"));
  CHECK_FALSE(read_options(""));
}

TEST_CASE("a view of the tasks keeps its columns and its chart, and the usual one brings back what there was") {
  Office office;
  office.platform.click("view");
  office.platform.click("links");  // off
  office.platform.click("views");
  office.platform.click("view.save");
  office.platform.click("view.name");
  office.platform.type("Without links");
  office.platform.click("view.keep");
  REQUIRE(office.house.project.all<SavedView>().size() == 1);
  const SavedView& view = office.house.project.all<SavedView>().at(0);
  CHECK(view.name == "Without links");
  CHECK(view.register_name == "task");
  CHECK(view.content.contains("column total_float 92 shown"));  // a computed column
  CHECK(view.content.contains("chart critical constraints\n"));
  const auto links_are_on = [&] {
    office.platform.click("view");
    const bool on = office.platform.find("links")->state.checked == Flag::yes;
    office.platform.click("links");
    office.platform.click("view");
    office.platform.click("links");  // as before
    return on;
  };
  office.platform.click("fold." + office.house.house.text());
  office.platform.click("views");
  office.platform.click("view.usual");
  CHECK(links_are_on());
  CHECK_FALSE(office.platform.find(Office::named("bar", office.house.walls)));  // what is folded stays folded
  office.platform.click("views");
  office.platform.click("view." + view.id.text());
  CHECK_FALSE(links_are_on());
}

TEST_CASE("what the chart shows is remembered, but not the baselines of another project") {
  Office office;
  CHECK(office.platform.setting("tasks.chart").empty());
  office.platform.click("view");
  office.platform.click("progress_line");
  CHECK(office.platform.setting("tasks.chart") == "chart critical links constraints progress_line\nchart.label name\n");
  office.page = desks::make_tasks_page();  // the next visit
  office.commands = {};
  office.page->add_commands(office.commands);
  office.show();
  CHECK(office.platform.find("progress_line"));
}
