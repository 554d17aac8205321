#include "app/desks/reports/report_parts.h"

#include <cmath>
#include <format>

namespace pmo::desks {

using namespace ui;

std::string no_value(const ReportInput& input) { return std::string(input.text("analysis.no_value"_key)); }

std::string two_digits(const ReportInput& input, const std::optional<double>& value) {
  return value ? std::format("{:.2f}", *value) : no_value(input);
}

std::string share_text(const ReportInput& input, const std::optional<double>& value) {
  return value ? format_share(*value) : no_value(input);
}

std::string hours_text(WorkMinutes work) { return format_integer(std::llround(static_cast<double>(work.value) / 60)) + " h"; }

std::string optional_day(const ReportInput& input, const std::optional<Day>& day) { return day ? format_day(*day, input.language) : std::string(); }

ReportColumn column(const ReportInput& input, Key title, bool number) { return {std::string(input.text(title)), number}; }

ReportFact fact(const ReportInput& input, Key name, std::string value, Tone tone, std::string note) {
  return {std::string(input.text(name)), std::move(value), tone, std::move(note)};
}

ChartLocale locale_of(const ReportInput& input) { return {input.language, scales_of(input.project)}; }

}  // namespace pmo::desks
