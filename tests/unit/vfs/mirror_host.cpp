// The write-behind, one situation a test. Random situations are in crash.cpp.
#include "storage/vfs/mirror_host.h"

#include <doctest/doctest.h>

#include "tests/unit/vfs/simulated_store.h"

using namespace pmo;
using namespace pmo::storage;
using namespace pmo::storage::simulation;

namespace {

int sessions = 0;

// A window with one database. Its fates are dealt one a write, then everything works.
struct Session {
  Session(Disk& disk, EventLoop& loop, std::set<std::string>* locks = nullptr)
      : loop(loop), store(disk, loop), host(store, std::format("test{}", ++sessions), std::format("window {}", sessions)) {
    store.locks = locks;
    store.fate = [this] { return fates.empty() ? Fate::complete : std::exchange(fates, {fates.begin() + 1, fates.end()}).front(); };
  }
  ~Session() { database.reset(); }

  Result<void> load() {
    std::optional<Result<void>> loaded;
    host.load("db", [&](Result<void> outcome) { loaded = std::move(outcome); });
    while (!loaded && loop.step_within(100)) {}
    REQUIRE(loaded.has_value());
    if (*loaded) database.emplace(std::move(*host.open("db")));
    return *loaded;
  }
  Session& start() {
    const auto loaded = load();
    REQUIRE(loaded.has_value());
    return *this;
  }
  void run(const std::string& sql) {
    const auto done = database->execute(sql);
    REQUIRE_MESSAGE(done.has_value(), (done ? "" : done.error().message.name));
  }
  std::int64_t number(const std::string& sql) {
    auto row = database->prepare(sql);
    REQUIRE(row.has_value());
    REQUIRE(row->step().value_or(false));
    const auto value = row->integer(0);
    row->reset();
    return value;
  }
  void settle(std::uint64_t milliseconds = 60'000) {
    const auto end = loop.now() + milliseconds;
    while (loop.now() < end && loop.step_within(end - loop.now())) {}
  }
  SaveState state() const { return host.status().state; }

  EventLoop& loop;
  SimulatedStore store;
  MirrorHost host;
  std::vector<Fate> fates;
  std::optional<Database> database;
};

struct World {
  Dice dice{1};
  EventLoop loop{dice};
  Disk disk;
  std::set<std::string> locks;
  Record& record() { return disk.now["db"]; }
  StoredImage second_copy() {  // of what is stored now
    StoredImage copy{.head = *record().head};
    for (const auto& [number, bytes] : record().blocks) copy.bytes.insert(copy.bytes.end(), bytes->begin(), bytes->end());
    return copy;
  }
};

}  // namespace

TEST_CASE("what was acknowledged is there after a restart") {
  World world;
  {
    Session first(world.disk, world.loop);
    first.start().run("CREATE TABLE t (x); INSERT INTO t VALUES (1), (2);");
    CHECK(first.state() == SaveState::saving);
    first.settle();
    CHECK(first.state() == SaveState::saved);
  }
  Session second(world.disk, world.loop);
  CHECK(second.start().number("SELECT count(*) FROM t") == 2);
}

TEST_CASE("no space is told at once, and saving goes on by itself when there is some") {
  World world;
  Session session(world.disk, world.loop);
  session.start().run("CREATE TABLE t (x);");
  session.fates = {Fate::quota, Fate::quota};
  session.settle(1);
  CHECK(session.state() == SaveState::not_saved);
  CHECK(session.host.status().reason.message == "storage.quota"_key);
  session.run("INSERT INTO t VALUES (2);");
  CHECK(session.state() == SaveState::not_saved);
  session.settle();
  CHECK(session.state() == SaveState::saved);
  Session again(world.disk, world.loop);
  CHECK(again.start().number("SELECT count(*) FROM t") == 1);
}

TEST_CASE("a broken connection is opened anew; the third failure in a row is told") {
  World world;
  Session session(world.disk, world.loop);
  session.start().run("CREATE TABLE t (x);");
  SUBCASE("once") {
    session.fates = {Fate::disconnected};
    session.settle(150);
    CHECK(session.state() != SaveState::not_saved);
  }
  SUBCASE("three times") {
    session.fates = {Fate::disconnected, Fate::disconnected, Fate::disconnected};
    session.settle(700);
    CHECK(session.state() == SaveState::not_saved);
    CHECK(session.host.status().reason.message == "storage.refused"_key);
  }
  SUBCASE("three times without any answer") {
    session.fates = {Fate::silent, Fate::silent, Fate::silent};
    session.settle(3 * write_patience + 1000);
    CHECK(session.state() == SaveState::not_saved);
    CHECK(session.host.status().reason.message == "storage.lost"_key);
  }
  session.settle();
  CHECK(session.state() == SaveState::saved);
}

TEST_CASE("a write that is never answered is repeated, and does no harm when it comes through late") {
  World world;
  Session session(world.disk, world.loop);
  session.start().run("CREATE TABLE t (x);");
  session.settle();
  session.fates = {Fate::late};
  session.run("INSERT INTO t VALUES (1);");
  session.settle(write_patience + 1000);
  CHECK(session.state() == SaveState::saved);  // the repetition went in
  session.run("INSERT INTO t VALUES (2);");
  session.settle(2000);
  session.settle(20'000);  // the first one arrives, and is refused
  CHECK(session.state() == SaveState::saved);
  Session again(world.disk, world.loop);
  CHECK(again.start().number("SELECT count(*) FROM t") == 2);
}

TEST_CASE("without locks a second writer fences the first, which then keeps its changes and says so") {
  World world;
  Session first(world.disk, world.loop);
  first.start().run("CREATE TABLE t (x);");
  first.settle();
  Session second(world.disk, world.loop);
  second.start().run("INSERT INTO t VALUES (2);");
  second.settle();
  first.run("INSERT INTO t VALUES (1);");
  first.settle();
  CHECK(first.state() == SaveState::not_saved);
  CHECK(first.host.status().reason.message == "storage.set_aside"_key);  // a snapshot has it
  CHECK_FALSE(first.database->execute("INSERT INTO t VALUES (3)").has_value());
  Session third(world.disk, world.loop);
  CHECK(third.start().number("SELECT sum(x) FROM t") == 2);
}

TEST_CASE("what a fenced window can no longer save is set aside, whether it stays open, closes it, or has no room at first") {
  World world;
  Session first(world.disk, world.loop), second(world.disk, world.loop);
  first.start().run("CREATE TABLE t (x);");
  first.settle();
  second.start().run("INSERT INTO t VALUES (2);");
  second.settle();
  first.run("INSERT INTO t VALUES (1);");
  bool open = true;
  const auto close = [&] {
    first.database.reset();
    first.host.unload("db");
    open = false;
  };
  SUBCASE("stays open") { first.settle(); }
  SUBCASE("closes it at once") { close(); }
  SUBCASE("closes it later") {
    first.settle();
    close();
  }
  SUBCASE("no room at first") {
    first.store.full = true;
    first.settle(2000);
    CHECK(first.host.status().reason.message == "storage.fenced"_key);
    close();
    first.settle(2000);
    CHECK(first.state() == SaveState::not_saved);  // it is not let go
    first.store.full = false;
  }
  first.settle();
  CHECK(first.state() == (open ? SaveState::not_saved : SaveState::saved));
  if (open) {
    CHECK(first.host.status().reason.message == "storage.set_aside"_key);
    CHECK(first.host.notice("db").has_value());
  }
  const auto& snapshots = world.disk.snapshots["db"];
  REQUIRE(snapshots.size() == 1);
  CHECK(snapshots[0].info.reason == SnapshotReason::stranded);
  second.database.reset();
  std::optional<Result<void>> restored;
  second.host.restore("db", snapshots[0].info.id, [&](Result<void> outcome) { restored = std::move(outcome); });
  second.settle();
  REQUIRE(restored);
  CHECK(restored->has_value());
  Session third(world.disk, world.loop);
  CHECK(third.start().number("SELECT sum(x) FROM t") == 1);
}

TEST_CASE("a window whose look brought the lock writes, or gives it back") {
  World world;
  auto first = std::make_unique<Session>(world.disk, world.loop, &world.locks);
  Session second(world.disk, world.loop, &world.locks), third(world.disk, world.loop, &world.locks);
  first->start().run("CREATE TABLE t (x); INSERT INTO t VALUES (1);");
  first->settle();
  second.start();
  REQUIRE(second.state() == SaveState::read_only);
  const auto go = [&] {
    first->database.reset();
    first->host.unload("db");
    first->settle();
  };
  SUBCASE("there is nothing new") {
    go();
    second.store.changed("db");  // of a write that it has seen already
    second.settle();
    CHECK(second.state() == SaveState::saved);
    second.run("INSERT INTO t VALUES (2);");
    second.settle();
    CHECK(second.state() == SaveState::saved);
  }
  SUBCASE("it closes the database meanwhile") {
    go();
    second.store.changed("db");
    second.database.reset();
    second.host.unload("db");
    second.settle();
    third.start().run("INSERT INTO t VALUES (2);");
    third.settle();
    CHECK(third.state() == SaveState::saved);
  }
  SUBCASE("what is stored is damaged") {
    first->run("INSERT INTO t VALUES (2);");
    first->settle();
    go();
    const auto whole = world.record();
    world.record().blocks.erase(0);
    second.store.changed("db");
    second.settle();
    CHECK(second.state() == SaveState::read_only);
    world.record() = whole;
    third.start().run("INSERT INTO t VALUES (3);");
    third.settle();
    CHECK(third.state() == SaveState::saved);
  }
  SUBCASE("what was stored is gone: the window that still has it writes it again") {
    go();
    world.disk.now.clear();
    second.store.changed("db");
    second.settle();
    CHECK(second.state() == SaveState::saved);
    CHECK(world.record().head.has_value());
  }
}

TEST_CASE("a database that two ask for at once is loaded once") {
  World world;
  Session session(world.disk, world.loop);
  session.start().run("CREATE TABLE t (x); INSERT INTO t VALUES (1);");
  session.settle();
  session.database.reset();
  session.host.unload("db");
  session.settle();
  int loaded = 0;
  session.host.load("db", [&](Result<void> done) {
    REQUIRE(done.has_value());
    ++loaded;
    session.database.emplace(std::move(*session.host.open("db")));
    session.run("INSERT INTO t VALUES (2);");
  });
  session.host.load("db", [&](Result<void> done) { loaded += done.has_value(); });
  session.settle();
  CHECK(loaded == 2);
  CHECK(session.number("SELECT count(*) FROM t") == 2);
}

TEST_CASE("a second window reads along, and takes over after the first has written everything") {
  World world;
  Session first(world.disk, world.loop, &world.locks), second(world.disk, world.loop, &world.locks);
  first.start().run("CREATE TABLE t (x); INSERT INTO t VALUES (1);");
  first.settle();
  second.start();
  CHECK(second.state() == SaveState::read_only);
  CHECK_FALSE(second.database->execute("INSERT INTO t VALUES (9)").has_value());

  // Live refresh.
  int refreshed = 0;
  second.host.on_refreshed = [&](const std::string& name) { refreshed += name == "db"; };
  first.store.on_write = [&](const std::string& name) { second.store.changed(name); };
  first.run("INSERT INTO t VALUES (2);");
  first.settle();
  CHECK(refreshed == 1);
  CHECK(second.number("SELECT count(*) FROM t") == 2);

  // Taking over while the first one still has something to write.
  second.store.on_take = [&](const std::string& name) { first.store.wanted(name); };
  first.run("INSERT INTO t VALUES (3);");
  second.database.reset();
  std::optional<Result<void>> taken;
  second.host.take_over("db", [&](Result<void> outcome) { taken = std::move(outcome); });
  second.settle(5000);
  REQUIRE(taken.has_value());
  REQUIRE(taken->has_value());
  second.database.emplace(std::move(*second.host.open("db")));
  CHECK(second.number("SELECT count(*) FROM t") == 3);
  second.run("INSERT INTO t VALUES (4);");
  second.settle();
  CHECK(second.state() == SaveState::saved);
  CHECK(first.state() == SaveState::read_only);
  CHECK_FALSE(first.database->execute("INSERT INTO t VALUES (9)").has_value());
}

TEST_CASE("what the browser removed under an open window is written again, whole") {
  World world;
  Session session(world.disk, world.loop);
  session.start().run("CREATE TABLE t (x); INSERT INTO t VALUES (printf('%.*c', 90000, 'x'));");
  session.settle();
  world.disk.now.clear();
  session.run("INSERT INTO t VALUES (2);");
  session.settle();
  CHECK(session.state() == SaveState::saved);
  Session again(world.disk, world.loop);
  CHECK(again.start().number("SELECT count(*) FROM t") == 2);
}

TEST_CASE("what was removed while the disk was full is written again as soon as there is room") {
  World world;
  Session session(world.disk, world.loop);
  session.start().run("CREATE TABLE t (x);");
  session.settle();
  session.fates.assign(12, Fate::quota);
  session.run("INSERT INTO t VALUES (2);");
  while (!session.fates.empty() && world.loop.step_within(60'000)) {}
  REQUIRE(session.fates.empty());
  world.disk.now.clear();
  session.run("INSERT INTO t VALUES (3);");
  session.settle(31'000);
  CHECK(session.state() == SaveState::saved);
  Session again(world.disk, world.loop);
  CHECK(again.start().number("SELECT count(*) FROM t") == 2);
}

TEST_CASE("when everything was removed, all that is loaded is written again, told once, and set aside when there is room") {
  World world;
  Session session(world.disk, world.loop);
  session.start().run("CREATE TABLE t (x); INSERT INTO t VALUES (1);");
  bool loaded = false;
  session.host.load("other", [&](Result<void> done) { loaded = done.has_value(); });
  session.settle(100);
  REQUIRE(loaded);
  {
    auto other = session.host.open("other");
    REQUIRE(other.has_value());
    REQUIRE(other->execute("CREATE TABLE o (x);").has_value());
  }
  session.settle();
  session.host.take_snapshot("db", SnapshotReason::asked, [](Result<void> taken) { CHECK(taken.has_value()); });
  int told = 0;
  session.host.on_removed = [&] { ++told; };
  world.disk.now.clear();
  world.disk.snapshots.clear();
  session.store.full = true;
  SUBCASE("noticed by the next commit") { session.run("INSERT INTO t VALUES (2);"); }
  SUBCASE("noticed by a connection that was closed") {
    session.run("INSERT INTO t VALUES (2);");
    session.store.in_doubt(false);
  }
  SUBCASE("noticed while a write is on its way") {
    session.fates = {Fate::late};
    session.run("INSERT INTO t VALUES (2);");
    session.settle(100);
    session.store.in_doubt(true);
  }
  session.settle();
  CHECK(told >= 1);
  CHECK(session.state() == SaveState::saved);
  CHECK(world.disk.now.at("other").head);
  CHECK(world.disk.snapshots["db"].empty());
  session.store.full = false;
  session.settle(1'300'000);
  REQUIRE(world.disk.snapshots["db"].size() == 1);
  CHECK(world.disk.snapshots["db"][0].info.reason == SnapshotReason::removed);
  Session again(world.disk, world.loop);
  CHECK(again.start().number("SELECT count(*) FROM t") == 2);
}

TEST_CASE("a doubt without reason changes nothing and tells nothing") {
  World world;
  Session session(world.disk, world.loop);
  session.start().run("CREATE TABLE t (x);");
  session.settle();
  session.host.on_removed = [] { FAIL("nothing was removed"); };
  session.store.in_doubt(false);
  CHECK(session.state() == SaveState::saving);
  session.settle();
  CHECK(session.state() == SaveState::saved);
  CHECK(world.disk.snapshots["db"].empty());
  Session again(world.disk, world.loop);
  CHECK(again.start().number("SELECT count(*) FROM t") == 0);
}

TEST_CASE("where a snapshot is left, a lost database is not taken for a new one") {
  World world;
  {
    Session session(world.disk, world.loop);
    session.start().run("CREATE TABLE t (x); INSERT INTO t VALUES (1);");
    session.settle();
    session.host.take_snapshot("db", SnapshotReason::opened, [](Result<void> taken) { CHECK(taken.has_value()); });
    session.run("INSERT INTO t VALUES (2);");
    session.settle();
  }
  world.disk.now.erase("db");
  SUBCASE("it takes the place") {
    Session session(world.disk, world.loop);
    CHECK(session.start().number("SELECT max(x) FROM t") == 1);
    const auto told = session.host.notice("db");
    REQUIRE(told);
    CHECK(told->message == "storage.found_again"_key);
    session.settle();
    CHECK(session.state() == SaveState::saved);
    CHECK(world.record().head);
  }
  SUBCASE("unless it is damaged: then nothing is opened or written") {
    world.disk.snapshots["db"][0].image[100] ^= 1;
    Session session(world.disk, world.loop);
    const auto loaded = session.load();
    REQUIRE_FALSE(loaded.has_value());
    CHECK(loaded.error().message == "error.storage.damaged"_key);
    session.settle();
    CHECK_FALSE(world.record().head);
  }
}

TEST_CASE("an empty store that once had data is told") {
  World world;
  world.disk.marked.insert("db");
  Session session(world.disk, world.loop);
  session.start();
  const auto notice = session.host.notice("db");
  REQUIRE(notice.has_value());
  CHECK(notice->message == "storage.evicted"_key);
  CHECK_FALSE(session.host.notice("db").has_value());
}

TEST_CASE("what the store has lost is restored from the second copy, told, and written back") {
  World world;
  {
    Session session(world.disk, world.loop);
    session.start().run("CREATE TABLE t (n); INSERT INTO t VALUES (7)");
    session.settle();
  }
  StoredImage copy = world.second_copy();
  world.disk.copies["db"] = copy;
  world.disk.now.erase("db");
  {
    Session session(world.disk, world.loop);
    session.start();
    CHECK(session.number("SELECT n FROM t") == 7);
    const auto told = session.host.notice("db");
    REQUIRE(told);
    CHECK(told->message == "storage.rescued"_key);
    session.settle();
    CHECK(session.state() == SaveState::saved);
  }
  world.disk.copies.clear();
  Session again(world.disk, world.loop);
  again.start();
  CHECK(again.number("SELECT n FROM t") == 7);
  CHECK_FALSE(again.host.notice("db"));
}

TEST_CASE("a window that only reads does not take what was rescued for unsaved") {
  World world;
  {
    Session session(world.disk, world.loop, &world.locks);
    session.start().run("CREATE TABLE t (n); INSERT INTO t VALUES (7)");
    session.settle();
    session.store.release("db");
  }
  world.disk.copies["db"] = world.second_copy();
  world.disk.now.erase("db");
  world.locks.insert("db");  // of a window that says nothing
  Session session(world.disk, world.loop, &world.locks);
  CHECK(session.start().number("SELECT n FROM t") == 7);
  session.settle();
  CHECK(session.state() == SaveState::read_only);
  CHECK_FALSE(world.record().head);
  world.locks.erase("db");
  session.store.changed("db");
  session.settle();
  CHECK(session.state() == SaveState::saved);
  CHECK(world.record().head);
}

TEST_CASE("a damaged image is laid aside and the second copy takes its place, which has more than any snapshot") {
  World world;
  {
    Session session(world.disk, world.loop);
    session.start().run("CREATE TABLE t (x); INSERT INTO t VALUES (1);");
    session.host.take_snapshot("db", SnapshotReason::opened, [](Result<void> taken) { CHECK(taken.has_value()); });
    session.run("INSERT INTO t VALUES (2);");
    session.settle();
  }
  StoredImage copy = world.second_copy();
  bool second_is_whole = true;
  SUBCASE("whole") {}
  SUBCASE("damaged as well") {
    copy.bytes[5000] ^= 1;
    second_is_whole = false;
  }
  world.disk.copies["db"] = copy;
  world.record().blocks.erase(0);
  {
    Session session(world.disk, world.loop);
    CHECK(session.start().number("SELECT max(x) FROM t") == (second_is_whole ? 2 : 1));
    const auto notice = session.host.notice("db");
    REQUIRE(notice.has_value());
    CHECK(notice->message == (second_is_whole ? "storage.mended"_key : "storage.healed"_key));
    CHECK(world.disk.quarantined.contains("db"));
    session.run("INSERT INTO t VALUES (4);");
    session.settle();
    CHECK(session.state() == SaveState::saved);
  }
  world.disk.copies.clear();
  Session again(world.disk, world.loop);
  CHECK(again.start().number("SELECT max(x) FROM t") == 4);
}

TEST_CASE("a second copy that is older than the damaged image says that changes may be missing") {
  World world;
  StoredImage copy;
  {
    Session session(world.disk, world.loop);
    session.start().run("CREATE TABLE t (x); INSERT INTO t VALUES (1);");
    session.settle();
    copy = world.second_copy();
    session.run("INSERT INTO t VALUES (2);");
    session.settle();
  }
  world.disk.copies["db"] = copy;
  world.record().blocks.erase(0);
  Session session(world.disk, world.loop);
  CHECK(session.start().number("SELECT max(x) FROM t") == 1);
  const auto notice = session.host.notice("db");
  REQUIRE(notice.has_value());
  CHECK(notice->message == "storage.mended_older"_key);
}

TEST_CASE("a damaged image is laid aside and the newest good snapshot takes its place") {
  World world;
  {
    Session session(world.disk, world.loop);
    session.start().run("CREATE TABLE t (x); INSERT INTO t VALUES (1);");
    session.host.take_snapshot("db", SnapshotReason::opened, [](Result<void> taken) { CHECK(taken.has_value()); });
    session.run("INSERT INTO t VALUES (2);");
    session.settle();
    session.host.take_snapshot("db", SnapshotReason::opened, [](Result<void> taken) { CHECK(taken.has_value()); });
    session.run("INSERT INTO t VALUES (3);");
    session.settle();
  }
  auto& blocks = world.record().blocks;
  const auto whole = world.record();
  auto bent = *blocks.begin()->second;
  SUBCASE("a bit is wrong") { bent[5000] ^= 1; blocks[0] = std::make_shared<const Bytes>(bent); }
  SUBCASE("a block is missing") { blocks.erase(0); }
  SUBCASE("the end is missing") { bent.resize(bent.size() - 512); blocks[0] = std::make_shared<const Bytes>(bent); }
  SUBCASE("the newest snapshot is damaged too") {
    blocks.erase(0);
    world.disk.snapshots["db"].back().image[100] ^= 1;
  }
  {
    Session session(world.disk, world.loop);
    const auto rows = session.start().number("SELECT count(*) FROM t");
    CHECK(rows == ((world.disk.snapshots["db"].back().image[100] ^ world.disk.snapshots["db"].front().image[100]) == 1 ? 1 : 2));
    const auto notice = session.host.notice("db");
    REQUIRE(notice.has_value());
    CHECK(notice->message == "storage.healed"_key);
    CHECK(world.disk.quarantined.contains("db"));
    session.run("INSERT INTO t VALUES (4);");
    session.settle();
    CHECK(session.state() == SaveState::saved);
  }
  Session again(world.disk, world.loop);
  CHECK(again.start().number("SELECT max(x) FROM t") == 4);
}

TEST_CASE("a damaged image without any snapshot is refused and left alone") {
  World world;
  {
    Session session(world.disk, world.loop);
    session.start().run("CREATE TABLE t (x);");
    session.settle();
  }
  world.record().blocks.erase(0);
  const auto before = world.record().generation;
  Session session(world.disk, world.loop);
  const auto loaded = session.load();
  REQUIRE_FALSE(loaded.has_value());
  CHECK(loaded.error().message == "error.storage.damaged"_key);
  CHECK(world.record().generation == before);
}

TEST_CASE("restoring a snapshot keeps what was there as a snapshot of its own") {
  World world;
  Session session(world.disk, world.loop);
  session.start().run("CREATE TABLE t (x); INSERT INTO t VALUES (1);");
  session.host.take_snapshot("db", SnapshotReason::asked, [](Result<void> taken) { CHECK(taken.has_value()); });
  session.run("INSERT INTO t VALUES (2); INSERT INTO t VALUES (printf('%.*c', 60000, 'x'));");
  session.settle();
  const auto id = world.disk.snapshots["db"].front().info.id;
  session.database.reset();
  std::optional<Result<void>> restored;
  session.host.restore("db", id, [&](Result<void> outcome) { restored = std::move(outcome); });
  session.settle();
  REQUIRE(restored.has_value());
  CHECK(restored->has_value());
  CHECK(world.disk.snapshots["db"].size() == 2);
  CHECK(session.state() == SaveState::saved);
  Session again(world.disk, world.loop);
  CHECK(again.start().number("SELECT count(*) FROM t") == 1);
}

TEST_CASE("a file that shrinks and grows again within a transaction reads as zeros in between") {
  PageMirror mirror(Bytes(40'000, 7), 1);
  mirror.truncate(100);
  mirror.write(39'000, Bytes(1000, 9));
  Bytes seen(2);
  CHECK(mirror.read(99, seen));
  CHECK(seen == Bytes{7, 0});
  mirror.commit();
  CHECK(mirror.image()[20'000] == 0);
  CHECK(mirror.freeze().blocks.size() == 3);
  const auto digest = mirror.digest();
  CHECK(PageMirror(mirror.image(), 1).digest() == digest);
}

TEST_CASE("the fence") {
  const Head base{.commit = 5, .epoch = 2, .writer = "a"}, next{.commit = 7, .epoch = 3, .writer = "b"};
  const auto verdict = [&](std::uint64_t commit, std::uint32_t epoch, const char* writer) {
    return admission(Head{.commit = commit, .epoch = epoch, .writer = writer}, base, next);
  };
  CHECK(verdict(5, 2, "a") == Admission::admitted);
  CHECK(verdict(6, 3, "b") == Admission::admitted);   // ours, its answer was lost
  CHECK(verdict(7, 3, "b") == Admission::admitted);
  CHECK(verdict(8, 3, "b") == Admission::overtaken);  // ours, sent later
  CHECK(verdict(6, 3, "c") == Admission::fenced);
  CHECK(verdict(5, 3, "c") == Admission::fenced);
  CHECK(verdict(4, 2, "a") == Admission::fenced);
  CHECK(admission(std::nullopt, base, next) == Admission::gone);
  CHECK(admission(std::nullopt, {}, next) == Admission::admitted);
}
