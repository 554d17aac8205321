#include "app/model/values.h"

#include <charconv>
#include <format>

namespace pmo {
namespace {

std::optional<int> number_in(std::string_view text, int low, int high) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < low || value > high) return {};
  return value;
}

std::optional<std::uint64_t> hexadecimal(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  if (error != std::errc{} || end != text.data() + text.size()) return {};
  return value;
}

int days_in_month(int year, int month) {
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : days[month - 1];
}

}  // namespace

std::string Id::text() const {
  return std::format("{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", high >> 32, (high >> 16) & 0xffff, high & 0xffff,
                     low >> 48, low & 0xffff'ffff'ffff);
}

std::optional<Id> Id::parse(std::string_view text) {
  if (text.size() != 36 || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-') return {};
  const auto a = hexadecimal(text.substr(0, 8)), b = hexadecimal(text.substr(9, 4)),
             c = hexadecimal(text.substr(14, 4)), d = hexadecimal(text.substr(19, 4)),
             e = hexadecimal(text.substr(24, 12));
  if (!a || !b || !c || !d || !e) return {};
  return Id{*a << 32 | *b << 16 | *c, *d << 48 | *e};
}

Id Id::make(std::uint64_t milliseconds, std::uint64_t random_high, std::uint64_t random_low) {
  return {milliseconds << 16 | 0x7000 | (random_high & 0x0fff),
          0x8000'0000'0000'0000 | (random_low & 0x3fff'ffff'ffff'ffff)};
}

std::optional<Day> Day::parse(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
  const auto year = number_in(text.substr(0, 4), first_year, last_year);
  const auto month = number_in(text.substr(5, 2), 1, 12);
  if (!year || !month) return {};
  const auto day = number_in(text.substr(8, 2), 1, days_in_month(*year, *month));
  if (!day) return {};
  return Day::of(*year, *month, *day);
}

std::string Day::text() const {
  const auto [year, month, day] = civil(*this);
  return std::format("{:04}-{:02}-{:02}", year, month, day);
}

std::optional<Minute> Minute::parse(std::string_view text) {
  const auto day = Day::parse(text.substr(0, 10));
  if (!day) return {};
  if (text.size() == 10) return Minute::at(*day);
  if ((text.size() != 16 && text.size() != 19) || text[10] != 'T' || text[13] != ':') return {};
  const auto hour = number_in(text.substr(11, 2), 0, 24);
  const auto minute = number_in(text.substr(14, 2), 0, 59);
  if (!hour || !minute || (*hour == 24 && *minute != 0)) return {};
  return Minute::at(*day, *hour * 60 + *minute);
}

std::string Minute::text() const {
  return std::format("{}T{:02}:{:02}", day().text(), minute_of_day() / 60, minute_of_day() % 60);
}

}  // namespace pmo
