// A new project that begins like an earlier one: structure comes along, what happened does not.
#include "app/model/begin_like.h"

#include <doctest/doctest.h>

#include "app/model/own_choices.h"
#include "app/model/records/lists.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/quality.h"
#include "app/model/records/risk.h"

using namespace pmo;

TEST_CASE("a project begins like an earlier one: people, plan and lists come along; progress, answers and risks do not") {
  FixedSurroundings surroundings;
  Project earlier(product_schema(), Id{1, 1}, surroundings), fresh(product_schema(), Id{1, 1}, surroundings);
  const Day then = Day::of(2025, 1, 6), now = Day::of(2026, 6, 1);
  Transaction change(earlier, "transaction.add"_key);
  change.create<ProjectSettings>([&](auto& s) { s.name = "Old"; s.code = "O-1"; s.start = Minute::at(then, 480); s.status_date = then + 30; s.currency = "EUR"; s.risk_high = 12; });
  const auto& person = change.create<Person>([](auto& p) { p.name = "Wu"; });
  const auto& phase = change.create<Task>([](auto& t) { t.name = "Phase"; t.order = "a"; });
  change.create<Task>([&](auto& t) {
    t.name = "Dig";
    t.order = "a";
    t.responsible = {person.id};
    t.percent_complete = Permille{500};
    t.actual_start = Minute::at(then, 480);
    t.constraint = ConstraintType::start_no_earlier_than;
    t.constraint_date = Minute::at(then + 3, 480);
  });
  change.set(earlier.all<Task>().at(1), &Task::parent, Ref<Task>{phase.id});
  const auto& gate = change.create<QualityGate>([&](auto& g) { g.title = "Gate"; g.status = GateStatus::failed; g.due = then + 40; });
  change.create<ChecklistItem>([&](auto& c) { c.gate = {gate.id}; c.question = "Tested?"; c.answer = ChecklistAnswer::fulfilled; c.evidence = "Yes"; });
  const auto& own = change.create<OwnChoice>([](auto& o) { o.name = "River"; o.list = "risk_category"; o.base = "external"; o.added = true; });
  const auto& branch = change.create<RiskBreakdown>([](auto& b) { b.name = "Water"; });
  REQUIRE(change.set(branch, register_of<RiskBreakdown>(), *register_of<RiskBreakdown>().find("category"), Value{"external." + own.id.text()}));
  change.create<Risk>([](auto& r) { r.title = "Flood"; });
  change.create<CalendarException>([&](auto& e) {
    e.calendar = {change.create<Calendar>([](auto& c) { c.name = "Standard"; }).id};
    e.first = then;
    e.last = then;
  });
  REQUIRE(change.commit());

  REQUIRE(begin_like(earlier, fresh, {"New", Minute::at(now, 480)}));
  const auto& settings = fresh.all<ProjectSettings>().at(0);
  CHECK(settings.name == "New");
  CHECK(settings.code.empty());
  CHECK(settings.start == Minute::at(now, 480));
  CHECK_FALSE(settings.status_date);
  CHECK(settings.currency == "EUR");
  CHECK(settings.risk_high == 12);
  CHECK(settings.id != earlier.all<ProjectSettings>().at(0).id);
  REQUIRE(fresh.all<Task>().size() == 2);
  const Task& dig = fresh.all<Task>().at(1);
  CHECK(fresh.find(dig.parent)->name == "Phase");
  CHECK(fresh.find(dig.responsible)->name == "Wu");
  CHECK(dig.responsible.id != person.id);
  CHECK(dig.percent_complete == Permille{0});
  CHECK_FALSE(dig.actual_start);
  CHECK(dig.constraint_date == Minute::at(now + 3, 480));
  CHECK(fresh.all<QualityGate>().at(0).status == GateStatus::planned);
  CHECK(fresh.all<QualityGate>().at(0).due == now + 40);
  CHECK(fresh.all<ChecklistItem>().at(0).answer == ChecklistAnswer::open);
  CHECK(fresh.all<ChecklistItem>().at(0).evidence.empty());
  CHECK(fresh.all<Risk>().empty());
  CHECK(fresh.all<CalendarException>().at(0).first == then);  // holidays stay where they are
  const FieldInfo& category = *register_of<RiskBreakdown>().find("category");
  const auto value = category.get(fresh.all<RiskBreakdown>().at(0));
  CHECK(choice_label(fresh, category, std::get<std::string>(value), Language::english) == "River");
}

TEST_CASE("a project without settings is nothing to begin with") {
  FixedSurroundings surroundings;
  Project earlier(product_schema(), Id{1, 1}, surroundings), fresh(product_schema(), Id{1, 1}, surroundings);
  CHECK_FALSE(begin_like(earlier, fresh, {"New", Minute{}}));
  CHECK(fresh.all<ProjectSettings>().empty());
}
