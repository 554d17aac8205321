// The storage without the interface, as the kill loop and the window tests use it: one database with a counter.
#include <emscripten.h>

#include <format>

#include "storage/digest.h"
#include "storage/vfs/mirror_host.h"
#include "web/host_content.h"
#include "web/store_doors.h"

namespace pmo::web {

struct Page {
  BrowserPageStore store;
  storage::MirrorHost host{store};
  std::string inbox;
  std::optional<storage::Database> database;
  int loaded = 0;  // 0 not yet, 1 done, 2 failed
  std::string told;  // of the last content: its hash, "kept", or why not
  ContentPtr fetched;
  bool removed = false;  // everything, by the browser
};

BrowserPageStore& store_of(Page& page) { return page.store; }
std::string_view inbox_of(Page& page, int length) { return std::string_view(page.inbox).substr(0, static_cast<std::size_t>(length)); }

namespace {

constexpr const char* name = "counter";

void arrived(Page& page, const Result<void>& loaded) {
  page.loaded = loaded ? 1 : 2;
  if (!loaded) return;
  if (auto database = page.host.open(name)) page.database.emplace(std::move(*database));
  else page.loaded = 2;
}

double number(Page& page, std::string_view sql) {
  if (!page.database) return -1;
  auto row = page.database->prepare(sql);
  if (!row || !row->step().value_or(false)) return -1;
  const auto value = static_cast<double>(row->integer(0));
  row->reset();
  return value;
}

}  // namespace
}  // namespace pmo::web

using pmo::web::Page;

extern "C" {

EMSCRIPTEN_KEEPALIVE Page* pmo_open() {
  auto* page = new Page;
  page->host.on_removed = [page] { page->removed = true; };
  return page;
}

EMSCRIPTEN_KEEPALIVE char* pmo_inbox(Page* page, int size) {
  page->inbox.resize(static_cast<std::size_t>(size));
  return page->inbox.data();
}

EMSCRIPTEN_KEEPALIVE void test_load(Page* page) {
  page->host.load(pmo::web::name, [page](const pmo::Result<void>& loaded) { pmo::web::arrived(*page, loaded); });
}

EMSCRIPTEN_KEEPALIVE void test_take_over(Page* page) {
  page->database.reset();
  page->loaded = 0;
  page->host.take_over(pmo::web::name, [page](const pmo::Result<void>& taken) { pmo::web::arrived(*page, taken); });
}

EMSCRIPTEN_KEEPALIVE int test_loaded(Page* page) { return page->loaded; }

// One commit that counts, and changes pages all over the file. Returns whether it went through.
EMSCRIPTEN_KEEPALIVE int test_commit(Page* page, double count, int bytes) {
  if (!page->database) return 0;
  const auto sql = std::format(
      "BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS counter (n); CREATE TABLE IF NOT EXISTS t (k INTEGER PRIMARY KEY, v);"
      "DELETE FROM counter; INSERT INTO counter VALUES ({0}); INSERT OR REPLACE INTO t VALUES ({0} * 7919 % 300, randomblob({1}));"
      "DELETE FROM t WHERE k % 97 = {0} % 97; COMMIT",
      static_cast<long long>(count), bytes);
  const bool done = page->database->execute(sql).has_value();
  if (!done) (void)page->database->execute("ROLLBACK");
  return done;
}

// Makes the file larger by so many bytes that stay. Returns whether it went through.
EMSCRIPTEN_KEEPALIVE int test_grow(Page* page, int bytes) {
  return page->database && page->database->execute(std::format(
      "CREATE TABLE IF NOT EXISTS filling (v); INSERT INTO filling VALUES (randomblob({}))", bytes)).has_value();
}

EMSCRIPTEN_KEEPALIVE double test_count(Page* page) { return pmo::web::number(*page, "SELECT n FROM counter"); }

// 1 when SQLite finds nothing wrong (or there is nothing).
EMSCRIPTEN_KEEPALIVE int test_intact(Page* page) {
  if (!page->database) return 0;
  auto row = page->database->prepare("PRAGMA integrity_check");
  const bool good = row && row->step().value_or(false) && row->text(0) == "ok";
  if (row) row->reset();
  return good;
}

// A file of the user: hashed, and kept under its hash.
EMSCRIPTEN_KEEPALIVE void test_keep(Page* page, int number, double size) {
  page->told.clear();
  const pmo::ContentPtr content = std::make_shared<pmo::web::HostContent>(page->store, number, static_cast<std::uint64_t>(size));
  pmo::storage::sha256_of(content, [page, content](const pmo::Result<std::string>& hash) {
    if (!hash) return void(page->told = hash.error().message.name);
    page->store.put(*hash, content, [page, hash = *hash](const pmo::Result<void>& kept) { page->told = kept ? hash : std::string(kept.error().message.name); });
  });
}

EMSCRIPTEN_KEEPALIVE void test_fetch(Page* page, int length) {
  page->told.clear();
  page->store.get(std::string(pmo::web::inbox_of(*page, length)), [page](pmo::Result<pmo::ContentPtr> content) {
    page->fetched = content ? *content : nullptr;
    page->told = content ? "found" : std::string(content.error().message.name);
  });
}

// What was fetched, for the host to hand out; a number that stays until the page goes.
EMSCRIPTEN_KEEPALIVE int test_fetched(Page* page) { return (new pmo::web::Borrowed(*page->fetched))->number(); }

EMSCRIPTEN_KEEPALIVE int test_told(Page* page) {
  page->inbox = page->told;
  return static_cast<int>(page->told.size());
}

EMSCRIPTEN_KEEPALIVE int test_state(Page* page) { return static_cast<int>(page->host.status().state); }

// Why nothing is saved: the name of the message.
EMSCRIPTEN_KEEPALIVE int test_reason(Page* page) {
  page->inbox = std::string(page->host.status().reason.message.name);
  return static_cast<int>(page->inbox.size());
}

EMSCRIPTEN_KEEPALIVE int test_removed(Page* page) { return page->removed; }

EMSCRIPTEN_KEEPALIVE int test_noticed(Page* page) { return page->host.notice(pmo::web::name).has_value(); }

EMSCRIPTEN_KEEPALIVE void test_snapshot(Page* page) {
  page->host.take_snapshot(pmo::web::name, pmo::storage::SnapshotReason::asked, [](const pmo::Result<void>&) {});
}
}
