#include "app/engine/levelling/level_plan.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>

#include "app/engine/random.h"
#include "app/engine/resources/availability.h"

using namespace pmo;
using namespace pmo::engine;
using namespace pmo::engine::levelling;

namespace {

constexpr std::int64_t day = 480;  // working minutes

// Monday, 8 o'clock
const Minute first_morning = Minute::at(Day::of(2024, 1, 1), 480);
Minute morning(int days) { return Minute::at(Day::of(2024, 1, 1) + days, 480); }
Minute evening(int days) { return Minute::at(Day::of(2024, 1, 1) + days, 1020); }

// Tasks of so many days, one person each at 100 %.
Plan shared_person(std::vector<int> days) {
  Plan plan;
  plan.start = first_morning;
  plan.resources.push_back({});
  for (const int length : days) {
    plan.assignments.push_back({.task = static_cast<Index>(plan.tasks.size()), .resource = 0});
    plan.tasks.push_back({.duration = length * day});
  }
  return plan;
}

Schedule with_delays(Plan plan, const LevelResult& result) {
  for (std::size_t t = 0; t < plan.tasks.size(); ++t) plan.tasks[t].levelling_delay = result.delays[t];
  return schedule(plan);
}

// Greatest overload of a resource where any task begins or goes on, whatever the calendars.
std::int64_t worst_overload(const Plan& plan, const Schedule& dates, Index resource) {
  const auto works = [&](Index task, Minute moment) {
    return std::ranges::any_of(stretches_of(dates, task), [&](const WorkedStretch& s) { return s.start <= moment && moment < s.finish; });
  };
  std::int64_t worst = 0;
  for (Index at = 0; at < std::ssize(plan.tasks); ++at)
    for (const auto& stretch : stretches_of(dates, at)) {
      std::int64_t load = 0;
      for (const auto& a : plan.assignments)
        if (a.resource == resource && works(a.task, stretch.start)) load += a.units;
      worst = std::max(worst, load - plan.resources[resource].maximum_units);
    }
  return worst;
}

}  // namespace

TEST_CASE("two tasks of one person follow each other, and the move says why") {
  const Plan plan = shared_person({2, 3});
  const auto result = level_plan(plan);
  REQUIRE(result.moves.size() == 1);
  const auto& move = result.moves[0];
  CHECK(move.task == 0);  // the shorter one has more float, so it waits
  CHECK(move.old_start == first_morning);
  CHECK(move.new_start == morning(3));
  CHECK(move.new_finish == evening(4));
  CHECK(move.resource == 0);
  CHECK(move.holder == 1);
  CHECK(result.resource == std::vector<Index>{0, -1});  // what each delay waits for
  CHECK(result.holder == std::vector<Index>{1, -1});
  CHECK(result.overloads.empty());
  CHECK(result.old_finish == evening(2));
  CHECK(result.new_finish == evening(4));
  const auto dates = with_delays(plan, result);
  CHECK(dates.start[0] == move.new_start);
  CHECK(dates.project_finish == result.new_finish);
}

TEST_CASE("priority goes before float; 1000 and started tasks never move") {
  Plan plan = shared_person({2, 3});
  plan.tasks[0].priority = 600;
  CHECK(level_plan(plan).moves[0].task == 1);
  plan.tasks[1].priority = 1000;
  CHECK(level_plan(plan).moves[0].task == 0);
  plan.tasks[1].priority = 500;
  plan.tasks[1].actual_start = first_morning;
  CHECK(level_plan(plan).moves[0].task == 0);
  plan.tasks[0].priority = 1000;  // neither may move: told, not hidden
  const auto stuck = level_plan(plan);
  CHECK(stuck.moves.empty());
  REQUIRE_FALSE(stuck.overloads.empty());
  CHECK(stuck.overloads[0].resource == 0);
}

TEST_CASE("only within float: what has none stays and is reported") {
  Plan plan = shared_person({2, 3, 1});
  plan.links.push_back({.from = 0, .to = 2});
  const auto result = level_plan(plan, {.within_float = true});
  CHECK(result.moves.empty());
  CHECK(result.new_finish == result.old_finish);
  CHECK_FALSE(result.overloads.empty());
  Plan loose = shared_person({1, 1});
  loose.tasks.push_back({.duration = 5 * day});  // nobody's, makes the project long
  const auto moved = level_plan(loose, {.within_float = true});
  CHECK(moved.moves.size() == 1);
  CHECK(moved.overloads.empty());
  CHECK(moved.new_finish == moved.old_finish);
}

TEST_CASE("parts of a person, late arrival, weekends and followers") {
  Plan plan = shared_person({2, 2, 2});
  for (auto& assignment : plan.assignments) assignment.units = 500;
  CHECK(level_plan(plan).moves.size() == 1);  // two at a time
  plan = shared_person({1});
  plan.resources[0].available_from = Day::of(2024, 1, 6);  // a Saturday
  const auto late = level_plan(plan);
  REQUIRE(late.moves.size() == 1);
  CHECK(late.moves[0].new_start == morning(7));
  CHECK(late.moves[0].holder == -1);
  plan = shared_person({4, 3});
  plan.tasks.push_back({.duration = day});
  plan.links.push_back({.from = 1, .to = 2});
  const auto pushed = level_plan(plan);  // both chains are equally long: the outline decides
  REQUIRE(pushed.moves.size() == 2);
  CHECK(pushed.moves[0].new_start == morning(4));
  CHECK(pushed.moves[0].new_finish == evening(8));  // over the weekend
  CHECK(pushed.moves[1].resource == -1);            // follows its predecessor
}

TEST_CASE("old delays go first; more asked than there ever is stays reported") {
  Plan plan = shared_person({1});
  plan.tasks[0].levelling_delay = 5 * day;
  const auto freed = level_plan(plan);
  CHECK(freed.delays[0] == 0);
  CHECK(freed.moves[0].new_start == first_morning);
  plan.assignments[0].units = 2000;
  const auto result = level_plan(plan);
  REQUIRE(result.overloads.size() == 1);
  CHECK(result.overloads[0].task == 0);
  plan.resources[0].maximum_units = 0;
  CHECK(level_plan(plan).overloads.size() == 1);
  CHECK(level_plan({}).moves.empty());
}

TEST_CASE("a constraint that holds against delays does not make it run for ever") {
  Plan plan = shared_person({2, 3});
  for (auto& task : plan.tasks) {
    task.constraint = ConstraintType::start_no_later_than;
    task.constraint_date = first_morning;
  }
  const auto result = level_plan(plan);
  CHECK_FALSE(result.overloads.empty());
}

TEST_CASE("random plans: no overload is left, links hold, trials never make it worse") {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    RandomStream random(seed);
    Plan plan;
    plan.start = first_morning;
    for (int r = 0; r < 3; ++r) plan.resources.push_back({.maximum_units = 1000 + 1000 * r});
    for (Index t = 0; t < 30; ++t) {
      plan.tasks.push_back({.duration = day / 4 * (1 + random.below(20)), .priority = 400 + random.below(3) * 100});
      plan.assignments.push_back({.task = t, .resource = random.below(3), .units = 250 * (1 + random.below(4))});
      if (seed % 2 && random.below(3) == 0) set_breaks(plan, t, std::array{Break{day / 8, day / 8 + day * (1 + random.below(6))}});
      if (t > 0 && random.below(3)) plan.links.push_back({.from = random.below(t), .to = t});
    }
    const auto result = level_plan(plan, {.trials = 1});
    CHECK(result.overloads.empty());
    const auto dates = with_delays(plan, result);
    for (Index r = 0; r < 3; ++r) CHECK(worst_overload(plan, dates, r) <= 0);
    for (const auto& link : plan.links) CHECK(dates.start[link.to] >= dates.finish[link.from]);
    CHECK(dates.project_finish == result.new_finish);
    const auto tried = level_plan(plan, {.trials = 12, .seed = seed});
    CHECK(tried.new_finish <= result.new_finish);
    CHECK(tried.delays == level_plan(plan, {.trials = 12, .seed = seed}).delays);
  }
}

TEST_CASE("the status date: the past is left alone, what is not done is levelled after it") {
  Plan plan = shared_person({2, 3, 2});
  plan.tasks[0].actual_start = first_morning;  // one and a half days to go
  plan.tasks[0].percent = 250;
  plan.status_date = Day::of(2024, 1, 3);  // a Wednesday
  plan.reschedule_unfinished = true;
  const auto result = level_plan(plan);
  CHECK(result.overloads.empty());
  const auto dates = with_delays(plan, result);
  CHECK(dates.finish[0] == Minute::at(Day::of(2024, 1, 5), 720));  // Thursday, Friday morning
  for (const Index t : {1, 2}) CHECK(dates.start[t] >= dates.finish[0]);
  CHECK(dates.start[2] >= dates.finish[1]);  // ... or the other way round, but not together
  CHECK(dates.project_finish == result.new_finish);
  // What overlapped in the past cannot be mended and is no overload to report.
  Plan past = shared_person({1, 1, 1});
  for (const Index t : {0, 1}) {
    past.tasks[t].actual_start = first_morning;
    past.tasks[t].actual_finish = evening(0);
    past.tasks[t].percent = 1000;
  }
  CHECK_FALSE(level_plan(past).overloads.empty());
  past.status_date = Day::of(2024, 1, 1);
  past.reschedule_unfinished = true;
  CHECK(level_plan(past).overloads.empty());
}

TEST_CASE("of a started task only the rest holds its resource") {
  Plan plan = shared_person({2, 2});
  plan.tasks[0].actual_start = first_morning;
  plan.tasks[0].percent = 500;
  plan.tasks[0].resume = morning(7);  // goes on a week later
  const auto result = level_plan(plan);
  CHECK(result.moves.empty());  // the other one fits in between
  CHECK(result.overloads.empty());
  plan.tasks[1].duration = 6 * day;  // does not: what never moves has the resource first
  const auto after = level_plan(plan);
  REQUIRE(after.moves.size() == 1);
  CHECK(after.moves[0].new_start == morning(8));
  CHECK(after.overloads.empty());
}

TEST_CASE("in its break a split task holds nobody") {
  Plan plan = shared_person({4, 2});
  set_breaks(plan, 0, std::array{Break{2 * day, 4 * day}});
  plan.tasks[0].priority = 600;
  const auto result = level_plan(plan);
  REQUIRE(result.moves.size() == 1);
  CHECK(result.moves[0].new_start == morning(2));
  CHECK(result.moves[0].new_finish == evening(3));
  CHECK(result.overloads.empty());
  plan.tasks[1].duration = 3 * day;  // longer than the break
  const auto after = level_plan(plan);
  REQUIRE(after.moves.size() == 1);
  CHECK(after.moves[0].new_start == morning(8));
  // Of a started one what is left, its break too.
  plan.tasks[0].actual_start = first_morning;
  plan.tasks[0].percent = 250;
  plan.tasks[1].duration = 2 * day;
  const auto started = level_plan(plan);
  REQUIRE(started.moves.size() == 1);
  CHECK(started.moves[0].new_start == morning(2));
  CHECK(started.overloads.empty());
}

TEST_CASE("a split task whose second piece has to wait moves by that, and what it meets there makes room") {
  Plan plan = shared_person({4, 1, 1});  // Monday, Tuesday; Friday, the next Monday
  set_breaks(plan, 0, std::array{Break{2 * day, 4 * day}});
  plan.tasks[0].priority = 600;
  plan.tasks[1].constraint = ConstraintType::must_start_on;
  plan.tasks[1].constraint_date = morning(4);
  const auto result = level_plan(plan);
  CHECK(result.overloads.empty());
  const auto dates = with_delays(plan, result);
  CHECK(dates.start[0] == morning(1));
  CHECK(dates.start[1] == morning(4));
  CHECK(worst_overload(plan, dates, 0) == 0);
}

TEST_CASE("what runs already makes room for what never moves") {
  Plan plan = shared_person({5, 2});
  plan.tasks[1].constraint = ConstraintType::must_start_on;
  plan.tasks[1].constraint_date = morning(2);
  const auto result = level_plan(plan);
  REQUIRE(result.moves.size() == 1);
  CHECK(result.moves[0].task == 0);
  CHECK(result.moves[0].new_start == morning(4));
  CHECK(result.moves[0].holder == 1);
  CHECK(result.overloads.empty());
}

TEST_CASE("a resource that leaves: what runs on is reported, not delayed further away") {
  Plan plan = shared_person({3, 3});
  plan.resources[0].available_to = Day::of(2024, 1, 4);  // a Thursday
  const auto result = level_plan(plan);
  REQUIRE(result.overloads.size() == 1);
  CHECK(result.overloads[0].from == Minute::at(Day::of(2024, 1, 5)));
  plan.resources[0].available_to = Day::of(2024, 1, 20);
  CHECK(level_plan(plan).overloads.empty());
}

TEST_CASE("periods of availability: work waits for the one that has enough, and for the end of a gap") {
  Plan plan = shared_person({2});
  plan.assignments[0].units = 2000;
  plan.resources[0].windows = {{{}, Day::of(2024, 1, 7), 1000}, {Day::of(2024, 1, 8), {}, 2000}};
  const auto later = level_plan(plan);
  REQUIRE(later.moves.size() == 1);
  CHECK(later.moves[0].new_start == morning(7));
  CHECK(later.moves[0].resource == 0);
  CHECK(later.moves[0].holder == -1);
  CHECK(later.overloads.empty());
  // Away from Thursday 4 to Sunday 7 January: three days fit before, four do not.
  for (const int days : {3, 4}) {
    plan = shared_person({days});
    plan.resources[0].windows = {{{}, Day::of(2024, 1, 3), 1000}, {Day::of(2024, 1, 8), {}, 1000}};
    const auto result = level_plan(plan);
    CHECK(with_delays(plan, result).start[0] == (days == 3 ? first_morning : morning(7)));
    CHECK(result.overloads.empty());
  }
  plan.resources[0].windows.pop_back();  // gone for good
  REQUIRE(level_plan(plan).overloads.size() == 1);
  CHECK(level_plan(plan).overloads[0].from == Minute::at(Day::of(2024, 1, 4)));
}

TEST_CASE("work waits for the end of a resource's days away") {
  for (const int days : {3, 4}) {
    Plan plan = shared_person({days});
    plan.resources[0].away = {{Day::of(2024, 1, 4), Day::of(2024, 1, 7)}};
    const auto result = level_plan(plan);
    CHECK(with_delays(plan, result).start[0] == (days == 3 ? first_morning : morning(7)));
    CHECK(result.overloads.empty());
  }
}

TEST_CASE("who asks for more than there ever will be does not wait for a little more") {
  Plan plan = shared_person({2});
  plan.assignments[0].units = 3000;
  plan.resources[0].windows = {{{}, Day::of(2024, 1, 7), 1000}, {Day::of(2024, 1, 8), {}, 2000}};
  const auto result = level_plan(plan);
  CHECK(result.moves.empty());
  REQUIRE(result.overloads.size() == 1);
  CHECK(result.overloads[0].from == first_morning);
}

TEST_CASE("units of a day: of periods that overlap the one that begins last, within the days of the resource") {
  PlanResource resource{.maximum_units = 3000};
  const Day day = Day::of(2024, 1, 10);
  CHECK(units_on(resource, day) == 3000);
  resource.windows = {{day, day + 4, 500}, {{}, day + 9, 1000}};
  CHECK(units_on(resource, day - 1) == 1000);
  CHECK(units_on(resource, day) == 500);
  CHECK(units_on(resource, day + 5) == 1000);
  CHECK(units_on(resource, day + 10) == 0);
  CHECK(next_with_more(resource, day) == day + 5);
  CHECK_FALSE(next_with_more(resource, day + 10));
  resource.available_to = day + 4;
  CHECK(units_on(resource, day + 5) == 0);
  CHECK(changes_of_units(resource) == std::vector<Day>{day, day + 5, day + 10});
}

TEST_CASE("levelling goes in steps and can be looked at after the first trial") {
  const Plan plan = shared_person({2, 3, 1, 4});
  PlanLevelling levelling(plan, {.trials = 3, .seed = 5});
  int steps = 0;
  while (levelling.trials_done() == 0) levelling.step(), ++steps;
  CHECK(steps > 2);  // a moment each
  CHECK(levelling.result().overloads.empty());
  while (!levelling.finished()) levelling.step();
  CHECK(levelling.result().delays == level_plan(plan, {.trials = 3, .seed = 5}).delays);
}

TEST_CASE("hostile plans end: no capacity at all, circles, more than there ever is") {
  Plan plan = shared_person({1, 2, 3, 1});
  for (Index t = 0; t < 4; ++t) plan.links.push_back({.from = t, .to = (t + 1) % 4});
  plan.resources[0].maximum_units = 0;
  CHECK(level_plan(plan).overloads.size() == 4);
  plan.resources[0].maximum_units = 1000;
  plan.assignments[2].units = 5000;
  CHECK(level_plan(plan, {.trials = 4}).overloads.size() == 1);
  plan.resources[0].available_from = Day::of(2140, 1, 1);
  plan.resources[0].available_to = Day::of(2024, 1, 1);
  CHECK_FALSE(level_plan(plan).overloads.empty());
}
