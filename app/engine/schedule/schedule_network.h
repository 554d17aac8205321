// The links of a plan between single tasks, and an order in which predecessors come first. Internal to the schedule.
#pragma once

#include "app/engine/schedule/schedule.h"
#include "app/engine/schedule/schedule_activities.h"

namespace pmo::engine {

constexpr std::int64_t most_percent = 1 << 24;  // permille: more than anyone can mean, and nothing overflows

inline bool leaves_start(LinkType type) { return type == LinkType::start_to_start || type == LinkType::start_to_finish; }

// With a copy of what the passes ask of its link, so that they walk through one list. Where it leads to follows from its
// place in the list.
struct Edge {
  Index from = -1;          // a task without parts, or a join
  Index link = -1;          // of the plan
  std::int32_t lag = 0;
  LinkType type = LinkType::finish_to_start;
  LagUnit unit = LagUnit::working;

  bool leaves_start() const { return engine::leaves_start(type); }
  bool enters_start() const { return type == LinkType::finish_to_start || type == LinkType::start_to_start; }
};

struct Network {
  std::vector<Edge> edges;      // grouped by successor: the only direction that the passes need
  std::vector<Index> first_in;  // edges into task t: first_in[t] .. first_in[t + 1]
  std::vector<Index> order;     // tasks that take part, predecessors first
  std::vector<Diagnostic> cycles;

  std::span<const Edge> into(Index task) const {
    return std::span(edges).subspan(static_cast<std::size_t>(first_in[task]), static_cast<std::size_t>(first_in[task + 1] - first_in[task]));
  }
};

struct DirectedEdge {
  Index to = -1;
  Edge edge;
};

// Makes a network of edges between tasks without parts; edges of tasks that take no part, and edges that close a circle,
// are left out, these reported (S10).
Network network_of(std::span<const Activity::Traits> traits, std::vector<DirectedEdge> edges);

// From the links of a plan to edges (S2). A link from the finish of one summary to another holds between each task of the
// one and each of the other. In between stands a join, an activity that takes no time: as many edges as there are tasks,
// instead of their product. One stands behind the tasks of every summary of which a percent lag is taken, too: when its
// turn comes, the summary's span is known.
class LinkSpreader {
 public:
  LinkSpreader(const Plan& plan, Activities& activities);

  // Links that leave from the start of a summary need its earliest task, and for a percent lag its span, which only a first
  // pass tells: without its early dates they are left out. That first time the joins are added to the activities.
  std::vector<DirectedEdge> edges(const Schedule* first_pass);
  bool needs_early_starts() const { return needs_early_starts_; }
  const std::vector<Index>& within_own_summary() const { return own_summary_; }  // links that mean nothing
  std::vector<Index> leaves(Index task);  // tasks without parts below a task, itself when it has none
  // From the first early start to the last early finish of the tasks below, in the summary's working time.
  std::int64_t span_of(Index summary, const Schedule& early);

 private:
  void from_start(std::vector<DirectedEdge>& list, Index link, const Schedule& first_pass);
  bool has_join(const PlanLink& link) const;
  void join(std::vector<DirectedEdge>& list, Index link, Index at);
  bool within(Index task, Index summary) const;
  void collect_children();

  const Plan& plan_;
  Activities& activities_;
  Index joins_from_;
  std::vector<Index> first_child_, children_, own_summary_;
  bool needs_early_starts_ = false;
};

}  // namespace pmo::engine
