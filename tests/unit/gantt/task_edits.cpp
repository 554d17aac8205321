// What typing dates and durations, linking, moving and progress mean for the records and the schedule.
#include "app/ui/tasks/task_edits.h"

#include <doctest/doctest.h>

#include "tests/unit/gantt/house.h"

using namespace pmo;
using namespace pmo::ui;

namespace {

}  // namespace

TEST_CASE("a start that is entered holds the task back, and taking it away lets it go") {
  House house;
  CHECK(house.start(house.walls) == "2024-03-07T08:00");
  house.change([&](Transaction& change) { set_start(change, TaskEditing::of(house.analyses), house.task(house.walls), at(11, 8)); });
  CHECK(house.task(house.walls).constraint == ConstraintType::start_no_earlier_than);
  CHECK(house.start(house.walls) == "2024-03-11T08:00");
  CHECK(house.start(house.roof) == "2024-03-19T08:00");  // carried along by its link
  house.change([&](Transaction& change) { set_start(change, TaskEditing::of(house.analyses), house.task(house.walls), std::nullopt); });
  CHECK(house.task(house.walls).constraint == ConstraintType::as_soon_as_possible);
  CHECK(house.start(house.walls) == "2024-03-07T08:00");
}

TEST_CASE("a finish that is entered lets the task finish not earlier") {
  House house;
  house.change([&](Transaction& change) { set_finish(change, TaskEditing::of(house.analyses), house.task(house.garden), at(15, 17)); });
  CHECK(house.finish(house.garden) == "2024-03-15T17:00");
  CHECK(house.start(house.garden) == "2024-03-12T08:00");
}

TEST_CASE("a manual task takes a start as it is, and keeps its duration") {
  House house;
  house.change([&](Transaction& change) {
    change.set(house.task(house.garden), &Task::manual, true);
    set_start(change, TaskEditing::of(house.analyses), house.task(house.garden), at(6, 8));
  });
  CHECK(house.start(house.garden) == "2024-03-06T08:00");
  CHECK(house.finish(house.garden) == "2024-03-11T17:00");
}

TEST_CASE("a summary by hand takes dates of its own and keeps its span; its parts stay") {
  House house;
  house.change([&](Transaction& change) {
    change.set(house.task(house.house), &Task::manual, true);
    set_start(change, TaskEditing::of(house.analyses), house.task(house.house), at(6, 8));
  });
  CHECK(house.start(house.house) == "2024-03-06T08:00");
  CHECK(house.finish(house.house) == "2024-03-20T17:00");  // eleven days, as from the first to the last of its parts
  CHECK(house.start(house.ground) == "2024-03-04T08:00");
  house.change([&](Transaction& change) { set_finish(change, TaskEditing::of(house.analyses), house.task(house.house), at(22, 17)); });
  CHECK(house.start(house.house) == "2024-03-06T08:00");
  CHECK(house.finish(house.house) == "2024-03-22T17:00");
  CHECK(house.task(house.house).duration.value == 480);
}

TEST_CASE("no duration makes a milestone, a duration makes it a task again; assigned work follows") {
  House house;
  house.change([&](Transaction& change) {
    const Id painter = change.create<Resource>([](Resource& resource) { resource.name = "Painter"; }).id;
    change.create<Assignment>([&](Assignment& assignment) {
      assignment.task = {house.garden};
      assignment.resource = {painter};
      assignment.work = WorkMinutes{4 * 480};
    });
  });
  house.change([&](Transaction& change) { set_duration(change, house.task(house.garden), {{2 * 480}}); });
  CHECK(house.project.all<Assignment>().at(0).work == WorkMinutes{2 * 480});
  house.change([&](Transaction& change) { set_duration(change, house.task(house.garden), {{0}}); });
  CHECK(house.task(house.garden).milestone);
  house.change([&](Transaction& change) { set_duration(change, house.task(house.garden), {{480}, false, true}); });
  CHECK_FALSE(house.task(house.garden).milestone);
  CHECK(house.task(house.garden).estimated);
}

TEST_CASE("progress brings the actual dates with it, and takes them back") {
  House house;
  const auto set = [&](int percent) {
    house.change([&](Transaction& change) { set_progress(change, TaskEditing::of(house.analyses), house.task(house.ground), {percent * 10}); });
  };
  set(40);
  CHECK(house.task(house.ground).actual_start == at(4, 8));
  CHECK_FALSE(house.task(house.ground).actual_finish);
  set(100);
  CHECK(house.task(house.ground).actual_finish == at(6, 17));
  set(0);
  CHECK_FALSE(house.task(house.ground).actual_start);
  CHECK_FALSE(house.task(house.ground).actual_finish);
  CHECK(house.start(house.ground) == "2024-03-04T08:00");
}

TEST_CASE("writing predecessors keeps the links that stay") {
  House house;
  const Id kept = house.analyses.of<TaskFactsOf>().entering(house.row(house.handed_over))[0]->id;
  house.change([&](Transaction& change) {
    set_predecessors(change, house.task(house.handed_over),
                     {{house.roof, LinkType::finish_to_finish, 960, LagUnit::working}, {house.ground}});
  });
  const auto links = house.analyses.of<TaskFactsOf>().entering(house.row(house.handed_over));
  REQUIRE(links.size() == 2);
  CHECK(links[0]->id == kept);
  CHECK(links[0]->type == LinkType::finish_to_finish);
  CHECK(links[0]->lag == 960);
  CHECK(links[1]->predecessor.id == house.ground);
}

TEST_CASE("selected tasks are linked one after the other, and unlinked") {
  House house;
  std::size_t made = 0, gone = 0;
  house.change([&](Transaction& change) { made = link_in_order(change, {house.ground, house.walls, house.garden}); });
  CHECK(made == 1);  // ground and walls are linked already
  CHECK(house.start(house.garden) == "2024-03-14T08:00");
  house.change([&](Transaction& change) { gone = unlink(change, {house.ground, house.walls, house.garden}); });
  CHECK(gone == 2);
  house.change([&](Transaction& change) { gone = unlink(change, {house.handed_over}); });
  CHECK(gone == 2);  // of a single task: all its links
}

TEST_CASE("of tasks that are moved only those get a date that no other moved one carries") {
  House house;
  const auto editing = TaskEditing::of(house.analyses);
  CHECK(rows_to_move(editing, {house.walls, house.roof}) == std::vector<std::size_t>{house.row(house.walls)});
  CHECK(rows_to_move(editing, {house.house}) == std::vector<std::size_t>{house.row(house.ground)});
  house.change([&](Transaction& change) { move_starts(change, TaskEditing::of(house.analyses), {{house.row(house.ground), at(6, 8)}}); });
  CHECK(house.start(house.house) == "2024-03-06T08:00");
  house.change([&](Transaction& change) { set_progress(change, TaskEditing::of(house.analyses), house.task(house.garden), {500}); });
  CHECK(rows_to_move(TaskEditing::of(house.analyses), {house.garden}).empty());  // it has begun
}

TEST_CASE("dragged dates snap to days of work, or to quarters of an hour") {
  House house;
  const auto& time = house.analyses.of<ProjectTimeOf>().work;
  CHECK(snapped_start(time, at(6, 9), false) == at(6, 8));
  CHECK(snapped_start(time, at(6, 15), false) == at(7, 8));
  CHECK(snapped_start(time, at(9, 10), false) == at(11, 8));  // a Saturday
  CHECK(snapped_start(time, {at(6, 9).value + 5}, true) == at(6, 9));
  CHECK(snapped_finish(time, at(6, 17), false) == at(6, 17));
  CHECK(snapped_finish(time, at(6, 9), false) == at(5, 17));
  CHECK(snapped_finish(time, at(10, 9), false) == at(8, 17));  // a Sunday
}

TEST_CASE("a summary is as far as its parts, by their durations") {
  House house;
  house.change([&](Transaction& change) { set_progress(change, TaskEditing::of(house.analyses), house.task(house.ground), {1000}); });
  const auto& facts = house.analyses.of<TaskFactsOf>();
  CHECK(facts.percent[house.row(house.house)] == 300);                 // 3 of 10 days
  CHECK(facts.duration[house.row(house.house)] == 11 * 480);  // with the day between walls and roof
}

TEST_CASE("a task is split at a moment; again in its break it rests longer; and put together") {
  House house;
  const auto split = [&](Minute from, std::int64_t hours) {
    Transaction change(house.project, "transaction.split_task"_key, {"Walls"});
    const auto done = split_task(change, TaskEditing::of(house.analyses), house.task(house.walls), from, {hours * 60});
    if (done) CHECK(change.commit());
    return done;
  };
  const auto pieces = [&] {
    std::string text;
    for (const auto& piece : engine::pieces_of(house.analyses.of<ScheduleOf>().schedule, static_cast<engine::Index>(house.row(house.walls))))
      text += piece.start.text().substr(5) + " " + piece.finish.text().substr(5) + " ";
    return text;
  };
  REQUIRE(house.start(house.walls) == "2024-03-07T08:00");  // five days from Thursday
  REQUIRE(split(at(8, 17), 8));
  CHECK(house.task(house.walls).splits == "960/1440");
  CHECK(pieces() == "03-07T08:00 03-08T17:00 03-12T08:00 03-14T17:00 ");
  CHECK(house.finish(house.walls) == "2024-03-14T17:00");
  REQUIRE(split(at(11, 10), 4));  // while it rests
  CHECK(house.task(house.walls).splits == "960/1680");
  REQUIRE(split(at(7, 12), 2));  // before
  CHECK(house.task(house.walls).splits == "240/360;1080/1800");
  CHECK(split(at(7, 8), 8).error().message == "error.split.outside"_key);
  CHECK(split(at(30, 8), 8).error().message == "error.split.outside"_key);
  house.change([&](Transaction& change) { join_task(change, house.task(house.walls)); });
  CHECK(pieces().empty());
  CHECK(house.finish(house.walls) == "2024-03-13T17:00");
}

TEST_CASE("what is done cannot be interrupted, nor a summary") {
  House house;
  house.change([&](Transaction& change) { set_progress(change, TaskEditing::of(house.analyses), house.task(house.ground), {500}); });
  Transaction change(house.project, "transaction.split_task"_key, {"Ground"});
  const auto editing = TaskEditing::of(house.analyses);
  CHECK(split_task(change, editing, house.task(house.ground), at(4, 17), {480}).error().message == "error.split.done"_key);
  CHECK(split_task(change, editing, house.task(house.ground), at(5, 17), {480}));
  CHECK(split_task(change, editing, house.task(house.house), at(5, 17), {480}).error().message == "error.split.summary"_key);
}
