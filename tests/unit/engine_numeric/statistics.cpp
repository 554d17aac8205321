#include "app/engine/statistics.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace pmo::engine;
using doctest::Approx;

TEST_CASE("mean, deviation and quantiles; nothing from nothing") {
  const std::vector<double> values{2, 4, 4, 4, 5, 5, 7, 9};
  CHECK(*mean(values) == 5);
  CHECK(*standard_deviation(values) == Approx(std::sqrt(32.0 / 7)));
  CHECK(*quantile_of_sorted(values, 0.5) == 4.5);
  CHECK(*quantile_of_sorted(values, 0) == 2);
  CHECK(*quantile_of_sorted(values, 1) == 9);
  CHECK(*quantile_of_sorted(values, 0.9) == Approx(7.6));
  CHECK_FALSE(mean({}));
  CHECK_FALSE(standard_deviation(std::vector<double>{1}));
  CHECK_FALSE(quantile_of_sorted({}, 0.5));
}

TEST_CASE("rank correlation") {
  CHECK(ranks(std::vector<double>{10, 30, 20, 20}) == std::vector<double>{1, 4, 2.5, 2.5});
  CHECK(ranks(std::vector<std::int32_t>{-10, 30, 20, 20}) == std::vector<double>{1, 4, 2.5, 2.5});
  CHECK(*spearman(std::vector<double>{1, 2, 3, 4}, std::vector<double>{1, 8, 27, 64}) == Approx(1));
  CHECK(*pearson(std::vector<double>{1, 2, 3}, std::vector<double>{3, 2, 1}) == Approx(-1));
  // Worked example of Wikipedia's "Spearman's rank correlation coefficient": IQ and hours of television
  const std::vector<double> iq{106, 100, 86, 101, 99, 103, 97, 113, 112, 110}, hours{7, 27, 2, 50, 28, 29, 20, 12, 6, 17};
  CHECK(*spearman(iq, hours) == Approx(-29.0 / 165));
  CHECK_FALSE(spearman(iq, std::vector<double>{1}));
  CHECK_FALSE(pearson(std::vector<double>{1, 1}, std::vector<double>{1, 2}));
}

TEST_CASE("the normal distribution against table values and its own inverse") {
  CHECK(normal_cdf(0) == 0.5);
  CHECK(normal_cdf(1) == Approx(0.8413447460685429).epsilon(1e-14));
  CHECK(normal_cdf(-1.959963984540054) == Approx(0.025).epsilon(1e-12));
  CHECK(normal_cdf(5) == Approx(1 - 2.866515718791939e-7).epsilon(1e-14));
  CHECK(normal_cdf(-5) == Approx(2.866515718791939e-7).epsilon(1e-10));
  CHECK(normal_quantile(0.975) == Approx(1.959963984540054).epsilon(2e-9));
  CHECK(normal_quantile(0.5) == 0);
  for (double p = 0.0005; p < 1; p += 0.0095) CHECK(normal_cdf(normal_quantile(p)) == Approx(p).epsilon(1e-8));
  CHECK(std::isfinite(normal_quantile(0)));
  CHECK(std::isfinite(normal_quantile(1)));
}

TEST_CASE("exponential and logarithm agree with the library's") {
  for (double x = -700; x < 700; x += 3.7) CHECK(portable_exp(x) == Approx(std::exp(x)).epsilon(1e-14));
  for (double x = 1e-12; x < 1e12; x *= 1.9) CHECK(portable_log(x) == Approx(std::log(x)).epsilon(1e-14));
}

TEST_CASE("a curve gives values and times back") {
  const Curve curve({{1, 10}, {2, 30}, {3, 30}, {4, 60}});
  CHECK(curve.value_at(0) == 0);
  CHECK(curve.value_at(0.5) == 5);
  CHECK(curve.value_at(1.5) == 20);
  CHECK(curve.value_at(9) == 60);
  CHECK(*curve.time_of(20) == 1.5);
  CHECK(*curve.time_of(30) == 3);  // the end of the flat part: the last time it is not passed
  CHECK(*curve.time_of(60) == 4);
  CHECK(*curve.time_of(99) == 4);
  CHECK_FALSE(curve.time_of(-1));
  CHECK_FALSE(Curve({}).time_of(1));
}
