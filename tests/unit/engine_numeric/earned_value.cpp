#include "app/engine/control/earned_value.h"

#include <doctest/doctest.h>

using namespace pmo;
using namespace pmo::engine;
using doctest::Approx;

TEST_CASE("the standard figures, by hand") {
  // BAC 1000, half scheduled, 40 % done for 450
  const EarnedValueAmounts amounts{500, 400, 450, 1000};
  const auto figures = earned_value(amounts, 700);
  CHECK(figures.schedule_variance == -100);
  CHECK(figures.cost_variance == -50);
  CHECK(*figures.schedule_performance_index == Approx(0.8));
  CHECK(*figures.cost_performance_index == Approx(400.0 / 450));
  CHECK(*figures.percent_complete == Approx(0.4));
  CHECK(*figures.percent_spent == Approx(0.45));
  CHECK(*figures.estimate_typical == Approx(1125));
  CHECK(*figures.estimate_atypical == 1050);
  CHECK(*figures.estimate_combined == Approx(450 + 600 / (400.0 / 450 * 0.8)));
  CHECK(*figures.estimate_bottom_up == 1150);
  CHECK(*figures.to_complete_budget == Approx(600.0 / 550));
  const auto completion = at_completion(amounts, 1125);
  CHECK(completion.estimate_to_complete == 675);
  CHECK(completion.variance_at_completion == -125);
  CHECK(*completion.to_complete_estimate == Approx(600.0 / 675));
}

TEST_CASE("a zero divisor gives no value") {
  const auto nothing = earned_value({});
  CHECK_FALSE(nothing.schedule_performance_index);
  CHECK_FALSE(nothing.cost_performance_index);
  CHECK_FALSE(nothing.percent_complete);
  CHECK_FALSE(nothing.estimate_typical);
  CHECK_FALSE(nothing.estimate_combined);
  CHECK_FALSE(nothing.estimate_bottom_up);
  CHECK_FALSE(nothing.to_complete_budget);
  CHECK_FALSE(earned_value({100, 0, 50, 1000}).estimate_typical);    // CPI 0
  CHECK_FALSE(earned_value({100, 0, 50, 1000}).estimate_combined);
  CHECK_FALSE(earned_value({100, 90, 1000, 1000}).to_complete_budget);  // all spent
  CHECK_FALSE(at_completion({100, 90, 100, 1000}, 100).to_complete_estimate);
}

TEST_CASE("a divisor below zero gives no value either: its sign would say the opposite") {
  const auto overspent = earned_value({1000, 800, 1200, 1000});  // 200 of work left for -200
  CHECK_FALSE(overspent.to_complete_budget);
  CHECK(overspent.budget_out_of_reach);
  CHECK_FALSE(earned_value({1000, 1000, 1200, 1000}).to_complete_budget);
  const auto refunded = earned_value({100, 100, -50, 1000});
  CHECK_FALSE(refunded.cost_performance_index);
  CHECK_FALSE(refunded.estimate_typical);
  CHECK_FALSE(earned_value({-100, 100, 50, 1000}).schedule_performance_index);
  CHECK_FALSE(at_completion({100, 90, 200, 1000}, 150).to_complete_estimate);
  CHECK_FALSE(earned_schedule(Curve({{1, 100}, {4, 600}}), 300, 5, 4).to_complete);  // the planned time is over
}

TEST_CASE("earned schedule between two periods") {
  const Curve planned({{1, 100}, {2, 250}, {3, 450}, {4, 600}});
  const auto figures = earned_schedule(planned, 300, 3, 4);  // ES = 2 + 50/200
  CHECK(*figures.earned_schedule == Approx(2.25));
  CHECK(*figures.schedule_variance == Approx(-0.75));
  CHECK(*figures.schedule_performance_index == Approx(0.75));
  CHECK(*figures.estimate_planned_pace == Approx(4.75));
  CHECK(*figures.estimate_current_pace == Approx(3 + 1.75 / 0.75));
  CHECK(*figures.to_complete == Approx(1.75));
  CHECK(*earned_schedule(planned, 50, 1, 4).earned_schedule == Approx(0.5));  // within the first period
  CHECK(*earned_schedule(planned, 600, 6, 4).earned_schedule == 4);           // finished late: ES = PD
  CHECK_FALSE(earned_schedule(planned, 300, 0, 4).schedule_performance_index);
  CHECK_FALSE(earned_schedule(planned, 300, 0, 4).estimate_current_pace);
  CHECK_FALSE(earned_schedule(planned, 300, 3, {}).estimate_planned_pace);
  CHECK_FALSE(earned_schedule(Curve({}), 300, 3, 4).earned_schedule);
  CHECK_FALSE(earned_schedule(Curve({{1, 0}, {2, 0}}), 0, 3, 4).earned_schedule);  // no budget
  CHECK_FALSE(earned_schedule(planned, 300, -1, 4).estimate_planned_pace);         // before the planned start
  CHECK_FALSE(earned_schedule(planned, 0, 2, 4).estimate_current_pace);  // nothing earned: SPI(t) 0
}

TEST_CASE("each way of earning") {
  using enum EarnedValueMethod;
  Progress progress{.percent_complete = {400}, .physical_percent = {250}, .started = true, .planned_share = 0.7,
                    .milestones = {{1, true}, {3, false}}};
  CHECK(*earned_share(percent_complete, progress) == Approx(0.4));
  CHECK(*earned_share(physical_percent, progress) == Approx(0.25));
  CHECK(*earned_share(zero_hundred, progress) == 0);
  CHECK(*earned_share(fifty_fifty, progress) == 0.5);
  CHECK(*earned_share(weighted_milestones, progress) == 0.25);
  CHECK(*earned_share(level_of_effort, progress) == 0.7);
  CHECK_FALSE(earned_share(apportioned, progress));
  progress.base_share = 0.6;
  CHECK(*earned_share(apportioned, progress) == 0.6);
  progress.finished = true;
  CHECK(*earned_share(zero_hundred, progress) == 1);
  CHECK(*earned_share(fifty_fifty, progress) == 1);
  progress.milestones.clear();
  CHECK_FALSE(earned_share(weighted_milestones, progress));
  CHECK(*earned_share(fifty_fifty, {}) == 0);
}

TEST_CASE("thresholds give colours") {
  CHECK(health_of_index({}) == engine::Health::unknown);
  CHECK(health_of_index(1.0) == engine::Health::good);
  CHECK(health_of_index(0.92) == engine::Health::warning);
  CHECK(health_of_index(0.8) == engine::Health::bad);
  CHECK(health_of_index(0.8, {0.8, 0.7}) == engine::Health::good);
}
