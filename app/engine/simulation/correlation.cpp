// How durations rise and fall together (S2): the orders of their strata are exchanged by normal scores.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "app/engine/simulation/permutation.h"
#include "app/engine/simulation/simulation.h"
#include "app/engine/statistics.h"

#pragma clang fp contract(off)

namespace pmo::engine::simulation {

namespace {

// Lower triangle L with L L' = matrix, or none when it is not positive definite.
std::optional<std::vector<double>> cholesky(std::vector<double> matrix, int size) {
  for (int i = 0; i < size; ++i)
    for (int j = 0; j <= i; ++j) {
      double sum = matrix[i * size + j];
      for (int k = 0; k < j; ++k) sum -= matrix[i * size + k] * matrix[j * size + k];
      if (i == j && sum < 1e-9) return std::nullopt;
      matrix[i * size + j] = i == j ? std::sqrt(sum) : sum / matrix[j * size + j];
    }
  return matrix;
}

// Of the middle of each stratum.
const std::vector<double>& normal_scores() {
  static const std::vector<double> scores = [] {
    std::vector<double> list;
    for (int s = 0; s < batch_size; ++s) list.push_back(normal_quantile((s + 0.5) / batch_size));
    return list;
  }();
  return scores;
}

}  // namespace

// Coefficients that cannot hold together (no such normal variables exist) are all pulled towards 0 by one factor.
void Simulation::decompose_correlations() {
  for (const Correlation& pair : model_.correlations)
    for (const int task : {pair.first, pair.second})
      if (model_.tasks[task].duration.varies() && !std::ranges::contains(correlated_, task)) correlated_.push_back(task);
  const int size = static_cast<int>(correlated_.size());
  if (size == 0) return;
  std::ranges::sort(correlated_);
  const auto place = [&](int task) { return static_cast<int>(std::ranges::find(correlated_, task) - correlated_.begin()); };
  for (double kept = 1;; kept *= 0.95) {
    std::vector<double> matrix(static_cast<std::size_t>(size) * size);
    for (int i = 0; i < size; ++i) matrix[i * size + i] = 1;
    for (const Correlation& pair : model_.correlations) {
      const int i = place(pair.first), j = place(pair.second);
      if (i < size && j < size) matrix[i * size + j] = matrix[j * size + i] = kept * pair.coefficient;
    }
    if (auto factor = cholesky(std::move(matrix), size)) {
      factor_ = std::move(*factor);
      correlation_kept_ = kept;
      return;
    }
  }
}

// Independent normal scores of the strata, mixed by the factor, give new ranks.
void Simulation::correlate_strata() {
  const std::size_t size = correlated_.size();
  std::vector<double> scores(size * batch_size), mixed(batch_size);
  for (std::size_t i = 0; i < size; ++i)
    for (int k = 0; k < batch_size; ++k) scores[i * batch_size + k] = normal_scores()[strata_[correlated_[i] * batch_size + k]];
  for (std::size_t i = 0; i < size; ++i) {
    std::ranges::fill(mixed, 0);
    for (std::size_t j = 0; j <= i; ++j)
      for (int k = 0; k < batch_size; ++k) mixed[k] += factor_[i * size + j] * scores[j * batch_size + k];
    reorder_strata(correlated_[i], mixed);
  }
}

void Simulation::weigh_factors() {
  mixtures_.resize(model_.tasks.size());
  std::vector<double> shared(model_.tasks.size());
  std::vector<char> used(model_.factors.size() + 1);
  const auto add = [&](int factor, int task, double share) {
    const bool mixes = share > 0 && model_.tasks[task].duration.varies() && !std::ranges::binary_search(correlated_, task);
    if (!mixes) return;
    mixtures_[task].weights.push_back({factor, std::sqrt(share)});
    shared[task] += share;
    used[factor] = 1;
  };
  for (int t = 0; t < std::ssize(model_.tasks); ++t) add(0, t, model_.common_correlation);
  for (int f = 0; f < std::ssize(model_.factors); ++f)
    for (const auto& [task, share] : model_.factors[f].shares) add(f + 1, task, share);
  for (std::size_t t = 0; t < shared.size(); ++t) mixtures_[t].own = std::sqrt(std::max(0.0, 1 - shared[t]));
  for (int f = 0; f < std::ssize(used); ++f)
    if (used[f]) factors_used_.push_back(f);
}

void Simulation::share_factors(int batch) {
  std::vector<unsigned short> strata(batch_size * (model_.factors.size() + 1));
  const auto strata_of = [&](int factor) { return std::span(strata).subspan(static_cast<std::size_t>(factor) * batch_size, batch_size); };
  for (const int f : factors_used_) Permutation(options_.seed, stream_of(Stream::common_factor, static_cast<std::uint64_t>(f)), batch).strata(0, strata_of(f));
  std::vector<double> mixed(batch_size);
  for (std::size_t t = 0; t < model_.tasks.size(); ++t) {
    const Mixture& mixture = mixtures_[t];
    if (mixture.weights.empty()) continue;
    for (int k = 0; k < batch_size; ++k) mixed[k] = mixture.own * normal_scores()[strata_[t * batch_size + k]];
    for (const auto& [factor, weight] : mixture.weights) {
      const auto factor_strata = strata_of(factor);
      for (int k = 0; k < batch_size; ++k) mixed[k] += weight * normal_scores()[factor_strata[k]];
    }
    reorder_strata(static_cast<int>(t), mixed);
  }
}

// The smallest score takes the lowest stratum, and so on; ties cannot occur but by index.
void Simulation::reorder_strata(int task, std::span<const double> scores) {
  std::vector<int> by_value(batch_size);
  std::iota(by_value.begin(), by_value.end(), 0);
  std::ranges::sort(by_value, [&](int a, int b) { return scores[a] != scores[b] ? scores[a] < scores[b] : a < b; });
  for (int rank = 0; rank < batch_size; ++rank)
    strata_[static_cast<std::size_t>(task) * batch_size + by_value[rank]] = static_cast<unsigned short>(rank);
}

}  // namespace pmo::engine::simulation
