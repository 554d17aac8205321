// From a project to the calculations: costs, baselines, earned value, simulation, load, quality of the schedule.
#include <doctest/doctest.h>

#include "app/engine/control/earned_value_of_project.h"
#include "app/engine/control/schedule_quality.h"
#include "app/engine/levelling/level_plan.h"
#include "app/engine/resources/resource_load_of_project.h"
#include "app/engine/risk/simulation_of_project.h"
#include "app/engine/schedule/plan_of_project.h"
#include "app/model/records/cost.h"
#include "app/model/records/risk.h"
#include "app/sample/sample.h"
#include "tests/unit/engine_numeric/january.h"

using namespace pmo;
using namespace pmo::engine;

namespace {

// Two weeks of work: a (5 days, two builders), then b (5 days, one builder, 100.00 on top), c beside b.
struct House {
  FixedSurroundings surroundings;
  Project project{product_schema(), Id{1, 1}, surroundings};
  Id phase, a, b, c, builder;

  House() {
    Transaction change(project, "transaction.sample"_key);
    change.create<ProjectSettings>([](ProjectSettings& s) {
      s.name = "House";
      s.start = at(0, 8);
    });
    builder = change.create<Resource>([](Resource& r) {
      r.name = "Builder";
      r.maximum_units = {2000};
      r.standard_rate = {1000};  // 10.00 an hour
    }).id;
    phase = task(change, "Phase", {}, 0);
    a = task(change, "a", phase, 5);
    b = task(change, "b", phase, 5);
    c = task(change, "c", phase, 5);
    link(change, a, b);
    link(change, a, c);
    assign(change, a, 2000);
    assign(change, b, 1000);
    assign(change, c, 2000);
    change.set(*project.find(Ref<Task>{b}), &Task::fixed_cost, Money{10'000});
    REQUIRE(change.commit());
  }

  Id task(Transaction& change, const char* name, Id parent, int days) {
    return *insert_task(change, parent, {}, [&](Task& t) {
      t.name = name;
      t.duration = {days * 480};
    });
  }
  void link(Transaction& change, Id from, Id to) {
    change.create<Link>([&](Link& l) {
      l.predecessor = {from};
      l.successor = {to};
    });
  }
  void assign(Transaction& change, Id task, std::int32_t units) {
    change.create<Assignment>([&](Assignment& x) {
      x.task = {task};
      x.resource = {builder};
      x.units = {units};
    });
  }
  template <class Edit>
  void change(Edit&& edit) {
    Transaction change(project, "transaction.sample"_key);
    edit(change);
    REQUIRE(change.commit());
  }
  const Task& get(Id id) const { return *project.find(Ref<Task>{id}); }
  void baseline(std::string name) {
    const Outline outline(project);
    const Plan plan = plan_of(project, outline);
    change([&](Transaction& t) { take_baseline(t, outline, plan, schedule(plan), {std::move(name), at(0, 8)}); });
  }
  ProjectEarnedValue earned(Day date) const {
    const Outline outline(project);
    const Plan plan = plan_of(project, outline);
    const auto* latest = reference_baseline(project);
    return earned_value_of(project, outline, plan, schedule(plan), {date, {latest ? latest->id : Id{}}});
  }
};

}  // namespace

TEST_CASE("planned costs: hours by rates, fixed costs, sums of summaries") {
  const House house;
  const Plan plan = plan_of(house.project);
  const auto own = costs_of(house.project, plan, schedule(plan));
  CHECK(own[1].total() == 80 * 1000);        // 40 hours of two
  CHECK(own[1].work == 80 * 60);
  CHECK(own[2].by_time == 40 * 1000);
  CHECK(own[2].fixed == 10'000);
  CHECK(with_parts(plan, own)[0].total() == (80 + 40 + 80) * 1000 + 10'000);
}

TEST_CASE("material costs by quantity, a cost resource its amount") {
  House house;
  house.change([&](Transaction& change) {
    const Id stone = change.create<Resource>([](Resource& r) { r.name = "Stone"; r.kind = ResourceKind::material; r.standard_rate = {500}; r.cost_per_use = {70}; }).id;
    const Id travel = change.create<Resource>([](Resource& r) { r.name = "Travel"; r.kind = ResourceKind::cost; }).id;
    change.create<Assignment>([&](Assignment& x) { x.task = {house.a}; x.resource = {stone}; x.quantity = whole(12); });
    change.create<Assignment>([&](Assignment& x) { x.task = {house.a}; x.resource = {travel}; x.cost = Money{333}; });
  });
  const Plan plan = plan_of(house.project);
  CHECK(costs_of(house.project, plan, schedule(plan))[1].fixed == 12 * 500 + 70 + 333);
}

TEST_CASE("a baseline keeps dates, work and cost; later changes show as variance") {
  House house;
  house.baseline("Approved");
  house.change([&](Transaction& change) { change.set(house.get(house.a), &Task::duration, WorkMinutes{7 * 480}); });
  const Outline outline(house.project);
  const Plan plan = plan_of(house.project, outline);
  const auto variances = compare_with_baseline(house.project, outline, plan, schedule(plan), {reference_baseline(house.project)->id});
  REQUIRE(variances.size() == 4);
  CHECK(variances[1].start == 0);
  CHECK(variances[1].finish == 2 * 480);
  CHECK(variances[1].duration == 2 * 480);
  CHECK(variances[1].cost == 2 * 16 * 1000);
  CHECK(variances[2].start == 2 * 480);
  CHECK(variances[0].finish == 2 * 480);
  CHECK(variances[0].part->cost.value == 210'000);
  CHECK(variances[0].cost == 2 * 16 * 1000);
}

TEST_CASE("what was finished on the dates of its baseline is not longer, by whatever calendar the baseline measured it") {
  House house;
  house.baseline("Approved");
  house.change([&](Transaction& change) {
    change.set(house.get(house.a), &Task::actual_start, std::optional(at(0, 8)));
    change.set(house.get(house.a), &Task::actual_finish, std::optional(at(4, 17)));
    change.set(house.get(house.a), &Task::percent_complete, Permille{1000});
    for (const BaselineTask& part : house.project.all<BaselineTask>())
      if (part.task.id == house.a) change.set(part, &BaselineTask::duration, WorkMinutes{4 * 480});
  });
  const Outline outline(house.project);
  const Plan plan = plan_of(house.project, outline);
  const auto variances = compare_with_baseline(house.project, outline, plan, schedule(plan), {reference_baseline(house.project)->id});
  CHECK(variances[1].finish == 0);
  CHECK(variances[1].duration == 0);
}

TEST_CASE("a project is measured against its newest agreed baseline, or the one that is chosen; a published plan changes nothing") {
  House house;
  CHECK_FALSE(reference_baseline(house.project));
  const auto take = [&](std::string name, int day, BaselineStatus status) {
    const Outline outline(house.project);
    const Plan plan = plan_of(house.project, outline);
    Id id;
    house.change([&](Transaction& t) { id = take_baseline(t, outline, plan, schedule(plan), {.name = std::move(name), .taken = at(day, 8), .status = status}); });
    return id;
  };
  const Id published = take("Plan 1", 0, BaselineStatus::published);
  CHECK_FALSE(reference_baseline(house.project));
  const Id first = take("First", 1, BaselineStatus::agreed), second = take("Second", 3, BaselineStatus::agreed);
  take("Plan 2", 4, BaselineStatus::published);
  take("Idea", 5, BaselineStatus::proposed);
  CHECK(reference_baseline(house.project)->id == second);
  CHECK_FALSE(is_reference_chosen(house.project));
  const auto choose = [&](Id id) {
    house.change([&](Transaction& t) { t.set(house.project.all<ProjectSettings>().at(0), &ProjectSettings::reference_baseline, Ref<Baseline>{id}); });
  };
  choose(first);
  CHECK(reference_baseline(house.project)->id == first);
  CHECK(is_reference_chosen(house.project));
  take("Third", 6, BaselineStatus::agreed);
  CHECK(reference_baseline(house.project)->id == first);  // chosen stays chosen
  choose(published);
  CHECK(reference_baseline(house.project)->id == published);
  house.change([&](Transaction& t) { t.erase(*house.project.find(Ref<Baseline>{published})); });
  CHECK(reference_baseline(house.project)->name == "Third");
  CHECK_FALSE(is_reference_chosen(house.project));
}

TEST_CASE("a task that came after the baseline has no variance") {
  House house;
  house.baseline("Approved");
  house.change([&](Transaction& change) { house.task(change, "d", {}, 3); });
  const Outline outline(house.project);
  const Plan plan = plan_of(house.project, outline);
  const auto variances = compare_with_baseline(house.project, outline, plan, schedule(plan), {reference_baseline(house.project)->id});
  CHECK(variances.back().part == nullptr);
}

TEST_CASE("earned value of a project: planned by the baseline, earned by progress, spent by entries") {
  House house;
  house.baseline("Approved");
  house.change([&](Transaction& change) {
    change.set(house.get(house.a), &Task::actual_start, std::optional(at(0, 8)));
    change.set(house.get(house.a), &Task::percent_complete, Permille{500});
    change.create<CostEntry>([&](CostEntry& e) { e.description = "Wages"; e.date = monday + 3; e.amount = {50'000}; e.task = {house.a}; });
    change.create<CostEntry>([&](CostEntry& e) { e.description = "Order"; e.date = monday + 3; e.amount = {99'000}; e.kind = CostKind::commitment; });
    change.create<CostEntry>([&](CostEntry& e) { e.description = "Later"; e.date = monday + 5; e.amount = {7'000}; });
  });
  const auto value = house.earned(monday + 3);  // the end of Thursday
  CHECK(value.total.budget_at_completion == 210'000);
  CHECK(value.total.planned_value == doctest::Approx(64'000));
  CHECK(value.total.earned_value == doctest::Approx(40'000));
  CHECK(value.total.actual_cost == 50'000);
  CHECK(value.tasks[0].planned_value == doctest::Approx(64'000));
  CHECK(value.tasks[1].actual_cost == 50'000);
  // Half of the first five days was earned: 2.5 of 4 days.
  CHECK(value.actual_time == doctest::Approx(4));
  CHECK(*value.schedule.earned_schedule == doctest::Approx(2.5));
  CHECK(*value.schedule.schedule_performance_index == doctest::Approx(0.625));
  CHECK(value.planned_duration == doctest::Approx(10));
  CHECK(*value.schedule.estimate_current_pace == doctest::Approx(16));
  REQUIRE(value.forecast_finish);
  CHECK(value.forecast_finish->text() == "2026-01-26");
  const auto& days = value.days;
  CHECK(days.front().day == monday);
  CHECK(days[1].planned_value == doctest::Approx(32'000));
  CHECK(*days[1].earned_value == doctest::Approx(20'000));
  CHECK(*days[2].actual_cost == 0);
  CHECK(*days[3].actual_cost == 50'000);
  CHECK_FALSE(days[4].earned_value.has_value());
  CHECK(days.back().planned_value == doctest::Approx(210'000));
}

TEST_CASE("time stops when all is earned: a project that is over does not fall behind") {
  House house;
  house.baseline("Approved");
  house.change([&](Transaction& change) {
    for (const auto& [task, first] : {std::pair(house.a, 0), {house.b, 7}, {house.c, 7}}) {
      change.set(house.get(task), &Task::actual_start, std::optional(at(first, 8)));
      change.set(house.get(task), &Task::actual_finish, std::optional(at(first + 4, 17)));
      change.set(house.get(task), &Task::percent_complete, Permille{1000});
    }
  });
  const auto then = house.earned(monday + 11), later = house.earned(monday + 200);  // the second Friday is the planned finish
  CHECK(then.total.earned_value == doctest::Approx(210'000));
  CHECK(*then.schedule.schedule_performance_index == doctest::Approx(1));
  CHECK(later.actual_time == doctest::Approx(then.actual_time));
  CHECK(*later.schedule.schedule_performance_index == doctest::Approx(1));
  CHECK(later.forecast_finish == then.forecast_finish);
}

TEST_CASE("before the planned start there is no earned schedule") {
  House house;
  house.baseline("Approved");
  const auto value = house.earned(monday - 30);
  CHECK(value.actual_time < 0);
  CHECK_FALSE(value.schedule.earned_schedule);
  CHECK_FALSE(value.schedule.schedule_variance);
  CHECK_FALSE(value.schedule.estimate_planned_pace);
  CHECK_FALSE(value.forecast_finish);
}

TEST_CASE("methods of earning: 0/100, 50/50, level of effort, apportioned") {
  House house;
  house.change([&](Transaction& change) {
    change.set(house.get(house.a), &Task::actual_start, std::optional(at(0, 8)));
    change.set(house.get(house.a), &Task::percent_complete, Permille{400});
  });
  const auto earned_with = [&](EarnedValueMethod method, int days) {
    house.change([&](Transaction& change) { change.set(house.get(house.a), &Task::earned_value_method, method); });
    return house.earned(monday + days).tasks[1].earned_value;
  };
  CHECK(earned_with(EarnedValueMethod::percent_complete, 3) == doctest::Approx(32'000));
  CHECK(earned_with(EarnedValueMethod::zero_hundred, 3) == 0);
  CHECK(earned_with(EarnedValueMethod::fifty_fifty, 3) == 40'000);
  CHECK(earned_with(EarnedValueMethod::level_of_effort, 3) == doctest::Approx(64'000));
  CHECK(earned_with(EarnedValueMethod::apportioned, 3) == 0);  // nothing beside it has begun
}

TEST_CASE("accounts: budgets of their tasks and of those below, entries by account before task") {
  House house;
  Id site, earth;
  house.change([&](Transaction& change) {
    site = change.create<CostAccount>([](CostAccount& x) { x.name = "Site"; x.budget = {500}; }).id;
    earth = change.create<CostAccount>([&](CostAccount& x) { x.name = "Earth"; x.parent = {site}; }).id;
    change.set(house.get(house.phase), &Task::cost_account, Ref<CostAccount>{site});
    change.set(house.get(house.a), &Task::cost_account, Ref<CostAccount>{earth});
    change.create<CostEntry>([&](CostEntry& e) { e.description = "x"; e.date = monday; e.amount = {10}; e.task = {house.a}; });
    change.create<CostEntry>([&](CostEntry& e) { e.description = "y"; e.date = monday; e.amount = {20}; e.task = {house.a}; e.account = {site}; });
  });
  const auto value = house.earned(monday);
  REQUIRE(value.accounts.size() == 2);
  CHECK(value.accounts[1].parent == 0);
  CHECK(value.accounts[1].amounts.budget_at_completion == 80'000);
  CHECK(value.accounts[0].amounts.budget_at_completion == 210'000);
  CHECK(value.accounts[1].amounts.actual_cost == 10);
  CHECK(value.accounts[0].amounts.actual_cost == 30);
  CHECK(value.accounts[0].budget == 500);
}

TEST_CASE("without uncertainty a simulation gives the schedule's finish") {
  for (const bool sample : {false, true}) {
    House house;
    FixedSurroundings surroundings;
    Project library(product_schema(), Id{1, 1}, surroundings);
    if (sample) REQUIRE(make_sample_project(library, Language::english));
    const Project& project = sample ? library : house.project;
    const Outline outline(project);
    Plan plan = plan_of(project, outline);
    if (sample) {
      const auto levelled = levelling::level_plan(plan);
      for (std::size_t t = 0; t < plan.tasks.size(); ++t) plan.tasks[t].levelling_delay = levelled.delays[t];
    }
    const Schedule dates = schedule(plan);
    auto simulated_project = simulated(project, outline, plan, dates, {.with_risks = false});
    for (auto& task : simulated_project.model.tasks) task.duration = simulation::Distribution::exactly(task.duration.likely);
    auto run = simulation::Simulation::prepare(simulated_project.model, {.iterations = 8});
    REQUIRE(run.has_value());
    run->run();
    const auto outcome = run->outcome();
    CHECK(simulated_project.moment(outcome.finish[0]).text() == dates.project_finish.text());
    double planned = 0;
    for (const auto& cost : costs_of(project, plan, dates)) planned += cost.total();
    CHECK(outcome.cost[0] == doctest::Approx(planned));
    CHECK(simulated_project.base_cost == doctest::Approx(planned));
  }
}

TEST_CASE("simulated: estimates vary, finished tasks do not, risks delay what they name") {
  House house;
  house.change([&](Transaction& change) {
    change.set(house.get(house.b), &Task::optimistic_duration, std::optional(WorkMinutes{4 * 480}));
    change.set(house.get(house.b), &Task::pessimistic_duration, std::optional(WorkMinutes{9 * 480}));
    change.set(house.get(house.a), &Task::optimistic_duration, std::optional(WorkMinutes{480}));
    change.set(house.get(house.a), &Task::actual_start, std::optional(at(0, 8)));
    change.set(house.get(house.a), &Task::actual_finish, std::optional(at(4, 17)));
    change.create<Risk>([&](Risk& r) {
      r.title = "Rain";
      r.probability_percent = Permille{300};
      r.delay_effect = WorkMinutes{20 * 480};
      r.tasks = {{house.a}, {house.c}};
    });
    change.create<Risk>([&](Risk& r) { r.title = "Gone"; r.status = RiskStatus::closed; r.probability_percent = Permille{900}; r.cost_effect = Money{1}; });
  });
  const Outline outline(house.project);
  const Plan plan = plan_of(house.project, outline);
  const auto model = simulated(house.project, outline, plan, schedule(plan));
  CHECK(model.estimated_tasks == 1);
  REQUIRE(model.model.events.size() == 1);
  REQUIRE(model.model.events[0].effects.size() == 1);
  CHECK(model.row_of[static_cast<std::size_t>(model.model.events[0].effects[0].task)] == 3);
  auto run = simulation::Simulation::prepare(model.model, {.iterations = 4096});
  REQUIRE(run.has_value());
  run->run();
  const auto outcome = run->outcome();
  CHECK(outcome.event_share[0] == doctest::Approx(0.3).epsilon(0.05));
  CHECK(outcome.tasks[static_cast<std::size_t>(model.task_of[3])].criticality > 0.29);
  CHECK(model.moment(static_cast<simulation::Offset>(*simulation::percentile(outcome.finish, 1.0))) == at(5 * 7 + 4, 17));
}

TEST_CASE("of a started task only the rest is uncertain") {
  House house;
  house.change([&](Transaction& change) {
    change.set(house.get(house.b), &Task::optimistic_duration, std::optional(WorkMinutes{4 * 480}));
    change.set(house.get(house.b), &Task::pessimistic_duration, std::optional(WorkMinutes{10 * 480}));
    change.set(house.get(house.a), &Task::actual_start, std::optional(at(0, 8)));
    change.set(house.get(house.a), &Task::actual_finish, std::optional(at(4, 17)));
    change.set(house.get(house.b), &Task::actual_start, std::optional(at(7, 8)));
    change.set(house.get(house.b), &Task::percent_complete, Permille{600});
  });
  const Outline outline(house.project);
  const Plan plan = plan_of(house.project, outline);
  const auto model = simulated(house.project, outline, plan, schedule(plan), {.shape = simulation::Shape::uniform});
  const auto& rest = model.model.tasks[static_cast<std::size_t>(model.task_of[2])];
  CHECK(rest.duration.low == doctest::Approx(4 * 480 * 0.4));
  CHECK(rest.duration.high == doctest::Approx(10 * 480 * 0.4));
  CHECK(model.moment(rest.earliest) == at(10, 8));  // three days are done
}

TEST_CASE("who is asked for too much, when, and by which tasks") {
  const House house;
  const Outline outline(house.project);
  const Plan plan = plan_of(house.project, outline);
  const auto demand = resource_demand(plan, schedule(plan));
  REQUIRE(demand.size() == 1);
  REQUIRE(demand[0].conflicts.size() == 1);
  const auto& conflict = demand[0].conflicts[0];
  CHECK(conflict.start == at(7, 8));
  CHECK(conflict.finish == at(11, 17));
  CHECK(conflict.demanded.value == 3000);
  CHECK(conflict.offered.value == 2000);
  CHECK(conflict.tasks == std::vector<Index>{2, 3});
  const auto weeks = resource_load(demand[0].demand, demand[0].offer, LoadStep::week);
  REQUIRE(weeks.size() == 2);
  CHECK(weeks[0].load.value == 80 * 60);
  CHECK(weeks[0].available.value == 80 * 60);
  CHECK(weeks[1].overload.value == 40 * 60);
}

TEST_CASE("the fourteen points find what is unsound") {
  House house;
  house.baseline("Approved");
  house.change([&](Transaction& change) {
    change.set(house.get(house.b), &Task::constraint, ConstraintType::must_start_on);
    change.set(house.get(house.b), &Task::constraint_date, std::optional(at(14, 8)));
    change.set(house.get(house.c), &Task::duration, WorkMinutes{60 * 480});
    const Id d = house.task(change, "d", {}, 2);
    change.create<Link>([&](Link& l) { l.predecessor = {house.a}; l.successor = {d}; l.type = LinkType::start_to_start; l.lag = -480; });
  });
  const Outline outline(house.project);
  const Plan plan = plan_of(house.project, outline);
  const Schedule dates = schedule(plan);
  const auto* baseline = reference_baseline(house.project);
  const auto findings = assess_schedule({.outline = outline, .plan = plan, .schedule = dates, .baseline = parts_of(house.project, outline, {baseline->id}),
                                         .cost = {}, .status = monday + 6});
  REQUIRE(findings.size() == enum_size<QualityPoint>);
  const auto of = [&](QualityPoint point) -> const QualityFinding& { return findings[static_cast<std::size_t>(point)]; };
  CHECK(of(QualityPoint::logic).tasks == std::vector<Index>{2, 4});  // c is the end, a the start
  CHECK(of(QualityPoint::leads).found == 1);
  CHECK(of(QualityPoint::leads).passed == false);
  CHECK(of(QualityPoint::lags).passed == true);
  CHECK(*of(QualityPoint::link_types).value == doctest::Approx(2.0 / 3));
  CHECK(of(QualityPoint::hard_constraints).tasks == std::vector<Index>{2});
  CHECK(of(QualityPoint::high_float).tasks == std::vector<Index>{4});
  CHECK(of(QualityPoint::high_duration).tasks == std::vector<Index>{3});
  CHECK(of(QualityPoint::resources).tasks == std::vector<Index>{4});
  CHECK(of(QualityPoint::invalid_dates).tasks == std::vector<Index>{1, 4});  // should have begun before the status date
  CHECK(of(QualityPoint::missed_tasks).tasks == std::vector<Index>{1});
  CHECK(*of(QualityPoint::baseline_execution_index).value == 0);  // of one that was due, and one that came later
  CHECK(of(QualityPoint::critical_path_test).passed == true);
  CHECK(of(QualityPoint::negative_float).passed == true);
}

TEST_CASE("links of a task that is not active do not count; a project scheduled from its finish passes the delay on to its start") {
  House house;
  house.change([&](Transaction& change) {
    const auto& settings = house.project.all<ProjectSettings>().at(0);
    change.set(settings, &ProjectSettings::schedule_from, ScheduleFrom::finish);
    change.set(settings, &ProjectSettings::finish, std::optional(at(11, 17)));
    const Id dropped = *insert_task(change, {}, {}, [](Task& t) { t.name = "dropped", t.duration = {480}, t.active = false; });
    change.create<Link>([&](Link& l) { l.predecessor = {house.b}; l.successor = {dropped}; l.lag = -480; });
    house.link(change, house.c, dropped);
  });
  const Outline outline(house.project);
  const Plan plan = plan_of(house.project, outline);
  const Schedule dates = schedule(plan);
  REQUIRE(dates.start[1] == at(0, 8));
  const auto findings = assess_schedule({.outline = outline, .plan = plan, .schedule = dates, .status = monday});
  const auto of = [&](QualityPoint point) -> const QualityFinding& { return findings[static_cast<std::size_t>(point)]; };
  CHECK(of(QualityPoint::logic).tasks == std::vector<Index>{3});  // of b and c one may be the end
  CHECK(of(QualityPoint::leads).found == 0);
  CHECK(of(QualityPoint::link_types).of == 2);
  CHECK(of(QualityPoint::critical_path_test).passed == true);
}

// DCMA: the length index takes the float of the project's finish, the execution index counts tasks that no baseline holds.
TEST_CASE("the two indices of a schedule by their definitions") {
  House house;
  house.baseline("Approved");
  house.change([&](Transaction& change) {
    change.set(house.get(house.a), &Task::actual_start, std::optional(at(0, 8)));
    change.set(house.get(house.a), &Task::percent_complete, Permille{1000});
    change.set(house.get(house.b), &Task::deadline, std::optional(at(11, 17)));  // just met
    change.set(house.get(house.c), &Task::duration, WorkMinutes{3 * 480});
    change.set(house.get(house.c), &Task::deadline, std::optional(at(8, 17)));  // a day too early, which does not move the finish
    house.task(change, "not in the baseline", {}, 1);
    house.task(change, "nor this one", {}, 1);
  });
  const Outline outline(house.project);
  const Plan plan = plan_of(house.project, outline);
  const Schedule dates = schedule(plan);
  REQUIRE(dates.total_float[3] == -480);
  const auto* baseline = reference_baseline(house.project);
  const auto findings = assess_schedule({.outline = outline, .plan = plan, .schedule = dates, .baseline = parts_of(house.project, outline, {baseline->id}),
                                         .cost = {}, .status = monday + 4});
  CHECK(*findings[static_cast<std::size_t>(QualityPoint::critical_path_length_index)].value == doctest::Approx(1));
  const auto& execution = findings[static_cast<std::size_t>(QualityPoint::baseline_execution_index)];
  CHECK(execution.found == 1);
  CHECK(execution.of == 3);  // one due, two that no baseline holds
  CHECK(*execution.value == doctest::Approx(1.0 / 3));
  CHECK(execution.tasks == std::vector<Index>{4, 5});
}

TEST_CASE("limits of quality: only what differs is written; nonsense is passed over") {
  CHECK(text_of({}).empty());
  const auto limits = quality_limits("logic=80;long_days=30;unknown=3;lags=x;leads=-1");
  CHECK(limits.limit[static_cast<int>(QualityPoint::logic)] == 80);
  CHECK(limits.long_days == 30);
  CHECK(limits.limit[static_cast<int>(QualityPoint::lags)] == 50);
  CHECK(limits.limit[static_cast<int>(QualityPoint::leads)] == 0);
  CHECK(text_of(limits) == "logic=80;long_days=30");
  CHECK(quality_limits(text_of(limits)) == limits);
}

TEST_CASE("an empty project has figures of nothing, and no crash") {
  FixedSurroundings surroundings;
  Project project(product_schema(), Id{1, 1}, surroundings);
  const Outline outline(project);
  const Plan plan = plan_of(project, outline);
  const Schedule dates = schedule(plan);
  const auto value = earned_value_of(project, outline, plan, dates, {monday, {}});
  CHECK(value.total.budget_at_completion == 0);
  CHECK(value.accounts.empty());
  CHECK(resource_demand(plan, dates).empty());
  const auto nothing = simulated(project, outline, plan, dates);
  CHECK(nothing.model.tasks.empty());
  CHECK(nothing.moment(0) == dates.project_finish);
  CHECK_FALSE(value.schedule.earned_schedule);
  for (const auto& finding : assess_schedule({.outline = outline, .plan = plan, .schedule = dates, .status = monday})) CHECK_FALSE(finding.value.has_value());
}
