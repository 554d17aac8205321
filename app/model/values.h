// The value types of the product. All are integers underneath, so that equality, canonical JSON and results on
// every platform are exact; none converts silently into another.
//
//   type          unit                                             text and JSON form
//   Id            UUID version 7, 128 bit                          "018f3c1e-...": 36 characters
//   Day           days since 1970-01-01                            "2024-01-02"
//   Minute        minutes since 1970-01-01T00:00, wall clock       "2024-01-02T08:00"
//   WorkMinutes   minutes of working time                          integer
//   Money         minor units of the project's currency            integer
//   Permille      1/1000                                           integer
//   Number        1/1,000,000 (measurements, quantities, rates)    integer
//
// A Day or Minute that means "none" is an std::nullopt of Optional fields, never a magic number.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace pmo {

// Identity of a record, an actor, a transaction. Ordered by creation time (UUIDv7), all zero means "no record".
struct Id {
  std::uint64_t high = 0;
  std::uint64_t low = 0;

  friend auto operator<=>(const Id&, const Id&) = default;
  explicit operator bool() const { return high != 0 || low != 0; }
  std::string text() const;                               // lower case, with hyphens
  static std::optional<Id> parse(std::string_view text);  // any UUID; upper case accepted
  // version 7 from milliseconds since 1970 and 74 random bits (the caller owns clock and randomness)
  static Id make(std::uint64_t milliseconds, std::uint64_t random_high, std::uint64_t random_low);
};

// An integer with a meaning. Tag keeps the meanings apart; Rep is wide enough for sums.
template <class Tag, class Rep = std::int64_t>
struct Quantity {
  Rep value = 0;

  friend constexpr auto operator<=>(const Quantity&, const Quantity&) = default;
  friend constexpr Quantity operator+(Quantity a, Quantity b) { return {static_cast<Rep>(a.value + b.value)}; }
  friend constexpr Quantity operator-(Quantity a, Quantity b) { return {static_cast<Rep>(a.value - b.value)}; }
  friend constexpr Quantity operator-(Quantity a) { return {static_cast<Rep>(-a.value)}; }
  constexpr Quantity& operator+=(Quantity other) { value += other.value; return *this; }
  constexpr Quantity& operator-=(Quantity other) { value -= other.value; return *this; }
};

using WorkMinutes = Quantity<struct WorkMinutesTag>;
using Money = Quantity<struct MoneyTag>;
using Permille = Quantity<struct PermilleTag, std::int32_t>;
using Number = Quantity<struct NumberTag>;

inline constexpr std::int64_t number_scale = 1'000'000;
constexpr Number whole(std::int64_t value) { return {value * number_scale}; }
inline double real(Number number) { return static_cast<double>(number.value) / number_scale; }

inline double minor_units(Money money) { return static_cast<double>(money.value); }

// A calendar day, proleptic Gregorian.
struct Day {
  std::int32_t value = 0;

  friend constexpr auto operator<=>(const Day&, const Day&) = default;
  friend constexpr Day operator+(Day day, std::int32_t days) { return {day.value + days}; }
  friend constexpr Day operator-(Day day, std::int32_t days) { return {day.value - days}; }
  friend constexpr std::int32_t operator-(Day a, Day b) { return a.value - b.value; }

  static constexpr Day of(int year, int month, int day);  // no check: month 1..12, day 1..31
  static std::optional<Day> parse(std::string_view text);  // "2024-01-02", checked
  std::string text() const;
  constexpr int weekday() const { return ((value + 3) % 7 + 7) % 7; }  // 0 = Monday ... 6 = Sunday
};

struct YearMonthDay { int year; int month; int day; };
constexpr YearMonthDay civil(Day day);

// A moment of the project's wall clock, without time zone: a plan says "8 o'clock", wherever it is read.
struct Minute {
  std::int64_t value = 0;

  static constexpr std::int64_t per_day = 24 * 60;
  friend constexpr auto operator<=>(const Minute&, const Minute&) = default;
  friend constexpr Minute operator+(Minute moment, std::int64_t minutes) { return {moment.value + minutes}; }
  friend constexpr Minute operator-(Minute moment, std::int64_t minutes) { return {moment.value - minutes}; }
  friend constexpr std::int64_t operator-(Minute a, Minute b) { return a.value - b.value; }

  static constexpr Minute at(Day day, int minute_of_day = 0) { return {day.value * per_day + minute_of_day}; }
  static std::optional<Minute> parse(std::string_view text);  // "2024-01-02T08:00" (seconds ignored), checked
  std::string text() const;
  constexpr Day day() const {
    return {static_cast<std::int32_t>((value - (value % per_day + per_day) % per_day) / per_day)};
  }
  constexpr int minute_of_day() const { return static_cast<int>((value % per_day + per_day) % per_day); }
};

// The years that a plan may use. Everything outside is refused at the door, so that arithmetic cannot overflow.
inline constexpr int first_year = 1900;
inline constexpr int last_year = 2199;

// Days from civil: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" (years start in March).
constexpr Day Day::of(int year, int month, int day) {
  const int y = month <= 2 ? year - 1 : year;
  const int era = (y >= 0 ? y : y - 399) / 400;
  const int year_of_era = y - era * 400;
  const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return {era * 146097 + day_of_era - 719468};
}

constexpr YearMonthDay civil(Day day) {
  const int z = day.value + 719468;
  const int era = (z >= 0 ? z : z - 146096) / 146097;
  const int day_of_era = z - era * 146097;
  const int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int shifted_month = (5 * day_of_year + 2) / 153;
  const int month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  return {year_of_era + era * 400 + (month <= 2), month, day_of_year - (153 * shifted_month + 2) / 5 + 1};
}

}  // namespace pmo

template <>
struct std::hash<pmo::Id> {
  std::size_t operator()(const pmo::Id& id) const noexcept {
    return static_cast<std::size_t>(id.high * 0x9E3779B97F4A7C15ull ^ id.low);
  }
};
