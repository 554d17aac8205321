// The time axis: pixels and moments, zooming, and the marks of the header.
#include "app/ui/gantt/time_scale.h"

#include <doctest/doctest.h>

using namespace pmo;
using namespace pmo::ui;

namespace {

Minute on(int year, int month, int day) { return Minute::at(Day::of(year, month, day)); }

}  // namespace

TEST_CASE("pixels and moments are two sides of one scale") {
  TimeScale scale;
  scale.set_day_width(24);
  scale.show_from(on(2024, 3, 4));
  CHECK(scale.x_of(on(2024, 3, 6)) == doctest::Approx(48));
  CHECK(scale.at(48) == on(2024, 3, 6));
  CHECK(scale.minutes_of(12) == 12 * 60);
  scale.scroll(24);
  CHECK(scale.x_of(on(2024, 3, 6)) == doctest::Approx(24));
}

TEST_CASE("zooming keeps the moment below the pointer, within limits") {
  TimeScale scale;
  scale.show_from(on(2024, 3, 4));
  const Minute below = scale.at(300);
  scale.zoom(3, 300);
  CHECK(scale.at(300) == below);
  scale.zoom(1e9, 300);
  CHECK(scale.day_width() == TimeScale::widest_day);
  scale.zoom(1e-9, 300);
  CHECK(scale.day_width() == TimeScale::narrowest_day);
}

TEST_CASE("a project that is fitted lies within the width") {
  TimeScale scale;
  scale.fit({on(2024, 3, 4), on(2025, 1, 20)}, 800);
  CHECK(scale.x_of(on(2024, 3, 4)) > 0);
  CHECK(scale.x_of(on(2025, 1, 20)) < 800);
  CHECK(scale.x_of(on(2025, 1, 20)) > 600);
}

TEST_CASE("steps go from hours to years and back") {
  TimeScale scale;
  scale.set_day_width(1152);
  std::vector<TimeUnit> lower{scale.lower()};
  for (int i = 0; i < 20; ++i) {
    scale.step(false, 0);
    if (scale.lower() != lower.back()) lower.push_back(scale.lower());
  }
  using enum TimeUnit;
  CHECK(lower == std::vector{hour, six_hours, day, week, month, quarter, year});
  const double least = scale.day_width();
  scale.step(true, 0);
  CHECK(scale.day_width() > least);
}

TEST_CASE("units begin where the calendar says: weeks on Mondays, quarters in January, April, July, October") {
  const Minute moment = Minute::at(Day::of(2024, 5, 16), 9 * 60 + 20);
  CHECK(unit_around(TimeUnit::hour, moment).from == Minute::at(Day::of(2024, 5, 16), 9 * 60));
  CHECK(unit_around(TimeUnit::six_hours, moment).from == Minute::at(Day::of(2024, 5, 16), 6 * 60));
  CHECK(unit_around(TimeUnit::week, moment).from == on(2024, 5, 13));
  CHECK(unit_around(TimeUnit::month, moment) == TimeSpan{on(2024, 5, 1), on(2024, 6, 1)});
  CHECK(unit_around(TimeUnit::quarter, moment) == TimeSpan{on(2024, 4, 1), on(2024, 7, 1)});
  CHECK(unit_around(TimeUnit::year, moment) == TimeSpan{on(2024, 1, 1), on(2025, 1, 1)});
  const auto months = units_in(TimeUnit::month, {on(2023, 12, 15), on(2024, 2, 1)});
  REQUIRE(months.size() == 2);
  CHECK(months.back() == TimeSpan{on(2024, 1, 1), on(2024, 2, 1)});
}

TEST_CASE("marks are as long as there is room") {
  CHECK(lower_label(TimeUnit::day, on(2024, 3, 5), 18, Language::english) == "5");
  CHECK(lower_label(TimeUnit::day, on(2024, 3, 5), 60, Language::english) == "Tue 5");
  CHECK(lower_label(TimeUnit::quarter, on(2024, 4, 1), 0.5, Language::english) == "Q2");
  CHECK(upper_label(TimeUnit::month, on(2024, 3, 1), Language::chinese) == "2024年3月");
}
