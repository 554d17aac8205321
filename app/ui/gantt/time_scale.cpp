#include "app/ui/gantt/time_scale.h"

#include <algorithm>
#include <cmath>
#include <format>

#include "app/model/months.h"

namespace pmo::ui {
namespace {

// Day widths from which on a unit is the lower line.
constexpr std::pair<double, TimeUnit> finest[] = {{432, TimeUnit::hour}, {96, TimeUnit::six_hours}, {16, TimeUnit::day},
                                                  {4.2, TimeUnit::week}, {0.95, TimeUnit::month},   {0.3, TimeUnit::quarter}};
constexpr double usual_widths[] = {0.15, 0.4, 1.4, 2.6, 5, 8, 18, 28, 44, 120, 288, 576, 1152};

std::string numbered(Key key, int number, Language language) {
  const std::vector<std::string> arguments{std::to_string(number)};
  return phrase(key, arguments, language);
}

Minute floor_to(Minute moment, std::int64_t step) {
  const std::int64_t rest = (moment.value % step + step) % step;
  return moment - rest;
}

}  // namespace

Minute TimeScale::at(float x) const {
  return {static_cast<std::int64_t>(std::llround(left_ + static_cast<double>(x) * Minute::per_day / day_width_))};
}

std::int64_t TimeScale::minutes_of(float pixels) const {
  return std::llround(static_cast<double>(pixels) * Minute::per_day / day_width_);
}

void TimeScale::set_day_width(double width) { day_width_ = std::clamp(width, narrowest_day, widest_day); }

void TimeScale::zoom(double factor, float x) {
  const double fixed = left_ + static_cast<double>(x) * Minute::per_day / day_width_;
  set_day_width(day_width_ * factor);
  left_ = fixed - static_cast<double>(x) * Minute::per_day / day_width_;
}

void TimeScale::fit(TimeSpan span, float width) {
  const double days = std::max(1.0, static_cast<double>(span.to - span.from) / Minute::per_day);
  const double before = std::min(room_for_links, width * 0.1), after = std::min(room_for_names, width * 0.2);
  set_day_width(std::max(40.0, width - before - after) / days);
  left_ = static_cast<double>(span.from.value) - before * Minute::per_day / day_width_;
}

void TimeScale::step(bool closer, float x) {
  double next = closer ? widest_day : narrowest_day;
  for (const double width : usual_widths) {
    if (closer && width > day_width_ * 1.05) {
      next = width;
      break;
    }
    if (!closer && width < day_width_ * 0.95) next = width;
  }
  zoom(next / day_width_, x);
}

TimeUnit TimeScale::lower() const {
  for (const auto& [width, unit] : finest)
    if (day_width_ >= width) return unit;
  return TimeUnit::year;
}

TimeUnit TimeScale::upper() const {
  switch (lower()) {
    case TimeUnit::hour:
    case TimeUnit::six_hours: return TimeUnit::day;
    case TimeUnit::day: return day_width_ >= 30 ? TimeUnit::week : TimeUnit::month;
    case TimeUnit::week: return TimeUnit::month;
    default: return TimeUnit::year;
  }
}

TimeSpan unit_around(TimeUnit unit, Minute moment) {
  const Day day = moment.day();
  const auto days = [](Day from, Day to) { return TimeSpan{Minute::at(from), Minute::at(to)}; };
  const auto months = [&](int count) { return days(block_of_months(day, count), months_later(block_of_months(day, count), count)); };
  switch (unit) {
    case TimeUnit::hour: return {floor_to(moment, 60), floor_to(moment, 60) + 60};
    case TimeUnit::six_hours: return {floor_to(moment, 360), floor_to(moment, 360) + 360};
    case TimeUnit::day: return days(day, day + 1);
    case TimeUnit::week: return days(week_start(day), week_start(day) + 7);
    case TimeUnit::month: return months(1);
    case TimeUnit::quarter: return months(3);
    case TimeUnit::year: break;
  }
  return months(12);
}

std::vector<TimeSpan> units_in(TimeUnit unit, TimeSpan span) {
  std::vector<TimeSpan> list;
  for (TimeSpan each = unit_around(unit, span.from); each.from < span.to; each = unit_around(unit, each.to)) list.push_back(each);
  return list;
}

std::string upper_label(TimeUnit unit, Minute from, Language language) {
  const Day day = from.day();
  switch (unit) {
    case TimeUnit::day: return format_day(day, language, DayStyle::full);
    case TimeUnit::week: return format_month(day, language) + std::string("  ") + numbered("gantt.week"_key, week_number(day), language);
    case TimeUnit::month: return format_month(day, language);
    case TimeUnit::quarter: return format_quarter(day, language);
    default: return std::to_string(civil(day).year);
  }
}

std::string lower_label(TimeUnit unit, Minute from, double day_width, Language language) {
  const Day day = from.day();
  const auto date = civil(day);
  switch (unit) {
    case TimeUnit::hour: return std::to_string(from.minute_of_day() / 60);
    case TimeUnit::six_hours: return format_time_of_day(from.minute_of_day());
    case TimeUnit::day: {
      const std::string number = std::to_string(date.day);
      if (day_width >= 44) return std::string(weekday_name(day.weekday(), language)) + " " + number;
      return day_width >= 30 ? std::string(weekday_initial(day.weekday(), language)) + " " + number : number;
    }
    case TimeUnit::week: return day_width >= 8 ? format_day(day, language, DayStyle::brief) : std::to_string(date.day);
    case TimeUnit::month: return std::string(month_name(date.month, language));
    case TimeUnit::quarter: return numbered("gantt.quarter"_key, (date.month + 2) / 3, language);
    case TimeUnit::year: break;
  }
  return std::to_string(date.year);
}

}  // namespace pmo::ui
