// Milestone trend analysis: when each milestone was expected, as of each report. Reports are the baselines (their day and
// their dates), the forecasts that were recorded with status reports, and the plan as it is now.
// Source: DIN 69901-5 / GPM, "Meilensteintrendanalyse"; PMBOK, schedule control.
//
//   M1  of two reports of one day the later kind counts: plan of today, recorded forecast, baseline
//   M2  a line is level when the milestone keeps its date, rises when it slips, falls when it gains; it ends on the
//       diagonal (report date = milestone date) on the day on which the milestone was reached
#pragma once

#include "app/engine/control/baselines.h"

namespace pmo::engine {

struct TrendPoint {
  Day reported, finish;
  friend bool operator==(const TrendPoint&, const TrendPoint&) = default;
};

struct MilestoneTrend {
  Id task;
  std::vector<TrendPoint> points;  // by day of the report, at least one
  bool reached = false;
  int slip() const { return points.back().finish - points.front().finish; }  // calendar days; negative: gained
};

// The active milestones in the order of their present dates; `status` is the day for which the plan speaks.
std::vector<MilestoneTrend> milestone_trends(const Project& project, const Outline& outline, const Schedule& schedule, Day status);

// Keeps the dates of all milestones not yet reached as of a day; what was recorded for that day is replaced. How many.
int record_forecasts(Transaction& transaction, const Outline& outline, const Schedule& schedule, Day day);

}  // namespace pmo::engine
