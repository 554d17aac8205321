// The compiled calendars of a plan, each once, however many tasks and resources share it.
#pragma once

#include <map>
#include <memory>

#include "app/engine/schedule/plan.h"

namespace pmo::engine {

// Calendars, each compiled when first asked for. A plan carries them along (Plan::compiled), so that what is computed again
// with the same calendars, after an edit or in a "what if", need not compile them again. Pointers stay valid as long as
// it lives.
class CompiledCalendars {
 public:
  explicit CompiledCalendars(std::vector<CalendarDefinition> definitions)
      : definitions_(std::move(definitions)), compiled_(definitions_.size()) {}

  bool made_of(const std::vector<CalendarDefinition>& definitions) const { return definitions_ == definitions; }
  const WorkTime* of(Index calendar);  // an index of the definitions
  const WorkTime* standard();
  const WorkTime* both(const WorkTime* a, const WorkTime* b);  // works when both do

 private:
  Index speaking(Index calendar) const;

  std::vector<CalendarDefinition> definitions_;
  std::vector<std::unique_ptr<WorkTime>> compiled_;
  std::unique_ptr<WorkTime> standard_;
  std::map<std::pair<const WorkTime*, const WorkTime*>, std::unique_ptr<WorkTime>> both_;
};

// The plan must outlive it. Pointers stay valid as long as it lives. Takes what the plan carries along, when that was made
// of the calendars that the plan has now.
class PlanCalendars {
 public:
  explicit PlanCalendars(const Plan& plan);

  const WorkTime* of(Index calendar);  // -1: the project's
  const WorkTime* project();           // the standard calendar when the plan names none
  const WorkTime* both(const WorkTime* a, const WorkTime* b) { return compiled_->both(a, b); }
  const WorkTime* always() const { return &always_; }

  // In which an assignment's work is done, and in which a task without work resources is (schedule.h, S9).
  const WorkTime* of_assignment(const PlanAssignment& assignment);
  const WorkTime* of_task(Index task);

 private:
  const Plan& plan_;
  std::shared_ptr<CompiledCalendars> compiled_;
  const WorkTime* project_ = nullptr;
  std::vector<const WorkTime*> known_;  // of calendars that were asked for
  WorkTime always_;
};

}  // namespace pmo::engine
