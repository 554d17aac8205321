// A calendar as a simulation needs it: between moments and counts of working minutes in a few operations each.
// Minutes since an origin, 64 to a slot: a bit a minute, and how many working minutes lie before the slot.
#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

namespace pmo::engine::simulation {

using Offset = std::int32_t;  // minutes since the origin of the simulation, or working minutes since it

struct WorkSpan {
  Offset start, finish;
};

class WorkClock {
 public:
  // Works around the clock.
  WorkClock() = default;
  // Works in `spans` (ascending, not overlapping, from 0) and around the clock after the last of them, so that no
  // result is lost beyond what the caller laid out.
  explicit WorkClock(std::span<const WorkSpan> spans);

  bool around_the_clock() const { return slots_.empty(); }

  // Working minutes before the moment.
  Offset work_at(Offset moment) const {
    if (moment < 0 || around_the_clock()) return moment;
    const auto slot = static_cast<std::size_t>(moment) >> 6;
    if (slot >= slots_.size()) return total_ + (moment - end_);
    return slots_[slot].before + std::popcount(slots_[slot].working & ((std::uint64_t{1} << (moment & 63)) - 1));
  }
  // The moment at which `work` minutes are done: the end of the last of them.
  Offset finish_of(Offset work) const { return work <= 0 || around_the_clock() ? work : minute_of(work - 1) + 1; }
  // The moment at which the minute after `work` minutes begins.
  Offset start_of(Offset work) const { return work < 0 || around_the_clock() ? work : minute_of(work); }

 private:
  Offset minute_of(Offset work) const;  // the working minute with this number, from 0

  struct Slot {
    std::uint64_t working;  // a bit a minute
    Offset before;          // working minutes before the slot
    Offset first;           // minute
  };
  std::vector<Slot> slots_;
  std::vector<Slot> used_;            // those with working minutes, and an end
  std::vector<std::uint32_t> index_;  // for each 64 working minutes: place in used_ of the first
  Offset total_ = 0, end_ = 0;
};

}  // namespace pmo::engine::simulation
