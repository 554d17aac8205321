// A register as a board: cards by status, moved with mouse and keyboard.
#include <doctest/doctest.h>

#include <algorithm>

#include "app/ui/analyses.h"
#include "app/ui/commands.h"
#include "app/ui/headless_platform.h"
#include "app/ui/table/record_board.h"
#include "tests/unit/ui_table/plant.h"

using namespace pmo;
using namespace pmo::ui;

namespace {

struct BoardDesk final : Navigation, Messages {
  Plant plant;
  HeadlessPlatform platform;
  Theme theme = make_theme(false, false, platform.fonts());
  Analyses analyses{plant.project};
  Commands commands;
  Selection selection;
  Id opened;
  std::vector<std::string> errors;
  RecordTable table{register_of<Issue>()};
  RecordBoard board{table};

  void open_page(std::string_view) override {}
  void open_record(const RegisterInfo&, Id record) override { opened = record; }
  void back() override {}
  void success(std::string) override {}
  void warning(std::string) override {}
  void error(const Error& error) override { errors.emplace_back(error.message.name); }

  BoardDesk() {
    platform.draw([this] {
      apply(theme);
      Context now{plant.project, analyses, commands, platform, theme, selection, *this, *this, Language::english, plant.today};
      board.draw(now);
    });
  }
  std::string card(const Record& record) const { return "card." + record.id.text(); }
  ImVec2 middle_of(const Record& record) const {
    const auto widget = platform.find(card(record));
    REQUIRE(widget);
    const ImVec4 box = widget->box;
    return {(box.x + box.z) / 2, (box.y + box.w) / 2};
  }
};

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

TEST_CASE("what the table folds is on the board all the same") {
  BoardDesk desk;
  desk.table.view.group = &field_of<Issue>(&Issue::priority);
  desk.table.view.folded = {"high", "low"};
  desk.table.view.changed();
  desk.platform.one_frame();
  CHECK(desk.platform.find(desk.card(*desk.plant.steel)));
  CHECK(desk.platform.find(desk.card(*desk.plant.permit)));
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

TEST_CASE("selected cards are dragged together") {
  BoardDesk desk;
  desk.selection.info = &register_of<Issue>();
  desk.selection.records = {desk.plant.steel->id, desk.plant.noise->id};
  desk.platform.drag(desk.middle_of(*desk.plant.steel), desk.middle_of(*desk.plant.permit));
  CHECK(desk.plant.steel->status == IssueStatus::closed);
  CHECK(desk.plant.noise->status == IssueStatus::closed);
}

TEST_CASE("with the keyboard a card moves to the next status and keeps the focus") {
  BoardDesk desk;
  const Issue& steel = *desk.plant.steel;
  desk.platform.click(desk.card(steel));
  CHECK(desk.selection.current == steel.id);
  const auto& choices = register_of<Issue>().status()->choices;
  const auto place = std::ranges::find(choices, enum_name(steel.status)) - choices.begin();
  desk.platform.press(ImGuiMod_Ctrl | ImGuiKey_RightArrow);
  CHECK(enum_name(steel.status) == choices[static_cast<std::size_t>(place + 1)]);
  desk.platform.press(ImGuiMod_Ctrl | ImGuiKey_LeftArrow);
  CHECK(enum_name(steel.status) == choices[static_cast<std::size_t>(place)]);
}
