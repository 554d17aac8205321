// What the pinned SQLite calls around commits and rollbacks: the ground on which the VFS stands. The fixture is read
// line by line: "name | SQL | calls", calls of one kind in a row written once.
#include <doctest/doctest.h>

#include <sqlite3.h>

#include <fstream>

#include "tests/unit/vfs/simulated_store.h"

using namespace pmo::storage;
using namespace pmo::storage::simulation;

TEST_CASE("the calls of the pinned SQLite are those of tests/fixtures/vfs_trace.txt") {
  std::ifstream fixture("tests/fixtures/vfs_trace.txt");
  REQUIRE(fixture.is_open());
  MirrorVfs vfs("trace");
  vfs.add("db", {});
  auto database = Database::open("db", "trace");
  REQUIRE(database.has_value());
  std::string line, version;
  int cases = 0;
  while (std::getline(fixture, line)) {
    if (line.empty() || line.starts_with('#')) continue;
    if (line.starts_with("version ")) {
      // Another version may do otherwise: look at the differences, decide whether the VFS still holds, then update.
      CHECK(line == std::string("version ") + sqlite3_libversion());
      continue;
    }
    const auto first = line.find(" | "), second = line.find(" | ", first + 3);
    REQUIRE(second != std::string::npos);
    std::string calls, last;
    vfs.trace = [&](std::string_view call) {
      if (call == std::exchange(last, std::string(call))) return;
      calls += (calls.empty() ? "" : " ") + std::string(call);
    };
    (void)database->execute(line.substr(first + 3, second - first - 3));  // some fail on purpose
    vfs.trace = nullptr;
    CHECK_MESSAGE(calls == line.substr(second + 3), line.substr(0, first), ": ", calls);
    ++cases;
  }
  CHECK(cases >= 12);
}
