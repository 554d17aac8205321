#include "app/desks/risk/risk_matrix.h"

#include <algorithm>

#include "app/engine/risk/risk.h"

namespace pmo::desks {

using namespace ui;

namespace {

struct LevelLook {
  Tone tone;
  std::string_view mark;  // never by colour alone
};

LevelLook look_of(engine::RiskLevel level) {
  switch (level) {
    case engine::RiskLevel::extreme: return {Tone::bad, "▲▲"};
    case engine::RiskLevel::high: return {Tone::bad, "▲"};
    case engine::RiskLevel::medium: return {Tone::caution, "●"};
    default: return {Tone::good, ""};
  }
}

}  // namespace

RiskPosition risk_position(const Risk& risk, bool residual) {
  if (residual) return {risk.residual_probability, risk.residual_impact};
  return {risk.probability, std::max({risk.impact_time, risk.impact_cost, risk.impact_scope, risk.impact_quality})};
}

HeatMap risk_matrix(const Project& project, const std::vector<const Risk*>& risks, bool residual, Language language) {
  HeatMap map{.title = std::string(word("risk_matrix.title"_key, language)) + " · " + std::string(word(residual ? "risk_page.residual"_key : "risk_page.inherent"_key, language))};
  constexpr int steps = 5;
  const auto place = [&](Key axis, int step) { return std::string(word(axis, language)) + " " + std::to_string(step); };
  const auto scale = engine::risk_scale_of(project);
  for (int impact = 1; impact <= steps; ++impact) map.columns.push_back(place("risk_page.impact"_key, impact));
  for (int probability = steps; probability >= 1; --probability) {
    map.rows.push_back(place("risk_page.probability"_key, probability));
    for (int impact = 1; impact <= steps; ++impact) {
      const auto count = std::ranges::count_if(risks, [&](const Risk* risk) { return risk_position(*risk, residual) == RiskPosition{probability, impact}; });
      const LevelLook look = look_of(engine::risk_level(probability * impact, scale));
      std::string text = count > 0 ? std::to_string(count) : std::string();
      if (!look.mark.empty()) text += (text.empty() ? "" : "  ") + std::string(look.mark);
      map.cells.push_back({.text = std::move(text), .tone = look.tone});
    }
  }
  return map;
}

}  // namespace pmo::desks
