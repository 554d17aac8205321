// The table, the form and the pages on a platform without a screen: used with mouse and keyboard.
#include <doctest/doctest.h>

#include "app/desks/pages.h"
#include "app/ui/analyses.h"
#include "app/ui/commands.h"
#include "app/ui/headless_platform.h"
#include "app/ui/table/record_table.h"
#include "app/ui/table/view_menu.h"
#include "app/ui/theme.h"
#include "app/ui/widgets/widgets.h"
#include "tests/unit/ui_table/plant.h"

using namespace pmo;
using namespace pmo::ui;

namespace {

struct Nowhere final : Navigation {
  void open_page(std::string_view) override {}
  void open_record(const RegisterInfo& info, Id record) override { opened = {&info, record}; }
  void back() override {}
  std::pair<const RegisterInfo*, Id> opened;
};

struct Heard final : Messages {
  void success(std::string text) override { successes.push_back(std::move(text)); }
  void warning(std::string) override {}
  void error(const Error& error) override { errors.emplace_back(error.message.name); }
  std::vector<std::string> successes, errors;
};

struct Desk1 {
  Plant plant;
  HeadlessPlatform platform;
  Theme theme = make_theme(false, false, platform.fonts());
  Analyses analyses{plant.project};
  Commands commands;
  Selection selection;
  Nowhere navigation;
  Heard messages;
  Language language = Language::english;

  Context context() {
    return {plant.project, analyses, commands, platform, theme, selection, navigation, messages, language, plant.today};
  }
  void show(std::function<void(Context&)> draw) {
    platform.draw([this, draw = std::move(draw)] {
      apply(theme);
      Context now = context();
      draw(now);
    });
  }
  std::string row(const Record& record) const { return "row." + record.id.text(); }
};

}  // namespace

TEST_CASE("arrows move the current row") {
  Desk1 desk;
  RecordTable table(register_of<Issue>());
  desk.show([&](Context& context) { table.draw(context); });
  desk.platform.click(desk.row(*desk.plant.steel));
  CHECK(desk.selection.current == desk.plant.steel->id);
  desk.platform.press(ImGuiKey_DownArrow);
  CHECK(desk.selection.current == desk.plant.permit->id);
  desk.platform.press(ImGuiKey_UpArrow);
  CHECK(desk.selection.current == desk.plant.steel->id);
}

TEST_CASE("F2 edits the current cell; Enter commits and goes down, Escape reverts") {
  Desk1 desk;
  RecordTable table(register_of<Issue>());
  desk.show([&](Context& context) { table.draw(context); });
  desk.platform.click(desk.row(*desk.plant.steel));
  desk.platform.press(ImGuiKey_Home);  // the first column with a field: the title
  desk.platform.press(ImGuiKey_F2);
  desk.platform.type(", again");
  desk.platform.press(ImGuiKey_Enter);
  CHECK(desk.plant.steel->title == "Late steel, again");
  CHECK(desk.selection.current == desk.plant.permit->id);
  desk.platform.press(ImGuiKey_F2);
  desk.platform.type("Nothing");
  desk.platform.press(ImGuiKey_Escape);
  CHECK(desk.plant.permit->title == "Permit missing");
}

TEST_CASE("letters that an input method leaves as they were typed are searched for, not before") {
  Desk1 desk;
  std::string query, wanted;
  int searches = 0;
  desk.show([&](Context&) {
    if (!search_box("search", query, "Search", {.clear_name = "Clear"})) return;
    wanted = query;
    ++searches;
  });
  desk.platform.click("Search");
  desk.platform.compose("wang", "wang");
  CHECK(wanted == "wang");
  desk.platform.compose("zhang", "张");
  CHECK(wanted == "wang张");
  CHECK(searches == 2);
}

TEST_CASE("a view is saved by its button or Enter, not by leaving its name") {
  Desk1 desk;
  RecordTable table(register_of<Issue>());
  ViewMenu views(table);
  desk.show([&](Context& context) {
    views.draw(context);
    table.draw(context);
  });
  const auto& saved = desk.plant.project.all<SavedView>();
  const auto write_name = [&] {
    desk.platform.click("views");
    desk.platform.click("view.save");
    desk.platform.click("view.name");
    desk.platform.type("Late ones");
  };
  write_name();
  desk.platform.click(desk.row(*desk.plant.noise));
  CHECK(saved.empty());
  write_name();
  desk.platform.press(ImGuiKey_Enter);
  REQUIRE(saved.size() == 1);
  CHECK(saved.at(0).name.contains("Late ones"));
}

TEST_CASE("two clicks with a while between them are no double click, though no frame was drawn meanwhile") {
  Desk1 desk;
  RecordTable table(register_of<Issue>());
  desk.show([&](Context& context) { table.draw(context); });
  const auto at_title = [&] {
    const auto cell = desk.platform.find(desk.plant.steel->id.text() + ".title");
    REQUIRE(cell);
    return ImVec2((cell->box.x + cell->box.z) / 2, (cell->box.y + cell->box.w) / 2);
  };
  const auto click = [&] {
    desk.platform.move(at_title());
    desk.platform.press_button();
    desk.platform.release_button();
  };
  click();
  desk.platform.pass(2);
  click();
  CHECK(desk.platform.edited.id == 0);
  click();
  CHECK(desk.platform.edited.id != 0);
}

TEST_CASE("Escape in a name takes back only an addition that was the last step") {
  Desk1 desk;
  RecordTable table(register_of<Issue>());
  desk.show([&](Context& context) { table.draw(context); });
  Context now = desk.context();
  const Record* made = table.add(now);
  REQUIRE(made);
  desk.platform.settle();
  desk.platform.type(" ");  // no name: it is left without effect
  desk.platform.click(desk.row(*desk.plant.steel));
  CHECK(desk.messages.errors.size() == 1);
  CHECK(table.write(now, *desk.plant.steel, field_of<Issue>(&Issue::severity), Value{std::int64_t{5}}));
  desk.platform.click(desk.row(*made));
  desk.platform.press(ImGuiKey_Home);
  desk.platform.press(ImGuiKey_F2);
  desk.platform.press(ImGuiKey_Escape);
  CHECK(desk.plant.steel->severity == 5);
  CHECK(desk.plant.project.all<Issue>().size() == 4);
}

TEST_CASE("what is written in a cell counts when something else leads away from it or hides its row") {
  Desk1 desk;
  RecordTable table(register_of<Issue>());
  desk.show([&](Context& context) { table.draw(context); });
  desk.platform.click(desk.row(*desk.plant.steel));
  desk.platform.press(ImGuiKey_Home);
  desk.platform.press(ImGuiKey_F2);
  desk.platform.type(", again");
  desk.selection.only(table.info(), desk.plant.permit->id);
  desk.platform.one_frame();
  CHECK(desk.plant.steel->title == "Late steel, again");
  desk.platform.settle();
  desk.platform.press(ImGuiKey_DownArrow);  // the keys are the table's again
  CHECK(desk.selection.current == desk.plant.noise->id);
  desk.platform.press(ImGuiKey_F2);
  desk.platform.type(", too");
  table.view.search = "permit";
  table.view.changed();
  desk.platform.one_frame();
  CHECK(desk.plant.noise->title == "Noise at night, too");
}

TEST_CASE("a record that is added below what is on the screen is named like any other") {
  Desk1 desk;
  RecordTable table(register_of<Issue>());
  {
    Transaction change(desk.plant.project, "transaction.test"_key);
    for (int i = 0; i < 60; ++i) change.create<Issue>([](Issue& issue) { issue.title = "Issue"; });
    REQUIRE(change.commit());
  }
  desk.show([&](Context& context) { table.draw(context); });
  Context now = desk.context();
  const Record* added = table.add(now);
  REQUIRE(added);
  desk.platform.settle();
  desk.platform.type("Named");
  desk.platform.press(ImGuiKey_Enter);
  CHECK(desk.plant.project.find(Ref<Issue>{added->id})->title == "Named");
}

TEST_CASE("after an edit that takes a row elsewhere or out of sight, Enter goes to the row that was below") {
  Desk1 desk;
  RecordTable table(register_of<Issue>());
  table.view.sort = {{register_of<Issue>().title(), false}};  // steel, noise, permit
  desk.show([&](Context& context) { table.draw(context); });
  const auto rename = [&](const Record& record, std::string_view name) {
    desk.platform.click(desk.row(record));
    desk.platform.press(ImGuiKey_Home);
    desk.platform.type(name);
    desk.platform.press(ImGuiKey_Enter);
  };
  rename(*desk.plant.steel, "Zinc");
  CHECK(desk.selection.current == desk.plant.noise->id);
  table.view.filter_of(*register_of<Issue>().title()).text = "i";
  table.view.changed();
  desk.platform.one_frame();
  rename(*desk.plant.permit, "Dust");
  CHECK(desk.plant.permit->title == "Dust");
  CHECK(desk.selection.current == desk.plant.steel->id);
}

TEST_CASE("the menu of a row deletes the selected records, and undo brings them back") {
  Desk1 desk;
  RecordTable table(register_of<Issue>());
  desk.show([&](Context& context) { table.draw(context); });
  desk.platform.click(desk.row(*desk.plant.noise), 1);
  desk.platform.click("erase");
  CHECK(desk.plant.project.all<Issue>().size() == 2);
  CHECK(desk.messages.successes.size() == 1);
  REQUIRE(desk.plant.project.undo());
  CHECK(desk.plant.project.all<Issue>().size() == 3);
}

TEST_CASE("every page and every form draws in both languages, full and empty") {
  for (const Language language : all_languages) {
    Desk1 desk;
    desk.language = language;
    const Pages pages = desks::make_pages(product_schema());
    const auto form = desks::make_record_form();
    for (const auto& page : pages) {
      desk.show([&](Context& context) { page->draw(context); });
      CHECK_MESSAGE(desk.platform.widgets().size() > 1, std::string(page->name()));
    }
    for (const RegisterInfo* info : product_schema().registers())
      for (const Record* record : desk.plant.project.table(*info).records())
        desk.show([&](Context& context) { form(context, *info, record->id); });
  }
}
