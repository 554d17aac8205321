// The write-behind under a simulated store: every outcome, a crash after every event, random work.
#include "storage/vfs/mirror_host.h"

#include <doctest/doctest.h>

#include <deque>
#include <format>
#include <set>

#include "app/model/project.h"

using namespace pmo;
using namespace pmo::storage;

namespace {

// IndexedDB as far as it matters: transactions apply whole or not at all, answers come later, in order.
class SimulatedStore final : public PageStore {
 public:
  struct Stored {
    std::map<std::uint32_t, Bytes> blocks;
    std::uint64_t commit = 0, size = 0;
    int writer = 0;
  };

  explicit SimulatedStore(std::map<std::string, Stored>& disk, int writer) : disk_(disk), writer_(writer) {}

  void load(const std::string& name, std::function<void(Result<StoredImage>)> loaded) override {
    StoredImage image;
    if (const auto at = disk_.find(name); at != disk_.end()) {
      for (const auto& [number, bytes] : at->second.blocks) image.bytes.insert(image.bytes.end(), bytes.begin(), bytes.end());
      image.commit = at->second.commit;
      if (image.bytes.size() != at->second.size) return loaded(fail("error.storage.damaged"_key));
    }
    loaded(std::move(image));
  }
  void write(const std::string& name, Flush flush, std::uint64_t expected, std::function<void(FlushOutcome)> done) override {
    events_.push_back([this, name, flush = std::move(flush), expected, done] {
      const auto outcome = next_outcome ? next_outcome() : FlushOutcome::done;
      auto& stored = disk_[name];
      if (stored.commit != expected && stored.writer != writer_) return done(FlushOutcome::fenced);
      if (outcome == FlushOutcome::done || lost_after_apply) apply(stored, flush);
      lost_after_apply = false;
      done(outcome);
    });
  }
  void release(const std::string&) override {}
  void remove(const std::string& name) override { disk_.erase(name); }
  void after(int, std::function<void()> run) override { events_.push_back(std::move(run)); }
  bool persistent() const override { return true; }
  bool protected_from_eviction() const override { return false; }

  bool step() {
    if (events_.empty()) return false;
    const auto event = std::move(events_.front());
    events_.pop_front();
    event();
    return true;
  }

  std::function<FlushOutcome()> next_outcome;
  bool lost_after_apply = false;  // the transaction went in, the answer did not come back

 private:
  void apply(Stored& stored, const Flush& flush) {
    for (const auto& [number, bytes] : flush.blocks) stored.blocks[number] = bytes;
    stored.blocks.erase(stored.blocks.lower_bound(flush.block_count()), stored.blocks.end());
    stored.commit = flush.commit;
    stored.size = flush.file_size;
    stored.writer = writer_;
  }

  std::map<std::string, Stored>& disk_;
  int writer_;
  std::deque<std::function<void()>> events_;
};

using Disk = std::map<std::string, SimulatedStore::Stored>;
int sessions = 0;

struct Session {
  explicit Session(Disk& disk) : store(disk, ++sessions), host(store, std::format("test{}", sessions)) {
    host.load("db", [this](Result<void> loaded) { ok = loaded.has_value(); });
    REQUIRE(ok);
    database.emplace(std::move(*host.open("db")));
  }
  ~Session() { database.reset(); }
  void run(const std::string& sql) {
    const auto done = database->execute(sql);
    REQUIRE_MESSAGE(done.has_value(), (done ? "" : done.error().arguments.empty() ? "error" : done.error().arguments[0]));
  }
  std::int64_t number(const std::string& sql) {
    auto row = database->prepare(sql);
    REQUIRE(row.has_value());
    REQUIRE(row->step().value_or(false));
    const auto value = row->integer(0);
    row->reset();
    return value;
  }
  std::string check() {
    auto row = database->prepare("PRAGMA integrity_check");
    if (!row || !row->step().value_or(false)) return "cannot check";
    const std::string text(row->text(0));
    row->reset();
    return text;
  }
  void settle() { while (store.step()) {} }

  bool ok = false;
  SimulatedStore store;
  MirrorHost host;
  std::optional<Database> database;
};

}  // namespace

TEST_CASE("what was acknowledged is there after a restart") {
  Disk disk;
  {
    Session first(disk);
    first.run("CREATE TABLE t (x); INSERT INTO t VALUES (1), (2);");
    CHECK(first.host.status().state == SaveState::saving);
    first.settle();
    CHECK(first.host.status().state == SaveState::saved);
  }
  Session second(disk);
  CHECK(second.number("SELECT count(*) FROM t") == 2);
  CHECK(second.check() == "ok");
}

TEST_CASE("a failed flush is told, loses nothing, and the next one carries everything") {
  Disk disk;
  {
    Session session(disk);
    session.run("CREATE TABLE t (x);");
    int failing = 2;
    session.store.next_outcome = [&] { return failing-- > 0 ? FlushOutcome::quota : FlushOutcome::done; };
    session.run("INSERT INTO t VALUES (1);");
    session.store.step();
    session.store.step();
    CHECK(session.host.status().state == SaveState::not_saved);
    CHECK(session.host.status().reason.message == "storage.quota"_key);
    session.run("INSERT INTO t VALUES (2);");
    session.settle();
    CHECK(session.host.status().state == SaveState::saved);
  }
  Session again(disk);
  CHECK(again.number("SELECT count(*) FROM t") == 2);
}

TEST_CASE("an answer that was lost after the write went in does no harm") {
  Disk disk;
  Session session(disk);
  session.run("CREATE TABLE t (x);");
  session.settle();
  session.store.lost_after_apply = true;
  bool first = true;
  session.store.next_outcome = [&] { return std::exchange(first, false) ? FlushOutcome::lost : FlushOutcome::done; };
  session.run("INSERT INTO t VALUES (1);");
  session.settle();
  CHECK(session.host.status().state == SaveState::saved);
}

TEST_CASE("a second writer fences the first, which then only reads") {
  Disk disk;
  Session first(disk);
  first.run("CREATE TABLE t (x);");
  first.settle();
  Session second(disk);
  second.run("INSERT INTO t VALUES (2);");
  second.settle();
  first.run("INSERT INTO t VALUES (1);");
  first.settle();
  CHECK(first.host.status().state == SaveState::read_only);
  CHECK_FALSE(first.database->execute("INSERT INTO t VALUES (3)").has_value());
  Session third(disk);
  CHECK(third.number("SELECT sum(x) FROM t") == 2);
  CHECK(third.check() == "ok");
}

TEST_CASE("a crash after any event leaves a committed state, at least the last acknowledged") {
  std::size_t crashes = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    for (int limit = 0; limit < 60; ++limit) {
      FixedSurroundings dice(seed);
      const auto roll = [&](std::uint64_t sides) { return dice.random() % sides; };
      Disk disk;
      std::int64_t committed = 0, acknowledged = 0;
      bool crashed = false;
      {
        Session session(disk);
        session.store.next_outcome = [&] {
          const auto side = roll(10);
          session.store.lost_after_apply = side == 1;
          return side == 0 ? FlushOutcome::quota : side == 1 ? FlushOutcome::lost : FlushOutcome::done;
        };
        int events = 0;
        const auto step = [&] {
          if (crashed || !session.store.step()) return;
          if (session.host.status().state == SaveState::saved) acknowledged = committed;
          crashed = ++events >= limit;
        };
        session.run(std::format("PRAGMA page_size = {}; PRAGMA auto_vacuum = {}; PRAGMA cache_size = 3;", 1024 << roll(5), roll(3)));
        session.run("CREATE TABLE counter (n); INSERT INTO counter VALUES (0); CREATE TABLE t (id INTEGER PRIMARY KEY, body);");
        for (int i = 1; i <= 25 && !crashed; ++i) {
          switch (roll(6)) {
            case 0: session.run("BEGIN; INSERT INTO t (body) SELECT randomblob(3000) FROM (VALUES (1),(2),(3),(4),(5),(6),(7),(8)); ROLLBACK;"); break;
            case 1: session.run("BEGIN; SAVEPOINT a; DELETE FROM t; ROLLBACK TO a; RELEASE a; COMMIT;"); break;
            case 2: session.run("VACUUM;"); break;
            case 3: session.run(std::format("BEGIN; DELETE FROM t WHERE id % 3 = {}; UPDATE counter SET n = {}; COMMIT;", roll(3), i)); committed = i; break;
            default:
              session.run(std::format("BEGIN; INSERT INTO t (body) SELECT randomblob({}) FROM (VALUES (1),(2),(3),(4),(5)); UPDATE counter SET n = {}; COMMIT;", 100 + roll(4000), i));
              committed = i;
          }
          for (auto steps = roll(4); steps > 0; --steps) step();
        }
        if (!crashed && roll(2)) {
          session.settle();
          if (session.host.status().state == SaveState::saved) acknowledged = committed;
        }
      }
      ++crashes;
      Session reopened(disk);
      const auto tables = reopened.number("SELECT count(*) FROM sqlite_schema WHERE name = 'counter'");
      const auto found = tables && reopened.number("SELECT count(*) FROM counter") ? reopened.number("SELECT n FROM counter") : 0;
      REQUIRE(reopened.check() == "ok");
      REQUIRE(found >= acknowledged);
      REQUIRE(found <= committed);
      if (!crashed) break;
    }
  }
  CHECK(crashes > 500);
}

TEST_CASE("the calls of the pinned SQLite around a commit") {
  Disk disk;
  Session session(disk);
  std::string calls, last;
  const auto traced = [&](const std::string& sql) {
    calls.clear();
    last.clear();
    session.host.vfs().trace = [&](std::string_view call) {
      if (call == std::exchange(last, std::string(call))) return;  // one word for writes in a row
      calls += (calls.empty() ? "" : " ") + std::string(call);
    };
    (void)session.database->execute(sql);
    session.host.vfs().trace = nullptr;
    return calls;
  };
  CHECK(traced("CREATE TABLE t (x)") == "write fcntl_sync sync commit_phasetwo");
  CHECK(traced("INSERT INTO t VALUES (1)") == "begin_atomic write commit_atomic fcntl_sync sync commit_phasetwo");
  CHECK(traced("BEGIN; INSERT INTO t VALUES (2); ROLLBACK") == "");
  CHECK(traced("BEGIN IMMEDIATE; COMMIT") == "commit_phasetwo");
  CHECK(traced("VACUUM").ends_with("commit_phasetwo"));
  session.run("PRAGMA cache_size = 2");
  const auto spill = traced("BEGIN; INSERT INTO t SELECT randomblob(9000) FROM (VALUES (1),(2),(3),(4),(5),(6),(7),(8)); ROLLBACK");
  CHECK(spill.starts_with("write"));
  CHECK_FALSE(spill.contains("commit_phasetwo"));
}
