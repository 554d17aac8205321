// Working time: when work may be done, and arithmetic on it.
//
//   CalendarDefinition   what a person enters: a week, other weeks for some time, exceptions, a base calendar
//   WorkTime             the same, compiled for arithmetic: a pattern a week, and the minutes worked before each week.
//                        Few weeks differ from others, so that a calendar takes 110 KB and stays near the processor
//
// Which shifts hold on a day (as in MS Project), first answer wins:
//   W1  an exception of the calendar, else one of its base calendar, and so on
//   W2  a work week of the calendar that covers the day and defines that weekday
//   W3  the calendar's own week, when it defines that weekday
//   W4  the base calendar by W2 to W4; a calendar without base does not work on days it leaves open
//   W5  overlapping exceptions: single dates go before daily, weekly, monthly and yearly ones; among equals the
//       first in the list
//
// Moments are counted from 1984-01-01 to 2149-12-31; everything outside is cut to that range, so that arithmetic
// always ends, on calendars without any work too.
#pragma once

#include <array>
#include <span>

#include "app/model/records/calendar.h"

namespace pmo::engine {

using Index = std::int32_t;  // into a vector; -1: none

using WeekDefinition = std::array<std::optional<Shifts>, 7>;  // Monday first; empty: taken from the base

struct WorkWeekDefinition {
  Day first, last;  // both included
  WeekDefinition days;
  friend bool operator==(const WorkWeekDefinition&, const WorkWeekDefinition&) = default;
};

struct ExceptionDefinition {
  Day first, last;  // both included
  Shifts shifts;    // none: a day off
  Recurrence recurrence = Recurrence::none;
  int every = 1;        // every n-th day, week, month or year
  int weekdays = 0;     // weekly: bit 0 = Monday
  int day = 0;          // of the month
  int month = 0;        // 1..12
  int position = 0;     // 1..4, 5 = last
  int weekday = 0;      // 0 = Monday ... 6 = Sunday; 7 any day, 8 working weekday (Mon-Fri), 9 weekend day
  int occurrences = 0;  // 0: until the last day
  friend bool operator==(const ExceptionDefinition&, const ExceptionDefinition&) = default;
};

struct CalendarDefinition {
  std::string name;
  Index base = -1;
  WeekDefinition week;
  std::vector<WorkWeekDefinition> work_weeks;
  std::vector<ExceptionDefinition> exceptions;
  friend bool operator==(const CalendarDefinition&, const CalendarDefinition&) = default;
};

// The days on which an exception holds, in order.
std::vector<Day> days_of(const ExceptionDefinition& exception);

class WorkTime {
 public:
  WorkTime() = default;  // around the clock, every day

  // calendars[index] with its bases. A circle of bases is cut where it closes.
  static WorkTime compile(std::span<const CalendarDefinition> calendars, Index index);
  // Works when both do.
  static WorkTime intersect(const WorkTime& a, const WorkTime& b);

  bool continuous() const { return continuous_; }
  bool ever_works() const { return continuous_ || total_ > 0; }

  // Working minutes since the first day.
  std::int64_t work_before(Minute moment) const;
  std::int64_t between(Minute from, Minute to) const { return work_before(to) - work_before(from); }

  // The moment after `work` more minutes: where the last minute ends (going forward), or where the first begins
  // (going back). Nothing to add: the moment itself.
  Minute add(Minute moment, std::int64_t work) const {
    return work == 0 ? moment : add_from({moment, work_before(moment)}, work);
  }
  Minute next_start(Minute moment) const { return start_at(moment).moment; }         // itself when work goes on after it
  Minute previous_finish(Minute moment) const { return finish_at(moment).moment; }  // itself when work went on before it

  // The same with the working minutes before it, so that who computes on needs not ask again; and back from these.
  struct Position {
    Minute moment;
    std::int64_t work = 0;
  };
  Minute add_from(const Position& from, std::int64_t work) const;
  Position start_at(Minute moment) const;
  Position finish_at(Minute moment) const;
  Position start_after(std::int64_t work) const;   // where the minute after them begins
  Position finish_after(std::int64_t work) const;  // where the last of them ends

  std::span<const Shift> shifts(Day day) const;
  bool works(Day day) const { return !shifts(day).empty(); }

  static constexpr Day first_day = Day::of(1984, 1, 1);
  static constexpr Day end_day = Day::of(2150, 1, 1);

 private:
  using PatternIndex = std::uint16_t;
  struct DayPattern {
    std::uint32_t first = 0, count = 0;  // in shifts_
  };
  // The shifts of a week one after another, in minutes since it began. To find a minute's place among them they are all
  // compared, several at a time, which is faster than to search; so the lists are filled up to whole steps.
  struct WeekPattern {
    std::array<PatternIndex, 7> days{};
    std::uint16_t shifts = 0, minutes = 0;  // worked in all
    std::uint32_t first = 0, size = 0;      // in shift_starts_ and worked_before_, filled up
  };
  struct Week {
    std::int32_t before = 0;  // minutes worked before it
    PatternIndex pattern = 0;
  };

  PatternIndex intern(const std::vector<Shift>& shifts);
  void fold(const std::vector<PatternIndex>& days);  // into weeks
  std::span<const Shift> shifts_of(PatternIndex pattern) const {
    return {shifts_.data() + day_patterns_[pattern].first, day_patterns_[pattern].count};
  }
  struct Shiftwork;
  void list_shifts(WeekPattern& pattern);
  std::int32_t work_at(std::uint32_t offset) const;
  Minute working_minute(std::int32_t number) const;

  bool continuous_ = true;
  std::vector<Shift> shifts_;  // of all day patterns
  std::vector<DayPattern> day_patterns_;
  std::vector<WeekPattern> week_patterns_;
  std::vector<std::uint16_t> shift_starts_, worked_before_;  // of all week patterns: when a shift begins, and the minutes
                                                             // worked before it in its week; the last: in all of the week
  std::vector<Week> weeks_;  // since first_day, which begins a week here; the last is never reached
  std::vector<std::uint16_t> week_at_;  // the last week with not more than 0, 1, 2 ... times 1,024 working minutes before it
  std::int64_t total_ = 0;
};

// Templates to begin with. The China calendar knows the statutory holidays and make-up days of 2023 to 2026.
CalendarDefinition standard_calendar();      // Monday to Friday, 8 to 12 and 13 to 17
CalendarDefinition around_the_clock_calendar();
CalendarDefinition night_shift_calendar();   // Monday night to Saturday morning, 23 to 3 and 4 to 8
CalendarDefinition china_calendar();

}  // namespace pmo::engine
