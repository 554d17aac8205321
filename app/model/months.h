// Arithmetic of months.
#pragma once

#include <algorithm>

#include "app/model/values.h"

namespace pmo {

// The first day of a day's month.
constexpr Day month_of(Day day) { return day - (civil(day).day - 1); }

// The same day of a later month (negative: an earlier one), or its last day when that month is shorter.
constexpr Day months_later(Day day, std::int64_t months) {
  const auto date = civil(day);
  const auto first_of = [](int count) { return Day::of(count / 12, count % 12 + 1, 1); };
  const int count = date.year * 12 + date.month - 1 + static_cast<int>(months);
  return std::min(first_of(count) + (date.day - 1), first_of(count + 1) - 1);
}

// The first day of the block of months in which a day lies; blocks of 3 are quarters, of 12 years.
constexpr Day block_of_months(Day day, int months) {
  const auto date = civil(day);
  const int count = (date.year * 12 + date.month - 1) / months * months;
  return Day::of(count / 12, count % 12 + 1, 1);
}

}  // namespace pmo
