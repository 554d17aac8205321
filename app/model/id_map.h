// From ids to places in a list: an open-addressed table, some times faster to fill and to ask than the standard map, whose
// every entry lies somewhere else in memory. Entries are only added; the empty id is never one.
#pragma once

#include <bit>
#include <optional>
#include <vector>

#include "app/model/values.h"

namespace pmo {

class IdMap {
 public:
  IdMap() : IdMap(0) {}
  explicit IdMap(std::size_t expected) { slots_.resize(std::bit_ceil(std::max<std::size_t>(8, expected * 2))); }

  // False when the id is already there, with the place it had.
  bool add(Id id, std::uint32_t place) {
    if ((count_ + 1) * 2 > slots_.size()) grow();
    Slot& slot = slots_[slot_of(id)];
    if (slot.id) return false;
    slot = {id, place};
    ++count_;
    return true;
  }

  std::optional<std::uint32_t> find(Id id) const {
    if (!id) return std::nullopt;
    const Slot& slot = slots_[slot_of(id)];
    return slot.id ? std::optional(slot.place) : std::nullopt;
  }

  // Gives each entry another place: what stood at place p now stands at places[p].
  void move_to(const std::vector<std::uint32_t>& places) {
    for (Slot& slot : slots_)
      if (slot.id) slot.place = places[slot.place];
  }

  std::size_t size() const { return count_; }

 private:
  struct Slot {
    Id id;
    std::uint32_t place = 0;
  };

  // Of the id, or the free one where it would be.
  std::size_t slot_of(Id id) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = std::hash<Id>{}(id) & mask;
    while (slots_[at].id && slots_[at].id != id) at = (at + 1) & mask;
    return at;
  }

  void grow() {
    std::vector<Slot> before = std::exchange(slots_, std::vector<Slot>(slots_.size() * 2));
    for (const Slot& slot : before)
      if (slot.id) slots_[slot_of(slot.id)] = slot;
  }

  std::vector<Slot> slots_;
  std::size_t count_ = 0;
};

}  // namespace pmo
