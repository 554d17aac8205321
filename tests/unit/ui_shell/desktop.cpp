// The whole application without a screen: real store in memory, simulated hands.
#include "app/ui/shell/desktop.h"

#include <doctest/doctest.h>

#include "app/desks/workspace/stored_workspace.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/task.h"
#include "app/ui/headless_platform.h"
#include "app/ui/icons.h"
#include "app/ui/widgets/widgets.h"

using namespace pmo;
using namespace pmo::ui;

namespace {

// A page to work on until the desks bring theirs.
class TaskPage final : public Page {
 public:
  std::string_view name() const override { return "tasks"; }
  Key title() const override { return register_of<Task>().label_key(); }
  const char* icon() const override { return icon::gantt; }
  Desk desk() const override { return Desk::manager; }
  const RegisterInfo* shows() const override { return &register_of<Task>(); }
  void draw(Context& context) override {
    seen = context.project.all<Task>().size();
    if (Dialog dialog("ask", "Ask", asking, {.icon = "", .close_name = "Close"}); dialog) text(Type::body, "?");
  }
  std::size_t seen = 0;
  bool asking = false;
};

struct DesktopFixture {
  explicit DesktopFixture(Language language = Language::english, ImVec2 size = {1440, 900}) : platform({.size = size, .language = language}) {
    start();
  }
  void start() {
    ShellParts parts;
    auto tasks = std::make_unique<TaskPage>();
    page = tasks.get();
    parts.pages.push_back(std::move(tasks));
    parts.draw_record = [this](Context&, const RegisterInfo&, Id record) { inspected = record; };
    desktop = make_desktop(platform, workspace, std::move(parts));
    platform.draw_whole([this] { desktop->frame(); });
  }
  void new_project(std::string_view name) {
    platform.click("start.new");
    platform.type(name);
    platform.press(ImGuiKey_Enter);
    platform.settle();
  }
  bool told(std::string_view part) const {
    return std::ranges::any_of(platform.kept.announced, [&](const auto& text) { return text.contains(part); });
  }
  std::string summary() const { return desktop->summary(); }

  FixedSurroundings surroundings;
  storage::MemoryHost host;
  StoredWorkspace workspace{host, surroundings};
  HeadlessPlatform platform;
  std::unique_ptr<Application> desktop;
  TaskPage* page = nullptr;
  Id inspected;
};

}  // namespace

TEST_CASE("without a project the start page offers every way to begin") {
  DesktopFixture f;
  for (const char* name : {"start.new", "start.open", "start.sample", "start.restore"}) CHECK(f.platform.find(name));
  CHECK(f.summary().contains("\"page\":\"start\""));
  CHECK(f.platform.kept.title == "PMO Desk");
}

TEST_CASE("a project is made by typing its name in Chinese") {
  DesktopFixture f(Language::chinese);
  f.platform.click("start.new");
  f.platform.compose("xiangmuguanli", "项目管理");
  f.platform.press(ImGuiKey_Enter);
  f.platform.settle();
  REQUIRE(f.workspace.project());
  CHECK(f.workspace.projects().at(0).name == "项目管理");
  CHECK(f.platform.find("desk.risk"));
  CHECK(f.platform.kept.title.contains("项目管理"));
}

TEST_CASE("closing leads back to the start page, where the project is listed and opens again") {
  DesktopFixture f;
  f.new_project("Bridge");
  REQUIRE(f.workspace.project());
  f.platform.click("project.menu");
  f.platform.click("project.close");
  CHECK(!f.workspace.project());
  const auto entry = f.workspace.projects().at(0);
  f.platform.click("project." + entry.id.text());
  CHECK(f.workspace.project());
}

TEST_CASE("a visit goes on where the last one ended") {
  DesktopFixture f;
  f.new_project("Bridge");
  f.platform.click("page.tasks");
  f.workspace.close();
  f.start();
  CHECK(f.workspace.project());
  CHECK(f.summary().contains("\"page\":\"tasks\""));
}

TEST_CASE("behind a dialog of a page no shortcut changes anything") {
  DesktopFixture f;
  f.new_project("Bridge");
  f.platform.click("page.tasks");
  {
    Transaction change(*f.workspace.project(), "transaction.add"_key, {"test"});
    change.create<Task>([](Task& task) { task.name = "Pour the foundation"; });
    REQUIRE(change.commit());
  }
  f.page->asking = true;
  f.platform.settle();
  f.platform.press(ImGuiMod_Ctrl | ImGuiKey_Z);
  CHECK(f.page->seen == 1);
  f.platform.press(ImGuiKey_Escape);
  CHECK_FALSE(f.page->asking);
  f.platform.press(ImGuiMod_Ctrl | ImGuiKey_Z);
  CHECK(f.page->seen == 0);
}

TEST_CASE("the palette finds pages, commands and records, and runs what is chosen") {
  DesktopFixture f;
  f.new_project("Bridge");
  {
    Transaction change(*f.workspace.project(), "transaction.status_date"_key);
    change.create<Task>([](Task& task) { task.name = "Pour the foundation"; });
    REQUIRE(change.commit());
  }
  f.platform.press(ImGuiMod_Ctrl | ImGuiKey_K);
  f.platform.type("foundation");
  REQUIRE(f.platform.find("Pour the foundation"));
  f.platform.press(ImGuiKey_Enter);
  f.platform.settle();
  CHECK(f.summary().contains("\"page\":\"tasks\""));
  CHECK(f.inspected == f.workspace.project()->all<Task>().at(0).id);
  f.platform.press(ImGuiMod_Ctrl | ImGuiKey_K);
  f.platform.type("shortcuts");
  f.platform.press(ImGuiKey_Enter);
  f.platform.settle();
  CHECK(f.summary().contains("\"dialog\":\"shortcuts\""));
}

TEST_CASE("the palette finds words inside any text of a record, two Chinese characters as well") {
  DesktopFixture f;
  f.new_project("Bridge");
  {
    Transaction change(*f.workspace.project(), "transaction.status_date"_key);
    change.create<Task>([](Task& task) { task.name = "Survey"; task.notes = "The lender of the theodolite\nasks for 押金 in advance"; });
    REQUIRE(change.commit());
  }
  f.platform.press(ImGuiMod_Ctrl | ImGuiKey_K);
  f.platform.type("押金 in");
  REQUIRE(f.platform.find("Survey"));
  f.platform.press(ImGuiKey_Enter);
  f.platform.settle();
  CHECK(f.inspected == f.workspace.project()->all<Task>().at(0).id);
}

TEST_CASE("undo and redo say what they have done") {
  DesktopFixture f;
  f.new_project("Bridge");
  f.platform.click("status_date");
  f.platform.click("status_date.today");
  const auto& settings = f.workspace.project()->all<ProjectSettings>();
  CHECK(settings.at(0).status_date == f.platform.local_now().day());
  f.platform.press(ImGuiMod_Ctrl | ImGuiKey_Z);
  CHECK(!settings.at(0).status_date);
  CHECK(f.told("Undone: Set the status date"));
  f.platform.press(ImGuiMod_Ctrl | ImGuiKey_Y);
  CHECK(settings.at(0).status_date);
}

TEST_CASE("a message passes by itself, also while nobody touches the page") {
  DesktopFixture f;
  f.new_project("Bridge");
  f.platform.click("status_date");
  f.platform.click("status_date.today");
  f.platform.press(ImGuiMod_Ctrl | ImGuiKey_Z);
  f.platform.settle();
  CHECK(f.platform.find("toast"));
  f.platform.pass(5);
  CHECK_FALSE(f.platform.find("toast"));
}

TEST_CASE("the project's settings open beside the page, from its menu") {
  DesktopFixture f;
  f.new_project("Bridge");
  f.platform.click("project.menu");
  f.platform.click("project.settings");
  f.platform.settle();
  CHECK(f.inspected == f.workspace.project()->all<ProjectSettings>().at(0).id);
}

TEST_CASE("language and theme change at once and stay") {
  DesktopFixture f;
  f.platform.click("language");
  f.platform.click("language.zh-CN");
  CHECK(f.platform.kept.title == "PMO 工作台");
  f.platform.click("theme");
  f.platform.click("theme.dark");
  CHECK(f.summary().contains("\"theme\":\"dark\""));
  f.start();
  CHECK(f.summary().contains("\"language\":\"zh-CN\",\"theme\":\"dark\""));
}

TEST_CASE("a file that is no project gets a message in the user's language and changes nothing") {
  DesktopFixture f(Language::chinese);
  f.desktop->open({File{.name = "note.json", .content = content_of("{\"a\":1}")}});
  f.platform.settle();
  f.platform.one_frame();
  CHECK(f.told("note.json"));
  CHECK(!f.told("error."));
  CHECK(f.workspace.projects().empty());
}

TEST_CASE("the own positions stand first in the rail") {
  DesktopFixture f;
  f.new_project("Bridge");
  f.platform.click("rail.positions");
  f.platform.click("position.training");
  f.platform.click("done");
  REQUIRE(f.platform.find("desk.training"));
  CHECK(f.platform.find("desk.training")->box.y < f.platform.find("desk.manager")->box.y);
}

TEST_CASE("the rail scrolls to the desk whose page was opened elsewhere") {
  constexpr float height = 420;
  DesktopFixture f(Language::english, {1280, height});
  f.new_project("Bridge");
  f.platform.press(ImGuiMod_Ctrl | ImGuiKey_K);
  f.platform.type("Administration");
  f.platform.press(ImGuiKey_Enter);
  f.platform.settle();
  REQUIRE(f.summary().contains("desk.administrator"));
  const auto entry = f.platform.find("desk.administrator");
  REQUIRE(entry);
  CHECK(entry->box.w < height - 90);  // above the foot
}

TEST_CASE("every page of every desk draws in both languages, folded and unfolded, at laptop size") {
  DesktopFixture f;
  f.new_project("Bridge");
  for (const char* desk : {"desk.manager", "desk.controller", "desk.risk", "desk.administrator"}) {
    f.platform.click(desk);
    CHECK(f.platform.find("page.title"));
  }
  f.platform.click("rail.fold");
  f.platform.click("desk.documents");
  CHECK(f.summary().contains("desk.documents"));
}
