// Weighted scoring of offers by several evaluators (PMBOK, source selection), and vendor grades.
#pragma once

#include <optional>
#include <span>
#include <vector>

namespace pmo::engine {

// scores[evaluator][criterion]; an evaluator may leave out criteria.
struct OfferScores {
  std::vector<std::vector<std::optional<double>>> scores;
};

struct OfferResult {
  // Sum of weight x mean score of the evaluators / sum of weights. None while a criterion with weight has no score
  // at all, a weight is negative, or the weights sum to zero.
  std::optional<double> score;
  // Each evaluator's own weighted score over the criteria he scored: lowest, highest, standard deviation. None with no
  // complete evaluator; the deviation needs two.
  std::optional<double> lowest, highest, deviation;
  std::vector<int> missing;                              // criteria with weight that nobody scored
  std::vector<std::optional<double>> criterion_mean;
  std::vector<std::optional<double>> criterion_spread;   // highest - lowest score of a criterion
};

OfferResult weighted_score(std::span<const double> weights, const OfferScores& offer);

// Places 1.. by falling score, equal scores share a place; none for offers without a score.
std::vector<std::optional<int>> places(std::span<const std::optional<double>> scores);

}  // namespace pmo::engine
