// The lights of a status report, proposed from the registers. Whoever reports may set them otherwise.
//
//   L1  schedule: finish against the baseline and SPI(t); red: over 10 % of the baseline's duration late or SPI(t) below
//       the project's limit for red (index_limits.h), amber: late at all or SPI(t) below that for amber
//   L2  cost: CPI by the project's limits and forecast over budget (over it amber, over 5 % red); the worse
//   L3  risk: an extreme risk, or exposure above the reserve that is left: red; a high risk: amber
//   L4  quality: a critical or late nonconformity, a failed gate: red; an open major one, a failed inspection without a
//       retest that passed, or a retest of that: amber
//   L5  scope: a change of scope that waits longer than it should: red; one that waits: amber
//   L6  overall: red when two are red or one of schedule and cost is, otherwise the worst but not red
// Not rated: there is nothing to judge by. Source: PMBOK, "Monitor and control project work".
#pragma once

#include "app/engine/control/finance_of_project.h"
#include "app/model/records/management.h"

namespace pmo::engine {

// pmo::Health is the light; engine::Health belongs to indices.
using Light = pmo::Health;

struct Assessment {
  Light light = Light::not_rated;
  Key reason = "status.reason.nothing"_key;
  std::vector<std::string> arguments = {};
};

struct StatusAssessment {
  Assessment scope, schedule, cost, risk, quality;
  Light overall = Light::not_rated;
};
StatusAssessment assess_status(const Project& project, const Outline& outline, const Schedule& schedule, const ProjectEarnedValue& value, Day today);

// Late tasks, everywhere: unfinished ones that the plan lets finish before the date up to which the project reports
// (status_day), not before today: what was done since then nobody has reported. Rows of the outline, without summaries.
std::vector<std::size_t> late_tasks(const Outline& outline, const Schedule& schedule, Day status);

}  // namespace pmo::engine
