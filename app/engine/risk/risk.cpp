#include "app/engine/risk/risk.h"

#include <algorithm>
#include <cmath>

#include "app/engine/risk/simulation_of_project.h"
#include "app/model/open_work.h"
#include "app/model/records/project_settings.h"

namespace pmo::engine {

namespace {

using simulation::Distribution;
using simulation::Shape;

std::optional<int> product(std::int64_t probability, std::int64_t impact) {
  if (probability <= 0 || impact <= 0) return std::nullopt;
  return static_cast<int>(std::min<std::int64_t>(probability, 5) * std::min<std::int64_t>(impact, 5));
}

template <class Amount>
std::optional<Distribution> effect(RiskKind kind, Shape shape, const std::optional<Amount>& low, const std::optional<Amount>& likely, const std::optional<Amount>& high) {
  if (!low && !likely && !high) return std::nullopt;
  const auto value = [](const std::optional<Amount>& amount) { return static_cast<double>(amount->value); };
  const double middle = likely ? value(likely) : low && high ? (value(low) + value(high)) / 2 : value(low ? low : high);
  const double least = low ? std::min(value(low), middle) : middle, most = high ? std::max(value(high), middle) : middle;
  const double sign = effect_sign(kind, middle);
  if (most <= least) return Distribution::exactly(sign * middle);
  return possible(sign < 0 ? Distribution{shape, -most, -middle, -least} : Distribution{shape, least, middle, most});
}

template <class Amount>
std::optional<Amount> expected(const Risk& risk, const std::optional<Permille>& probability, const std::optional<Distribution>& effect) {
  if (!probability || !effect || !is_open(register_of<Risk>(), risk)) return std::nullopt;
  return Amount{std::llround(effect->mean() * probability->value / 1000.0)};
}

template <class Risks>
RiskExposure exposure_of(const Risks& risks, Shape shape) {
  RiskExposure exposure;
  double variance = 0;
  for (const Risk& risk : risks) {
    if (!is_open(register_of<Risk>(), risk)) continue;
    if (const auto delay = expected_delay(risk, shape)) exposure.expected_delay += *delay;
    const auto value = expected_value(risk, shape);
    if (!value) {
      ++exposure.without_figures;
      continue;
    }
    ++exposure.counted;
    exposure.expected_cost += *value;
    const Distribution effect = *cost_effect(risk, shape);
    const double probability = risk.probability_percent->value / 1000.0, mean = effect.mean(), deviation = effect.deviation();
    if (effect.high > 0) exposure.worst_cost += Money{std::llround(effect.high)};
    variance += probability * (deviation * deviation + (1 - probability) * mean * mean);
  }
  exposure.standard_deviation = {std::llround(std::sqrt(variance))};
  return exposure;
}

}  // namespace

int effect_sign(RiskKind kind, double entered) { return (kind == RiskKind::opportunity) == (entered < 0) ? 1 : -1; }

std::optional<int> risk_score(const Risk& risk) {
  return product(risk.probability, std::max({risk.impact_time, risk.impact_cost, risk.impact_scope, risk.impact_quality}));
}

std::optional<int> residual_score(const Risk& risk) { return product(risk.residual_probability, risk.residual_impact); }

RiskScale risk_scale_of(const Project& project) {
  const auto& settings = project.all<ProjectSettings>();
  if (settings.empty()) return {};
  const ProjectSettings& s = settings.at(0);
  return {static_cast<int>(s.risk_medium), static_cast<int>(s.risk_high), static_cast<int>(s.risk_extreme)};
}

RiskLevel risk_level(std::optional<int> score, const RiskScale& scale) {
  if (!score) return RiskLevel::none;
  if (*score >= scale.extreme) return RiskLevel::extreme;
  if (*score >= scale.high) return RiskLevel::high;
  return *score >= scale.medium ? RiskLevel::medium : RiskLevel::low;
}

Key risk_level_key(RiskLevel level) {
  constexpr Key keys[] = {"risk_level.none"_key, "risk_level.low"_key, "risk_level.medium"_key, "risk_level.high"_key, "risk_level.extreme"_key};
  return keys[static_cast<std::size_t>(level)];
}

Shape usual_shape(const Project& project) {
  const auto& settings = project.all<ProjectSettings>();
  return settings.empty() ? Shape::pert : shape_of(settings.at(0).estimate_shape);
}

std::optional<Distribution> cost_effect(const Risk& risk, Shape shape) {
  return effect(risk.kind, shape, risk.cost_effect_low, risk.cost_effect, risk.cost_effect_high);
}

std::optional<Distribution> delay_effect(const Risk& risk, Shape shape) {
  return effect(risk.kind, shape, risk.delay_effect_low, risk.delay_effect, risk.delay_effect_high);
}

std::optional<Money> expected_value(const Risk& risk, Shape shape) {
  return expected<Money>(risk, risk.probability_percent, cost_effect(risk, shape));
}

std::optional<Money> residual_expected_value(const Risk& risk) {
  return expected<Money>(risk, risk.residual_percent, effect<Money>(risk.kind, Shape::constant, {}, risk.residual_cost_effect, {}));
}

std::optional<WorkMinutes> expected_delay(const Risk& risk, Shape shape) {
  return expected<WorkMinutes>(risk, risk.probability_percent, delay_effect(risk, shape));
}

RiskExposure risk_exposure(std::span<const Risk> risks, Shape shape) { return exposure_of(risks, shape); }

RiskExposure risk_exposure(const Project& project) { return exposure_of(project.all<Risk>(), usual_shape(project)); }

}  // namespace pmo::engine
