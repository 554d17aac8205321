// The tasks page: used with mouse and keyboard.
#include "tests/unit/gantt/tasks_office.h"

#include "app/ui/tasks/date_reasons.h"

TEST_CASE("bars stand in the rows of the table, as long as their tasks") {
  Office office;
  for (const Id id : {office.house.house, office.house.walls, office.house.handed_over}) {
    const ImVec4 row = office.box("row", id), bar = office.box("bar", id);
    CHECK(bar.y >= row.y);
    CHECK(bar.w <= row.w);
  }
  const float day = office.day_width();
  CHECK(office.box("bar", office.house.ground).z - office.box("bar", office.house.ground).x == doctest::Approx(3 * day).epsilon(0.02));
  CHECK(office.box("bar", office.house.walls).x == doctest::Approx(office.box("bar", office.house.ground).z).epsilon(0.01));
}

TEST_CASE("dragging a bar moves its task in one step that can be undone; Escape gives up") {
  Office office;
  const ImVec2 from = office.middle("bar", office.house.garden);
  const ImVec2 to(from.x + 2 * office.day_width(), from.y);
  office.platform.move(from);
  office.platform.press_button();
  ImGui::GetIO().AddMousePosEvent(to.x, to.y);  // a held button keeps frames coming
  office.platform.one_frame();
  office.platform.one_frame();
  REQUIRE(office.note());
  CHECK(office.note()->name.contains("Wed 6 Mar"));
  ImGui::GetIO().AddKeyEvent(ImGuiKey_Escape, true);
  office.platform.one_frame();
  ImGui::GetIO().AddKeyEvent(ImGuiKey_Escape, false);
  office.platform.one_frame();
  CHECK_FALSE(office.note());
  office.platform.release_button();
  CHECK(office.house.start(office.house.garden) == "2024-03-04T08:00");
  const auto steps = office.house.project.undo_steps().size();
  office.platform.drag(from, to);
  CHECK(office.house.start(office.house.garden) == "2024-03-06T08:00");
  CHECK(office.house.project.undo_steps().size() == steps + 1);
  REQUIRE(office.house.project.undo());
  CHECK(office.house.start(office.house.garden) == "2024-03-04T08:00");
}

TEST_CASE("a drag ends without effect when the window loses the focus, or the plan becomes another under it") {
  Office office;
  const ImVec2 from = office.middle("bar", office.house.garden);
  const auto drag = [&](auto&& meanwhile) {
    office.platform.move(from);
    office.platform.press_button();
    ImGui::GetIO().AddMousePosEvent(from.x + 2 * office.day_width(), from.y);
    office.platform.one_frame();
    office.platform.one_frame();
    REQUIRE(office.note());
    meanwhile();
    office.platform.one_frame();
    CHECK_FALSE(office.note());
    const auto steps = office.house.project.undo_steps().size();
    office.platform.release_button();
    CHECK(office.house.project.undo_steps().size() == steps);
    CHECK(office.house.start(office.house.garden) == "2024-03-04T08:00");
  };
  drag([] { ImGui::GetIO().AddFocusEvent(false); });
  ImGui::GetIO().AddFocusEvent(true);
  drag([&] {
    office.house.change([&](Transaction& change) {
      for (int i = 0; i < 5; ++i) REQUIRE(insert_task(change, {}, office.house.house, [](Task& task) { task.name = "Earlier"; }));
    });
  });
}

TEST_CASE("dragging the right edge changes the duration, the handle below the progress") {
  Office office;
  const ImVec2 edge = office.middle("finish", office.house.garden);
  office.platform.drag(edge, {edge.x + office.day_width(), edge.y});
  CHECK(office.house.task(office.house.garden).duration == WorkMinutes{5 * 480});
  const ImVec4 bar = office.box("bar", office.house.garden);
  const ImVec2 handle = office.middle("progress", office.house.garden);
  office.platform.drag(handle, {bar.x + (bar.z - bar.x) * 0.4f, handle.y});
  CHECK(office.house.task(office.house.garden).percent_complete == Permille{400});
}

TEST_CASE("dragging from bar to bar links them, from circle to bar by the ends; a circle is refused") {
  Office office;
  const auto entering = [&](Id id) { return office.house.analyses.of<TaskFactsOf>().entering(office.house.row(id)); };
  const ImVec4 garden = office.box("bar", office.house.garden);
  office.platform.drag(office.middle("bar", office.house.roof), {garden.x + 4, (garden.y + garden.w) / 2});
  REQUIRE(entering(office.house.garden).size() == 1);
  CHECK(entering(office.house.garden)[0]->predecessor.id == office.house.roof);
  CHECK(office.house.start(office.house.garden) == "2024-03-19T08:00");
  office.show();
  const ImVec4 ground = office.box("bar", office.house.ground);
  office.platform.drag(office.middle("link_finish", office.house.walls), {ground.x + 3, (ground.y + ground.w) / 2});
  CHECK(office.messages.errors == std::vector<std::string>{"error.link.circle"});
  const ImVec4 walls = office.box("bar", office.house.walls);
  office.platform.drag(office.middle("link_start", office.house.ground), {walls.x + 3, (walls.y + walls.w) / 2});
  CHECK(entering(office.house.walls)[0]->type == LinkType::start_to_start);
}

TEST_CASE("the keys of the outline and of links work on the selected rows") {
  Office office;
  office.click_row(office.house.garden);
  office.run("task.indent");
  CHECK(office.house.task(office.house.garden).parent.id == office.house.house);
  office.run("task.outdent");
  CHECK_FALSE(office.house.task(office.house.garden).parent);
  office.run("task.up");
  CHECK(office.house.row(office.house.garden) == 0);
  office.click_row(office.house.garden);
  office.platform.press(ImGuiMod_Shift | ImGuiKey_DownArrow);
  CHECK(office.selection.records.size() == 2);
  office.run("task.link");
  CHECK(office.house.analyses.of<TaskFactsOf>().leaving(office.house.row(office.house.garden)).size() == 2);
}

TEST_CASE("keys with Ctrl are those of commands: they neither edit the cell nor add or delete tasks") {
  Office office;
  office.click_row(office.house.garden);
  office.platform.press(ImGuiKey_Home);
  for (const ImGuiKey key : {ImGuiKey_F2, ImGuiKey_Insert, ImGuiKey_Delete}) {
    office.platform.press(ImGuiMod_Ctrl | key);
    CHECK(office.platform.edited.id == 0);
    CHECK(office.house.project.all<Task>().size() == 6);
  }
  office.platform.press(ImGuiKey_F2);
  CHECK(office.platform.edited.id != 0);
}

TEST_CASE("a click on one of several selected tasks means that one: an edit there is not written into all") {
  Office office;
  for (const char* kind : {"row", "bar"}) {
    office.platform.pass(1);  // or it would be a double click
    office.click_row(office.house.walls);
    office.platform.press(ImGuiMod_Shift | ImGuiKey_DownArrow);
    REQUIRE(office.selection.records.size() == 2);
    office.platform.pass(1);
    office.platform.click(Office::named(kind, office.house.walls));
    CHECK(office.selection.records == std::set<Id>{office.house.walls});
    CHECK(office.selection.current == office.house.walls);
  }
  // Dragged, they go together.
  office.click_row(office.house.ground);
  office.platform.press(ImGuiMod_Shift | ImGuiKey_DownArrow);
  const ImVec4 row = office.box("row", office.house.walls), garden = office.box("row", office.house.garden);
  office.platform.drag({row.x + 10, (row.y + row.w) / 2}, {row.x + 10, garden.w - 3});
  CHECK(office.selection.records.size() == 2);
  CHECK(office.house.row(office.house.walls) == office.house.row(office.house.ground) + 1);
  CHECK(office.house.row(office.house.ground) > office.house.row(office.house.garden));
}

TEST_CASE("names are written one below the other, and Escape takes back the one that was not written") {
  Office office;
  office.platform.click("add.line");
  office.platform.type("Fence");
  office.platform.press(ImGuiKey_Enter);
  office.platform.type("Gate");
  office.platform.press(ImGuiKey_Enter);
  office.platform.press(ImGuiKey_Escape);
  const auto& outline = office.house.analyses.of<OutlineOf>();
  REQUIRE(outline.size() == 8);
  CHECK(outline[6].task->name == "Fence");
  CHECK(outline[7].task->name == "Gate");
}

TEST_CASE("a cell of a computed column is written as MS Project would, or says why not") {
  Office office;
  office.click_row(office.house.garden);
  office.platform.press(ImGuiKey_Home);
  office.platform.press(ImGuiKey_RightArrow);  // duration
  office.platform.press(ImGuiKey_F2);
  office.platform.press(ImGuiMod_Ctrl | ImGuiKey_A);
  office.platform.type("2w");
  office.platform.press(ImGuiKey_Enter);
  CHECK(office.house.task(office.house.garden).duration.value % 480 == 0);
  office.click_row(office.house.house);
  office.platform.press(ImGuiKey_Home);
  office.platform.press(ImGuiKey_RightArrow);
  office.platform.press(ImGuiKey_F2);
  CHECK(office.messages.warnings == 1);
}

TEST_CASE("folding a summary hides its bars with its rows") {
  Office office;
  office.platform.click("fold." + office.house.house.text());
  CHECK_FALSE(office.platform.find(Office::named("bar", office.house.walls)));
  CHECK(office.platform.find(Office::named("bar", office.house.garden)));
  office.platform.click("fold." + office.house.house.text());
  CHECK(office.platform.find(Office::named("bar", office.house.walls)));
}

TEST_CASE("deleting a summary deletes what is below it, in one step") {
  Office office;
  office.click_row(office.house.house);
  office.platform.press(ImGuiKey_Home);
  office.platform.press(ImGuiKey_Delete);
  CHECK(office.house.project.all<Task>().size() == 2);
  REQUIRE(office.house.project.undo());
  CHECK(office.house.project.all<Task>().size() == 6);
}

TEST_CASE("why a date is so names what it was counted back from, whose constraint holds it, and what contradicts itself") {
  Office office;
  House& house = office.house;
  const Context context = office.context();
  const auto reason = [&](Id task) { return start_reason_text(context, TaskEditing::of(house.analyses), house.row(task)); };
  house.change([&](Transaction& change) {
    const auto& settings = house.project.all<ProjectSettings>().at(0);
    change.set(settings, &ProjectSettings::finish, std::optional(at(8, 17)));
    change.set(settings, &ProjectSettings::schedule_from, ScheduleFrom::finish);
  });
  CHECK(reason(house.walls).starts_with("Counted back from 4 Roof, which starts on "));
  CHECK(reason(house.walls).ends_with(" (FS+1d)."));
  CHECK(reason(house.handed_over).starts_with("Counted back from the finish of the project"));
  house.change([&](Transaction& change) {
    change.set(house.task(house.house), &Task::constraint_date, std::optional(at(6, 8)));
    change.set(house.task(house.house), &Task::constraint, ConstraintType::start_no_earlier_than);
  });
  CHECK(house.start(house.ground) == "2024-03-06T08:00");
  CHECK(reason(house.ground).starts_with("Held by the constraint of 1 House: "));
  CHECK(reason(house.walls).starts_with("Follows 2 Ground, which finishes on "));
  const TaskEditing editing = TaskEditing::of(house.analyses);
  const auto& diagnostics = editing.plan.schedule.diagnostics;
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostic_text(context, editing, diagnostics[0]).contains(": 3 Walls, 4 Roof, 6 Handed over."));
}

TEST_CASE("selected tasks that the search hides stay when the others are worked on; what is folded in one goes with it") {
  Office office;
  office.platform.click("Search tasks");
  office.platform.type("Garden");
  office.platform.press(ImGuiKey_Enter);
  office.click_row(office.house.garden);
  office.selection.records.insert(office.house.roof);
  office.run("task.milestone");
  CHECK(office.house.task(office.house.garden).milestone);
  CHECK_FALSE(office.house.task(office.house.roof).milestone);
  CHECK(office.messages.warnings == 1);
}

TEST_CASE("a selected part of a folded task that is selected goes with it") {
  Office office;
  office.platform.click("fold." + office.house.house.text());
  office.click_row(office.house.house);
  office.selection.records.insert(office.house.roof);
  office.run("task.milestone");
  CHECK(office.house.task(office.house.roof).milestone);
  CHECK(office.messages.warnings == 0);
}
