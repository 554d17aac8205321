// What the reports of single desks say.
#include <doctest/doctest.h>

#include "app/desks/risk/risk_matrix.h"
#include "app/model/records/budget.h"
#include "app/model/records/document.h"
#include "app/model/records/procurement.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/satisfaction.h"
#include "app/model/records/training.h"
#include "app/sample/sample.h"
#include "tests/unit/desks/report_fixture.h"

using namespace pmo;
using namespace pmo::desks;

TEST_CASE("a report is marked at head and foot of every page, as its project asks or as the documents that it speaks of") {
  ReportFixture f;
  REQUIRE(make_sample_project(f.project, Language::english));
  Transaction change(f.project, "transaction.test"_key);
  for (const Document& document : f.project.all<Document>()) change.set(document, &Document::confidentiality, Confidentiality::internal);
  change.set(f.project.all<Document>().at(0), &Document::confidentiality, Confidentiality::secret);
  REQUIRE(change.commit());
  const auto input = f.input(Language::english);
  const std::string risks = finished(input, register_report(input));
  CHECK(risks.contains("<span class=\"mark\">Internal</span>"));
  CHECK(risks.contains("@top-right{content:\"Internal\""));
  CHECK(risks.substr(risks.find("@bottom-left")).starts_with("@bottom-left{content:\""));
  CHECK(count_of(risks, "Internal") >= 3);  // also in the foot
  auto of_documents = f.input(Language::english);
  of_documents.info = &register_of<Document>();
  CHECK(finished(of_documents, register_report(of_documents)).contains("@top-right{content:\"Secret\""));
  auto left_out = f.input(Language::english);
  left_out.info = &register_of<Document>();
  left_out.locked = {f.project.all<Document>().at(0).id};
  CHECK(finished(left_out, register_report(left_out)).contains("@top-right{content:\"Internal\""));
  Transaction open(f.project, "transaction.test"_key);
  open.set(f.project.all<ProjectSettings>().at(0), &ProjectSettings::confidentiality, Confidentiality::open);
  REQUIRE(open.commit());
  CHECK(finished(input, risk_report(input)).contains("@top-right{content:\"\""));
}

// Of 1,000.00 that were ordered 300.00 are spent: 700.00 are still committed, and of 5,000.00 are left 4,000.00.
TEST_CASE("the cost report counts what is ordered and not yet spent") {
  ReportFixture f;
  Transaction change(f.project, "transaction.test"_key);
  const Id account = change.create<CostAccount>([](auto& a) { a.name = "Earth"; a.budget = Money{500'000}; }).id;
  const Id contract = change.create<Contract>([&](auto& c) { c.title = "Dig"; c.account = {account}; }).id;
  for (const auto& [kind, amount] : {std::pair{CostKind::commitment, 100'000}, std::pair{CostKind::actual, 30'000}})
    change.create<CostEntry>([&](auto& e) {
      e.description = "Dig", e.kind = kind, e.amount = Money{amount}, e.date = f.today - 2, e.account = {account}, e.contract = {contract};
    });
  REQUIRE(change.commit());
  const auto input = f.input(Language::english);
  const std::string html = cost_report(input).html();
  CHECK(html.contains("700.00"));
  CHECK(html.contains("4,000.00"));
  CHECK_FALSE(html.contains("1,000.00"));
}

TEST_CASE("the breakdown shows its upper levels as a diagram and every task with its number") {
  ReportFixture f;
  Transaction change(f.project, "transaction.test"_key);
  const auto task = [&](const char* name, const char* order, Ref<Task> parent, const char* notes = "") {
    return Ref<Task>{change.create<Task>([&](Task& t) { t.name = name; t.order = order; t.parent = parent; t.notes = notes; t.fixed_cost = Money{120'000}; }).id};
  };
  const auto building = task("Building", "a", {});
  const auto shell = task("Shell", "a", building);
  task("Roof", "a", shell, "Tiles from the old hall");
  task("Handover", "b", {});
  REQUIRE(change.commit());
  const auto input = f.input(Language::english);
  const std::string html = breakdown_report(input).html();
  const auto svg = html.substr(html.find("<svg"), html.find("</svg>") - html.find("<svg"));
  CHECK(svg.contains("1  Building"));
  CHECK(svg.contains("1.1  Shell"));
  CHECK_FALSE(svg.contains("Roof"));
  const auto list = section_of(html, "All work packages");
  CHECK(list.contains("1.1.1"));
  CHECK(count_of(list, "<tr>") == 5);
  CHECK(section_of(html, "WBS dictionary").contains("Tiles from the old hall"));
  ReportFixture empty;
  CHECK(breakdown_report(empty.input(Language::english)).html().contains("The plan has no tasks yet."));
}

TEST_CASE("what changed between versions of the budget stands by account") {
  ReportFixture f;
  Transaction change(f.project, "transaction.test"_key);
  const auto person = Ref<Person>{change.create<Person>([](Person& p) { p.name = "Wang"; }).id};
  const auto account = [&](const char* code, const char* name) {
    return Ref<CostAccount>{change.create<CostAccount>([&](CostAccount& a) { a.code = code; a.name = name; }).id};
  };
  const auto steel = account("10", "Steel"), glass = account("20", "Glass");
  const auto version = [&](const char* title, const char* day) {
    return Ref<BudgetVersion>{change.create<BudgetVersion>([&](BudgetVersion& v) {
      v.title = title;
      v.status = BudgetStatus::approved;
      v.approved_on = Day::parse(day);
      v.approved_by = person;
      v.reason = std::string("Why ") + title;
    }).id};
  };
  const auto first = version("First", "2026-01-10"), second = version("Second", "2026-03-10");
  const auto grant = [&](Ref<BudgetVersion> by, Ref<CostAccount> to, int amount) {
    change.create<BudgetEntry>([&](BudgetEntry& e) { e.version = by; e.title = "x"; e.account = to; e.amount = Money{amount}; });
  };
  grant(first, steel, 100'000);
  grant(second, steel, 125'000);
  grant(first, glass, 50'000);
  grant(second, glass, 50'000);
  REQUIRE(change.commit());
  const std::string html = budget_versions_report(f.input(Language::english)).html();
  const auto step = section_of(html, "From ");
  CHECK(step.contains("Why Second"));
  CHECK(step.contains("10  Steel"));
  CHECK(step.contains("+250.00"));
  CHECK(step.contains("25%"));
  CHECK_FALSE(step.contains("Glass"));  // unchanged
  ReportFixture empty;
  CHECK(budget_versions_report(empty.input(Language::chinese)).html().contains("还没有预算版本"));
}

TEST_CASE("certificates: a sheet for each who completed the session, or for one of them") {
  ReportFixture f;
  Transaction change(f.project, "transaction.test"_key);
  const auto course = Ref<Course>{change.create<Course>([](Course& c) { c.title = "Contract law"; c.length = WorkMinutes{8 * 60}; c.certificate_months = 24; }).id};
  const auto& session = change.create<TrainingSession>([&](TrainingSession& s) {
    s.title = "Session 5";
    s.course = course;
    s.trainer = "Dr Luo";
    s.status = SessionStatus::held;
    s.start = Minute::parse("2026-04-06T09:00");
    s.finish = Minute::parse("2026-04-07T17:00");
  });
  const auto attend = [&](const char* name, AttendanceStatus status, std::optional<Permille> score) {
    const auto person = Ref<Person>{change.create<Person>([&](Person& p) { p.name = name; }).id};
    return change.create<Attendance>([&](Attendance& a) { a.session = {session.id}; a.person = person; a.status = status; a.score_after = score; a.certificate = std::string("Z-") + name; }).id;
  };
  const Id han = attend("Han", AttendanceStatus::attended, Permille{860});
  attend("Wu", AttendanceStatus::attended, {});
  attend("Feng", AttendanceStatus::absent, {});
  REQUIRE(change.commit());
  auto input = f.input(Language::english);
  input.subject = session.id;
  const std::string all = certificates_report(input).html();
  CHECK(count_of(all, "<div class=\"sheet\">") == 2);
  CHECK_FALSE(all.contains("Feng"));
  CHECK_FALSE(all.contains("<header>"));
  CHECK_FALSE(all.contains("Internal"));  // they are handed out
  for (const auto* said : {"Contract law", "86% in the test", "6 Apr 2026 to 7 Apr 2026", "8 h", "Z-Han", "7 Apr 2028", "Dr Luo"}) CHECK_MESSAGE(all.contains(said), said);
  input.subject = han;
  const std::string one = certificates_report(input).html();
  CHECK(count_of(one, "<div class=\"sheet\">") == 1);
  CHECK(one.contains(">Han</p>"));
  Transaction plan(f.project, "transaction.test"_key);
  plan.set(session, &TrainingSession::status, SessionStatus::planned);
  REQUIRE(plan.commit());
  CHECK(certificates_report(input).html().contains("Nobody has completed this session yet"));
}

TEST_CASE("the matrix of the risk report counts risks where they stand, before and after responses") {
  ReportFixture f;
  Transaction change(f.project, "transaction.test"_key);
  for (int i = 0; i < 3; ++i)
    change.create<Risk>([](Risk& r) {
      r.title = "Water";
      r.probability = 4;
      r.impact_cost = 5;
      r.impact_time = 2;
      r.residual_probability = 1;
      r.residual_impact = 2;
    });
  REQUIRE(change.commit());
  std::vector<const Risk*> risks;
  for (const Risk& risk : f.project.all<Risk>()) risks.push_back(&risk);
  const auto before = risk_matrix(f.project, risks, false, Language::english), after = risk_matrix(f.project, risks, true, Language::english);
  CHECK(before.rows[1] == "Probability 4");
  CHECK(before.cells[1 * 5 + 4].text == "3  ▲▲");  // 4 x 5 = 20: extreme
  CHECK(after.cells[1 * 5 + 4].text == "▲▲");
  CHECK(after.cells[4 * 5 + 1].text == "3");       // 1 x 2: low
  CHECK(count_of(risk_report(f.input(Language::english)).html(), "<svg") == 2);
}

TEST_CASE("the quality report shows both charts of a characteristic, defects by cause, and what quality costs") {
  ReportFixture f;
  REQUIRE(make_sample_project(f.project, Language::english));
  const std::string html = quality_report(f.input(Language::english)).html();
  const auto charts = section_of(html, "Control charts");
  CHECK(charts.contains(": values</title>"));
  CHECK(charts.contains(": spread</title>"));
  CHECK(html.contains("<title>Defects by cause</title>"));
  CHECK(section_of(html, "Cost of quality").contains("%"));
}

TEST_CASE("satisfaction: scores, themes, and how many of those asked have answered") {
  ReportFixture f;
  Transaction change(f.project, "transaction.test"_key);
  const auto survey = Ref<Survey>{change.create<Survey>([](Survey& s) { s.title = "Spring"; s.invited = 8; }).id};
  const auto say = [&](FeedbackKind kind, int satisfaction, const char* theme, const char* day) {
    change.create<Feedback>([&](Feedback& b) { b.title = theme; b.kind = kind; b.satisfaction = satisfaction; b.theme = theme; b.given_on = Day::parse(day); b.survey = survey; });
  };
  say(FeedbackKind::answer, 5, "Noise", "2026-03-03");
  say(FeedbackKind::complaint, 2, "Dust", "2026-04-03");
  REQUIRE(change.commit());
  const std::string html = satisfaction_report(f.input(Language::english)).html();
  CHECK(html.contains("50%"));                                            // one of two is satisfied
  CHECK(section_of(html, "Satisfaction by month").contains("<svg"));
  CHECK(section_of(html, "By theme").find("Dust") < section_of(html, "By theme").find("Noise"));  // the lowest first
  CHECK(section_of(html, "Surveys").contains("25%"));                     // 2 of 8
  CHECK(section_of(html, "Complaints").contains("Dust"));
  ReportFixture empty;
  CHECK(satisfaction_report(empty.input(Language::english)).html().contains("Nobody has complained."));
}

TEST_CASE("the report of a period that is over says of which day its figures are") {
  ReportFixture f;
  REQUIRE(make_sample_project(f.project, Language::english));
  Transaction change(f.project, "transaction.test"_key);
  const auto report = [&](Day to) {
    return change.create<FinancialReport>([&](FinancialReport& r) { r.title = "Month"; r.period_from = to - 30; r.period_to = to; }).id;
  };
  const Day status = f.input(Language::english).status();
  const Id past = report(status - 40), present = report(status);
  REQUIRE(change.commit());
  auto input = f.input(Language::english);
  input.subject = past;
  const std::string then = financial_report(input).html();
  CHECK(then.contains("Figures as of the end of"));
  input.subject = present;
  const std::string now = financial_report(input).html();
  CHECK_FALSE(now.contains("Figures as of the end of"));
  CHECK(section_of(then, "Key ratios") != section_of(now, "Key ratios"));
}

TEST_CASE("the resource report of the sample shows load, use and stock; of an empty project it says that there is none") {
  ReportFixture f;
  REQUIRE(make_sample_project(f.project, Language::english));
  const std::string html = resource_report(f.input(Language::english)).html();
  CHECK(section_of(html, "Load by month").contains("<svg"));
  CHECK(section_of(html, "People and equipment").contains("<table>"));
  ReportFixture empty;
  const std::string none = resource_report(empty.input(Language::english)).html();
  CHECK(none.contains("No work is assigned."));
  CHECK(none.contains("Nobody is overloaded"));
}
