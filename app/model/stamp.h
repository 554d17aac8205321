// When and by whom something was written, in an order that all copies of a project agree on.
//
// A clock is a hybrid logical clock (Kulkarni et al. 2014): 48 bits of milliseconds since 1970, 16 bits of counter.
// It never runs backwards, never falls behind a clock it has seen, and stays close to wall time.
//   S1  clocks given out by one actor grow strictly
//   S2  a stamp given out after another was seen is greater than it
//   S3  stamps are totally ordered: by clock, then actor
#pragma once

#include <algorithm>
#include <map>

#include "app/model/values.h"

namespace pmo {

struct Stamp {
  std::uint64_t clock = 0;
  Id actor;
  friend auto operator<=>(const Stamp&, const Stamp&) = default;
  std::uint64_t milliseconds() const { return clock >> 16; }
};

class HybridClock {
 public:
  explicit HybridClock(std::uint64_t last = 0) : last_(last) {}

  std::uint64_t next(std::uint64_t wall_milliseconds) {
    last_ = std::max(last_ + 1, wall_milliseconds << 16);
    return last_;
  }
  void saw(std::uint64_t clock) { last_ = std::max(last_, clock); }
  std::uint64_t last() const { return last_; }

 private:
  std::uint64_t last_;
};

// What a copy has seen: for every actor the greatest clock. Joining is the maximum of each.
class VersionVector {
 public:
  void saw(const Stamp& stamp) {
    auto& clock = clocks_[stamp.actor];
    clock = std::max(clock, stamp.clock);
  }
  void join(const VersionVector& other) {
    for (const auto& [actor, clock] : other.clocks_) saw({clock, actor});
  }
  bool covers(const Stamp& stamp) const {
    const auto found = clocks_.find(stamp.actor);
    return found != clocks_.end() && found->second >= stamp.clock;
  }
  // As far as before this stamp: it has not been seen.
  void stop_before(const Stamp& stamp) {
    if (const auto found = clocks_.find(stamp.actor); found != clocks_.end() && found->second >= stamp.clock) {
      if (stamp.clock <= 1) clocks_.erase(found);
      else found->second = stamp.clock - 1;
    }
  }
  bool covers(const VersionVector& other) const {
    return std::ranges::all_of(other.clocks_, [&](const auto& entry) { return covers({entry.second, entry.first}); });
  }
  void forget(Id actor) { clocks_.erase(actor); }
  bool empty() const { return clocks_.empty(); }
  const std::map<Id, std::uint64_t>& clocks() const { return clocks_; }
  friend bool operator==(const VersionVector&, const VersionVector&) = default;

 private:
  std::map<Id, std::uint64_t> clocks_;
};

}  // namespace pmo
