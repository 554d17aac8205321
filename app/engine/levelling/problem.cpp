#include "app/engine/levelling/problem.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <string>

namespace pmo::engine::levelling {

namespace {

constexpr std::int64_t largest_table = 1 << 23;  // moments times words of free capacity: 64 MB
constexpr std::int64_t most_activities = 1 << 20;

// In messages activities and resources count from 1, as in the files they come from.
std::string number_of(int index) { return std::to_string(index + 1); }

Result<void> check_input(const Problem& problem) {
  const auto count = static_cast<int>(problem.activities.size());
  const auto resources = static_cast<int>(problem.capacities.size());
  for (int i = 0; i < count; ++i) {
    const Activity& activity = problem.activities[i];
    if (activity.duration < 0 || activity.release < 0 || activity.fixed_start.value_or(0) < 0)
      return fail("error.levelling.negative"_key, {number_of(i)});
    for (const Demand& demand : activity.demands)
      if (demand.resource < 0 || demand.resource >= resources || demand.units < 0)
        return fail("error.levelling.negative"_key, {number_of(i)});
  }
  for (const MinimumLag& lag : problem.lags)
    if (std::min(lag.predecessor, lag.successor) < 0 || std::max(lag.predecessor, lag.successor) >= count)
      return fail("error.levelling.link"_key, {number_of(lag.predecessor), number_of(lag.successor)});
  for (int r = 0; r < resources; ++r) {
    const auto& steps = problem.capacities[r].steps;
    const bool ascending = std::ranges::is_sorted(steps, std::less_equal<>{}, &CapacityStep::from);
    if (steps.empty() || steps.front().from != 0 || !ascending || std::ranges::min(steps, {}, &CapacityStep::units).units < 0)
      return fail("error.levelling.capacity"_key, {number_of(r)});
  }
  return {};
}

// Activities and lags end to end after every release, fixed start and capacity step: nothing can be later.
std::int64_t longest_schedule(const Problem& problem) {
  std::int64_t last_event = 0, total = 0;
  for (const Activity& activity : problem.activities) {
    last_event = std::max<std::int64_t>(last_event, std::max(activity.release, activity.fixed_start.value_or(0)));
    total += activity.duration;
  }
  for (const MinimumLag& lag : problem.lags) total += std::max<std::int64_t>(lag.lag, 0);
  for (const Capacity& capacity : problem.capacities)
    last_event = std::max<std::int64_t>(last_event, capacity.steps.back().from);
  return last_event + total + 1;
}

}  // namespace

Result<Network> Network::compile(const Problem& problem) {
  PMO_TRY_VOID(check_input(problem));
  const std::int64_t horizon = longest_schedule(problem);
  const auto most_words = static_cast<std::int64_t>(problem.capacities.size() / 2 + 1);  // at most: two resources in a word
  if (horizon > largest_table / most_words || std::ssize(problem.activities) > most_activities) return fail("error.levelling.horizon"_key, {std::to_string(horizon)});
  Network network;
  network.horizon_ = static_cast<Time>(horizon);
  for (const Activity& activity : problem.activities) {
    network.duration_.push_back(activity.duration);
    network.release_.push_back(activity.fixed_start.value_or(activity.release));
    network.fixed_.push_back(activity.fixed_start.has_value());
  }
  network.link(problem);
  PMO_TRY_VOID(network.sort_topologically());
  PMO_TRY_VOID(network.pack(problem));
  network.compute_critical_path();
  network.compute_lower_bound(problem);
  return network;
}

void Network::link(const Problem& problem) {
  const auto fill = [&](std::vector<Arc>& arcs, std::vector<int>& begin, int MinimumLag::*from, int MinimumLag::*to) {
    begin.assign(size() + 1, 0);
    for (const MinimumLag& lag : problem.lags) ++begin[lag.*from + 1];
    std::partial_sum(begin.begin(), begin.end(), begin.begin());
    arcs.resize(problem.lags.size());
    std::vector<int> next(begin.begin(), begin.end() - 1);
    for (const MinimumLag& lag : problem.lags) arcs[next[lag.*from]++] = {lag.*to, lag.lag};
  };
  fill(successors_, successor_begin_, &MinimumLag::predecessor, &MinimumLag::successor);
  fill(predecessors_, predecessor_begin_, &MinimumLag::successor, &MinimumLag::predecessor);
  for (const MinimumLag& lag : problem.lags)
    if (fixed(lag.successor) || std::min(duration(lag.predecessor), duration(lag.successor)) + lag.lag < 0)
      starts_follow_links_ = false;
}

Result<void> Network::sort_topologically() {
  std::vector<int> waiting(size());
  for (int i = 0; i < size(); ++i) {
    waiting[i] = static_cast<int>(predecessors(i).size());
    if (waiting[i] == 0) order_.push_back(i);
  }
  for (std::size_t next = 0; next < order_.size(); ++next)
    for (const Arc& arc : successors(order_[next]))
      if (--waiting[arc.activity] == 0) order_.push_back(arc.activity);
  if (static_cast<int>(order_.size()) == size()) return {};

  // Walk back over unsorted predecessors until one repeats: that is a cycle.
  int at = static_cast<int>(std::ranges::find_if(waiting, [](int w) { return w > 0; }) - waiting.begin());
  std::vector<int> step(size(), -1), path;
  while (step[at] < 0) {
    step[at] = static_cast<int>(path.size());
    path.push_back(at);
    at = std::ranges::find_if(predecessors(at), [&](const Arc& arc) { return waiting[arc.activity] > 0; })->activity;
  }
  std::vector<std::string> cycle;
  for (std::size_t i = path.size(); i-- > static_cast<std::size_t>(step[at]);) cycle.push_back(number_of(path[i]));
  return fail("error.levelling.cycle"_key, std::move(cycle));
}

Result<void> Network::pack(const Problem& problem) {
  std::int32_t largest = 0;
  for (const Capacity& capacity : problem.capacities)
    for (const CapacityStep& step : capacity.steps) largest = std::max(largest, step.units);
  const int lane_bits = largest < (1 << 15) ? 16 : 32;
  const int lanes = 64 / lane_bits;
  const auto resources = static_cast<int>(problem.capacities.size());
  words_ = std::max(1, (resources + lanes - 1) / lanes);
  for (int lane = 0; lane < lanes; ++lane) guard_ |= std::uint64_t{1} << (lane * lane_bits + lane_bits - 1);
  const auto packed = [&](int resource, std::int64_t units) {
    return static_cast<std::uint64_t>(units) << (resource % lanes * lane_bits);
  };

  demand_.assign(static_cast<std::size_t>(size()) * words_, 0);
  std::vector<std::int64_t> total(resources);
  for (int i = 0; i < size(); ++i) {
    if (duration_[i] == 0) continue;  // takes no time, so holds nothing
    std::ranges::fill(total, 0);
    for (const Demand& demand : problem.activities[i].demands) total[demand.resource] += demand.units;
    for (int r = 0; r < resources; ++r) {
      const std::int32_t available = problem.capacities[r].steps.back().units;
      if (total[r] > available && !fixed(i))
        return fail("error.levelling.demand"_key,
                    {number_of(i), number_of(r), std::to_string(total[r]), std::to_string(available)});
      demand_[static_cast<std::size_t>(i) * words_ + r / lanes] += packed(r, std::min<std::int64_t>(total[r], largest));
    }
  }

  capacity_.assign(static_cast<std::size_t>(horizon_) * words_, guard_);
  std::vector<std::int64_t> available(horizon_);
  for (int r = 0; r < resources; ++r) {
    const auto& steps = problem.capacities[r].steps;
    for (std::size_t s = 0; s < steps.size(); ++s) {
      const Time until = s + 1 < steps.size() ? steps[s + 1].from : horizon_;
      std::fill(available.begin() + steps[s].from, available.begin() + until, steps[s].units);
    }
    // Fixed activities take their share for good; where they take too much, nothing is left (not less).
    for (int i = 0; i < size(); ++i)
      if (fixed(i))
        for (const Demand& demand : problem.activities[i].demands)
          if (demand.resource == r)
            for (Time t = release_[i]; t < release_[i] + duration_[i]; ++t)
              available[t] = std::max<std::int64_t>(0, available[t] - demand.units);
    for (Time t = 0; t < horizon_; ++t)
      capacity_[static_cast<std::size_t>(t) * words_ + r / lanes] += packed(r, available[t]);
  }
  return {};
}

void Network::compute_critical_path() {
  early_start_ = release_;
  for (const int i : order_)
    if (!fixed(i))
      for (const Arc& arc : predecessors(i))
        early_start_[i] = std::max(early_start_[i], early_start_[arc.activity] + duration_[arc.activity] + arc.lag);
  for (int i = 0; i < size(); ++i) critical_path_ = std::max(critical_path_, early_start_[i] + duration_[i]);
  late_finish_.assign(size(), critical_path_);
  for (auto i = order_.rbegin(); i != order_.rend(); ++i)
    for (const Arc& arc : successors(*i))
      late_finish_[*i] = std::min(late_finish_[*i], late_finish_[arc.activity] - duration_[arc.activity] - arc.lag);
}

// With capacities that never change, all work on a resource needs at least work / capacity units of time.
void Network::compute_lower_bound(const Problem& problem) {
  lower_bound_ = critical_path_;
  for (std::size_t r = 0; r < problem.capacities.size(); ++r) {
    const auto& steps = problem.capacities[r].steps;
    if (steps.size() != 1 || steps[0].units == 0) continue;
    std::int64_t work = 0;
    for (const Activity& activity : problem.activities)
      for (const Demand& demand : activity.demands)
        if (demand.resource == static_cast<int>(r) && !activity.fixed_start) work += std::int64_t{demand.units} * activity.duration;
    lower_bound_ = std::max(lower_bound_, static_cast<Time>((work + steps[0].units - 1) / steps[0].units));
  }
}

Time makespan(const Network& network, std::span<const Time> starts) {
  Time latest = 0;
  for (int i = 0; i < network.size(); ++i) latest = std::max(latest, starts[i] + network.duration(i));
  return latest;
}

namespace {

bool within_capacity(const Problem& problem, std::span<const Time> starts, int resource) {
  std::map<Time, std::int64_t> change, fixed_change;  // units taken (given back) at a moment
  for (std::size_t i = 0; i < starts.size(); ++i)
    for (const Demand& demand : problem.activities[i].demands) {
      if (demand.resource != resource || problem.activities[i].duration == 0) continue;
      auto& target = problem.activities[i].fixed_start ? fixed_change : change;
      target[starts[i]] += demand.units;
      target[starts[i] + problem.activities[i].duration] -= demand.units;
    }
  std::map<Time, int> moments;
  for (const auto& step : problem.capacities[resource].steps) moments[step.from];
  for (const auto& [time, units] : change) moments[time];
  for (const auto& [time, units] : fixed_change) moments[time];
  std::int64_t free_units = 0, fixed_units = 0, limit = 0;
  std::size_t step = 0;
  const auto& steps = problem.capacities[resource].steps;
  for (const auto& [time, unused] : moments) {
    while (step < steps.size() && steps[step].from <= time) limit = steps[step++].units;
    if (const auto found = change.find(time); found != change.end()) free_units += found->second;
    if (const auto found = fixed_change.find(time); found != fixed_change.end()) fixed_units += found->second;
    if (free_units > std::max<std::int64_t>(0, limit - fixed_units)) return false;
  }
  return true;
}

}  // namespace

bool check_schedule(const Problem& problem, std::span<const Time> starts) {
  if (starts.size() != problem.activities.size()) return false;
  for (std::size_t i = 0; i < starts.size(); ++i) {
    const Activity& activity = problem.activities[i];
    if (activity.fixed_start ? starts[i] != *activity.fixed_start : starts[i] < activity.release) return false;
  }
  for (const MinimumLag& lag : problem.lags) {
    const Activity& predecessor = problem.activities[lag.predecessor];
    if (problem.activities[lag.successor].fixed_start) continue;
    if (starts[lag.successor] < starts[lag.predecessor] + predecessor.duration + lag.lag) return false;
  }
  for (std::size_t r = 0; r < problem.capacities.size(); ++r)
    if (!within_capacity(problem, starts, static_cast<int>(r))) return false;
  return true;
}

}  // namespace pmo::engine::levelling
