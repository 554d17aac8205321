// Which indices are below the project's limits: of the whole, of its main parts and of its cost accounts. What is finished
// alerts nobody: there is nothing left to correct.
#pragma once

#include "app/engine/control/earned_value_of_project.h"
#include "app/engine/control/index_limits.h"
#include "app/model/records/management.h"

namespace pmo::engine {

struct IndexAlert {
  Indicator indicator = Indicator::none;
  Health health = Health::warning;  // or bad
  double value = 0, limit = 0;      // the limit that it falls short of
  EarnedValueAmounts amounts;       // minor units
  Ref<Task> task = {};              // without task and account: the project
  Ref<CostAccount> account = {};
};
// The red ones first, each by how far they fall short. Main parts are the tasks at the top of the outline, or those below
// the only one there.
std::vector<IndexAlert> index_alerts(const Project& project, const Outline& outline, const ProjectEarnedValue& value);

// The corrective action under way for the same index of the same part; null: none.
const CorrectiveAction* action_for(const Project& project, const IndexAlert& alert);

}  // namespace pmo::engine
