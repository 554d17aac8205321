// The links of a plan between single tasks, in an order in which predecessors come first. Internal to the schedule.
#pragma once

#include <span>

#include "app/engine/schedule.h"

namespace pmo::engine {

inline bool leaves_start(LinkType type) { return type == LinkType::start_to_start || type == LinkType::start_to_finish; }

// With a copy of what the passes ask of its link, so that they walk through one list.
struct Edge {
  Index from = -1, to = -1;  // tasks without parts
  Index link = -1;           // of the plan
  LinkType type = LinkType::finish_to_start;
  LagUnit unit = LagUnit::working;
  std::int64_t lag = 0;

  bool leaves_start() const { return engine::leaves_start(type); }
  bool enters_start() const { return type == LinkType::finish_to_start || type == LinkType::start_to_start; }
};

struct Network {
  std::vector<Edge> edges;            // grouped by successor
  std::vector<Index> first_in;        // edges into task t: first_in[t] .. first_in[t + 1]
  std::vector<Index> out, first_out;  // edge numbers out of each task
  std::vector<Index> order;           // active tasks without parts, predecessors first
  std::vector<Diagnostic> cycles;
};

// Makes a network of edges between tasks without parts; edges that close a circle are left out and reported (S10).
Network network_of(std::span<const PlanTask> tasks, std::vector<Edge> edges);

}  // namespace pmo::engine
