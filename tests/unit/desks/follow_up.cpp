// What the desks do over time: reports filled in and issued, reviews that keep figures, forecasts recorded, people chased,
// choices worded, lessons of other projects taken.
#include "tests/unit/desks/sample_desk.h"

#include "app/desks/workspace/stored_workspace.h"
#include "app/model/own_choices.h"
#include "app/model/records/baseline.h"
#include "app/model/records/common.h"
#include "app/model/records/communication.h"
#include "app/model/records/earned_value.h"
#include "app/model/records/lists.h"
#include "app/model/records/management.h"
#include "app/model/records/project_settings.h"

using namespace pmo;
using namespace pmo::ui;

TEST_CASE("a status report is filled in from the registers, edited, issued: forecasts recorded, a communication prepared") {
  SampleDesk desk;
  const StatusReport& report = desk.named<StatusReport>("Status report 5");
  const auto forecasts = desk.project.all<MilestoneForecast>().size(), told = desk.project.all<Communication>().size();
  desk.open_form(register_of<StatusReport>(), report.id);
  desk.platform.click("action.fill_report");
  CHECK(report.overall != pmo::Health::not_rated);
  CHECK(report.schedule != pmo::Health::not_rated);
  CHECK(report.summary.contains("CPI"));
  CHECK(report.done.starts_with("- "));
  CHECK(report.next.starts_with("- "));
  CHECK(report.decisions_needed.contains("contingency reserve"));
  REQUIRE(desk.project.undo());  // one step
  CHECK(report.summary == "Water in zone A stops the base slab.");
  REQUIRE(desk.project.redo());
  desk.platform.settle();

  desk.platform.click("action.issue_report");
  CHECK(report.status == ReportStatus::issued);
  CHECK(report.issued_on == Day::of(2026, 5, 11));
  CHECK(desk.project.all<MilestoneForecast>().size() > forecasts);
  REQUIRE(desk.project.all<Communication>().size() == told + 1);
  CHECK(desk.project.all<Communication>().at(told).source.id == report.id);
  CHECK(desk.project.all<Communication>().at(told).recipients == report.recipients);
  CHECK_FALSE(desk.platform.find("action.fill_report"));
  desk.platform.click("action.show_report");
  REQUIRE(desk.platform.kept.shown.size() == 1);
  CHECK(desk.platform.kept.shown[0].contains("Status report 5"));
  CHECK(desk.messages.errors.empty());
}

TEST_CASE("an index below the limits is answered by a corrective action that knows what is known, and is then shown beside it") {
  SampleDesk desk;
  {
    Transaction change(desk.project, "transaction.edit"_key);
    const ProjectSettings& settings = desk.project.all<ProjectSettings>().at(0);
    change.set(settings, &ProjectSettings::cost_index_amber, whole(2));
    change.set(settings, &ProjectSettings::cost_index_red, whole(2));
    REQUIRE(change.commit());
  }
  const auto before = desk.project.all<CorrectiveAction>().size();
  desk.open("earned_value");
  desk.platform.click("alert.0.raise");
  REQUIRE(desk.project.all<CorrectiveAction>().size() == before + 1);
  const CorrectiveAction& action = desk.project.all<CorrectiveAction>().at(before);
  CHECK(action.indicator != Indicator::none);
  CHECK(action.raised_on == Day::of(2026, 5, 11));
  CHECK(action.deviation.contains("below the limit"));
  CHECK(action.owner);
  CHECK(action.action.empty());
  desk.platform.settle();
  CHECK(desk.platform.find("alert.0.open"));
  REQUIRE(desk.project.undo());
  CHECK(desk.project.all<CorrectiveAction>().size() == before);
}

TEST_CASE("a risk review keeps the figures of its day") {
  SampleDesk desk;
  const RiskReview& review = desk.named<RiskReview>("Risk review 5");
  desk.open_form(register_of<RiskReview>(), review.id);
  desk.platform.click("action.keep_exposure");
  CHECK(review.status == ReviewStatus::done);
  CHECK(review.open_risks == 7);  // eight, and one that has occurred
  CHECK(review.exposure.has_value());
  CHECK_FALSE(desk.platform.find("action.keep_exposure"));
}

TEST_CASE("the milestones' forecasts are recorded by a press, once a day") {
  SampleDesk desk;
  desk.open("baselines");
  desk.platform.click("milestone_trend");
  const auto before = desk.project.all<MilestoneForecast>().size();
  desk.platform.click("record_forecasts");
  const auto after = desk.project.all<MilestoneForecast>().size();
  CHECK(after > before);
  desk.platform.click("record_forecasts");
  CHECK(desk.project.all<MilestoneForecast>().size() == after);
}

TEST_CASE("one mail reminds a person of everything that is late") {
  SampleDesk desk;
  desk.open("chasing");
  const Person& wu = desk.named<Person>("Wu Gang");
  desk.platform.click("remind." + wu.id.text());
  REQUIRE(desk.platform.kept.links.size() == 1);
  const std::string& mail = desk.platform.kept.links[0];
  CHECK(mail.starts_with("mailto:wu.gang@example.org?subject="));
  CHECK(mail.find("%0A-%20") != mail.rfind("%0A-%20"));  // a list
}

TEST_CASE("a list is worded in the project: another name, one left out, one of its own") {
  SampleDesk desk;
  desk.open("lists");
  desk.platform.click("lists.choose");
  desk.platform.click("issue_kind");
  desk.platform.click("offered.request");
  const FieldInfo& kind = *register_of<Issue>().find("kind");
  const auto offered = offered_choices(desk.project, kind, Language::english);
  CHECK(std::ranges::none_of(offered, [](const auto& choice) { return choice.name == "request"; }));
  const auto before = desk.project.all<OwnChoice>().size();
  desk.platform.click("lists.add");
  desk.platform.click("conflict");
  REQUIRE(desk.project.all<OwnChoice>().size() == before + 1);
  const OwnChoice& added = desk.project.all<OwnChoice>().at(before);
  CHECK(added.added);
  CHECK(added.base == "conflict");
  CHECK(offered_choices(desk.project, kind, Language::english).back().label == added.name);
}

TEST_CASE("any two records are linked from a form, and the link shows at both ends") {
  SampleDesk desk;
  const Decision& first = desk.named<Decision>("Two-stage construction permit");
  const Decision& decision = desk.named<Decision>("Opening date is fixed");
  desk.open_form(register_of<Decision>(), first.id);
  desk.platform.click("relation.add");
  desk.platform.type("Opening date is fixed");
  desk.platform.click(decision.id.text());
  REQUIRE(desk.project.all<Relation>().size() == 1);
  const Id relation = desk.project.all<Relation>().at(0).id;
  CHECK(desk.platform.find("relation." + relation.text()));
  desk.open_form(register_of<Decision>(), decision.id);
  CHECK(desk.platform.find("relation." + relation.text()));
  desk.platform.click("relation.remove." + relation.text());
  CHECK(desk.project.all<Relation>().empty());
}

TEST_CASE("an account at risk is reviewed by a press, with its figures filled in") {
  SampleDesk desk;
  desk.open("budget_overview");
  const CostAccount& services = desk.named<CostAccount>("Building services");
  const auto before = desk.project.all<BudgetReview>().size();
  desk.platform.click("account." + services.id.text() + ".6");
  REQUIRE(desk.project.all<BudgetReview>().size() == before + 1);
  const BudgetReview& review = desk.project.all<BudgetReview>().at(before);
  CHECK(review.account.id == services.id);
  CHECK(review.planned == Money{1310000000});  // what the approved version grants it
  CHECK(desk.navigation.opened.second == review.id);
}

TEST_CASE("a lesson of another project becomes a risk, once") {
  FixedSurroundings clock{7};
  storage::MemoryHost host;
  StoredWorkspace workspace(host, clock);
  REQUIRE(workspace.create_sample(Language::english));
  SampleDesk desk(Language::english, false);
  const auto page = desks::make_risk_identification_page(workspace);
  desk.show([&](Context& context) { page->draw(context); });
  desk.platform.settle();
  for (int i = 0; i < 10; ++i) desk.platform.one_frame();
  const auto widgets = desk.platform.widgets();
  const auto take = std::ranges::find_if(widgets, [](const Widget& widget) { return widget.label.contains("###take."); });
  REQUIRE(take != widgets.end());
  const std::string name(take->label.substr(take->label.find("###") + 3));
  desk.platform.click(name);
  REQUIRE(desk.project.all<Risk>().size() == 1);
  CHECK(desk.project.all<Risk>().at(0).preventive_actions.size() > 5);
  CHECK(desk.project.all<Risk>().at(0).event.contains("Riverside Library"));
  CHECK_FALSE(desk.platform.find(name));
}

TEST_CASE("the rest of a task is estimated anew by a press, begun with what is left of its budget") {
  SampleDesk desk;
  const Task& task = desk.named<Task>("Excavation, zone A");
  const auto before = desk.project.all<EstimateToComplete>().size();
  desk.open_form(register_of<Task>(), task.id);
  desk.platform.click("action.estimate_anew");
  REQUIRE(desk.project.all<EstimateToComplete>().size() == before + 1);
  const EstimateToComplete& estimate = desk.project.all<EstimateToComplete>().at(before);
  CHECK(estimate.task.id == task.id);
  CHECK(estimate.estimated_on > task.actual_start->day());
  CHECK(estimate.amount > Money{0});
  CHECK(estimate.amount < Money{20'000'000});  // 80 % is done of what was to cost 806,000.00 in the baseline
  CHECK(desk.navigation.opened.second == estimate.id);
  CHECK(desk.messages.errors.empty());
}
