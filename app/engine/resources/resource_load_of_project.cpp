#include "app/engine/resources/resource_load_of_project.h"

#include <algorithm>

#include "app/engine/resources/availability.h"
#include "app/engine/schedule/plan_calendars.h"

namespace pmo::engine {
namespace {

// Working stretches of a calendar between two moments.
void add_pieces(const WorkTime& time, Minute from, Minute to, Permille units, Index task, std::vector<LoadPiece>& pieces) {
  if (time.continuous()) {
    pieces.push_back({from, to, units, task});
    return;
  }
  for (Day day = from.day(); Minute::at(day) < to; day = day + 1)
    for (const Shift& shift : time.shifts(day)) {
      const auto start = std::max(from, Minute::at(day, shift.start)), finish = std::min(to, Minute::at(day, shift.finish));
      if (start < finish) pieces.push_back({start, finish, units, task});
    }
}

struct Asked {
  Minute start, finish;
  std::int32_t units;
  Index task;
};

// Stretches between starts and finishes in which the units asked for exceed those offered; neighbours with the same
// tasks are one.
std::vector<LoadConflict> conflicts_of(const PlanResource& resource, const std::vector<Asked>& asked) {
  std::vector<Minute> edges;
  for (const Asked& a : asked) {
    edges.push_back(a.start);
    edges.push_back(a.finish);
  }
  for (const Day change : changes_of_units(resource)) edges.push_back(Minute::at(change));
  std::ranges::sort(edges);
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  std::vector<Asked> by_start = asked;
  std::ranges::stable_sort(by_start, {}, &Asked::start);
  std::vector<LoadConflict> conflicts;
  std::vector<Asked> running;
  std::size_t next = 0;
  for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
    std::erase_if(running, [&](const Asked& a) { return a.finish <= edges[i]; });
    for (; next < by_start.size() && by_start[next].start <= edges[i]; ++next)
      if (by_start[next].finish > edges[i]) running.push_back(by_start[next]);
    std::int64_t units = 0;
    LoadConflict conflict{edges[i], edges[i + 1], {}, {units_on(resource, edges[i].day())}, {}};
    for (const Asked& a : running) {
      units += a.units;
      conflict.tasks.push_back(a.task);
    }
    if (units <= conflict.offered.value) continue;
    conflict.demanded = {static_cast<std::int32_t>(std::min<std::int64_t>(units, 1'000'000'000))};
    std::ranges::sort(conflict.tasks);
    const auto dropped = std::ranges::unique(conflict.tasks);
    conflict.tasks.erase(dropped.begin(), dropped.end());
    const bool goes_on = !conflicts.empty() && conflicts.back().finish == conflict.start && conflicts.back().tasks == conflict.tasks &&
                         conflicts.back().demanded == conflict.demanded && conflicts.back().offered == conflict.offered;
    if (goes_on) conflicts.back().finish = conflict.finish;
    else conflicts.push_back(std::move(conflict));
  }
  return conflicts;
}

}  // namespace

std::vector<LoadPiece> resource_offer(const PlanResource& resource, const WorkTime& time, Minute from, Minute to) {
  std::vector<LoadPiece> pieces;
  const auto add_until = [&](Minute until) {
    if (from >= until) return;
    if (const auto units = units_on(resource, from.day()); units > 0) add_pieces(time, from, until, {units}, -1, pieces);
    from = until;
  };
  for (const Day change : changes_of_units(resource)) add_until(std::min(to, Minute::at(change)));
  add_until(to);
  return pieces;
}

std::vector<ResourceDemand> resource_demand(const Plan& plan, const Schedule& schedule) {
  PlanCalendars calendars(plan);
  std::vector<ResourceDemand> list;
  std::vector<Index> entry_of(plan.resources.size(), -1);
  for (std::size_t r = 0; r < plan.resources.size(); ++r) {
    const auto kind = plan.resources[r].kind;
    if (kind != ResourceKind::person && kind != ResourceKind::equipment) continue;
    entry_of[r] = static_cast<Index>(list.size());
    list.push_back({.resource = static_cast<Index>(r), .demand = {}, .offer = {}, .conflicts = {}});
  }
  std::vector<std::vector<Asked>> asked(list.size());
  std::optional<Minute> first, last;
  for (const PlanAssignment& assignment : plan.assignments) {
    const Index entry = entry_of[assignment.resource], t = assignment.task;
    if (entry < 0 || !schedule.scheduled[t] || plan.tasks[t].summary || assignment.units <= 0) continue;
    const Minute start = schedule.start[t], finish = schedule.finish[t];
    if (finish <= start) continue;
    first = first ? std::min(*first, start) : start;
    last = last ? std::max(*last, finish) : finish;
    for (const auto& stretch : stretches_of(schedule, t)) {
      asked[entry].push_back({stretch.start, stretch.finish, assignment.units, t});
      add_pieces(*calendars.of_assignment(assignment), stretch.start, stretch.finish, {assignment.units}, t, list[entry].demand);
    }
  }
  for (std::size_t i = 0; i < list.size() && first; ++i) {
    const PlanResource& resource = plan.resources[list[i].resource];
    list[i].offer = resource_offer(resource, *calendars.of(resource.calendar), Minute::at(first->day()), *last);
    list[i].conflicts = conflicts_of(resource, asked[i]);
  }
  return list;
}

}  // namespace pmo::engine
