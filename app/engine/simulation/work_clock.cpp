#include "app/engine/simulation/work_clock.h"

#include <algorithm>

namespace pmo::engine::simulation {

WorkClock::WorkClock(std::span<const WorkSpan> spans) {
  if (spans.empty()) return;
  const Offset last = std::max(0, spans.back().finish);
  slots_.resize((static_cast<std::size_t>(last) >> 6) + 1);
  end_ = static_cast<Offset>(slots_.size() << 6);
  for (const WorkSpan& span : spans)
    for (Offset minute = std::max(0, span.start); minute < span.finish;) {
      const int bit = minute & 63, bits = std::min(64 - bit, span.finish - minute);
      slots_[minute >> 6].working |= (bits == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1) << bit;
      minute += bits;
    }
  slots_.back().working |= ~std::uint64_t{0} << (last & 63);  // belongs to the time after the spans
  for (std::size_t slot = 0; slot < slots_.size(); ++slot) {
    slots_[slot].before = total_;
    slots_[slot].first = static_cast<Offset>(slot << 6);
    if (slots_[slot].working == 0) continue;
    total_ += std::popcount(slots_[slot].working);
    while (index_.size() << 6 < static_cast<std::size_t>(total_)) index_.push_back(static_cast<std::uint32_t>(used_.size()));
    used_.push_back(slots_[slot]);
  }
  used_.push_back({0, total_, end_});
}

Offset WorkClock::minute_of(Offset work) const {
  if (work >= total_) return end_ + (work - total_);
  const Slot* slot = &used_[index_[static_cast<std::size_t>(work) >> 6]];
  while (slot[1].before <= work) ++slot;
  int wanted = work - slot->before, bit = std::countr_zero(slot->working);
  std::uint64_t rest = slot->working >> bit;
  // Passes over runs of working minutes; mostly the first one holds it.
  for (int run = std::countr_one(rest); wanted >= run; run = std::countr_one(rest)) {
    wanted -= run;
    rest >>= run;
    const int gap = std::countr_zero(rest);
    rest >>= gap;
    bit += run + gap;
  }
  return slot->first + bit + wanted;
}

}  // namespace pmo::engine::simulation
