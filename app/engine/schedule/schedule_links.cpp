#include "app/engine/schedule/schedule_network.h"

namespace pmo::engine {
namespace {

DirectedEdge edge_of(const PlanLink& link, Index number, Index from, Index to) {
  constexpr std::int64_t longest = 1 << 30;  // two thousand years
  return {to, {from, number, static_cast<std::int32_t>(std::clamp(link.lag, -longest, longest)), link.type, link.unit}};
}

}  // namespace

LinkSpreader::LinkSpreader(const Plan& plan, Activities& activities)
    : plan_(plan), activities_(activities), joins_from_(static_cast<Index>(activities.size())) {}

bool LinkSpreader::has_join(const PlanLink& link) const {
  if (leaves_start(link.type) || !activities_.is(link.from, Activity::summary)) return false;
  return is_percent(link.unit) || activities_.is(link.to, Activity::summary);
}

void LinkSpreader::join(std::vector<DirectedEdge>& list, Index link_index, Index at) {
  const auto& link = plan_.links[link_index];
  const auto from = leaves(link.from), to = leaves(link.to);
  const auto takes_part = [&](Index t) { return activities_.is(t, Activity::takes_part); };
  if (std::ranges::any_of(from, takes_part) && std::ranges::any_of(to, takes_part)) activities_.give(at, Activity::takes_part);
  const auto asks_nothing = [&](Index t) { return !takes_part(t) || activities_.is(t, Activity::finished); };
  if (std::ranges::all_of(from, asks_nothing)) activities_.give(at, Activity::finished);
  for (const auto f : from) list.push_back({at, {.from = f, .link = link_index}});
  for (const auto t : to) list.push_back(edge_of(link, link_index, at, t));
}

void LinkSpreader::collect_children() {
  if (!first_child_.empty()) return;
  const auto tasks = activities_.list().first(static_cast<std::size_t>(joins_from_));
  first_child_.assign(tasks.size() + 1, 0);
  for (const auto& task : tasks)
    if (task.parent >= 0) ++first_child_[task.parent + 1];
  for (std::size_t t = 0; t < tasks.size(); ++t) first_child_[t + 1] += first_child_[t];
  children_.resize(static_cast<std::size_t>(first_child_[tasks.size()]));
  auto next = first_child_;
  for (std::size_t t = 0; t < tasks.size(); ++t)
    if (tasks[t].parent >= 0) children_[next[tasks[t].parent]++] = static_cast<Index>(t);
}

std::vector<Index> LinkSpreader::leaves(Index task) {
  if (!activities_.is(task, Activity::summary)) return {task};
  collect_children();
  std::vector<Index> found, stack{task};
  while (!stack.empty()) {
    const auto t = stack.back();
    stack.pop_back();
    if (!activities_.is(t, Activity::summary)) found.push_back(t);
    for (auto c = first_child_[t + 1]; c > first_child_[t]; --c) stack.push_back(children_[c - 1]);
  }
  return found;
}

bool LinkSpreader::within(Index task, Index summary) const {
  while (task >= 0 && task != summary) task = activities_[task].parent;
  return task == summary;
}

std::int64_t LinkSpreader::span_of(Index summary, const Schedule& early) {
  std::optional<Minute> first, last;
  for (const auto t : leaves(summary)) {
    if (!activities_.is(t, Activity::takes_part)) continue;
    first = std::min(first.value_or(early.early_start[t]), early.early_start[t]);
    last = std::max(last.value_or(early.early_finish[t]), early.early_finish[t]);
  }
  return first ? std::max<std::int64_t>(0, activities_[summary].time->between(*first, *last)) : 0;
}

// From the earliest task of the summary that takes part.
void LinkSpreader::from_start(std::vector<DirectedEdge>& list, Index link_index, const Schedule& first_pass) {
  auto link = plan_.links[link_index];
  auto from = leaves(link.from);
  std::erase_if(from, [&](Index t) { return !activities_.is(t, Activity::takes_part); });
  if (from.empty()) return;
  const auto earliest = *std::ranges::min_element(from, {}, [&](Index t) { return first_pass.early_start[t]; });
  if (is_percent(link.unit)) {
    link.lag = span_of(link.from, first_pass) * std::clamp(link.lag, -most_percent, most_percent) / 1000;
    link.unit = is_elapsed(link.unit) ? LagUnit::elapsed : LagUnit::working;
  }
  for (const auto t : leaves(link.to)) list.push_back(edge_of(link, link_index, earliest, t));
}

std::vector<DirectedEdge> LinkSpreader::edges(const Schedule* first_pass) {
  std::vector<DirectedEdge> list;
  list.reserve(plan_.links.size());
  auto next_join = joins_from_;
  for (std::size_t i = 0; i < plan_.links.size(); ++i) {
    const auto& link = plan_.links[i];
    const auto index = static_cast<Index>(i);
    if (link.from < 0 || link.to < 0) continue;
    const bool from_summary = activities_.is(link.from, Activity::summary), to_summary = activities_.is(link.to, Activity::summary);
    if (!from_summary && !to_summary) {
      list.push_back(edge_of(link, index, link.from, link.to));
      continue;
    }
    const auto join_at = !has_join(link) ? -1 : first_pass ? next_join++ : activities_.add_join();
    if (within(link.from, link.to) || within(link.to, link.from)) {
      if (!first_pass) own_summary_.push_back(index);
      continue;
    }
    if (join_at >= 0) {
      join(list, index, join_at);
      continue;
    }
    if (from_summary && leaves_start(link.type)) {
      needs_early_starts_ = true;
      if (first_pass) from_start(list, index, *first_pass);
      continue;
    }
    const auto to = leaves(link.to);
    for (const auto f : leaves(link.from))
      for (const auto t : to) list.push_back(edge_of(link, index, f, t));
  }
  return list;
}

}  // namespace pmo::engine
