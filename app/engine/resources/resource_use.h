// What resources were used for, against what was planned: hours of people and machines by timesheets, material by stock
// movements. Rejected timesheets do not count.
//
//   U1  planned work of an assignment without a figure is units x duration; done of it is the share of the task that is done.
//       Tasks that are not active ask for nothing
//   U2  stock: receipts - issues + what the site returns - what goes back to the vendor + corrections (which carry their
//       sign). Material is to be ordered at its reorder point, unless all that is planned has been issued
//   U3  actual is compared with what was planned for the time that timesheets tell of, from the resource's first to its
//       last: the planned work that is done, taken to have gone on evenly over the working time since the actual start. Of a
//       task without an actual start all of it
// Source: PMBOK, "Control resources".
#pragma once

#include "app/engine/schedule/plan.h"
#include "app/model/project.h"
#include "app/model/records/resource_use.h"

namespace pmo::engine {

struct WorkUse {
  Id resource;
  WorkMinutes planned;                    // of all its assignments
  WorkMinutes planned_then;               // of what is done, in the time that the timesheets tell of (U3)
  WorkMinutes actual, overtime;           // actual without overtime
  WorkMinutes unapproved;                 // of actual and overtime
  std::optional<Day> first, last;         // of the timesheets
  // (actual + overtime) / planned then; none when nothing was.
  std::optional<double> ratio() const {
    return planned_then.value > 0 ? std::optional(static_cast<double>((actual + overtime).value) / static_cast<double>(planned_then.value)) : std::nullopt;
  }
};
// People and equipment with assignments or timesheets, in the order of the register.
std::vector<WorkUse> work_use(const Project& project, const Plan& plan);

struct MaterialUse {
  Id resource;
  double planned = 0;    // by assignments
  double received = 0, issued = 0, stock = 0;
  std::optional<double> reorder_point, reorder_quantity;
  bool to_order() const { return reorder_point && stock <= *reorder_point && (planned <= 0 || issued < planned); }
};
std::vector<MaterialUse> material_use(const Project& project);

}  // namespace pmo::engine
