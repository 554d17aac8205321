// Random plans against a naive reference.
#include <doctest/doctest.h>

#include <algorithm>
#include <format>
#include <tuple>

#include "app/engine/schedule/plan_calendars.h"
#include "app/model/project.h"
#include "tests/unit/engine/naive_schedule.h"

using namespace pmo;
using namespace pmo::engine;

namespace {

const Minute first_monday = Minute::at(Day::of(2024, 1, 1), 8 * 60);

}  // namespace

namespace {

Plan random_plan(FixedSurroundings& random, const WorkTime& time) {
  const auto below = [&](std::uint64_t n) { return static_cast<Index>(random.random() % n); };
  const auto moment = [&](std::int64_t hours) { return time.add(first_monday, 60 * hours); };
  Plan plan;
  plan.start = first_monday;
  const int count = 3 + below(30);
  for (int t = 0; t < count; ++t) {
    PlanTask task;
    task.duration = 60 * (1 + below(40));
    if (below(4) == 0) {
      task.constraint = static_cast<ConstraintType>(below(8));
      if (task.constraint != ConstraintType::as_late_as_possible) task.constraint_date = moment(1 + below(200));
      else task.constraint = ConstraintType::as_soon_as_possible;
    }
    if (below(6) == 0) task.deadline = moment(1 + below(200));
    if (below(12) == 0) {
      const auto begin = below(60);
      task.actual_start = moment(begin);
      task.actual_finish = moment(begin + 1 + below(30));
    }
    plan.tasks.push_back(task);
  }
  for (int l = 0; l < 2 * count; ++l) {
    const Index to = 1 + below(static_cast<std::uint64_t>(count - 1)), from = below(static_cast<std::uint64_t>(to));
    plan.links.push_back({{}, from, to, static_cast<LinkType>(below(4)), LagUnit::working, 60 * (below(9) - 2)});
  }
  return plan;
}

}  // namespace

namespace {

// Calendars of which any two have some time in common.
std::vector<CalendarDefinition> mixed_calendars() {
  const auto week = [](std::string_view working_day, std::string_view weekend) {
    CalendarDefinition calendar;
    for (int day = 0; day < 7; ++day) calendar.week[day] = *Shifts::parse(day < 5 ? working_day : weekend);
    return calendar;
  };
  auto odd = week("", "");
  for (const int day : {0, 2, 4}) odd.week[day] = *Shifts::parse("08:15-15:45");
  odd.exceptions.push_back({Day::of(2024, 1, 10), Day::of(2024, 1, 19), {}});
  odd.exceptions.push_back({Day::of(2024, 1, 13), Day::of(2024, 1, 13), *Shifts::parse("00:00-24:00")});
  return {standard_calendar(), week("05:00-10:00,10:30-15:00", "06:00-09:00"), week("14:00-22:00", ""), week("00:00-09:00,20:00-24:00", ""), odd,
          around_the_clock_calendar()};
}

// Work under way: how much is done and left, breaks still to come, a date on which it resumes.
void begin_work(FixedSurroundings& random, Plan& plan, Index t, Minute start) {
  const auto below = [&](std::uint64_t n) { return static_cast<Index>(random.random() % n); };
  auto& task = plan.tasks[t];
  task.actual_start = start;
  task.percent = 100 * below(10);
  if (below(3) == 0) task.remaining_duration = 15 * below(64), task.actual_duration = 15 * below(64);
  if (below(4) == 0) task.resume = start + 15 * below(400);
  if (below(2)) task.actual_finish = start + 15 * below(400);
}

void split(FixedSurroundings& random, Plan& plan, Index t) {
  const auto below = [&](std::uint64_t n) { return 15 * static_cast<std::int64_t>(random.random() % n); };
  std::vector<Break> breaks;
  for (std::int64_t at = below(30); breaks.size() < 3; at = breaks.back().to + below(20)) breaks.push_back({at, at + 15 + below(40)});
  set_breaks(plan, t, breaks_within(std::move(breaks), plan.tasks[t].duration));
}

// As random_plan, with what makes a task not plain: calendars of tasks and resources, durations and lags around the clock, percent
// lags, delays, splits, manual dates, work under way, a status date, moments at which nobody works; from the start or from the finish.
Plan random_mixed_plan(FixedSurroundings& random) {
  const auto below = [&](std::uint64_t n) { return static_cast<Index>(random.random() % n); };
  const auto moment = [&](std::uint64_t hours) { return first_monday + 15 * below(4 * hours); };
  Plan plan;
  plan.start = moment(100);
  plan.calendars = mixed_calendars();
  const auto any_calendar = [&] { return below(plan.calendars.size()); };
  plan.calendar = any_calendar();
  plan.progress = below(2) ? ProgressLogic::retained : ProgressLogic::override_logic;
  if (below(4) == 0) {
    plan.status_date = plan.start.day() + below(20);
    plan.reschedule_unfinished = true;
  }
  if (below(3) == 0) {
    plan.from = ScheduleFrom::finish;
    plan.finish = moment(1500);
  }
  for (int r = 0; r < 4; ++r) plan.resources.push_back({.calendar = any_calendar()});
  const int count = 3 + below(15);
  for (Index t = 0; t < count; ++t) {
    PlanTask task;
    task.duration = below(8) == 0 ? 0 : 15 * (1 + below(64));
    task.elapsed = below(10) == 0;
    if (below(3)) task.calendar = any_calendar();
    task.ignore_resource_calendars = below(4) == 0;
    if (below(5) == 0) {
      task.constraint = static_cast<ConstraintType>(2 + below(6));
      task.constraint_date = moment(900);
    }
    if (below(6) == 0) task.deadline = moment(900);
    if (below(10) == 0) task.levelling_delay = 15 * below(60);
    if (below(12) == 0) {
      task.manual = true;
      task.manual_start = moment(700);
      task.manual_finish = *task.manual_start + 15 * below(200);
    }
    for (int a = below(6) - 3; a > 0; --a) {
      plan.assignments.push_back({.task = t, .resource = below(4), .units = 250 * (1 + below(4))});
      if (below(2) && task.duration > 0) plan.assignments.back().work = 15 * (1 + below(64));
    }
    plan.tasks.push_back(task);
    if (below(6) == 0 && task.duration > 0) split(random, plan, t);
    if (below(8) == 0 && task.duration > 0 && !task.manual) begin_work(random, plan, t, moment(500));
  }
  for (int l = 0; l < 2 * count; ++l) {
    const Index to = 1 + below(static_cast<std::uint64_t>(count - 1)), from = below(static_cast<std::uint64_t>(to));
    const auto unit = static_cast<LagUnit>(below(4));
    const auto lag = below(3) ? 0 : is_percent(unit) ? 100 * (below(12) - 2) : 15 * (below(60) - 12);
    plan.links.push_back({{}, from, to, below(2) ? LinkType::finish_to_start : static_cast<LinkType>(below(4)), unit, lag});
  }
  return plan;
}

// The first difference as text.
std::string difference(const Plan& plan, const Schedule& result, const NaiveSchedule& naive) {
  for (Index t = 0; t < std::ssize(plan.tasks); ++t) {
    const std::tuple<const char*, const std::vector<Minute>*, const std::vector<Minute>*> dates[] = {
        {"early start", &result.early_start, &naive.early_start}, {"early finish", &result.early_finish, &naive.early_finish},
        {"late finish", &result.late_finish, &naive.late_finish}, {"late start", &result.late_start, &naive.late_start},
        {"start", &result.start, &naive.start}, {"finish", &result.finish, &naive.finish}};
    for (const auto& [name, one, other] : dates)
      if ((*one)[t] != (*other)[t]) return std::format("task {}: {} is {}, not {}", t, name, (*one)[t].text(), (*other)[t].text());
    if (result.total_float[t] != naive.total_float(t)) return std::format("task {}: total float is {}, not {}", t, result.total_float[t], naive.total_float(t));
    if (result.free_float[t] != naive.free_float(t)) return std::format("task {}: free float is {}, not {}", t, result.free_float[t], naive.free_float(t));
  }
  for (const auto& link : plan.links)
    if (const auto minutes = naive.broken_by(link); minutes > 0) return std::format("task {} starts {} minutes before its link from {} lets it", link.to, minutes, link.from);
  return {};
}

}  // namespace

TEST_CASE("random networks agree with the naive reference in every date and float") {
  FixedSurroundings random(11);
  std::map<std::pair<Index, Index>, NaiveTime> tables;
  const auto calendars = mixed_calendars();
  std::vector<WorkTime> times;
  for (Index c = 0; c < std::ssize(calendars); ++c) times.push_back(WorkTime::compile(calendars, c));
  const auto compiled = std::make_shared<CompiledCalendars>(calendars);
  for (int round = 0; round < 1500; ++round) {
    CAPTURE(round);
    auto plan = random_mixed_plan(random);
    if (round % 2) {  // one calendar, so that most tasks are plain
      plan = random_plan(random, times[0]);
      plan.calendars = calendars;
      plan.calendar = 0;
    }
    plan.compiled = compiled;
    const auto found = difference(plan, schedule(plan), NaiveSchedule(plan, times, tables));
    REQUIRE(found == "");  // one is enough to look at
  }
}

TEST_CASE("random networks with the options of Primavera agree with the naive reference") {
  FixedSurroundings random(13);
  std::map<std::pair<Index, Index>, NaiveTime> tables;
  const auto calendars = mixed_calendars();
  std::vector<WorkTime> times;
  for (Index c = 0; c < std::ssize(calendars); ++c) times.push_back(WorkTime::compile(calendars, c));
  const auto compiled = std::make_shared<CompiledCalendars>(calendars);
  const auto below = [&](std::uint64_t n) { return static_cast<Index>(random.random() % n); };
  for (int round = 0; round < 1000; ++round) {
    CAPTURE(round);
    auto plan = random_mixed_plan(random);
    plan.compiled = compiled;
    plan.lag_calendar = static_cast<LagCalendar>(below(3));
    if (below(2)) plan.must_finish = first_monday + 15 * below(4 * 900);
    for (auto& task : plan.tasks) task.constraint_gives_way = below(2) != 0;
    const auto found = difference(plan, schedule(plan), NaiveSchedule(plan, times, tables));
    REQUIRE(found == "");  // one is enough to look at
  }
}

namespace {

std::string dates_of(const Schedule& s, std::size_t t) {
  return std::format("early {} {} late {} {} float {} {}{}", s.early_start[t].text(), s.early_finish[t].text(), s.late_start[t].text(), s.late_finish[t].text(),
                     s.total_float[t], s.free_float[t], s.critical[t] ? " critical" : "");
}

}  // namespace

TEST_CASE("a link between summaries means what the links between all their tasks mean, with percent lags of the span of the first") {
  FixedSurroundings random(12);
  const auto standard = standard_calendar();
  const auto time = WorkTime::compile(std::span(&standard, 1), 0);
  const auto compiled = std::make_shared<CompiledCalendars>(std::vector{standard});
  const auto below = [&](std::uint64_t n) { return static_cast<Index>(random.random() % n); };
  for (int round = 0; round < 1000; ++round) {
    auto written_out = random_plan(random, time);
    written_out.calendars = {standard};
    written_out.calendar = 0;
    written_out.compiled = compiled;
    // The summaries stand first; each has the next few tasks.
    const auto summaries = 2 + below(4), tasks = static_cast<Index>(written_out.tasks.size());
    for (auto& link : written_out.links) link.from += summaries, link.to += summaries;
    for (Index t = 0; t < tasks; ++t) written_out.tasks[t].parent = t * summaries / tasks;
    PlanTask summary;
    summary.summary = true;
    written_out.tasks.insert(written_out.tasks.begin(), static_cast<std::size_t>(summaries), summary);
    if (below(3) == 0) written_out.tasks[summaries + below(static_cast<std::uint64_t>(tasks))].active = false;
    auto between = written_out;
    for (int l = 0; l < 3; ++l) {
      const auto to = 1 + below(static_cast<std::uint64_t>(summaries - 1)), from = below(static_cast<std::uint64_t>(to));
      const auto type = below(2) ? LinkType::finish_to_start : LinkType::finish_to_finish;
      between.links.push_back({{}, from, to, type, static_cast<LagUnit>(below(4)), 60 * (below(9) - 2)});
    }
    const auto one = schedule(between);
    bool ties = false;  // lags that end over night or over a weekend: then several tasks drive alike, and either may be named
    for (auto link : std::span(between.links).last(3)) {
      const auto from = link.from, to = link.to;
      ties |= is_elapsed(link.unit);
      if (is_percent(link.unit)) {
        link.lag = time.between(one.early_start[from], one.early_finish[from]) * link.lag / 1000;
        link.unit = link.unit == LagUnit::percent ? LagUnit::working : LagUnit::elapsed;
      }
      for (Index f = summaries; f < std::ssize(between.tasks); ++f)
        for (Index t = summaries; t < std::ssize(between.tasks); ++t)
          if (between.tasks[f].parent == from && between.tasks[t].parent == to) {
            written_out.links.push_back(link);
            written_out.links.back().from = f;
            written_out.links.back().to = t;
          }
    }
    const auto other = schedule(written_out);
    CAPTURE(round);
    REQUIRE(one.early_start.size() == between.tasks.size());
    CHECK(one.project_start == other.project_start);
    CHECK(one.project_finish == other.project_finish);
    for (std::size_t t = 0; t < between.tasks.size(); ++t) {
      CAPTURE(t);
      REQUIRE(dates_of(one, t) == dates_of(other, t));
      CHECK((ties || one.longest_path[t] == other.longest_path[t]));
      const auto reason = one.start_reason[t];
      if (reason.kind == ReasonKind::link) CHECK(reason.task < std::ssize(between.tasks));
    }
  }
}

TEST_CASE("a link between two summaries of 2,000 tasks each costs their sum") {
  Plan plan;
  plan.start = first_monday;
  PlanTask task, summary;
  summary.summary = true;
  plan.tasks = {summary, summary};
  for (Index t = 0; t < 4000; ++t) {
    task.parent = t / 2000;
    task.duration = 60 * (1 + t % 40);
    plan.tasks.push_back(task);
  }
  for (int l = 0; l < 200; ++l) plan.links.push_back({{}, 0, 1});  // their product would be 800 million links
  const auto result = schedule(plan);
  CHECK(result.early_finish[0].text() == "2024-01-05T17:00");
  CHECK(result.early_start[1].text() == "2024-01-08T08:00");
}
