#include "app/ui/charts/ticks.h"

#include <algorithm>
#include <cmath>

#include "app/model/months.h"
#include "app/model/type_names.h"

namespace pmo::ui {
namespace {

// 1, 2 or 5 times a power of ten, at least `rough`.
double nice_step(double rough) {
  if (!(rough > 0) || !std::isfinite(rough)) return 1;
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  for (const double factor : {1.0, 2.0, 5.0})
    if (factor * power >= rough * (1 - 1e-9)) return factor * power;
  return 10 * power;
}

double step_of(const ChartAxis& axis, AxisRange range, int most) {
  const double step = nice_step((range.high - range.low) / std::max(1, most));
  if (axis.kind == AxisKind::count) return std::max(1.0, step);
  return axis.kind == AxisKind::percent ? std::max(0.01, step) : step;
}

std::string number_label(const ChartAxis& axis, double value, double step, const ChartLocale& locale) {
  switch (axis.kind) {
    case AxisKind::money: return format_money_short({std::llround(value)}, locale.scales, locale.language);
    case AxisKind::percent: return format_percent({static_cast<std::int32_t>(std::lround(value * 1000))});
    case AxisKind::count: return format_integer(std::llround(value));
    default: break;
  }
  return step >= 1 ? format_integer(std::llround(value)) : format_number({std::llround(value * number_scale)});
}

// --- dates

enum class DateStep : unsigned char { day, week, two_weeks, month, quarter, half_year, year, five_years };

constexpr double days_of_step[] = {1, 7, 14, 30.4, 91.3, 182.6, 365.25, 1826};

int months_of(DateStep step) {
  switch (step) {
    case DateStep::month: return 1;
    case DateStep::quarter: return 3;
    case DateStep::half_year: return 6;
    case DateStep::year: return 12;
    case DateStep::five_years: return 60;
    default: return 0;
  }
}

Day first_tick(Day day, DateStep step) {
  if (const int months = months_of(step)) return block_of_months(day, months);
  return step == DateStep::day ? day : week_start(day);
}

Day next_tick(Day day, DateStep step) {
  if (const int months = months_of(step)) return months_later(day, months);
  return day + (step == DateStep::day ? 1 : step == DateStep::week ? 7 : 14);
}

std::string date_label(Day day, DateStep step, bool first, Language language) {
  const auto date = civil(day);
  if (step == DateStep::year || step == DateStep::five_years) return std::to_string(date.year);
  if (months_of(step) == 0) return format_day(day, language, DayStyle::brief);
  const std::string month(month_name(date.month, language));
  if (!first && date.month != 1) return month;
  return language == Language::chinese ? std::to_string(date.year) + "/" + std::to_string(date.month) : month + " " + std::to_string(date.year);
}

std::vector<Tick> date_ticks(AxisRange range, int most, Language language) {
  auto step = DateStep::five_years;
  for (int s = 0; s < enum_size<DateStep>; ++s)
    if ((range.high - range.low) / days_of_step[s] <= most) {
      step = static_cast<DateStep>(s);
      break;
    }
  std::vector<Tick> ticks;
  constexpr std::size_t limit = 400;
  for (Day day = first_tick({static_cast<std::int32_t>(std::floor(range.low))}, step); day.value <= range.high && ticks.size() < limit;
       day = next_tick(day, step))
    if (day.value >= range.low) ticks.push_back({static_cast<double>(day.value), date_label(day, step, ticks.empty(), language)});
  return ticks;
}

std::vector<Tick> name_ticks(const ChartAxis& axis) {
  std::vector<Tick> ticks;
  for (const std::string& name : axis.names) ticks.push_back({static_cast<double>(ticks.size()) + 0.5, name});
  return ticks;
}

}  // namespace

AxisRange axis_range(const ChartAxis& axis, double lowest, double highest, int most_ticks) {
  if (!(lowest <= highest)) lowest = 0, highest = 1;  // no values
  AxisRange range{axis.low.value_or(lowest), axis.high.value_or(highest)};
  if (axis.kind == AxisKind::date) {
    if (range.high <= range.low) range.high = range.low + 1;
    return range;
  }
  if (!axis.low) range.low = std::min(0.0, range.low);
  if (!axis.high) range.high = std::max(0.0, range.high);
  if (range.high <= range.low) range.high = range.low + 1;
  const double step = step_of(axis, range, most_ticks);
  if (!axis.low) range.low = std::floor(range.low / step + 1e-9) * step;
  if (!axis.high) range.high = std::ceil(range.high / step - 1e-9) * step;
  return range;
}

std::vector<Tick> axis_ticks(const ChartAxis& axis, AxisRange range, int most, const ChartLocale& locale) {
  if (!axis.names.empty()) return name_ticks(axis);
  if (axis.kind == AxisKind::date) return date_ticks(range, most, locale.language);
  const double step = step_of(axis, range, most);
  std::vector<Tick> ticks;
  const double first = std::ceil(range.low / step - 1e-9);
  constexpr int limit = 200;
  for (int i = 0; i < limit && (first + i) * step <= range.high + step * 1e-9; ++i) {
    const double at = (first + i) * step;
    ticks.push_back({at, number_label(axis, at == 0 ? 0 : at, step, locale)});
  }
  return ticks;
}

std::string axis_text(const ChartAxis& axis, double value, const ChartLocale& locale) {
  if (value >= 0 && value < static_cast<double>(axis.names.size())) return axis.names[static_cast<std::size_t>(value)];
  switch (axis.kind) {
    case AxisKind::date: return format_day({static_cast<std::int32_t>(std::floor(value))}, locale.language);
    case AxisKind::money: return format_money({std::llround(value)}, locale.scales);
    case AxisKind::percent: return format_percent({static_cast<std::int32_t>(std::lround(value * 1000))});
    case AxisKind::count: return format_integer(std::llround(value));
    case AxisKind::number: break;
  }
  return format_number({std::llround(value * 100) * (number_scale / 100)});
}

}  // namespace pmo::ui
