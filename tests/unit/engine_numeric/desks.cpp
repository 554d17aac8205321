// Finance, quality, risk, procurement, training, resource load.
#include <doctest/doctest.h>

#include <cmath>

#include "app/engine/control/finance.h"
#include "app/engine/procurement/procurement.h"
#include "app/engine/quality/quality.h"
#include "app/engine/resources/resource_load.h"
#include "app/engine/resources/training.h"
#include "app/engine/risk/risk.h"
#include "app/engine/statistics.h"
#include "tests/unit/engine_numeric/office.h"

using namespace pmo;
using namespace pmo::engine;
using pmo::engine::simulation::Shape;
using doctest::Approx;

TEST_CASE("present value, rate of return and payback") {
  const std::vector<double> flows{-1000, 300, 400, 500};
  CHECK(*net_present_value(0, flows) == 200);
  CHECK(*net_present_value(0.1, flows) == Approx(-1000 + 300 / 1.1 + 400 / 1.21 + 500 / 1.331));
  CHECK_FALSE(net_present_value(-1, flows));
  CHECK_FALSE(net_present_value(0.1, {}));

  const auto rate = internal_rate_of_return(flows);
  REQUIRE(rate.outcome == RateOutcome::found);
  CHECK(*net_present_value(rate.rates[0], flows) == Approx(0).epsilon(1e-9));
  CHECK(internal_rate_of_return(std::vector<double>{-100, 110}).rates[0] == Approx(0.1));
  CHECK(internal_rate_of_return(std::vector<double>{-100, 100}).rates[0] == Approx(0));
  CHECK(internal_rate_of_return(std::vector<double>{100, -50}).rates[0] == Approx(-0.5));
  CHECK(internal_rate_of_return(std::vector<double>{1, 2}).outcome == RateOutcome::no_sign_change);
  CHECK(internal_rate_of_return({}).outcome == RateOutcome::no_sign_change);
  CHECK(internal_rate_of_return(std::vector<double>{100, -200, 150}).outcome == RateOutcome::no_root);
  // Lorie & Savage's pump: 25 % and 400 %
  const auto pump = internal_rate_of_return(std::vector<double>{-1600, 10000, -10000});
  REQUIRE(pump.outcome == RateOutcome::several);
  CHECK(pump.rates[0] == Approx(0.25));
  CHECK(pump.rates[1] == Approx(4.0));

  CHECK(*payback_period(flows) == Approx(2.6));
  CHECK(*payback_period(flows, 0.05) == Approx(2 + (1000 - 300 / 1.05 - 400 / 1.1025) / (500 / 1.157625)));
  CHECK_FALSE(payback_period(flows, 0.5));
  CHECK(*payback_period(std::vector<double>{5, 5}) == 0);
  CHECK_FALSE(payback_period(std::vector<double>{-10, 20, -30}));  // paid once, but not for good
  CHECK(*benefit_cost_ratio(0, flows) == Approx(1.2));
  CHECK_FALSE(benefit_cost_ratio(0, std::vector<double>{1}));
  CHECK(cumulative(flows) == std::vector<double>{-1000, -700, -300, 200});
  CHECK(*funding_need(flows) == 1000);
}

TEST_CASE("control constants: the tables of d2 and d3 are what their integrals say, the others what tables print") {
  for (int n = 2; n <= 25; ++n) {
    // E(range) = integral of 1 - F^n - (1-F)^n; E(range^2) = 2 integral over x < y of 1 - F(y)^n - (1-F(x))^n + (F(y)-F(x))^n
    constexpr double step = 0.05, end = 7;
    std::vector<double> cdf;
    for (double x = -end; x <= end; x += step) cdf.push_back(normal_cdf(x));
    double first = 0, second = 0;
    for (std::size_t i = 0; i < cdf.size(); ++i) {
      first += (1 - std::pow(cdf[i], n) - std::pow(1 - cdf[i], n)) * step;
      for (std::size_t j = i; j < cdf.size(); ++j)
        second += (j == i ? 0.5 : 1) * 2 * step * step * (1 - std::pow(cdf[j], n) - std::pow(1 - cdf[i], n) + std::pow(cdf[j] - cdf[i], n));
    }
    const auto k = *control_constants(n);
    CHECK(k.d2 == Approx(first).epsilon(0.0007));
    CHECK(k.d3 == Approx(std::sqrt(second - first * first)).epsilon(0.0015));
    CHECK(k.c4 == Approx(std::sqrt(2.0 / (n - 1)) * std::tgamma(n / 2.0) / std::tgamma((n - 1) / 2.0)).epsilon(1e-12));
  }
  const auto five = *control_constants(5);
  CHECK(five.A2 == Approx(0.577).epsilon(0.001));
  CHECK(five.A3 == Approx(1.427).epsilon(0.001));
  CHECK(five.B4 == Approx(2.089).epsilon(0.001));
  CHECK(five.D4 == Approx(2.114).epsilon(0.001));
  CHECK(five.D3 == 0);
  CHECK(control_constants(7)->D3 == Approx(0.076).epsilon(0.01));
  CHECK_FALSE(control_constants(1));
  CHECK_FALSE(control_constants(26));
}

TEST_CASE("charts of means, ranges, deviations and single values") {
  const std::vector<std::vector<double>> samples{{10, 12}, {11, 13}, {9, 15}};
  const auto ranges = *mean_and_range_charts(samples);
  CHECK(ranges.location.points[0].centre == Approx(35.0 / 3));
  CHECK(ranges.spread.points[0].centre == Approx(10.0 / 3));
  CHECK(ranges.sigma == Approx(10.0 / 3 / 1.128));
  CHECK(ranges.location.points[2].upper == Approx(35.0 / 3 + 1.880 * 10 / 3).epsilon(0.001));  // A2(2) = 1.880
  CHECK(ranges.spread.points[2].upper == Approx(3.267 * 10 / 3).epsilon(0.002));               // D4(2) = 3.267
  CHECK(ranges.spread.points[2].lower == 0);
  const auto deviations = *mean_and_deviation_charts(samples);
  CHECK(deviations.spread.points[1].value == Approx(std::sqrt(2.0)));
  CHECK(deviations.spread.points[1].upper == Approx(3.267 * 10 / 3 / std::sqrt(2.0)).epsilon(0.002));
  const auto single = *individuals_and_moving_range_charts(std::vector<double>{10, 12, 11, 13});
  CHECK(single.spread.points.size() == 3);
  CHECK(single.location.points[0].upper == Approx(11.5 + 2.66 * 5 / 3).epsilon(0.001));  // 3 / 1.128
  CHECK_FALSE(mean_and_range_charts(std::vector<std::vector<double>>{{1, 2}}));
  CHECK_FALSE(mean_and_range_charts(std::vector<std::vector<double>>{{1, 2}, {1, 2, 3}}));
  CHECK_FALSE(mean_and_range_charts(std::vector<std::vector<double>>{{1}, {2}}));
  CHECK_FALSE(individuals_and_moving_range_charts(std::vector<double>{1, 2}));
}

TEST_CASE("charts of counts") {
  using enum AttributesChart;
  const std::vector<Counted> samples{{5, 100}, {10, 200}};
  const auto share = *attributes_chart(p, samples);
  CHECK(share.points[0].centre == Approx(0.05));
  CHECK(share.points[0].upper == Approx(0.05 + 3 * std::sqrt(0.05 * 0.95 / 100)));
  CHECK(share.points[0].lower == 0);
  CHECK(share.points[1].sigma < share.points[0].sigma);
  CHECK(attributes_chart(u, samples)->points[1].sigma == Approx(std::sqrt(0.05 / 200)));
  CHECK_FALSE(attributes_chart(np, samples));  // sizes differ
  const std::vector<Counted> equal{{4, 50}, {6, 50}};
  CHECK(attributes_chart(np, equal)->points[0].centre == Approx(5));
  CHECK(attributes_chart(np, equal)->points[0].sigma == Approx(std::sqrt(5 * 0.9)));
  CHECK(attributes_chart(c, equal)->points[0].upper == Approx(5 + 3 * std::sqrt(5.0)));
  CHECK_FALSE(attributes_chart(p, std::vector<Counted>{{5, 4}, {1, 4}}));
  CHECK_FALSE(attributes_chart(c, std::vector<Counted>{{5, 1}}));
  CHECK_FALSE(attributes_chart(u, std::vector<Counted>{{5, 0}, {1, 1}}));
  CHECK_FALSE(attributes_chart(c, std::vector<Counted>{{-5, 1}, {1, 1}}));
}

namespace {

ControlChart chart_of(std::vector<double> sigmas) {
  ControlChart chart;
  for (const double value : sigmas) chart.points.push_back({value, 0, -3, 3, 1});
  return chart;
}

// The last points at which the rule speaks.
std::vector<int> found(ControlRule rule, std::vector<double> sigmas) {
  std::vector<int> last;
  for (const auto& signal : signals(chart_of(std::move(sigmas)), std::vector{rule})) last.push_back(signal.last);
  return last;
}

}  // namespace

TEST_CASE("every rule speaks exactly when it should") {
  using enum ControlRule;
  using Points = std::vector<int>;
  CHECK(found(western_electric_1, {0, 3, 3.1, -3.2}) == Points{2, 3});
  CHECK(found(western_electric_2, {2.1, 0, 2.1, 2.1, -2.1}) == Points{2, 3});
  CHECK(found(western_electric_2, {2.1, 0, 0, 2.1}).empty());
  CHECK(found(western_electric_3, {1.1, 1.1, 0, 1.1, 1.1, 0}) == Points{4});
  CHECK(found(western_electric_3, {1.1, 1.1, -1.1, -1.1, 1.1}).empty());
  CHECK(found(western_electric_4, {1, 1, 1, 1, 1, 1, 1}).empty());
  CHECK(found(western_electric_4, {1, 1, 1, 1, 1, 1, 1, 1}) == Points{7});
  CHECK(found(western_electric_4, {1, 1, 1, 0, 1, 1, 1, 1, 1}).empty());
  CHECK(found(nelson_2, {-1, -1, -1, -1, -1, -1, -1, -1, -1}) == Points{8});
  CHECK(found(nelson_3, {0, 1, 2, 3, 4}).empty());
  CHECK(found(nelson_3, {5, 4, 3, 2, 1, 0}) == Points{5});
  CHECK(found(nelson_3, {0, 1, 2, 2, 3, 4}).empty());
  CHECK(found(nelson_4, {0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1}) == Points{13});
  CHECK(found(nelson_4, {0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0}).empty());
  CHECK(found(nelson_7, std::vector<double>(15, 0.5)) == Points{14});
  CHECK(found(nelson_7, std::vector<double>(14, 0.5)).empty());
  CHECK(found(nelson_8, {1.1, -1.1, 1.1, -1.1, 1.1, -1.1, 1.1, -1.1}) == Points{7});
  CHECK(found(nelson_8, {1.1, -1.1, 1.1, 0.9, 1.1, -1.1, 1.1, -1.1}).empty());
  const auto all = signals(chart_of({2.1, 2.1, 3.5}), nelson_rules());
  CHECK(all == std::vector<Signal>{{nelson_1, 2, 2}, {nelson_5, 0, 1}, {nelson_5, 1, 2}});
  CHECK(western_electric_rules().size() == 4);
}

TEST_CASE("capability, Pareto, satisfaction") {
  const auto both = capability(10, 1, 4, 14);
  CHECK(*both.cp == Approx(10.0 / 6));
  CHECK(*both.cpk == Approx(4.0 / 3));
  CHECK(*capability(10, 1, 4, {}).cpk == Approx(2));
  CHECK_FALSE(capability(10, 1, 4, {}).cp);
  CHECK_FALSE(capability(10, 0, 4, 14).cpk);
  const std::vector<std::pair<std::string, double>> causes{{"a", 1}, {"b", 6}, {"c", 0}, {"d", 3}};
  const auto rows = pareto(causes);
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].cause == "b");
  CHECK(rows[1].cumulative_share == Approx(0.9));
  CHECK(*net_promoter_score(std::vector<int>{10, 9, 8, 7, 6, 0, 11}) == Approx(0));
  CHECK(*net_promoter_score(std::vector<int>{10, 9, 9, 3}) == 50);
  CHECK_FALSE(net_promoter_score({}));
  CHECK(*customer_satisfaction(std::vector<int>{5, 4, 3, 1}) == 50);
  CHECK_FALSE(customer_satisfaction(std::vector<int>{9}));
}

TEST_CASE("risk scores and exposure") {
  Risk threat;
  CHECK_FALSE(risk_score(threat));
  CHECK(risk_level(risk_score(threat)) == RiskLevel::none);
  threat.probability = 4;
  threat.impact_cost = 3;
  threat.impact_time = 5;
  CHECK(*risk_score(threat) == 20);
  CHECK(risk_level(20) == RiskLevel::extreme);
  CHECK(risk_level(10) == RiskLevel::high);
  CHECK(risk_level(9) == RiskLevel::medium);
  CHECK(risk_level(4) == RiskLevel::low);
  CHECK_FALSE(expected_value(threat, Shape::pert));
  threat.probability_percent = Permille{300};
  threat.cost_effect = Money{100'000};
  threat.delay_effect = WorkMinutes{4800};
  CHECK(*expected_value(threat, Shape::pert) == Money{30'000});
  CHECK(*expected_delay(threat, Shape::pert) == WorkMinutes{1440});
  Risk chance = threat;
  chance.kind = RiskKind::opportunity;
  chance.cost_effect = Money{50'000};
  CHECK(*expected_value(chance, Shape::pert) == Money{-15'000});
  // Whatever sign an effect was entered with, the kind of the risk decides.
  chance.cost_effect = Money{-50'000};
  CHECK(*expected_value(chance, Shape::pert) == Money{-15'000});
  CHECK(*expected_delay(chance, Shape::pert) == WorkMinutes{-1440});
  Risk entered_as_loss = threat;
  entered_as_loss.cost_effect = Money{-100'000};
  entered_as_loss.delay_effect = WorkMinutes{-4800};
  CHECK(*expected_value(entered_as_loss, Shape::pert) == Money{30'000});
  CHECK(*expected_delay(entered_as_loss, Shape::pert) == WorkMinutes{1440});
  CHECK(risk_exposure(std::vector{entered_as_loss, chance}, Shape::pert).worst_cost == Money{100'000});
  Risk closed = threat, bare;
  closed.status = RiskStatus::closed;
  CHECK_FALSE(expected_value(closed, Shape::pert));  // nothing is expected of it any more
  CHECK_FALSE(expected_delay(closed, Shape::pert));
  const auto exposure = risk_exposure(std::vector{threat, chance, closed, bare}, Shape::pert);
  CHECK(exposure.expected_cost == Money{15'000});
  CHECK(exposure.worst_cost == Money{100'000});
  CHECK(exposure.counted == 2);
  CHECK(exposure.without_figures == 1);
  CHECK(exposure.standard_deviation.value == Approx(std::sqrt(0.21 * (1e10 + 0.25e10))).epsilon(1e-4));
}

// PERT: (10 + 4 x 20 + 60) / 6 = 25; triangular: (10 + 20 + 60) / 3 = 30, variance 2100 / 18 = 350 / 3.
TEST_CASE("the expected value of an effect by three points is of its mean") {
  Risk threat;
  threat.probability_percent = Permille{500};
  threat.cost_effect_low = Money{10'000}, threat.cost_effect = Money{20'000}, threat.cost_effect_high = Money{60'000};
  threat.delay_effect_low = WorkMinutes{100}, threat.delay_effect = WorkMinutes{200}, threat.delay_effect_high = WorkMinutes{600};
  CHECK(*expected_value(threat, Shape::pert) == Money{12'500});
  CHECK(*expected_value(threat, Shape::triangular) == Money{15'000});
  CHECK(*expected_delay(threat, Shape::triangular) == WorkMinutes{150});
  Risk chance = threat;
  chance.kind = RiskKind::opportunity;
  CHECK(*expected_value(chance, Shape::pert) == Money{-12'500});
  threat.cost_effect.reset();  // in the middle then
  CHECK(*expected_value(threat, Shape::triangular) == Money{17'500});

  Office office;
  office.edit([&](Transaction& change) {
    change.set(office.project.all<ProjectSettings>().at(0), &ProjectSettings::estimate_shape, EstimateShape::triangular);
    change.create<Risk>([](Risk& r) {
      r.title = "Rock", r.probability_percent = Permille{500};
      r.cost_effect_low = Money{10'000}, r.cost_effect = Money{20'000}, r.cost_effect_high = Money{60'000};
    });
  });
  const auto exposure = risk_exposure(office.project);
  CHECK(exposure.expected_cost == Money{15'000});
  CHECK(exposure.worst_cost == Money{60'000});
  CHECK(exposure.standard_deviation.value == Approx(1000 * std::sqrt(0.5 * 350 / 3 + 0.25 * 900)).epsilon(1e-4));
}

TEST_CASE("weighted scores of several evaluators") {
  const std::vector<double> weights{2, 1, 0};
  const auto result = weighted_score(weights, {{{8, 5, {}}, {6, 5, {}}, {{}, 2, {}}}});
  CHECK(*result.score == Approx((2 * 7 + 4) / 3.0));
  CHECK(*result.lowest == Approx(17.0 / 3));
  CHECK(*result.highest == 7);
  CHECK(*result.criterion_spread[0] == 2);
  CHECK(*result.deviation == Approx(4.0 / 3 / std::sqrt(2.0)));
  const auto incomplete = weighted_score(weights, {{{8}}});
  CHECK_FALSE(incomplete.score);
  CHECK(incomplete.missing == std::vector{1});
  CHECK_FALSE(weighted_score(std::vector<double>{0, 0}, {{{1, 1}}}).score);
  CHECK_FALSE(weighted_score(std::vector<double>{1, -1}, {{{1, 1}}}).score);
  CHECK(places(std::vector<std::optional<double>>{5, {}, 7, 5}) == std::vector<std::optional<int>>{2, {}, 1, 2});
}

TEST_CASE("training figures") {
  CHECK(*competency_gap(4, 2.5) == 1.5);
  CHECK_FALSE(competency_gap(4, {}));
  CHECK(*learning_gain(40, 70, 100) == 0.5);
  CHECK_FALSE(learning_gain(100, 100, 100));
  CHECK(*training_return(150, 100) == 0.5);
  CHECK_FALSE(training_return(150, 0));
}

TEST_CASE("load by day and week: peaks, overload, idle") {
  const Day monday = Day::of(2024, 1, 1);
  const auto at = [&](int day, int hour) { return Minute::at(monday + day, hour * 60); };
  std::vector<LoadPiece> offer, demand;
  for (int day = 0; day < 5; ++day) offer.push_back({at(day, 8), at(day, 16), {1000}});
  demand.push_back({at(0, 8), at(0, 16), {1000}});
  demand.push_back({at(0, 12), at(0, 16), {500}});
  demand.push_back({at(2, 8), at(2, 12), {500}});
  demand.push_back({at(5, 8), at(5, 9), {1000}});  // Saturday: nobody is there
  demand.push_back({at(6, 8), at(6, 8), {1000}});  // no time at all
  const auto days = resource_load(demand, offer, LoadStep::day);
  REQUIRE(days.size() == 6);
  CHECK(days[0].load == WorkMinutes{600});
  CHECK(days[0].available == WorkMinutes{480});
  CHECK(days[0].overload == WorkMinutes{120});
  CHECK(days[0].idle == WorkMinutes{0});
  CHECK(days[0].peak == Permille{1500});
  CHECK(*days[0].utilisation() == Approx(1.25));
  CHECK(days[1].idle == WorkMinutes{480});
  CHECK(days[2].idle == WorkMinutes{360});
  CHECK(days[5].overload == WorkMinutes{60});
  CHECK_FALSE(days[5].utilisation());
  const auto weeks = resource_load(demand, offer, LoadStep::week);
  REQUIRE(weeks.size() == 1);
  CHECK(weeks[0].first == monday);
  CHECK(weeks[0].load == total_load(days).load);
  CHECK(weeks[0].idle == total_load(days).idle);
  CHECK(resource_load({}, {}, LoadStep::day).empty());
  const std::vector<LoadPiece> night{{at(0, 20), at(1, 0), {1000}}};
  CHECK(resource_load(night, {}, LoadStep::day).size() == 1);
  const std::vector<LoadPiece> to_morning{{at(0, 20), at(1, 4), {1000}}};
  CHECK(resource_load(to_morning, {}, LoadStep::day)[1].load == WorkMinutes{240});
  CHECK(rank_bottlenecks(std::vector{total_load({}), weeks[0], days[0]}) == std::vector{1, 2, 0});
}

TEST_CASE("load by month and quarter is cut where these end") {
  const Day monday = Day::of(2024, 1, 1);
  const auto at = [&](int day, int hour) { return Minute::at(monday + day, hour * 60); };
  const std::vector<LoadPiece> night{{at(30, 20), at(31, 4), {1000}}};  // into 1 February
  const auto months = resource_load(night, {}, LoadStep::month);
  REQUIRE(months.size() == 2);
  CHECK(months[0].first == monday);
  CHECK(months[1].first == Day::of(2024, 2, 1));
  CHECK(months[0].load == WorkMinutes{240});
  CHECK(months[1].overload == WorkMinutes{240});
  const auto quarters = resource_load(night, {}, LoadStep::quarter);
  REQUIRE(quarters.size() == 1);
  CHECK(quarters[0].load == WorkMinutes{480});
  CHECK(first_of_period(LoadStep::year, Day::of(2024, 5, 17)) == monday);
  CHECK(next_period(LoadStep::year, monday) == Day::of(2025, 1, 1));
  CHECK(first_of_period(LoadStep::week, Day::of(2024, 1, 7)) == monday);
  CHECK(next_period(LoadStep::day, monday) == monday + 1);
}

TEST_CASE("the load of several resources: one that is idle does not take away what is too much for another") {
  const Day monday = Day::of(2024, 1, 1);
  const auto at = [&](int day, int hour) { return Minute::at(monday + day, hour * 60); };
  const std::vector<LoadPiece> offer{{at(0, 8), at(0, 16), {1000}}, {at(1, 8), at(1, 16), {1000}}};
  const std::vector<LoadPiece> twice{{at(0, 8), at(0, 16), {2000}}};
  auto periods = resource_load(twice, offer, LoadStep::day);
  for (const auto& idle : resource_load({}, offer, LoadStep::day)) periods.push_back(idle);
  const auto joined = joined_load(periods);
  REQUIRE(joined.size() == 2);
  CHECK(joined[0].first == monday);
  CHECK(joined[0].load == WorkMinutes{960});
  CHECK(joined[0].available == WorkMinutes{960});
  CHECK(joined[0].overload == WorkMinutes{480});
  CHECK(joined[1].first == monday + 1);
  CHECK(joined[1].available == WorkMinutes{960});
  CHECK(joined_load({}).empty());
}

TEST_CASE("which tasks make the load of a span, and which of them are worked on while it is too much") {
  const Day monday = Day::of(2024, 1, 1);
  const auto at = [&](int day, int hour) { return Minute::at(monday + day, hour * 60); };
  const std::vector<LoadPiece> offer{{at(0, 8), at(0, 16), {1000}}, {at(1, 8), at(1, 16), {1000}}};
  const std::vector<LoadPiece> demand{{at(0, 12), at(0, 16), {500}, 7}, {at(0, 8), at(0, 16), {1000}, 3}, {at(1, 8), at(1, 10), {1000}, 5}};
  const auto day = load_by_task(demand, offer, at(0, 0), at(1, 0));
  REQUIRE(day.size() == 2);
  CHECK(day[0].task == 3);
  CHECK(day[0].load == WorkMinutes{480});
  CHECK(day[0].overloads);
  CHECK(day[1].task == 7);
  CHECK(day[1].load == WorkMinutes{120});
  CHECK(day[1].overloads);
  const auto morning = load_by_task(demand, offer, at(0, 9), at(0, 12));
  REQUIRE(morning.size() == 1);
  CHECK(morning[0].load == WorkMinutes{180});
  CHECK_FALSE(morning[0].overloads);
  const auto both = load_by_task(demand, offer, at(0, 0), at(2, 0));
  REQUIRE(both.size() == 3);
  CHECK(both[1].task == 5);  // two hours, as many as the half day of task 7 at half units
  CHECK_FALSE(both[1].overloads);
  CHECK(load_by_task(demand, {}, at(1, 0), at(2, 0)).front().overloads);
  CHECK(load_by_task({}, offer, at(0, 0), at(2, 0)).empty());
}
