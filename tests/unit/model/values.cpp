#include "app/model/values.h"

#include <doctest/doctest.h>

using namespace pmo;

TEST_CASE("days convert to and from civil dates over the whole range") {
  Day day = Day::of(first_year, 1, 1);
  int previous_weekday = day.weekday();
  while (civil(day).year <= last_year) {
    const auto [year, month, number] = civil(day);
    REQUIRE(Day::of(year, month, number) == day);
    day = day + 1;
    REQUIRE(day.weekday() == (previous_weekday + 1) % 7);
    previous_weekday = day.weekday();
  }
}

TEST_CASE("days and minutes have ISO texts that read back") {
  CHECK(Day::of(1970, 1, 1).value == 0);
  CHECK(Day::of(2024, 2, 29).text() == "2024-02-29");
  CHECK(Day::of(2024, 1, 1).weekday() == 0);
  CHECK(Day::parse("2024-02-29") == Day::of(2024, 2, 29));
  const auto moment = Minute::at(Day::of(2024, 1, 2), 8 * 60 + 5);
  CHECK(moment.text() == "2024-01-02T08:05");
  CHECK(Minute::parse("2024-01-02T08:05") == moment);
  CHECK(Minute::parse("2024-01-02T08:05:00") == moment);
  CHECK(Minute::at(Day::of(1969, 12, 31), 1439).day() == Day::of(1969, 12, 31));
  CHECK(Minute::at(Day::of(1969, 12, 31), 1439).minute_of_day() == 1439);
}

TEST_CASE("impossible dates are refused") {
  for (const auto* text : {"2023-02-29", "2024-13-01", "2024-00-10", "2024-1-2", "1899-12-31", "2200-01-01", "",
                           "2024-01-02x", "20240102", "2024-01-32"})
    CHECK_FALSE(Day::parse(text).has_value());
  for (const auto* text : {"2024-01-02T25:00", "2024-01-02T24:01", "2024-01-02T08:60", "2024-01-02 08:00", "T08:00"})
    CHECK_FALSE(Minute::parse(text).has_value());
}

TEST_CASE("identifiers are version 7 UUIDs, ordered by time, with a text that reads back") {
  const auto early = Id::make(1'700'000'000'000, 0xffff, ~0ull);
  const auto late = Id::make(1'700'000'000'001, 0, 0);
  CHECK(early < late);
  CHECK(early.text().at(14) == '7');
  CHECK(std::string_view("89ab").contains(early.text().at(19)));
  CHECK(Id::parse(early.text()) == early);
  CHECK_FALSE(Id::parse("not an id").has_value());
  CHECK_FALSE(Id::parse("018f3c1e-0000-7000-8000-00000000000g").has_value());
  CHECK_FALSE(static_cast<bool>(Id{}));
}
