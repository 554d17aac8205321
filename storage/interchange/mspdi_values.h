// The value forms of MSPDI. Internal to its reader and writer.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/model/records/calendar.h"
#include "app/model/records/task.h"

namespace pmo::storage::mspdi {

std::optional<std::int64_t> integer(std::string_view text);       // also "12.0"
std::optional<double> decimal(std::string_view text);
std::optional<std::int64_t> duration(std::string_view text);      // "PT8H30M0S" -> 510 minutes
std::optional<bool> boolean(std::string_view text);               // 0, 1, true, false
std::optional<int> time_of_day(std::string_view text);            // "08:00:00" -> 480
// Costs count hundredths of the currency, whatever its digits.
std::optional<Money> money_of(std::string_view text, double minor_units);
std::string cost_text(Money money, double minor_units);
std::string duration_text(std::int64_t minutes);
std::string date_text(Minute moment);
std::string time_text(int minute_of_day);

// CustomField::source of an outline code, before its field id.
inline constexpr std::string_view outline_code_source = "OutlineCode ";

// ForeignData::form: of what elements hold, of the line of the whole project, of the number of a baseline.
inline constexpr std::string_view element_form = "mspdi", summary_task_form = "mspdi summary task", baseline_form = "mspdi baseline";

// Baselines have no names there, but numbers.
std::string baseline_name(std::int64_t number);

// MS Project's first and last day of availability, where there is none of its own.
inline constexpr Day open_from = Day::of(1984, 1, 1), open_to = Day::of(2049, 12, 31);

constexpr bool elapsed_format(std::int64_t format) {  // minutes, hours, days, weeks, months around the clock
  const auto plain = format > 32 ? format - 32 : format;
  return plain == 4 || plain == 6 || plain == 8 || plain == 10 || plain == 12 || plain == 20;
}
constexpr bool percent_format(std::int64_t format) { return format == 19 || format == 20 || format == 51 || format == 52; }
constexpr bool estimated_format(std::int64_t format) { return format > 32 && format != 53; }

}  // namespace pmo::storage::mspdi
