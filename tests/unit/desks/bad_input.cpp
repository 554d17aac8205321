// What people enter by mistake: refused at the field, nothing lost, and no analysis makes something up.
#include <doctest/doctest.h>

#include <format>

#include "app/engine/procurement/purchasing.h"
#include "app/engine/quality/control_chart_of.h"
#include "app/engine/resources/resource_load_of_project.h"
#include "app/engine/schedule/plan_of_project.h"
#include "app/model/records/budget.h"
#include "app/model/records/issue.h"
#include "app/model/records/procurement.h"
#include "app/model/records/quality.h"
#include "app/model/records/resource.h"
#include "app/sample/sample.h"
#include "app/ui/csv_clipboard.h"

using namespace pmo;

namespace {

struct Sample {
  Sample() { REQUIRE(make_sample_project(project, Language::english)); }
  // Whether the value is refused with a message that names the field, in both languages; the record keeps what it had.
  template <class R>
  bool refused(const R& record, std::string_view field, Value value) {
    const auto& info = register_of<R>();
    const FieldInfo& at = *info.find(field);
    const Value before = at.get(record);
    bool named = true;
    {
      Transaction change(project, "transaction.test"_key);
      auto done = change.set(record, info, at, std::move(value));
      if (done) {
        const auto commit = change.commit();
        REQUIRE_FALSE(commit);
        done = std::unexpected(commit.error());
      }
      for (const auto language : all_languages) named &= describe(done.error(), language).contains(word(at.label_key(), language));
    }
    CHECK(at.get(record) == before);
    return named;
  }
  template <class R>
  const R& first() const { return project.all<R>().at(0); }

  FixedSurroundings surroundings;
  Project project{product_schema(), Id{1, 1}, surroundings};
};

}  // namespace

TEST_CASE_FIXTURE(Sample, "percentages over a hundred and below zero are refused at the field") {
  CHECK(refused(first<Task>(), "percent_complete", Value{std::int64_t{1010}}));
  CHECK(refused(first<Task>(), "percent_complete", Value{std::int64_t{-10}}));
  CHECK(refused(first<Risk>(), "probability_percent", Value{std::int64_t{1001}}));
}

TEST_CASE_FIXTURE(Sample, "negative quantities and amounts are refused at the field") {
  CHECK(refused(first<ProcurementItem>(), "quantity", Value{std::int64_t{-1}}));
  CHECK(refused(first<Delivery>(), "quantity", Value{std::int64_t{-1}}));
  CHECK(refused(first<Task>(), "duration", Value{std::int64_t{-480}}));
  CHECK(refused(first<BudgetEntry>(), "amount", Value{std::int64_t{-1}}));
}

TEST_CASE_FIXTURE(Sample, "a control chart of one sample has no value, with the reason in both languages") {
  const QualityPlanItem* charted = nullptr;
  for (const auto& item : project.all<QualityPlanItem>())
    if (engine::control_chart_of(project, item).missing == engine::NoChart::none) charted = &item;
  REQUIRE(charted);
  Transaction change(project, "transaction.test"_key);
  std::vector<const Measurement*> measured;
  for (const auto& one : project.all<Measurement>())
    if (one.plan_item.id == charted->id) measured.push_back(&one);
  for (std::size_t i = 1; i < measured.size(); ++i) change.erase(*measured[i]);
  REQUIRE(change.commit());
  const auto found = engine::control_chart_of(project, *charted);
  CHECK(found.missing != engine::NoChart::none);
  CHECK(found.location.points.empty());
  CHECK_FALSE(found.capability.cpk.has_value());
  for (const auto language : all_languages) CHECK_FALSE(word(engine::no_chart_key(found.missing), language).empty());
}

TEST_CASE_FIXTURE(Sample, "a person who is assigned can be deleted: plan and load are computed as before, one undo brings everything back") {
  const Resource* resource = nullptr;
  for (const auto& one : project.all<Resource>())
    if (one.person && !resource) resource = &one;
  REQUIRE(resource);
  const auto demand = [&] {
    const auto plan = engine::plan_of(project);
    return engine::resource_demand(plan, engine::schedule(plan)).size();
  };
  const Ref<Person> person = resource->person;
  const auto before = demand();
  const auto uses = uses_of(project, person.id).size();
  REQUIRE(uses > 1);
  {
    Transaction change(project, "transaction.test"_key);
    change.erase(*project.find(person));
    REQUIRE(change.commit());
  }
  CHECK(project.find(person) == nullptr);
  CHECK(demand() == before);
  REQUIRE(project.undo());
  REQUIRE(project.find(person));
  CHECK(uses_of(project, person.id).size() == uses);
}

TEST_CASE_FIXTURE(Sample, "ten thousand pasted rows: every good cell goes in as one step, every bad one is named") {
  std::string block;
  for (int i = 0; i < 10'000; ++i) block += std::format("Pasted {}\t{}\n", i, i % 100 == 0 ? "no such priority" : "High");
  const auto& info = register_of<Issue>();
  auto view = ui::usual_view(info);
  // Title and priority side by side.
  view.columns = {{info.find("title")}, {info.find("priority")}};
  const auto before = project.all<Issue>().size();
  const auto plan = ui::plan_paste(view, info, ui::CellTexts(project, Language::english, usual_sample_day), {}, info.find("title"), parse_grid(block));
  CHECK(plan.created == 10'000);
  CHECK(plan.errors == 100);
  Transaction change(project, "transaction.paste"_key, {"20000"});
  REQUIRE(ui::apply_paste(change, info, plan));
  REQUIRE(change.commit());
  CHECK(project.all<Issue>().size() == before + 10'000);
  REQUIRE(project.undo());
  CHECK(project.all<Issue>().size() == before);
}

TEST_CASE_FIXTURE(Sample, "days in the wrong order are refused at the field, whichever of the two is written") {
  const Day day = Day::of(2026, 3, 2);
  const auto at = [](Day of) { return Value{std::int64_t{of.value}}; };
  Transaction change(project, "transaction.test"_key);
  const Risk& risk = change.create<Risk>([&](Risk& made) { made.title = "R"; made.identified_on = day; });
  const Issue& issue = change.create<Issue>([&](Issue& made) { made.title = "I"; made.raised_on = day; });
  REQUIRE(change.commit());
  CHECK(refused(risk, "occurred_on", at(day - 1)));
  CHECK(refused(issue, "closed_on", at(day - 1)));
}
