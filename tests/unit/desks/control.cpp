// The desks that show what the engines compute, in the whole application without a screen.
#include <doctest/doctest.h>

#include <algorithm>

#include "app/desks/desk_pages.h"
#include "app/engine/control/baselines.h"
#include "app/model/records/baseline.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/task.h"
#include "app/ui/headless_platform.h"
#include "app/ui/shell/desktop.h"

using namespace pmo;
using namespace pmo::ui;

namespace {

struct ControlDesk {
  explicit ControlDesk(Language language = Language::english) : platform({.size = {1440, 1300}, .language = language}) {
    desktop = make_desktop(platform, workspace, desk_parts(workspace));
    platform.draw_whole([this] { desktop->frame(); });
    platform.click("start.sample");
    platform.settle();
    REQUIRE(workspace.project());
  }
  void open(std::string_view desk, std::string_view page) {
    const std::string entry = "page." + std::string(page);
    if (!platform.find(entry)) platform.click("desk." + std::string(desk));
    platform.settle();
    platform.click(entry);
    platform.settle();
  }
  std::vector<Widget> rows() const {
    std::vector<Widget> found;
    for (const Widget& widget : platform.widgets())
      if (widget.role == Role::row) found.push_back(widget);
    return found;
  }
  Project& project() { return *workspace.project(); }

  FixedSurroundings surroundings;
  storage::MemoryHost host;
  StoredWorkspace workspace{host, surroundings};
  HeadlessPlatform platform;
  std::unique_ptr<Application> desktop;
};

std::int64_t delays(const Project& project) {
  return std::ranges::count_if(project.all<Task>(), [](const Task& task) { return task.levelling_delay.value > 0; });
}

}  // namespace

TEST_CASE("what earned value is measured against is chosen on its page, kept with the project, and undone") {
  ControlDesk office;
  office.open("controller", "earned_value");
  const auto list = engine::baselines_by_date(office.project());
  REQUIRE(list.size() == 2);
  const auto chosen = [&] { return office.project().all<ProjectSettings>().at(0).reference_baseline.id; };
  const auto said = [&] { return std::string(office.platform.find("reference")->name); };
  CHECK(said().contains(list[1]->name));
  office.platform.click("reference");
  office.platform.click("reference." + list[0]->id.text());
  CHECK(chosen() == list[0]->id);
  CHECK(said().contains(list[0]->name));
  CHECK(office.platform.find("A later baseline has been agreed: " + list[1]->name));
  office.platform.click("reference");
  office.platform.click("reference.newest");
  CHECK_FALSE(chosen());
  CHECK(said().contains(list[1]->name));
  REQUIRE(office.project().undo());
  CHECK(chosen() == list[0]->id);
}

TEST_CASE("every page of the controlling desks draws in both languages") {
  for (const Language language : all_languages) {
    ControlDesk office(language);
    const std::pair<const char*, const char*> pages[] = {{"risk", "simulation"}, {"controller", "earned_value"}, {"controller", "baselines"},
                                                         {"controller", "schedule_quality"}, {"resources", "resource_load"}, {"resources", "levelling"}};
    for (const auto& [desk, page] : pages) {
      office.open(desk, page);
      CHECK_MESSAGE(office.desktop->summary().contains("\"page\":\"" + std::string(page) + "\""), page);
    }
  }
}

TEST_CASE("a simulation runs in slices to its end; its charts say what came out") {
  ControlDesk office;
  office.open("risk", "simulation");
  CHECK_FALSE(office.platform.find("distribution"));
  office.platform.click("n1");
  office.platform.click("run");
  office.platform.settle();
  REQUIRE(office.platform.find("run"));
  REQUIRE(std::ranges::any_of(office.platform.widgets(), [](const Widget& w) { return w.role == Role::image && w.value.contains("P80"); }));
  CHECK(std::ranges::any_of(office.platform.kept.announced, [](const auto& text) { return text.contains("1,000"); }));
  CHECK(office.rows().size() > 5);
}

TEST_CASE("levelling is accepted as one transaction and undone as one") {
  ControlDesk office;
  office.open("resources", "levelling");
  const auto before = delays(office.project());
  office.platform.click("compute");
  office.platform.settle();
  const auto moves = office.rows();
  REQUIRE_FALSE(moves.empty());
  CHECK(std::ranges::any_of(moves, [](const Widget& row) { return row.name.contains("waits for"); }));
  const auto steps = office.project().undo_steps().size();
  office.platform.click("accept");
  office.platform.settle();
  CHECK(delays(office.project()) > before);
  const auto in_force = office.rows();  // with the reasons of the moves
  CHECK(std::ranges::any_of(in_force, [](const Widget& row) { return row.name.contains("waits for"); }));
  CHECK(office.project().undo_steps().size() == steps + 1);
  REQUIRE(office.project().undo());
  CHECK(delays(office.project()) == before);
}

TEST_CASE("only the chosen moves are accepted") {
  ControlDesk office;
  office.open("resources", "levelling");
  office.platform.click("compute");
  office.platform.settle();
  office.platform.click("choose_all");  // none
  office.platform.settle();
  CHECK(office.platform.find("accept")->state.disabled);
  const auto row = office.rows().front();
  office.platform.move({row.box.x + 16, (row.box.y + row.box.w) / 2});
  office.platform.press_button();
  office.platform.release_button();
  office.platform.settle();
  CHECK_FALSE(office.platform.find("accept")->state.disabled);
  office.platform.click("accept");
  office.platform.settle();
  CHECK(delays(office.project()) <= 1);
}

TEST_CASE("a baseline is set by a dialog, as one step") {
  ControlDesk office;
  office.open("controller", "baselines");
  const auto before = office.project().all<Baseline>().size();
  office.platform.click("set_baseline");
  office.platform.settle();
  office.platform.click("set");
  office.platform.settle();
  CHECK(office.project().all<Baseline>().size() == before + 1);
  CHECK(office.project().all<BaselineTask>().size() > 400);
  REQUIRE(office.project().undo());
  CHECK(office.project().all<Baseline>().size() == before);
}

TEST_CASE("a limit of the schedule assessment is typed, kept in the project, and judged by") {
  ControlDesk office;
  office.open("controller", "schedule_quality");
  CHECK(office.rows().size() >= 14);
  office.platform.click("points.2");  // lags
  office.platform.settle();
  office.platform.click("limit");
  office.platform.type("0");  // behind the 5
  office.platform.press(ImGuiKey_Enter);
  office.platform.settle();
  CHECK(office.project().all<ProjectSettings>().at(0).schedule_limits == "lags=500");
}

TEST_CASE("earned value by account lists every account") {
  ControlDesk office;
  office.open("controller", "earned_value");
  office.platform.click("by_account");
  office.platform.settle();
  CHECK(std::ranges::any_of(office.rows(), [](const Widget& row) { return row.name.contains("Building services"); }));
}

TEST_CASE("a new estimate to complete stands among the forecasts, and leads to its register") {
  ControlDesk office;
  office.open("controller", "earned_value");
  const auto forecast = [&] {
    for (const Widget& row : office.rows())
      if (row.name.contains("re-estimated")) return std::string(row.name);
    return std::string();
  };
  CHECK_FALSE(forecast().empty());
  CHECK_FALSE(forecast().contains("–"));  // the sample has one
  office.platform.click("to_estimates");
  office.platform.settle();
  CHECK(std::ranges::any_of(office.rows(), [](const Widget& row) { return row.name.contains("Dewatering"); }));
}
