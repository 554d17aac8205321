// Known faults of such designs, put back on purpose: the crash tests must see every one of them (tests/unit/vfs). They
// exist only where assertions do; a release has none of this.
#pragma once

namespace pmo::storage {

enum class Flaw : unsigned char {
  none,
  forget_on_abort,       // unacknowledged blocks are moved out before the write is known to have worked
  bytes_at_flush_time,   // a flush takes what is in memory then, with spilled pages of a running transaction
  commit_at_sync,        // FCNTL_SYNC taken for the commit boundary
  forget_changed_since,  // an acknowledgement removes blocks that changed after they were sent
  keep_tail_dirty_only,  // a file that grows over a gap does not send the gap
  spill_into_committed,  // no overlay: spilled pages are committed at once
  saved_when_sent,       // the state says Saved before the answer
};

#ifdef NDEBUG
inline constexpr bool flaws_possible = false;
#else
inline constexpr bool flaws_possible = true;
#endif

constexpr bool has(Flaw actual, Flaw asked) { return flaws_possible && actual == asked; }

}  // namespace pmo::storage
