// Three-point estimates as random variables, sampled by inversion: quantile(u) for u uniform in [0, 1). The same u
// gives the same value on every platform.
#pragma once

#include <span>
#include <vector>

namespace pmo::engine::simulation {

// All shapes take low <= likely <= high. PERT (Malcolm et al., 1959): beta on [low, high] with mean
// (low + 4 likely + high) / 6. Normal and lognormal have that mean and the deviation (high - low) / 6; lognormal lies
// above 0; the normal is cut at low and high, and what is left of it is spread over the whole (truncated normal: its own
// mean and deviation are those of Johnson, Kotz, Balakrishnan, "Continuous Univariate Distributions" 1, 10.1). Uniform ignores
// likely.
enum class Shape : unsigned char { constant, triangular, pert, uniform, normal, lognormal };

struct Distribution {
  Shape shape = Shape::constant;
  double low = 0, likely = 0, high = 0;

  static Distribution exactly(double value) { return {Shape::constant, value, value, value}; }
  bool valid() const;   // finite and in order; lognormal: mean > 0
  bool varies() const { return shape != Shape::constant && high > low; }
  double mean() const;
  double deviation() const;
};

// The same; where there is no logarithm to take, PERT stands in.
Distribution possible(Distribution distribution);

// Prepared for many samples.
class Sampler {
 public:
  static constexpr int strata = 1024;

  explicit Sampler(const Distribution& distribution);
  // The value at (stratum + within) / strata for each pair; within in [0, 1).
  void sample(std::span<const unsigned short> stratum, std::span<const float> within, std::span<float> values) const;
  double quantile(double u) const;

 private:
  Distribution distribution_;
  double mean_ = 0, deviation_ = 0;   // of the normal before it is cut, or of the logarithm
  double below_ = 0, kept_ = 1;       // shares of the normal below low, and between low and high
  float cut_ = 0, left_ = 0, right_ = 0;  // triangular: share below likely, and the factors under the roots
  std::vector<float> table_;          // PERT: quantiles at the edges of the strata
};

}  // namespace pmo::engine::simulation
