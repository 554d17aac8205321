#include "app/desks/workspace/stored_workspace.h"

#include <doctest/doctest.h>

#include "app/model/records/management.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/training.h"
#include "app/ui/shell/dialogs.h"
#include "storage/bundle/bundle.h"

using namespace pmo;

namespace {

struct WorkspaceFixture {
  FixedSurroundings surroundings{42};
  storage::MemoryHost host;
  std::unique_ptr<StoredWorkspace> workspace = std::make_unique<StoredWorkspace>(host, surroundings);

  void restart() {
    workspace.reset();
    workspace = std::make_unique<StoredWorkspace>(host, surroundings);
  }
  void add_task(std::string name) {
    Transaction change(*workspace->project(), "transaction.test"_key);
    change.create<Task>([&](Task& t) { t.name = name; });
    REQUIRE(change.commit().has_value());
  }
};

ui::ExportedFile exported(ui::WorkspacePort& workspace, const ui::ExportWish& wish = {}) {
  ui::ExportedFile file;
  workspace.export_bundle(wish, [&](Result<ui::ExportedFile> written) { file = std::move(written.value()); });
  return file;
}

Result<std::unique_ptr<ui::PendingImport>> read(ui::WorkspacePort& workspace, const std::string& name, ContentPtr content) {
  Result<std::unique_ptr<ui::PendingImport>> read = fail("error.file.unreadable"_key);
  workspace.read(name, std::move(content), {}, {}, [&](Result<std::unique_ptr<ui::PendingImport>> answer) { read = std::move(answer); });
  return read;
}

}  // namespace

TEST_CASE_FIXTURE(WorkspaceFixture, "projects are found again after a restart, with what was edited and its undo") {
  REQUIRE(workspace->ready());
  REQUIRE_FALSE(workspace->error());
  const auto id = workspace->create({.name = "城市更新", .start = Minute::at(Day::of(2026, 3, 2), 480), .language = Language::chinese});
  REQUIRE(id.has_value());
  REQUIRE(workspace->open(*id).has_value());
  CHECK(workspace->project()->undo_steps().empty());
  add_task("测量");
  const auto installation = workspace->installation();
  restart();
  CHECK(workspace->installation() == installation);
  REQUIRE(workspace->projects().size() == 1);
  CHECK(workspace->projects()[0].name == "城市更新");
  CHECK(workspace->projects()[0].tasks == 1);
  REQUIRE(workspace->open(*id).has_value());
  CHECK(workspace->project()->all<Task>().at(0).name == "测量");
  CHECK(workspace->project()->undo_steps().size() == 1);
}

TEST_CASE_FIXTURE(WorkspaceFixture, "two projects stay apart, and removing one leaves the other") {
  const auto first = workspace->create_sample(Language::english), second = workspace->create({.name = "B"});
  REQUIRE(first.has_value());
  REQUIRE(second.has_value());
  REQUIRE(workspace->open(*first).has_value());
  const auto tasks = workspace->project()->all<Task>().size();
  REQUIRE(workspace->open(*second).has_value());
  CHECK(workspace->project()->all<Task>().empty());
  REQUIRE(workspace->remove(*second).has_value());
  CHECK(workspace->project() == nullptr);
  CHECK(workspace->projects().size() == 1);
  REQUIRE(workspace->open(*first).has_value());
  CHECK(workspace->project()->all<Task>().size() == tasks);
}

TEST_CASE_FIXTURE(WorkspaceFixture, "a sample is as of the week in which it is made") {
  REQUIRE(workspace->open(*workspace->create_sample(Language::english)));  // the clock stands at Monday, 1 January 2024
  CHECK(workspace->project()->all<ProjectSettings>().at(0).status_date == Day::of(2024, 1, 1));
}

TEST_CASE_FIXTURE(WorkspaceFixture, "a bundle opens as the same project elsewhere, and merges at home") {
  const auto id = workspace->create_sample(Language::chinese);
  REQUIRE(workspace->open(*id).has_value());
  const auto bundle = exported(*workspace);
  CHECK(bundle.name == "滨江图书馆.pmo.json");

  WorkspaceFixture elsewhere;
  elsewhere.surroundings = FixedSurroundings{77};
  auto import = read(*elsewhere.workspace, bundle.name, bundle.content);
  REQUIRE(import.has_value());
  CHECK_FALSE((*import)->existing());
  REQUIRE(elsewhere.workspace->take_in(**import, ui::ImportWay::new_project).has_value());
  REQUIRE(elsewhere.workspace->open(*id).has_value());
  CHECK(storage::revision_of(*elsewhere.workspace->project()) == storage::revision_of(*workspace->project()));
  elsewhere.add_task("异地新增");

  auto back = read(*workspace, "back.json", exported(*elsewhere.workspace).content);
  REQUIRE(back.has_value());
  CHECK((*back)->existing() == *id);
  REQUIRE((*back)->plan());
  CHECK((*back)->plan()->added == 1);
  CHECK(workspace->take_in(**back, ui::ImportWay::new_project).error().message == "error.workspace.exists"_key);
  const auto lines = ui::preview_of(*(*back)->plan());
  REQUIRE(lines.size() == 1);
  CHECK((lines[0].record && lines[0].item->kind == MergeItem::Kind::added));

  REQUIRE(workspace->take_in(**back, ui::ImportWay::merge, {lines[0].item->record}).has_value());  // left out: offered again
  CHECK_FALSE(workspace->project()->find_any(lines[0].item->record).second);
  back = read(*workspace, "back.json", exported(*elsewhere.workspace).content);
  REQUIRE(back.has_value());
  CHECK((*back)->plan()->added == 1);
  REQUIRE(workspace->take_in(**back, ui::ImportWay::merge).has_value());
  CHECK(storage::revision_of(*elsewhere.workspace->project()) == storage::revision_of(*workspace->project()));
}

TEST_CASE_FIXTURE(WorkspaceFixture, "an exported database opens as the same project elsewhere, and merges at home") {
  const auto id = workspace->create({.name = "Bridge", .start = Minute::at(Day::of(2026, 3, 2), 480)});
  REQUIRE(workspace->open(*id).has_value());
  add_task("Survey");
  const auto file = workspace->export_database();
  REQUIRE(file.has_value());

  FixedSurroundings elsewhere{7};
  storage::MemoryHost other_host;
  StoredWorkspace other(other_host, elsewhere);
  auto import = read(other, file->name, file->content);
  REQUIRE_MESSAGE(import.has_value(), import.error().message.name);
  CHECK((*import)->kind() == ui::ImportKind::database);
  CHECK_FALSE((*import)->existing());
  REQUIRE(other.take_in(**import, ui::ImportWay::new_project).has_value());
  REQUIRE(other.open(*id).has_value());
  CHECK(storage::revision_of(*other.project()) == storage::revision_of(*workspace->project()));
  Transaction change(*other.project(), "transaction.test"_key);
  change.create<Task>([](Task& t) { t.name = "Piles"; });
  REQUIRE(change.commit().has_value());

  const auto back = other.export_database();
  auto merging = read(*workspace, back->name, back->content);
  REQUIRE(merging.has_value());
  REQUIRE((*merging)->plan());
  CHECK((*merging)->plan()->added == 1);
  REQUIRE(workspace->take_in(**merging, ui::ImportWay::merge).has_value());
  CHECK(storage::revision_of(*other.project()) == storage::revision_of(*workspace->project()));
}

TEST_CASE_FIXTURE(WorkspaceFixture, "a file of another program becomes a project whose making cannot be undone") {
  auto import = read(*workspace, "plan.xml", content_of("<Project><Name>Bridge</Name><Tasks><Task><UID>1</UID><ID>1</ID><Name>Survey</Name></Task></Tasks></Project>"));
  REQUIRE_MESSAGE(import.has_value(), import.error().message.name);
  const auto before = workspace->installation();
  const auto id = workspace->take_in(**import, ui::ImportWay::new_project);
  REQUIRE(id.has_value());
  REQUIRE(workspace->open(*id).has_value());
  CHECK(workspace->installation() == before);
  REQUIRE(workspace->project()->all<Task>().size() == 1);
  CHECK(workspace->project()->undo_steps().empty());
  add_task("Piles");
  REQUIRE(workspace->project()->undo().has_value());
  CHECK(workspace->project()->undo().error().message == "error.history.nothing_to_undo"_key);
  CHECK(workspace->project()->all<Task>().size() == 1);
}

TEST_CASE_FIXTURE(WorkspaceFixture, "files that cannot be opened change nothing") {
  CHECK(read(*workspace, "x.bin", content_of(std::string("\x01\x02", 2))).error().message == "error.file.unknown"_key);
  CHECK(read(*workspace, "x.json", content_of("")).error().message == "error.file.empty"_key);
  CHECK(read(*workspace, "x.json", content_of(std::string((64u << 20) + 1, ' '))).error().message == "error.file.too_large"_key);
  CHECK(read(*workspace, "x.json", content_of("{\"a\":")).error().message == "error.json.truncated"_key);
  CHECK(read(*workspace, "x.json", content_of("{\"a\":1}")).error().place == "x.json");
  CHECK(workspace->projects().empty());
}

TEST_CASE("two browser profiles made from one get names of their own when they meet") {
  FixedSurroundings surroundings{42};
  storage::MemoryHost one, other;
  StoredWorkspace mine(one, surroundings), twin(other, surroundings);
  const auto id = *mine.create({.name = "Bridge"});
  REQUIRE(mine.open(id).has_value());
  const auto bundle = exported(mine);
  auto taken = read(twin, "bridge.pmo.json", bundle.content);
  REQUIRE(twin.take_in(**taken, ui::ImportWay::new_project).has_value());
  twin.set_setting("installation", mine.installation().text());  // as a copied profile has it
  const auto rename = [&](StoredWorkspace& workspace, const char* name) {
    REQUIRE(workspace.open(id).has_value());
    REQUIRE(workspace.rename(id, name).has_value());
  };
  twin.close();
  StoredWorkspace second(other, surroundings);
  REQUIRE(second.installation() == mine.installation());
  rename(second, "Tunnel");
  rename(mine, "Bridge 2");
  const auto before = mine.installation();
  auto import = read(mine, "tunnel.pmo.json", exported(second).content);
  REQUIRE(import.has_value());
  REQUIRE(mine.take_in(**import, ui::ImportWay::merge).has_value());
  const auto told = mine.take_error();
  REQUIRE(told);
  CHECK(told->message == "workspace.new_installation"_key);
  CHECK(mine.installation() != before);
  CHECK(mine.project()->actor() == mine.installation());
  REQUIRE(mine.project()->undo_steps().size() == 1);  // what was edited under the old name can no longer be undone
  CHECK(mine.project()->undo_steps()[0].name == "transaction.import");
  rename(mine, "Bridge 3");
  auto again = read(mine, "tunnel.pmo.json", exported(second).content);
  const auto name = mine.installation();
  REQUIRE(mine.take_in(**again, ui::ImportWay::merge).has_value());
  CHECK(mine.installation() == name);
}

TEST_CASE_FIXTURE(WorkspaceFixture, "a project begins with the templates, or like an earlier one") {
  const Minute start = Minute::at(Day::of(2026, 6, 1), 480);
  const auto framed = workspace->create({.name = "Framed", .start = start, .templates = true});
  REQUIRE(framed);
  REQUIRE(workspace->open(*framed));
  CHECK(workspace->project()->all<Competency>().size() >= 15);
  CHECK(workspace->project()->all<Charter>().size() == 1);
  CHECK(workspace->project()->all<RiskBreakdown>().size() >= 20);
  workspace->close();

  const auto sample = workspace->create_sample(Language::english);
  REQUIRE(sample);
  Id made;
  workspace->create_like(*sample, {.name = "Second library", .start = start}, [&](Result<Id> id) {
    REQUIRE(id);
    made = *id;
  });
  REQUIRE(made);
  REQUIRE(workspace->open(made));
  const Project& second = *workspace->project();
  CHECK(second.all<Task>().size() >= 140);
  CHECK(second.all<Risk>().empty());
  CHECK(second.all<Baseline>().empty());
  CHECK(second.all<Person>().at(0).name == "Wang Fang");
  CHECK(second.all<ProjectSettings>().at(0).name == "Second library");
}
