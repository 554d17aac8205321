#include "storage/interchange/mspdi_values.h"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <format>

namespace pmo::storage::mspdi {

std::optional<double> decimal(std::string_view text) {
  if (text.empty() || text.size() > 40) return {};
  const std::string copy(text);
  char* end = nullptr;
  const double value = std::strtod(copy.c_str(), &end);
  if (end != copy.c_str() + copy.size() || !std::isfinite(value) || std::abs(value) > 1e15) return {};
  return value;
}

std::optional<std::int64_t> integer(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc{} && end == text.data() + text.size()) return value;
  const auto number = decimal(text);
  return number ? std::optional(std::llround(*number)) : std::nullopt;
}

std::optional<bool> boolean(std::string_view text) {
  if (text == "1" || text == "true") return true;
  if (text == "0" || text == "false") return false;
  return {};
}

std::optional<std::int64_t> duration(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (!text.starts_with('P') || text.size() < 3) return {};
  text.remove_prefix(1);
  bool time = false;
  double minutes = 0;
  while (!text.empty()) {
    if (text.front() == 'T') {
      time = true;
      text.remove_prefix(1);
      continue;
    }
    const auto unit = text.find_first_not_of("0123456789.");
    if (unit == std::string_view::npos) return {};
    const auto value = decimal(text.substr(0, unit));
    if (!value) return {};
    switch (text[unit]) {
      case 'D': minutes += *value * 1440; break;
      case 'H': minutes += *value * 60; break;
      case 'M': if (!time) return {}; minutes += *value; break;
      case 'S': minutes += *value / 60; break;
      default: return {};
    }
    text.remove_prefix(unit + 1);
  }
  constexpr double longest = 60.0 * 24 * 366 * 100;
  if (minutes > longest) return {};
  return std::llround(negative ? -minutes : minutes);
}

std::optional<int> time_of_day(std::string_view text) {
  if (text.size() < 5 || text[2] != ':') return {};
  const auto hour = integer(text.substr(0, 2)), minute = integer(text.substr(3, 2));
  if (!hour || !minute || *hour < 0 || *hour > 24 || *minute < 0 || *minute > 59) return {};
  const auto value = static_cast<int>(*hour * 60 + *minute);
  return value <= 1440 ? std::optional(value) : std::nullopt;
}

std::optional<Money> money_of(std::string_view text, double minor_units) {
  const auto hundredths = decimal(text);
  return hundredths ? std::optional(Money{std::llround(*hundredths * minor_units / 100)}) : std::nullopt;
}

std::string cost_text(Money money, double minor_units) {
  const double hundredths = static_cast<double>(money.value) * 100 / minor_units;
  return hundredths == std::floor(hundredths) ? std::to_string(std::llround(hundredths)) : std::format("{:.2f}", hundredths);
}

std::string duration_text(std::int64_t minutes) {
  return std::format("{}PT{}H{}M0S", minutes < 0 ? "-" : "", std::abs(minutes) / 60, std::abs(minutes) % 60);
}

std::string baseline_name(std::int64_t number) { return number == 0 ? "Baseline" : std::format("Baseline {}", number); }

std::string date_text(Minute moment) { return moment.text() + ":00"; }

std::string time_text(int minute_of_day) {
  return std::format("{:02}:{:02}:00", minute_of_day / 60 % 24, minute_of_day % 60);
}

}  // namespace pmo::storage::mspdi
