#include "app/engine/schedule/calendar.h"

#include <doctest/doctest.h>

#include <fstream>
#include <print>
#include <random>
#include <sstream>

using namespace pmo;
using namespace pmo::engine;

namespace {

Minute moment(const char* text) { return *Minute::parse(text); }
Day day(const char* text) { return *Day::parse(text); }

WorkTime compiled(const CalendarDefinition& calendar) { return WorkTime::compile(std::span(&calendar, 1), 0); }

std::string list(const std::vector<Day>& days) {
  std::string text;
  for (const auto day : days) text += (text.empty() ? "" : " ") + day.text();
  return text;
}

}  // namespace

TEST_CASE("adding work crosses lunch, evening and weekend and ends where the last minute ends") {
  const auto time = compiled(standard_calendar());
  const auto friday = moment("2024-01-05T08:00");
  CHECK(time.add(friday, 240).text() == "2024-01-05T12:00");
  CHECK(time.add(friday, 241).text() == "2024-01-05T13:01");
  CHECK(time.add(friday, 480).text() == "2024-01-05T17:00");
  CHECK(time.add(friday, 481).text() == "2024-01-08T08:01");
  CHECK(time.add(moment("2024-01-08T17:00"), -480).text() == "2024-01-08T08:00");
  CHECK(time.add(moment("2024-01-08T08:00"), -480).text() == "2024-01-05T08:00");
  CHECK(time.add(moment("2024-01-06T10:00"), 0).text() == "2024-01-06T10:00");
  CHECK(time.next_start(moment("2024-01-05T17:00")).text() == "2024-01-08T08:00");
  CHECK(time.next_start(moment("2024-01-05T12:30")).text() == "2024-01-05T13:00");
  CHECK(time.previous_finish(moment("2024-01-08T08:00")).text() == "2024-01-05T17:00");
  CHECK(time.between(moment("2024-01-05T08:00"), moment("2024-01-09T08:00")) == 960);
}

TEST_CASE("arithmetic agrees with counting minutes one by one") {
  auto calendar = standard_calendar();
  calendar.exceptions.push_back({day("2024-02-01"), day("2024-02-09"), {}});
  calendar.exceptions.push_back({day("2024-02-10"), day("2024-02-10"), *Shifts::parse("00:00-03:00,20:00-24:00")});
  for (const auto& definition : {calendar, night_shift_calendar()}) {
    const auto time = compiled(definition);
    std::mt19937 random(7);
    for (int i = 0; i < 300; ++i) {
      const Minute from = moment("2024-01-20T00:00") + random() % 50000;
      const std::int64_t work = 1 + random() % 2000;
      Minute naive = from;
      for (std::int64_t left = work; left > 0; naive = naive + 1) left -= time.between(naive, naive + 1);
      CHECK(time.add(from, work) == naive);
      CHECK(time.between(from, naive) == work);
      Minute back = naive;
      for (std::int64_t left = work; left > 0; back = back - 1) left -= time.between(back - 1, back);
      CHECK(time.add(naive, -work) == back);
    }
  }
}

TEST_CASE("a year of holidays, no working day at all, and moments out of range all end") {
  auto calendar = standard_calendar();
  calendar.exceptions.push_back({day("2024-01-01"), day("2024-12-31"), {}});
  CHECK(compiled(calendar).add(moment("2023-12-29T08:00"), 960).text() == "2025-01-01T17:00");
  calendar.exceptions.push_back({day("1900-01-01"), day("2199-12-31"), {}});
  const auto never = compiled(calendar);
  CHECK(!never.ever_works());
  CHECK(never.add(moment("2024-01-01T08:00"), 1) == Minute::at(WorkTime::end_day));
  CHECK(never.next_start(moment("2024-01-01T08:00")) == Minute::at(WorkTime::end_day));
  CHECK(never.previous_finish(moment("2024-01-01T08:00")) == Minute::at(WorkTime::first_day));
  const auto time = compiled(standard_calendar());
  CHECK(time.add({-(1LL << 50)}, 480) > Minute::at(WorkTime::first_day));
  CHECK(time.add({1LL << 50}, 480) == Minute::at(WorkTime::end_day));
  CHECK(WorkTime().add(moment("2024-01-01T08:00"), 1LL << 60) == Minute::at(WorkTime::end_day));
}

TEST_CASE("recurring exceptions fall on the days that MS Project's dialog describes") {
  ExceptionDefinition exception{.first = day("2002-01-01"), .last = day("2010-12-31"), .occurrences = 3};
  exception.recurrence = Recurrence::daily;
  exception.every = 5;
  CHECK(list(days_of(exception)) == "2002-01-01 2002-01-06 2002-01-11");
  exception.recurrence = Recurrence::weekly;
  exception.every = 2;
  exception.weekdays = 1 << 1;  // Tuesday
  CHECK(list(days_of(exception)) == "2002-01-01 2002-01-15 2002-01-29");
  exception.recurrence = Recurrence::monthly_by_day;
  exception.every = 1;
  exception.day = 31;  // short months: their last day
  CHECK(list(days_of(exception)) == "2002-01-31 2002-02-28 2002-03-31");
  exception.recurrence = Recurrence::monthly_by_position;
  exception.every = 2;
  exception.position = 1;
  exception.weekday = 0;
  CHECK(list(days_of(exception)) == "2002-01-07 2002-03-04 2002-05-06");
  exception.position = 5;
  exception.weekday = 4;
  CHECK(list(days_of(exception)) == "2002-01-25 2002-03-29 2002-05-31");
  exception.recurrence = Recurrence::yearly_by_day;
  exception.every = 1;
  exception.month = 2;
  exception.day = 29;
  CHECK(list(days_of(exception)) == "2002-02-28 2003-02-28 2004-02-29");
  exception.recurrence = Recurrence::yearly_by_position;
  exception.month = 5;
  exception.position = 3;
  exception.weekday = 2;
  CHECK(list(days_of(exception)) == "2002-05-15 2003-05-21 2004-05-19");
}

TEST_CASE("W1 to W5: what holds on a day") {
  auto base = standard_calendar();
  base.exceptions.push_back({day("2024-05-01"), day("2024-05-01"), {}});
  CalendarDefinition own{.name = "Anna", .base = 0};
  own.week[2] = *Shifts::parse("08:00-10:00");  // Wednesdays
  own.work_weeks.push_back({day("2024-06-01"), day("2024-06-30"), {}});
  own.work_weeks[0].days[2] = *Shifts::parse("09:00-10:00");
  ExceptionDefinition yearly{day("2020-01-01"), day("2030-12-31"), *Shifts::parse("06:00-07:00"), Recurrence::yearly_by_day};
  yearly.month = 7;
  yearly.day = 1;
  own.exceptions.push_back(yearly);
  own.exceptions.push_back({day("2024-07-01"), day("2024-07-01"), {}});
  const CalendarDefinition all[] = {base, own};
  const auto time = WorkTime::compile(all, 1);
  const auto minutes = [&](const char* text) { return time.between(Minute::at(day(text)), Minute::at(day(text) + 1)); };
  CHECK(minutes("2024-05-01") == 0);    // W1: the base's holiday, although Wednesdays are the own week's
  CHECK(minutes("2024-05-08") == 120);  // W3
  CHECK(minutes("2024-06-05") == 60);   // W2
  CHECK(minutes("2024-06-06") == 480);  // W4
  CHECK(minutes("2023-07-01") == 60);   // the yearly one
  CHECK(minutes("2024-07-01") == 0);    // W5: the single date goes first
}

TEST_CASE("bases in a circle are cut") {
  CalendarDefinition a = standard_calendar(), b = standard_calendar();
  a.base = 1;
  b.base = 0;
  const CalendarDefinition all[] = {a, b};
  CHECK(WorkTime::compile(all, 0).add(moment("2024-01-05T08:00"), 480).text() == "2024-01-05T17:00");
}

TEST_CASE("an intersection works when both do") {
  auto late = standard_calendar();
  for (int i = 0; i < 7; ++i) late.week[i] = *Shifts::parse("10:00-14:00");
  const auto both = WorkTime::intersect(compiled(standard_calendar()), compiled(late));
  CHECK(both.add(moment("2024-01-05T08:00"), 180).text() == "2024-01-05T14:00");
  CHECK(both.add(moment("2024-01-05T08:00"), 181).text() == "2024-01-08T10:01");
}

TEST_CASE("the China calendar knows the statutory days that the State Council published") {
  std::ifstream file("../shared/data/china_statutory_days.csv");
  if (!file) {
    std::println("skipped: ../shared/data/china_statutory_days.csv is not there");
    return;
  }
  const auto time = compiled(china_calendar());
  std::string line;
  std::getline(file, line);
  int rows = 0;
  while (std::getline(file, line)) {
    const auto date = Day::parse(line.substr(0, 10));
    REQUIRE(date);
    CHECK_MESSAGE(time.works(*date) == (line[11] == '1'), line);
    ++rows;
  }
  CHECK(rows > 100);
}

TEST_CASE("the China calendar by itself: National Day 2024 with its make-up days") {
  const auto time = compiled(china_calendar());
  CHECK(!time.works(day("2024-10-01")));
  CHECK(!time.works(day("2024-10-07")));
  CHECK(time.works(day("2024-10-08")));
  CHECK(time.works(day("2024-09-29")));  // a Sunday
  CHECK(time.works(day("2024-10-12")));  // a Saturday
  CHECK(!time.works(day("2024-10-13")));
}
