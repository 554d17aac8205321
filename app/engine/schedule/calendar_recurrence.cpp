// The days of recurring exceptions, by the rules of MS Project's exception dialog.
#include <algorithm>

#include "app/engine/schedule/calendar.h"

namespace pmo::engine {
namespace {

constexpr int days_in_month(int year, int month) {
  const auto next = month == 12 ? Day::of(year + 1, 1, 1) : Day::of(year, month + 1, 1);
  return next - Day::of(year, month, 1);
}

bool matches(Day day, int weekday) {
  switch (weekday) {
    case 7: return true;
    case 8: return day.weekday() < 5;
    case 9: return day.weekday() >= 5;
    default: return day.weekday() == weekday;
  }
}

// The first, second ... or last day of its kind in the month, if there is one.
std::optional<Day> by_position(int year, int month, int position, int weekday) {
  const auto first = Day::of(year, month, 1);
  const int count = days_in_month(year, month);
  if (position >= 5) {
    for (int i = count - 1; i >= 0; --i)
      if (matches(first + i, weekday)) return first + i;
    return {};
  }
  for (int i = 0, seen = 0; i < count; ++i)
    if (matches(first + i, weekday) && ++seen == std::max(position, 1)) return first + i;
  return {};
}

Day by_day(int year, int month, int day) {
  return Day::of(year, month, std::clamp(day, 1, days_in_month(year, month)));
}

class Days {
 public:
  explicit Days(const ExceptionDefinition& exception)
      : exception_(exception), left_(exception.occurrences > 0 ? exception.occurrences : 1 << 30) {}

  // False when no further day can come.
  bool add(Day day) {
    if (day > exception_.last || left_ == 0) return false;
    if (day < exception_.first) return true;
    --left_;
    if (day >= WorkTime::first_day && day < WorkTime::end_day) list_.push_back(day);
    return true;
  }
  std::vector<Day> take() { return std::move(list_); }

 private:
  const ExceptionDefinition& exception_;
  int left_;
  std::vector<Day> list_;
};

void add_weekly(const ExceptionDefinition& exception, Days& days, Day first, Day last, int every) {
  const Day monday = first - first.weekday();
  for (Day week = monday; week <= last; week = week + 7 * every)
    for (int weekday = 0; weekday < 7; ++weekday)
      if (exception.weekdays >> weekday & 1)
        if (!days.add(week + weekday)) return;
}

// Months or years: `step` months apart, from the month in which the exception begins.
void add_monthly(const ExceptionDefinition& exception, Days& days, Day first, Day last, int step, int month_of_year, bool position) {
  auto [year, month, _] = civil(first);
  if (month_of_year > 0) {
    const auto in = [&](int y) {
      return position ? by_position(y, month_of_year, exception.position, exception.weekday)
                      : std::optional(by_day(y, month_of_year, exception.day));
    };
    if (const auto day = in(year); day && *day < first) ++year;
    month = month_of_year;
  }
  for (;;) {
    if (Day::of(year, month, 1) > last) return;
    const auto day = position ? by_position(year, month, exception.position, exception.weekday)
                              : std::optional(by_day(year, month, exception.day));
    if (day && !days.add(*day)) return;
    const int months = year * 12 + (month - 1) + step;
    year = months / 12;
    month = months % 12 + 1;
  }
}

}  // namespace

std::vector<Day> days_of(const ExceptionDefinition& exception) {
  Days days(exception);
  const int every = std::clamp(exception.every, 1, 999);
  // A recurrence counts from its own first day, which may lie before the range of moments.
  const Day first = std::max(exception.first, Day::of(first_year, 1, 1));
  const Day last = std::min(exception.last, WorkTime::end_day - 1);
  switch (exception.recurrence) {
    case Recurrence::none:
      for (Day day = std::max(first, WorkTime::first_day); day <= last; day = day + 1)
        if (!days.add(day)) break;
      break;
    case Recurrence::daily:
      for (Day day = first; day <= last; day = day + every)
        if (!days.add(day)) break;
      break;
    case Recurrence::weekly: add_weekly(exception, days, first, last, every); break;
    case Recurrence::monthly_by_day: add_monthly(exception, days, first, last, every, 0, false); break;
    case Recurrence::monthly_by_position: add_monthly(exception, days, first, last, every, 0, true); break;
    case Recurrence::yearly_by_day:
    case Recurrence::yearly_by_position: {
      const bool position = exception.recurrence == Recurrence::yearly_by_position;
      add_monthly(exception, days, first, last, 12 * every, std::clamp(exception.month, 1, 12), position);
      break;
    }
  }
  return days.take();
}

}  // namespace pmo::engine
