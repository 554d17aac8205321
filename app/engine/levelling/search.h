// Looks for a short schedule with a genetic search over activity lists (Hartmann, "A competitive genetic algorithm
// for resource-constrained project scheduling", Naval Research Logistics 45, 1998) in which every child is improved
// by justification to the right and back to the left (Valls, Ballestín, Quintanilla, EJOR 165, 2005).
//
//   individual  an activity list, its schedule, its makespan; the list is the order of starts of the schedule
//               justified to the right and back, activities that start together in any order
//   start       lists sampled with a bias to early late-finish times, partly parallel schedules with shaken keys:
//               the larger the problem for its budget, the more of the latter, which are good at once but alike
//   child       of two tournament winners: the list of the one, a stretch of it in the order of the other; a few
//               activities moved between their predecessors and successors: more of them the longer nothing better
//               was found
//   next        the child replaces the worst one, unless its schedule is there already. In small problems most lists lead to
//               a schedule that another list led to before: such a child is given up before it is justified, which would
//               spend two more schedules on what is known
//
// Ties of the makespan are broken by the sum of squared starts: a schedule whose end is thinly used is closer to a
// shorter one. Deterministic for a seed; may be stopped at any time, best() is always a valid schedule.
#pragma once

#include <cstdint>
#include <unordered_set>

#include "app/engine/levelling/generation.h"
#include "app/engine/random.h"

namespace pmo::engine::levelling {

struct SearchOptions {
  int schedules = 5000;  // budget; every serial, parallel or justification pass counts as one
  std::uint64_t seed = 1;
  // Lists to start from, besides the sampled ones: for example the order of the present plan. Each must hold every
  // activity once, after its predecessors.
  std::vector<std::vector<int>> initial = {};
};

class Search {
 public:
  // Makes a first schedule by priority rule; `network` must outlive the search.
  Search(const Network& network, SearchOptions options);

  // Generates about `schedules` more (a child is always finished), unless finished() comes first.
  void step(int schedules);
  void run() { while (!finished()) step(options_.schedules); }

  bool finished() const { return generated_ >= options_.schedules || proven_optimal(); }
  bool proven_optimal() const { return best_makespan_ <= network_.lower_bound(); }
  int generated() const { return generated_; }
  Time best_makespan() const { return best_makespan_; }
  std::span<const Time> best() const { return best_; }

 private:
  struct Individual {
    std::vector<int> list;
    std::vector<Time> starts;
    Time makespan = 0;
    double tie = 0;
    bool operator<(const Individual& other) const {
      return makespan != other.makespan ? makespan < other.makespan : tie < other.tie;
    }
  };

  Individual blank() const;
  void count(std::span<const Time> starts, Time makespan);
  void add_first();
  void add_individual();
  void sample_list(std::vector<int>& list);
  void shaken_parallel(Individual& individual);
  void improve(Individual& individual);
  void breed();
  const Individual& tournament();
  void cross(const Individual& one, const Individual& other, std::vector<int>& list);
  void mutate(std::vector<int>& list, int moves);
  void move_activity(std::vector<int>& list, int from);
  void insert_child();
  bool is_new(const std::vector<int>& list);

  const Network& network_;
  SearchOptions options_;
  Generator generator_;
  RandomStream random_;
  std::vector<double> late_finish_;
  std::size_t population_size_;
  double parallel_share_;
  std::vector<Individual> population_;
  Individual child_;
  std::vector<Time> justified_;
  std::vector<int> order_, eligible_, waiting_;
  std::vector<double> weights_, shaken_;
  std::vector<char> taken_;
  std::unordered_set<std::uint64_t> seen_, decoded_;  // hashes of the lists of children, and of their schedules
  int children_since_best_ = 0;
  int generated_ = 0;
  Time best_makespan_;
  std::vector<Time> best_;
};

}  // namespace pmo::engine::levelling
