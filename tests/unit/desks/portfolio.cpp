// The portfolio: summaries read from kept projects, shared resources, the page and its report.
#include "app/desks/administrator/portfolio.h"

#include <doctest/doctest.h>

#include "app/desks/workspace/stored_workspace.h"
#include "app/model/records/budget.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/resource.h"
#include "app/sample/sample.h"

using namespace pmo;

namespace {

constexpr Day today = Day::of(2024, 1, 3);  // the clock of FixedSurroundings stands at the first

struct PortfolioFixture {
  FixedSurroundings surroundings{42};
  storage::MemoryHost host;
  StoredWorkspace workspace{host, surroundings};
  desks::PortfolioReader reader{workspace};

  void read_all() {
    for (int frame = 0; frame < 10; ++frame) reader.follow(workspace.project(), today);
  }
};

}  // namespace

TEST_CASE_FIXTURE(PortfolioFixture, "the portfolio knows kept projects that are not open, one look a project") {
  REQUIRE(workspace.create_sample(Language::english));
  REQUIRE(workspace.create({.name = "Empty", .start = Minute::at(Day::of(2024, 1, 1), 480)}));
  reader.follow(workspace.project(), today);
  CHECK(reader.summaries().empty());  // asked for in this frame, known in the next
  CHECK(reader.waiting() == 2);
  read_all();
  CHECK(reader.waiting() == 0);
  CHECK(workspace.project() == nullptr);
  REQUIRE(reader.summaries().size() == 2);
  const auto& all = reader.summaries();
  const auto& library = all[0].name == "Empty" ? all[1] : all[0];
  const auto& empty = all[0].name == "Empty" ? all[0] : all[1];
  CHECK(library.name == "Riverside Library");
  CHECK(library.budget > 6'000'000'000);
  CHECK(library.schedule_index.value() < 1);
  CHECK(library.days_late.has_value());
  CHECK(library.exposure.counted >= 5);
  CHECK(library.open_issues > 0);
  CHECK(library.health != engine::Health::unknown);
  // Nothing is known of an empty project, and nothing is made up.
  CHECK(empty.health == engine::Health::unknown);
  CHECK_FALSE(empty.finish.has_value());
  CHECK_FALSE(empty.days_late.has_value());
  CHECK_FALSE(empty.cost_index.has_value());
  CHECK_FALSE(empty.forecast.has_value());
}

TEST_CASE_FIXTURE(PortfolioFixture, "a change of the open project shows in the portfolio") {
  const auto id = workspace.create_sample(Language::english);
  REQUIRE(workspace.open(*id));
  read_all();
  REQUIRE(reader.summaries().size() == 1);
  Transaction change(*workspace.project(), "transaction.test"_key);
  change.set(workspace.project()->all<ProjectSettings>().at(0), &ProjectSettings::name, std::string("Library II"));
  REQUIRE(change.commit());
  read_all();
  CHECK(reader.summaries()[0].name == "Library II");
}

TEST_CASE("the same person in two projects is one resource: loads add up against what there is once") {
  std::vector<engine::ProjectSummary> projects;
  for (int i = 0; i < 2; ++i) {
    FixedSurroundings surroundings(static_cast<std::uint64_t>(i) + 1);
    Project project(product_schema(), Id{1, 1}, surroundings);
    REQUIRE(make_sample_project(project, Language::english));
    projects.push_back(engine::summarise(project, usual_sample_day));
  }
  const auto alone = engine::shared_resources({projects[0]});
  CHECK(alone.empty());
  const auto shared = engine::shared_resources(projects);
  REQUIRE_FALSE(shared.empty());
  CHECK(shared.size() == projects[0].resources.size());
  const auto& first = projects[0].resources.front();
  const auto found = std::ranges::find(shared, first.name, &engine::SharedResource::name);
  REQUIRE(found != shared.end());
  CHECK(found->projects == std::vector<std::size_t>{0, 1});
  const auto& [month, load] = *first.months.begin();
  CHECK(found->months.at(month).load.value == 2 * load.load.value);
  CHECK(found->months.at(month).available.value == load.available.value);
}

// A week for one project, the last two weeks of January for another: 15 of the 22 working days of the month.
TEST_CASE("two projects one after the other in a month do not ask too much of anybody: a month offers all its days") {
  std::vector<engine::ProjectSummary> projects;
  for (const auto& [first, days] : {std::pair(5, 5), {19, 10}}) {
    FixedSurroundings surroundings(static_cast<std::uint64_t>(first));
    Project project(product_schema(), Id{1, 1}, surroundings);
    Transaction change(project, "transaction.test"_key);
    change.create<ProjectSettings>([&](auto& s) { s.name = "Walls", s.start = Minute::at(Day::of(2026, 1, first), 8 * 60); });
    const Id mason = change.create<Resource>([](auto& r) { r.name = "Mason"; }).id, wall = change.create<Task>([&](auto& t) { t.name = "Wall", t.duration = WorkMinutes{days * 480}; }).id;
    change.create<Assignment>([&](auto& a) { a.task = {wall}, a.resource = {mason}; });
    REQUIRE(change.commit());
    projects.push_back(engine::summarise(project, Day::of(2026, 1, first)));
  }
  const auto shared = engine::shared_resources(projects);
  REQUIRE(shared.size() == 1);
  REQUIRE(shared[0].months.size() == 1);
  CHECK(*shared[0].months.begin()->second.utilisation() == doctest::Approx(15.0 / 22));
}

TEST_CASE_FIXTURE(PortfolioFixture, "the portfolio's report names projects, figures and what is not known, in both languages") {
  REQUIRE(workspace.create_sample(Language::chinese));
  REQUIRE(workspace.create({.name = "<Empty>", .start = Minute::at(Day::of(2024, 1, 1), 480)}));
  read_all();
  const auto english = desks::portfolio_report(reader.summaries(), Language::english, today, "Li Qiang").html();
  CHECK(english.contains("Portfolio overview"));
  CHECK(english.contains("滨江图书馆"));
  CHECK(english.contains("&lt;Empty&gt;"));
  CHECK(english.contains("no value"));
  CHECK(english.contains("Li Qiang"));
  const auto chinese = desks::portfolio_report(reader.summaries(), Language::chinese, today, {}).html();
  CHECK(chinese.contains("项目组合概览"));
  CHECK(chinese.contains("无值"));
}

TEST_CASE("sums over projects in different currencies need a rate, of either project") {
  engine::ProjectSummary here{.name = "Here", .currency = "CNY"}, there{.name = "There", .currency = "JPY"};
  here.budget = 100'000;  // 1,000 yuan
  here.forecast = 120'000;
  there.budget = 50'000;  // 50,000 yen: no minor units
  there.currency_digits = 0;
  there.forecast = 50'000;
  there.actual = 1'000;
  SUBCASE("none: the currency is named") {
    CHECK(engine::portfolio_totals({here, there}).without_rate == std::vector<std::string>{"JPY"});
  }
  SUBCASE("the first project's: a yen is worth 0.05 yuan") { here.rates["JPY"] = 0.05; }
  SUBCASE("the other's: a yuan is worth 20 yen") { there.rates["CNY"] = 20; }
  const auto totals = engine::portfolio_totals({here, there});
  if (!totals.without_rate.empty()) return;
  CHECK(totals.currency == "CNY");
  CHECK(totals.budget == doctest::Approx(350'000));
  CHECK(totals.actual == doctest::Approx(5'000));
  CHECK(totals.forecast.value() == doctest::Approx(370'000));
  there.forecast.reset();
  CHECK_FALSE(engine::portfolio_totals({here, there}).forecast.has_value());
}

TEST_CASE_FIXTURE(PortfolioFixture, "the rate of a summary is the last one that holds on the status date") {
  REQUIRE(workspace.create({.name = "Rates", .start = Minute::at(Day::of(2024, 1, 1), 480)}));
  REQUIRE(workspace.open(workspace.projects().front().id));
  Transaction change(*workspace.project(), "transaction.test"_key);
  const auto rate = [&](Day from, std::int64_t value) {
    change.create<ExchangeRate>([&](ExchangeRate& made) { made.currency = "EUR", made.valid_from = from, made.rate = whole(value); });
  };
  rate(Day::of(2024, 1, 2), 8);
  rate(Day::of(2023, 1, 2), 7);
  rate(Day::of(2025, 1, 2), 9);
  REQUIRE(change.commit());
  CHECK(engine::summarise(*workspace.project(), today).rates.at("EUR") == doctest::Approx(8));
}

TEST_CASE_FIXTURE(PortfolioFixture, "the portfolio's report gives no sum without a rate, and says why") {
  engine::ProjectSummary one{.name = "One", .currency = "CNY"}, other{.name = "Other", .currency = "USD"};
  const auto html = desks::portfolio_report({one, other}, Language::english, today, {}).html();
  CHECK(html.contains("no exchange rate for USD"));
}
