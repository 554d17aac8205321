// A status report from the registers: filled in, then edited by whoever reports, then issued.
#pragma once

#include "app/model/records/management.h"
#include "app/ui/context.h"

namespace pmo::desks {

// How far a status report looks back and ahead, where it names no period.
inline constexpr int status_period_days = 30;

// Proposes lights with their reasons, what was done in the period and comes in the next one, and the decisions that are
// waited for, as of the project's status date. A period that is not set becomes these days up to that day.
void fill_status_report(ui::Context& context, Transaction& change, const StatusReport& report);

// Issues it: the milestones' forecasts of the day are recorded, and a communication to its recipients is prepared.
void issue_status_report(ui::Context& context, Transaction& change, const StatusReport& report);

}  // namespace pmo::desks
