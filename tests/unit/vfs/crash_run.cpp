#include "tests/unit/vfs/crash_run.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <unordered_map>

namespace pmo::storage::simulation {
namespace {

constexpr const char* database_name = "project";

std::uint64_t hash_rows(Database& database, std::string_view sql) {
  auto rows = database.prepare(sql);
  if (!rows) return 0;
  std::uint64_t sum = 1;
  while (rows->step().value_or(false))
    for (int column = 0; column < rows->columns(); ++column) {
      const auto text = rows->text(column);
      sum = sum * 31 + block_digest(static_cast<std::uint32_t>(column), {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
    }
  rows->reset();
  return sum;
}

std::uint64_t content_of(Database& database) {
  return hash_rows(database, "SELECT k, v FROM t ORDER BY k") * 7 + hash_rows(database, "SELECT name, n FROM u ORDER BY name");
}

std::int64_t one_number(Database& database, std::string_view sql) {
  auto row = database.prepare(sql);
  if (!row || !row->step().value_or(false)) return 0;
  const auto number = row->integer(0);
  row->reset();
  return number;
}

std::string integrity(Database& database) {
  auto row = database.prepare("PRAGMA integrity_check(1)");
  if (!row) return row.error().arguments.empty() ? "cannot check" : row.error().arguments[0];
  const auto stepped = row->step();
  if (!stepped) return stepped.error().arguments.empty() ? "cannot check" : stepped.error().arguments[0];
  const std::string text(row->text(0));
  row->reset();
  return text;
}

// A committed state: what it contains, and what it was made from.
struct State {
  std::uint64_t content = 0;
  std::int64_t parent = 0;
};

struct Recovered {
  std::string failure;
  std::int64_t state = 0;
};

class Run {
 public:
  Run(std::uint64_t seed, Flaw flaw, StoreFlaw store_flaw) : dice_(seed), loop_(dice_), flaw_(flaw), store_flaw_(store_flaw) {
    states_[0] = {};
  }

  CrashReport go(int steps) {
    const bool rivals = dice_.chance(35);
    open_window();
    while (steps-- > 0 && report_.failure.empty()) {
      if (windows_.empty() || (rivals && windows_.size() < 2 && dice_.chance(4))) open_window();
      if (windows_.empty()) continue;
      auto& window = *windows_[dice_.roll(windows_.size())];
      act(window);
      crash_point();
      for (auto events = dice_.roll(4); events > 0 && report_.failure.empty() && loop_.step(); --events) crash_point();
      if (dice_.chance(1)) restart();
    }
    return report_;
  }

 private:
  struct Window {
    Window(Disk& disk, EventLoop& loop, const std::string& name) : store(disk, loop), host(std::in_place, store, name, name) {}
    ~Window() { database.reset(); }
    SimulatedStore store;
    std::optional<MirrorHost> host;
    std::optional<Database> database, reference;
    std::int64_t state = 0;      // the last commit of this window, or what it loaded
    bool committed = false;      // what it loaded may be on its way to the disk still: only its own commits are its word
    bool in_transaction = false;
    int savepoints = 0;
  };

  void fail_with(std::string what) { if (report_.failure.empty()) report_.failure = std::move(what); }

  // --- windows

  void open_window() {
    auto window = std::make_unique<Window>(disk_, loop_, std::format("sim{}", ++names_));
    window->host->vfs().flaw = flaw_;
    window->host->flaw = flaw_;
    window->store.flaw = store_flaw_;
    window->store.fate = [this] { return draw_fate(); };
    std::optional<Result<void>> loaded;
    window->host->load(database_name, [&](Result<void> outcome) { loaded = std::move(outcome); });
    while (!loaded && loop_.step()) {}
    if (!loaded || !*loaded) return fail_with("a new window could not load");
    auto database = window->host->open(database_name);
    auto reference = Database::open(":memory:");
    if (!database || !reference) return fail_with("a new window could not open");
    window->database.emplace(std::move(*database));
    window->reference.emplace(std::move(*reference));
    set_up(*window);
    windows_.push_back(std::move(window));
  }

  // The reference starts as a copy of what was loaded; a new database gets its tables.
  void set_up(Window& window) {
    auto& database = *window.database;
    if (!database.execute(std::format("PRAGMA cache_size = {}", 2 + dice_.roll(8)))) return fail_with("cache_size");
    if (one_number(database, "PRAGMA page_count") > 0) {
      sqlite3_int64 size = 0;
      unsigned char* image = sqlite3_serialize(database.handle(), "main", &size, 0);
      if (!image || sqlite3_deserialize(window.reference->handle(), "main", image, size, size,
                                        SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE) != SQLITE_OK)
        return fail_with("cannot copy the loaded image");
      window.state = one_number(database, "SELECT id FROM state");
      return;
    }
    execute(window, std::format("PRAGMA page_size = {}; PRAGMA auto_vacuum = {}", 512u << dice_.roll(8), dice_.roll(3)));
    execute(window, "BEGIN; CREATE TABLE t (k INTEGER PRIMARY KEY, v); CREATE TABLE u (name PRIMARY KEY, n) WITHOUT ROWID;"
                    "CREATE INDEX t_v ON t (v); CREATE TABLE state (id); INSERT INTO state VALUES (0)");
    window.in_transaction = true;
    commit(window);
  }

  void close_window(Window& window) {
    const auto at = std::ranges::find(windows_, &window, &std::unique_ptr<Window>::get);
    window.database.reset();
    window.host.reset();
    closed_.push_back(std::move(*at));  // what it had sent may still arrive
    windows_.erase(at);
  }

  // --- work

  // On both databases. False when the window may no longer write.
  bool execute(Window& window, const std::string& sql) {
    const auto done = window.database->execute(sql);
    if (!done && done.error().message == "error.database.read_only"_key) return false;
    if (!done) return fail_with(sql + ": " + (done.error().arguments.empty() ? std::string(done.error().message.name) : done.error().arguments[0])), false;
    if (!window.reference->execute(sql)) fail_with("the reference refuses: " + sql);
    return true;
  }

  std::string value() {
    const auto sizes = std::array<std::uint64_t, 4>{20, 300, 3000, 20'000};
    return std::format("printf('%.*c', {}, '{}') || {}", 1 + dice_.roll(sizes[dice_.roll(4)]), static_cast<char>('a' + dice_.roll(26)), dice_.roll(1000));
  }

  std::string change() {
    switch (dice_.roll(9)) {
      case 0: return std::format("DELETE FROM t WHERE k % {} = 0", 2 + dice_.roll(5));
      case 1: return std::format("UPDATE t SET v = {} WHERE k % 4 = {}", value(), dice_.roll(4));
      case 2: return std::format("INSERT OR REPLACE INTO u VALUES ('n{}', {})", dice_.roll(50), dice_.roll(1000));
      case 3: return std::format("DELETE FROM u WHERE n < {}", dice_.roll(1000));
      case 4: return std::format("DELETE FROM t WHERE k < (SELECT max(k) - {} FROM t)", dice_.roll(40));
      case 5: return "CREATE TABLE IF NOT EXISTS spare (x); INSERT INTO spare SELECT v FROM t; DROP TABLE spare";
      default: return std::format("INSERT INTO t (v) VALUES ({}), ({}), ({})", value(), value(), value());
    }
  }

  void act(Window& window) {
    if (!window.in_transaction) {
      switch (dice_.roll(12)) {
        case 0: if (!execute(window, "VACUUM")) close_window(window); return;
        case 1: if (!execute(window, std::format("PRAGMA incremental_vacuum({})", dice_.roll(20)))) close_window(window); return;
        default: break;
      }
      if (!execute(window, "BEGIN IMMEDIATE")) return ++report_.fenced, close_window(window);
      window.in_transaction = true;
      execute(window, change());
      if (dice_.chance(50)) commit(window);
      return;
    }
    switch (dice_.roll(10)) {
      case 0: execute(window, "ROLLBACK"); window.in_transaction = false; window.savepoints = 0; return;
      case 1: execute(window, std::format("SAVEPOINT s{}", ++window.savepoints)); return;
      case 2: if (window.savepoints) execute(window, std::format("ROLLBACK TO s{}", window.savepoints)); return;
      case 3: if (window.savepoints) execute(window, std::format("RELEASE s{}", window.savepoints--)); return;
      case 4: case 5: case 6: return commit(window);
      default: execute(window, change());
    }
  }

  void commit(Window& window) {
    const auto id = ++last_state_;
    execute(window, std::format("UPDATE state SET id = {}", id));
    states_[id] = {content_of(*window.reference), window.state};
    execute(window, "COMMIT");
    window.in_transaction = false;
    window.savepoints = 0;
    window.state = id;
    window.committed = true;
    ++report_.commits;
  }

  // The whole browser is killed, or the power fails; then everything begins anew.
  void restart() {
    loop_.clear();
    windows_.clear();
    closed_.clear();
    if (dice_.chance(50)) disk_.now = disk_.durable;
    else disk_.durable = disk_.now;  // the system is alive and writes what it has
    ++report_.restarts;
  }

  Fate draw_fate() {
    const auto roll = dice_.roll(100);
    if (roll < 72) return Fate::complete;
    if (roll < 79) return Fate::quota;
    if (roll < 86) return Fate::aborted;
    if (roll < 91) return Fate::answer_lost;
    if (roll < 94) return Fate::silent;
    if (roll < 97) return Fate::late;
    return Fate::disconnected;
  }

  // --- what must hold

  bool descends(std::int64_t state, std::int64_t from) const {
    while (state > from) state = states_.at(state).parent;
    return state == from;
  }

  void crash_point() {
    if (!report_.failure.empty()) return;
    for (const auto& window : windows_) {
      // H2, I4: Saved means that everything committed would survive a power failure.
      if (!window->committed || window->host->status().state != SaveState::saved || acknowledged_.contains(window->state)) continue;
      acknowledged_.insert(window->state);
      ++report_.acknowledged;
      if (descends(newest_acknowledged_, window->state)) continue;
      if (!descends(window->state, newest_acknowledged_)) return fail_with("I5: two lines of descent were acknowledged");
      newest_acknowledged_ = window->state;
    }
    check(disk_.now[database_name], "killed browser");
    check(disk_.durable[database_name], "power failure");
    report_.points += 2;
  }

  void check(const Record& record, const char* how) {
    if (!report_.failure.empty()) return;
    auto [known, fresh] = recovered_.try_emplace(record.generation);
    if (fresh) {
      known->second = recover(record);
      ++report_.images;
    }
    const auto& found = known->second;
    if (!found.failure.empty()) return fail_with(std::format("{}: {}", how, found.failure));
    if (!descends(found.state, newest_acknowledged_))
      fail_with(std::format("I2: {} leaves state {} but {} was acknowledged", how, found.state, newest_acknowledged_));
  }

  Recovered recover(const Record& record) {
    if (!record.head) return {};
    Disk copy;
    copy.now[database_name] = record;
    Dice dice(1);
    EventLoop loop(dice);
    Window window(copy, loop, std::format("sim{}", ++names_));
    std::optional<Result<void>> loaded;
    window.host->load(database_name, [&](Result<void> outcome) { loaded = std::move(outcome); });
    while (!loaded && loop.step()) {}
    if (!loaded || !*loaded) return {"I1: the image cannot be loaded", 0};
    auto database = window.host->open(database_name);
    if (!database) return {"I1: the image cannot be opened", 0};
    window.database.emplace(std::move(*database));
    if (const auto verdict = integrity(*window.database); verdict != "ok") return {"I3: " + verdict, 0};
    // Exactly the file as SQLite left it: not a page more.
    const auto bytes = one_number(*window.database, "PRAGMA page_size") * one_number(*window.database, "PRAGMA page_count");
    if (static_cast<std::uint64_t>(bytes) != record.head->file_size) return {"I1: pages behind the end", 0};
    const auto id = one_number(*window.database, "SELECT id FROM state");
    const auto state = states_.find(id);
    if (state == states_.end()) return {std::format("I1: state {} was never committed", id), 0};
    if (state->second.content != content_of(*window.database) && id != 0) return {std::format("I1: state {} has other contents", id), 0};
    return {"", id};
  }

  Dice dice_;
  EventLoop loop_;
  Flaw flaw_;
  StoreFlaw store_flaw_;
  Disk disk_;
  std::vector<std::unique_ptr<Window>> windows_, closed_;
  std::unordered_map<std::int64_t, State> states_;
  std::unordered_map<std::uint64_t, Recovered> recovered_;
  std::set<std::int64_t> acknowledged_;
  std::int64_t last_state_ = 0, newest_acknowledged_ = 0;
  int names_ = 0;
  CrashReport report_;
};

}  // namespace

CrashReport crash_run(std::uint64_t seed, int steps, Flaw flaw, StoreFlaw store_flaw) {
  Run run(seed, flaw, store_flaw);
  return run.go(steps);
}

}  // namespace pmo::storage::simulation
