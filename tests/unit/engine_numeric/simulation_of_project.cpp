// M1 to M6 of engine/simulation_of_project.h on random projects: without uncertainty the simulation is the schedule.
#include "app/engine/risk/simulation_of_project.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "app/engine/random.h"
#include "app/engine/schedule/plan_calendars.h"
#include "app/engine/schedule/plan_of_project.h"
#include "app/engine/statistics.h"
#include "app/model/records/risk.h"
#include "tests/unit/engine_numeric/january.h"

using namespace pmo;
using namespace pmo::engine;
using doctest::Approx;

namespace {

struct Built {
  FixedSurroundings surroundings;
  Project project{product_schema(), Id{1, 1}, surroundings};
  std::vector<Id> summaries, tasks, resources;

  Built() {
    change([](Transaction& change) {
      change.create<ProjectSettings>([](ProjectSettings& s) {
        s.name = "Built";
        s.start = at(0, 8);
      });
    });
  }
  template <class Edit>
  void change(Edit&& edit) {
    Transaction change(project, "transaction.sample"_key);
    edit(change);
    REQUIRE(change.commit());
  }
  Id task(Transaction& change, Id parent, std::int64_t minutes) {
    return *insert_task(change, parent, {}, [&](Task& t) {
      t.name = "t";
      t.duration = {minutes};
    });
  }
  void link(Transaction& change, Id from, Id to, LinkType type = LinkType::finish_to_start, std::int64_t lag = 0, LagUnit unit = LagUnit::working) {
    change.create<Link>([&](Link& l) {
      l.predecessor = {from};
      l.successor = {to};
      l.type = type;
      l.lag = lag;
      l.lag_unit = unit;
    });
  }
  const Task& get(Id id) const { return *project.find(Ref<Task>{id}); }
  template <class T>
  void set(Id id, T Task::*member, T value) {
    change([&](Transaction& change) { change.set(get(id), member, value); });
  }
};

struct Simulated {
  Plan plan;
  Schedule schedule;
  SimulatedProject model;
  simulation::Outcome outcome;
};

// One iteration of a project whose tasks do not vary, with the finish of every task.
Simulated simulated_plan(const Project& project, const SimulationAssumptions& assumptions = {}, int iterations = 1) {
  const Outline outline(project);
  Simulated result{.plan = plan_of(project, outline), .schedule = {}, .model = {}, .outcome = {}};
  result.schedule = schedule(result.plan);
  result.model = engine::simulated(project, outline, result.plan, result.schedule, assumptions);
  result.model.model.milestones.clear();
  for (std::size_t t = 0; t < result.model.model.tasks.size(); ++t) result.model.model.milestones.push_back(static_cast<int>(t));
  auto run = simulation::Simulation::prepare(result.model.model, {.iterations = iterations});
  REQUIRE(run.has_value());
  run->run();
  result.outcome = run->outcome();
  return result;
}

Minute finish_of(const Simulated& s, std::size_t row) {
  return s.model.moment(s.outcome.milestones[static_cast<std::size_t>(s.model.task_of[row])][0]);
}

// In working time: a task without duration may stand at the end of a shift or at the beginning of the next.
void check_dates(const Simulated& s) {
  PlanCalendars calendars(s.plan);
  for (std::size_t row = 0; row < s.plan.tasks.size(); ++row) {
    if (s.model.task_of[row] < 0) continue;
    CAPTURE(row);
    const Minute simulated = finish_of(s, row), scheduled = s.schedule.finish[row];
    const bool same = simulated == scheduled || calendars.of(-1)->between(std::min(simulated, scheduled), std::max(simulated, scheduled)) == 0;
    CHECK_MESSAGE(same, simulated.text() << " instead of " << scheduled.text());
  }
}

// A phase of tasks, under way or not, with everything that moves dates.
void random_project(Built& built, std::uint64_t seed) {
  RandomStream random(seed);
  built.change([&](Transaction& change) {
    built.resources.push_back(change.create<Resource>([](Resource& r) { r.name = "a"; }).id);
    built.resources.push_back(change.create<Resource>([](Resource& r) { r.name = "b"; }).id);
    for (int s = 0; s < 4; ++s) built.summaries.push_back(built.task(change, {}, 0));
    for (int t = 0; t < 18; ++t) {
      built.tasks.push_back(built.task(change, random.below(4) ? built.summaries[static_cast<std::size_t>(random.below(4))] : Id{}, 60 * random.below(40)));
      if (random.below(2)) continue;
      const Id who = built.resources[static_cast<std::size_t>(random.below(2))];
      change.create<Assignment>([&](Assignment& a) { a.task = {built.tasks.back()}; a.resource = {who}; });
    }
  });
  built.change([&](Transaction& change) {
    for (int t = 1; t < 18; ++t)
      if (random.below(3))
        built.link(change, built.tasks[static_cast<std::size_t>(random.below(t))], built.tasks[static_cast<std::size_t>(t)], static_cast<LinkType>(random.below(4)),
                   random.below(3) ? 0 : 60 * (random.below(20) - 6), static_cast<LagUnit>(random.below(4)));
  });
  const auto pick = [&] { return built.tasks[static_cast<std::size_t>(random.below(18))]; };
  for (int i = 0; i < 3; ++i) {
    built.set(pick(), &Task::levelling_delay, WorkMinutes{60 * random.below(30)});
    const Id constrained = pick();
    built.set(constrained, &Task::constraint_date, std::optional(at(random.below(20), 8 + random.below(9))));
    built.set(constrained, &Task::constraint, static_cast<ConstraintType>(2 + random.below(6)));
  }
  if (seed % 4 == 0) {
    built.set(built.summaries[0], &Task::constraint_date, std::optional(at(random.below(20), 8 + random.below(9))));
    built.set(built.summaries[0], &Task::constraint, seed % 8 == 0 ? ConstraintType::must_start_on : ConstraintType::start_no_earlier_than);
  }
  const Id begun = built.tasks[0], done = built.tasks[1];
  built.set(begun, &Task::actual_start, std::optional(at(0, 9)));
  built.set(begun, &Task::percent_complete, Permille{300});
  built.set(done, &Task::actual_start, std::optional(at(0, 8)));
  built.set(done, &Task::actual_finish, std::optional(at(1, 12)));
  if (seed % 3 == 0)
    for (const Id split : {begun, pick()}) built.set(split, &Task::splits, std::string("60/180;600/900"));
  if (seed % 2 == 0) return;
  built.change([&](Transaction& change) {
    for (const auto& settings : built.project.all<ProjectSettings>()) {
      change.set(settings, &ProjectSettings::status_date, std::optional(monday + static_cast<int>(seed % 9)));
      change.set(settings, &ProjectSettings::reschedule_unfinished, true);
    }
  });
}

// Two summaries of so many tasks each, one after the other; or every task of the one after every task of the other.
void two_phases(Built& built, int tasks, bool written_out, LinkType type = LinkType::finish_to_start) {
  built.change([&](Transaction& change) {
    std::vector<Id> first, second;
    const Id a = built.task(change, {}, 0), b = built.task(change, {}, 0);
    for (int t = 0; t < tasks; ++t) {
      first.push_back(built.task(change, a, 60 * (1 + t * 7 % 30)));
      second.push_back(built.task(change, b, 60 * (1 + t * 5 % 20)));
    }
    if (!written_out) return built.link(change, a, b, type, 180);
    for (const Id f : first)
      for (const Id s : second) built.link(change, f, s, type, 180);
  });
  for (const auto& task : built.project.all<Task>()) {
    built.set(task.id, &Task::optimistic_duration, std::optional(WorkMinutes{30}));
    built.set(task.id, &Task::pessimistic_duration, std::optional(WorkMinutes{3000}));
  }
}

}  // namespace

TEST_CASE("without uncertainty every task finishes as scheduled: links, constraints, delays, progress, status date") {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    Built built;
    random_project(built, seed);
    check_dates(simulated_plan(built.project, {.with_risks = false}));
  }
}

TEST_CASE("what is not done by the status date happens after it, when the plan asks for it") {
  Built built;
  Id a, b;
  built.change([&](Transaction& change) {
    a = built.task(change, {}, 480);
    b = built.task(change, {}, 960);
  });
  built.set(b, &Task::actual_start, std::optional(at(0, 8)));
  built.set(b, &Task::percent_complete, Permille{500});
  CHECK(finish_of(simulated_plan(built.project), 0) == at(0, 17));
  built.change([&](Transaction& change) {
    for (const auto& settings : built.project.all<ProjectSettings>()) {
      change.set(settings, &ProjectSettings::status_date, std::optional(monday + 2));
      change.set(settings, &ProjectSettings::reschedule_unfinished, true);
    }
  });
  const auto moved = simulated_plan(built.project);
  CHECK(finish_of(moved, 0) == at(3, 17));
  CHECK(finish_of(moved, 1) == at(3, 17));
  check_dates(moved);
}

TEST_CASE("begun work waits to finish with its predecessor; percent lags and own dates of a summary count as in the schedule") {
  Built built;
  Id summary;
  built.change([&](Transaction& change) {
    summary = built.task(change, {}, 0);
    const Id a = built.task(change, summary, 480), b = built.task(change, summary, 960), c = built.task(change, {}, 480), begun = built.task(change, {}, 960);
    built.link(change, a, b);
    built.link(change, summary, c, LinkType::finish_to_start, 500, LagUnit::percent);
    built.link(change, c, begun, LinkType::finish_to_finish);
    built.tasks = {a, b, c, begun};
  });
  built.set(built.tasks[3], &Task::actual_start, std::optional(at(0, 8)));
  built.set(built.tasks[3], &Task::percent_complete, Permille{500});
  const auto expect = [&](Minute end) {
    const auto one = simulated_plan(built.project);
    CHECK(finish_of(one, 3) == at(7, 12));  // three days, half of them as lag, one day
    CHECK(finish_of(one, 4) == at(7, 12));
    CHECK(one.model.moment(one.outcome.finish[0]) == end);
    CHECK(one.model.base_finish == end);
    check_dates(one);
  };
  expect(at(7, 12));
  built.change([&](Transaction& change) {
    const Task& task = built.get(summary);
    change.set(task, &Task::manual_start, std::optional(at(0, 8)));
    change.set(task, &Task::manual_finish, std::optional(at(14, 17)));
    change.set(task, &Task::manual, true);
  });
  expect(at(14, 17));
}

TEST_CASE("a link between summaries is the same as all the links between their tasks, and as many as there are tasks") {
  for (const LinkType type : {LinkType::finish_to_start, LinkType::finish_to_finish}) {
    Built joined, written;
    two_phases(joined, 7, false, type);
    two_phases(written, 7, true, type);
    const auto one = simulated_plan(joined.project, {}, 500), all = simulated_plan(written.project, {}, 500);
    CHECK(all.model.model.links.size() == 49);
    CHECK(one.model.model.links.size() == 14);
    CHECK(one.outcome.finish == all.outcome.finish);
    for (std::size_t row = 0; row < one.plan.tasks.size(); ++row)
      if (one.model.task_of[row] >= 0) {
        const auto& here = one.outcome.tasks[static_cast<std::size_t>(one.model.task_of[row])];
        const auto& there = all.outcome.tasks[static_cast<std::size_t>(all.model.task_of[row])];
        CHECK(here.criticality == there.criticality);
        CHECK(here.sensitivity == there.sensitivity);
      }
  }
  Built small, large;
  two_phases(small, 20, false);
  two_phases(large, 40, false);
  const auto links = [](const Built& built) { return simulated_plan(built.project).model.model.links.size(); };
  CHECK(links(large) == 2 * links(small));
}

TEST_CASE("links in a circle do not count, as in the schedule") {
  Built built;
  std::vector<Id> ring;
  built.change([&](Transaction& change) {
    for (int t = 0; t < 3; ++t) ring.push_back(built.task(change, {}, 480));
  });
  Outline outline(built.project);
  Plan plan = plan_of(built.project, outline);
  for (Index t = 0; t < 3; ++t) plan.links.push_back({.from = t, .to = (t + 1) % 3});
  const auto model = engine::simulated(built.project, outline, plan, schedule(plan));
  CHECK(model.model.links.size() == 2);
  CHECK(simulation::Simulation::prepare(model.model, {.iterations = 1}).has_value());
}

TEST_CASE("an estimate of the cost varies what the task costs around the plan") {
  Built built;
  Id a;
  built.change([&](Transaction& change) { a = built.task(change, {}, 480); });
  built.set(a, &Task::fixed_cost, Money{1000});
  built.set(a, &Task::optimistic_cost, std::optional(Money{400}));
  built.set(a, &Task::pessimistic_cost, std::optional(Money{2200}));
  const auto s = simulated_plan(built.project, {.shape = simulation::Shape::triangular}, 4096);
  CHECK(s.model.base_cost == 1000);
  CHECK(*mean(s.outcome.cost) == Approx(1200).epsilon(0.001));
  CHECK(*standard_deviation(s.outcome.cost) == Approx(simulation::Distribution{simulation::Shape::triangular, 400, 1000, 2200}.deviation()).epsilon(0.01));
}

TEST_CASE("of a task that has begun only what is still to do costs more or less; of a finished one nothing does") {
  for (const int percent : {500, 1000}) {
    Built built;
    Id a;
    built.change([&](Transaction& change) { a = built.task(change, {}, 480); });
    built.set(a, &Task::fixed_cost, Money{1000});
    built.set(a, &Task::pessimistic_cost, std::optional(Money{2200}));
    built.set(a, &Task::actual_start, std::optional(at(0, 8)));
    built.set(a, &Task::percent_complete, Permille{percent});
    const auto s = simulated_plan(built.project, {.shape = simulation::Shape::uniform}, 4096);
    CHECK(*simulation::percentile(s.outcome.cost, 1) == Approx(percent == 500 ? 1600 : 1000).epsilon(0.001));
  }
}

TEST_CASE("an estimate of the cost of what is paid by time is taken with every shape") {
  using enum simulation::Shape;
  for (const auto shape : {triangular, pert, uniform, normal, lognormal}) {
    Built built;
    built.change([&](Transaction& change) {
      const Id a = built.task(change, {}, 480);
      const auto who = change.create<Resource>([](Resource& r) { r.name = "a"; r.standard_rate = {6000}; }).id;  // 1.00 a minute
      change.create<Assignment>([&](Assignment& x) { x.task = {a}; x.resource = {who}; });
      change.set(built.get(a), &Task::optimistic_cost, std::optional(Money{24'000}));
    });
    const auto s = simulated_plan(built.project, {.shape = shape}, 4096);
    CHECK(s.model.base_cost == 48'000);
    CHECK(*mean(s.outcome.cost) < 48'000);
    CHECK(*mean(s.outcome.cost) > 24'000);
  }
}

// Triangular from 0 (planned) to 60.00: 20.00 in the mean, half of it when half is done.
TEST_CASE("a task that is planned to cost nothing may cost what its estimate says; that of a summary is in its parts") {
  Built built;
  Id phase, a;
  built.change([&](Transaction& change) {
    phase = built.task(change, {}, 0);
    a = built.task(change, phase, 480);
    change.set(built.get(phase), &Task::fixed_cost, Money{100});
    for (const Id id : {phase, a}) change.set(built.get(id), &Task::pessimistic_cost, std::optional(Money{6000}));
  });
  const auto mean_cost = [&] { return *mean(simulated_plan(built.project, {.shape = simulation::Shape::triangular}, 4096).outcome.cost); };
  CHECK(mean_cost() == Approx(100 + 2000).epsilon(0.01));
  built.set(a, &Task::actual_start, std::optional(at(0, 8)));
  built.set(a, &Task::percent_complete, Permille{500});
  CHECK(mean_cost() == Approx(100 + 1000).epsilon(0.01));
}

// Two days of work with two days of rest between them, at 1.00 a minute: up to four days, 1280 minutes in the mean.
TEST_CASE("a split task costs for its work, not for its breaks") {
  Built built;
  built.change([&](Transaction& change) {
    const Id a = built.task(change, {}, 960);
    const auto who = change.create<Resource>([](Resource& r) { r.name = "a"; r.standard_rate = {6000}; }).id;
    change.create<Assignment>([&](Assignment& x) { x.task = {a}; x.resource = {who}; });
    change.set(built.get(a), &Task::splits, std::string("480/1440"));
    change.set(built.get(a), &Task::pessimistic_duration, std::optional(WorkMinutes{1920}));
  });
  const auto s = simulated_plan(built.project, {.shape = simulation::Shape::triangular}, 4096);
  CHECK(s.model.base_cost == 96'000);
  CHECK(*mean(s.outcome.cost) == Approx(128'000).epsilon(0.002));
}

TEST_CASE("a delay by a risk costs what its time costs") {
  Built built;
  Id a, who;
  built.change([&](Transaction& change) {
    a = built.task(change, {}, 10 * 480);
    who = change.create<Resource>([](Resource& r) { r.name = "a"; r.standard_rate = {6000}; }).id;  // 1.00 a minute
    change.create<Assignment>([&](Assignment& x) { x.task = {a}; x.resource = {who}; });
    change.create<Risk>([&](Risk& r) {
      r.title = "Rain";
      r.probability_percent = Permille{250};
      r.delay_effect = WorkMinutes{960};
      r.cost_effect = Money{70'000};
      r.tasks = {{a}};
    });
  });
  const auto s = simulated_plan(built.project, {}, 4096);
  CHECK(s.model.base_cost == 480'000);
  CHECK(*simulation::percentile(s.outcome.cost, 0.7) == Approx(480'000));
  CHECK(*simulation::percentile(s.outcome.cost, 0.8) == Approx(480'000 + 96'000 + 70'000));
  CHECK(*mean(s.outcome.cost) == Approx(480'000 + 0.25 * 166'000).epsilon(0.002));
}

TEST_CASE("the shape of an estimate is the task's own, else the one chosen, else the project's") {
  using simulation::Shape;
  Built built;
  Id own, plain;
  built.change([&](Transaction& change) {
    own = built.task(change, {}, 480);
    plain = built.task(change, {}, 480);
    change.set(built.get(own), &Task::estimate_shape, std::optional(EstimateShape::triangular));
    for (const Id id : {own, plain}) {
      change.set(built.get(id), &Task::pessimistic_duration, std::optional(WorkMinutes{960}));
      change.set(built.get(id), &Task::fixed_cost, Money{1000});
      change.set(built.get(id), &Task::pessimistic_cost, std::optional(Money{2000}));
    }
    for (const auto& settings : built.project.all<ProjectSettings>()) change.set(settings, &ProjectSettings::estimate_shape, EstimateShape::lognormal);
  });
  const auto shapes = [&](const SimulationAssumptions& assumptions) {
    const auto model = simulated_plan(built.project, assumptions).model.model;
    CHECK(model.tasks[0].cost.shape == model.tasks[0].duration.shape);
    return std::pair(model.tasks[0].duration.shape, model.tasks[1].duration.shape);
  };
  CHECK(shapes({}) == std::pair(Shape::triangular, Shape::lognormal));
  CHECK(shapes({.shape = Shape::normal}) == std::pair(Shape::triangular, Shape::normal));
}

TEST_CASE("effects of a risk by three points; what is missing of them follows from the others") {
  Built built;
  Id a;
  built.change([&](Transaction& change) { a = built.task(change, {}, 480); });
  const auto mean_cost = [&](RiskKind kind, std::optional<Money> low, std::optional<Money> likely, std::optional<Money> high) {
    Id risk;
    built.change([&](Transaction& change) {
      risk = change.create<Risk>([&](Risk& r) {
        r.title = "Rain", r.kind = kind, r.probability_percent = Permille{1000};
        r.cost_effect_low = low, r.cost_effect = likely, r.cost_effect_high = high;
      }).id;
    });
    const auto s = simulated_plan(built.project, {.shape = simulation::Shape::triangular}, 4096);
    REQUIRE(built.project.undo());
    return *mean(s.outcome.cost);
  };
  const Money ten{10'000}, twenty{20'000}, sixty{60'000};
  CHECK(mean_cost(RiskKind::threat, ten, twenty, sixty) == Approx(30'000).epsilon(0.001));
  CHECK(mean_cost(RiskKind::opportunity, ten, twenty, sixty) == Approx(-30'000).epsilon(0.001));
  CHECK(mean_cost(RiskKind::threat, Money{-60'000}, Money{-20'000}, Money{-10'000}) == Approx(30'000).epsilon(0.001));  // entered as amounts lost
  CHECK(mean_cost(RiskKind::threat, {}, twenty, {}) == Approx(20'000));
  CHECK(mean_cost(RiskKind::threat, ten, {}, sixty) == Approx(35'000).epsilon(0.001));   // likely in the middle
  CHECK(mean_cost(RiskKind::threat, {}, twenty, sixty) == Approx(100'000 / 3.0).epsilon(0.001));  // least is the likely one
  CHECK(mean_cost(RiskKind::opportunity, {}, {}, sixty) == Approx(-60'000));
  built.change([&](Transaction& change) {
    change.create<Risk>([&](Risk& r) {
      r.title = "Rock", r.probability_percent = Permille{1000}, r.tasks = {{a}};
      r.delay_effect_low = WorkMinutes{0}, r.delay_effect = WorkMinutes{480}, r.delay_effect_high = WorkMinutes{1920};
    });
  });
  const auto s = simulated_plan(built.project, {.shape = simulation::Shape::triangular}, 4096);
  CHECK(s.outcome.tasks[0].mean_duration == Approx(480 + 800).epsilon(0.001));
}

TEST_CASE("durations of a branch correlate by its coefficient, those of one resource by the assumed one") {
  Built built;
  Id branch, inner, a, b, c, d;
  built.change([&](Transaction& change) {
    branch = built.task(change, {}, 0);
    a = built.task(change, branch, 480);
    b = built.task(change, branch, 480);
    inner = built.task(change, branch, 0);
    c = built.task(change, inner, 480);
    d = built.task(change, {}, 480);
    const Id crane = change.create<Resource>([](Resource& r) { r.name = "Crane"; r.kind = ResourceKind::equipment; }).id;
    const Id mason = change.create<Resource>([](Resource& r) { r.name = "Mason"; }).id;
    const std::pair<Id, Id> assigned[] = {{b, crane}, {b, mason}, {d, crane}};
    for (const auto& [task, who] : assigned) change.create<Assignment>([&](Assignment& x) { x.task = {task}; x.resource = {who}; });
    for (const Id task : {a, b, c, d}) change.set(built.get(task), &Task::pessimistic_duration, std::optional(WorkMinutes{960}));
    change.set(built.get(branch), &Task::estimate_correlation, std::optional(Permille{600}));
  });
  const auto shares = [&](const SimulationAssumptions& assumptions) {
    const auto simulated = simulated_plan(built.project, assumptions).model;
    std::string text;
    for (const auto& factor : simulated.model.factors) {
      for (const auto& [task, share] : factor.shares)
        text += std::to_string(simulated.row_of[static_cast<std::size_t>(task)]) + ":" + std::to_string(std::lround(share * 1000)) + " ";
      text += "; ";
    }
    return text;
  };
  // Rows: 0 branch, 1 a, 2 b, 3 inner, 4 c, 5 d.
  CHECK(shares({}) == "1:600 2:600 4:600 ; ");
  CHECK(shares({.correlation = {200}}) == "1:400 2:400 4:400 ; ");  // beyond what all have in common
  CHECK(shares({.correlation = {700}}).empty());
  built.set(inner, &Task::estimate_correlation, std::optional(Permille{0}));  // the nearest one counts: apart from the rest
  CHECK(shares({}) == "1:600 2:600 ; ");
  // b has two resources, half of it each; with the branch 0.6 + 0.8 are more than whole and give way: 3/7 and 4/7. The mason
  // works nowhere else.
  CHECK(shares({.resource_correlation = {800}}) == "1:600 2:429 ; 2:286 5:800 ; ");
}

TEST_CASE("soft constraints and lags in other calendars hold in the simulation as in the schedule") {
  for (const auto lag_calendar : {LagCalendar::predecessor, LagCalendar::project}) {
    Built built;
    built.change([&](Transaction& change) {
      const auto& mornings = change.create<Calendar>([](Calendar& c) {
        c.name = "Mornings";
        c.monday = c.tuesday = c.wednesday = c.thursday = c.friday = Shifts::parse("08:00-12:00");
        c.saturday = c.sunday = Shifts{};
      });
      const Id a = built.task(change, {}, 480), b = built.task(change, {}, 480), c = built.task(change, {}, 960), d = built.task(change, {}, 480);
      change.set(built.get(lag_calendar == LagCalendar::project ? a : b), &Task::calendar, Ref<Calendar>{mornings.id});
      built.link(change, a, b, LinkType::finish_to_start, 480);
      built.link(change, b, c, LinkType::start_to_start, 600);
      built.link(change, c, d);
      change.set(built.get(c), &Task::constraint, ConstraintType::must_start_on);
      change.set(built.get(c), &Task::constraint_date, std::optional(at(9, 8)));
      change.set(built.get(d), &Task::constraint, ConstraintType::must_finish_on);
      change.set(built.get(d), &Task::constraint_date, std::optional(at(2, 17)));
      for (const Id soft : {c, d}) change.set(built.get(soft), &Task::constraint_gives_way, true);
      for (const auto& settings : built.project.all<ProjectSettings>()) change.set(settings, &ProjectSettings::lag_calendar, lag_calendar);
    });
    check_dates(simulated_plan(built.project, {.with_risks = false}));
  }
}
