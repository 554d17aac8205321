#include "app/engine/levelling/evaluation.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace pmo::engine::levelling {

Result<InstanceResult> level_instance(const Instance& instance, const SearchOptions& options) {
  auto network = Network::compile(instance.problem);
  if (!network) {
    Error error = std::move(network).error();
    error.place = instance.name;
    return std::unexpected(std::move(error));
  }
  Search search(*network, options);
  search.run();
  return InstanceResult{search.best_makespan(), network->critical_path(), search.generated(),
                        check_schedule(instance.problem, search.best()) &&
                            makespan(*network, search.best()) == search.best_makespan()};
}

void SetResult::add(const Instance& instance, const InstanceResult& result) {
  const auto fold = [](std::optional<double>& mean, int& count, double value) {
    ++count;
    mean = mean.value_or(0) + (value - mean.value_or(0)) / count;
  };
  ++instances;
  infeasible += !result.valid;
  schedules += result.schedules;
  const double makespan = result.makespan;
  if (instance.best_known && *instance.best_known > 0)
    fold(mean_deviation_best, with_best_, 100.0 * (makespan - *instance.best_known) / *instance.best_known);
  if (result.critical_path > 0)
    fold(mean_deviation_critical_path, with_path_, 100.0 * (makespan - result.critical_path) / result.critical_path);
}

Problem random_problem(int activities, double complexity, double demand_share, double strength, std::uint64_t seed) {
  constexpr int resources = 4;
  RandomStream random(seed);
  Problem problem;
  problem.activities.resize(activities);
  std::set<std::pair<int, int>> links;
  for (int i = 0; i < activities; ++i) {
    Activity& activity = problem.activities[i];
    activity.duration = 1 + random.below(10);
    for (int r = 0; r < resources; ++r)
      if (random.unit() < demand_share) activity.demands.push_back({r, 1 + random.below(10)});
    if (i > 0) links.emplace(random.below(std::min(i, 1 + i / 2)), i);
  }
  for (const auto wanted = static_cast<std::size_t>(complexity * activities); links.size() < wanted && activities > 8;) {
    const int from = random.below(activities - 1);
    links.emplace(from, from + 1 + random.below(std::min(activities - 1 - from, activities / 4)));
  }
  for (const auto& [from, to] : links) problem.lags.push_back({from, to, 0});

  problem.capacities.assign(resources, Capacity::constant(0));
  const auto unlimited = Network::compile({.activities = [&] {
                                             auto bare = problem.activities;
                                             for (Activity& activity : bare) activity.demands.clear();
                                             return bare;
                                           }(),
                                           .lags = problem.lags, .capacities = {}});
  for (int r = 0; r < resources; ++r) {
    std::vector<int> load(unlimited->critical_path() + 1);
    int largest = 1;
    for (int i = 0; i < activities; ++i)
      for (const Demand& demand : problem.activities[i].demands) {
        if (demand.resource != r) continue;
        largest = std::max(largest, demand.units);
        for (Time t = 0; t < problem.activities[i].duration; ++t) load[unlimited->early_start(i) + t] += demand.units;
      }
    const int peak = std::max(largest, std::ranges::max(load));
    problem.capacities[r] = Capacity::constant(largest + static_cast<int>(std::lround(strength * (peak - largest))));
  }
  return problem;
}

}  // namespace pmo::engine::levelling
