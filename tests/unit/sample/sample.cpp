#include "app/sample/sample.h"

#include <doctest/doctest.h>

#include "app/engine/control/earned_value_of_project.h"
#include "app/engine/resources/resource_load_of_project.h"
#include "app/engine/risk/risk.h"
#include "app/engine/risk/simulation_of_project.h"
#include "app/engine/schedule/plan_calendars.h"
#include "app/engine/schedule/plan_of_project.h"
#include "app/model/records/issue.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/resource.h"
#include "app/model/records/resource_use.h"

using namespace pmo;

TEST_CASE("the sample project is complete in both languages") {
  for (const auto language : all_languages) {
    FixedSurroundings surroundings;
    Project project(product_schema(), Id{1, 1}, surroundings);
    const auto made = make_sample_project(project, language);
    REQUIRE_MESSAGE(made.has_value(), (made ? "" : describe(made.error(), language)));
    CHECK(project.all<Task>().size() >= 140);
    CHECK(project.all<Link>().size() >= 150);
    CHECK(project.all<Assignment>().size() >= 100);
    CHECK(project.all<Risk>().size() >= 8);
    CHECK(project.all<Issue>().at(0).source_risk.id == project.all<Risk>().at(0).id);
    for (const auto* info : project.schema().registers())
      if (!info->prefix.empty() && info->name != "baseline" && info->name != "custom_field" && info->name != "import_report") CHECK_MESSAGE(!project.table(*info).empty(), info->name);
    for (const auto& task : project.all<Task>()) {
      const bool has_han = std::ranges::any_of(task.name, [](char c) { return static_cast<unsigned char>(c) >= 0xe4; });
      CHECK_MESSAGE(has_han == (language == Language::chinese), task.name);
      CHECK_FALSE(task.name.contains('~'));
    }
  }
}

TEST_CASE("a faulty sample tells the line") {
  FixedSurroundings surroundings;
  Project project(product_schema(), Id{1, 1}, surroundings);
  const auto read = read_sample("@person key ; name\na ; Anna\n@plan level ; key ; name ; duration ; after\n1 ; x ; Work ; 5d ; nobody\n",
                                project, Language::english, Day::of(2026, 1, 5));
  REQUIRE_FALSE(read.has_value());
  CHECK(read.error().place == "line 4");
  CHECK(project.all<Person>().empty());
}

TEST_CASE("templates fill registers in both languages, as one step that can be undone") {
  int found = 0;
  for (const auto language : all_languages)
    for (const auto* info : product_schema().registers()) {
      if (!has_template(*info)) continue;
      ++found;
      FixedSurroundings surroundings;
      Project project(product_schema(), Id{1, 1}, surroundings);
      const auto made = apply_template(*info, project, language, Day::of(2026, 1, 5));
      REQUIRE_MESSAGE(made.has_value(), (made ? "" : describe(made.error(), language)));
      CHECK_MESSAGE(!project.table(*info).empty(), info->name);
      REQUIRE(project.undo());
      CHECK(project.table(*info).empty());
    }
  CHECK(found == 24);
}

TEST_CASE("a register without a template says so") {
  FixedSurroundings surroundings;
  Project project(product_schema(), Id{1, 1}, surroundings);
  CHECK_FALSE(apply_template(register_of<Task>(), project, Language::english, Day{}).has_value());
}

TEST_CASE("the sample is under way: progress up to its status date, baselines, costs, estimates, overload") {
  FixedSurroundings surroundings;
  Project project(product_schema(), Id{1, 1}, surroundings);
  REQUIRE(make_sample_project(project, Language::english));
  const Outline outline(project);
  const auto plan = engine::plan_of(project, outline);
  const auto dates = engine::schedule(plan);
  const Day status = engine::status_day(project, {});
  CHECK(dates.diagnostics.empty());

  int finished = 0, started = 0;
  for (const auto& task : plan.tasks) {
    const bool begun = task.actual_start.has_value();
    CHECK_MESSAGE((task.summary || begun == (task.percent > 0)), project.find(Ref<Task>{task.id})->name);
    if (task.actual_start) CHECK(task.actual_start->day() <= status);
    if (task.actual_finish) CHECK(task.actual_finish->day() <= status);
    finished += task.actual_finish.has_value();
    started += begun && !task.actual_finish;
  }
  CHECK(finished >= 30);
  CHECK(started >= 8);
  for (std::size_t row = 0; row < outline.size(); ++row)
    if (!outline[row].summary && !plan.tasks[row].actual_finish) CHECK_MESSAGE(dates.finish[row].day() > status, outline[row].task->name);

  REQUIRE(project.all<Baseline>().size() == 2);
  const auto value = engine::earned_value_of(project, outline, plan, dates, {status, {engine::reference_baseline(project)->id}});
  const auto figures = engine::earned_value(value.total);
  CHECK(value.total.budget_at_completion > 6'000'000'000);
  CHECK(*figures.schedule_performance_index > 0.8);
  CHECK(*figures.schedule_performance_index < 1);
  CHECK(*figures.cost_performance_index > 0.8);
  CHECK(*figures.cost_performance_index < 1);
  for (const auto& account : value.accounts) CHECK(account.account);  // everything has its account

  const auto model = engine::simulated(project, outline, plan, dates);
  CHECK(model.estimated_tasks >= 80);
  CHECK(model.risks.size() >= 5);
  int overloaded = 0;
  for (const auto& demand : engine::resource_demand(plan, dates)) overloaded += !demand.conflicts.empty();
  CHECK(overloaded >= 3);
}

// Open with figures, in yuan: R-2 45 % of 150,000, R-3 20 % of 900,000, R-4 40 % of 120,000, R-5 35 % of 260,000,
// R-6 50 % of 60,000 saved, R-8 60 % of 380,000: 67,500 + 180,000 + 48,000 + 91,000 - 30,000 + 228,000.
// All threats at full cost: 150,000 + 900,000 + 120,000 + 260,000 + 380,000.
TEST_CASE("the sample's risk exposure, its opportunity being a saving") {
  FixedSurroundings surroundings;
  Project project(product_schema(), Id{1, 1}, surroundings);
  REQUIRE(make_sample_project(project, Language::english));
  const auto exposure = engine::risk_exposure(project);
  CHECK(exposure.expected_cost == Money{584'500'00});
  CHECK(exposure.worst_cost == Money{1'810'000'00});
  CHECK(exposure.counted == 6);
  CHECK(exposure.without_figures == 1);
}

TEST_CASE("the sample is as of the day on which it is made, with the holidays of that time") {
  for (const Day day : {Day::of(2026, 11, 25), Day::of(2027, 3, 7), Day::of(2028, 1, 3)}) {
    FixedSurroundings surroundings;
    Project project(product_schema(), Id{1, 1}, surroundings);
    REQUIRE(make_sample_project(project, Language::chinese, day));
    const Day status = engine::status_day(project, {});
    CHECK(status.weekday() == 0);
    CHECK(status <= day);
    CHECK(day - status < 7);
    const Outline outline(project);
    const auto plan = engine::plan_of(project, outline);
    const auto dates = engine::schedule(plan);
    CHECK(dates.diagnostics.empty());
    CHECK(dates.project_finish.day() > status);
    int behind = 0;
    for (std::size_t row = 0; row < outline.size(); ++row)
      behind += !outline[row].summary && !plan.tasks[row].actual_finish && dates.finish[row].day() < status;
    CHECK(behind <= 5);
    // The moment of an actual date is the same hour on the same day of the week, so work still begins in working time.
    for (const auto& task : plan.tasks)
      if (task.actual_start) CHECK(task.actual_start->day() <= status);
  }
}

// The festivals stand where the calendar of that time has them, and no task that is done is longer or shorter for it.
TEST_CASE("what was done took as many days of work, whichever day the sample is made on") {
  const auto worked = [](Day day) {
    FixedSurroundings surroundings;
    Project project(product_schema(), Id{1, 1}, surroundings);
    REQUIRE(make_sample_project(project, Language::english, day));
    const Outline outline(project);
    const auto plan = engine::plan_of(project, outline);
    engine::PlanCalendars calendars(plan);
    std::vector<std::int64_t> list;
    Minute first = Minute::at(day);
    for (const auto& task : plan.tasks) {
      if (!task.actual_finish) continue;
      CHECK(*task.actual_start <= *task.actual_finish);
      first = std::min(first, *task.actual_start);
      list.push_back(calendars.of(task.calendar)->between(*task.actual_start, *task.actual_finish));
    }
    CHECK(project.all<ProjectSettings>().at(0).start == first);
    return list;
  };
  const auto usual = worked(usual_sample_day);
  CHECK(usual.size() >= 30);
  for (Day day = Day::of(2026, 6, 3); day < Day::of(2029, 1, 1); day = day + 9 * 7 + 1) CHECK_MESSAGE(worked(day) == usual, day.text());
}

TEST_CASE("timesheets tell of several weeks: a row for the days of work from one to another") {
  FixedSurroundings surroundings;
  Project project(product_schema(), Id{1, 1}, surroundings);
  REQUIRE(make_sample_project(project, Language::english));
  std::set<Day> weeks;
  int piles = 0;
  for (const TimesheetEntry& entry : project.all<TimesheetEntry>()) {
    weeks.insert(entry.date - entry.date.weekday());
    piles += entry.title == "Piles, zone A";
    CHECK(entry.date.weekday() != 6);
    CHECK(entry.date < usual_sample_day);
  }
  CHECK(weeks.size() >= 4);
  CHECK(piles == 8);  // from Tuesday to Wednesday of the next week, six days a week
  const auto wrong = read_sample("@document title ; review_due\nPlan ; +3..x\n", project, Language::english, usual_sample_day);
  REQUIRE_FALSE(wrong.has_value());
  CHECK(wrong.error().place == "line 2");
}
