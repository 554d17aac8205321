// Drags in the chart: what they show on their way, and what they change.
#include "app/ui/gantt/bar_drag.h"

#include <doctest/doctest.h>

#include "tests/unit/gantt/house.h"

using namespace pmo;
using namespace pmo::ui;

namespace {

constexpr std::int64_t day = Minute::per_day;

}  // namespace

TEST_CASE("moving a bar shows the whole schedule as it would be, and changes nothing before the end") {
  House house;
  const auto editing = TaskEditing::of(house.analyses);
  BarDrag drag(DragKind::move, editing, house.row(house.walls), {});
  CHECK(drag.drag_by(editing, 2 * day + 120, false));  // from Thursday to Saturday: Monday
  const auto& shown = drag.schedule(editing);
  CHECK(shown.start[house.row(house.walls)] == at(11, 8));
  CHECK(shown.start[house.row(house.roof)] == at(19, 8));
  CHECK_FALSE(drag.drag_by(editing, 3 * day, false));  // still Monday
  CHECK(house.start(house.walls) == "2024-03-07T08:00");
  CHECK(house.project.revision() == 1);
  house.change([&](Transaction& change) { drag.apply(change, editing); });
  CHECK(house.start(house.walls) == "2024-03-11T08:00");
  CHECK(house.task(house.walls).constraint == ConstraintType::start_no_earlier_than);
}

TEST_CASE("a bar that comes back to where it was changes nothing") {
  House house;
  const auto editing = TaskEditing::of(house.analyses);
  BarDrag drag(DragKind::move, editing, house.row(house.garden), {});
  drag.drag_by(editing, 3 * day, false);
  drag.drag_by(editing, 0, false);
  CHECK(drag.schedule(editing).start[house.row(house.garden)] == at(4, 8));
  house.change([&](Transaction& change) { drag.apply(change, editing); });
  CHECK(house.task(house.garden).constraint == ConstraintType::as_soon_as_possible);
}

TEST_CASE("selected bars move together") {
  House house;
  const auto editing = TaskEditing::of(house.analyses);
  BarDrag drag(DragKind::move, editing, house.row(house.ground), {house.ground, house.garden});
  CHECK(drag.count() == 2);
  drag.drag_by(editing, day, false);
  CHECK(drag.schedule(editing).start[house.row(house.ground)] == at(5, 8));
  CHECK(drag.schedule(editing).start[house.row(house.garden)] == at(5, 8));
}

TEST_CASE("dragging the right edge changes the duration by whole days of work") {
  House house;
  const auto editing = TaskEditing::of(house.analyses);
  BarDrag drag(DragKind::resize, editing, house.row(house.garden), {});
  CHECK(drag.drag_by(editing, day, false));  // to Friday evening
  CHECK(drag.duration() == 5 * 480);
  CHECK_FALSE(drag.drag_by(editing, 2 * day, false));  // no work on Saturday
  CHECK(drag.drag_by(editing, -9 * day, false));
  CHECK(drag.duration() == 0);
  drag.drag_by(editing, -2 * day, false);
  CHECK(drag.duration() == 2 * 480);
  CHECK(drag.schedule(editing).finish[house.row(house.garden)] == at(5, 17));
  house.change([&](Transaction& change) { drag.apply(change, editing); });
  CHECK(house.task(house.garden).duration == WorkMinutes{2 * 480});
}

TEST_CASE("close up, drags snap to quarters of an hour") {
  House house;
  const auto editing = TaskEditing::of(house.analyses);
  BarDrag drag(DragKind::move, editing, house.row(house.garden), {});
  drag.drag_by(editing, 68, true);
  CHECK(drag.schedule(editing).start[house.row(house.garden)] == at(4, 9) + 15);
}

TEST_CASE("progress goes in steps of five per cent") {
  House house;
  const auto editing = TaskEditing::of(house.analyses);
  BarDrag drag(DragKind::progress, editing, house.row(house.ground), {});
  CHECK(drag.drag_progress({463}));
  CHECK(drag.progress() == Permille{450});
  CHECK_FALSE(drag.drag_progress({470}));
  house.change([&](Transaction& change) { drag.apply(change, editing); });
  CHECK(house.task(house.ground).percent_complete == Permille{450});
  CHECK(house.task(house.ground).actual_start == at(4, 8));
}

TEST_CASE("a task that has begun cannot be moved") {
  House house;
  house.change([&](Transaction& change) { set_progress(change, TaskEditing::of(house.analyses), house.task(house.ground), {500}); });
  const auto editing = TaskEditing::of(house.analyses);
  CHECK_FALSE(BarDrag(DragKind::move, editing, house.row(house.ground), {}).possible());
  CHECK(BarDrag(DragKind::resize, editing, house.row(house.ground), {}).possible());
}

TEST_CASE("a split task is resized by its last piece") {
  House house;
  house.change([&](Transaction& change) { change.set(house.task(house.garden), &Task::splits, std::string("960/1440")); });
  CHECK(house.finish(house.garden) == "2024-03-08T17:00");
  const auto editing = TaskEditing::of(house.analyses);
  BarDrag drag(DragKind::resize, editing, house.row(house.garden), {});
  CHECK(drag.drag_by(editing, -day, false));
  CHECK(drag.duration() == 3 * 480);
  CHECK(drag.schedule(editing).finish[house.row(house.garden)] == at(7, 17));
}
