// Tables that other programs wrote: is "3/9/2024" in March or in September? Dates with a day beyond the twelfth tell it for
// the others.
#pragma once

#include <string>
#include <string_view>

namespace pmo {

class DayOrder {
 public:
  void take(std::string_view text);  // "25/3/2024 10:00"; what is no such date says nothing

  bool day_first() const { return days_first_ > 0 && months_first_ == 0; }
  bool month_first() const { return months_first_ > 0 && days_first_ == 0; }
  bool doubtful() const { return doubtful_ > 0; }
  // "3/9/2024 10:00" -> "2024-09-03 10:00"; as it is while nothing tells the order.
  std::string written_out(std::string text) const;

 private:
  std::size_t days_first_ = 0, months_first_ = 0, doubtful_ = 0;
};

}  // namespace pmo
