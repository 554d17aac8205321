#include "app/engine/schedule/schedule_network.h"

#include <set>

namespace pmo::engine {
namespace {

bool takes_part(Activity::Traits traits) { return (traits & Activity::takes_part) != 0; }

void group_by_successor(std::span<const Activity::Traits> traits, const std::vector<DirectedEdge>& edges, Network& network) {
  // Nearly always all tasks take part; then each edge need not ask at both its ends.
  const bool all = std::ranges::all_of(traits, [](Activity::Traits t) { return (t & (Activity::takes_part | Activity::summary)) != 0; });
  const auto stays = [&](const DirectedEdge& edge) { return all || (takes_part(traits[edge.edge.from]) && takes_part(traits[edge.to])); };
  auto& first = network.first_in;
  first.assign(traits.size() + 1, 0);
  for (const auto& edge : edges)
    if (stays(edge)) ++first[edge.to + 1];
  for (std::size_t t = 0; t < traits.size(); ++t) first[t + 1] += first[t];
  network.edges.resize(static_cast<std::size_t>(first.back()));
  auto next = first;
  for (const auto& edge : edges)
    if (stays(edge)) network.edges[next[edge.to]++] = edge.edge;
}

// Kahn's algorithm from the last tasks back to the first, along chains rather than across them: what comes before a task
// lies near it in most plans, and in memory. True when every task found its place.
bool put_in_order(std::span<const Activity::Traits> traits, Network& network) {
  const auto count = traits.size();
  constexpr Index placed = -1;
  std::vector<Index> waiting(count, 0);  // for so many successors
  for (const auto& edge : network.edges) ++waiting[edge.from];
  auto at = static_cast<std::size_t>(std::ranges::count_if(traits, takes_part));
  network.order.resize(at);
  std::vector<Index> ready;
  for (auto last = static_cast<Index>(count); last-- > 0;) {
    if (!takes_part(traits[last]) || waiting[last] != 0) continue;
    ready.push_back(last);
    while (!ready.empty()) {
      const auto t = ready.back();
      ready.pop_back();
      waiting[t] = placed;
      network.order[--at] = t;
      for (const auto& edge : network.into(t))
        if (--waiting[edge.from] == 0) ready.push_back(edge.from);
    }
  }
  return at == 0;
}

// Walks the links depth first, without recursion. An edge back to a task on the way closes a circle: it is marked,
// and the way from there to here is a cycle. What remains has no circle.
class CircleFinder {
 public:
  CircleFinder(std::size_t tasks, Network& network) : network_(network), first_out_(tasks + 1, 0), out_(network.edges.size()),
        state_(tasks, unseen), named_(tasks, 0) {
    for (const auto& edge : network.edges) ++first_out_[edge.from + 1];
    for (std::size_t t = 0; t < tasks; ++t) first_out_[t + 1] += first_out_[t];
    auto next = first_out_;
    for (Index to = 0; to < std::ssize(state_); ++to)
      for (auto e = network.first_in[to]; e < network.first_in[to + 1]; ++e) out_[next[network.edges[e].from]++] = {to, e};
  }

  // The edges that close no circle.
  std::vector<DirectedEdge> open_edges() {
    for (std::size_t root = 0; root < state_.size(); ++root)
      if (state_[root] == unseen) walk_from(static_cast<Index>(root));
    std::vector<DirectedEdge> open;
    for (Index to = 0; to < std::ssize(state_); ++to)
      for (const auto& edge : network_.into(to))
        if (!closing_.contains(static_cast<Index>(&edge - network_.edges.data()))) open.push_back({to, edge});
    return open;
  }

 private:
  enum : std::uint8_t { unseen, on_way, done };
  struct Step { Index task, next; };

  void walk_from(Index root) {
    enter(root);
    while (!way_.empty()) {
      auto& [task, next] = way_.back();
      if (next == first_out_[task + 1]) {
        state_[task] = done;
        way_.pop_back();
        continue;
      }
      const auto [to, edge] = out_[next++];
      if (state_[to] == unseen) enter(to);
      else if (state_[to] == on_way) close(edge, to);
    }
  }
  void enter(Index task) {
    way_.push_back({task, first_out_[task]});
    state_[task] = on_way;
  }
  void close(Index edge, Index to) {
    closing_.insert(edge);
    Diagnostic cycle{DiagnosticKind::cycle, {}};
    bool fresh = false;  // a circle whose tasks are all in other circles says nothing new
    for (auto step = std::ranges::find(way_, to, &Step::task); step != way_.end(); ++step) {
      cycle.tasks.push_back(step->task);
      fresh |= !named_[step->task];
    }
    if (!fresh || network_.cycles.size() >= 100) return;
    for (const auto t : cycle.tasks) named_[t] = 1;
    network_.cycles.push_back(std::move(cycle));
  }

  Network& network_;
  struct Way { Index to, edge; };
  std::vector<Index> first_out_;
  std::vector<Way> out_;  // of each task
  std::vector<std::uint8_t> state_, named_;
  std::set<Index> closing_;
  std::vector<Step> way_;
};

}  // namespace

Network network_of(std::span<const Activity::Traits> traits, std::vector<DirectedEdge> edges) {
  Network network;
  group_by_successor(traits, edges, network);
  if (put_in_order(traits, network)) return network;
  edges = CircleFinder(traits.size(), network).open_edges();
  group_by_successor(traits, edges, network);
  put_in_order(traits, network);
  return network;
}

}  // namespace pmo::engine
