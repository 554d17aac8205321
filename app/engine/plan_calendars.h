// The compiled calendars of a plan, each once, however many tasks and resources share it.
#pragma once

#include <map>
#include <memory>

#include "app/engine/plan.h"

namespace pmo::engine {

// The plan must outlive it. Pointers stay valid as long as it lives.
class PlanCalendars {
 public:
  explicit PlanCalendars(const Plan& plan) : plan_(plan), compiled_(plan.calendars.size()) {}

  const WorkTime* of(Index calendar);  // -1: the project's
  const WorkTime* project();           // the standard calendar when the plan names none
  const WorkTime* both(const WorkTime* a, const WorkTime* b);  // works when both do
  const WorkTime* always() const { return &always_; }

  // In which an assignment's work is done, and in which a task without work resources is (schedule.h, S9).
  const WorkTime* of_assignment(const PlanAssignment& assignment);
  const WorkTime* of_task(Index task);

 private:
  const Plan& plan_;
  std::vector<std::unique_ptr<WorkTime>> compiled_;
  std::unique_ptr<WorkTime> standard_;
  const WorkTime* project_ = nullptr;
  std::map<std::pair<const WorkTime*, const WorkTime*>, std::unique_ptr<WorkTime>> both_;
  WorkTime always_;
};

}  // namespace pmo::engine
