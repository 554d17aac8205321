// How sound a schedule is: the fourteen points of the US Defense Contract Management Agency (DCMA-EA PAM 200.1, 2012),
// each with a limit that a project may set for itself.
//
// Tasks are those without parts, active, not milestones where durations or resources are asked for; unless a point says
// otherwise only unfinished ones count. A point without anything to count has no value and is not judged.
#pragma once

#include "app/engine/schedule/schedule.h"
#include "app/model/outline.h"
#include "app/model/records/baseline.h"

namespace pmo::engine {

enum class QualityPoint : unsigned char {
  logic,               // tasks without predecessor or without successor; share of tasks
  leads,               // links with negative lag; share of links
  lags,                // links with positive lag; share of links
  link_types,          // finish-to-start links; share of links, at least
  hard_constraints,    // must start, must finish, no later than; share of tasks
  high_float,          // total float beyond the limit of days; share of tasks
  negative_float,      // total float below zero; share of tasks
  high_duration,       // longer than the limit of days; share of tasks
  invalid_dates,       // actual dates after the status date, planned ones before it; share of all tasks
  resources,           // tasks with a duration but neither resource nor cost; share of tasks
  missed_tasks,        // baseline finish reached, but finished later or not at all; share of those due
  critical_path_test,  // a delay of 600 working days of the first critical task arrives at the project's finish; where that
                       // is given, at its start
  critical_path_length_index,  // (critical path length + total float of the project's finish) / length, at least
  baseline_execution_index,    // finished tasks / (tasks due by the baseline + tasks not in it), at least
};

// Limits: shares in permille, indices in permille of 1, days in working days.
struct QualityLimits {
  std::int32_t limit[14] = {50, 0, 50, 900, 50, 50, 0, 50, 0, 0, 50, 1000, 950, 950};
  std::int32_t long_days = 44;  // of float and of duration
  friend bool operator==(const QualityLimits&, const QualityLimits&) = default;
};
// "logic=50;long_days=44": what differs from the usual limits. Unknown names and values that are no numbers are passed over.
QualityLimits quality_limits(std::string_view text);
std::string text_of(const QualityLimits& limits);

struct QualityFinding {
  QualityPoint point = QualityPoint::logic;
  int found = 0, of = 0;           // what broke the rule (link_types: finish-to-start links), of how many
  std::optional<double> value;     // found / of, or the index; none: nothing to judge
  bool at_least = false;           // the value must reach the limit instead of staying within it
  double limit = 0;                // as the value
  std::optional<bool> passed;      // none without a value
  std::vector<Index> tasks;        // that broke it; of links: the successors
};

struct QualityInput {
  const Outline& outline;
  const Plan& plan;
  const Schedule& schedule;
  std::vector<const BaselineTask*> baseline = {};  // by row; empty: no baseline
  std::vector<double> cost = {};                   // by row, planned
  Day status;
  std::int64_t minutes_per_day = 480;
};

// The fourteen findings in order.
std::vector<QualityFinding> assess_schedule(const QualityInput& input, const QualityLimits& limits = {});

}  // namespace pmo::engine
