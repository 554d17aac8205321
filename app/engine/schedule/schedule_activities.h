// The tasks of a plan as the passes of the schedule walk through them: what every pass asks, close together, and how a task
// lies in working time. Behind the plan's tasks stand joins (schedule_network.h). Internal to the schedule.
#pragma once

#include <algorithm>

#include "app/engine/schedule/plan_calendars.h"

namespace pmo::engine {

// What one task does in working time. Nearly always one part; several when resources have different calendars (S9).
struct Part {
  const WorkTime* time = nullptr;
  std::int64_t work = 0;  // of the whole task, breaks included
};

struct Activity {
  enum Trait : std::uint8_t {
    takes_part = 1,  // active, without parts below it
    summary = 2,
    started = 4,
    finished = 8,
    late = 16,   // as late as possible
    plain = 32,  // work in its own calendar and nothing else: no progress, constraint, deadline, delay, manual dates
    is_join = 64,
    keeps_dates = 128  // a summary by hand
  };
  using Traits = std::uint8_t;
  Part only;
  const WorkTime* time = nullptr;        // of the task: links, float
  Index first_part = 0, part_count = 0;  // 0: `only`
  Index parent = -1;
};

class Activities {
 public:
  Activities(const Plan& plan, PlanCalendars& calendars);

  const Activity& operator[](Index task) const { return list_[task]; }
  std::size_t size() const { return list_.size(); }
  std::span<const Activity> list() const { return list_; }
  bool is(Index task, int trait) const { return (traits_[task] & trait) != 0; }
  std::span<const Activity::Traits> traits() const { return traits_; }
  const std::vector<Index>& special() const { return special_; }  // of those that take part, all that are not plain
  const std::vector<Index>& asking_summaries() const { return asking_summaries_; }  // with constraints, deadlines or own dates
  // What the summaries above a task ask of it (S12).
  const SummaryLimits* limits_of(Index task) const { return limits_.empty() ? nullptr : &limits_[task]; }

  Index add_join();
  void give(Index task, Activity::Trait trait) { traits_[task] |= trait; }

  // In all its parts: from a start to the finish, and back.
  Minute finish_from(const Activity& activity, Minute start) const {
    return over_parts(activity, [&](const Part& part) { return part.time->add(start, part.work); }, later);
  }
  Minute start_from(const Activity& activity, Minute finish) const {
    return over_parts(activity, [&](const Part& part) { return part.time->add(finish, -part.work); }, earlier);
  }
  // The next moment at which the task can begin (S1), and the last before a moment at which it can end.
  Minute working_start(const Activity& activity, Minute moment) const {
    const auto next = over_parts(activity, [&](const Part& part) { return part.time->next_start(moment); }, earlier);
    if (next > moment && activity.only.work == 0 && activity.only.time->previous_finish(moment) == moment) return moment;
    return next;
  }
  Minute working_finish(const Activity& activity, Minute moment) const {
    return over_parts(activity, [&](const Part& part) { return part.time->previous_finish(moment); }, later);
  }

 private:
  template <class Each, class Best>
  Minute over_parts(const Activity& activity, Each each, Best best) const {
    if (activity.part_count == 0) return each(activity.only);
    Minute result = each(parts_[activity.first_part]);
    for (Index p = 1; p < activity.part_count; ++p) result = best(result, each(parts_[activity.first_part + p]));
    return result;
  }
  static Minute later(Minute a, Minute b) { return std::max(a, b); }
  static Minute earlier(Minute a, Minute b) { return std::min(a, b); }

  void add_summaries(const Plan& plan);
  void add_assignments(const Plan& plan);

  PlanCalendars& calendars_;
  std::vector<Activity> list_;
  std::vector<Activity::Traits> traits_;  // close together: links ask for them in any order
  std::vector<Part> parts_;
  std::vector<Index> special_, asking_summaries_;
  std::vector<SummaryLimits> limits_;
};

}  // namespace pmo::engine
