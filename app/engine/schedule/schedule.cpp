#include "app/engine/schedule/schedule.h"

#include "app/engine/schedule/schedule_passes.h"

namespace pmo::engine {

Schedule schedule(const Plan& plan) {
  Schedule result;
  Passes passes(plan, result);
  passes.run();
  passes.take_out_joins();
  return result;
}

Key diagnostic_key(DiagnosticKind kind) {
  switch (kind) {
    case DiagnosticKind::cycle: return "error.schedule.cycle"_key;
    case DiagnosticKind::no_working_time: return "error.schedule.no_working_time"_key;
    case DiagnosticKind::missed_deadline: return "error.schedule.missed_deadline"_key;
    case DiagnosticKind::missed_finish: return "error.schedule.missed_finish"_key;
    case DiagnosticKind::parts_break_constraint: return "error.schedule.parts_break_constraint"_key;
    case DiagnosticKind::parts_outside_own_dates: return "error.schedule.parts_outside_own_dates"_key;
    case DiagnosticKind::past_finish: return "error.schedule.past_finish"_key;
    case DiagnosticKind::outside_calendar: return "error.schedule.outside_calendar"_key;
    default: return "error.schedule.broken_constraint"_key;
  }
}

}  // namespace pmo::engine
