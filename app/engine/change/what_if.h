// What if: edits tried on a copy of the project ("one more mason", "his leave two weeks later"), levelled or not, and what
// they would do. The project itself stays as it is until a trial is made for good.
#pragma once

#include "app/engine/change/change_impact.h"
#include "app/engine/levelling/level_project.h"

namespace pmo::engine {

struct TrialEdit {
  Id record;
  std::string field;  // its name
  Value value;
  friend bool operator==(const TrialEdit&, const TrialEdit&) = default;
};

struct WhatIf {
  std::vector<TrialEdit> edits;  // a later one of the same field replaces an earlier one
  bool level = true;             // resolve overloads afterwards (engine/levelling/level_plan.h); both sides, so that they compare
  bool within_float = false;
};

// How the plan stands: as the figures say, and how often a resource is asked for too much.
struct PlanState {
  ProjectFigures figures;
  std::int64_t overloads = 0;  // stretches of time
};

struct WhatIfResult {
  PlanState now;                      // the plan as it is
  PlanState without, with;            // without and with the edits; both levelled when that is wanted
  std::vector<TaskMove> tasks, milestones;  // that finish at another time with the edits than without
  std::vector<levelling::TaskDelay> delays;  // of tasks, where levelling with the edits wants another than the plan has
  std::vector<Error> faults;          // of edits that cannot be made; they are left out
};
// Today: for the money of a project without status date.
WhatIfResult try_out(const Project& project, const WhatIf& what_if, Day today);
// The same in steps: project and question must stay as they are until it is finished, then `result` holds the answer.
Steps try_out(const Project& project, const WhatIf& what_if, Day today, WhatIfResult& result);

// Makes the edits and sets the levelling delays that were found to follow. Errors: of the first edit that cannot be made.
Result<void> make_for_good(Transaction& transaction, const WhatIf& what_if, const WhatIfResult& found);

}  // namespace pmo::engine
