#include "app/model/day_order.h"

#include <format>
#include <optional>

#include "app/model/letters.h"

namespace pmo {
namespace {

struct DatePair {
  int first = 0, second = 0, year = 0;
  std::string_view rest;
};

std::optional<int> take_digits(std::string_view& text, std::size_t least, std::size_t most) {
  std::size_t length = 0;
  int value = 0;
  for (; length < text.size() && length <= most && is_digit(text[length]); ++length)
    value = value * 10 + (text[length] - '0');
  if (length < least || length > most) return {};
  text.remove_prefix(length);
  return value;
}

// "3/9/2024" or "3-9-2024", and what follows.
std::optional<DatePair> date_pair(std::string_view text) {
  const auto first = take_digits(text, 1, 2);
  if (!first || text.empty() || (text[0] != '/' && text[0] != '-')) return {};
  const char mark = text[0];
  text.remove_prefix(1);
  const auto second = take_digits(text, 1, 2);
  if (!second || !text.starts_with(mark)) return {};
  text.remove_prefix(1);
  const auto year = take_digits(text, 4, 4);
  if (!year) return {};
  return DatePair{*first, *second, *year, text};
}

}  // namespace

void DayOrder::take(std::string_view text) {
  const auto date = date_pair(text);
  if (!date || date->first == date->second) return;
  if (date->first > 12 && date->second <= 12) ++days_first_;
  else if (date->second > 12 && date->first <= 12) ++months_first_;
  else ++doubtful_;
}

std::string DayOrder::written_out(std::string text) const {
  const auto date = date_pair(text);
  if (!date || day_first() == month_first()) return text;
  const auto [first, second, year, rest] = *date;
  return std::format("{:04}-{:02}-{:02}{}", year, day_first() ? second : first, day_first() ? first : second, rest);
}

}  // namespace pmo
