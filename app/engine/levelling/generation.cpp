#include "app/engine/levelling/generation.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <queue>

namespace pmo::engine::levelling {

namespace {

// True when every lane of `free` covers its lane of `demand`: no guard bit is borrowed.
template <int Words>
inline bool covers(const std::uint64_t* free, const std::uint64_t* demand, std::uint64_t guard, int words) {
  if constexpr (Words == 1) return ((*free - *demand) & guard) == guard;
  for (int w = 0; w < words; ++w)
    if (((free[w] - demand[w]) & guard) != guard) return false;
  return true;
}

template <int Words>
inline void take(std::uint64_t* free, const std::uint64_t* demand, Time duration, int words) {
  for (Time t = 0; t < duration; ++t)
    for (int w = 0; w < words; ++w) free[static_cast<std::size_t>(t) * words + w] -= demand[w];
}

// Smallest start >= `from` at which the activity fits.
template <int Words>
inline Time earliest_fit(const std::uint64_t* free, const std::uint64_t* demand, std::uint64_t guard, int words,
                         Time from, Time duration) {
  Time start = from;
  for (Time t = from; t < start + duration; ++t)
    if (!covers<Words>(free + static_cast<std::size_t>(t) * words, demand, guard, words)) start = t + 1;
  return start;
}

// Largest finish <= `until` at which the activity fits; less than `duration` when there is none.
template <int Words>
inline Time latest_fit(const std::uint64_t* free, const std::uint64_t* demand, std::uint64_t guard, int words,
                       Time until, Time duration) {
  Time finish = until;
  for (Time t = until - 1; t >= 0 && t >= finish - duration; --t)
    if (!covers<Words>(free + static_cast<std::size_t>(t) * words, demand, guard, words)) finish = t;
  return finish;
}

std::vector<double> successor_counts(const Network& network) {
  const auto count = static_cast<std::size_t>(network.size());
  const std::size_t blocks = (count + 63) / 64;
  std::vector<std::uint64_t> reached(count * blocks);
  std::vector<double> counts(count);
  const auto order = network.topological_order();
  for (auto i = order.rbegin(); i != order.rend(); ++i) {
    std::uint64_t* row = &reached[*i * blocks];
    for (const auto& arc : network.successors(*i)) {
      row[arc.activity / 64] |= std::uint64_t{1} << (arc.activity % 64);
      for (std::size_t b = 0; b < blocks; ++b) row[b] |= reached[arc.activity * blocks + b];
    }
    for (std::size_t b = 0; b < blocks; ++b) counts[*i] += std::popcount(row[b]);
  }
  return counts;
}

}  // namespace

std::vector<double> priorities(const Network& network, PriorityRule rule) {
  std::vector<double> keys(network.size());
  if (rule == PriorityRule::most_successors) {
    keys = successor_counts(network);
    for (double& key : keys) key = -key;
    return keys;
  }
  for (int i = 0; i < network.size(); ++i) {
    switch (rule) {
      case PriorityRule::latest_finish: keys[i] = network.late_finish(i); break;
      case PriorityRule::latest_start: keys[i] = network.late_finish(i) - network.duration(i); break;
      case PriorityRule::shortest: keys[i] = network.duration(i); break;
      case PriorityRule::rank_weight:  // greatest rank positional weight: itself and its direct successors
        keys[i] = -network.duration(i);
        for (const auto& arc : network.successors(i)) keys[i] -= network.duration(arc.activity);
        break;
      case PriorityRule::most_successors:
      case PriorityRule::given: break;
    }
  }
  return keys;
}

Generator::Generator(const Network& network)
    : network_(network), free_(network.capacity().begin(), network.capacity().end()), position_(network.size()),
      keys_(network.size()), waiting_(network.size()) {
  const auto order = network.topological_order();
  for (int i = 0; i < network.size(); ++i) position_[order[i]] = i;
  mixed_.assign(order.begin(), order.end());
  place_ = position_;
  rank_ties();
}

// Linked activities can start together when the first one takes no time (or a lead takes it all), and finish together
// when the second one does.
void Generator::rank_ties() {
  start_rank_.assign(network_.size(), 0);
  finish_rank_.assign(network_.size(), 0);
  const auto order = network_.topological_order();
  for (const int i : order)
    for (const auto& arc : network_.successors(i))
      if (network_.duration(i) + arc.lag == 0) start_rank_[arc.activity] = std::max(start_rank_[arc.activity], start_rank_[i] + 1);
  for (auto i = order.rbegin(); i != order.rend(); ++i)
    for (const auto& arc : network_.predecessors(*i))
      if (network_.duration(*i) + arc.lag == 0) finish_rank_[arc.activity] = std::max(finish_rank_[arc.activity], finish_rank_[*i] + 1);
}

void Generator::shuffle_ties(RandomStream& random) {
  for (int i = network_.size() - 1; i > 0; --i) std::swap(mixed_[i], mixed_[random.below(i + 1)]);
  for (int i = 0; i < network_.size(); ++i) place_[mixed_[i]] = i;
}

void Generator::reset(Time used) {
  const auto words = static_cast<std::size_t>(network_.words());
  std::copy_n(network_.capacity().data(), std::max(used, dirty_) * words, free_.data());
  dirty_ = 0;
}

template <int Words>
Time Generator::forward_words(std::span<const int> list, std::span<Time> starts) {
  reset(0);
  const int words = Words ? Words : network_.words();
  const std::uint64_t guard = network_.guard();
  Time latest = 0;
  for (const int i : list) {
    Time start = network_.release(i);
    const Time duration = network_.duration(i);
    if (!network_.fixed(i)) {
      for (const auto& arc : network_.predecessors(i))
        start = std::max(start, starts[arc.activity] + network_.duration(arc.activity) + arc.lag);
      start = earliest_fit<Words>(free_.data(), network_.demand(i), guard, words, start, duration);
      take<Words>(&free_[static_cast<std::size_t>(start) * words], network_.demand(i), duration, words);
    }
    starts[i] = start;
    latest = std::max(latest, start + duration);
  }
  dirty_ = latest;
  return latest;
}

template <int Words>
bool Generator::backward_words(std::span<const int> list, std::span<Time> starts, Time finish) {
  reset(0);
  dirty_ = finish;
  const int words = Words ? Words : network_.words();
  const std::uint64_t guard = network_.guard();
  for (const int i : list) {
    const Time duration = network_.duration(i);
    if (network_.fixed(i)) {
      starts[i] = network_.fixed_start(i);
      continue;
    }
    Time latest = finish;
    for (const auto& arc : network_.successors(i))
      if (!network_.fixed(arc.activity)) latest = std::min(latest, starts[arc.activity] - arc.lag);
    latest = latest_fit<Words>(free_.data(), network_.demand(i), guard, words, latest, duration);
    starts[i] = latest - duration;
    if (starts[i] < network_.release(i)) return false;
    take<Words>(&free_[static_cast<std::size_t>(starts[i]) * words], network_.demand(i), duration, words);
  }
  return true;
}

Time Generator::forward(std::span<const int> list, std::span<Time> starts) {
  return network_.words() == 1 ? forward_words<1>(list, starts) : forward_words<0>(list, starts);
}

bool Generator::backward(std::span<const int> list, std::span<Time> starts, Time finish) {
  return network_.words() == 1 ? backward_words<1>(list, starts, finish) : backward_words<0>(list, starts, finish);
}

Time Generator::parallel(std::span<const double> keys, std::span<Time> starts) {
  reset(0);
  const int words = network_.words();
  const std::uint64_t guard = network_.guard();
  std::vector<Time> earliest(network_.size());
  std::vector<int> eligible;  // all predecessors scheduled, smallest key first
  const auto before = [&](int a, int b) { return keys[a] != keys[b] ? keys[a] < keys[b] : position_[a] < position_[b]; };
  const auto place = [&](int i, Time start) {
    starts[i] = start;
    for (const auto& arc : network_.successors(i)) {
      earliest[arc.activity] = std::max(earliest[arc.activity], start + network_.duration(i) + arc.lag);
      if (--waiting_[arc.activity] == 0 && !network_.fixed(arc.activity))
        eligible.insert(std::ranges::upper_bound(eligible, arc.activity, before), arc.activity);
    }
  };
  Time latest = 0;
  for (int i = 0; i < network_.size(); ++i) {
    waiting_[i] = static_cast<int>(network_.predecessors(i).size());
    earliest[i] = network_.release(i);
    if (waiting_[i] == 0 && !network_.fixed(i)) eligible.insert(std::ranges::upper_bound(eligible, i, before), i);
  }
  for (int i = 0; i < network_.size(); ++i)
    if (network_.fixed(i)) {
      place(i, network_.fixed_start(i));
      latest = std::max(latest, starts[i] + network_.duration(i));
    }

  Time now = 0;
  while (!eligible.empty()) {
    bool placed = false;
    for (const int i : eligible) {
      if (earliest[i] > now) continue;
      const Time duration = network_.duration(i);
      if (earliest_fit<0>(free_.data(), network_.demand(i), guard, words, now, duration) != now) continue;
      take<0>(&free_[static_cast<std::size_t>(now) * words], network_.demand(i), duration, words);
      latest = std::max(latest, now + duration);
      std::erase(eligible, i);
      place(i, now);
      placed = true;
      break;  // `eligible` has changed
    }
    if (placed) continue;
    // Nothing fits now: wait for the next release or lag end when nothing else is there, else look again.
    Time next = network_.horizon();
    for (const int i : eligible) next = std::min(next, std::max(earliest[i], now + 1));
    now = next;
  }
  dirty_ = latest;
  return latest;
}

void Generator::list_by_keys(std::span<const double> keys, std::span<int> list) {
  const auto after = [&](int a, int b) { return keys[a] != keys[b] ? keys[a] > keys[b] : position_[a] > position_[b]; };
  std::priority_queue<int, std::vector<int>, decltype(after)> eligible(after);
  for (int i = 0; i < network_.size(); ++i) {
    waiting_[i] = static_cast<int>(network_.predecessors(i).size());
    if (waiting_[i] == 0) eligible.push(i);
  }
  for (int& place : list) {
    place = eligible.top();
    eligible.pop();
    for (const auto& arc : network_.successors(place))
      if (--waiting_[arc.activity] == 0) eligible.push(arc.activity);
  }
}

// A key: moment, rank, place. Times and activities are few enough (Network::compile).
constexpr int place_bits = 20;
constexpr std::uint64_t key_of(Time moment, int rank, int place) {
  return static_cast<std::uint64_t>(moment) << 2 * place_bits | static_cast<std::uint64_t>(rank) << place_bits | static_cast<std::uint64_t>(place);
}

void Generator::list_by_place(std::span<int> list) {
  std::ranges::sort(keys_);
  for (int i = 0; i < network_.size(); ++i) list[i] = mixed_[keys_[i] & ((1u << place_bits) - 1)];
}

void Generator::list_by_start(std::span<const Time> starts, std::span<int> list) {
  if (!network_.starts_follow_links()) {
    heap_keys_.assign(starts.begin(), starts.end());
    return list_by_keys(heap_keys_, list);
  }
  for (int i = 0; i < network_.size(); ++i) keys_[i] = key_of(starts[i], start_rank_[i], place_[i]);
  list_by_place(list);
}

void Generator::list_by_falling_finish(std::span<const Time> starts, std::span<int> list) {
  if (!network_.starts_follow_links()) {
    list_by_start(starts, list);
    std::ranges::reverse(list);
    return;
  }
  for (int i = 0; i < network_.size(); ++i)
    keys_[i] = key_of(network_.horizon() - starts[i] - network_.duration(i), finish_rank_[i], place_[i]);
  list_by_place(list);
}

}  // namespace pmo::engine::levelling
