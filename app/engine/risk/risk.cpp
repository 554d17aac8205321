#include "app/engine/risk/risk.h"

#include <algorithm>
#include <cmath>

#include "app/model/open_work.h"
#include "app/model/records/project_settings.h"

namespace pmo::engine {

namespace {

std::optional<int> product(std::int64_t probability, std::int64_t impact) {
  if (probability <= 0 || impact <= 0) return std::nullopt;
  return static_cast<int>(std::min<std::int64_t>(probability, 5) * std::min<std::int64_t>(impact, 5));
}

double effect_of(RiskKind kind, std::int64_t entered) {
  const auto amount = static_cast<double>(entered);
  return effect_sign(kind, amount) * amount;
}

template <class Amount>
std::optional<Amount> expected(RiskKind kind, const std::optional<Permille>& probability, const std::optional<Amount>& effect) {
  if (!probability || !effect) return std::nullopt;
  return Amount{std::llround(effect_of(kind, effect->value) * probability->value / 1000.0)};
}

template <class Risks>
RiskExposure exposure_of(const Risks& risks) {
  RiskExposure exposure;
  double variance = 0;
  for (const Risk& risk : risks) {
    if (!is_open(register_of<Risk>(), risk)) continue;
    if (const auto delay = expected_delay(risk)) exposure.expected_delay += *delay;
    const auto value = expected_value(risk);
    if (!value) {
      ++exposure.without_figures;
      continue;
    }
    ++exposure.counted;
    exposure.expected_cost += *value;
    const double effect = effect_of(risk.kind, risk.cost_effect->value), probability = risk.probability_percent->value / 1000.0;
    if (effect > 0) exposure.worst_cost += Money{std::llround(effect)};
    variance += probability * (1 - probability) * effect * effect;
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

std::optional<Money> expected_value(const Risk& risk) { return expected(risk.kind, risk.probability_percent, risk.cost_effect); }

std::optional<Money> residual_expected_value(const Risk& risk) { return expected(risk.kind, risk.residual_percent, risk.residual_cost_effect); }

std::optional<WorkMinutes> expected_delay(const Risk& risk) { return expected(risk.kind, risk.probability_percent, risk.delay_effect); }

RiskExposure risk_exposure(std::span<const Risk> risks) { return exposure_of(risks); }

RiskExposure risk_exposure(const Project& project) { return exposure_of(project.all<Risk>()); }

}  // namespace pmo::engine
