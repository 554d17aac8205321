#include "app/engine/levelling/search.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace pmo::engine::levelling {

namespace {

// Found by trying on generated and published instances of 30 to 120 activities; flat around these values.
constexpr double population_factor = 75;      // size = sqrt(factor * schedules / activities)
constexpr double parallel_factor = 20;        // share = factor * activities / schedules, at most a half
constexpr double mean_moves = 2.5;            // of a child
constexpr double moves_growth = 0.5;          // more moves per child without success, per activity
constexpr double largest_share_moved = 0.25;  // of the activities
constexpr double least_stretch = 0.25, most_stretch = 0.75;  // of the list, taken from the other parent
constexpr double shake = 0.2;                 // of the critical path: spread of the shaken keys
constexpr int attempts_at_new_list = 20;

// Of a list, or of the starts of a schedule.
std::uint64_t hash_of(const std::vector<std::int32_t>& numbers) {
  std::uint64_t hash = golden_gamma;
  for (const auto number : numbers) hash = mix(hash + static_cast<std::uint64_t>(number));
  return hash;
}

}  // namespace

Search::Search(const Network& network, SearchOptions options)
    : network_(network), options_(std::move(options)), generator_(network), random_(options_.seed),
      late_finish_(priorities(network, PriorityRule::latest_finish)), child_(blank()), justified_(network.size()),
      order_(network.size()), waiting_(network.size()), shaken_(network.size()), taken_(network.size()),
      best_makespan_(std::numeric_limits<Time>::max()) {
  const double activities = std::max(1, network.size()), schedules = std::max(1, options_.schedules);
  population_size_ = static_cast<std::size_t>(std::clamp(std::sqrt(population_factor * schedules / activities), 8.0, 400.0));
  parallel_share_ = std::min(0.5, parallel_factor * activities / schedules);
  add_first();
}

Search::Individual Search::blank() const {
  return {std::vector<int>(network_.size()), std::vector<Time>(network_.size())};
}

void Search::count(std::span<const Time> starts, Time makespan) {
  ++generated_;
  if (makespan >= best_makespan_) return;
  best_makespan_ = makespan;
  best_.assign(starts.begin(), starts.end());
  children_since_best_ = 0;
}

void Search::add_first() {
  Individual individual = blank();
  generator_.list_by_keys(late_finish_, individual.list);
  individual.makespan = generator_.forward(individual.list, individual.starts);
  count(individual.starts, individual.makespan);
  improve(individual);
  population_.push_back(std::move(individual));
}

void Search::step(int schedules) {
  const int until = generated_ + std::max(1, schedules);
  while (generated_ < until && !finished()) {
    if (population_.size() < population_size_) add_individual();
    else breed();
  }
}

void Search::add_individual() {
  Individual individual = blank();
  const std::size_t given = population_.size() - 1;  // after the one made by priority rule
  if (given >= options_.initial.size() && random_.unit() < parallel_share_) {
    shaken_parallel(individual);
  } else {
    if (given < options_.initial.size()) individual.list = options_.initial[given];
    else sample_list(individual.list);
    individual.makespan = generator_.forward(individual.list, individual.starts);
  }
  count(individual.starts, individual.makespan);
  improve(individual);
  population_.push_back(std::move(individual));
}

// Regret-based biased random sampling: what may come next is drawn in proportion to its lead in late finish.
void Search::sample_list(std::vector<int>& list) {
  eligible_.clear();
  for (int i = 0; i < network_.size(); ++i) {
    waiting_[i] = static_cast<int>(network_.predecessors(i).size());
    if (waiting_[i] == 0) eligible_.push_back(i);
  }
  for (int& place : list) {
    double latest = late_finish_[eligible_[0]], total = 0;
    for (const int i : eligible_) latest = std::max(latest, late_finish_[i]);
    weights_.clear();
    for (const int i : eligible_) total += weights_.emplace_back(latest - late_finish_[i] + 1);
    double drawn = random_.unit() * total;
    std::size_t chosen = 0;
    while (chosen + 1 < eligible_.size() && (drawn -= weights_[chosen]) > 0) ++chosen;
    place = eligible_[chosen];
    eligible_.erase(eligible_.begin() + static_cast<std::ptrdiff_t>(chosen));
    for (const auto& arc : network_.successors(place))
      if (--waiting_[arc.activity] == 0) eligible_.push_back(arc.activity);
  }
}

void Search::shaken_parallel(Individual& individual) {
  const double spread = shake * network_.critical_path() * (0.5 + random_.unit());
  for (int i = 0; i < network_.size(); ++i)
    shaken_[i] = late_finish_[i] + spread * (random_.unit() + random_.unit() - 1);
  individual.makespan = generator_.parallel(shaken_, individual.starts);
}

// From a schedule: justify to the right, then to the left. Sets list and tie.
void Search::improve(Individual& individual) {
  generator_.shuffle_ties(random_);
  if (!finished()) {
    generator_.list_by_falling_finish(individual.starts, order_);
    const bool justified = generator_.backward(order_, justified_, individual.makespan);
    ++generated_;
    generator_.shuffle_ties(random_);
    generator_.list_by_start(justified ? justified_ : individual.starts, order_);
    if (!finished()) {
      const Time makespan = generator_.forward(order_, justified_);
      count(justified_, makespan);
      if (makespan <= individual.makespan) {
        individual.makespan = makespan;
        individual.starts.swap(justified_);
      }
    }
  }
  generator_.shuffle_ties(random_);
  generator_.list_by_start(individual.starts, individual.list);
  individual.tie = 0;
  for (const Time start : individual.starts) individual.tie += static_cast<double>(start) * start;
}

void Search::breed() {
  const Individual& one = tournament();
  const Individual* other = &tournament();
  for (int attempt = 0; other == &one && attempt < attempts_at_new_list; ++attempt) other = &tournament();
  cross(one, *other, child_.list);

  const double mean = mean_moves + moves_growth * children_since_best_ / network_.size();
  const int most = std::max(1, static_cast<int>(largest_share_moved * network_.size()));
  mutate(child_.list, std::min(most, static_cast<int>(0.5 - mean * std::log1p(-random_.unit()))));
  for (int attempt = 0; !is_new(child_.list) && attempt < attempts_at_new_list; ++attempt)
    mutate(child_.list, 1 + random_.below(most));

  ++children_since_best_;
  child_.makespan = generator_.forward(child_.list, child_.starts);
  count(child_.starts, child_.makespan);
  if (!decoded_.insert(hash_of(child_.starts)).second) return;  // justified before
  improve(child_);
  insert_child();
}

const Search::Individual& Search::tournament() {
  const Individual& one = population_[random_.below(static_cast<int>(population_.size()))];
  const Individual& other = population_[random_.below(static_cast<int>(population_.size()))];
  return other < one ? other : one;
}

// The list of the one, a stretch of it in the order of the other. Both keep every link, so the child does.
void Search::cross(const Individual& one, const Individual& other, std::vector<int>& list) {
  const double share = least_stretch + (most_stretch - least_stretch) * random_.unit();
  const int length = std::max(1, static_cast<int>(share * network_.size()));
  const int first = random_.below(network_.size() - length + 1);
  std::ranges::fill(taken_, 0);
  for (int place = first; place < first + length; ++place) taken_[one.list[place]] = 1;
  list = one.list;
  auto next = list.begin() + first;
  for (const int activity : other.list)
    if (taken_[activity]) *next++ = activity;
}

void Search::mutate(std::vector<int>& list, int moves) {
  for (int move = 0; move < moves; ++move) move_activity(list, random_.below(network_.size()));
}

// Moves the activity at `from` to any place between its last predecessor and its first successor.
void Search::move_activity(std::vector<int>& list, int from) {
  const auto linked = [](std::span<const Network::Arc> arcs, int activity) {
    return std::ranges::any_of(arcs, [&](const Network::Arc& arc) { return arc.activity == activity; });
  };
  int first = from, last = from;
  while (first > 0 && !linked(network_.predecessors(list[from]), list[first - 1])) --first;
  while (last + 1 < network_.size() && !linked(network_.successors(list[from]), list[last + 1])) ++last;
  const int to = first + random_.below(last - first + 1);
  if (to < from) std::rotate(list.begin() + to, list.begin() + from, list.begin() + from + 1);
  else std::rotate(list.begin() + from, list.begin() + from + 1, list.begin() + to + 1);
}

bool Search::is_new(const std::vector<int>& list) { return seen_.insert(hash_of(list)).second; }

void Search::insert_child() {
  for (const Individual& individual : population_)
    if (individual.makespan == child_.makespan && individual.starts == child_.starts) return;
  auto worst = std::ranges::max_element(population_, [](const auto& a, const auto& b) { return a < b; });
  if (!(*worst < child_)) std::swap(*worst, child_);
}

}  // namespace pmo::engine::levelling
