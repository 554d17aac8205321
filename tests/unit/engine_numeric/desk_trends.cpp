// What desks answer over time, from projects: milestone trend, exposure and responses, effect of changes, money, reach,
// satisfaction, certificates, use of resources, lights of a status report. Each figure is worked out by hand beside it.
#include <doctest/doctest.h>

#include "app/engine/change/change_approval.h"
#include "app/engine/change/change_effect.h"
#include "app/engine/change/change_impact.h"
#include "app/engine/control/exchange.h"
#include "app/engine/control/finance_of_project.h"
#include "app/engine/control/milestone_trend.h"
#include "app/engine/control/status_assessment.h"
#include "app/engine/communications/reach.h"
#include "app/engine/procurement/purchasing.h"
#include "app/engine/quality/control_chart_of.h"
#include "app/engine/quality/satisfaction.h"
#include "app/engine/resources/certificates.h"
#include "app/engine/resources/resource_use.h"
#include "app/engine/risk/risk_responses.h"
#include "app/engine/schedule/plan_of_project.h"
#include "app/model/consequences.h"
#include "tests/unit/engine_numeric/office.h"

using namespace pmo;
using namespace pmo::engine;

namespace {

struct Now {
  explicit Now(const Project& project) : outline(project), plan(plan_of(project, outline)), dates(schedule(plan)) {}
  Outline outline;
  Plan plan;
  Schedule dates;
};

ProjectEarnedValue value_of(const Project& project, Day date) {
  const Now now(project);
  return earned_value_of(project, now.outline, now.plan, now.dates, {date});
}

struct Planned : Office {
  const Task* work = &add<Task>([](auto& t) { t.name = "Work"; t.order = "a"; t.duration = WorkMinutes{5 * 480}; t.fixed_cost = Money{1000}; });
  const Task* gate = &add<Task>([](auto& t) { t.name = "Gate"; t.order = "b"; t.duration = WorkMinutes{0}; t.milestone = true; });
  Planned() {
    add<Link>([&](auto& l) { l.predecessor = {work->id}; l.successor = {gate->id}; });
  }
  Now now() const { return Now(project); }
  void last(int days) {
    edit([&](Transaction& change) { change.set(*work, &Task::duration, WorkMinutes{days * 480}); });
  }
  void record(Day day) {
    const Now as_is = now();
    edit([&](Transaction& change) { record_forecasts(change, as_is.outline, as_is.dates, day); });
  }
  std::vector<MilestoneTrend> trends(Day day) const {
    const Now as_is = now();
    return milestone_trends(project, as_is.outline, as_is.dates, day);
  }
};

}  // namespace

TEST_CASE_FIXTURE(Planned, "a milestone's line runs over baseline, recorded forecasts and the plan of today") {
  edit([&](Transaction& change) {
    const Now as_is = now();
    take_baseline(change, as_is.outline, as_is.plan, as_is.dates, {.name = "First", .taken = Minute::at(monday)});
  });
  last(7);
  record(monday + 7);
  last(8);
  auto found = trends(monday + 9);
  REQUIRE(found.size() == 1);
  CHECK(found[0].task == gate->id);
  const std::vector<TrendPoint> expected = {{monday, monday + 4}, {monday + 7, monday + 8}, {monday + 9, monday + 9}};
  CHECK(found[0].points == expected);
  CHECK(found[0].slip() == 5);
  CHECK_FALSE(found[0].reached);

  SUBCASE("recording a day again replaces what was recorded") {
    record(monday + 7);
    CHECK(project.all<MilestoneForecast>().size() == 1);
    CHECK(trends(monday + 9)[0].points[1] == TrendPoint{monday + 7, monday + 9});
  }
  SUBCASE("the plan of today counts more than a forecast recorded for today") {
    record(monday + 9);
    last(9);
    CHECK(trends(monday + 9)[0].points.back() == TrendPoint{monday + 9, monday + 10});
  }
  SUBCASE("a reached milestone ends on the diagonal") {
    edit([&](Transaction& change) {
      change.set(*gate, &Task::percent_complete, Permille{1000});
      change.set(*gate, &Task::actual_start, std::optional(Minute::at(monday + 9, 17 * 60)));
      change.set(*gate, &Task::actual_finish, std::optional(Minute::at(monday + 9, 17 * 60)));
    });
    found = trends(monday + 30);
    CHECK(found[0].reached);
    CHECK(found[0].points.back() == TrendPoint{monday + 9, monday + 9});
  }
}

TEST_CASE_FIXTURE(Office, "leverage: what the expected value falls by for each unit that the response cost") {
  const auto risk = [&](const char* title, int after, int planned, int spent) {
    return add<Risk>([&](auto& r) {
      r.title = title;
      r.strategy = RiskStrategy::mitigate;
      r.probability = 4, r.impact_cost = 3, r.residual_probability = 2, r.residual_impact = 3;
      r.probability_percent = Permille{500};
      r.cost_effect = Money{1000};
      r.residual_percent = Permille{after};
      r.residual_cost_effect = Money{1000};
      r.response_cost = Money{planned};
      r.response_cost_actual = Money{spent};
    }).id;
  };
  const Id good = risk("Good", 100, 100, 0);   // (500 - 100) / 100 = 4
  const Id dear = risk("Dear", 400, 50, 200);  // (500 - 400) / 200: the actual cost counts
  const Id free = risk("Free", 100, 0, 0);     // no cost: no leverage
  const auto effects = response_effects(project);
  REQUIRE(effects.size() == 3);
  CHECK(effects[0].risk == good);
  CHECK(*effects[0].leverage == doctest::Approx(4));
  CHECK(*effects[0].score_before == 12);
  CHECK(*effects[0].score_after == 6);
  CHECK(effects[1].risk == dear);
  CHECK(*effects[1].leverage == doctest::Approx(0.5));
  CHECK(effects[2].risk == free);
  CHECK_FALSE(effects[2].leverage);
}

// 50 % of 60,000 saved becomes 60 % of 70,000: 42,000 - 30,000 = 12,000 for 3,000.
TEST_CASE_FIXTURE(Office, "leverage of an opportunity: what its response saves, whichever sign the saving was entered with") {
  for (const int sign : {1, -1})
    add<Risk>([&](auto& r) {
      r.title = "Early warning";
      r.kind = RiskKind::opportunity;
      r.strategy = RiskStrategy::enhance;
      r.probability_percent = Permille{500}, r.residual_percent = Permille{600};
      r.cost_effect = Money{sign * 60'000}, r.residual_cost_effect = Money{sign * 70'000};
      r.response_cost = Money{3'000};
    });
  const auto effects = response_effects(project);
  REQUIRE(effects.size() == 2);
  for (const ResponseEffect& effect : effects) {
    CHECK(*effect.before == Money{-30'000});
    CHECK(*effect.after == Money{-42'000});
    CHECK(*effect.leverage == doctest::Approx(4));
  }
  CHECK(exposure_now(project, monday).exposure == Money{-60'000});
}

TEST_CASE_FIXTURE(Office, "a review keeps the figures of its day; later risks change today's only") {
  const auto risk = [&](int probability) {
    add<Risk>([&](auto& r) { r.title = "R"; r.probability = probability; r.impact_time = 5; r.probability_percent = Permille{500}; r.cost_effect = Money{1000}; r.reserve = Money{300}; });
  };
  risk(4);
  const RiskReview& review = add<RiskReview>([](auto& r) { r.title = "May"; });
  edit([&](Transaction& change) { keep_exposure(change, review, monday); });
  CHECK(review.status == ReviewStatus::done);
  CHECK(review.held_on == monday);
  risk(1);
  const auto points = exposure_over_time(project, monday + 10);
  REQUIRE(points.size() == 2);
  CHECK(points[0].open_risks == 1);
  CHECK(points[0].exposure == Money{500});
  CHECK(points[1].open_risks == 2);
  CHECK(points[1].high_risks == 1);  // 20 of 25; the other is 5
  CHECK(points[1].exposure == Money{1000});
  CHECK(points[1].reserve == Money{600});
}

TEST_CASE_FIXTURE(Office, "the levels of the matrix are the project's") {
  CHECK(risk_level(10, risk_scale_of(project)) == RiskLevel::high);
  edit([&](Transaction& change) {
    const auto& settings = project.all<ProjectSettings>().at(0);
    change.set(settings, &ProjectSettings::risk_high, 12);
  });
  CHECK(risk_level(10, risk_scale_of(project)) == RiskLevel::medium);
}

TEST_CASE_FIXTURE(Planned, "an approved change is measured on the plan: dates and cost against the baseline of its approval") {
  const Person& wu = add<Person>([](auto& p) { p.name = "Wu"; });
  const ChangeRequest& request = add<ChangeRequest>([&](auto& r) { r.title = "Deeper"; r.reason = "Soft ground"; r.description = "To the gravel"; r.requester = {wu.id}; });
  const auto effect = [&] {
    const Now as_is = now();
    return effect_of(project, request, as_is.outline, as_is.plan, as_is.dates);
  };
  CHECK(effect().missing == NoEffect::not_approved);
  edit([&](Transaction& change) {
    REQUIRE(propose_edit(change, request, register_of<Task>(), *work, field_of<Task>(&Task::duration), Value{std::int64_t{8 * 480}}));
  });
  edit([&](Transaction& change) { REQUIRE(approve_change(change, request, monday)); });
  CHECK(effect().days_off() == 0);
  CHECK(effect().finish_before == Minute::at(monday + 4, 17 * 60));
  last(9);  // one day more than approved
  edit([&](Transaction& change) { change.set(*work, &Task::fixed_cost, Money{1200}); });
  const auto measured = effect();
  CHECK(measured.missing == NoEffect::none);
  CHECK(measured.days_off() == 1);
  CHECK(measured.cost_off() == Money{200});
  REQUIRE(measured.tasks.size() == 1);
  CHECK(measured.tasks[0].approved == Minute::at(monday + 9, 17 * 60));
  CHECK(measured.tasks[0].now == Minute::at(monday + 10, 17 * 60));
  edit([&](Transaction& change) { change.erase(*project.find(request.baseline)); });
  CHECK(effect().missing == NoEffect::no_baseline);
}

TEST_CASE_FIXTURE(Office, "an account's forecast: the newest review, else budget / CPI, else the budget; overrun by rule") {
  const auto reviewed = Ref<CostAccount>{add<CostAccount>([&](auto& a) { a.name = "Reviewed"; }).id};
  add<BudgetReview>([&](auto& r) { r.title = "April"; r.account = reviewed; r.reviewed_on = monday - 30; r.forecast = Money{900}; });
  add<BudgetReview>([&](auto& r) { r.title = "May"; r.account = reviewed; r.reviewed_on = monday; r.forecast = Money{1040}; });
  ProjectEarnedValue value{.date = monday};
  value.accounts = {{.account = reviewed.id, .amounts = {.actual_cost = 300}, .budget = 1000},
                    {.account = Id{9, 1}, .amounts = {.planned_value = 400, .earned_value = 400, .actual_cost = 500, .budget_at_completion = 1000}, .budget = 1000},
                    {.account = Id{9, 2}, .budget = 1000},
                    {.account = Id{9, 3}, .budget = 1000, .committed = 1080}};
  value.accounts_parts_first = {0, 1, 2, 3};
  const auto list = account_finances(project, value);
  REQUIRE(list.size() == 4);
  CHECK(list[0].basis == ForecastBasis::review);
  CHECK(list[0].forecast == doctest::Approx(1040));
  CHECK(list[0].overrun == OverrunRisk::low);      // 4 %
  CHECK(list[1].basis == ForecastBasis::performance);
  CHECK(list[1].forecast == doctest::Approx(1250));  // 1000 / 0.8
  CHECK(list[1].overrun == OverrunRisk::high);     // 25 %
  CHECK(list[2].basis == ForecastBasis::budget);
  CHECK(list[2].forecast == doctest::Approx(1000));
  CHECK(list[2].overrun == OverrunRisk::none);
  CHECK(list[3].forecast == doctest::Approx(1080));
  CHECK(list[3].overrun == OverrunRisk::medium);   // 8 %
  CHECK(*list[3].used() == doctest::Approx(1.08));
}

TEST_CASE_FIXTURE(Office, "what a forecast is over the budget by less than can be paid is no overrun") {
  ProjectEarnedValue value{.date = monday};
  value.accounts = {{.account = Id{9, 1}, .amounts = {.earned_value = 0.3, .actual_cost = 0.1 + 0.2, .budget_at_completion = 1000}, .budget = 1000}};
  value.accounts_parts_first = {0};
  add<CostAccount>([](auto& a) { a.name = "x"; });
  const auto list = account_finances(project, value);
  CHECK(list[0].basis == ForecastBasis::performance);
  CHECK(list[0].overrun == OverrunRisk::none);
}

TEST_CASE_FIXTURE(Office, "accounts above others: their budgets, costs and forecasts are counted once") {
  const auto account = [&](Ref<CostAccount> above, int budget) { return Ref<CostAccount>{add<CostAccount>([&](auto& a) { a.name = "x"; a.parent = above; a.budget = Money{budget}; }).id}; };
  const auto building = account({}, 1000), shell = account(building, 700), roof = account(building, 200), garden = account({}, 100);
  const auto cost = [&](Ref<CostAccount> of, int amount) {
    add<CostEntry>([&](auto& e) { e.description = "x"; e.account = of; e.amount = Money{amount}; e.date = monday; });
  };
  cost(shell, 300);
  cost(roof, 250);
  cost(building, 50);
  cost({}, 7);
  const auto list = account_finances(project, value_of(project, monday));
  REQUIRE(list.size() == 5);
  CHECK(list[0].budget == doctest::Approx(1000));   // states the total of its branch
  CHECK(list[0].actual == doctest::Approx(600));
  CHECK(list[0].forecast == doctest::Approx(1050));  // 700 + 250, and the 100 beside them
  CHECK(list[0].basis == ForecastBasis::parts);
  CHECK_FALSE(list[1].top);
  CHECK(list[2].overrun == OverrunRisk::high);
  const auto sum = sum_of(list);
  CHECK(sum.budget == doctest::Approx(1100));
  CHECK(sum.actual == doctest::Approx(607));
  CHECK(sum.forecast == doctest::Approx(1050 + 100 + 7));
  CHECK(forecast_at_completion(project, value_of(project, monday)) == doctest::Approx(1157));
  Transaction circle(project, "transaction.test"_key);
  circle.set(*project.find(building), &CostAccount::parent, shell);
  const auto refused = circle.commit();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message == "error.cost_account.circle"_key);
  CHECK(garden);
}

TEST_CASE_FIXTURE(Office, "an account has what the approved version grants it; what is spent under a contract is no longer committed") {
  const auto wang = Ref<Person>{add<Person>([](auto& p) { p.name = "Wang"; }).id};
  const auto account = [&](int budget) { return Ref<CostAccount>{add<CostAccount>([&](auto& a) { a.name = "x"; a.budget = Money{budget}; }).id}; };
  const auto steel = account(1000), glass = account(300);
  const auto version = [&](BudgetStatus status, Day approved) {
    return Ref<BudgetVersion>{add<BudgetVersion>([&](auto& v) { v.title = "x"; v.status = status; v.approved_on = approved; v.approved_by = wang; }).id};
  };
  const auto first = version(BudgetStatus::approved, monday - 20), second = version(BudgetStatus::approved, monday - 10), draft = version(BudgetStatus::draft, monday);
  const auto grant = [&](Ref<BudgetVersion> by, int amount) {
    add<BudgetEntry>([&](auto& e) { e.version = by; e.title = "x"; e.account = steel; e.amount = Money{amount}; e.contingency = Money{99}; });
  };
  grant(first, 500);
  grant(second, 800);
  grant(second, 400);
  grant(draft, 5000);
  const auto vendor = Ref<Vendor>{add<Vendor>([](auto& v) { v.name = "Mill"; }).id};
  const auto contract = [&](Ref<CostAccount> of, int value, ContractStatus status) {
    return Ref<Contract>{add<Contract>([&](auto& c) { c.title = "x"; c.vendor = vendor; c.account = of; c.value = Money{value}; c.status = status; c.signed_on = monday - 5; }).id};
  };
  const auto ordered = contract(steel, 600, ContractStatus::running), unbooked = contract(glass, 200, ContractStatus::concluded);
  contract(glass, 70, ContractStatus::draft);
  const auto over = contract(glass, 90, ContractStatus::completed);
  const auto book = [&](CostKind kind, Ref<CostAccount> of, Ref<Contract> under, int amount) {
    add<CostEntry>([&](auto& e) { e.description = "x"; e.kind = kind; e.account = of; e.contract = under; e.amount = Money{amount}; e.date = monday; });
  };
  book(CostKind::commitment, steel, ordered, 650);
  book(CostKind::actual, steel, ordered, 250);
  book(CostKind::accrual, steel, ordered, 100);
  book(CostKind::actual, glass, unbooked, 30);
  book(CostKind::actual, glass, over, 40);
  book(CostKind::commitment, glass, {}, 11);
  const auto value = value_of(project, monday);
  REQUIRE(value.accounts.size() == 2);
  CHECK(value.accounts[0].budget == doctest::Approx(1200));
  CHECK(value.accounts[1].budget == doctest::Approx(300));                // no entry of the version names it
  CHECK(value.accounts[0].committed == doctest::Approx(650 - 350));       // and not the contract's value again
  CHECK(value.accounts[1].committed == doctest::Approx(200 - 30 + 11));
  CHECK(value.accounts[0].amounts.actual_cost == doctest::Approx(350));
}

TEST_CASE_FIXTURE(Office, "reserve: rejected draws draw nothing; the burn index compares with the work done") {
  const auto wang = Ref<Person>{add<Person>([](auto& p) { p.name = "Wang"; }).id};
  const auto version = Ref<BudgetVersion>{add<BudgetVersion>([&](auto& v) {
    v.title = "Budget";
    v.status = BudgetStatus::approved;
    v.approved_on = monday;
    v.approved_by = wang;
  }).id};
  add<BudgetEntry>([&](auto& e) { e.version = version; e.title = "Work"; e.contingency = Money{1000}; });
  add<BudgetEntry>([&](auto& e) { e.version = version; e.title = "Taken out"; e.contingency = Money{400}; e.status = EntryStatus::retired; });
  const auto draw = [&](int amount, DrawStatus status) {
    add<ReserveDraw>([&](auto& d) { d.title = "x"; d.amount = Money{amount}; d.status = status; d.date = monday; });
  };
  draw(200, DrawStatus::approved);
  draw(100, DrawStatus::requested);
  draw(500, DrawStatus::rejected);
  ProjectEarnedValue value{.date = monday};
  value.total = {.planned_value = 500, .earned_value = 600, .actual_cost = 500, .budget_at_completion = 2000};
  const auto figures = reserve_of(project, ReserveKind::contingency, value);
  CHECK(figures.drawn == doctest::Approx(300));
  CHECK(*figures.burn_index == doctest::Approx(1));  // 30 % of the reserve, 30 % of the work
  REQUIRE(figures.remaining.size() == 1);
  CHECK(figures.remaining[0].second == doctest::Approx(700));
  CHECK_FALSE(reserve_of(project, ReserveKind::management, value).burn_index);
}

TEST_CASE_FIXTURE(Office, "cash: what is late is due now, the rest goes with the plan, and all adds up to the forecast") {
  const Day status = Day::of(2026, 5, 10);
  const auto account = Ref<CostAccount>{add<CostAccount>([](auto& a) { a.name = "All"; a.budget = Money{1000}; }).id};
  add<CostEntry>([&](auto& e) { e.description = "x"; e.account = account; e.amount = Money{200}; e.date = Day::of(2026, 4, 20); });
  add<Invoice>([&](auto& i) { i.title = "Late"; i.amount = Money{100}; i.due = Day::of(2026, 4, 1); });
  add<Funding>([&](auto& f) { f.title = "City"; f.amount = Money{500}; f.available_from = Day::of(2026, 4, 1); });
  add<Funding>([&](auto& f) { f.title = "Gone"; f.amount = Money{900}; f.status = FundingStatus::expired; });
  ProjectEarnedValue value{.date = status};
  value.accounts = {{.account = account.id, .amounts = {.actual_cost = 200}, .budget = 1000}};
  value.accounts_parts_first = {0};
  const auto work = [&](const char* order, Day start, int cost) {
    add<Task>([&](auto& t) {
      t.name = order, t.order = order, t.duration = WorkMinutes{5 * 480}, t.fixed_cost = Money{cost};
      t.constraint = ConstraintType::start_no_earlier_than, t.constraint_date = Minute::at(start, 8 * 60);
    });
  };
  work("a", Day::of(2026, 5, 18), 200);
  work("b", Day::of(2026, 6, 8), 400);
  const Now now(project);
  const auto months = cash_flow(project, now.outline, now.plan, now.dates, status, forecast_at_completion(project, value));
  REQUIRE(months.size() == 3);
  CHECK(months[0].inflow == doctest::Approx(500));
  CHECK(months[0].paid == doctest::Approx(200));
  CHECK(months[0].balance == doctest::Approx(300));
  CHECK(months[1].due == doctest::Approx(100));
  CHECK(months[1].to_go == doctest::Approx(700.0 * 200 / 600));
  CHECK(months[2].to_go == doctest::Approx(700.0 * 400 / 600));
  CHECK(months[2].balance == doctest::Approx(500.0 - 1000));
}

TEST_CASE_FIXTURE(Office, "cash: what has an invoice is paid once, with it; another currency at the rate of the invoice's date") {
  edit([&](Transaction& change) { change.set(project.all<ProjectSettings>().at(0), &ProjectSettings::currency, std::string("CNY")); });
  const auto rate = [&](Day from, int value) {
    return add<ExchangeRate>([&](auto& r) { r.currency = "USD"; r.valid_from = from; r.rate = whole(value); }).id;
  };
  const Id first = rate(monday - 60, 7);
  rate(monday - 10, 8);
  const auto invoice = [&](InvoiceStatus status, int amount, const char* currency, Day date) {
    return Ref<Invoice>{add<Invoice>([&](auto& i) { i.title = "x"; i.status = status; i.amount = Money{amount}; i.currency = currency; i.date = date; i.due = monday + 5; i.paid_on = monday - 1; }).id};
  };
  const auto open = invoice(InvoiceStatus::approved, 100, "", monday), paid = invoice(InvoiceStatus::paid, 40, "CNY", monday - 9);
  const auto void_one = invoice(InvoiceStatus::rejected, 900, "", monday);
  const auto foreign = invoice(InvoiceStatus::checked, 10, "USD", monday - 20);
  const auto book = [&](CostKind kind, Ref<Invoice> of, int amount) {
    add<CostEntry>([&](auto& e) { e.description = "x"; e.kind = kind; e.invoice = of; e.amount = Money{amount}; e.date = monday - 2; });
  };
  book(CostKind::actual, open, 100);    // due with its invoice
  book(CostKind::actual, paid, 40);
  book(CostKind::accrual, {}, 5);       // owed, not paid
  book(CostKind::actual, void_one, 3);  // the invoice counts for nothing
  const auto contract = Ref<Contract>{add<Contract>([&](auto& c) { c.title = "x"; }).id};
  for (const auto& of : {open, Ref<Invoice>{}})
    add<Payment>([&](auto& p) { p.title = "x"; p.contract = contract; p.status = PaymentStatus::due; p.amount = Money{20}; p.due = monday + 5; p.invoice = of; });
  const Now now(project);
  const auto months = cash_flow(project, now.outline, now.plan, now.dates, monday, 0);
  double paid_sum = 0, due = 0;
  for (const CashMonth& month : months) paid_sum += month.paid, due += month.due;
  CHECK(paid_sum == doctest::Approx(40 + 3));
  CHECK(due == doctest::Approx(100 + 10 * 7 + 5 + 20));
  CHECK(own_amount(project, *project.find(foreign), &Invoice::amount, monday) == 70.0);
  CHECK(ExchangeRates(project).own_amount(*project.find(foreign), &Invoice::amount, monday) == 70.0);
  Transaction change(project, Key{"transaction.add"});
  change.erase(*project.find(Ref<ExchangeRate>{first}));
  const auto refused = change.commit();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message == "error.invoice.no_rate"_key);  // the later rate does not hold on the invoice's date
}

TEST_CASE_FIXTURE(Office, "sums in other currencies count at the rate of their day; what has no rate is left out and named") {
  const auto rate = [&](Day from, int value) { add<ExchangeRate>([&](auto& r) { r.currency = "USD"; r.valid_from = from; r.rate = whole(value); }); };
  rate(monday - 60, 7);
  rate(monday - 10, 8);
  const auto account = Ref<CostAccount>{add<CostAccount>([](auto& a) { a.name = "Machines"; }).id};
  const auto vendor = Ref<Vendor>{add<Vendor>([](auto& v) { v.name = "Mill"; }).id};
  const auto book = [&](CostKind kind, const char* currency, Day date) {
    return add<CostEntry>([&](auto& e) { e.description = "x"; e.kind = kind; e.account = account; e.amount = Money{10}; e.currency = currency; e.date = date; }).id;
  };
  book(CostKind::actual, "", monday);               // 10
  book(CostKind::actual, "USD", monday - 20);       // 70
  book(CostKind::actual, "USD", monday - 5);        // 80
  book(CostKind::commitment, "USD", monday - 5);    // 80, under no contract
  const Id pounds = book(CostKind::actual, "GBP", monday);
  const auto contract = [&](const char* currency) {
    return add<Contract>([&](auto& c) {
      c.title = "x"; c.vendor = vendor; c.account = account; c.status = ContractStatus::running; c.signed_on = monday - 20; c.value = Money{100}; c.currency = currency;
    }).id;
  };
  contract("USD");                                  // 700
  const Id unknown = contract("GBP");
  const auto value = value_of(project, monday);
  CHECK(value.total.actual_cost == doctest::Approx(160));
  REQUIRE(value.accounts.size() == 1);
  CHECK(value.accounts[0].amounts.actual_cost == doctest::Approx(160));
  CHECK(value.accounts[0].committed == doctest::Approx(780));
  const auto missing = sums_without_rate(project, monday);
  REQUIRE(missing.size() == 2);
  CHECK(missing[0].record == pounds);
  CHECK(missing[0].currency == "GBP");
  CHECK(missing[1].record == unknown);

  SUBCASE("an offer that is awarded hands its currency on to the contract") {
    const auto& offer = add<Offer>([&](auto& o) { o.title = "Kiln"; o.vendor = vendor; o.price = Money{5}; o.currency = "USD"; o.award_reason = "x"; });
    CHECK(own_amount(project, offer, &Offer::price, monday) == 40.0);  // without a day of its own: the newest rate
    edit([&](Transaction& change) { CHECK(change.project().find(offer_awarded(change, offer))->currency == "USD"); });
  }
}

TEST_CASE("a budget that is spent while work is left is out of reach, whatever the index says") {
  CHECK(earned_value({.planned_value = 90, .earned_value = 80, .actual_cost = 120, .budget_at_completion = 100}).budget_out_of_reach);
  CHECK_FALSE(earned_value({.planned_value = 100, .earned_value = 100, .actual_cost = 120, .budget_at_completion = 100}).budget_out_of_reach);
  CHECK_FALSE(earned_value({.planned_value = 90, .earned_value = 80, .actual_cost = 90, .budget_at_completion = 100}).budget_out_of_reach);
}

TEST_CASE_FIXTURE(Office, "ratios without anything have no value instead of infinity") {
  for (const Ratio& ratio : key_ratios(project, {})) CHECK_FALSE(ratio.value);
}

TEST_CASE_FIXTURE(Office, "reach: cancelled communications do not count; who is in no plan is named") {
  const auto in = add<Stakeholder>([](auto& s) { s.name = "In"; }).id, listed = add<Stakeholder>([](auto& s) { s.name = "Listed"; }).id,
             out = add<Stakeholder>([](auto& s) { s.name = "Out"; }).id;
  add<Stakeholder>([](auto& s) { s.name = "Gone"; s.status = EntryStatus::retired; });
  const auto list = add<DistributionList>([&](auto& d) { d.name = "All"; d.stakeholders = {{listed}}; }).id;
  add<CommunicationPlanItem>([&](auto& p) { p.title = "Report"; p.status = PlanStatus::approved; p.audience = {{in}}; p.distribution_list = {list}; });
  const auto told = [&](CommunicationStatus status, Day due) {
    return add<Communication>([&](auto& c) { c.title = "x"; c.status = status; c.due = due; c.content = "x"; c.sent_at = Minute::at(due); c.audience = {{in}}; }).id;
  };
  const Id sent = told(CommunicationStatus::sent, monday);
  told(CommunicationStatus::due, monday + 40);
  told(CommunicationStatus::cancelled, monday);
  add<Acknowledgement>([&](auto& a) { a.record = {sent}; a.acknowledged_on = monday; });
  add<Acknowledgement>([&](auto& a) { a.record = {sent}; });
  add<CommunicationFeedback>([&](auto& f) { f.title = "x"; f.score = 4; f.stakeholder = {in}; });
  add<CommunicationFeedback>([&](auto& f) { f.title = "y"; f.score = 3; });
  const auto reach = reach_of(project);
  CHECK(reach.all.planned == 2);
  CHECK(reach.all.sent == 1);
  CHECK(*reach.all.confirmed_share() == doctest::Approx(0.5));
  CHECK(*reach.all.score == doctest::Approx(3.5));
  CHECK(*reach.audiences.at(in).score == doctest::Approx(4));
  CHECK(reach.months.size() == 2);
  CHECK(reach.months.at(Day::of(2026, 5, 1)).sent == 1);
  CHECK(reach.uninformed == std::vector<Id>{out});
}

TEST_CASE_FIXTURE(Office, "satisfaction by month, themes from the worst, and a theme's mean before and after an improvement") {
  const auto said = [&](const char* theme, int satisfaction, int recommendation, int day) {
    return add<Feedback>([&](auto& f) { f.title = "x"; f.theme = theme; f.satisfaction = satisfaction; f.recommendation = recommendation; f.given_on = monday + day; }).id;
  };
  const Id improved = said("Rooms", 2, 5, 0);
  said("Rooms", 3, 9, 1);
  said("Rooms", 5, 10, 40);
  said("Noise", 1, 2, 2);
  edit([&](Transaction& change) {
    const Feedback& feedback = *project.all<Feedback>().find(improved);
    change.set(feedback, &Feedback::improvement, std::string("Larger"));
    change.set(feedback, &Feedback::improved_on, std::optional(monday + 10));
  });
  const auto months = satisfaction_by_month(project);
  REQUIRE(months.size() == 2);
  CHECK(*months[0].satisfied == doctest::Approx(0));
  CHECK(*months[0].promoters == doctest::Approx(100.0 * (1 - 2) / 3));
  CHECK(*months[1].satisfied == doctest::Approx(100));
  const auto themes = themes_of(project);
  REQUIRE(themes.size() == 2);
  CHECK(themes[0].name == "Noise");
  const auto effects = improvement_effects(project);
  REQUIRE(effects.size() == 1);
  CHECK(effects[0].answers_before == 2);
  CHECK(*effects[0].gain() == doctest::Approx(2.5));
}

TEST_CASE_FIXTURE(Office, "a certificate ends as written or with its course's months; the newest one counts") {
  const auto person = Ref<Person>{add<Person>([](auto& p) { p.name = "Wu"; }).id};
  const auto course = Ref<Course>{add<Course>([](auto& c) { c.title = "Welding"; c.certificate_months = 13; }).id};
  const auto session = [&](Day day) { return Ref<TrainingSession>{add<TrainingSession>([&](auto& s) { s.title = "x"; s.course = course; s.start = Minute::at(day); }).id}; };
  const auto attended = [&](Ref<TrainingSession> at, const char* certificate, std::optional<Day> end) {
    return add<Attendance>([&](auto& a) { a.session = at; a.person = person; a.status = AttendanceStatus::attended; a.certificate = certificate; a.certificate_expires = end; }).id;
  };
  attended(session(Day::of(2024, 1, 10)), "Old", Day::of(2024, 6, 1));
  attended(session(Day::of(2025, 1, 31)), "New", {});
  auto list = certificates(project, Day::of(2026, 1, 15));
  REQUIRE(list.size() == 1);
  CHECK(list[0].name == "New");
  CHECK(list[0].expires == Day::of(2026, 2, 28));  // thirteen months later, the month is shorter
  CHECK(list[0].state == CertificateState::expiring);
  CHECK(certificates(project, Day::of(2026, 3, 1))[0].state == CertificateState::expired);
  CHECK(certificates(project, Day::of(2025, 6, 1))[0].state == CertificateState::valid);
}

TEST_CASE_FIXTURE(Planned, "hours against the plan of the work done; material against its reorder point") {
  const auto crew = Ref<Resource>{add<Resource>([](auto& r) { r.name = "Crew"; }).id};
  const auto concrete = Ref<Resource>{add<Resource>([](auto& r) { r.name = "Concrete"; r.kind = ResourceKind::material; }).id};
  add<Assignment>([&](auto& a) { a.task = {work->id}; a.resource = crew; a.units = Permille{2000}; });  // 80 hours
  add<Assignment>([&](auto& a) { a.task = {work->id}; a.resource = concrete; a.quantity = whole(100); });
  edit([&](Transaction& change) { change.set(*work, &Task::percent_complete, Permille{500}); });
  const auto booked = [&](int hours, int overtime, TimesheetStatus status) {
    add<TimesheetEntry>([&](auto& t) { t.resource = crew; t.date = monday; t.work = WorkMinutes{hours * 60}; t.overtime = WorkMinutes{overtime * 60}; t.status = status; });
  };
  booked(8, 2, TimesheetStatus::approved);
  booked(20, 0, TimesheetStatus::submitted);
  booked(9, 0, TimesheetStatus::rejected);
  const auto uses = work_use(project, now().plan);
  REQUIRE(uses.size() == 1);
  CHECK(uses[0].planned == WorkMinutes{80 * 60});
  CHECK(uses[0].planned_then == WorkMinutes{40 * 60});
  CHECK(uses[0].unapproved == WorkMinutes{20 * 60});
  CHECK(*uses[0].ratio() == doctest::Approx(30.0 / 40));
  const auto moved = [&](MovementKind kind, int quantity) {
    add<MaterialMovement>([&](auto& m) { m.resource = concrete; m.kind = kind; m.date = monday; m.quantity = whole(quantity); });
  };
  moved(MovementKind::receipt, 60);
  moved(MovementKind::issue, 40);
  moved(MovementKind::returned, 5);
  moved(MovementKind::returned_to_vendor, 10);
  add<StockRule>([&](auto& s) { s.resource = concrete; s.reorder_point = whole(15); s.reorder_quantity = whole(50); });
  const auto material = material_use(project);
  REQUIRE(material.size() == 1);
  CHECK(material[0].stock == doctest::Approx(15));
  CHECK(material[0].to_order());
}

TEST_CASE("a vendor's grade is the mean of what is known of it") {
  CHECK(grade_of({.on_time = 1.0, .reject_rate = 0.0, .evaluation = 4.5}) == VendorGrade::a);   // (1 + 1 + 0.9) / 3
  CHECK(grade_of({.on_time = 0.5, .reject_rate = 0.05, .evaluation = 4.0}) == VendorGrade::c);  // (0.5 + 0.5 + 0.8) / 3 = 0.6
  CHECK(grade_of({.reject_rate = 0.3}) == VendorGrade::d);
  CHECK(grade_of({}) == VendorGrade::none);
  CHECK(asks_for_probation(Vendor{}, VendorGrade::c));
  CHECK_FALSE(asks_for_probation(Vendor{}, VendorGrade::none));
}

TEST_CASE_FIXTURE(Office, "an excluded measurement is in no chart") {
  const auto& item = add<QualityPlanItem>([](auto& q) { q.title = "Bolts"; });
  const auto measured = [&](int value, MeasurementStatus status) {
    add<Measurement>([&](auto& m) { m.plan_item = {item.id}; m.sample = value; m.value = whole(value); m.status = status; });
  };
  for (const int value : {1, 2, 4}) measured(value, MeasurementStatus::valid);
  measured(900, MeasurementStatus::excluded);
  const auto chart = control_chart_of(project, item);
  CHECK(chart.location.points.size() == 3);
  CHECK(chart.location.points[0].centre == doctest::Approx(7.0 / 3));
}

TEST_CASE_FIXTURE(Planned, "lights: nothing to judge by is not green; lateness, cost, risks, quality and scope each have theirs") {
  const auto assess = [&](const ProjectEarnedValue& value = {}) {
    const Now as_is = now();
    return assess_status(project, as_is.outline, as_is.dates, value, monday);
  };
  auto found = assess();
  CHECK(found.schedule.light == Light::not_rated);
  CHECK(found.cost.light == Light::not_rated);
  CHECK(found.risk.light == Light::not_rated);
  CHECK(found.quality.light == Light::not_rated);
  CHECK(found.scope.light == Light::green);
  edit([&](Transaction& change) {
    const Now as_is = now();
    take_baseline(change, as_is.outline, as_is.plan, as_is.dates, {.name = "First", .taken = Minute::at(monday)});
  });
  CHECK(assess().schedule.light == Light::green);
  last(6);
  found = assess();
  CHECK(found.schedule.light == Light::red);  // three days late of four
  CHECK(found.overall == Light::red);
  add<CostAccount>([](auto& a) { a.name = "All"; a.budget = Money{1000}; });
  ProjectEarnedValue value;
  value.total = {.planned_value = 100, .earned_value = 93, .actual_cost = 100, .budget_at_completion = 1000};
  CHECK(assess(value).cost.light == Light::amber);
  edit([&](Transaction& change) {
    const auto& settings = project.all<ProjectSettings>().at(0);
    change.set(settings, &ProjectSettings::cost_index_red, Number{number_scale * 8 / 10});
    change.set(settings, &ProjectSettings::cost_index_amber, Number{number_scale * 9 / 10});
  });
  CHECK(assess(value).cost.light == Light::green);  // by the project's own limits
  add<Risk>([](auto& r) { r.title = "R"; r.probability = 3; r.impact_time = 4; });
  CHECK(assess().risk.light == Light::amber);
  add<Nonconformity>([&](auto& n) { n.title = "N"; n.severity = NonconformitySeverity::major; });
  CHECK(assess().quality.light == Light::amber);
  add<Nonconformity>([&](auto& n) { n.title = "Late"; n.due = monday - 1; });
  CHECK(assess().quality.light == Light::red);
}

TEST_CASE_FIXTURE(Planned, "an inspection is settled by a retest that passes, with remarks or at the second try") {
  const auto light = [&] {
    const Now as_is = now();
    return assess_status(project, as_is.outline, as_is.dates, {}, monday).quality.light;
  };
  const auto inspect = [&](InspectionResult result, Ref<Inspection> retest_of) {
    return Ref<Inspection>{add<Inspection>([&](auto& i) { i.title = "Weld", i.result = result, i.retest_of = retest_of; }).id};
  };
  const auto first = inspect(InspectionResult::failed, {});
  CHECK(light() == Light::amber);
  const auto second = inspect(InspectionResult::failed, first);
  CHECK(light() == Light::amber);
  inspect(InspectionResult::passed_with_remarks, second);
  CHECK(light() == Light::green);
}

// One rule for the desk, the report and the portfolio: unfinished, and by the plan over before the status date.
TEST_CASE_FIXTURE(Office, "late tasks count by the status date; what is finished, or ends on that day, is not late") {
  const auto task = [&](const char* order, int days, int percent) {
    add<Task>([&](auto& t) { t.name = order, t.order = order, t.duration = WorkMinutes{days * 480}, t.percent_complete = Permille{percent}; });
  };
  task("a", 5, 500);   // to Friday 8 May
  task("b", 3, 1000);  // done
  task("c", 6, 0);     // to Monday 11 May
  const Now now(project);
  CHECK(late_tasks(now.outline, now.dates, monday + 4).empty());
  CHECK(late_tasks(now.outline, now.dates, monday + 6) == std::vector<std::size_t>{0});
  CHECK(late_tasks(now.outline, now.dates, monday + 8) == std::vector<std::size_t>{0, 2});
}

TEST_CASE_FIXTURE(Office, "a new exchange rate is for a currency in use that has none yet") {
  edit([&](Transaction& change) { change.set(project.all<ProjectSettings>().at(0), &ProjectSettings::currency, std::string("CNY")); });
  CHECK(currency_for_rate(project) == "USD");  // a usual one
  const auto book = [&](const char* currency) {
    add<CostEntry>([&](auto& e) { e.description = "x", e.amount = Money{10}, e.currency = currency, e.date = monday; });
  };
  const auto rate = [&](const char* currency) { add<ExchangeRate>([&](auto& r) { r.currency = currency, r.valid_from = monday, r.rate = whole(7); }); };
  book("CNY"), book("JPY"), book("EUR");
  CHECK(currency_for_rate(project) == "EUR");
  rate("EUR");
  CHECK(currency_for_rate(project) == "JPY");
  rate("JPY");
  CHECK(currency_for_rate(project) == "EUR");
}

// Ten days from Monday 4 May, 80 hours, half of it done by Friday: 40 hours in five days. The timesheets tell of Thursday and
// Friday only: 16 hours of it, and 18 were booked.
TEST_CASE_FIXTURE(Office, "hours are compared with what was planned for the days that timesheets tell of") {
  edit([&](Transaction& change) { change.set(project.all<ProjectSettings>().at(0), &ProjectSettings::status_date, std::optional(monday + 4)); });
  const auto crew = Ref<Resource>{add<Resource>([](auto& r) { r.name = "Crew"; }).id};
  const auto work = Ref<Task>{add<Task>([&](auto& t) {
    t.name = "Work", t.duration = WorkMinutes{10 * 480}, t.percent_complete = Permille{500}, t.actual_start = Minute::at(monday, 8 * 60);
  }).id};
  add<Assignment>([&](auto& a) { a.task = work, a.resource = crew; });
  for (const int day : {3, 4})
    add<TimesheetEntry>([&](auto& t) { t.resource = crew, t.date = monday + day, t.work = WorkMinutes{9 * 60}; });
  const Now now(project);
  const auto uses = work_use(project, now.plan);
  REQUIRE(uses.size() == 1);
  CHECK(uses[0].planned_then == WorkMinutes{16 * 60});
  CHECK(*uses[0].ratio() == doctest::Approx(18.0 / 16));
}

TEST_CASE_FIXTURE(Office, "what a task that is not active would need is not planned, as it is in no cost") {
  const auto crew = Ref<Resource>{add<Resource>([](auto& r) { r.name = "Crew"; }).id};
  const auto sand = Ref<Resource>{add<Resource>([](auto& r) { r.name = "Sand"; r.kind = ResourceKind::material; }).id};
  for (const bool active : {true, false}) {
    const auto work = Ref<Task>{add<Task>([&](auto& t) { t.name = "Work", t.order = active ? "a" : "b", t.duration = WorkMinutes{480}, t.active = active; }).id};
    add<Assignment>([&](auto& a) { a.task = work, a.resource = crew; });
    add<Assignment>([&](auto& a) { a.task = work, a.resource = sand, a.quantity = whole(7); });
  }
  const auto uses = work_use(project, Now(project).plan);
  REQUIRE(uses.size() == 1);
  CHECK(uses[0].planned == WorkMinutes{480});
  const auto materials = material_use(project);
  REQUIRE(materials.size() == 1);
  CHECK(materials[0].planned == 7);
}
