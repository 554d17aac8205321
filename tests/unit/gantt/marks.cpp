// What stands around the bars: baselines, constraints, the progress line.
#include "app/engine/control/baselines.h"
#include "app/ui/gantt/baseline_marks.h"
#include "app/ui/gantt/progress_line.h"
#include "tests/unit/gantt/tasks_office.h"

namespace {

Id take(House& house, const char* name, int date) {
  Id id;
  house.change([&](Transaction& change) {
    const auto editing = TaskEditing::of(house.analyses);
    id = engine::take_baseline(change, editing.outline, editing.plan.plan, editing.plan.schedule, {name, at(date, 12)});
  });
  return id;
}

void choose_in_view(Office& office, const std::string& item) {
  office.platform.click("view");
  office.platform.click(item);
}

std::string counts(const Office& office) {
  const auto line = office.platform.find("progress_line");
  return line ? std::string(line->value) : std::string("none");
}

}  // namespace

TEST_CASE("the progress line leads to where work has come, and only where that is not as it should be") {
  const std::vector<BarPiece> bar{{100, 200}};
  CHECK(progress_place(bar, 0.25, 180) == 125.0f);            // behind
  CHECK(progress_place(bar, 0.9, 150) == 190.0f);             // ahead
  CHECK(progress_place(bar, 0, 180) == 100.0f);               // should have begun
  CHECK(progress_place(bar, 0, 100) == std::nullopt);         // begins now
  CHECK(progress_place(bar, 1, 250) == std::nullopt);         // done in time
  CHECK(progress_place(bar, 1, 150) == 200.0f);               // done before its time
  CHECK(progress_place(std::vector<BarPiece>{{100, 120}, {180, 200}}, 0.75, 150) == 190.0f);  // in its second piece
  CHECK(progress_place({}, 0.5, 150) == std::nullopt);
}

TEST_CASE("the progress line returns to the status date at the edges of each row") {
  const std::vector<ProgressSpike> spikes{{32, 64, 80}, {64, 96, 170}};
  const auto line = progress_line(150, 0, 200, spikes);
  const std::pair<float, float> expected[] = {{150, 0}, {150, 32}, {80, 48}, {150, 64}, {150, 64}, {170, 80}, {150, 96}, {150, 200}};
  REQUIRE(line.size() == std::size(expected));
  for (std::size_t i = 0; i < line.size(); ++i) CHECK(std::pair(line[i].x, line[i].y) == expected[i]);
  CHECK(progress_line(150, 0, 200, {}).size() == 2);
}

TEST_CASE("baselines have lanes of their own below a bar, inside of its row") {
  for (std::size_t count = 1; count <= most_baselines; ++count) {
    float from = 20;  // the lower edge of a milestone's diamond
    for (std::size_t i = 0; i < count; ++i) {
      const BaselineLane lane = baseline_lane(i, count);
      CHECK(lane.top >= from);
      CHECK(lane.height >= 3);
      from = lane.top + lane.height;
    }
    CHECK(from < Theme::row);
  }
}

TEST_CASE("several baselines are chosen, named above the chart, and taken away again") {
  Office office;
  std::vector<Id> taken;
  for (const char* name : {"First", "Second", "Third", "Fourth"}) taken.push_back(take(office.house, name, 4 + static_cast<int>(taken.size())));
  office.show();
  const float plain = office.box("bar", office.house.garden).w - office.box("bar", office.house.garden).y;
  for (std::size_t i = 0; i < most_baselines; ++i) choose_in_view(office, "baseline." + taken[i].text());
  for (std::size_t i = 0; i < most_baselines; ++i) CHECK(office.platform.find("chip.baseline." + taken[i].text()));
  CHECK(office.box("bar", office.house.garden).w - office.box("bar", office.house.garden).y < plain);
  office.platform.click("view");
  const auto fourth = office.platform.find("baseline." + taken[3].text());
  REQUIRE(fourth);
  CHECK(fourth->state.disabled);
  office.platform.click("baseline." + taken[2].text());  // off, and on again
  choose_in_view(office, "baseline." + taken[2].text());
  office.platform.click("chip.baseline." + taken[0].text());
  CHECK_FALSE(office.platform.find("chip.baseline." + taken[0].text()));
  // One that is deleted goes by itself.
  office.house.change([&](Transaction& change) { change.erase(*office.house.project.find(Ref<Baseline>{taken[1]})); });
  office.show();
  CHECK_FALSE(office.platform.find("chip.baseline." + taken[1].text()));
  CHECK(office.platform.find("chip.baseline." + taken[2].text()));
}

TEST_CASE("the progress line is drawn against the plan, or against the first baseline shown") {
  Office office;
  House& house = office.house;
  const Id agreed = take(house, "Agreed", 4);
  house.change([&](Transaction& change) {
    change.set(house.project.all<ProjectSettings>().at(0), &ProjectSettings::status_date, std::optional(Day::of(2024, 3, 5)));
    set_progress(change, TaskEditing::of(house.analyses), house.task(house.ground), {900});
  });
  office.show();
  CHECK(counts(office) == "none");
  choose_in_view(office, "progress_line");
  CHECK(counts(office) == "1 behind, 1 ahead");  // the garden has not begun; the ground is done beyond Tuesday evening
  // Moved to later, the garden is no longer behind the plan, but still behind what was agreed.
  house.change([&](Transaction& change) { set_start(change, TaskEditing::of(house.analyses), house.task(house.garden), at(11, 8)); });
  office.show();
  CHECK(counts(office) == "0 behind, 1 ahead");
  choose_in_view(office, "baseline." + agreed.text());
  CHECK(counts(office) == "1 behind, 1 ahead");
}

TEST_CASE("a constraint is marked at its date, and says what it is") {
  Office office;
  House& house = office.house;
  house.change([&](Transaction& change) { set_start(change, TaskEditing::of(house.analyses), house.task(house.walls), at(11, 8)); });
  office.show();
  const auto mark = office.platform.find(Office::named("constraint", house.walls));
  REQUIRE(mark);
  CHECK(mark->name == "Start no earlier than");
  CHECK(mark->value.contains("11 Mar 2024"));
  const ImVec4 bar = office.box("bar", house.walls);
  CHECK((mark->box.x + mark->box.z) / 2 == doctest::Approx(bar.x).epsilon(0.01));
  CHECK_FALSE(office.platform.find(Office::named("constraint", house.garden)));
  choose_in_view(office, "constraints");
  CHECK_FALSE(office.platform.find(Office::named("constraint", house.walls)));
}
