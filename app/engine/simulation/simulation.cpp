#include "app/engine/simulation/simulation.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <string>

#include "app/engine/simulation/permutation.h"
#include "app/engine/statistics.h"

#pragma clang fp contract(off)

namespace pmo::engine::simulation {

namespace {

constexpr int block_size = 128;  // durations and finishes of a thousand tasks fit into the second-level cache
constexpr float longest_duration = 4e8f;  // of a path at its worst: no sum of 32 bits can overflow, even stretched by calendars

bool finite_lag(Offset lag) { return lag > -longest_duration && lag < longest_duration; }

Result<void> check_tasks(const Model& model) {
  const auto wrong = [](std::size_t task) { return fail("error.simulation.estimate"_key, {std::to_string(task)}); };
  for (std::size_t t = 0; t < model.tasks.size(); ++t) {
    const SimulatedTask& task = model.tasks[t];
    if (!task.duration.valid() || !task.cost.valid() || task.duration.high > longest_duration || task.duration.likely > longest_duration)
      return wrong(t);
    if (!std::isfinite(task.cost_per_minute) || task.earliest < 0 || task.delay < 0) return wrong(t);
    if (task.calendar < -1 || task.calendar >= static_cast<int>(model.calendars.size())) return wrong(t);
  }
  return {};
}

Result<void> check_factors(const Model& model) {
  std::vector<double> shared(model.tasks.size(), model.common_correlation);
  for (std::size_t f = 0; f < model.factors.size(); ++f)
    for (const auto& [task, share] : model.factors[f].shares) {
      constexpr double whole = 1 + 1e-9;
      if (task < 0 || task >= std::ssize(model.tasks) || !(share >= 0) || !((shared[static_cast<std::size_t>(task)] += share) <= whole))
        return fail("error.simulation.correlation"_key, {std::to_string(task), "-"});
    }
  return {};
}

Result<void> check_rest(const Model& model) {
  const auto known = [&](int task) { return task >= 0 && task < static_cast<int>(model.tasks.size()); };
  for (const SimulatedLink& link : model.links)
    if (!known(link.predecessor) || !known(link.successor) || !finite_lag(link.lag) || link.lag_calendar.value_or(-1) < -1 ||
        link.lag_calendar.value_or(-1) >= static_cast<int>(model.calendars.size()))
      return fail("error.simulation.link"_key, {std::to_string(link.predecessor), std::to_string(link.successor)});
  for (std::size_t e = 0; e < model.events.size(); ++e) {
    const RiskEvent& event = model.events[e];
    bool right = event.probability >= 0 && event.probability <= 1 && event.cost.valid();
    for (const EventEffect& effect : event.effects) right = right && known(effect.task) && effect.delay.valid();
    if (!right) return fail("error.simulation.event"_key, {std::to_string(e)});
  }
  for (const Correlation& pair : model.correlations)
    if (!known(pair.first) || !known(pair.second) || pair.first == pair.second || !(std::fabs(pair.coefficient) <= 1))
      return fail("error.simulation.correlation"_key, {std::to_string(pair.first), std::to_string(pair.second)});
  if (!(model.common_correlation >= 0 && model.common_correlation <= 1)) return fail("error.simulation.correlation"_key, {"-", "-"});
  return check_factors(model);
}

Result<void> check_milestones(const Model& model) {
  for (const int milestone : model.milestones)
    if (milestone < 0 || milestone >= std::ssize(model.tasks)) return fail("error.simulation.estimate"_key, {std::to_string(milestone)});
  return {};
}

}  // namespace

Result<Simulation> Simulation::prepare(const Model& model, const Options& options) {
  if (options.iterations < 1 || options.iterations > most_iterations)
    return fail("error.simulation.iterations"_key, {std::to_string(most_iterations)});
  PMO_TRY_VOID(check_tasks(model));
  PMO_TRY_VOID(check_rest(model));
  PMO_TRY_VOID(check_milestones(model));
  Simulation simulation;
  simulation.model_ = model;
  simulation.options_ = options;
  PMO_TRY_VOID(simulation.order(model));

  const std::size_t count = model.tasks.size();
  simulation.clocks_.emplace_back();
  for (const auto& spans : model.calendars) simulation.clocks_.emplace_back(spans);
  simulation.incoming_.resize(count);
  int links = 0;
  std::size_t most_incoming = 0;
  for (const SimulatedLink& link : model.links) {
    const int from = model.tasks[link.predecessor].calendar, to = model.tasks[link.successor].calendar;
    const bool continuous = simulation.clocks_[to + 1].around_the_clock();
    const int lag_calendar = link.lag == 0 ? to : link.lag_calendar.value_or(to);
    const bool direct = from == to && (link.elapsed ? continuous : lag_calendar == to);
    auto& arcs = simulation.incoming_[link.successor];
    arcs.push_back({link.predecessor, link.type, link.lag, link.elapsed, direct, lag_calendar + 1, links++});
    most_incoming = std::max(most_incoming, arcs.size());
  }
  simulation.ranked_by_value_.assign(count, 0);
  for (const SimulatedTask& task : model.tasks) {
    simulation.earliest_.push_back(simulation.clocks_[task.calendar + 1].work_at(task.earliest));
    simulation.durations_.emplace_back(task.duration);
    simulation.costs_.emplace_back(task.cost);
  }
  for (const RiskEvent& event : model.events) {
    simulation.event_costs_.emplace_back(event.cost);
    auto& delays = simulation.delays_.emplace_back();
    for (const EventEffect& effect : event.effects) {
      delays.emplace_back(effect.delay);
      simulation.ranked_by_value_[effect.task] = 1;
    }
  }
  PMO_TRY_VOID(simulation.check_longest_path());
  simulation.decompose_correlations();
  simulation.weigh_factors();

  simulation.strata_.resize(count * batch_size);
  simulation.duration_.resize(count * batch_size);
  simulation.finish_.resize(count * block_size);
  simulation.driving_.resize(model.links.size() * block_size);
  simulation.critical_now_.resize(count * block_size);
  simulation.limits_.resize(most_incoming * block_size);
  simulation.stratum_.resize(block_size);
  simulation.within_.resize(block_size);
  simulation.values_.resize(block_size);
  simulation.row_.resize(block_size);
  simulation.block_finish_.resize(block_size);
  simulation.milestone_finish_.resize(model.milestones.size());
  simulation.critical_.resize(count);
  simulation.event_count_.resize(model.events.size());
  simulation.duration_sum_.resize(count);
  simulation.rank_.resize(count);
  return simulation;
}

Result<void> Simulation::order(const Model& model) {
  const std::size_t count = model.tasks.size();
  std::vector<int> waiting(count);
  std::vector<std::vector<int>> after(count), before(count);
  for (const SimulatedLink& link : model.links) {
    ++waiting[link.successor];
    after[link.predecessor].push_back(link.successor);
    before[link.successor].push_back(link.predecessor);
  }
  for (std::size_t t = 0; t < count; ++t)
    if (waiting[t] == 0) order_.push_back(static_cast<int>(t));
  for (std::size_t next = 0; next < order_.size(); ++next)
    for (const int successor : after[order_[next]])
      if (--waiting[successor] == 0) order_.push_back(successor);
  if (order_.size() == count) return {};
  int at = static_cast<int>(std::ranges::find_if(waiting, [](int w) { return w > 0; }) - waiting.begin());
  std::vector<int> path;
  while (!std::ranges::contains(path, at)) {
    path.push_back(at);
    at = *std::ranges::find_if(before[at], [&](int p) { return waiting[p] > 0; });
  }
  path.erase(path.begin(), std::ranges::find(path, at));
  std::vector<std::string> cycle;
  for (auto task = path.rbegin(); task != path.rend(); ++task) cycle.push_back(std::to_string(*task));
  return fail("error.simulation.cycle"_key, std::move(cycle));
}

Result<void> Simulation::check_longest_path() const {
  std::vector<double> worst, finish(model_.tasks.size());
  for (const Sampler& duration : durations_) worst.push_back(std::max(0.0, duration.quantile(1)));
  for (std::size_t e = 0; e < delays_.size(); ++e)
    for (std::size_t i = 0; i < delays_[e].size(); ++i)
      worst[model_.events[e].effects[i].task] += std::max(0.0, delays_[e][i].quantile(1));
  for (const int t : order_) {
    finish[t] = model_.tasks[t].earliest + worst[t];
    for (const Arc& arc : incoming_[t])
      finish[t] = std::max(finish[t], finish[arc.task] + worst[t] + model_.tasks[t].delay + std::max(0.0, static_cast<double>(arc.lag)));
    if (!(finish[t] < static_cast<double>(longest_duration))) return fail("error.simulation.estimate"_key, {std::to_string(t)});
  }
  return {};
}

void Simulation::step() {
  if (finished()) return;
  const int batch = done_ / batch_size, count = std::min(batch_size, options_.iterations - done_);
  for (std::size_t t = 0; t < model_.tasks.size(); ++t)
    if (model_.tasks[t].duration.varies())
      Permutation(options_.seed, stream_of(Stream::duration, t), batch).strata(0, {&strata_[t * batch_size], batch_size});
  if (!correlated_.empty()) correlate_strata();
  if (!factors_used_.empty()) share_factors(batch);
  for (int block = 0; block * block_size < count; ++block)
    simulate_block(batch, block, std::min(block_size, count - block * block_size));
  correlate_with_finish(count);
  done_ += count;
}

Offset* Simulation::durations_of(int block, int task) {
  return duration_.data() + (static_cast<std::size_t>(block) * model_.tasks.size() + task) * block_size;
}

void Simulation::draw(std::uint64_t stream, int batch, int block) {
  const Permutation permutation(options_.seed, stream, batch);
  permutation.strata(block * block_size, stratum_);
  permutation.within(block * block_size, within_);
}

void Simulation::sample_durations(int batch, int block) {
  for (std::size_t t = 0; t < model_.tasks.size(); ++t) {
    Offset* out = durations_of(block, static_cast<int>(t));
    if (!model_.tasks[t].duration.varies()) {
      std::fill_n(out, block_size, static_cast<Offset>(std::llround(std::max(0.0, model_.tasks[t].duration.likely))));
      continue;
    }
    Permutation(options_.seed, stream_of(Stream::duration, t), batch).within(block * block_size, within_);
    durations_[t].sample({&strata_[t * batch_size + block * block_size], block_size}, within_, values_);
    for (int k = 0; k < block_size; ++k)
      out[k] = static_cast<Offset>(std::min(std::max(values_[k], 0.0f), longest_duration) + 0.5f);
  }
}

void Simulation::apply_events(int batch, int block) {
  for (std::size_t e = 0; e < model_.events.size(); ++e) {
    const RiskEvent& event = model_.events[e];
    draw(stream_of(Stream::event, e), batch, block);
    std::array<bool, block_size> occurs;
    for (int k = 0; k < block_size; ++k) {
      occurs[k] = (static_cast<double>(stratum_[k]) + static_cast<double>(within_[k])) / batch_size < event.probability;
      if (batch * batch_size + block * block_size + k < options_.iterations) event_count_[e] += occurs[k];
    }
    draw(stream_of(Stream::effect, e), batch, block);  // one for its delays and its cost
    for (std::size_t i = 0; i < event.effects.size(); ++i) {
      delays_[e][i].sample(stratum_, within_, values_);
      Offset* out = durations_of(block, event.effects[i].task);
      for (int k = 0; k < block_size; ++k)
        if (occurs[k])
          out[k] = static_cast<Offset>(std::clamp(static_cast<double>(out[k]) + std::floor(static_cast<double>(values_[k]) + 0.5),
                                                  0.0, static_cast<double>(longest_duration)));
    }
    if (event.cost.shape == Shape::constant && event.cost.likely == 0) continue;
    event_costs_[e].sample(stratum_, within_, values_);
    for (int k = 0; k < block_size; ++k)
      if (const std::size_t i = batch * batch_size + block * block_size + k; occurs[k] && i < cost_.size()) cost_[i] += static_cast<double>(values_[k]);
  }
}

void Simulation::add_costs(int batch, int block) {
  const std::size_t first = static_cast<std::size_t>(batch) * batch_size + block * block_size;
  const int count = static_cast<int>(std::min<std::size_t>(block_size, cost_.size() - first));
  double* cost = &cost_[first];
  for (std::size_t t = 0; t < model_.tasks.size(); ++t) {
    const SimulatedTask& task = model_.tasks[t];
    if (task.cost.varies()) {
      draw(stream_of(Stream::cost, t), batch, block);
      costs_[t].sample(stratum_, within_, values_);
      for (int k = 0; k < count; ++k) cost[k] += static_cast<double>(values_[k]);
    } else if (task.cost.likely != 0) {
      for (int k = 0; k < count; ++k) cost[k] += task.cost.likely;
    }
    if (task.cost_per_minute == 0) continue;
    const Offset* durations = durations_of(block, static_cast<int>(t));
    for (int k = 0; k < count; ++k) cost[k] += task.cost_per_minute * static_cast<double>(durations[k]);
  }
}

// The earliest starts of `task` that the link from its predecessor allows.
void Simulation::earliest_by(const Arc& arc, int task, const Offset* all_durations, Offset* limits) const {
  const Offset* finishes = &finish_[static_cast<std::size_t>(arc.task) * block_size];
  const Offset* before = &all_durations[static_cast<std::size_t>(arc.task) * block_size];
  const Offset* own = &all_durations[static_cast<std::size_t>(task) * block_size];
  const bool from_start = arc.type == LinkType::start_to_start || arc.type == LinkType::start_to_finish;
  const bool to_finish = arc.type == LinkType::finish_to_finish || arc.type == LinkType::start_to_finish;
  const Offset delay = model_.tasks[task].delay, lag = arc.lag + delay;
  if (arc.direct && arc.type == LinkType::finish_to_start) {
    for (int k = 0; k < block_size; ++k) limits[k] = finishes[k] + lag;
    return;
  }
  if (arc.direct) {
    const Offset first = from_start ? -1 : 0, second = to_finish ? -1 : 0;  // masks
    for (int k = 0; k < block_size; ++k) limits[k] = finishes[k] - (before[k] & first) + lag - (own[k] & second);
    return;
  }
  const WorkClock& from = clocks_[model_.tasks[arc.task].calendar + 1];
  const WorkClock& to = clocks_[model_.tasks[task].calendar + 1];
  const WorkClock& by = clocks_[static_cast<std::size_t>(arc.lag_clock)];
  for (int k = 0; k < block_size; ++k) {
    const Offset moment = from_start ? from.start_of(finishes[k] - before[k]) : from.finish_of(finishes[k]);
    Offset work = 0;
    if (arc.elapsed) {
      work = to.work_at(moment + arc.lag) + delay;
    } else if (&by == &to) {
      work = to.work_at(moment) + lag;
    } else {
      const Offset worked = by.work_at(moment) + arc.lag;
      work = to.work_at(arc.lag > 0 ? by.finish_of(worked) : by.start_of(worked)) + delay;
    }
    limits[k] = to_finish ? work - own[k] : work;
  }
}

void Simulation::forward(int block) {
  const Offset* durations = durations_of(block, 0);
  std::ranges::fill(block_finish_, 0);
  for (const int t : order_) {
    const std::size_t links = incoming_[t].size();
    std::ranges::fill(row_, earliest_[t]);
    Offset* starts = row_.data();
    for (std::size_t a = 0; a < links; ++a) {
      Offset* limits = &limits_[a * block_size];
      earliest_by(incoming_[t][a], t, durations, limits);
      for (int k = 0; k < block_size; ++k) starts[k] = std::max(starts[k], limits[k]);
    }
    for (std::size_t a = 0; a < links; ++a) {
      const Offset* limits = &limits_[a * block_size];
      std::uint8_t* driving = &driving_[static_cast<std::size_t>(incoming_[t][a].link) * block_size];
      for (int k = 0; k < block_size; ++k) driving[k] = starts[k] == limits[k];
    }
    const Offset* own = &durations[static_cast<std::size_t>(t) * block_size];
    Offset* finishes = &finish_[static_cast<std::size_t>(t) * block_size];
    for (int k = 0; k < block_size; ++k) finishes[k] = std::max(starts[k], 0) + own[k];
  }
  // The last finish of each calendar is converted once: later in working time is later in time.
  for (std::size_t c = 0; c < clocks_.size(); ++c) {
    bool used = false;
    std::ranges::fill(row_, 0);
    for (std::size_t t = 0; t < model_.tasks.size(); ++t) {
      if (model_.tasks[t].calendar + 1 != static_cast<int>(c)) continue;
      used = true;
      const Offset* finishes = &finish_[t * block_size];
      for (int k = 0; k < block_size; ++k) row_[k] = std::max(row_[k], finishes[k]);
    }
    if (used)
      for (int k = 0; k < block_size; ++k) block_finish_[k] = std::max(block_finish_[k], clocks_[c].finish_of(row_[k]));
  }
}

// Walks back from the tasks that finish last along the links that hold their successors.
void Simulation::backward(int count) {
  std::vector<std::vector<Offset>> ends(clocks_.size());  // the project's finish in each calendar's working minutes
  for (std::size_t c = 0; c < clocks_.size(); ++c)
    for (int k = 0; k < block_size; ++k) ends[c].push_back(clocks_[c].work_at(block_finish_[k]));
  for (std::size_t t = 0; t < model_.tasks.size(); ++t) {
    const Offset* finishes = &finish_[t * block_size];
    const Offset* end = ends[model_.tasks[t].calendar + 1].data();
    std::uint8_t* critical = &critical_now_[t * block_size];
    for (int k = 0; k < block_size; ++k) critical[k] = finishes[k] >= end[k];
  }
  for (auto task = order_.rbegin(); task != order_.rend(); ++task) {
    const std::uint8_t* critical = &critical_now_[static_cast<std::size_t>(*task) * block_size];
    for (const Arc& arc : incoming_[*task]) {
      const std::uint8_t* driving = &driving_[static_cast<std::size_t>(arc.link) * block_size];
      std::uint8_t* before = &critical_now_[static_cast<std::size_t>(arc.task) * block_size];
      for (int k = 0; k < block_size; ++k) before[k] |= critical[k] & driving[k];
    }
    int times = 0;
    for (int k = 0; k < count; ++k) times += critical[k];
    critical_[*task] += times;
  }
}

void Simulation::simulate_block(int batch, int block, int count) {
  cost_.resize(cost_.size() + count);
  sample_durations(batch, block);
  apply_events(batch, block);
  add_costs(batch, block);
  forward(block);
  project_finish_.insert(project_finish_.end(), block_finish_.begin(), block_finish_.begin() + count);
  for (std::size_t m = 0; m < model_.milestones.size(); ++m) {
    const int task = model_.milestones[m];
    for (int k = 0; k < count; ++k)
      milestone_finish_[m].push_back(clocks_[model_.tasks[task].calendar + 1].finish_of(finish_[static_cast<std::size_t>(task) * block_size + k]));
  }
  backward(count);
  for (std::size_t t = 0; t < model_.tasks.size(); ++t) {
    const Offset* durations = durations_of(block, static_cast<int>(t));
    duration_sum_[t] += static_cast<double>(std::accumulate(durations, durations + count, std::int64_t{0}));
  }
}

// Spearman within the batch: ranks of the finishes against the strata of the durations, which are their ranks.
void Simulation::correlate_with_finish(int count) {
  if (count < 2) return;
  const std::span<const Offset> finishes(project_finish_.end() - count, project_finish_.end());
  const std::vector<double> exact = ranks(finishes);
  std::vector<float> finish_rank(exact.begin(), exact.end());
  const double centre = (count + 1) / 2.0;
  double finish_squares = 0;
  for (float& rank : finish_rank) {
    rank -= static_cast<float>(centre);
    finish_squares += static_cast<double>(rank) * static_cast<double>(rank);
  }
  if (finish_squares == 0) return;
  std::vector<Offset> own(count);
  for (std::size_t t = 0; t < model_.tasks.size(); ++t) {
    if (!ranked_by_value_[t] && !model_.tasks[t].duration.varies()) continue;
    double product = 0, squares = 0;
    if (ranked_by_value_[t] || count < batch_size) {
      for (int k = 0; k < count; ++k) own[k] = durations_of(k / block_size, static_cast<int>(t))[k % block_size];
      const auto own_rank = ranks(own);
      for (int k = 0; k < count; ++k) {
        product += (own_rank[k] - centre) * static_cast<double>(finish_rank[k]);
        squares += (own_rank[k] - centre) * (own_rank[k] - centre);
      }
    } else {
      // sums of halves and whole numbers below 2^53: exact whatever the order of summing
      const unsigned short* strata = &strata_[t * batch_size];
      std::int64_t twice = 0;
      for (int k = 0; k < batch_size; ++k) twice += static_cast<std::int32_t>(strata[k]) * static_cast<std::int32_t>(2 * finish_rank[k]);
      product = static_cast<double>(twice) / 2;
      squares = (static_cast<double>(batch_size) * batch_size - 1) * batch_size / 12;
    }
    if (squares == 0) continue;
    rank_[t].sum += count * product / std::sqrt(squares * finish_squares);
    rank_[t].weight += count;
  }
}

Outcome Simulation::outcome() const {
  Outcome outcome{.iterations = done_, .finish = project_finish_, .cost = cost_, .milestones = milestone_finish_,
                  .tasks = std::vector<TaskOutcome>(model_.tasks.size()), .event_share = {}, .correlation_kept = correlation_kept_};
  const double count = std::max(1, done_);
  for (std::size_t t = 0; t < model_.tasks.size(); ++t) {
    outcome.tasks[t].criticality = static_cast<double>(critical_[t]) / count;
    outcome.tasks[t].mean_duration = duration_sum_[t] / count;
    if (rank_[t].weight > 0) outcome.tasks[t].sensitivity = rank_[t].sum / rank_[t].weight;
  }
  for (const std::int64_t occurred : event_count_) outcome.event_share.push_back(static_cast<double>(occurred) / count);
  return outcome;
}

std::optional<double> percentile(std::span<const double> values, double share) {
  std::vector<double> sorted(values.begin(), values.end());
  std::ranges::sort(sorted);
  return quantile_of_sorted(sorted, share);
}

std::optional<double> percentile(std::span<const Offset> values, double share) {
  return percentile(std::vector<double>(values.begin(), values.end()), share);
}

std::optional<Interval> percentile_interval(std::span<const Offset> values, double share) {
  if (values.empty()) return std::nullopt;
  std::vector<double> sorted(values.begin(), values.end());
  std::ranges::sort(sorted);
  const auto count = static_cast<double>(sorted.size());
  const double reach = 1.959964 * std::sqrt(share * (1 - share) / count);
  return Interval{*quantile_of_sorted(sorted, std::clamp(share - reach, 0.0, 1.0)), *quantile_of_sorted(sorted, std::clamp(share + reach, 0.0, 1.0))};
}

std::optional<double> joint_confidence(const Outcome& outcome, Offset finish, double cost) {
  if (outcome.iterations == 0) return std::nullopt;
  int within = 0;
  for (int i = 0; i < outcome.iterations; ++i) within += outcome.finish[i] <= finish && outcome.cost[i] <= cost;
  return static_cast<double>(within) / outcome.iterations;
}

std::optional<double> contingency(std::span<const double> values, double share, double base) {
  const auto value = percentile(values, share);
  return value ? std::optional(*value - base) : std::nullopt;
}

}  // namespace pmo::engine::simulation
