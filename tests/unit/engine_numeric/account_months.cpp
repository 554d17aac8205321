// Accounts by month: worked out by hand. May 2026 has 31 days; digging takes its four working weeks from the 4th on, filling
// those of June.
#include "app/engine/control/account_months.h"

#include <doctest/doctest.h>

#include "app/engine/schedule/plan_of_project.h"
#include "app/model/records/cost.h"
#include "tests/unit/engine_numeric/office.h"

using namespace pmo;
using namespace pmo::engine;

namespace {

struct Building : Office {
  Id site, earth, dig, fill;
  Building() {
    site = add<CostAccount>([](auto& a) { a.name = "Site"; a.budget = Money{3600}; }).id;
    earth = add<CostAccount>([&](auto& a) { a.name = "Earth"; a.parent = {site}; a.budget = Money{3000}; }).id;
    const auto task = [&](const char* order, int cost) {
      return add<Task>([&](auto& t) { t.name = order; t.order = order; t.duration = WorkMinutes{20 * 480}; t.fixed_cost = Money{cost}; t.cost_account = {earth}; }).id;
    };
    dig = task("a", 2000), fill = task("b", 1000);
    add<Link>([&](auto& l) { l.predecessor = {dig}; l.successor = {fill}; });
    spend(earth, 900, 4);
    spend(site, 100, 8);
    add<BudgetReview>([&](auto& r) { r.title = "x"; r.account = {earth}; r.forecast = Money{3200}; });
  }
  void spend(Id account, int amount, int day) {
    add<CostEntry>([&](auto& e) { e.description = "x"; e.account = {account}; e.amount = Money{amount}; e.date = monday + day; });
  }
  AccountMonths table(Day date, Id baseline = {}) const {
    const Outline outline(project);
    const Plan plan = plan_of(project, outline);
    const Schedule dates = schedule(plan);
    const auto value = earned_value_of(project, outline, plan, dates, {date, {baseline}});
    return account_months(project, outline, plan, dates, value, account_finances(project, value));
  }
};

std::vector<double> of(const AccountMonthsRow& row, double MonthFigures::* figure) {
  std::vector<double> list;
  for (const MonthFigures& month : row.months) list.push_back(month.*figure);
  return list;
}

}  // namespace

TEST_CASE_FIXTURE(Building, "plan, actual and forecast of each month; an account above others has what these have") {
  const Day date = Day::of(2026, 5, 15);
  const AccountMonths months = table(date);
  REQUIRE(months.months == std::vector{Day::of(2026, 5, 1), Day::of(2026, 6, 1)});
  CHECK(months.current == 0);
  REQUIRE(months.rows.size() == 2);
  const auto &upper = months.rows[0], &lower = months.rows[1];
  CHECK(upper.account == site);
  CHECK(lower.level == 1);
  CHECK(of(lower, &MonthFigures::plan) == std::vector{2000.0, 1000.0});
  // What the site has beside, 600, goes as the project does.
  CHECK(upper.months[0].plan == doctest::Approx(2400));
  CHECK(upper.sum.plan == doctest::Approx(3600));
  CHECK(of(lower, &MonthFigures::actual) == std::vector{900.0, 0.0});
  CHECK(of(upper, &MonthFigures::actual) == std::vector{1000.0, 0.0});
  // To go: 3200 - 900, over 16/31 of 2000 in May and 1000 in June.
  CHECK(lower.months[0].forecast == doctest::Approx(900 + 2300 * 32.0 / 63));
  CHECK(lower.months[1].forecast == doctest::Approx(2300 * 31.0 / 63));
  CHECK(upper.sum.forecast == doctest::Approx(3200 + 600));
  CHECK(months.total.sum.forecast == doctest::Approx(upper.sum.forecast));

  const auto later = stretch_of(lower, 1, 1);
  REQUIRE(later.size() == 3);
  CHECK(later[0].plan == 2000.0);
  CHECK(later[1].plan == 1000.0);
  CHECK(later[2].plan == 0.0);
}

TEST_CASE_FIXTURE(Building, "entries of the approved budget version count in the month that they name") {
  const auto wang = Ref<Person>{add<Person>([](auto& p) { p.name = "Wang"; }).id};
  const auto version = Ref<BudgetVersion>{add<BudgetVersion>([&](auto& v) { v.title = "x"; v.status = BudgetStatus::approved; v.approved_on = monday; v.approved_by = wang; }).id};
  const auto grant = [&](int amount, std::optional<Day> month) {
    add<BudgetEntry>([&](auto& e) { e.version = version; e.title = "x"; e.account = {earth}; e.amount = Money{amount}; e.period = month; });
  };
  grant(1800, {});
  grant(1200, Day::of(2026, 7, 1));
  const AccountMonths months = table(Day::of(2026, 6, 30));
  REQUIRE(months.months.size() == 3);
  CHECK(months.current == 1);
  CHECK(of(months.rows[1], &MonthFigures::plan) == std::vector{1200.0, 600.0, 1200.0});
  CHECK(months.rows[1].months[1].forecast == doctest::Approx(0));  // the month is over
  CHECK(months.rows[1].months[2].forecast == doctest::Approx(2300));
}

TEST_CASE_FIXTURE(Building, "what is planned follows the baseline, what is expected the plan as it stands") {
  Id agreed;
  const Outline outline(project);
  const Plan plan = plan_of(project, outline);
  edit([&](Transaction& change) { agreed = take_baseline(change, outline, plan, schedule(plan), {"Agreed", Minute::at(monday)}); });
  edit([&](Transaction& change) {  // four weeks of July instead of June
    change.set(*project.find(Ref<Task>{fill}), &Task::constraint, ConstraintType::start_no_earlier_than);
    change.set(*project.find(Ref<Task>{fill}), &Task::constraint_date, std::optional(Minute::at(Day::of(2026, 7, 6), 8 * 60)));
  });
  const AccountMonths months = table(Day::of(2026, 5, 15), agreed);
  REQUIRE(months.months == std::vector{Day::of(2026, 5, 1), Day::of(2026, 6, 1), Day::of(2026, 7, 1)});
  const auto& lower = months.rows[1];
  CHECK(of(lower, &MonthFigures::plan) == std::vector{2000.0, 1000.0, 0.0});
  // To go: 3200 - 900, over 16/31 of 2000 in May and 1000 in July.
  CHECK(lower.months[0].forecast == doctest::Approx(900 + 2300 * 32.0 / 63));
  CHECK(lower.months[1].forecast == doctest::Approx(0));
  CHECK(lower.months[2].forecast == doctest::Approx(2300 * 31.0 / 63));
}

TEST_CASE_FIXTURE(Office, "without any plan everything is in the month of the date; without accounts there is no table") {
  const Outline outline(project);
  const Plan plan = plan_of(project, outline);
  const Schedule dates = schedule(plan);
  const auto table = [&] {
    const auto value = earned_value_of(project, outline, plan, dates, {monday});
    return account_months(project, outline, plan, dates, value, account_finances(project, value));
  };
  CHECK(table().rows.empty());
  add<CostAccount>([](auto& a) { a.name = "Site"; a.budget = Money{50}; });
  const auto months = table();
  REQUIRE(months.rows.size() == 1);
  CHECK(months.rows[0].months[months.current].plan == 50.0);
  CHECK(months.rows[0].months[months.current].forecast == 50.0);
}
