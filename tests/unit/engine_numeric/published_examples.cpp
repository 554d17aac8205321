// Worked examples as their sources print them. Each case names its source; what it prints rounded is compared as rounded.
#include <doctest/doctest.h>

#include <cmath>

#include "app/engine/control/earned_value.h"
#include "app/engine/control/finance.h"
#include "app/engine/quality/quality.h"
#include "app/engine/resources/training.h"
#include "app/engine/risk/risk.h"
#include "app/engine/schedule/plan_of_project.h"
#include "app/engine/schedule/schedule.h"
#include "app/engine/simulation/simulation.h"
#include "app/engine/statistics.h"
#include "tests/unit/engine_numeric/office.h"

using namespace pmo;
using namespace pmo::engine;
using doctest::Approx;

// D. C. Montgomery, "Introduction to Statistical Quality Control", 6th ed. (2009), example 6.1 and table 6.1: flow width of
// resist, 25 samples of five wafers. The book's limits are made with constants of three decimals.
TEST_CASE("means, ranges and capability: Montgomery, hard-bake process") {
  const std::vector<std::vector<double>> wafers{
      {1.3235, 1.4128, 1.6744, 1.4573, 1.6914}, {1.4314, 1.3592, 1.6075, 1.4666, 1.6109}, {1.4284, 1.4871, 1.4932, 1.4324, 1.5674},
      {1.5028, 1.6352, 1.3841, 1.2831, 1.5507}, {1.5604, 1.2735, 1.5265, 1.4363, 1.6441}, {1.5955, 1.5451, 1.3574, 1.3281, 1.4198},
      {1.6274, 1.5064, 1.8366, 1.4177, 1.5144}, {1.4190, 1.4303, 1.6637, 1.6067, 1.5519}, {1.3884, 1.7277, 1.5355, 1.5176, 1.3688},
      {1.4039, 1.6697, 1.5089, 1.4627, 1.5220}, {1.4158, 1.7667, 1.4278, 1.5928, 1.4181}, {1.5821, 1.3355, 1.5777, 1.3908, 1.7559},
      {1.2856, 1.4106, 1.4447, 1.6398, 1.1928}, {1.4951, 1.4036, 1.5893, 1.6458, 1.4969}, {1.3589, 1.2863, 1.5996, 1.2497, 1.5471},
      {1.5747, 1.5301, 1.5171, 1.1839, 1.8662}, {1.3680, 1.7269, 1.3957, 1.5014, 1.4449}, {1.4163, 1.3864, 1.3057, 1.6210, 1.5573},
      {1.5796, 1.4185, 1.6541, 1.5116, 1.7247}, {1.7106, 1.4412, 1.2361, 1.3820, 1.7601}, {1.4371, 1.5051, 1.3485, 1.5670, 1.4880},
      {1.4738, 1.5936, 1.6583, 1.4973, 1.4720}, {1.5917, 1.4333, 1.5551, 1.5295, 1.6866}, {1.6399, 1.5243, 1.5705, 1.5563, 1.5530},
      {1.5797, 1.3663, 1.6240, 1.3732, 1.6887}};
  const auto charts = mean_and_range_charts(wafers);
  REQUIRE(charts);
  CHECK(charts->location.points[0].centre == Approx(1.5056).epsilon(0.0001));
  CHECK(charts->location.points[0].upper == Approx(1.69325).epsilon(0.0002));
  CHECK(charts->location.points[0].lower == Approx(1.31795).epsilon(0.0002));
  CHECK(charts->spread.points[0].centre == Approx(0.32521).epsilon(0.0001));
  CHECK(charts->spread.points[0].upper == Approx(0.68749).epsilon(0.001));
  CHECK(charts->spread.points[0].lower == 0);
  CHECK(charts->sigma == Approx(0.1398).epsilon(0.0005));
  CHECK(signals(charts->location, western_electric_rules()).empty());  // "in control"
  CHECK(*capability(1.5056, charts->sigma, 1.0, 2.0).cp == Approx(1.192).epsilon(0.0005));
}

// NIST/SEMATECH e-Handbook of Statistical Methods (2012), 6.3.2.2 "Individuals control charts": flow rates of ten batches.
TEST_CASE("single values: NIST, flow rates") {
  const auto charts = individuals_and_moving_range_charts(std::vector<double>{49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1});
  REQUIRE(charts);
  CHECK(charts->location.points[0].centre == Approx(50.81));
  CHECK(charts->spread.points[0].centre == Approx(1.8778).epsilon(0.0001));
  CHECK(charts->location.points[0].upper == Approx(55.8041).epsilon(0.00002));
  CHECK(charts->location.points[0].lower == Approx(45.8159).epsilon(0.00002));
}

// The same handbook, 6.3.3.1 "Counts control charts": defects of 25 wafers, 400 in all; limits 28 and 4.
TEST_CASE("nonconformities: NIST, defects of wafers") {
  std::vector<Counted> wafers;
  for (const double defects : {16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14, 16, 15, 13, 14, 16, 11, 20, 11, 19, 16, 31, 13}) wafers.push_back({defects, 1});
  const auto chart = attributes_chart(AttributesChart::c, wafers);
  REQUIRE(chart);
  CHECK(chart->points[0].centre == Approx(16));
  CHECK(chart->points[0].upper == Approx(28));
  CHECK(chart->points[0].lower == Approx(4));
  CHECK(signals(*chart, std::vector{ControlRule::western_electric_1}) == std::vector<Signal>{{ControlRule::western_electric_1, 23, 23}});
}

// Montgomery, 6th ed., example 7.1: nonconforming cans of orange juice in 30 samples of 50.
TEST_CASE("shares: Montgomery, orange juice cans") {
  std::vector<Counted> samples;
  for (const double cans : {12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6}) samples.push_back({cans, 50});
  const auto chart = attributes_chart(AttributesChart::p, samples);
  REQUIRE(chart);
  CHECK(chart->points[0].centre == Approx(0.2313).epsilon(0.0002));
  CHECK(chart->points[0].upper == Approx(0.4102).epsilon(0.0002));
  CHECK(chart->points[0].lower == Approx(0.0524).epsilon(0.001));
  const std::vector<Signal> beyond{{ControlRule::western_electric_1, 14, 14}, {ControlRule::western_electric_1, 22, 22}};  // samples 15 and 23
  CHECK(signals(*chart, std::vector{ControlRule::western_electric_1}) == beyond);
}

// NIST/SEMATECH e-Handbook, 6.1.6 "What is process capability?": limits 8 and 20, mean 16, deviation 2.
TEST_CASE("capability: NIST") {
  const auto found = capability(16, 2, 8, 20);
  CHECK(*found.cp == Approx(1.0));
  CHECK(*found.cpk == Approx(0.6667).epsilon(0.0001));
}

// F. S. Hillier, G. J. Lieberman, "Introduction to Operations Research", 8th ed. (2005), chapter 22, Reliable Construction Co.:
// means and variances of the three-point estimates, critical path A-B-C-E-F-J-L-N of 44 weeks, slacks, and the chance of
// the deadline of 47 weeks by the normal approximation. A week here is a working day.
TEST_CASE_FIXTURE(Office, "three-point estimates and the critical path: Hillier and Lieberman, Reliable Construction") {
  struct Activity {
    const char* name;
    double optimistic, likely, pessimistic;
    int mean, slack;
    const char* after;
  };
  const Activity activities[] = {{"A", 1, 2, 3, 2, 0, ""},    {"B", 2, 3.5, 8, 4, 0, "A"},  {"C", 6, 9, 18, 10, 0, "B"}, {"D", 4, 5.5, 10, 6, 4, "C"}, {"E", 1, 4.5, 5, 4, 0, "C"},
                                 {"F", 4, 4, 10, 5, 0, "E"},  {"G", 5, 6.5, 11, 7, 4, "D"}, {"H", 5, 8, 17, 9, 4, "EG"}, {"I", 3, 7.5, 9, 7, 2, "C"},  {"J", 3, 9, 9, 8, 0, "FI"},
                                 {"K", 4, 4, 4, 4, 1, "J"},   {"L", 1, 5.5, 7, 5, 0, "J"},  {"M", 1, 2, 3, 2, 4, "H"},   {"N", 5, 5.5, 9, 6, 0, "KL"}};
  std::vector<Ref<Task>> tasks;
  double variance = 0;
  for (const Activity& activity : activities) {
    CHECK(simulation::Distribution{simulation::Shape::pert, activity.optimistic, activity.likely, activity.pessimistic}.mean() == Approx(activity.mean));
    if (activity.slack == 0) variance += std::pow((activity.pessimistic - activity.optimistic) / 6, 2);
    tasks.push_back({add<Task>([&](auto& t) { t.name = t.order = activity.name; t.duration = WorkMinutes{activity.mean * 480}; }).id});
    for (const char* before = activity.after; *before; ++before)
      add<Link>([&](auto& l) { l.predecessor = tasks[static_cast<std::size_t>(*before - 'A')]; l.successor = tasks.back(); });
  }
  const Outline outline(project);
  const Plan plan = plan_of(project, outline);
  const Schedule dates = schedule(plan);
  for (std::size_t row = 0; row < outline.size(); ++row) {
    CAPTURE(activities[row].name);
    CHECK(dates.total_float[row] == activities[row].slack * 480);
    CHECK((dates.critical[row] != 0) == (activities[row].slack == 0));
  }
  CHECK(dates.project_finish.day() == monday + (8 * 7 + 3));  // the 44th working day: eight weeks of five days, and Thursday
  CHECK(variance == Approx(9));
  CHECK(normal_cdf((47 - 44) / std::sqrt(variance)) == Approx(0.8413).epsilon(0.0001));
}

// K. Schwalbe, "Information Technology Project Management", 6th ed. (2010), chapter 7, earned value of one activity after
// week one: planned $10,000, half done, $15,000 spent.
TEST_CASE("earned value: Schwalbe, one activity after a week") {
  const auto figures = earned_value({.planned_value = 10'000, .earned_value = 5'000, .actual_cost = 15'000, .budget_at_completion = 10'000});
  CHECK(figures.cost_variance == -10'000);
  CHECK(figures.schedule_variance == -5'000);
  CHECK(*figures.cost_performance_index == Approx(0.33).epsilon(0.02));
  CHECK(*figures.schedule_performance_index == Approx(0.5));
}

// R. A. Brealey, S. C. Myers, F. Allen, "Principles of Corporate Finance", 10th ed. (2011), 5.2 "Payback" (projects A, B, C at
// 10 %; the book counts whole years) and 5.3 (rate of return of 28.08 %).
TEST_CASE("present value, payback and rate of return: Brealey, Myers and Allen") {
  struct Flows {
    std::vector<double> flows;
    double value, payback;
  };
  for (const auto& [flows, value, payback] : {Flows{{-2000, 500, 500, 5000}, 2624, 3}, Flows{{-2000, 500, 1800, 0}, -58, 2}, Flows{{-2000, 1800, 500, 0}, 50, 2}}) {
    CHECK(std::round(*net_present_value(0.1, flows)) == value);
    CHECK(std::ceil(*payback_period(flows)) == payback);
  }
  const auto rate = internal_rate_of_return(std::vector<double>{-4000, 2000, 4000});
  REQUIRE(rate.outcome == RateOutcome::found);
  CHECK(rate.rates[0] == Approx(0.2808).epsilon(0.0002));
}

// J. J. Phillips, "Return on Investment in Training and Performance Improvement Programs" (1997): a literacy programme with
// benefits of $321,600 at a cost of $38,233 returns 741 %.
TEST_CASE("return of a training: Phillips, literacy programme") {
  CHECK(std::round(*training_return(321'600, 38'233) * 100) == 741);
}

// PMI, "A Guide to the Project Management Body of Knowledge", 5th ed. (2013), 11.4.2.2, decision tree: a new plant nets $80M
// with 60 %, loses $30M with 40 %: expected $36M; an upgrade nets $70M or $10M: expected $46M.
TEST_CASE("expected monetary value: PMBOK, new plant or upgrade") {
  const auto branch = [](int permille, std::int64_t millions) {
    Risk risk;
    risk.kind = millions > 0 ? RiskKind::opportunity : RiskKind::threat;
    risk.probability_percent = Permille{permille};
    risk.cost_effect = Money{std::abs(millions) * 1'000'000};
    return risk;
  };
  CHECK(risk_exposure(std::vector{branch(600, 80), branch(400, -30)}, simulation::Shape::pert).expected_cost == Money{-36'000'000});
  CHECK(risk_exposure(std::vector{branch(600, 70), branch(400, 10)}, simulation::Shape::pert).expected_cost == Money{-46'000'000});
}
