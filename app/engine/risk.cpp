#include "app/engine/risk.h"

#include <algorithm>
#include <cmath>

#include "app/model/records/project_settings.h"

namespace pmo::engine {

namespace {

std::optional<int> product(std::int64_t probability, std::int64_t impact) {
  if (probability <= 0 || impact <= 0) return std::nullopt;
  return static_cast<int>(std::min<std::int64_t>(probability, 5) * std::min<std::int64_t>(impact, 5));
}

std::int64_t expected(const Risk& risk, std::int64_t effect) {
  const double value = static_cast<double>(effect) * risk.probability_percent->value / 1000.0;
  return std::llround(risk.kind == RiskKind::opportunity ? -value : value);
}

bool open(const Risk& risk) { return risk.status != RiskStatus::occurred && risk.status != RiskStatus::closed; }

}  // namespace

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

std::optional<Money> expected_value(const Risk& risk) {
  if (!risk.probability_percent || !risk.cost_effect) return std::nullopt;
  return Money{expected(risk, risk.cost_effect->value)};
}

std::optional<WorkMinutes> expected_delay(const Risk& risk) {
  if (!risk.probability_percent || !risk.delay_effect) return std::nullopt;
  return WorkMinutes{expected(risk, risk.delay_effect->value)};
}

RiskExposure risk_exposure(std::span<const Risk> risks) {
  RiskExposure exposure;
  double variance = 0;
  for (const Risk& risk : risks) {
    if (!open(risk)) continue;
    if (const auto delay = expected_delay(risk)) exposure.expected_delay += *delay;
    const auto value = expected_value(risk);
    if (!value) {
      ++exposure.without_figures;
      continue;
    }
    ++exposure.counted;
    exposure.expected_cost += *value;
    if (risk.kind == RiskKind::threat) exposure.worst_cost += *risk.cost_effect;
    const double probability = risk.probability_percent->value / 1000.0, effect = static_cast<double>(risk.cost_effect->value);
    variance += probability * (1 - probability) * effect * effect;
  }
  exposure.standard_deviation = {std::llround(std::sqrt(variance))};
  return exposure;
}

}  // namespace pmo::engine
