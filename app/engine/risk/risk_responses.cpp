#include "app/engine/risk/risk_responses.h"

#include "app/model/open_work.h"
#include "app/model/sort_stably.h"

namespace pmo::engine {
namespace {

bool responded(const Risk& risk) {
  if (risk.residual_probability > 0 || risk.residual_percent) return true;
  return risk.strategy != RiskStrategy::undecided && risk.strategy != RiskStrategy::accept;
}

ResponseEffect effect_of(const Risk& risk, simulation::Shape shape) {
  ResponseEffect effect{.risk = risk.id, .score_before = risk_score(risk), .score_after = residual_score(risk),
                        .before = expected_value(risk, shape), .after = residual_expected_value(risk),
                        .planned_cost = risk.response_cost, .actual_cost = risk.response_cost_actual, .leverage = {}};
  const Money cost = effect.actual_cost > Money{0} ? effect.actual_cost : effect.planned_cost;
  if (effect.before && effect.after && cost > Money{0})
    effect.leverage = static_cast<double>((*effect.before - *effect.after).value) / static_cast<double>(cost.value);
  return effect;
}

}  // namespace

std::vector<ResponseEffect> response_effects(const Project& project) {
  std::vector<ResponseEffect> effects;
  for (const Risk& risk : project.all<Risk>())
    if (is_open(register_of<Risk>(), risk) && responded(risk)) effects.push_back(effect_of(risk, usual_shape(project)));
  sort_stably(effects, std::greater{}, [](const ResponseEffect& effect) { return effect.leverage.value_or(-1e300); });
  return effects;
}

ExposurePoint exposure_now(const Project& project, Day day) {
  ExposurePoint point{.day = day, .exposure = risk_exposure(project).expected_cost};
  const RiskScale scale = risk_scale_of(project);
  for (const Risk& risk : project.all<Risk>()) {
    if (!is_open(register_of<Risk>(), risk)) continue;
    ++point.open_risks;
    point.high_risks += risk_level(risk_score(risk), scale) >= RiskLevel::high;
    point.reserve += risk.reserve;
  }
  return point;
}

std::vector<ExposurePoint> exposure_over_time(const Project& project, Day today) {
  std::vector<ExposurePoint> points;
  for (const RiskReview& review : project.all<RiskReview>())
    if (review.held_on && review.exposure && *review.held_on < today)
      points.push_back({*review.held_on, review.open_risks.value_or(0), review.high_risks.value_or(0), *review.exposure, review.reserve.value_or(Money{})});
  sort_stably(points, {}, &ExposurePoint::day);
  points.push_back(exposure_now(project, today));
  return points;
}

void keep_exposure(Transaction& transaction, const RiskReview& review, Day today) {
  const ExposurePoint now = exposure_now(transaction.project(), today);
  transaction.set(review, &RiskReview::open_risks, std::optional(now.open_risks));
  transaction.set(review, &RiskReview::high_risks, std::optional(now.high_risks));
  transaction.set(review, &RiskReview::exposure, std::optional(now.exposure));
  transaction.set(review, &RiskReview::reserve, std::optional(now.reserve));
  if (!review.held_on) transaction.set(review, &RiskReview::held_on, std::optional(today));
  transaction.set(review, &RiskReview::status, ReviewStatus::done);
}

}  // namespace pmo::engine
