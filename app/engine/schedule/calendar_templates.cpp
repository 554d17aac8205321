#include "app/engine/schedule/calendar.h"

#include "app/model/standard_calendar.h"

namespace pmo::engine {
namespace {

struct Holiday {
  int year, month, day, days;
};

// General Office of the State Council, notices on the arrangement of public holidays: first day and length.
constexpr Holiday china_holidays[] = {
    {2023, 1, 1, 2},  {2023, 1, 21, 7}, {2023, 4, 5, 1},  {2023, 4, 29, 5}, {2023, 6, 22, 3}, {2023, 9, 29, 8},
    {2024, 1, 1, 1},  {2024, 2, 10, 8}, {2024, 4, 4, 3},  {2024, 5, 1, 5},  {2024, 6, 10, 1}, {2024, 9, 15, 3},
    {2024, 10, 1, 7}, {2025, 1, 1, 1},  {2025, 1, 28, 8}, {2025, 4, 4, 3},  {2025, 5, 1, 5},  {2025, 5, 31, 3},
    {2025, 10, 1, 8}, {2026, 1, 1, 3},  {2026, 2, 15, 9}, {2026, 4, 4, 3},  {2026, 5, 1, 5},  {2026, 6, 19, 3},
    {2026, 9, 25, 3}, {2026, 10, 1, 7},
};

// Saturdays and Sundays that are worked in exchange.
constexpr Day china_make_up_days[] = {
    Day::of(2023, 1, 28), Day::of(2023, 1, 29), Day::of(2023, 4, 23), Day::of(2023, 5, 6),   Day::of(2023, 6, 25),
    Day::of(2023, 10, 7), Day::of(2023, 10, 8), Day::of(2024, 2, 4),  Day::of(2024, 2, 18),  Day::of(2024, 4, 7),
    Day::of(2024, 4, 28), Day::of(2024, 5, 11), Day::of(2024, 9, 14), Day::of(2024, 9, 29),  Day::of(2024, 10, 12),
    Day::of(2025, 1, 26), Day::of(2025, 2, 8),  Day::of(2025, 4, 27), Day::of(2025, 9, 28),  Day::of(2025, 10, 11),
    Day::of(2026, 1, 4),  Day::of(2026, 2, 14), Day::of(2026, 2, 28), Day::of(2026, 5, 9),   Day::of(2026, 9, 20),
    Day::of(2026, 10, 10),
};

}  // namespace

CalendarDefinition standard_calendar() {
  CalendarDefinition calendar;
  for (int weekday = 0; weekday < 7; ++weekday) calendar.week[weekday] = weekday < 5 ? office_hours() : Shifts{};
  return calendar;
}

CalendarDefinition around_the_clock_calendar() {
  CalendarDefinition calendar;
  for (auto& day : calendar.week) day = Shifts{{{0, 1440}}};
  return calendar;
}

CalendarDefinition night_shift_calendar() {
  CalendarDefinition calendar;
  const Shift before{23 * 60, 1440}, early{0, 3 * 60}, late{4 * 60, 8 * 60};
  calendar.week[0] = Shifts{{before}};
  for (int weekday = 1; weekday < 5; ++weekday) calendar.week[weekday] = Shifts{{early, late, before}};
  calendar.week[5] = Shifts{{early, late}};
  calendar.week[6] = Shifts{};
  return calendar;
}

CalendarDefinition china_calendar() {
  auto calendar = standard_calendar();
  for (const auto& [year, month, day, days] : china_holidays) {
    const auto first = Day::of(year, month, day);
    calendar.exceptions.push_back({first, first + (days - 1), {}});
  }
  for (const auto day : china_make_up_days) calendar.exceptions.push_back({day, day, office_hours()});
  return calendar;
}

}  // namespace pmo::engine
