#include "app/engine/quality/control_chart_of.h"

#include <doctest/doctest.h>

#include "app/model/transaction.h"

using namespace pmo;
using namespace pmo::engine;

namespace {

struct Fixture {
  FixedSurroundings surroundings;
  Project project{product_schema(), Id{1, 1}, surroundings};

  CharacteristicChart chart(ControlChartKind kind, const std::vector<std::vector<int>>& samples, std::int64_t size = 0) {
    Transaction change(project, "transaction.add"_key);
    const auto& item = change.create<QualityPlanItem>([&](auto& i) {
      i.title = "Concrete";
      i.chart = kind;
      i.lower_limit = whole(35);
    });
    for (std::size_t s = 0; s < samples.size(); ++s)
      for (const int value : samples[s])
        change.create<Measurement>([&](auto& m) {
          m.plan_item = {item.id};
          m.sample = static_cast<std::int64_t>(s) + 1;
          m.value = whole(value);
          m.size = size;
        });
    REQUIRE(change.commit());
    return control_chart_of(project, item);
  }
};

}  // namespace

TEST_CASE("mean and range chart of two samples of three; capability against the one limit") {
  Fixture f;
  const auto chart = f.chart(ControlChartKind::mean_range, {{40, 42, 41}, {44, 43, 45}});
  REQUIRE(chart.missing == NoChart::none);
  CHECK(chart.samples == std::vector<std::int64_t>{1, 2});
  CHECK(chart.location.points[0].centre == doctest::Approx(42.5));
  CHECK(chart.location.points[1].upper == doctest::Approx(42.5 + 1.023 * 2).epsilon(0.001));  // A2 of n = 3
  REQUIRE(chart.capability.cpk);
  CHECK(*chart.capability.cpk == doctest::Approx((42.5 - 35) / (3 * 2 / 1.693)).epsilon(0.001));
  CHECK_FALSE(chart.capability.cp);
  CHECK(in_control(chart));
}

TEST_CASE("without enough or fitting data there is a reason instead of a chart") {
  Fixture f;
  CHECK(f.chart(ControlChartKind::mean_range, {{40, 41}}).missing == NoChart::too_few);
  CHECK(f.chart(ControlChartKind::individuals, {{40}, {41}}).missing == NoChart::too_few);
  CHECK(f.chart(ControlChartKind::mean_range, {{40, 41}, {40}}).missing == NoChart::sizes_differ);
  CHECK(f.chart(ControlChartKind::mean_deviation, {{40}, {41}}).missing == NoChart::size_outside);
  CHECK(f.chart(ControlChartKind::p, {{3}, {60}}, 50).missing == NoChart::count_over_size);
  CHECK(f.chart(ControlChartKind::individuals, {{5}, {5}, {5}}).missing == NoChart::nothing_varies);
  CHECK(f.chart(ControlChartKind::p, {{3}, {4}}, 50).missing == NoChart::none);
}

TEST_CASE("rules hold for ranges as far as they say something of them: limits and runs; of moving ranges the limits") {
  Fixture f;
  // Eight samples with a range of 1, one of 8: the mean range is 16 / 9, its limit for n = 2 is 3.267 of it, 5.8.
  std::vector<std::vector<int>> values(8, {40, 41});
  values.push_back({36, 44});
  const auto ranges = f.chart(ControlChartKind::mean_range, values);
  REQUIRE(ranges.missing == NoChart::none);
  CHECK(ranges.spread_signals == std::vector<Signal>{{ControlRule::western_electric_1, 8, 8}, {ControlRule::western_electric_4, 0, 7}});
  // Moving ranges 1, 1, 1, 1, 1, 1, 1, 1, 9: mean 17 / 9, limit 6.2; the run below the mean does not count.
  const auto single = f.chart(ControlChartKind::individuals, {{40}, {41}, {40}, {41}, {40}, {41}, {40}, {41}, {40}, {49}});
  REQUIRE(single.missing == NoChart::none);
  CHECK(single.spread_signals == std::vector<Signal>{{ControlRule::western_electric_1, 8, 8}});
}

TEST_CASE("a range beyond its limit is a signal of the spread chart, though the means are in control") {
  // Nine ranges of 1 and one of 14: mean range 2.3, upper limit D4 = 3.267 (n = 2) times that = 7.5. The means go up and down by 1.
  Fixture f;
  std::vector<std::vector<int>> samples;
  for (int i = 0; i < 9; ++i) samples.push_back({49 + i % 2, 50 + i % 2});
  samples.push_back({43, 57});
  const auto chart = f.chart(ControlChartKind::mean_range, samples);
  REQUIRE(chart.missing == NoChart::none);
  CHECK(chart.signals.empty());
  CHECK_FALSE(in_control(chart));
  REQUIRE(chart.spread_signals.size() >= 2);
  CHECK(chart.spread_signals[0] == Signal{ControlRule::western_electric_1, 9, 9});
  CHECK(chart.spread_signals[1] == Signal{ControlRule::western_electric_4, 0, 7});  // the nine before it lie below the mean range
}

TEST_CASE("a jump between single values is a signal of their moving ranges") {
  // Moving ranges 1, 1, 1, 1, 1, 1, 1, 20, 1, 1: mean 2.9, upper limit 3.267 times that = 9.47.
  Fixture f;
  const auto chart = f.chart(ControlChartKind::individuals, {{50}, {51}, {50}, {51}, {50}, {51}, {50}, {51}, {71}, {70}, {71}});
  REQUIRE(chart.missing == NoChart::none);
  REQUIRE(chart.spread_signals.size() == 1);  // the run of seven is not asked for
  CHECK(chart.spread_signals[0] == Signal{ControlRule::western_electric_1, 7, 7});
  CHECK(chart.capability.cpk.has_value());
  CHECK_FALSE(in_control(chart));
}
