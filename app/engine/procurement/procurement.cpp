#include "app/engine/procurement/procurement.h"

#include <algorithm>

#include "app/engine/statistics.h"

namespace pmo::engine {

namespace {

std::vector<double> scores_of(const OfferScores& offer, std::size_t criterion) {
  std::vector<double> found;
  for (const auto& evaluator : offer.scores)
    if (criterion < evaluator.size() && evaluator[criterion]) found.push_back(*evaluator[criterion]);
  return found;
}

// None unless every criterion with weight is scored.
std::optional<double> weighted(std::span<const double> weights, std::span<const std::optional<double>> scores) {
  double sum = 0, total = 0;
  for (std::size_t c = 0; c < weights.size(); ++c) {
    if (weights[c] < 0) return std::nullopt;
    if (weights[c] == 0) continue;
    if (c >= scores.size() || !scores[c]) return std::nullopt;
    sum += weights[c] * *scores[c];
    total += weights[c];
  }
  return total == 0 ? std::nullopt : std::optional(sum / total);
}

}  // namespace

OfferResult weighted_score(std::span<const double> weights, const OfferScores& offer) {
  OfferResult result;
  for (std::size_t c = 0; c < weights.size(); ++c) {
    const auto scores = scores_of(offer, c);
    result.criterion_mean.push_back(mean(scores));
    result.criterion_spread.push_back(scores.empty() ? std::nullopt : std::optional(std::ranges::max(scores) - std::ranges::min(scores)));
    if (scores.empty() && weights[c] > 0) result.missing.push_back(static_cast<int>(c));
  }
  result.score = weighted(weights, result.criterion_mean);
  std::vector<double> totals;
  for (const auto& evaluator : offer.scores)
    if (const auto total = weighted(weights, evaluator)) totals.push_back(*total);
  if (!totals.empty()) {
    result.lowest = std::ranges::min(totals);
    result.highest = std::ranges::max(totals);
  }
  result.deviation = standard_deviation(totals);
  return result;
}

std::vector<std::optional<int>> places(std::span<const std::optional<double>> scores) {
  std::vector<std::optional<int>> result(scores.size());
  for (std::size_t i = 0; i < scores.size(); ++i)
    if (scores[i])
      result[i] = 1 + static_cast<int>(std::ranges::count_if(scores, [&](const auto& other) { return other && *other > *scores[i]; }));
  return result;
}

}  // namespace pmo::engine
