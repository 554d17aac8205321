#include "app/engine/simulation/distribution.h"

#include <algorithm>
#include <cmath>

#include "app/engine/statistics.h"

#pragma clang fp contract(off)

namespace pmo::engine::simulation {

namespace {

// Quantiles of the beta distribution with alpha = 1 + 4 r, beta = 5 - 4 r on [0, 1] at i / strata: the cumulative
// density by Simpson's rule on a fine grid, inverted by straight lines.
std::vector<double> standard_pert_quantiles(double r) {
  constexpr int cells = 1024;
  const double a = 4 * r, b = 4 - 4 * r;
  const auto density = [&](double x) {
    if (x <= 0) return a == 0 ? 1.0 : 0.0;
    if (x >= 1) return b == 0 ? 1.0 : 0.0;
    return portable_exp(a * portable_log(x) + b * portable_log(1 - x));
  };
  std::vector<double> cumulative(cells + 1);
  double before = density(0);
  for (int i = 0; i < cells; ++i) {
    const double middle = density((i + 0.5) / cells), after = density((i + 1.0) / cells);
    cumulative[i + 1] = cumulative[i] + (before + 4 * middle + after) / 6;
    before = after;
  }
  std::vector<double> quantiles(Sampler::strata + 1);
  for (int i = 0, cell = 0; i <= Sampler::strata; ++i) {
    const double wanted = cumulative[cells] * i / Sampler::strata;
    while (cell < cells - 1 && cumulative[cell + 1] < wanted) ++cell;
    const double inside = cumulative[cell + 1] - cumulative[cell];
    quantiles[i] = (cell + (inside > 0 ? std::clamp((wanted - cumulative[cell]) / inside, 0.0, 1.0) : 0)) / cells;
  }
  return quantiles;
}

// The normal before it is cut, and in its units the moments of what is left.
struct CutNormal {
  double mean, deviation, below, kept, moved, narrowed;

  explicit CutNormal(const Distribution& d) : mean((d.low + 4 * d.likely + d.high) / 6), deviation((d.high - d.low) / 6) {
    const double from = (d.low - mean) / deviation, to = (d.high - mean) / deviation;
    const auto density = [](double x) { return portable_exp(-x * x / 2) * 0.3989422804014327; };
    below = normal_cdf(from);
    kept = normal_cdf(to) - below;
    moved = (density(from) - density(to)) / kept;
    narrowed = 1 + (from * density(from) - to * density(to)) / kept - moved * moved;  // the variance
  }
};

}  // namespace

bool Distribution::valid() const {
  if (!std::isfinite(low) || !std::isfinite(likely) || !std::isfinite(high)) return false;
  if (shape == Shape::constant) return true;
  return low <= likely && likely <= high && (shape != Shape::lognormal || mean() > 0);
}

double Distribution::mean() const {
  switch (shape) {
    case Shape::constant: return likely;
    case Shape::triangular: return (low + likely + high) / 3;
    case Shape::uniform: return (low + high) / 2;
    case Shape::normal:
      if (high > low) {
        const CutNormal cut(*this);
        return cut.mean + cut.deviation * cut.moved;
      }
      return likely;
    case Shape::pert: case Shape::lognormal: return (low + 4 * likely + high) / 6;
  }
  return likely;
}

double Distribution::deviation() const {
  switch (shape) {
    case Shape::constant: return 0;
    case Shape::triangular:
      return std::sqrt((low * low + likely * likely + high * high - low * likely - low * high - likely * high) / 18);
    case Shape::uniform: return (high - low) / std::sqrt(12.0);
    case Shape::pert: return std::sqrt(std::max(0.0, (mean() - low) * (high - mean()) / 7));
    case Shape::normal:
      if (high > low) {
        const CutNormal cut(*this);
        return cut.deviation * std::sqrt(cut.narrowed);
      }
      return 0;
    case Shape::lognormal: return (high - low) / 6;
  }
  return 0;
}

Distribution possible(Distribution distribution) {
  if (!distribution.valid()) distribution.shape = Shape::pert;
  return distribution;
}

Sampler::Sampler(const Distribution& distribution) : distribution_(distribution) {
  if (!distribution_.varies()) distribution_ = Distribution::exactly(distribution.likely);
  const auto& [shape, low, likely, high] = distribution_;
  mean_ = distribution_.mean();
  deviation_ = distribution_.deviation();
  if (shape == Shape::lognormal) {
    const double variance = portable_log(1 + deviation_ * deviation_ / (mean_ * mean_));
    mean_ = portable_log(mean_) - variance / 2;
    deviation_ = std::sqrt(variance);
  } else if (shape == Shape::normal) {
    const CutNormal cut(distribution_);
    mean_ = cut.mean;
    deviation_ = cut.deviation;
    below_ = cut.below;
    kept_ = cut.kept;
  } else if (shape == Shape::triangular) {
    cut_ = static_cast<float>((likely - low) / (high - low));
    left_ = static_cast<float>((high - low) * (likely - low));
    right_ = static_cast<float>((high - low) * (high - likely));
  } else if (shape == Shape::pert) {
    for (const double share : standard_pert_quantiles((likely - low) / (high - low)))
      table_.push_back(static_cast<float>(low + share * (high - low)));
  }
}

void Sampler::sample(std::span<const unsigned short> stratum, std::span<const float> within, std::span<float> values) const {
  const std::size_t count = values.size();
  const auto low = static_cast<float>(distribution_.low), high = static_cast<float>(distribution_.high);
  constexpr float scale = 1.0f / strata;
  switch (distribution_.shape) {
    case Shape::constant: std::ranges::fill(values, static_cast<float>(distribution_.likely)); break;
    case Shape::triangular:
      for (std::size_t k = 0; k < count; ++k) {
        const float u = (static_cast<float>(stratum[k]) + within[k]) * scale;
        const bool below = u < cut_;
        const float root = __builtin_sqrtf(below ? u * left_ : (1 - u) * right_);
        values[k] = below ? low + root : high - root;
      }
      break;
    case Shape::uniform:
      for (std::size_t k = 0; k < count; ++k)
        values[k] = low + (high - low) * ((static_cast<float>(stratum[k]) + within[k]) * scale);
      break;
    case Shape::pert:
      for (std::size_t k = 0; k < count; ++k) {
        const float edge = table_[stratum[k]];
        values[k] = edge + within[k] * (table_[stratum[k] + 1] - edge);
      }
      break;
    case Shape::normal:
      for (std::size_t k = 0; k < count; ++k) {
        const double u = (static_cast<double>(stratum[k]) + static_cast<double>(within[k])) / strata;
        const double x = mean_ + deviation_ * normal_quantile(below_ + kept_ * u);
        values[k] = std::clamp(static_cast<float>(x), low, high);
      }
      break;
    case Shape::lognormal:
      for (std::size_t k = 0; k < count; ++k) {
        const double u = (static_cast<double>(stratum[k]) + static_cast<double>(within[k])) / strata;
        values[k] = static_cast<float>(portable_exp(mean_ + deviation_ * normal_quantile(std::max(u, 1e-9))));
      }
      break;
  }
}

double Sampler::quantile(double u) const {
  const double place = std::clamp(u, 0.0, 1.0) * strata;
  const auto stratum = static_cast<unsigned short>(std::min(place, strata - 1.0));
  const float within = static_cast<float>(std::min(place - stratum, 1.0));
  float value = 0;
  sample({&stratum, 1}, {&within, 1}, {&value, 1});
  return value;
}

}  // namespace pmo::engine::simulation
