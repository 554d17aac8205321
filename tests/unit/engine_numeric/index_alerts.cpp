// Indices against the project's own limits, and the corrective action that answers one.
#include "app/engine/control/index_alerts.h"

#include <algorithm>

#include <doctest/doctest.h>

#include "app/model/records/cost.h"
#include "tests/unit/engine_numeric/office.h"

using namespace pmo;
using namespace pmo::engine;

TEST_CASE_FIXTURE(Office, "what is below the project's limits alerts, the red first; what is finished does not") {
  const auto account = [&](const char* name) { return add<CostAccount>([&](auto& a) { a.name = name; }).id; };
  const Id earth = account("Earth"), survey = account("Survey");
  ProjectEarnedValue value;
  value.total = {.planned_value = 100, .earned_value = 80, .actual_cost = 100, .budget_at_completion = 1000};
  value.accounts = {{.account = survey, .amounts = {.planned_value = 50, .earned_value = 50, .actual_cost = 90, .budget_at_completion = 50}},
                    {.account = earth, .amounts = {.planned_value = 100, .earned_value = 93, .actual_cost = 100, .budget_at_completion = 500}}};
  const auto alerts = [&] { return index_alerts(project, Outline(project), value); };
  auto found = alerts();
  REQUIRE(found.size() == 4);
  CHECK(found[0].indicator == Indicator::schedule_index);
  CHECK(found[1].indicator == Indicator::cost_index);
  CHECK(found[1].health == engine::Health::bad);
  CHECK(found[1].limit == doctest::Approx(0.9));
  CHECK(found[1].value == doctest::Approx(0.8));
  CHECK_FALSE(found[1].account);
  CHECK(found[3].account.id == earth);
  CHECK(found[3].health == engine::Health::warning);
  CHECK(found[3].limit == doctest::Approx(0.95));

  SUBCASE("with limits of its own for cost, 0.80 is amber and 0.93 is good") {
    edit([&](Transaction& change) {
      const auto& settings = project.all<ProjectSettings>().at(0);
      change.set(settings, &ProjectSettings::cost_index_red, Number{number_scale * 7 / 10});
      change.set(settings, &ProjectSettings::cost_index_amber, Number{number_scale * 9 / 10});
    });
    found = alerts();
    REQUIRE(found.size() == 3);
    CHECK(found[0].indicator == Indicator::schedule_index);
    CHECK(std::ranges::count(found, engine::Health::warning, &IndexAlert::health) == 2);
    CHECK(std::ranges::count(found, Indicator::cost_index, &IndexAlert::indicator) == 1);
  }
  SUBCASE("an action under way for the same index of the same account answers it; a finished one does not") {
    const auto& action = add<CorrectiveAction>([&](auto& a) { a.title = "Second shift"; a.indicator = Indicator::cost_index; a.account = {earth}; });
    CHECK(action_for(project, found[3])->id == action.id);
    CHECK_FALSE(action_for(project, found[2]));
    CHECK_FALSE(action_for(project, found[1]));
    edit([&](Transaction& change) { change.set(action, &CorrectiveAction::status, CorrectiveStatus::done); });
    CHECK_FALSE(action_for(project, found[3]));
  }
}
