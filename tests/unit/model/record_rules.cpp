// What holds between the fields of one record: order of dates and limits, statuses that need other fields.
#include <doctest/doctest.h>

#include <set>

#include "app/model/records/budget.h"
#include "app/model/transaction.h"

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
