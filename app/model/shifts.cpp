#include "app/model/shifts.h"

#include <algorithm>
#include <charconv>
#include <format>

#include "app/model/sort_stably.h"

namespace pmo {
namespace {

std::optional<int> time_of_day(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || text.size() != colon + 3) return {};
  int hour = 0, minute = 0;
  const auto hours = std::from_chars(text.data(), text.data() + colon, hour);
  const auto minutes = std::from_chars(text.data() + colon + 1, text.data() + text.size(), minute);
  if (hours.ec != std::errc{} || hours.ptr != text.data() + colon) return {};
  if (minutes.ec != std::errc{} || minutes.ptr != text.data() + text.size()) return {};
  if (hour < 0 || minute < 0 || minute > 59 || hour * 60 + minute > 1440) return {};
  return hour * 60 + minute;
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::optional<Shifts> Shifts::parse(std::string_view text) {
  std::vector<Shift> shifts;
  for (auto rest = trimmed(text); !rest.empty();) {
    const auto comma = std::min(rest.find(','), rest.size());
    const auto part = trimmed(rest.substr(0, comma));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
    const auto dash = part.find('-');
    if (dash == std::string_view::npos) return {};
    const auto start = time_of_day(trimmed(part.substr(0, dash)));
    const auto finish = time_of_day(trimmed(part.substr(dash + 1)));
    if (!start || !finish || *start >= *finish) return {};
    shifts.push_back({*start, *finish});
  }
  sort_stably(shifts, {}, &Shift::start);
  Shifts joined;
  for (const auto& shift : shifts) {
    if (!joined.list.empty() && shift.start <= joined.list.back().finish)
      joined.list.back().finish = std::max(joined.list.back().finish, shift.finish);
    else joined.list.push_back(shift);
  }
  return joined;
}

int Shifts::minutes() const {
  int sum = 0;
  for (const auto& shift : list) sum += shift.finish - shift.start;
  return sum;
}

std::string to_text(const Shifts& shifts) {
  std::string text;
  for (const auto& [start, finish] : shifts.list)
    text += std::format("{}{:02}:{:02}-{:02}:{:02}", text.empty() ? "" : ",", start / 60, start % 60, finish / 60, finish % 60);
  return text;
}

}  // namespace pmo
