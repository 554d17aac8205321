// A project as its figures stood: what came later is not there, progress grew evenly.
#include "app/engine/control/past_project.h"

#include <doctest/doctest.h>

#include "app/engine/control/budget_of_project.h"
#include "app/engine/control/budget_versions.h"
#include "app/engine/control/earned_value_of_project.h"
#include "app/engine/schedule/plan_of_project.h"
#include "app/model/records/budget.h"
#include "tests/unit/engine_numeric/office.h"

using namespace pmo;
using namespace pmo::engine;

namespace {

struct Week : Office {
  const Day tuesday = monday + 1, thursday = monday + 3, friday = monday + 4;

  Week() {
    edit([&](Transaction& change) { change.set(project.all<ProjectSettings>().at(0), &ProjectSettings::status_date, std::optional(friday)); });
  }
  const Task& task(const char* name, int percent, std::optional<Minute> started, std::optional<Minute> finished = {}) {
    return add<Task>([&](auto& t) {
      t.name = t.order = name;
      t.duration = WorkMinutes{5 * 480};
      t.fixed_cost = Money{1000};
      t.percent_complete = {percent * 10};
      t.actual_start = started;
      t.actual_finish = finished;
    });
  }
  static Permille percent(const Project& of, const Task& task) { return of.find(Ref<Task>{task.id})->percent_complete; }
};

}  // namespace

TEST_CASE_FIXTURE(Week, "progress of a day that is past grew evenly over the working time since the start") {
  const Task& going = task("a", 80, Minute::at(monday, 8 * 60));
  const Task& done = task("b", 100, Minute::at(monday, 8 * 60), Minute::at(monday + 2, 17 * 60));
  const Task& later = task("c", 50, Minute::at(thursday, 8 * 60));
  const Task& early = task("d", 100, Minute::at(monday, 8 * 60), Minute::at(monday, 17 * 60));
  const PastProject past(project, tuesday, friday);
  CHECK(percent(past.project(), going) == Permille{320});  // 2 of the 5 days since the start
  CHECK(percent(past.project(), done) == Permille{667});   // 2 of its 3 days
  CHECK_FALSE(past.project().find(Ref<Task>{done.id})->actual_finish);
  CHECK(percent(past.project(), later) == Permille{0});
  CHECK_FALSE(past.project().find(Ref<Task>{later.id})->actual_start);
  CHECK(percent(past.project(), early) == Permille{1000});
  CHECK(past.project().all<ProjectSettings>().at(0).status_date == tuesday);
  CHECK(percent(project, going) == Permille{800});
}

TEST_CASE_FIXTURE(Week, "earned value and actual cost are those of the day") {
  task("a", 80, Minute::at(monday, 8 * 60));
  for (const auto& [day, amount] : {std::pair(monday, 100), std::pair(thursday, 200)})
    add<CostEntry>([&](auto& e) { e.description = "x"; e.date = day; e.amount = Money{amount}; });
  const PastProject past(project, tuesday, friday);
  const Outline outline(past.project());
  const Plan plan = plan_of(past.project(), outline);
  const auto value = earned_value_of(past.project(), outline, plan, schedule(plan), {status_day(past.project(), friday)});
  CHECK(value.date == tuesday);
  CHECK(value.total.earned_value == doctest::Approx(320));
  CHECK(value.total.actual_cost == doctest::Approx(100));
  CHECK(value.total.planned_value == doctest::Approx(400));
}

TEST_CASE_FIXTURE(Week, "what was approved, taken, reviewed, drawn or paid later was not yet") {
  const auto wang = Ref<Person>{add<Person>([](auto& p) { p.name = "Wang"; }).id};
  const auto version = [&](BudgetStatus status, Day day) {
    return add<BudgetVersion>([&](auto& v) { v.title = "x"; v.status = status; v.approved_on = day; v.approved_by = wang; }).id;
  };
  const Id first = version(BudgetStatus::superseded, monday), second = version(BudgetStatus::approved, thursday);
  const auto baseline = [&](BaselineStatus status, Day day) {
    return add<Baseline>([&](auto& b) { b.name = "x"; b.status = status; b.taken = Minute::at(day, 9 * 60); }).id;
  };
  const Id agreed = baseline(BaselineStatus::superseded, monday);
  baseline(BaselineStatus::published, tuesday);  // to be known, not to be measured against
  baseline(BaselineStatus::agreed, thursday);
  add<BudgetReview>([&](auto& r) { r.title = "x"; r.reviewed_on = thursday; });
  add<ReserveDraw>([&](auto& d) { d.title = "x"; d.date = thursday; });
  const auto invoice = [&](Day paid) {
    return Ref<Invoice>{add<Invoice>([&](auto& i) { i.title = "x"; i.status = InvoiceStatus::paid; i.date = monday; i.paid_on = paid; }).id};
  };
  const auto late = invoice(thursday), paid = invoice(tuesday);
  REQUIRE(approved_budget(project)->id == second);

  const PastProject past(project, tuesday, friday);
  REQUIRE(approved_budget(past.project()));
  CHECK(approved_budget(past.project())->id == first);
  REQUIRE(newest_agreed_baseline(past.project()));
  CHECK(newest_agreed_baseline(past.project())->id == agreed);
  CHECK(past.project().all<BudgetReview>().empty());
  CHECK(past.project().all<ReserveDraw>().empty());
  CHECK(past.project().find(late)->status == InvoiceStatus::approved);
  CHECK(past.project().find(paid)->status == InvoiceStatus::paid);
  CHECK(project.find(late)->status == InvoiceStatus::paid);
}

TEST_CASE_FIXTURE(Week, "versions of a budget stand in the order of their days, with what each account has in them") {
  const auto wang = Ref<Person>{add<Person>([](auto& p) { p.name = "Wang"; }).id};
  const auto account = [&](const char* code) { return Ref<CostAccount>{add<CostAccount>([&](auto& a) { a.name = "x"; a.code = code; }).id}; };
  const auto steel = account("B"), glass = account("A");
  const auto version = [&](BudgetStatus status, std::optional<Day> day, int reserve) {
    return Ref<BudgetVersion>{add<BudgetVersion>([&](auto& v) { v.title = "x"; v.status = status; v.approved_on = day; v.approved_by = wang; v.management_reserve = Money{reserve}; }).id};
  };
  const auto draft = version(BudgetStatus::draft, {}, 0), second = version(BudgetStatus::approved, thursday, 70), first = version(BudgetStatus::superseded, monday, 50);
  const auto grant = [&](Ref<BudgetVersion> by, Ref<CostAccount> to, int amount, int contingency, EntryStatus status = EntryStatus::in_use) {
    add<BudgetEntry>([&](auto& e) { e.version = by; e.title = "x"; e.account = to; e.amount = Money{amount}; e.contingency = Money{contingency}; e.status = status; });
  };
  grant(first, steel, 500, 40);
  grant(second, steel, 600, 20);
  grant(second, steel, 900, 90, EntryStatus::retired);
  grant(second, glass, 100, 0);
  grant(second, {}, 7, 0);
  const auto all = budget_versions(project);
  REQUIRE(all.versions.size() == 3);
  CHECK(all.versions[0].version->id == first.id);
  CHECK(all.versions[2].version->id == draft.id);
  CHECK(all.versions[0].budget() == doctest::Approx(500 + 40 + 50));
  CHECK(all.versions[1].baseline() == doctest::Approx(600 + 20 + 100 + 7));
  REQUIRE(all.accounts.size() == 3);
  CHECK(all.accounts[0].account == glass.id);
  CHECK(all.accounts[0].amounts == std::vector<double>{0, 100, 0});
  CHECK(all.accounts[1].amounts == std::vector<double>{540, 620, 0});
  CHECK(all.accounts[2].account == Id{});
}
