#include "app/engine/simulation/simulation.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "app/engine/random.h"
#include "app/engine/statistics.h"

using namespace pmo;
using namespace pmo::engine;
using namespace pmo::engine::simulation;
using doctest::Approx;

namespace {

Outcome simulated(const Model& model, int iterations = 10'000, std::uint64_t seed = 1) {
  auto simulation = Simulation::prepare(model, {iterations, seed});
  REQUIRE(simulation);
  simulation->run();
  return simulation->outcome();
}

SimulatedTask task(Distribution duration, int calendar = -1) { return {.duration = duration, .calendar = calendar, .cost = {}}; }

std::vector<double> numbers(std::span<const Offset> values) { return {values.begin(), values.end()}; }

// Monday to Friday 8 to 12 and 13 to 17, from day 0, a Monday
std::vector<WorkSpan> office(int weeks) {
  std::vector<WorkSpan> spans;
  for (int day = 0; day < 7 * weeks; ++day)
    if (day % 7 < 5) {
      spans.push_back({day * 1440 + 480, day * 1440 + 720});
      spans.push_back({day * 1440 + 780, day * 1440 + 1020});
    }
  return spans;
}

// A normal with the deviation 2000, cut at three deviations: 2000 root(0.97333693) is left.
const Distribution about_ten_thousand{Shape::normal, 4000, 10'000, 16'000};
const double cut_deviation = 2000 * std::sqrt(0.97333693);

// A calendar taken minute by minute.
struct NaiveClock {
  std::vector<char> working;
  int work_at(int moment) const { return static_cast<int>(std::count(working.begin(), working.begin() + moment, 1)); }
};

}  // namespace

TEST_CASE("each shape has the mean and the deviation of its formula, and its bounds") {
  for (const Shape shape : {Shape::triangular, Shape::pert, Shape::uniform, Shape::normal, Shape::lognormal}) {
    for (const auto& [low, likely, high] : {std::array{100.0, 150.0, 400.0}, {100.0, 100.0, 300.0}, {100.0, 300.0, 300.0}}) {
      const Distribution distribution{shape, low, likely, high};
      REQUIRE(distribution.valid());
      const Sampler sampler(distribution);
      std::vector<double> values;
      for (int i = 0; i < 20'000; ++i) values.push_back(sampler.quantile((i + 0.5) / 20'000));
      CHECK(std::ranges::is_sorted(values));
      CHECK(*mean(values) == Approx(distribution.mean()).epsilon(0.001));
      CHECK(*standard_deviation(values) == Approx(distribution.deviation()).epsilon(0.005));
      if (shape != Shape::lognormal) {
        CHECK(values.front() >= low);
        CHECK(values.back() <= high);
      }
    }
  }
  CHECK(Distribution{Shape::pert, 2, 5, 14}.mean() == Approx(6));  // (a + 4 m + b) / 6
  CHECK(Distribution{Shape::triangular, 0, 0, 6}.deviation() == Approx(std::sqrt(2.0)));
  CHECK(Sampler({Shape::triangular, 0, 5, 10}).quantile(0.5) == Approx(5));
  CHECK(Sampler({Shape::triangular, 0, 5, 10}).quantile(0.125) == Approx(2.5));
  CHECK_FALSE(Distribution{Shape::triangular, 3, 2, 4}.valid());
  CHECK_FALSE(Distribution{Shape::pert, 1, 2, NAN}.valid());
  CHECK(Sampler({Shape::pert, 5, 5, 5}).quantile(0.9) == 5);
}

// Worked out by hand from textbook formulas, not by the code's own: beta(2, 4) on [2, 14]; a normal cut at three deviations on
// both sides, and one cut at one deviation below and five above its mean of 1.
TEST_CASE("mean and variance of each shape, drawn by a seed, are those of its closed form") {
  struct Form {
    Distribution distribution;
    double mean, variance;
  };
  const Form forms[] = {{{Shape::triangular, 2, 5, 14}, 7, 6.5},
                        {{Shape::pert, 2, 5, 14}, 6, 144 * 8.0 / (36 * 7)},
                        {{Shape::uniform, 2, 5, 14}, 8, 12},
                        {{Shape::normal, 4, 10, 16}, 10, 3.893348},
                        {{Shape::normal, 0, 0, 6}, 1.287598, 0.629678},
                        {{Shape::lognormal, 10, 20, 60}, 25, 2500 / 36.0}};
  for (const auto& [distribution, expected_mean, variance] : forms) {
    CAPTURE(static_cast<int>(distribution.shape));
    CHECK(distribution.mean() == Approx(expected_mean).epsilon(1e-6));
    CHECK(distribution.deviation() * distribution.deviation() == Approx(variance).epsilon(1e-5));
    constexpr double scale = 1000;  // minutes are whole
    const auto outcome = simulated({.tasks = {task({distribution.shape, distribution.low * scale, distribution.likely * scale, distribution.high * scale})}}, 20'480, 7);
    const auto drawn = numbers(outcome.finish);
    CHECK(*mean(drawn) == Approx(expected_mean * scale).epsilon(0.001));
    CHECK(*standard_deviation(drawn) == Approx(std::sqrt(variance) * scale).epsilon(0.01));
  }
}

TEST_CASE("a clock agrees with minutes counted one by one") {
  RandomStream random(3);
  for (int round = 0; round < 6; ++round) {
    NaiveClock naive{std::vector<char>(3000)};
    std::vector<WorkSpan> spans;
    for (int at = random.below(200); at < 2400; at += 1 + random.below(300)) {
      const int finish = at + 1 + random.below(round % 2 ? 20 : 260);
      spans.push_back({at, finish});
      for (int minute = at; minute < finish; ++minute) naive.working[minute] = 1;
      at = finish;
    }
    for (int minute = spans.back().finish; minute < 3000; ++minute) naive.working[minute] = 1;
    const WorkClock clock(spans);
    for (int moment = 0; moment < 3000; ++moment) {
      REQUIRE(clock.work_at(moment) == naive.work_at(moment));
      if (!naive.working[moment]) continue;
      const int work = naive.work_at(moment);
      REQUIRE(clock.start_of(work) == moment);
      REQUIRE(clock.finish_of(work + 1) == moment + 1);
    }
  }
  const WorkClock always;
  CHECK(always.work_at(77) == 77);
  CHECK(always.finish_of(77) == 77);
  CHECK(WorkClock(office(1)).start_of(480) == 1440 + 480);   // after one day's work the next morning
  CHECK(WorkClock(office(1)).finish_of(480) == 1020);        // done in the evening
}

TEST_CASE("a chain of normals: mean and variance add") {
  Model model;
  for (int t = 0; t < 12; ++t) {
    model.tasks.push_back(task(about_ten_thousand));
    if (t > 0) model.links.push_back({t - 1, t});
  }
  const auto outcome = simulated(model, 20'000);
  const auto finish = numbers(outcome.finish);
  CHECK(*mean(finish) == Approx(120'000).epsilon(0.001));
  CHECK(*standard_deviation(finish) == Approx(cut_deviation * std::sqrt(12.0)).epsilon(0.03));
  CHECK(*percentile(outcome.finish, 0.9) == Approx(120'000 + 1.2816 * cut_deviation * std::sqrt(12.0)).epsilon(0.003));
  for (const auto& each : outcome.tasks) {
    CHECK(each.criticality == 1);
    CHECK(*each.sensitivity == Approx(std::sqrt(1 / 12.0)).epsilon(0.15));  // equal shares of the variance
    CHECK(each.mean_duration == Approx(10'000).epsilon(0.001));
  }
}

TEST_CASE("quantities are independent of each other unless told") {
  Model model;
  for (int t = 0; t < 40; ++t) {
    model.tasks.push_back(task({Shape::uniform, 0, 500, 100'000}));
    model.milestones.push_back(t);
  }
  const auto outcome = simulated(model, 4096);
  double worst = 0, squares = 0;
  for (int a = 0; a < 40; ++a) {
    CHECK(*mean(numbers(outcome.milestones[a])) == Approx(50'000).epsilon(0.0005));  // stratified
    for (int b = 0; b < a; ++b) {
      const double r = *spearman(numbers(outcome.milestones[a]), numbers(outcome.milestones[b]));
      worst = std::max(worst, std::fabs(r));
      squares += r * r;
    }
  }
  CHECK(worst < 5 / std::sqrt(4096.0));
  CHECK(std::sqrt(squares / 780) < 1.3 / std::sqrt(4096.0));
}

TEST_CASE("two parallel uniforms: the later one, and who is critical") {
  Model model{.tasks = {task({Shape::uniform, 0, 500, 100'000}), task({Shape::uniform, 0, 500, 100'000}), task(Distribution::exactly(0))},
              .links = {{0, 2}, {1, 2}}};
  const auto outcome = simulated(model, 20'480);
  CHECK(*mean(numbers(outcome.finish)) == Approx(66'667).epsilon(0.01));  // 2/3 of the width
  CHECK(outcome.tasks[0].criticality == Approx(0.5).epsilon(0.03));
  CHECK(outcome.tasks[0].criticality + outcome.tasks[1].criticality == Approx(1).epsilon(0.001));
  CHECK(outcome.tasks[2].criticality == 1);
  CHECK_FALSE(outcome.tasks[2].sensitivity);  // never varies
}

TEST_CASE("correlated durations follow the copula and keep their own distribution") {
  Model model{.tasks = {task({Shape::pert, 1000, 3000, 9000}), task({Shape::triangular, 1000, 3000, 9000}), task({Shape::normal, 1000, 3000, 9000})},
              .correlations = {{0, 1, 0.8}, {1, 2, -0.5}},
              .milestones = {0, 1, 2}};
  const auto outcome = simulated(model, 10'240);
  const auto rank = [&](int a, int b) { return *spearman(numbers(outcome.milestones[a]), numbers(outcome.milestones[b])); };
  const auto expected = [](double r) { return 6 / 3.14159265 * std::asin(r / 2); };  // rank correlation of a normal copula
  CHECK(rank(0, 1) == Approx(expected(0.8)).epsilon(0.03));
  CHECK(rank(1, 2) == Approx(expected(-0.5)).epsilon(0.06));
  CHECK(std::fabs(rank(0, 2)) < 0.04);
  CHECK(*mean(numbers(outcome.milestones[0])) == Approx(22'000 / 6.0).epsilon(0.001));
  CHECK(outcome.correlation_kept == 1);
  model.correlations = {{0, 1, 0.9}, {1, 2, 0.9}, {0, 2, -0.9}};  // cannot be
  const auto weakened = simulated(model, 1024);
  CHECK(weakened.correlation_kept < 0.6);
  CHECK(weakened.correlation_kept > 0.4);
}

TEST_CASE("risk events happen as often as they should, delay and cost") {
  Model model{.tasks = {task(Distribution::exactly(1000)), task({Shape::uniform, 0, 50, 100})},
              .events = {{0.3, {{0, Distribution::exactly(500)}}, Distribution::exactly(7000)}}};
  model.tasks[0].cost = Distribution::exactly(100);
  model.tasks[0].cost_per_minute = 2;
  const auto outcome = simulated(model, 10'240);
  CHECK(outcome.event_share[0] == Approx(0.3).epsilon(0.004));
  CHECK(*percentile(outcome.finish, 0.69) == 1000);
  CHECK(*percentile(outcome.finish, 0.71) == 1500);
  CHECK(*mean(outcome.cost) == Approx(100 + 2 * 1150 + 2100).epsilon(0.002));
  CHECK(*percentile(outcome.cost, 0.5) == 2100);
  CHECK(*percentile(outcome.cost, 0.9) == 10'100);
  CHECK(*outcome.tasks[0].sensitivity == Approx(1));  // all that varies the finish
  CHECK(*contingency(outcome.cost, 0.9, 2100) == 8000);
  CHECK(*joint_confidence(outcome, 1000, 2100) == Approx(0.7).epsilon(0.004));
  CHECK(*joint_confidence(outcome, 1000, 2000) == 0);
  CHECK(*joint_confidence(outcome, 1500, 10'100) == 1);
}

TEST_CASE("links of every type, leads and elapsed lags, with constant durations") {
  using enum LinkType;
  const auto finish_with = [](std::vector<SimulatedLink> links, int calendar = -1) {
    Model model{.tasks = {task(Distribution::exactly(480), calendar), task(Distribution::exactly(240), calendar)},
                .links = std::move(links), .calendars = {office(10)}, .milestones = {1}};
    return simulated(model, 1).milestones[0][0];
  };
  CHECK(finish_with({{0, 1, finish_to_start, 60}}) == 780);
  CHECK(finish_with({{0, 1, finish_to_start, -100}}) == 620);
  CHECK(finish_with({{0, 1, start_to_start, 60}}) == 300);
  CHECK(finish_with({{0, 1, finish_to_finish, 60}}) == 540);
  CHECK(finish_with({{0, 1, start_to_finish, 600}}) == 600);
  CHECK(finish_with({{0, 1, start_to_finish, 60}}) == 240);  // never before the beginning
  CHECK(finish_with({{0, 1, finish_to_start, 0}}, 0) == 1440 + 720);          // next morning to noon
  CHECK(finish_with({{0, 1, finish_to_start, 240}}, 0) == 1440 + 1020);       // half a working day later
  CHECK(finish_with({{0, 1, finish_to_start, 1440, true}}, 0) == 2 * 1440 + 720);  // a day by the clock
  CHECK(finish_with({{0, 1, finish_to_start, 1440, false, -1}}, 0) == 2 * 1440 + 720);  // in a calendar of the lag's own
}

TEST_CASE("tasks of different calendars hand over at moments") {
  Model model{.tasks = {task(Distribution::exactly(5 * 480), 0), task(Distribution::exactly(600), -1), task(Distribution::exactly(480), 0)},
              .links = {{0, 1}, {1, 2}}, .calendars = {office(10)}, .milestones = {0, 1, 2}};
  const auto outcome = simulated(model, 1);
  CHECK(outcome.milestones[0][0] == 4 * 1440 + 1020);        // Friday evening
  CHECK(outcome.milestones[1][0] == 4 * 1440 + 1020 + 600);  // goes on through the night
  CHECK(outcome.milestones[2][0] == 7 * 1440 + 1020);        // Monday
  for (const auto& each : outcome.tasks) CHECK(each.criticality == 1);
  model.tasks[2].earliest = 9 * 1440;
  const auto held = simulated(model, 1);
  CHECK(held.milestones[2][0] == 9 * 1440 + 1020);
  CHECK(held.tasks[1].criticality == 0);  // the date holds it, not the link
  CHECK(held.tasks[2].criticality == 1);
}

TEST_CASE("criticality against longest paths found one iteration at a time") {
  RandomStream random(11);
  Model model;
  for (int t = 0; t < 25; ++t) {
    model.tasks.push_back(task({Shape::triangular, 100, 200.0 + random.below(300), 900}));
    model.milestones.push_back(t);
    for (int link = 0; t > 0 && link < 2; ++link) model.links.push_back({random.below(t), t});
  }
  const auto outcome = simulated(model, 300);
  std::vector<int> critical(25);
  for (int i = 0; i < 300; ++i) {  // finishes are known: durations follow, then floats by a naive backward pass
    std::vector<Offset> late(25, outcome.finish[i]), duration(25);
    for (int t = 0; t < 25; ++t) {
      Offset start = 0;
      for (const auto& link : model.links)
        if (link.successor == t) start = std::max(start, outcome.milestones[link.predecessor][i]);
      duration[t] = outcome.milestones[t][i] - start;
      CHECK(duration[t] >= 100);
      CHECK(duration[t] <= 900);
    }
    for (int t = 24; t >= 0; --t) {
      for (const auto& link : model.links)
        if (link.predecessor == t) late[t] = std::min(late[t], late[link.successor] - duration[link.successor]);
      critical[t] += late[t] <= outcome.milestones[t][i];
    }
  }
  for (int t = 0; t < 25; ++t) CHECK(outcome.tasks[t].criticality == Approx(critical[t] / 300.0));
}

TEST_CASE("one seed, one result, whatever the steps; stopping early keeps what is done") {
  Model model{.tasks = {task({Shape::lognormal, 100, 200, 900}), task({Shape::pert, 100, 200, 900})}, .links = {{0, 1}}};
  auto simulation = Simulation::prepare(model, {5000, 9});
  REQUIRE(simulation);
  simulation->step();
  simulation->step();
  const auto early = simulation->outcome();
  CHECK(early.iterations == 2048);
  CHECK(early.finish.size() == 2048);
  simulation->run();
  const auto whole = simulation->outcome();
  CHECK(whole.iterations == 5000);
  CHECK(std::equal(early.finish.begin(), early.finish.end(), whole.finish.begin()));
  CHECK(simulated(model, 5000, 9).finish == whole.finish);
  CHECK(simulated(model, 5000, 10).finish != whole.finish);
  // the same numbers on every platform
  std::int64_t sum = 0;
  for (const Offset finish : whole.finish) sum += finish;
  CHECK(sum == 2'999'301);
  CHECK(simulated({}, 10).finish == std::vector<Offset>(10));
}

TEST_CASE("what cannot be simulated is refused with its reason") {
  const auto refused = [](const Model& model, int iterations = 10) {
    const auto simulation = Simulation::prepare(model, {iterations, 1});
    REQUIRE_FALSE(simulation.has_value());
    return simulation.error();
  };
  const Model good{.tasks = {task({Shape::pert, 1, 2, 3}), task({Shape::pert, 1, 2, 3}), task({})}};
  Model model = good;
  model.links = {{0, 1}, {1, 2}, {2, 1}};
  CHECK(refused(model) == Error{"error.simulation.cycle"_key, {"2", "1"}});
  model.links = {{0, 3}};
  CHECK(refused(model).message == "error.simulation.link"_key);
  model = good;
  model.tasks[1].duration.low = 5;
  CHECK(refused(model) == Error{"error.simulation.estimate"_key, {"1"}});
  model = good;
  model.tasks[1].duration = Distribution::exactly(1e12);
  CHECK(refused(model).message == "error.simulation.estimate"_key);
  model = good;
  model.events = {{1.5, {}, {}}};
  CHECK(refused(model).message == "error.simulation.event"_key);
  model = good;
  model.correlations = {{0, 0, 0.5}};
  CHECK(refused(model).message == "error.simulation.correlation"_key);
  CHECK(refused(good, 0).message == "error.simulation.iterations"_key);
  CHECK(refused(good, 2'000'000).message == "error.simulation.iterations"_key);
}

TEST_CASE("one common factor: every two durations correlate by it, the sum varies by the closed form") {
  constexpr int count = 20;
  Model model;
  for (int t = 0; t < count; ++t) {
    model.tasks.push_back(task(about_ten_thousand));
    if (t > 0) model.links.push_back({t - 1, t});
  }
  for (const double rho : {0.0, 0.3, 1.0}) {
    model.common_correlation = rho;
    const auto outcome = simulated(model, 20'480);
    const auto finish = numbers(outcome.finish);
    CHECK(*mean(finish) == Approx(10'000 * count).epsilon(0.002));
    CHECK(*standard_deviation(finish) == Approx(cut_deviation * std::sqrt(count + count * (count - 1) * rho)).epsilon(0.03));
  }
  model.correlations = {{0, 1, 0.9}};  // a pair of its own, apart from the others
  model.common_correlation = 0.5;
  model.milestones = {0};
  model.links.clear();
  for (int t = 1; t < count; ++t) model.milestones.push_back(t);
  const auto outcome = simulated(model, 10'240);
  const auto rank = [&](int a, int b) { return *spearman(numbers(outcome.milestones[a]), numbers(outcome.milestones[b])); };
  const auto expected = [](double r) { return 6 / 3.14159265 * std::asin(r / 2); };
  CHECK(rank(0, 1) == Approx(expected(0.9)).epsilon(0.03));
  CHECK(rank(2, 3) == Approx(expected(0.5)).epsilon(0.05));
  CHECK(std::fabs(rank(0, 3)) < 0.04);
  model.common_correlation = 1.5;
  CHECK(Simulation::prepare(model, {10, 1}).error().message == "error.simulation.correlation"_key);
}

TEST_CASE("groups: who shares a factor correlates by it, beyond what all have in common") {
  // Two groups of ten: 0.6 within the first, 0.4 within the second, 0.1 between them. In units of one variance the sum has
  // 20 + 90 * 0.6 + 90 * 0.4 + 200 * 0.1 = 130.
  Model model{.common_correlation = 0.1, .factors = {{}, {}}};
  for (int t = 0; t < 20; ++t) {
    model.tasks.push_back(task(about_ten_thousand));
    model.factors[t / 10].shares.push_back({t, t < 10 ? 0.5 : 0.3});
    if (t > 0) model.links.push_back({t - 1, t});
  }
  const auto finish = numbers(simulated(model, 20'480).finish);
  CHECK(*mean(finish) == Approx(200'000).epsilon(0.002));
  CHECK(*standard_deviation(finish) == Approx(cut_deviation * std::sqrt(130.0)).epsilon(0.03));
  // A task in two groups: by the root of both shares in each.
  Model both{.tasks = {task(about_ten_thousand), task({Shape::pert, 1000, 3000, 9000}), task({Shape::triangular, 1000, 3000, 9000})},
             .factors = {{{{0, 0.4}, {1, 0.4}}}, {{{0, 0.4}, {2, 0.9}}}}, .milestones = {0, 1, 2}};
  const auto outcome = simulated(both, 10'240);
  const auto rank = [&](int a, int b) { return *spearman(numbers(outcome.milestones[a]), numbers(outcome.milestones[b])); };
  const auto expected = [](double r) { return 6 / 3.14159265 * std::asin(r / 2); };
  CHECK(rank(0, 1) == Approx(expected(0.4)).epsilon(0.06));
  CHECK(rank(0, 2) == Approx(expected(0.6)).epsilon(0.05));
  CHECK(std::fabs(rank(1, 2)) < 0.04);
  CHECK(*mean(numbers(outcome.milestones[1])) == Approx(22'000 / 6.0).epsilon(0.001));  // each keeps its own distribution
  both.common_correlation = 0.3;  // with 0.8 of the first task more than there is
  CHECK(Simulation::prepare(both, {10, 1}).error() == Error{"error.simulation.correlation"_key, {"0", "-"}});
}

TEST_CASE("a risk that occurs is as bad for each of its tasks, and varies from iteration to iteration") {
  const Distribution delay{Shape::triangular, 0, 1000, 5000};
  Model model{.tasks = {task(Distribution::exactly(100)), task(Distribution::exactly(700))},
              .events = {{1, {{0, delay}, {1, delay}}, {Shape::pert, 1000, 2000, 9000}}}, .milestones = {0, 1}};
  const auto outcome = simulated(model, 10'240);
  int different = 0;
  for (int i = 0; i < outcome.iterations; ++i) different += outcome.milestones[1][i] - outcome.milestones[0][i] != 600;
  CHECK(different == 0);
  CHECK(*mean(numbers(outcome.milestones[0])) == Approx(100 + 2000).epsilon(0.001));
  CHECK(*standard_deviation(numbers(outcome.milestones[0])) == Approx(delay.deviation()).epsilon(0.01));
  CHECK(*mean(outcome.cost) == Approx(3000).epsilon(0.001));
}

TEST_CASE("a risk that occurs costs much where it delays much: both are one draw") {
  Model model{.tasks = {task(Distribution::exactly(100))},
              .events = {{1, {{0, {Shape::triangular, 0, 1000, 5000}}}, {Shape::triangular, 0, 10'000, 50'000}}}};
  const auto outcome = simulated(model, 2048);
  int apart = 0;
  for (int i = 0; i < outcome.iterations; ++i) apart += std::fabs(outcome.cost[i] - 10.0 * (outcome.finish[i] - 100)) > 6;  // a delay is whole minutes
  CHECK(apart == 0);
}

TEST_CASE("joint confidence of two quantities: their orthant, by closed form") {
  // Cost follows one duration, the finish another; both correlate by rho: P(both below the median) = 1/4 + asin(rho) / 2 pi.
  for (const double rho : {0.0, 0.6, -0.6}) {
    Model model{.tasks = {task({Shape::normal, 40'000, 100'000, 160'000}), task(about_ten_thousand)},
                .correlations = {{0, 1, rho}}};
    model.tasks[1].cost_per_minute = 1;
    const auto outcome = simulated(model, 20'480);
    const auto finish = *percentile(outcome.finish, 0.5), cost = *percentile(outcome.cost, 0.5);
    CHECK(*joint_confidence(outcome, static_cast<Offset>(std::lround(finish)), cost) == Approx(0.25 + std::asin(rho) / (2 * 3.14159265)).epsilon(0.03));
    CHECK(*contingency(outcome.cost, 0.8, 10'000) == Approx(2000 * normal_quantile(0.00135 + 0.8 * 0.9973)).epsilon(0.01));
  }
}

TEST_CASE("sensitivity of independent durations in a chain: shares of the deviation") {
  Model model{.tasks = {task({Shape::normal, 7000, 10'000, 13'000}), task({Shape::normal, 6000, 10'000, 14'000}), task({Shape::normal, 5000, 10'000, 15'000})},
              .links = {{0, 1}, {1, 2}}};
  const auto outcome = simulated(model, 20'480);
  const double all = std::sqrt(3.0 * 3 + 4 * 4 + 5 * 5);
  const auto spearman_of = [](double r) { return 6 / 3.14159265 * std::asin(r / 2); };  // of a normal pair with correlation r
  for (int t = 0; t < 3; ++t) CHECK(*outcome.tasks[static_cast<std::size_t>(t)].sensitivity == Approx(spearman_of((3 + t) / all)).epsilon(0.03));
}

TEST_CASE("the interval of a percentile holds the true value and shrinks with the root of the iterations") {
  const Model model{.tasks = {task({Shape::uniform, 0, 500, 100'000})}};
  const auto few = *percentile_interval(simulated(model, 400).finish, 0.8), many = *percentile_interval(simulated(model, 40'000).finish, 0.8);
  CHECK(few.low < 80'000);
  CHECK(few.high > 80'000);
  CHECK(many.low < 80'000);
  CHECK(many.high > 80'000);
  CHECK((few.high - few.low) / (many.high - many.low) == Approx(10).epsilon(0.15));
  CHECK_FALSE(percentile_interval({}, 0.8));
}

TEST_CASE("a levelling delay waits beyond links of every kind") {
  using enum LinkType;
  const auto finish_with = [](LinkType type, Offset lag, bool elapsed) {
    Model model{.tasks = {task(Distribution::exactly(480), 0), task(Distribution::exactly(240), 0)},
                .links = {{0, 1, type, lag, elapsed}}, .calendars = {office(10)}, .milestones = {1}};
    model.tasks[1].delay = 240;
    return simulated(model, 1).milestones[0][0];
  };
  CHECK(finish_with(finish_to_start, 0, false) == 1440 + 1020);
  CHECK(finish_with(finish_to_start, 1440, true) == 2 * 1440 + 1020);
  CHECK(finish_with(start_to_start, 0, false) == 1020);
  CHECK(finish_with(finish_to_finish, 240, false) == 1440 + 1020);
}

// Everything at once, in numbers: the same natively and in WebAssembly, or this test fails in one of them.
TEST_CASE("one seed gives the same percentiles on every platform") {
  Model model{.calendars = {office(200)}, .common_correlation = 0.4};
  for (int t = 0; t < 10; ++t) {
    constexpr Shape shapes[] = {Shape::triangular, Shape::pert, Shape::uniform, Shape::normal, Shape::lognormal};
    model.tasks.push_back(task({shapes[t % 5], 400.0 + 40 * t, 900.0 + 50 * t, 2500}, t % 3 ? 0 : -1));
    model.tasks.back().cost_per_minute = 0.5 * t;
    model.tasks.back().cost = {shapes[(t + 2) % 5], 100, 200, 700};
    if (t > 0) model.links.push_back({t - 1 - t % 2 * (t > 1), t, static_cast<LinkType>(t % 2), 60});
  }
  model.correlations = {{0, 1, 0.7}};
  model.events = {{0.35, {{3, {Shape::pert, 100, 600, 3000}}}, {Shape::triangular, 1000, 5000, 9000}}};
  const auto outcome = simulated(model, 3000, 42);
  std::string found;
  const auto add = [&](double value) { found += std::to_string(std::llround(value)) + " "; };
  for (const double share : {0.1, 0.5, 0.8, 0.9}) {
    add(*percentile(outcome.finish, share));
    add(*percentile(outcome.cost, share) * 10);
  }
  for (const auto& each : outcome.tasks) {
    add(each.criticality * 3000);
    add(each.sensitivity.value_or(0) * 1000);
  }
  CHECK(found == "10705 286820 13486 365804 15041 426534 15352 457262 3000 91 3000 122 689 599 2313 282 19 451 2294 457 7 448 2287 859 2287 640 0 456 ");
}
