// How good the search is on a set of instances: the mean deviations by which the literature compares methods
// (Kolisch & Hartmann, EJOR 174, 2006). Pure: the caller reads files and holds the clock.
#pragma once

#include <string>

#include "app/engine/levelling/search.h"

namespace pmo::engine::levelling {

struct Instance {
  std::string name;
  Problem problem;
  std::optional<int> best_known;  // makespan
};

struct InstanceResult {
  Time makespan = 0;
  Time critical_path = 0;
  int schedules = 0;
  bool valid = false;  // L1..L3 hold
};

// Errors: those of Network::compile, with the instance's name as place.
Result<InstanceResult> level_instance(const Instance& instance, const SearchOptions& options);

struct SetResult {
  int instances = 0;
  int infeasible = 0;
  std::int64_t schedules = 0;
  std::optional<double> mean_deviation_best;           // percent; none when no instance has a best known makespan
  std::optional<double> mean_deviation_critical_path;  // percent; none when no instance has a critical path > 0

  void add(const Instance& instance, const InstanceResult& result);

 private:
  int with_best_ = 0, with_path_ = 0;
};

// A random instance after the manner of ProGen (Kolisch, Sprecher, Drexl, Management Science 41, 1995): layered
// precedence with about `complexity` successors an activity, durations 1 to 10, demands 1 to 10 of four resources,
// capacities between the least feasible (strength 0) and the peak of the early schedule (strength 1).
Problem random_problem(int activities, double complexity, double demand_share, double strength, std::uint64_t seed);

}  // namespace pmo::engine::levelling
