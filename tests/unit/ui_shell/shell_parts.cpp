// The parts of the shell that need no screen: finding, shortcuts, navigation.
#include <doctest/doctest.h>

#include "app/model/records/risk.h"
#include "app/model/records/task.h"
#include "app/ui/commands.h"
#include "app/ui/messages.h"
#include "app/ui/palette.h"
#include "app/ui/shell/desk_names.h"
#include "app/ui/shell/desk_page.h"
#include "app/ui/shell/navigator.h"
#include "app/ui/shortcut.h"

using namespace pmo;
using namespace pmo::ui;

namespace {

class TestPage final : public Page {
 public:
  TestPage(std::string name, Desk desk, const RegisterInfo* shows) : name_(std::move(name)), desk_(desk), shows_(shows) {}
  std::string_view name() const override { return name_; }
  Key title() const override { return desk_name(desk_); }
  const char* icon() const override { return ""; }
  Desk desk() const override { return desk_; }
  const RegisterInfo* shows() const override { return shows_; }
  void draw(Context&) override {}

 private:
  std::string name_;
  Desk desk_;
  const RegisterInfo* shows_;
};

struct PartsFixture {
  Pages pages;
  Selection selection;
  PartsFixture() {
    pages.push_back(std::make_unique<TestPage>("risks", Desk::risk, &register_of<Risk>()));
    pages.push_back(std::make_unique<TestPage>("tasks", Desk::manager, &register_of<Task>()));
    complete_desks(pages, product_schema());
  }
};

}  // namespace

TEST_CASE("every desk has a name, a sentence and an icon in both languages") {
  for (int i = 0; i < desk_count; ++i) {
    const auto desk = static_cast<Desk>(i);
    CHECK(has_word(desk_name(desk)));
    CHECK(has_word(desk_about(desk)));
    CHECK(*desk_icon(desk));
  }
  CHECK(desk_count == enum_size<Desk>);
}

TEST_CASE("every desk gets a first page, and the pages stand in the order of the rail") {
  PartsFixture f;
  CHECK(f.pages.size() == desk_count + 2);
  CHECK(f.pages[0]->name() == "desk.manager");
  CHECK(f.pages[1]->name() == "tasks");
  CHECK(f.pages.back()->name() == "desk.administrator");
}

TEST_CASE("a query finds words in any place, best the ones it begins with") {
  CHECK(fit("Late delivery of steel", "late") == 0);
  CHECK(fit("Late delivery of steel", "DEL") == 1);
  CHECK(fit("Late delivery of steel", "steel late") == 1);
  CHECK(fit("Late delivery of steel", "eel") == 2);
  CHECK(fit("Late delivery of steel", "steel copper") == -1);
  CHECK(fit("主体钢结构交付延误", "钢结构") >= 0);
  CHECK(fit("主体钢结构交付延误", "铜") == -1);
  CHECK(fit("anything", "  ") == 0);
}

TEST_CASE("shortcuts name keys") {
  CHECK(chord_of("Ctrl+K") == (ImGuiMod_Ctrl | ImGuiKey_K));
  CHECK(chord_of("Alt+Shift+Right") == (ImGuiMod_Alt | ImGuiMod_Shift | ImGuiKey_RightArrow));
  CHECK(chord_of("F2") == ImGuiKey_F2);
  CHECK(chord_of("Ctrl+]") == (ImGuiMod_Ctrl | ImGuiKey_RightBracket));
  CHECK(chord_of("Ctrl+Nothing") == 0);
  CHECK(shortcut_text("Ctrl+Shift+K", false) == "Ctrl+Shift+K");
  CHECK(shortcut_text("Ctrl+Shift+K", true) == "⇧⌘K");
}

TEST_CASE("links lead to the page that shows the record, and back leads to where one was") {
  PartsFixture f;
  Navigator navigator(f.pages, f.selection);
  navigator.reset("nowhere");
  CHECK(navigator.page_name() == "desk.manager");
  navigator.open_page("tasks");
  f.selection.only(register_of<Task>(), Id{1, 1});
  navigator.open_record(register_of<Risk>(), Id{2, 2});
  CHECK(navigator.page_name() == "risks");
  CHECK(f.selection.current == Id{2, 2});
  CHECK(navigator.take_reveal());
  CHECK(!navigator.take_reveal());
  navigator.back();
  CHECK(navigator.page_name() == "tasks");
  CHECK(f.selection.current == Id{1, 1});
  navigator.back();
  CHECK(navigator.page_name() == "desk.manager");
  CHECK(!navigator.can_go_back());
  navigator.open_page("no such page");
  CHECK(navigator.page_name() == "desk.manager");
  navigator.open_register(register_of<Risk>());
  CHECK(navigator.page_name() == "risks");
}

TEST_CASE("messages that pass make room, errors that nobody has read stay") {
  Toasts toasts;
  toasts.error({"error.file.not_written"_key, {}, "plan.json"});
  for (int i = 0; i < 9; ++i) toasts.success("saved " + std::to_string(i));
  CHECK(toasts.shown().size() == 4);
  CHECK(toasts.shown().front().problem.message == "error.file.not_written"_key);
  CHECK(toasts.shown().back().text == "saved 8");
}
