// Plans that nobody would make, or that a damaged file holds.
#include <doctest/doctest.h>

#include "app/engine/schedule/schedule.h"
#include "app/model/project.h"

using namespace pmo;
using namespace pmo::engine;

namespace {

const Minute monday = Minute::at(Day::of(2024, 1, 1), 8 * 60);

}  // namespace

TEST_CASE("a calendar that never works: the task is named, and everything else is scheduled") {
  Plan plan;
  plan.start = monday;
  plan.calendars = {standard_calendar(), {.name = "never"}};
  plan.calendar = 0;
  PlanTask stuck;
  stuck.duration = 480;
  stuck.calendar = 1;
  PlanTask after;
  after.duration = 480;
  plan.tasks = {stuck, after, after};
  plan.links = {{{}, 0, 1}};
  const auto result = schedule(plan);
  REQUIRE(result.diagnostics.size() == 2);
  CHECK(result.diagnostics[0].kind == DiagnosticKind::no_working_time);
  CHECK(result.diagnostics[0].tasks == std::vector<Index>{0});
  CHECK(result.diagnostics[1].kind == DiagnosticKind::outside_calendar);  // of what follows it
  CHECK(result.diagnostics[1].tasks == std::vector<Index>{1});
  CHECK(result.early_finish[2].text() == "2024-01-01T17:00");
}

TEST_CASE("a holiday of a year is crossed; durations of nothing and of thirty years end") {
  Plan plan;
  plan.start = monday;
  plan.calendars = {standard_calendar()};
  plan.calendars[0].exceptions.push_back({Day::of(2024, 1, 2), Day::of(2025, 1, 1), {}});
  plan.calendar = 0;
  PlanTask two_days, milestone, long_task;
  two_days.duration = 960;
  long_task.duration = 30LL * 260 * 480;
  plan.tasks = {two_days, milestone, long_task};
  plan.links = {{{}, 0, 1}, {{}, 1, 2}};
  const auto result = schedule(plan);
  CHECK(result.early_finish[0].text() == "2025-01-02T17:00");
  CHECK(result.early_start[1].text() == "2025-01-02T17:00");
  CHECK(result.early_start[2].text() == "2025-01-03T08:00");
  CHECK(result.early_finish[2].day() > Day::of(2054, 1, 1));
  CHECK(result.diagnostics.empty());
}

TEST_CASE("durations and lags beyond all bounds are cut to the range of the calendar") {
  constexpr std::int64_t huge = std::int64_t{1} << 36;
  Plan plan;
  plan.start = monday;
  PlanTask task;
  task.duration = huge;
  plan.tasks = {task, task};
  plan.links = {{{}, 0, 1, LinkType::finish_to_start, LagUnit::working, huge}};
  const auto result = schedule(plan);
  CHECK(result.early_finish[1].day() <= WorkTime::end_day);
  REQUIRE(result.diagnostics.size() == 1);
  CHECK(result.diagnostics[0].kind == DiagnosticKind::outside_calendar);
  CHECK(result.diagnostics[0].tasks == std::vector<Index>{0, 1});
}
