// The working time of one day: intervals of minutes since midnight, in order, not touching. "08:00-12:00,13:00-17:00";
// the empty text is a day off. 24:00 ends a day, so "00:00-24:00" is the whole day.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pmo {

struct Shift {
  int start = 0;   // minute of the day, inclusive
  int finish = 0;  // exclusive, at most 1440
  friend bool operator==(const Shift&, const Shift&) = default;
};

struct Shifts {
  std::vector<Shift> list;

  // Accepts any order and touching or overlapping intervals, which are joined; refuses what is no time of day.
  static std::optional<Shifts> parse(std::string_view text);
  int minutes() const;
  bool working() const { return !list.empty(); }
  friend bool operator==(const Shifts&, const Shifts&) = default;
};

std::string to_text(const Shifts& shifts);

}  // namespace pmo
