// What holds between the fields of one record: order of dates and limits, statuses that need other fields.
#include <doctest/doctest.h>

#include <set>

#include "app/model/records/budget.h"
#include "app/model/records/resource.h"
#include "app/model/problems.h"
#include "app/model/transaction.h"
#include "app/words/words.h"

using namespace pmo;

namespace {

struct RulesFixture {
  FixedSurroundings surroundings;
  Project project{product_schema(), Id{1, 1}, surroundings};

  template <class R, class Fill>
  Key refusal(Fill&& fill) {
    Transaction change(project, "transaction.add"_key);
    change.create<R>([&](R& record) {
      record.title = "x";
      fill(record);
    });
    const auto commit = change.commit();
    return commit ? Key{} : commit.error().message;
  }
};

}  // namespace

TEST_CASE("limits and dates in the wrong order are refused; one of them missing is fine") {
  RulesFixture f;
  CHECK(f.refusal<QualityPlanItem>([](auto& q) { q.lower_limit = whole(5); q.upper_limit = whole(3); }) == "error.field.less"_key);
  CHECK(!f.refusal<QualityPlanItem>([](auto& q) { q.lower_limit = whole(5); }));
  CHECK(f.refusal<Nonconformity>([](auto& n) { n.found_on = Day{20}; n.completed_on = Day{19}; }) == "error.field.before"_key);
  CHECK(!f.refusal<Nonconformity>([](auto& n) { n.found_on = Day{20}; n.completed_on = Day{20}; }));
  CHECK(f.refusal<Inspection>([](auto& i) { i.units_inspected = 3; i.units_rejected = 4; }) == "error.field.less"_key);
}

TEST_CASE("dates of tasks, resources, documents and calendars in the wrong order are refused with the field that is wrong") {
  RulesFixture f;
  const auto refused = [&]<class R>(auto&& fill) {
    Transaction change(f.project, "transaction.add"_key);
    change.create<R>([&](R& record) {
      if constexpr (requires { record.calendar; record.first; }) record.calendar = {f.project.all<Calendar>().at(0).id};
      else if constexpr (requires { record.title; }) record.title = "x";
      else record.name = "x";
      fill(record);
    });
    const auto commit = change.commit();
    return commit ? std::vector<std::string>{} : commit.error().arguments;
  };
  {
    Transaction change(f.project, "transaction.add"_key);
    change.create<Calendar>([](Calendar& calendar) { calendar.name = "Site"; });
    REQUIRE(change.commit());
  }
  using Names = std::vector<std::string>;
  const auto named = [](Key later, Key earlier) { return Names{argument_of(later), argument_of(earlier)}; };
  CHECK(refused.operator()<Task>([](Task& t) { t.actual_start = Minute::at(Day{20'000}, 480), t.actual_finish = Minute::at(Day{20'000}, 479); }) ==
        named("task.actual_finish"_key, "task.actual_start"_key));
  CHECK(refused.operator()<Task>([](Task& t) { t.manual_start = Minute::at(Day{20'001}, 0), t.manual_finish = Minute::at(Day{20'000}, 0); }) ==
        named("task.manual_finish"_key, "task.manual_start"_key));
  CHECK(refused.operator()<Task>([](Task& t) { t.actual_start = t.actual_finish = Minute::at(Day{20'000}, 480); }).empty());
  CHECK(refused.operator()<Resource>([](Resource& r) { r.available_from = Day{20}, r.available_to = Day{19}; }) ==
        named("resource.available_to"_key, "resource.available_from"_key));
  CHECK(refused.operator()<Document>([](Document& d) { d.retain_until = Day{20}, d.disposed_on = Day{19}; }) ==
        named("document.disposed_on"_key, "document.retain_until"_key));
  CHECK(refused.operator()<WorkWeek>([](WorkWeek& w) { w.first = Day{20}, w.last = Day{19}; }) == named("work_week.last"_key, "work_week.first"_key));
  CHECK(refused.operator()<WorkWeek>([](WorkWeek& w) { w.first = Day{20}; }).empty());  // the last day is still to be filled in
  CHECK(refused.operator()<CalendarException>([](CalendarException& e) { e.first = Day{20}, e.last = Day{19}; }) ==
        named("calendar_exception.last"_key, "calendar_exception.first"_key));
  CHECK(refused.operator()<CalendarException>([](CalendarException& e) { e.first = Day{20}, e.last = Day{19}, e.occurrences = 3; }).empty());
}

TEST_CASE("who reads a file of another program takes a task that finished before it began, and it is told") {
  RulesFixture f;
  Transaction change(f.project, "transaction.add"_key);
  change.take_as_it_is();
  change.create<Task>([](Task& t) { t.name = "x", t.actual_start = Minute::at(Day{20'001}, 0), t.actual_finish = Minute::at(Day{20'000}, 0); });
  REQUIRE(change.commit());
  CHECK(problems_of(f.project).size() == 1);
}

TEST_CASE("a status that needs other fields is refused until they are filled in") {
  RulesFixture f;
  const auto done = [](Nonconformity& n) { n.status = NonconformityStatus::done; };
  CHECK(f.refusal<Nonconformity>(done) == "error.field.needed"_key);
  CHECK(!f.refusal<Nonconformity>([&](Nonconformity& n) {
    done(n);
    n.corrective_action = "Grout";
    n.completed_on = Day{20};
  }));
  CHECK(f.refusal<QualityGate>([](auto& g) { g.status = GateStatus::passed; }) == "error.field.needed"_key);
}

TEST_CASE("weights of criteria must not all be zero") {
  RulesFixture f;
  Transaction change(f.project, "transaction.add"_key);
  const auto& item = change.create<ProcurementItem>([](auto& i) { i.title = "Lifts"; });
  const auto& price = change.create<SelectionCriterion>([&](auto& c) { c.item = {item.id}; c.title = "Price"; c.weight = {400}; });
  REQUIRE(change.commit());
  Transaction zero(f.project, "transaction.add"_key);
  zero.set(price, &SelectionCriterion::weight, Permille{0});
  const auto refused = zero.commit();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message == "error.criteria.no_weight"_key);
  CHECK(refused.error().arguments == std::vector<std::string>{"Lifts"});
}

TEST_CASE("records of different registers never share a number's beginning") {
  std::set<std::string> prefixes;
  for (const auto* info : product_schema().registers())
    if (!info->prefix.empty()) CHECK_MESSAGE(prefixes.insert(info->prefix).second, info->prefix);
}

TEST_CASE("an invoice in another currency needs an exchange rate") {
  RulesFixture f;
  const auto in_euro = [](Invoice& invoice) { invoice.currency = "EUR"; };
  CHECK(f.refusal<Invoice>(in_euro) == "error.invoice.no_rate"_key);
  {
    Transaction change(f.project, "transaction.add"_key);
    change.create<ExchangeRate>([](auto& rate) { rate.currency = "EUR"; });
    REQUIRE(change.commit());
  }
  CHECK(!f.refusal<Invoice>(in_euro));
}
