#include "app/model/circles.h"
#include "app/model/records/earned_value.h"

namespace pmo {

Result<void> no_circle_of_accounts(const Project& project, const std::vector<Change>& changes) {
  return no_circle_along(project, changes, register_of<CostAccount>(), field_of<CostAccount>(&CostAccount::parent), "error.cost_account.circle"_key);
}

Result<void> no_circle_of_apportioning(const Project& project, const std::vector<Change>& changes) {
  return no_circle_along(project, changes, register_of<Task>(), field_of<Task>(&Task::apportioned_to), "error.task.apportioned_circle"_key);
}

Result<void> estimates_one_thing(const EstimateToComplete& estimate) {
  if (estimate.task && estimate.account) return fail("error.estimate.two_things"_key, {estimate.title});
  return {};
}

}  // namespace pmo
