// Schedule generation: from an order of the activities to a schedule that keeps precedence and capacities.
// Serial and parallel schemes and priority rules: Kolisch, "Serial and parallel resource-constrained project
// scheduling methods revisited", EJOR 90, 1996. Justification: Valls, Ballestín, Quintanilla, "Justification and
// RCPSP: a technique that pays", EJOR 165, 2005.
#pragma once

#include "app/engine/levelling/problem.h"
#include "app/engine/random.h"

namespace pmo::engine::levelling {

enum class PriorityRule : unsigned char { latest_finish, latest_start, most_successors, rank_weight, shortest, given };

// One key an activity, smaller goes first. `given` is filled by the caller from task priorities.
std::vector<double> priorities(const Network& network, PriorityRule rule);

// Generates schedules; owns the scratch memory, so that a search of thousands of schedules allocates nothing.
// Each call of forward, backward or parallel is one schedule, as the literature counts them.
class Generator {
 public:
  explicit Generator(const Network& network);

  // Serial scheme: each activity in the order of `list` as early as possible. `list` holds every activity after
  // its predecessors. Returns the makespan.
  Time forward(std::span<const int> list, std::span<Time> starts);

  // Each activity in the order of `list` (every activity after its successors) as late as possible, finishing
  // by `finish`. Fixed activities stay. Returns false when something does not fit: never for the order of
  // decreasing finishes of a valid schedule whose makespan is `finish`.
  bool backward(std::span<const int> list, std::span<Time> starts, Time finish);

  // Parallel scheme: moves through time and starts what fits, smallest key first. Returns the makespan.
  Time parallel(std::span<const double> keys, std::span<Time> starts);

  // The order in which `forward` places activities that are eligible, smallest key first.
  void list_by_keys(std::span<const double> keys, std::span<int> list);

  // From now on the orders below put activities that start or finish together into another order, drawn by chance: one
  // schedule then stands for many lists, and justifying it again leads elsewhere.
  void shuffle_ties(RandomStream& random);

  // Precedence-feasible orders of a valid schedule: by start, and by falling finish.
  void list_by_start(std::span<const Time> starts, std::span<int> list);
  void list_by_falling_finish(std::span<const Time> starts, std::span<int> list);

 private:
  template <int Words> Time forward_words(std::span<const int> list, std::span<Time> starts);
  template <int Words> bool backward_words(std::span<const int> list, std::span<Time> starts, Time finish);
  void reset(Time used);
  void rank_ties();
  void list_by_place(std::span<int> list);

  const Network& network_;
  std::vector<std::uint64_t> free_;  // what is left of the capacity at each moment
  Time dirty_ = 0;                   // free_ differs from the capacity before this moment only
  std::vector<int> position_;        // of each activity in the topological order
  std::vector<int> start_rank_, finish_rank_;  // of those that start (finish) together a smaller one goes first
  std::vector<int> mixed_, place_;   // any order of the activities, and each one's place in it
  std::vector<std::uint64_t> keys_;
  std::vector<int> waiting_;
  std::vector<double> heap_keys_;
};

}  // namespace pmo::engine::levelling
