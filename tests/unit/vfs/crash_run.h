// One run of random SQL work over a simulated store, "crashed" after every event: at each of them, what the disk holds is
// opened as a new window would, and compared with what was committed and acknowledged.
//
//   I1  the stored image is exactly some committed state (contents compared with stock SQLite in memory)
//   I2  it is at least the last acknowledged one, for every window there was
//   I3  PRAGMA integrity_check finds nothing
//   I4  no window says Saved while a commit of it is missing from what a power failure leaves
//   I5  two writers never interleave: stored states form one line of descent
#pragma once

#include "tests/unit/vfs/simulated_store.h"

namespace pmo::storage::simulation {

struct CrashReport {
  std::string failure;             // empty: all invariants held
  std::size_t points = 0;          // crash points: after every event, a killed browser and a power failure
  std::size_t images = 0;          // different stored images that were opened and checked
  std::size_t commits = 0, acknowledged = 0, restarts = 0, fenced = 0;
};

// Runs until `steps` statements were executed, or an invariant broke.
CrashReport crash_run(std::uint64_t seed, int steps, Flaw flaw = Flaw::none, StoreFlaw store_flaw = StoreFlaw::none);

}  // namespace pmo::storage::simulation
