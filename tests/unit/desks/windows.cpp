// Two windows of one browser over a simulated store: reading along, taking over, snapshots and going back.
#include <doctest/doctest.h>

#include <algorithm>

#include "app/desks/workspace/stored_workspace.h"
#include "app/model/records/task.h"
#include "storage/bundle/bundle.h"
#include "tests/unit/vfs/simulated_store.h"

using namespace pmo;
using namespace pmo::storage::simulation;

namespace {

int windows = 0;

ui::ExportedFile exported_by(ui::WorkspacePort& workspace) {
  ui::ExportedFile file;
  workspace.export_bundle({}, [&](Result<ui::ExportedFile> written) { file = std::move(written.value()); });
  return file;
}

std::unique_ptr<ui::PendingImport> read_now(ui::WorkspacePort& workspace, const ui::ExportedFile& file) {
  std::unique_ptr<ui::PendingImport> read;
  workspace.read(file.name, file.content, {}, {}, [&](Result<std::unique_ptr<ui::PendingImport>> arrived) {
    REQUIRE(arrived.has_value());
    read = std::move(*arrived);
  });
  REQUIRE(read);
  return read;
}

struct World {
  Dice dice{1};
  EventLoop loop{dice};
  Disk disk;
  std::set<std::string> locks;

  void damage(const std::string& name) {
    auto& first = disk.now.at(name).blocks.at(0);
    auto bent = *first;
    bent[500] ^= 1;
    first = std::make_shared<const storage::Bytes>(bent);
  }
};

struct Window {
  explicit Window(World& world, bool opens = true) : world(world), store(world.disk, world.loop),
        host(store, std::format("desk{}", ++windows), std::format("window {}", windows)) {
    store.locks = &world.locks;
    store.opens = opens;
    workspace = std::make_unique<StoredWorkspace>(host, surroundings);
    settle();
  }
  void settle() {
    world.loop.after(10, [] {});  // time passes
    for (int i = 0; i < 10'000 && world.loop.step_within(5000); ++i) {}
  }
  void open(Id project) {
    REQUIRE(workspace->open(project).has_value());
    settle();
    REQUIRE(workspace->project());
  }
  Result<Commit> add_task(std::string name) {
    Transaction change(*workspace->project(), "transaction.test"_key);
    change.create<Task>([&](Task& t) { t.name = name; });
    auto commit = change.commit();
    settle();
    return commit;
  }
  std::vector<std::string> tasks() const {
    std::vector<std::string> names;
    for (const auto& task : workspace->project()->all<Task>()) names.push_back(task.name);
    return names;
  }
  std::vector<ui::Snapshot> snapshots() {
    (void)workspace->snapshots(workspace->project_id());
    settle();
    return workspace->snapshots(workspace->project_id());
  }

  World& world;
  FixedSurroundings surroundings{static_cast<std::uint64_t>(windows + 7)};
  SimulatedStore store;
  storage::MirrorHost host;
  std::unique_ptr<StoredWorkspace> workspace;
};

// What one of them does reaches the other.
void join(Window& first, Window& second) {
  first.store.on_write = [&](const std::string& name) { second.store.changed(name); };
  second.store.on_write = [&](const std::string& name) { first.store.changed(name); };
  first.store.on_take = [&](const std::string& name) { second.store.wanted(name); };
  second.store.on_take = [&](const std::string& name) { first.store.wanted(name); };
}

Id new_project(Window& window) {
  const auto made = window.workspace->create({.name = "Bridge", .start = Minute::at(Day::of(2026, 3, 2), 480)});
  REQUIRE(made.has_value());
  window.settle();
  window.open(*made);
  return *made;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a second window shows what the first one saves, and cannot change it") {
  World world;
  Window first(world), second(world);
  join(first, second);
  const auto project = new_project(first);
  second.open(project);
  CHECK(second.workspace->storage().read_only);
  CHECK_FALSE(first.workspace->storage().read_only);
  REQUIRE(first.add_task("Survey").has_value());
  CHECK(second.tasks() == Names{"Survey"});
  CHECK(second.add_task("Lost").error().message == "error.database.read_only"_key);
  CHECK(second.tasks() == Names{"Survey"});
  CHECK_FALSE(second.workspace->take_error());
}

TEST_CASE("taking over: the first window saves, lets go, and reads along from then on") {
  World world;
  Window first(world), second(world);
  join(first, second);
  const auto project = new_project(first);
  second.open(project);
  {
    Transaction change(*first.workspace->project(), "transaction.test"_key);
    change.create<Task>([](Task& t) { t.name = "Just typed"; });
    REQUIRE(change.commit().has_value());  // not written yet
  }
  const Project* before = second.workspace->project();
  REQUIRE(second.workspace->take_over().has_value());
  CHECK(second.workspace->working());
  CHECK(second.workspace->project() == before);  // still to be seen
  CHECK(second.add_task("Too early").error().message == "error.database.read_only"_key);
  second.settle();
  CHECK(second.workspace->project() != before);
  CHECK_FALSE(second.workspace->storage().read_only);
  CHECK(first.workspace->storage().read_only);
  REQUIRE(second.add_task("Now here").has_value());
  CHECK(second.tasks() == Names{"Just typed", "Now here"});
  CHECK(first.tasks() == second.tasks());
  CHECK(second.workspace->projects().at(0).tasks == 2);  // the list came along
  CHECK(first.add_task("No").error().message == "error.database.read_only"_key);
  REQUIRE(first.workspace->take_over().has_value());
  first.settle();
  REQUIRE(first.add_task("Back").has_value());
  CHECK(second.tasks().size() == 3);
}

TEST_CASE("a window that does not hold the list can still make and remove projects") {
  World world;
  Window first(world), second(world);
  join(first, second);
  const auto project = new_project(second);
  CHECK(second.workspace->projects().size() == 1);
  CHECK(first.workspace->projects().size() == 1);
  CHECK_FALSE(second.workspace->storage().read_only);
  REQUIRE(first.workspace->remove(project).has_value());
  first.settle();
  CHECK(first.workspace->projects().empty());
}

TEST_CASE("going back to a state that was set aside, and forward again") {
  World world;
  Window window(world);
  const auto project = new_project(window);
  REQUIRE(window.add_task("First").has_value());
  window.workspace->take_snapshot([](Result<void> taken) { CHECK(taken.has_value()); });
  REQUIRE(window.add_task("Second").has_value());
  auto all = window.snapshots();
  REQUIRE(all.size() == 2);
  CHECK(all[0].reason == "snapshot.asked"_key);
  CHECK(all[1].reason == "snapshot.opened"_key);
  CHECK(all[0].bytes > 0);

  REQUIRE(window.workspace->restore(project, all[0].taken).has_value());
  CHECK(window.workspace->working());
  window.settle();
  CHECK(window.tasks() == Names{"First"});
  CHECK_FALSE(window.workspace->take_error());
  all = window.snapshots();
  REQUIRE(all[0].reason == "snapshot.before_restore"_key);
  REQUIRE(window.workspace->restore(project, all[0].taken).has_value());
  window.settle();
  CHECK(window.tasks() == Names{"First", "Second"});
  REQUIRE(window.add_task("Third").has_value());
  CHECK(window.workspace->storage().state == ui::SaveState::saved);

  // Also for a project that is not open, and after a restart.
  window.workspace->close();
  REQUIRE(window.workspace->restore(project, all[0].taken).has_value());
  window.settle();
  REQUIRE(window.workspace->project());
  CHECK(window.tasks() == Names{"First", "Second"});
}

TEST_CASE("a state is set aside when a day has passed, not at every opening, and before a merge") {
  World world;
  Window window(world);
  window.surroundings = FixedSurroundings(7, 1);  // the store's clock starts there too
  const auto project = new_project(window);
  window.workspace->close();
  window.settle();
  window.open(project);
  CHECK(window.snapshots().size() == 1);
  Result<std::unique_ptr<ui::PendingImport>> copy = fail("error.file.unreadable"_key);
  window.workspace->read("x.pmo.json", exported_by(*window.workspace).content, {}, {}, [&](Result<std::unique_ptr<ui::PendingImport>> read) { copy = std::move(read); });
  REQUIRE(copy.has_value());
  REQUIRE(window.workspace->take_in(**copy, ui::ImportWay::merge).has_value());
  window.settle();
  auto all = window.snapshots();
  REQUIRE(all.size() == 2);
  CHECK(all[0].reason == "snapshot.before_import"_key);
  window.surroundings = FixedSurroundings(8, 2 * 24 * 3600 * 1000);
  window.workspace->close();
  window.settle();
  window.open(project);
  CHECK(window.snapshots().size() == 3);
}

TEST_CASE("a merge and the forgetting of history wait until the present state is set aside") {
  World world;
  Window window(world);
  new_project(window);
  REQUIRE(window.add_task("First").has_value());
  Result<std::unique_ptr<ui::PendingImport>> copy = fail("error.file.unreadable"_key);
  {
    World elsewhere;
    Window colleague(elsewhere);
    const auto read = [](Window& at, const ui::ExportedFile& file, Result<std::unique_ptr<ui::PendingImport>>& into) {
      at.workspace->read("x.pmo.json", file.content, {}, {}, [&](Result<std::unique_ptr<ui::PendingImport>> pending) { into = std::move(pending); });
      REQUIRE(into.has_value());
    };
    Result<std::unique_ptr<ui::PendingImport>> mail = fail("error.file.unreadable"_key);
    read(colleague, exported_by(*window.workspace), mail);
    const auto taken = colleague.workspace->take_in(**mail, ui::ImportWay::new_project);
    REQUIRE(taken.has_value());
    colleague.settle();
    colleague.open(*taken);
    REQUIRE(colleague.add_task("Second").has_value());
    read(window, exported_by(*colleague.workspace), copy);
  }
  window.store.full = true;
  REQUIRE(window.workspace->take_in(**copy, ui::ImportWay::merge).has_value());
  std::optional<Result<std::size_t>> forgotten;
  window.workspace->forget_history(0, [&](Result<std::size_t> done) { forgotten = std::move(done); });
  window.settle();
  const auto told = window.workspace->take_error();
  REQUIRE(told);
  CHECK(told->message == "error.snapshot.no_room"_key);
  CHECK(window.tasks() == Names{"First"});
  REQUIRE(forgotten);
  CHECK_FALSE(forgotten->has_value());
  CHECK_FALSE(window.workspace->project()->undo_steps().empty());
  window.store.full = false;
  REQUIRE(window.workspace->take_in(**copy, ui::ImportWay::merge).has_value());
  CHECK(window.tasks() == Names{"First"});  // not yet
  window.settle();
  CHECK(window.tasks() == Names{"First", "Second"});
}

TEST_CASE("what an earlier version has made is set aside before it is changed") {
  World world;
  Window window(world);
  window.surroundings = FixedSurroundings(7, 1);  // the store's clock starts there too
  const auto project = new_project(window);
  REQUIRE(window.add_task("First").has_value());
  window.workspace->close();
  window.settle();
  const auto name = "project-" + project.text();
  window.host.load(name, [](Result<void> loaded) { REQUIRE(loaded.has_value()); });
  window.settle();
  {
    auto database = window.host.open(name);
    REQUIRE(database.has_value());
    REQUIRE(database->execute("ALTER TABLE task DROP COLUMN notes").has_value());
  }
  window.host.unload(name);
  window.settle();
  window.open(project);
  CHECK(window.tasks() == Names{"First"});
  const auto all = window.snapshots();
  REQUIRE(all.size() == 2);
  CHECK(std::ranges::count(all, "snapshot.before_migration"_key, &ui::Snapshot::reason) == 1);
  const auto& kept = world.disk.snapshots.at(name).back();
  CHECK(kept.info.reason == storage::SnapshotReason::before_migration);
  CHECK(kept.info.commit < world.disk.now.at(name).head->commit);
  window.workspace->close();
  window.settle();
  window.open(project);
  CHECK(window.snapshots().size() == 2);
}

TEST_CASE("a file of a project that is kept but not listed brings it back, and does not write over it") {
  World world;
  Window window(world);
  const auto project = new_project(window);
  REQUIRE(window.add_task("First").has_value());
  const auto file = exported_by(*window.workspace);
  REQUIRE(window.add_task("Second").has_value());
  window.workspace->close();
  {
    auto list = window.host.open("workspace");
    REQUIRE(list.has_value());
    REQUIRE(list->execute("DELETE FROM project").has_value());
  }
  window.settle();
  Result<std::unique_ptr<ui::PendingImport>> copy = fail("error.file.unreadable"_key);
  window.workspace->read("x.pmo.json", file.content, {}, {}, [&](Result<std::unique_ptr<ui::PendingImport>> read) { copy = std::move(read); });
  REQUIRE(copy.has_value());
  REQUIRE(window.workspace->take_in(**copy, ui::ImportWay::new_project).has_value());
  REQUIRE(window.workspace->open(project).has_value());
  window.settle();
  const auto told = window.workspace->take_error();
  REQUIRE(told);
  CHECK(told->message == "error.workspace.exists"_key);
  REQUIRE(window.workspace->project());
  CHECK(window.tasks() == Names{"First", "Second"});
  CHECK(window.workspace->projects().size() == 1);
}

TEST_CASE("after going back to an earlier state edits bear another name, for what came after it may have been mailed") {
  World world;
  Window window(world);
  window.surroundings = FixedSurroundings(7, 1);
  const auto project = new_project(window);
  window.workspace->take_snapshot([](Result<void> taken) { CHECK(taken.has_value()); });
  REQUIRE(window.add_task("Mailed").has_value());
  const auto before = window.workspace->installation();
  REQUIRE(window.workspace->restore(project, window.snapshots()[0].taken).has_value());
  window.settle();
  CHECK(window.tasks().empty());
  CHECK(window.workspace->installation() != before);
  CHECK(window.workspace->project()->actor() == window.workspace->installation());
  CHECK(window.workspace->setting("installation") == window.workspace->installation().text());
  const auto now = window.workspace->installation();
  REQUIRE(window.workspace->restore(project, window.snapshots()[0].taken).has_value());  // forward again
  window.settle();
  CHECK(window.tasks() == Names{"Mailed"});
  CHECK(window.workspace->installation() == now);
}

TEST_CASE("another window, too, edits under the new name") {
  World world;
  Window first(world), second(world);
  first.surroundings = FixedSurroundings(7, 1);
  join(first, second);
  const auto project = new_project(first);
  first.workspace->take_snapshot([](Result<void> taken) { CHECK(taken.has_value()); });
  REQUIRE(first.add_task("Mailed").has_value());
  const auto before = second.workspace->installation();
  CHECK(first.workspace->installation() == before);
  REQUIRE(first.workspace->restore(project, first.snapshots()[0].taken).has_value());
  first.settle();
  REQUIRE(first.workspace->installation() != before);
  second.open(project);
  REQUIRE(second.workspace->take_over().has_value());
  second.settle();
  CHECK(second.workspace->project()->actor() == first.workspace->installation());
}

TEST_CASE("after a file of an earlier state has taken the project's place edits bear another name, so that mails of changes bring what is missing") {
  World world, elsewhere;
  Window window(world), colleague(elsewhere);
  const auto project = new_project(window);
  const auto early = exported_by(*window.workspace);
  REQUIRE(window.add_task("Mailed").has_value());
  REQUIRE(colleague.workspace->take_in(*read_now(*colleague.workspace, exported_by(*window.workspace)), ui::ImportWay::new_project).has_value());
  colleague.settle();
  colleague.open(project);
  REQUIRE(window.workspace->remove(project).has_value());
  window.settle();
  const auto before = window.workspace->installation();
  REQUIRE(window.workspace->take_in(*read_now(*window.workspace, early), ui::ImportWay::new_project).has_value());
  window.settle();
  window.open(project);
  CHECK(window.workspace->installation() != before);
  CHECK(window.workspace->project()->actor() == window.workspace->installation());
  REQUIRE(window.add_task("After").has_value());

  const auto state = read_now(*colleague.workspace, exported_by(*window.workspace));
  ui::ExportedFile changes;
  colleague.workspace->export_bundle({.since = state->content().complete()}, [&](Result<ui::ExportedFile> written) { changes = std::move(written.value()); });
  REQUIRE(window.workspace->take_in(*read_now(*window.workspace, changes), ui::ImportWay::merge).has_value());
  window.settle();
  CHECK(window.tasks() == Names{"After", "Mailed"});
}

TEST_CASE("contents stay while a project that may need them cannot be read") {
  World world;
  Id project, other;
  world.disk.blobs.put("unknown", content_of("plan"), [](Result<void>) {});
  {
    Window window(world);
    project = new_project(window);
    other = new_project(window);
  }
  world.locks.clear();
  world.disk.blobs.now = [] { return storage::attachment_grace + 10; };
  const auto whole = world.disk.now.at("project-" + other.text());
  world.disk.snapshots.clear();
  world.damage("project-" + other.text());
  {
    Window window(world);
    window.open(project);
    window.settle();
    CHECK(world.disk.blobs.size() == 1);
  }
  world.locks.clear();
  world.disk.now.at("project-" + other.text()) = whole;
  Window window(world);
  window.open(project);
  window.settle();
  CHECK(world.disk.blobs.size() == 0);
}

TEST_CASE("a snapshot that is gone is told, and the project stays as it is") {
  World world;
  Window window(world);
  const auto project = new_project(window);
  REQUIRE(window.add_task("First").has_value());
  REQUIRE(window.workspace->restore(project, 12345).has_value());
  window.settle();
  REQUIRE(window.workspace->take_error());
  CHECK(window.tasks() == Names{"First"});
  REQUIRE(window.add_task("Second").has_value());
}

TEST_CASE("a healed project says so") {
  World world;
  Id project;
  {
    Window window(world);
    project = new_project(window);
    REQUIRE(window.add_task("First").has_value());
    window.workspace->take_snapshot([](Result<void> taken) { CHECK(taken.has_value()); });
    window.settle();
  }
  world.locks.clear();
  world.damage("project-" + project.text());
  Window again(world);
  again.open(project);
  CHECK(again.tasks() == Names{"First"});
  const auto told = again.workspace->take_error();
  REQUIRE(told);
  CHECK(told->message == "storage.healed"_key);
  REQUIRE(told->arguments.size() == 1);
  CHECK(moment_in(told->arguments[0]));  // how long ago it was, only who shows it can say
}

TEST_CASE("the list of projects is made anew from the projects") {
  World world;
  Id project;
  {
    Window window(world);
    project = new_project(window);
    REQUIRE(window.add_task("First").has_value());
  }
  world.locks.clear();
  bool told = false;
  SUBCASE("when it is gone") { world.disk.now.erase("workspace"), world.disk.marked.clear(); }
  SUBCASE("when it is damaged") { world.damage("workspace"), told = true; }
  Window again(world);
  REQUIRE(again.workspace->projects().size() == 1);
  CHECK(again.workspace->projects()[0].id == project);
  CHECK(again.workspace->projects()[0].name == "Bridge");
  CHECK(again.workspace->take_error().has_value() == told);
  again.open(project);
  CHECK(again.tasks() == Names{"First"});
}

TEST_CASE("a project that only the second copy has is found, when the list is gone or older than it") {
  World world;
  Id project;
  {
    Window window(world);
    project = new_project(window);
    REQUIRE(window.add_task("First").has_value());
  }
  world.locks.clear();
  const auto name = "project-" + project.text();
  storage::StoredImage copy{.head = *world.disk.now.at(name).head};
  for (const auto& [number, bytes] : world.disk.now.at(name).blocks) copy.bytes.insert(copy.bytes.end(), bytes->begin(), bytes->end());
  world.disk.copies[name] = copy;
  world.disk.now.clear();
  Window again(world);
  REQUIRE(again.workspace->projects().size() == 1);
  again.open(project);
  CHECK(again.tasks() == Names{"First"});
  CHECK(world.disk.now.at(name).head);  // and is back in the first copy
}

TEST_CASE("a store that does not open is told, changes nothing, and is tried again") {
  World world;
  {
    Window window(world);
    new_project(window);
  }
  world.locks.clear();
  Window again(world, false);
  REQUIRE(again.workspace->ready());
  REQUIRE(again.workspace->unreachable());
  CHECK(again.workspace->unreachable()->message == "error.storage.load"_key);
  (void)again.workspace->create({.name = "Tunnel"});
  again.settle();
  REQUIRE(again.workspace->take_error());
  again.store.opens = true;
  again.workspace->reach();
  again.settle();
  CHECK_FALSE(again.workspace->unreachable());
  REQUIRE(again.workspace->projects().size() == 1);
  CHECK(again.workspace->projects()[0].name == "Bridge");
}

TEST_CASE("what the browser removed while the page was open is told; what is lost is shown as lost, and a bundle brings it back") {
  World world;
  Window window(world);
  const Id lost = new_project(window);
  REQUIRE(window.add_task("Of the lost one").has_value());
  const auto bundle = exported_by(*window.workspace);
  const Id open = new_project(window);
  REQUIRE(window.add_task("Before").has_value());
  CHECK_FALSE(window.workspace->storage().removed);
  world.disk.now.clear();
  world.disk.snapshots.clear();
  REQUIRE(window.add_task("After").has_value());
  CHECK(window.workspace->storage().removed);
  CHECK(window.workspace->storage().state == ui::SaveState::saved);
  REQUIRE(window.snapshots().size() == 1);
  CHECK(window.snapshots()[0].reason == "snapshot.removed"_key);
  const auto problem_of = [](Window& in, Id project) {
    for (const auto& entry : in.workspace->projects())
      if (entry.id == project) return entry.problem.message;
    return "test.not_listed"_key;
  };
  CHECK(problem_of(window, lost) == "error.storage.lost"_key);
  CHECK(problem_of(window, open) == Key{});
  window.workspace->removal_is_known();
  CHECK_FALSE(window.workspace->storage().removed);
  window.workspace.reset();
  world.locks.clear();

  Window again(world);  // the same after a restart
  CHECK(problem_of(again, lost) == "error.storage.lost"_key);
  (void)again.workspace->open(lost);
  again.settle();
  CHECK_FALSE(again.workspace->project());
  CHECK_FALSE(again.workspace->working());
  const auto told = again.workspace->take_error();
  REQUIRE(told);
  CHECK(told->message == "error.storage.lost"_key);
  CHECK_FALSE(world.disk.now["project-" + lost.text()].head);
  again.open(open);
  CHECK(again.tasks() == Names{"Before", "After"});
  const auto file = read_now(*again.workspace, bundle);
  CHECK_FALSE(file->existing());
  REQUIRE(file->replaces());
  bool kept = false;
  REQUIRE(again.workspace->take_in(*file, ui::ImportWay::new_project, {}, [&](Result<void> taken) { kept = taken.has_value(); }).has_value());
  again.settle();
  CHECK(kept);
  CHECK(problem_of(again, lost) == Key{});
  again.open(lost);
  CHECK(again.tasks() == Names{"Of the lost one"});
}

TEST_CASE("a project damaged beyond repair is replaced by its bundle, and the damaged image stays aside") {
  World world;
  Window window(world);
  const Id project = new_project(window);
  REQUIRE(window.add_task("First").has_value());
  const auto bundle = exported_by(*window.workspace);
  window.workspace.reset();
  world.locks.clear();
  world.damage("project-" + project.text());
  world.disk.snapshots.clear();
  Window again(world);
  const auto before = read_now(*again.workspace, bundle);
  CHECK(before->existing() == project);  // nobody has tried to open it yet
  (void)again.workspace->open(project);
  again.settle();
  CHECK_FALSE(again.workspace->project());
  REQUIRE(again.workspace->take_error());
  const auto file = read_now(*again.workspace, bundle);
  REQUIRE(file->replaces());
  CHECK(file->replaces()->message == "error.storage.damaged"_key);
  REQUIRE(again.workspace->take_in(*file, ui::ImportWay::new_project).has_value());
  again.settle();
  again.open(project);
  CHECK(again.tasks() == Names{"First"});
  CHECK(world.disk.quarantined.at("project-" + project.text()).head);
  CHECK_FALSE(again.workspace->take_error());
}

TEST_CASE("whether a state was set aside, and a merge went through, is answered when it is known") {
  World world;
  Window window(world);
  new_project(window);
  const auto bundle = exported_by(*window.workspace);
  window.store.full = true;
  std::optional<Result<void>> taken;
  window.workspace->take_snapshot([&](Result<void> done) { taken = done; });
  CHECK_FALSE(taken);
  window.settle();
  REQUIRE(taken);
  REQUIRE_FALSE(taken->has_value());
  CHECK(taken->error().message == "error.snapshot.no_room"_key);
  const auto file = read_now(*window.workspace, bundle);
  std::optional<Result<void>> merged;
  REQUIRE(window.workspace->take_in(*file, ui::ImportWay::merge, {}, [&](Result<void> done) { merged = done; }).has_value());
  CHECK_FALSE(merged);
  window.settle();
  REQUIRE(merged);
  CHECK_FALSE(merged->has_value());
  CHECK_FALSE(window.workspace->take_error());  // told once
}
