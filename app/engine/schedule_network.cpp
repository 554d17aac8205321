#include "app/engine/schedule_network.h"

#include <algorithm>

namespace pmo::engine {
namespace {

bool takes_part(const PlanTask& task) { return task.active && !task.summary; }

void group(Network& network, std::vector<Edge> edges, std::size_t tasks) {
  network.first_in.assign(tasks + 1, 0);
  network.first_out.assign(tasks + 1, 0);
  for (const auto& edge : edges) {
    ++network.first_in[edge.to + 1];
    ++network.first_out[edge.from + 1];
  }
  for (std::size_t t = 0; t < tasks; ++t) {
    network.first_in[t + 1] += network.first_in[t];
    network.first_out[t + 1] += network.first_out[t];
  }
  network.edges.resize(edges.size());
  auto next = network.first_in;
  for (const auto& edge : edges) network.edges[next[edge.to]++] = edge;
  network.out.resize(edges.size());
  next = network.first_out;
  for (std::size_t e = 0; e < edges.size(); ++e) network.out[next[network.edges[e].from]++] = static_cast<Index>(e);
}

// Kahn's algorithm, along chains rather than across them: what comes after a task lies near it in most plans, and in
// memory. True when every task found its place.
bool sort(std::span<const PlanTask> tasks, Network& network) {
  const auto count = tasks.size();
  std::vector<Index> waiting(count, 0);
  network.order.clear();
  network.order.reserve(count);
  std::size_t expected = 0;
  for (std::size_t t = 0; t < count; ++t) {
    waiting[t] = network.first_in[t + 1] - network.first_in[t];
    expected += takes_part(tasks[t]);
  }
  std::vector<Index> ready;
  for (std::size_t root = 0; root < count; ++root) {
    if (!takes_part(tasks[root]) || network.first_in[root] != network.first_in[root + 1]) continue;
    ready.push_back(static_cast<Index>(root));
    while (!ready.empty()) {
      const auto t = ready.back();
      ready.pop_back();
      network.order.push_back(t);
      for (auto e = network.first_out[t]; e < network.first_out[t + 1]; ++e) {
        const auto to = network.edges[network.out[e]].to;
        if (--waiting[to] == 0) ready.push_back(to);
      }
    }
  }
  return network.order.size() == expected;
}

// Walks the links depth first, without recursion. An edge back to a task on the way closes a circle: it is marked,
// and the way from there to here is a cycle. What remains has no circle.
std::vector<std::uint8_t> closing_edges(std::span<const PlanTask> tasks, Network& network) {
  enum : std::uint8_t { unseen, on_way, done };
  std::vector<std::uint8_t> state(tasks.size(), unseen), closing(network.edges.size(), 0);
  std::vector<std::uint8_t> named(tasks.size(), 0);
  struct Step { Index task, next; };
  std::vector<Step> way;
  for (std::size_t root = 0; root < tasks.size(); ++root) {
    if (state[root] != unseen) continue;
    way.push_back({static_cast<Index>(root), network.first_out[root]});
    state[root] = on_way;
    while (!way.empty()) {
      auto& [task, next] = way.back();
      if (next == network.first_out[task + 1]) {
        state[task] = done;
        way.pop_back();
        continue;
      }
      const auto edge = network.out[next++];
      const auto to = network.edges[edge].to;
      if (state[to] == unseen) {
        state[to] = on_way;
        way.push_back({to, network.first_out[to]});
      } else if (state[to] == on_way) {
        closing[edge] = 1;
        Diagnostic cycle{DiagnosticKind::cycle, {}};
        const auto begin = std::ranges::find(way, to, &Step::task);
        bool fresh = false;  // a circle whose tasks are all in other circles says nothing new
        for (auto step = begin; step != way.end(); ++step) {
          cycle.tasks.push_back(step->task);
          fresh |= !named[step->task];
        }
        if (fresh && network.cycles.size() < 100) {
          for (const auto t : cycle.tasks) named[t] = 1;
          network.cycles.push_back(std::move(cycle));
        }
      }
    }
  }
  return closing;
}

}  // namespace

Network network_of(std::span<const PlanTask> tasks, std::vector<Edge> edges) {
  Network network;
  std::erase_if(edges, [&](const Edge& edge) {
    return !takes_part(tasks[edge.from]) || !takes_part(tasks[edge.to]);
  });
  group(network, std::move(edges), tasks.size());
  if (sort(tasks, network)) return network;
  const auto closing = closing_edges(tasks, network);
  std::vector<Edge> open;
  for (std::size_t e = 0; e < closing.size(); ++e)
    if (!closing[e]) open.push_back(network.edges[e]);
  group(network, std::move(open), tasks.size());
  sort(tasks, network);
  return network;
}

}  // namespace pmo::engine
