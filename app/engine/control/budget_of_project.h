// What was granted, and what is ordered and not yet spent, by cost account. Amounts in minor units.
//
//   G1  budget of an account: what the approved version grants it; an account that no entry of the version names has the
//       sum kept in the register. In the register an account states the total of its branch: it counts where it is more
//       than the accounts below it have together; entries of a version are added up. A project without any account has
//       what its tasks are planned to cost
//   G2  committed: booked commitments, and the value of concluded contracts that no commitment names, by the account of
//       the contract; less what was spent under the same contract on the same account. Contracts that are completed or
//       terminated bind nothing any more. Sums in other currencies at the rate of their day (exchange.h); none without one
#pragma once

#include <map>

#include "app/model/records/budget.h"
#include "app/model/project.h"

namespace pmo::engine {

// The version that was approved last; null: none.
const BudgetVersion* approved_budget(const Project& project);

// Of each account that the approved version names, without contingency.
std::map<Id, double> granted_budgets(const Project& project);

// By account, without those below it; the empty Id: no account. Entries after the date do not count.
std::map<Id, double> open_commitments(const Project& project, Day date);

}  // namespace pmo::engine
