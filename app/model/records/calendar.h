// Working calendars: a week of shifts, periods with another week, exceptions. A day left empty is inherited from the
// base calendar; a calendar without base has every day of its own.
#pragma once

#include "app/model/records/person.h"
#include "app/model/shifts.h"

namespace pmo {

struct Calendar : Record {
  std::string name;
  Ref<Calendar> base;
  std::optional<Shifts> monday, tuesday, wednesday, thursday, friday, saturday, sunday;
  Ref<Person> owner;  // who keeps the entry
  EntryStatus status = EntryStatus::in_use;
};

template <>
struct Describe<Calendar> {
  static RegisterInfo make() {
    return Describer<Calendar>("CAL", Desk::administrator)
        .field("name", &Calendar::name, {.required = true, .title = true})
        .field("base", &Calendar::base)
        .field("monday", &Calendar::monday)
        .field("tuesday", &Calendar::tuesday)
        .field("wednesday", &Calendar::wednesday)
        .field("thursday", &Calendar::thursday)
        .field("friday", &Calendar::friday)
        .field("saturday", &Calendar::saturday)
        .field("sunday", &Calendar::sunday)
        .field("owner", &Calendar::owner)
        .field("status", &Calendar::status);
  }
};

struct WorkWeek;
struct CalendarException;
// The last day is not before the first, where both are filled in. An exception that ends after so many times needs no last day.
Result<void> week_in_order(const WorkWeek& week);
Result<void> exception_in_order(const CalendarException& exception);

// Another working week from one day to another (both included).
struct WorkWeek : Record {
  Ref<Calendar> calendar;
  std::string name;
  Day first, last;
  std::optional<Shifts> monday, tuesday, wednesday, thursday, friday, saturday, sunday;
};

template <>
struct Describe<WorkWeek> {
  static RegisterInfo make() {
    return Describer<WorkWeek>("", Desk::administrator)
        .field("calendar", &WorkWeek::calendar, {.required = true, .owner = true})
        .field("name", &WorkWeek::name, {.title = true})
        .field("first", &WorkWeek::first)
        .field("last", &WorkWeek::last)
        .field("monday", &WorkWeek::monday)
        .field("tuesday", &WorkWeek::tuesday)
        .field("wednesday", &WorkWeek::wednesday)
        .field("thursday", &WorkWeek::thursday)
        .field("friday", &WorkWeek::friday)
        .field("saturday", &WorkWeek::saturday)
        .field("sunday", &WorkWeek::sunday)
        .check<week_in_order>(&WorkWeek::first, &WorkWeek::last);
  }
};

enum class Recurrence : unsigned char { none, daily, weekly, monthly_by_day, monthly_by_position, yearly_by_day, yearly_by_position };

// Days that differ from the week: holidays (no shifts) or extra working days (make-up days).
struct CalendarException : Record {
  Ref<Calendar> calendar;
  std::string name;
  Day first, last;
  Shifts shifts;
  Recurrence recurrence = Recurrence::none;
  std::int64_t every = 1;        // every n-th day, week, month or year
  std::int64_t weekdays = 0;     // weekly: bit 0 = Monday ... bit 6 = Sunday
  std::int64_t day = 0;          // of the month
  std::int64_t month = 0;        // 1..12, yearly
  std::int64_t position = 0;     // 1..4 = first..fourth, 5 = last
  std::int64_t weekday = 0;      // with a position: 0 = Monday ... 6 = Sunday, 7 any day, 8 Monday to Friday, 9 weekend
  std::int64_t occurrences = 0;  // 0 = until the last day
};

template <>
struct Describe<CalendarException> {
  static RegisterInfo make() {
    return Describer<CalendarException>("", Desk::administrator)
        .field("calendar", &CalendarException::calendar, {.required = true, .owner = true})
        .field("name", &CalendarException::name, {.title = true})
        .field("first", &CalendarException::first)
        .field("last", &CalendarException::last)
        .field("shifts", &CalendarException::shifts)
        .field("recurrence", &CalendarException::recurrence)
        .field("every", &CalendarException::every, {.minimum = 1, .maximum = 999})
        .field("weekdays", &CalendarException::weekdays, {.minimum = 0, .maximum = 127})
        .field("day", &CalendarException::day, {.minimum = 0, .maximum = 31})
        .field("month", &CalendarException::month, {.minimum = 0, .maximum = 12})
        .field("position", &CalendarException::position, {.minimum = 0, .maximum = 5})
        .field("weekday", &CalendarException::weekday, {.minimum = 0, .maximum = 9})
        .field("occurrences", &CalendarException::occurrences, {.minimum = 0, .maximum = 9999})
        .check<exception_in_order>(&CalendarException::first, &CalendarException::last, &CalendarException::occurrences);
  }
};

}  // namespace pmo
