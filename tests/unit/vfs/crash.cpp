// The proof of docs/storage.md: random work crashed after every event, and every known fault shown to be seen.
// PMO_CRASH_POINTS sets how many crash points are tried (default 100,000; a fifth of that in programs
// with sanitizers, which are ten times slower).
#include <doctest/doctest.h>

#include <array>
#include <cstdlib>

#include "tests/unit/vfs/crash_run.h"

using namespace pmo::storage;
using namespace pmo::storage::simulation;

namespace {

constexpr int steps_a_run = 120;

std::size_t wanted_points() {
  const char* text = std::getenv("PMO_CRASH_POINTS");
#if defined(NDEBUG)
  constexpr std::size_t usual = 100'000;
#else
  constexpr std::size_t usual = 20'000;
#endif
  return text ? std::strtoull(text, nullptr, 10) : usual;
}

}  // namespace

TEST_CASE("after a crash at any event the stored image is a committed state, at least the last acknowledged") {
  CrashReport all;
  for (std::uint64_t seed = 1; all.points < wanted_points(); ++seed) {
    const auto report = crash_run(seed, steps_a_run);
    REQUIRE_MESSAGE(report.failure.empty(), "seed ", seed, ": ", report.failure);
    all.points += report.points;
    all.images += report.images;
    all.commits += report.commits;
    all.acknowledged += report.acknowledged;
    all.restarts += report.restarts;
    all.fenced += report.fenced;
  }
  MESSAGE("crash points=", all.points, " images=", all.images, " commits=", all.commits, " acknowledged=", all.acknowledged,
          " restarts=", all.restarts, " fenced=", all.fenced, " lost=0 damaged=0");
  CHECK(all.acknowledged > 0);
  CHECK(all.fenced > 0);
}

// Every fault that designs of this kind are known for, put back: some run must notice.
TEST_CASE("the crash runs notice every known fault") {
  if (!flaws_possible) {
    MESSAGE("skipped: a release has no faults to put back");
    return;
  }
  struct Fault {
    const char* what;
    Flaw flaw;
    StoreFlaw store;
    std::uint64_t first = 1;  // where to begin: most runs do not meet a rare one, and each takes half a second
  };
  const std::array faults{
      Fault{"unacknowledged blocks forgotten on an abort", Flaw::forget_on_abort, StoreFlaw::none},
      Fault{"bytes taken at flush time", Flaw::bytes_at_flush_time, StoreFlaw::none},
      Fault{"commit boundary at FCNTL_SYNC", Flaw::commit_at_sync, StoreFlaw::none},
      Fault{"blocks forgotten though changed since", Flaw::forget_changed_since, StoreFlaw::none},
      Fault{"the gap of a grown file not sent", Flaw::keep_tail_dirty_only, StoreFlaw::none, 63},
      Fault{"spilled pages committed", Flaw::spill_into_committed, StoreFlaw::none},
      Fault{"Saved said when sent", Flaw::saved_when_sent, StoreFlaw::none},
      Fault{"tail kept after a truncate", Flaw::none, StoreFlaw::keep_tail},
      Fault{"fence skipped", Flaw::none, StoreFlaw::skip_fence},
      Fault{"acknowledged before it was durable", Flaw::none, StoreFlaw::relaxed},
      Fault{"a torn transaction", Flaw::none, StoreFlaw::torn, 29},
  };
  for (const auto& fault : faults) {
    std::string seen;
    auto seed = fault.first;
    for (; seen.empty() && seed < fault.first + 200; ++seed) seen = crash_run(seed, steps_a_run, fault.flaw, fault.store).failure;
    CHECK_MESSAGE(!seen.empty(), std::string(fault.what), " is not noticed");
    if (!seen.empty()) MESSAGE(std::string(fault.what), ": run ", seed - 1, ": ", seen);
  }
}
