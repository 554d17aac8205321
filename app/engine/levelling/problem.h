// What levelling works on: activities that cannot be interrupted, minimum time lags between them, and renewable
// resources of limited capacity (RCPSP/min: Kolisch & Hartmann, "Experimental investigation of heuristics for
// resource-constrained project scheduling: an update", EJOR 174, 2006; PMBOK "resource optimization").
//
// Time counts in whole units of the caller's choice from 0. A schedule is a vector of starts, one an activity.
//
// Invariants of a valid schedule (check_schedule re-checks them all)
//   L1  start >= release, and a fixed activity starts at its fixed start
//   L2  for every link: start(successor) >= finish(predecessor) + lag, unless the successor is fixed
//   L3  at every moment the demands of the running activities stay within every resource's capacity, except
//       where fixed activities alone already exceed it
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "app/words/error.h"

namespace pmo::engine::levelling {

using Time = std::int32_t;

struct Demand {
  int resource = 0;
  std::int32_t units = 0;
};

struct Activity {
  Time duration = 0;
  Time release = 0;                  // not before
  std::optional<Time> fixed_start;   // never moves: it takes its resources first
  std::vector<Demand> demands = {};  // units held from start to finish
};

// Any of the four link types becomes a finish-to-start lag, durations being constant:
// start-to-start l: l - d(predecessor); finish-to-finish l: l - d(successor); start-to-finish l: both subtracted.
struct MinimumLag {
  int predecessor = 0;
  int successor = 0;
  Time lag = 0;  // negative: a lead
};

struct CapacityStep {
  Time from = 0;
  std::int32_t units = 0;
};

// Steps in ascending order, the first at 0; the last one holds for ever.
struct Capacity {
  std::vector<CapacityStep> steps;
  static Capacity constant(std::int32_t units) { return {{{0, units}}}; }
};

struct Problem {
  std::vector<Activity> activities;
  std::vector<MinimumLag> lags;
  std::vector<Capacity> capacities;  // one a resource
};

// The problem prepared for many schedule generations: links in compressed rows, demands packed so that all
// resources of a moment are compared in one operation, critical-path times.
class Network {
 public:
  struct Arc {
    int activity;
    Time lag;
  };

  // Errors: a cycle (arguments: indices of its activities in order), a demand above the capacity that holds for
  // ever, a negative duration or capacity, an index out of range, a time scale of millions of units.
  static Result<Network> compile(const Problem& problem);

  int size() const { return static_cast<int>(duration_.size()); }
  Time duration(int activity) const { return duration_[activity]; }
  Time release(int activity) const { return release_[activity]; }
  bool fixed(int activity) const { return fixed_[activity]; }
  Time fixed_start(int activity) const { return release_[activity]; }  // only for fixed ones
  std::span<const Arc> predecessors(int activity) const { return row(predecessors_, predecessor_begin_, activity); }
  std::span<const Arc> successors(int activity) const { return row(successors_, successor_begin_, activity); }
  std::span<const int> topological_order() const { return order_; }

  // True when in every schedule the order of starts, and that of finishes, puts predecessors first: no lead
  // reaches past a whole activity and nothing is linked to a fixed one.
  bool starts_follow_links() const { return starts_follow_links_; }

  Time early_start(int activity) const { return early_start_[activity]; }  // without resources
  Time late_finish(int activity) const { return late_finish_[activity]; }  // without resources, for critical_path()
  Time critical_path() const { return critical_path_; }
  Time lower_bound() const { return lower_bound_; }  // max of critical path and of work / capacity
  Time horizon() const { return horizon_; }          // no generated schedule is longer

  // Packed units: words() words a moment, lanes of 16 or 32 bits, the top bit of each lane a guard that stays
  // set as long as the lane does not go below zero.
  int words() const { return words_; }
  std::uint64_t guard() const { return guard_; }
  const std::uint64_t* demand(int activity) const { return &demand_[static_cast<std::size_t>(activity) * words_]; }
  std::span<const std::uint64_t> capacity() const { return capacity_; }  // horizon() * words(), guards set

 private:
  static std::span<const Arc> row(const std::vector<Arc>& arcs, const std::vector<int>& begin, int activity) {
    return {arcs.data() + begin[activity], arcs.data() + begin[activity + 1]};
  }
  void link(const Problem& problem);
  Result<void> sort_topologically();
  void compute_critical_path();
  Result<void> pack(const Problem& problem);
  void compute_lower_bound(const Problem& problem);

  std::vector<Time> duration_, release_;
  std::vector<char> fixed_;
  std::vector<Arc> predecessors_, successors_;
  std::vector<int> predecessor_begin_, successor_begin_, order_;
  std::vector<Time> early_start_, late_finish_;
  bool starts_follow_links_ = true;
  Time critical_path_ = 0, lower_bound_ = 0, horizon_ = 0;
  int words_ = 1;
  std::uint64_t guard_ = 0;
  std::vector<std::uint64_t> demand_, capacity_;
};

// Finish of the last activity.
Time makespan(const Network& network, std::span<const Time> starts);

// Re-checks L1..L3 from the problem itself, independently of the packed form. True when all hold.
bool check_schedule(const Problem& problem, std::span<const Time> starts);

}  // namespace pmo::engine::levelling
