// When costs arise and what they are worth: dated rates, accrual, availability over time, steps and estimates to complete.
// Numbers are worked out by hand beside each case; a day has eight working hours.
#include <doctest/doctest.h>

#include <cmath>
#include <map>

#include "app/engine/change/project_state.h"
#include "app/engine/control/finance_of_project.h"
#include "app/engine/control/planned_value.h"
#include "app/engine/resources/resource_load_of_project.h"
#include "app/engine/resources/resource_rates.h"
#include "app/engine/schedule/plan_of_project.h"
#include "app/model/records/earned_value.h"
#include "tests/unit/engine_numeric/january.h"

using namespace pmo;
using namespace pmo::engine;
using doctest::Approx;

namespace {

// A mason at 10.00 an hour works on the wall from Monday to Friday: 40 hours, 400.00.
struct Masonry {
  FixedSurroundings surroundings;
  Project project{product_schema(), Id{1, 1}, surroundings};
  Id mason, wall, work;

  Masonry() {
    change([&](Transaction& change) {
      change.create<ProjectSettings>([](ProjectSettings& s) { s.name = "Masonry", s.start = at(0, 8); });
      mason = change.create<Resource>([](Resource& r) { r.name = "Mason", r.standard_rate = {1000}; }).id;
      wall = task(change, "Wall", 5);
      work = assign(change, wall);
    });
  }

  Id task(Transaction& change, const char* name, int days) {
    return *insert_task(change, {}, {}, [&](Task& t) { t.name = name, t.duration = {days * 480}; });
  }
  Id assign(Transaction& change, Id task) {
    return change.create<Assignment>([&](Assignment& a) { a.task = {task}, a.resource = {mason}; }).id;
  }
  template <class Edit>
  void change(Edit&& edit) {
    Transaction change(project, "transaction.sample"_key);
    edit(change);
    REQUIRE(change.commit());
  }
  template <class R, class T>
  void set(Id id, T R::* member, std::type_identity_t<T> value) {
    change([&](Transaction& change) { change.set(*project.find(Ref<R>{id}), member, std::move(value)); });
  }
  void rate(CostRateTable table, int day, std::int64_t amount) {
    change([&](Transaction& change) {
      change.create<ResourceRate>([&](ResourceRate& r) { r.resource = {mason}, r.table = table, r.valid_from = monday + day, r.standard_rate = {amount}; });
    });
  }
  void spend(int day, std::int64_t amount, Id task) {
    change([&](Transaction& change) {
      change.create<CostEntry>([&](CostEntry& e) { e.description = "Wages", e.date = monday + day, e.amount = {amount}, e.task = {task}; });
    });
  }
  Id take() {
    const Outline outline(project);
    const Plan plan = plan_of(project, outline);
    Id baseline;
    change([&](Transaction& t) { baseline = take_baseline(t, outline, plan, schedule(plan), {"Approved", at(0, 8)}); });
    return baseline;
  }
  double cost(std::size_t row) const {
    const Plan plan = plan_of(project);
    return costs_of(project, plan, schedule(plan))[row].total();
  }
  ProjectEarnedValue earned(int day, Id baseline = {}) const {
    const Outline outline(project);
    const Plan plan = plan_of(project, outline);
    return earned_value_of(project, outline, plan, schedule(plan), {monday + day, {baseline}});
  }
  // Of a project without accounts, which is forecast to cost what is planned.
  std::vector<CashMonth> cash(Id baseline = {}) const {
    const Outline outline(project);
    const Plan plan = plan_of(project, outline);
    return cash_flow(project, outline, plan, schedule(plan), monday, forecast_at_completion(project, earned(0, baseline)));
  }
  double planned(int day, Id baseline = {}) const { return earned(day, baseline).total.planned_value; }
};

}  // namespace

// MS Project: work costs the rate of the table that is in effect on the day on which it falls.
TEST_CASE("work costs what the rate is on its day") {
  Masonry site;
  CHECK(site.cost(0) == 40'000);
  site.rate(CostRateTable::a, 2, 1500);  // from Wednesday on
  CHECK(site.cost(0) == Approx(16 * 1000 + 24 * 1500));
  CHECK(site.planned(1) == Approx(16 * 1000));
  CHECK(site.planned(2) == Approx(16 * 1000 + 8 * 1500));
  CHECK(site.planned(4) == Approx(52'000));
  const auto days = site.earned(4).days;
  REQUIRE(days.size() == 5);
  CHECK(days[2].planned_value == Approx(28'000));
  // Table B from Thursday: before it what holds in table A.
  site.rate(CostRateTable::b, 3, 2000);
  CHECK(site.cost(0) == Approx(52'000));
  site.set(site.work, &Assignment::rate_table, CostRateTable::b);
  CHECK(site.cost(0) == Approx(16 * 1000 + 8 * 1500 + 16 * 2000));
  site.set(site.work, &Assignment::rate_table, CostRateTable::c);  // which nobody has filled in
  CHECK(site.cost(0) == Approx(52'000));
  // Moved behind the change all of it costs more.
  site.set(site.wall, &Task::constraint, ConstraintType::start_no_earlier_than);
  site.set(site.wall, &Task::constraint_date, std::optional(at(2, 8)));
  CHECK(site.cost(0) == Approx(40 * 1500));
}

// MS Project: overtime work is part of the work, and what it costs is overtime work × overtime rate.
TEST_CASE("overtime is paid by its own rate, on the days of the work") {
  Masonry site;
  site.set(site.mason, &Resource::overtime_rate, {1500});
  site.set(site.work, &Assignment::work, std::optional(WorkMinutes{48 * 60}));
  site.set(site.work, &Assignment::overtime, {8 * 60});
  CHECK(site.cost(0) == Approx(40 * 1000 + 8 * 1500));
  CHECK(site.planned(0) == Approx((40 * 1000 + 8 * 1500) / 5.0));
  // Without work of its own: units × duration, and the overtime beside it.
  site.set(site.work, &Assignment::work, std::optional<WorkMinutes>());
  CHECK(site.cost(0) == Approx(40 * 1000 + 8 * 1500));
  site.rate(CostRateTable::a, 2, 2000);  // from Wednesday on; it says nothing of overtime, which is free by then
  CHECK(site.cost(0) == Approx(16 * 1000 + 24 * 2000 + 8 * 1500 * 2 / 5.0));
}

TEST_CASE("rates: the newest of a day counts, retired ones do not, nonsense of one day is the last that was entered") {
  Masonry site;
  site.rate(CostRateTable::a, 7, 3000);
  site.rate(CostRateTable::a, 2, 1500);
  site.rate(CostRateTable::a, 2, 1600);
  ResourceRates rates(site.project);
  const auto periods = rates.of(*site.project.find(Ref<Resource>{site.mason}), CostRateTable::a);
  REQUIRE(periods.size() == 3);
  CHECK(rate_on(periods, monday - 10'000).standard == 1000);
  CHECK(rate_on(periods, monday + 1).standard == 1000);
  CHECK(rate_on(periods, monday + 2).standard == 1600);
  CHECK(rate_on(periods, monday + 700).standard == 3000);
  site.change([&](Transaction& change) {
    for (const ResourceRate& rate : site.project.all<ResourceRate>()) change.set(rate, &ResourceRate::status, EntryStatus::retired);
  });
  CHECK(site.cost(0) == 40'000);
}

// Microsoft, "Define how costs accrue": at the start, at the end, or prorated; costs per use are never prorated.
TEST_CASE("accrual: at the start, prorated, at the finish; costs per use at an end") {
  Masonry site;
  site.set(site.mason, &Resource::cost_per_use, Money{500});
  CHECK(site.planned(0) == Approx(500 + 8'000));
  CHECK(site.planned(4) == Approx(40'500));
  site.set(site.mason, &Resource::accrual, Accrual::start);
  CHECK(site.planned(0) == Approx(40'500));
  site.set(site.mason, &Resource::accrual, Accrual::finish);
  CHECK(site.planned(3) == 0);
  CHECK(site.planned(4) == Approx(40'500));
  site.set(site.wall, &Task::fixed_cost, Money{9'000});
  CHECK(site.planned(0) == Approx(1'800));  // prorated over five days
  site.set(site.wall, &Task::fixed_cost_accrual, Accrual::start);
  CHECK(site.planned(0) == Approx(9'000));
  site.set(site.wall, &Task::fixed_cost_accrual, Accrual::finish);
  CHECK(site.planned(3) == 0);
  CHECK(site.cost(0) == 49'500);
}

TEST_CASE("material is paid by the rates of its days, a cost resource as it accrues") {
  Masonry site;
  site.set(site.mason, &Resource::kind, ResourceKind::material);
  site.set(site.work, &Assignment::quantity, std::optional(whole(100)));
  site.rate(CostRateTable::a, 2, 1500);
  CHECK(site.cost(0) == Approx(40 * 1000 + 60 * 1500));  // two and three fifths of it
  site.set(site.mason, &Resource::kind, ResourceKind::cost);
  site.set(site.work, &Assignment::cost, std::optional(Money{700}));
  site.set(site.mason, &Resource::accrual, Accrual::finish);
  CHECK(site.planned(3) == 0);
  CHECK(site.planned(4) == 700);
}

TEST_CASE("a baseline keeps when its costs were to arise") {
  Masonry site;
  const Id even = site.take();
  CHECK(site.project.all<BaselineTask>().at(0).cost_phases.empty());
  site.rate(CostRateTable::a, 2, 1500);
  const Id dated = site.take();
  CHECK(site.project.all<BaselineTask>().at(1).cost_phases == "0/2400=16000;2400/6300=36000");  // from Monday 8:00 to midnight before Wednesday, to Friday 17:00
  site.set(site.mason, &Resource::accrual, Accrual::finish);
  CHECK(site.planned(3) == 0);
  CHECK(site.planned(0, even) == Approx(8'000));
  CHECK(site.planned(1, dated) == Approx(16'000));
  CHECK(site.planned(2, dated) == Approx(28'000));
  CHECK(site.planned(9, dated) == Approx(52'000));
}

TEST_CASE("phases of a baseline: what cannot be read is left out, the rest makes up the amount") {
  const WorkTime always;
  CHECK(list_phases("", at(0, 8), 100, always).empty());
  CHECK(list_phases("x;1/0=5;7;0/1=", at(0, 8), 100, always).empty());
  CHECK(list_phases("0/60=0", at(0, 8), 100, always).empty());
  const auto parts = list_phases("0/60=30;60/60=10;99999999999999999/1=1;", at(0, 8), 100, always);
  REQUIRE(parts.size() == 2);
  CHECK(parts[0].amount == Approx(75));
  CHECK(planned_before(parts[0], at(0, 8) + 20) == Approx(25));
  CHECK(planned_before(parts[1], at(0, 9)) == 0);
  CHECK(planned_before(parts[1], at(0, 9) + 1) == Approx(25));
}

TEST_CASE("cash to come leaves when the costs arise") {
  Masonry site;
  site.set(site.wall, &Task::duration, WorkMinutes{10 * 480});  // 800.00
  site.set(site.wall, &Task::constraint, ConstraintType::start_no_earlier_than);
  site.set(site.wall, &Task::constraint_date, std::optional(at(21, 8)));  // Monday 26 January to Friday 6 February
  const auto to_go = [&] {
    std::map<std::string, double> months;
    for (const CashMonth& month : site.cash()) months[month.month.text()] += std::round(month.to_go);
    return months;
  };
  CHECK(to_go() == std::map<std::string, double>{{"2026-01-01", 40'000}, {"2026-02-01", 40'000}});
  site.set(site.mason, &Resource::accrual, Accrual::finish);
  CHECK(to_go()["2026-01-01"] == 0);
  CHECK(to_go()["2026-02-01"] == 80'000);
}

// Agreed for the week of 5 January, 400.00; put off to the week of 2 February and lengthened to ten days, 800.00, which
// nobody has agreed yet.
TEST_CASE("cash to come leaves as the plan stands, not as the baseline had it; change and what-if say the same") {
  Masonry site;
  const Id agreed = site.take();
  site.set(site.wall, &Task::duration, WorkMinutes{10 * 480});
  site.set(site.wall, &Task::constraint, ConstraintType::start_no_earlier_than);
  site.set(site.wall, &Task::constraint_date, std::optional(at(28, 8)));
  site.change([&](Transaction& change) {
    change.create<Funding>([](Funding& f) { f.title = "City", f.amount = {30'000}, f.available_from = monday; });
  });
  const auto cash = site.cash(agreed);
  REQUIRE(cash.size() == 2);
  CHECK(cash[0].to_go == 0);
  CHECK(cash[0].balance == Approx(30'000));
  CHECK(cash[1].month == Day::of(2026, 2, 1));
  CHECK(cash[1].to_go == Approx(80'000));  // what the plan now costs
  CHECK(lowest_balance(cash) == &cash[1]);
  CHECK_FALSE(lowest_balance({}));
  ProjectState state;
  compute_state(site.project, monday, state).run();
  CHECK(state.figures.lowest_cash == Money{-50'000});
  REQUIRE(state.cash.size() == 2);
  CHECK(state.cash[1].to_go == Approx(80'000));
}

TEST_CASE("the cost of a state is rounded as that of a baseline is") {
  Masonry site;
  site.set(site.work, &Assignment::work, std::optional(WorkMinutes{58}));  // 9.6667
  site.take();
  ProjectState state;
  compute_state(site.project, monday, state).run();
  CHECK(state.figures.cost == Money{967});
  CHECK(state.figures.cost == site.project.all<BaselineTask>().at(0).cost);
  CHECK(state.figures.critical_tasks == 1);
  site.set(site.wall, &Task::percent_complete, Permille{1000});  // done, whoever has entered no date of it
  ProjectState done;
  compute_state(site.project, monday, done).run();
  CHECK(done.figures.critical_tasks == 0);
}

// Agreed 400.00 for 40 hours; 60 hours now.
TEST_CASE("a project without accounts has its baseline's budget, and is forecast by its plan, its indices and its estimates") {
  Masonry site;
  const Id agreed = site.take();
  const auto finance = [&](int day) {
    const auto value = site.earned(day, agreed);
    const auto list = account_finances(site.project, value);
    REQUIRE(list.size() == 1);
    CHECK(forecast_at_completion(site.project, value) == Approx(list[0].forecast));
    return list[0];
  };
  CHECK(finance(0).budget == 40'000);
  CHECK(finance(0).forecast == 40'000);
  CHECK(finance(0).overrun == OverrunRisk::none);
  site.set(site.work, &Assignment::work, std::optional(WorkMinutes{60 * 60}));
  CHECK(finance(0).budget == 40'000);
  CHECK(finance(0).forecast == Approx(60'000));
  CHECK(finance(0).overrun == OverrunRisk::high);
  site.set(site.wall, &Task::actual_start, std::optional(at(0, 8)));
  site.set(site.wall, &Task::percent_complete, Permille{500});
  site.spend(1, 25'000, site.wall);
  const auto spent = finance(2);  // 200.00 earned for 250.00
  CHECK(spent.basis == ForecastBasis::performance);
  CHECK(spent.forecast == Approx(60'000 / 0.8));
  site.change([&](Transaction& change) {
    change.create<EstimateToComplete>([&](EstimateToComplete& e) { e.title = "x", e.task = {site.wall}, e.estimated_on = monday + 2, e.amount = {31'000}; });
  });
  CHECK(finance(2).forecast == Approx(25'000 + 31'000));
}

TEST_CASE("periods of availability offer their units in load and conflicts, and nothing outside of them") {
  Masonry site;
  site.set(site.wall, &Task::duration, WorkMinutes{15 * 480});
  site.set(site.work, &Assignment::units, Permille{2000});
  const auto period = [&](std::optional<Day> first, std::optional<Day> last, std::int32_t units) {
    site.change([&](Transaction& change) {
      change.create<AvailabilityPeriod>([&](AvailabilityPeriod& p) { p.resource = {site.mason}, p.first = first, p.last = last, p.units = {units}; });
    });
  };
  period({}, monday + 6, 1000);
  period(monday + 7, monday + 13, 2000);
  const Plan plan = plan_of(site.project);
  const auto demand = resource_demand(plan, schedule(plan));
  REQUIRE(demand.size() == 1);
  const auto weeks = resource_load(demand[0].demand, demand[0].offer, LoadStep::week);
  REQUIRE(weeks.size() == 3);
  const std::int64_t hours[][3] = {{80, 40, 40}, {80, 80, 0}, {80, 0, 80}};  // asked for, there, too much
  for (std::size_t week = 0; week < 3; ++week) {
    CHECK(weeks[week].load.value == hours[week][0] * 60);
    CHECK(weeks[week].available.value == hours[week][1] * 60);
    CHECK(weeks[week].overload.value == hours[week][2] * 60);
  }
  REQUIRE(demand[0].conflicts.size() == 2);
  CHECK(demand[0].conflicts[0].finish == at(7, 0));
  CHECK(demand[0].conflicts[0].offered.value == 1000);
  CHECK(demand[0].conflicts[1].start == at(14, 0));
  CHECK(demand[0].conflicts[1].offered.value == 0);
}

// PMI, Practice Standard for Earned Value Management (2011): each milestone earns its weight when it is achieved.
TEST_CASE("weighted milestones: planned and earned by their steps") {
  Masonry site;
  const auto step = [&](const char* name, int weight, int planned, std::optional<int> achieved) {
    site.change([&](Transaction& change) {
      change.create<TaskStep>([&](TaskStep& s) {
        s.task = {site.wall}, s.name = name, s.weight = weight, s.planned_on = monday + planned;
        if (achieved) s.achieved_on = monday + *achieved;
      });
    });
  };
  step("Footing", 1, 1, 1);
  step("Half height", 1, 2, 3);
  step("Coping", 2, 4, {});
  site.set(site.wall, &Task::earned_value_method, EarnedValueMethod::weighted_milestones);
  const auto value = site.earned(3);  // Thursday; 400.00 by weights of 1, 1 and 2
  CHECK(value.total.planned_value == Approx(20'000));
  CHECK(value.total.earned_value == Approx(20'000));
  CHECK(value.days[0].planned_value == 0);
  CHECK(value.days[1].planned_value == Approx(10'000));
  CHECK(*value.days[2].earned_value == Approx(10'000));
  CHECK(site.earned(2).total.earned_value == Approx(10'000));
  CHECK(value.days.back().planned_value == Approx(40'000));
  // A baseline keeps the plan of the steps; what is planned anew does not move it.
  const Id baseline = site.take();
  site.change([&](Transaction& change) {
    for (const TaskStep& one : site.project.all<TaskStep>()) change.set(one, &TaskStep::planned_on, std::optional(monday + 4));
  });
  CHECK(site.planned(3) == 0);
  CHECK(site.planned(3, baseline) == Approx(20'000));
  // A step without a day: the plan is as the work goes on.
  site.change([&](Transaction& change) { change.set(site.project.all<TaskStep>().at(0), &TaskStep::planned_on, std::optional<Day>{}); });
  CHECK(site.planned(3) == Approx(32'000));
}

// PMI: apportioned effort is planned and earned in proportion to the discrete work that it supports.
TEST_CASE("an apportioned task is planned and earned as the task that it names") {
  Masonry site;
  Id checks;
  site.change([&](Transaction& change) {
    checks = site.task(change, "Inspection", 5);
    site.assign(change, checks);
    change.set(*site.project.find(Ref<Task>{checks}), &Task::earned_value_method, EarnedValueMethod::apportioned);
    change.set(*site.project.find(Ref<Task>{checks}), &Task::apportioned_to, Ref<Task>{site.wall});
    change.set(*site.project.find(Ref<Task>{checks}), &Task::constraint, ConstraintType::start_no_earlier_than);
    change.set(*site.project.find(Ref<Task>{checks}), &Task::constraint_date, std::optional(at(14, 8)));
    change.set(*site.project.find(Ref<Task>{site.wall}), &Task::actual_start, std::optional(at(0, 8)));
    change.set(*site.project.find(Ref<Task>{site.wall}), &Task::percent_complete, Permille{250});
  });
  const auto value = site.earned(1);  // two of five days are planned, a quarter is done
  CHECK(value.tasks[1].planned_value == Approx(16'000));
  CHECK(value.tasks[1].earned_value == Approx(10'000));
  Transaction circle(site.project, "transaction.sample"_key);
  circle.set(*site.project.find(Ref<Task>{site.wall}), &Task::apportioned_to, Ref<Task>{checks});
  const auto refused = circle.commit();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message == "error.task.apportioned_circle"_key);
  CHECK(refused.error().arguments.front() == "Wall → Inspection → Wall");
}

TEST_CASE("apportioned tasks that name their own summary follow the rest of it, however many they are") {
  Masonry site;
  site.change([&](Transaction& change) {
    const Id phase = site.task(change, "Phase", 1);
    const auto below = [&](const char* name) { return *insert_task(change, phase, {}, [&](Task& t) { t.name = name, t.duration = {5 * 480}; }); };
    const Id floor = below("Floor");
    site.assign(change, floor);
    change.set(*site.project.find(Ref<Task>{floor}), &Task::actual_start, std::optional(at(0, 8)));
    change.set(*site.project.find(Ref<Task>{floor}), &Task::percent_complete, Permille{250});
    for (int i = 0; i < 40; ++i) {
      const Task& check = *site.project.find(Ref<Task>{below("Inspection")});
      change.set(check, &Task::fixed_cost, Money{1000});
      change.set(check, &Task::earned_value_method, EarnedValueMethod::apportioned);
      change.set(check, &Task::apportioned_to, Ref<Task>{phase});
    }
  });
  const auto value = site.earned(1);  // two of five days: of the wall, the floor, and 40 checks of 10.00
  CHECK(value.total.planned_value == Approx(16'000 + 16'000 + 40 * 400));
  CHECK(value.total.earned_value == Approx(10'000 + 40 * 250));
}

// PMI, The Standard for Earned Value Management (2019): EAC = AC + bottom-up ETC.
TEST_CASE("a new estimate to complete makes the estimate at completion from below") {
  Masonry site;
  Id account, roof;
  site.change([&](Transaction& change) {
    account = change.create<CostAccount>([](CostAccount& a) { a.name = "Walls", a.budget = {40'000}; }).id;
    roof = site.task(change, "Roof", 2);
    site.assign(change, roof);  // 160.00
    const Task& wall = *site.project.find(Ref<Task>{site.wall});
    change.set(wall, &Task::cost_account, Ref<CostAccount>{account});
    change.set(wall, &Task::actual_start, std::optional(at(0, 8)));
    change.set(wall, &Task::percent_complete, Permille{500});
  });
  site.spend(2, 25'000, site.wall);
  CHECK_FALSE(site.earned(2).to_complete.value());
  CHECK(site.earned(2).to_complete.amount == Approx(20'000 + 16'000));  // BAC - EV
  const auto estimate = [&](int day, std::int64_t amount, Ref<Task> task, Ref<CostAccount> of) {
    site.change([&](Transaction& change) {
      change.create<EstimateToComplete>([&](EstimateToComplete& e) { e.title = "Anew", e.task = task, e.account = of, e.estimated_on = monday + day, e.amount = {amount}; });
    });
  };
  estimate(2, 30'000, {site.wall}, {});
  estimate(1, 99'000, {site.wall}, {});  // an older one
  estimate(8, 1'000, {site.wall}, {});   // not made yet
  const auto bottom_up = [&](int day) {
    const auto value = site.earned(day);
    return earned_value(value.total, value.to_complete.value()).estimate_bottom_up;
  };
  CHECK(*bottom_up(2) == Approx(25'000 + 30'000 + 16'000));
  CHECK(site.earned(2).tasks_to_complete[0].amount == Approx(30'000));
  CHECK_FALSE(site.earned(2).tasks_to_complete[1].value());
  site.spend(3, 4'000, site.wall);  // comes out of what was estimated
  CHECK(site.earned(3).tasks_to_complete[0].amount == Approx(26'000));
  CHECK(*bottom_up(3) == Approx(55'000 + 16'000));
  const auto value = site.earned(3);
  const auto finances = account_finances(site.project, value);
  CHECK(finances[0].basis == ForecastBasis::estimate);
  CHECK(finances[0].forecast == Approx(55'000));
  estimate(3, 10'000, {}, {account});  // of the account: goes before those of its tasks
  CHECK(*bottom_up(3) == Approx(29'000 + 10'000 + 16'000));
  CHECK(account_finances(site.project, site.earned(3))[0].forecast == Approx(39'000));
  Transaction both(site.project, "transaction.sample"_key);
  both.create<EstimateToComplete>([&](EstimateToComplete& e) { e.title = "x", e.task = {site.wall}, e.account = {account}; });
  const auto refused = both.commit();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message == "error.estimate.two_things"_key);
}

// 600 for a house whose frame is to cost 100 and whose roof 300: 150 and 450.
TEST_CASE("an estimate of a summary counts in the accounts of what is below it, and what they granted not beside it") {
  Masonry site;
  site.change([&](Transaction& change) {
    const Id house = site.task(change, "House", 1);
    for (const auto& [name, cost] : {std::pair("Frame", 100), {"Roof", 300}}) {
      const Id account = change.create<CostAccount>([&](CostAccount& a) { a.name = name, a.budget = {cost}; }).id;
      const Id part = *insert_task(change, house, {}, [&](Task& t) { t.name = name, t.duration = {480}; });
      change.set(*site.project.find(Ref<Task>{part}), &Task::fixed_cost, Money{cost});
      change.set(*site.project.find(Ref<Task>{part}), &Task::cost_account, Ref<CostAccount>{account});
    }
    change.create<EstimateToComplete>([&](EstimateToComplete& e) { e.title = "Anew", e.task = {house}, e.estimated_on = monday, e.amount = {600}; });
  });
  const auto value = site.earned(0);
  CHECK(value.to_complete.amount == Approx(40'000 + 600));
  const auto finances = account_finances(site.project, value);
  REQUIRE(finances.size() == 3);
  CHECK(finances[0].forecast == Approx(150));
  CHECK(finances[1].forecast == Approx(450));
  CHECK(finances[0].basis == ForecastBasis::estimate);
}

TEST_CASE("a circle of cost accounts is refused; one that a merge brought counts everything once") {
  Masonry site;
  Id ids[3];
  site.change([&](Transaction& change) {
    const char* names[] = {"Site", "Earth", "Pit"};
    for (int i = 0; i < 3; ++i)
      ids[i] = change.create<CostAccount>([&](CostAccount& a) {
        a.name = names[i];
        if (i > 0) a.parent = {ids[i - 1]};
      }).id;
    for (int i = 0; i < 3; ++i)
      change.create<CostEntry>([&](CostEntry& e) { e.description = "x", e.date = monday, e.amount = {1 << i}, e.account = {ids[i]}; });
  });
  const auto close = [&](bool as_it_is) {
    Transaction change(site.project, "transaction.sample"_key);
    if (as_it_is) change.take_as_it_is();
    change.set(*site.project.find(Ref<CostAccount>{ids[0]}), &CostAccount::parent, Ref<CostAccount>{ids[1]});
    return change.commit();
  };
  const auto refused = close(false);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message == "error.cost_account.circle"_key);
  CHECK(refused.error().arguments.front() == "Site → Earth → Site");
  REQUIRE(close(true));
  const auto value = site.earned(0);
  double top = 0;
  for (const auto& account : value.accounts)
    if (account.parent < 0) top += account.amounts.actual_cost;
  CHECK(top == 7);
  const AccountTree tree(site.project);
  CHECK(tree.size() == 4);
  CHECK(tree.parts_first().size() == 4);
  CHECK((tree.parent(0) < 0) != (tree.parent(1) < 0));  // opened at one of them
  CHECK(tree.parent(2) == 1);
  CHECK(account_finances(site.project, value).size() == value.accounts.size());
}
