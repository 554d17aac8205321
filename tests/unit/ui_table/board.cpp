// A register as a board: cards by status, moved with mouse and keyboard.
#include "app/model/records/risk.h"
#include "app/ui/table/saved_view.h"
#include "tests/unit/ui_table/table_desk.h"

namespace {

struct BoardDesk : TableDesk {
  explicit BoardDesk(const RegisterInfo& info = register_of<Issue>()) : TableDesk(info, true) {}
  std::string card(const Record& record) const { return "card." + record.id.text(); }
  ImVec2 middle_of(const Record& record) const {
    const auto widget = platform.find(card(record));
    REQUIRE(widget);
    const ImVec4 box = widget->box;
    return {(box.x + box.z) / 2, (box.y + box.w) / 2};
  }
  std::ptrdiff_t cards() const {
    return std::ranges::count_if(platform.widgets(), [](const Widget& widget) { return widget.label.contains("###card."); });
  }
};

// Nobody has assessed it: risk_has_what_its_status_says() lets it be nothing but identified, occurred or closed.
const Risk& unassessed_risk(Project& project) {
  Transaction change(project, "transaction.add"_key, {"test"});
  const Risk& risk = change.create<Risk>([](Risk& r) { r.title = "Ground water"; });
  if (!change.commit()) std::abort();
  return risk;
}

}  // namespace

TEST_CASE("a board has a column for each status, with the cards that the view lets through") {
  BoardDesk desk;
  int columns = 0;
  for (const Widget& widget : desk.platform.widgets()) columns += widget.role == Role::heading;
  CHECK(columns == std::ssize(register_of<Issue>().status()->choices));
  CHECK(desk.platform.find(desk.card(*desk.plant.steel)));
  CHECK(desk.middle_of(*desk.plant.steel).x < desk.middle_of(*desk.plant.permit).x);  // open, closed
  desk.table.view.search = "noise";
  desk.table.view.changed();
  desk.platform.one_frame();
  CHECK_FALSE(desk.platform.find(desk.card(*desk.plant.steel)));
  CHECK(desk.platform.find(desk.card(*desk.plant.noise)));
}

TEST_CASE("a board that is grouped has lanes; what is folded stays while other selected cards are moved, and the user is told") {
  BoardDesk desk;
  const Issue &steel = *desk.plant.steel, &permit = *desk.plant.permit, &noise = *desk.plant.noise;
  desk.table.view.group = &field_of<Issue>(&Issue::priority);
  desk.table.view.changed();
  desk.platform.one_frame();
  CHECK(desk.middle_of(steel).y != desk.middle_of(permit).y);  // high, low
  desk.select({&steel, &noise, &permit});
  desk.platform.click("lane.low");
  CHECK_FALSE(desk.platform.find(desk.card(permit)));
  desk.platform.click(desk.card(steel));
  desk.select({&steel, &noise, &permit});
  const IssueStatus closed = permit.status;
  desk.platform.press(ImGuiMod_Ctrl | ImGuiKey_RightArrow);
  CHECK(steel.status != IssueStatus::open);
  CHECK(noise.status == steel.status);
  CHECK(permit.status == closed);
  CHECK(desk.warnings.size() == 1);
  // Opened from elsewhere, it is brought into sight.
  desk.board.show(permit.id);
  desk.platform.one_frame();
  desk.platform.settle();
  CHECK(desk.platform.find(desk.card(permit)));
}

TEST_CASE("a card that is dragged into another lane gets its value, too, in one step") {
  BoardDesk desk;
  const Issue &steel = *desk.plant.steel, &permit = *desk.plant.permit;
  desk.table.view.group = &field_of<Issue>(&Issue::priority);
  desk.table.view.changed();
  desk.platform.one_frame();
  desk.platform.drag(desk.middle_of(steel), desk.middle_of(permit));
  CHECK(steel.status == IssueStatus::closed);
  CHECK(steel.priority == Priority::low);
  REQUIRE(desk.plant.project.undo());
  CHECK(steel.status == IssueStatus::open);
  CHECK(steel.priority == Priority::high);
}

TEST_CASE("a card that is dragged to another column gets its status, and one step back takes it away") {
  BoardDesk desk;
  const Issue& steel = *desk.plant.steel;
  REQUIRE(steel.status != IssueStatus::closed);
  const IssueStatus before = steel.status;
  desk.platform.drag(desk.middle_of(steel), desk.middle_of(*desk.plant.permit));
  CHECK(steel.status == IssueStatus::closed);
  REQUIRE(desk.plant.project.undo());
  CHECK(steel.status == before);
  // Let go where it was, or outside: nothing happens.
  desk.platform.settle();
  const auto revision = desk.plant.project.revision();
  desk.platform.drag(desk.middle_of(steel), desk.middle_of(*desk.plant.noise));
  CHECK(desk.plant.project.revision() == revision);
}

TEST_CASE("Escape gives up a drag, also while the button is still held") {
  BoardDesk desk;
  const Issue& steel = *desk.plant.steel;
  const ImVec2 from = desk.middle_of(steel), to = desk.middle_of(*desk.plant.permit);
  const auto revision = desk.plant.project.revision();
  desk.platform.move(from);
  desk.platform.press_button();
  ImGui::GetIO().AddMousePosEvent(to.x, to.y);
  desk.platform.one_frame();
  desk.platform.one_frame();
  const auto dragged = [&] { return std::ranges::any_of(desk.platform.widgets(), [](const Widget& widget) { return widget.role == Role::status; }); };
  REQUIRE(dragged());
  ImGui::GetIO().AddKeyEvent(ImGuiKey_Escape, true);
  desk.platform.one_frame();
  ImGui::GetIO().AddKeyEvent(ImGuiKey_Escape, false);
  ImGui::GetIO().AddMousePosEvent(to.x + 9, to.y);
  desk.platform.one_frame();
  desk.platform.one_frame();
  CHECK_FALSE(dragged());
  desk.platform.release_button();
  CHECK(desk.plant.project.revision() == revision);
}

TEST_CASE("a card is not dropped when the window loses the focus") {
  BoardDesk desk;
  const ImVec2 from = desk.middle_of(*desk.plant.steel), to = desk.middle_of(*desk.plant.permit);
  const auto revision = desk.plant.project.revision();
  desk.platform.move(from);
  desk.platform.press_button();
  ImGui::GetIO().AddMousePosEvent(to.x, to.y);
  desk.platform.one_frame();
  desk.platform.one_frame();
  ImGui::GetIO().AddFocusEvent(false);
  desk.platform.one_frame();
  desk.platform.release_button();
  CHECK(desk.plant.project.revision() == revision);
}

TEST_CASE("a record that is added on the board is named in its form: the table does not write its first name again") {
  BoardDesk desk;
  Context now = desk.context();
  const Record* made = desk.table.add(now);
  REQUIRE(made);
  const FieldInfo& title = *register_of<Issue>().title();
  CHECK(desk.table.write(now, *made, title, Value{std::string("Crane broken")}));
  desk.table.view.board = false;
  desk.platform.settle();
  CHECK(desk.platform.edited.id == 0);
  desk.platform.click("row." + desk.plant.steel->id.text());
  CHECK(title.get(*made) == Value{std::string("Crane broken")});
}

TEST_CASE("selected cards are dragged together, one that is not selected alone") {
  BoardDesk desk;
  desk.select({desk.plant.steel, desk.plant.noise});
  desk.platform.drag(desk.middle_of(*desk.plant.steel), desk.middle_of(*desk.plant.permit));
  CHECK(desk.plant.steel->status == IssueStatus::closed);
  CHECK(desk.plant.noise->status == IssueStatus::closed);
  REQUIRE(desk.plant.project.undo());
  CHECK(desk.plant.steel->status == IssueStatus::open);
  CHECK(desk.plant.noise->status == IssueStatus::open);
  desk.platform.settle();
  desk.selection.clear();
  desk.select({desk.plant.noise});
  desk.platform.drag(desk.middle_of(*desk.plant.steel), desk.middle_of(*desk.plant.permit));
  CHECK(desk.plant.steel->status == IssueStatus::closed);
  CHECK(desk.plant.noise->status == IssueStatus::open);
  CHECK(desk.selection.contains(desk.plant.steel->id));
}

TEST_CASE("a move that a check refuses leaves everything as it is and is told at the card") {
  BoardDesk desk(register_of<Risk>());
  const Risk& risk = unassessed_risk(desk.plant.project);
  desk.platform.one_frame();
  desk.platform.click(desk.card(risk));
  // The next status asks for an assessment.
  desk.platform.press(ImGuiMod_Ctrl | ImGuiKey_RightArrow);
  CHECK(risk.status == RiskStatus::identified);
  CHECK(desk.plant.project.undo_steps().size() == 2);  // the plant, the risk
  CHECK(desk.errors.empty());
  const auto told = [&] { return std::ranges::any_of(desk.platform.widgets(), [](const Widget& widget) { return widget.role == Role::alert; }); };
  CHECK(told());
  CHECK_FALSE(desk.platform.kept.announced.empty());
  desk.platform.click(desk.card(risk));
  CHECK_FALSE(told());
}

TEST_CASE("with the keyboard cards are gone through, selected, moved, opened, copied and deleted") {
  BoardDesk desk;
  const Issue &steel = *desk.plant.steel, &noise = *desk.plant.noise, &permit = *desk.plant.permit;
  desk.platform.click(desk.card(steel));
  CHECK(desk.selection.current == steel.id);
  const auto& choices = register_of<Issue>().status()->choices;
  const auto place = std::ranges::find(choices, enum_name(steel.status)) - choices.begin();
  desk.platform.press(ImGuiMod_Ctrl | ImGuiKey_RightArrow);
  CHECK(enum_name(steel.status) == choices[static_cast<std::size_t>(place + 1)]);
  desk.platform.press(ImGuiMod_Ctrl | ImGuiKey_LeftArrow);
  CHECK(enum_name(steel.status) == choices[static_cast<std::size_t>(place)]);
  CHECK(desk.selection.current == steel.id);
  desk.platform.press(ImGuiKey_DownArrow);
  CHECK(desk.selection.current == noise.id);  // the other open one
  desk.platform.press(ImGuiKey_RightArrow);
  CHECK(desk.selection.current == permit.id);  // past the empty columns
  desk.platform.press(ImGuiKey_LeftArrow);
  CHECK(desk.selection.current == steel.id);
  desk.platform.press(ImGuiMod_Shift | ImGuiKey_DownArrow);
  CHECK(desk.selection.records == std::set<Id>{steel.id, noise.id});
  desk.platform.press(ImGuiKey_Enter);
  CHECK(desk.opened == noise.id);
  desk.platform.press(ImGuiMod_Ctrl | ImGuiKey_A);
  CHECK(desk.selection.records.size() == 3);
  desk.platform.press(ImGuiMod_Ctrl | ImGuiKey_C);
  CHECK(std::ranges::count(desk.platform.kept.clip.text, '\n') >= 3);
  desk.platform.click(desk.card(permit));
  desk.platform.press(ImGuiKey_Delete);
  CHECK(desk.plant.project.all<Issue>().size() == 2);
  REQUIRE(desk.plant.project.undo());
  CHECK(desk.plant.project.all<Issue>().size() == 3);
}

TEST_CASE("of ten thousand cards only those on the screen are drawn") {
  BoardDesk desk;
  Transaction change(desk.plant.project, "transaction.add"_key, {"test"});
  const Issue* last = nullptr;
  for (int i = 0; i < 10000; ++i) last = &change.create<Issue>([](Issue& issue) { issue.title = "One of many"; });
  REQUIRE(change.commit());
  desk.platform.one_frame();
  CHECK(desk.cards() > 3);
  CHECK(desk.cards() < 20);  // 800 pixels, 100 a card, and the one that is closed
  const int vertices = desk.platform.drawn().TotalVtxCount;
  CHECK(vertices < 20000);
  // The last one is brought into sight, and no more is drawn there.
  desk.board.show(last->id);
  desk.platform.one_frame();
  desk.platform.one_frame();
  REQUIRE(desk.platform.find(desk.card(*last)));
  CHECK(desk.platform.find(desk.card(*last))->visible.w > 0);
  CHECK(desk.cards() < 20);
}

TEST_CASE("a saved view says whether it is a board; a text that is searched does not") {
  const RegisterInfo& info = register_of<Issue>();
  TableView view = usual_view(info);
  view.search = "as board shown";
  read_view(write_view(view), info, view);
  CHECK_FALSE(view.board);
  CHECK(view.search == "as board shown");
  view.board = true;
  const std::string kept = write_view(view);
  CHECK(kept.contains("\nboard shown\n"));
  view.board = false;
  read_view(kept, info, view);
  CHECK(view.board);
  CHECK(view.search == "as board shown");
  read_view("", info, view);  // the usual one
  CHECK_FALSE(view.board);
  // A register without a status has no board.
  TableView people = usual_view(register_of<Person>());
  read_view("board shown\n", register_of<Person>(), people);
  CHECK(people.board == (register_of<Person>().status() != nullptr));
}
