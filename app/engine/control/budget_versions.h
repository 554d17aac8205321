// The versions of a budget side by side: what each grants every account, and what changed from one to the next.
// Amounts in minor units. Source: PMBOK, "Determine budget": work packages + contingency reserve = cost baseline;
// + management reserve = budget.
#pragma once

#include "app/model/project.h"
#include "app/model/records/budget.h"

namespace pmo::engine {

struct VersionedBudget {
  const BudgetVersion* version;
  double packages = 0, contingency = 0;  // of its entries in use
  double baseline() const { return packages + contingency; }
  double budget() const { return baseline() + static_cast<double>(version->management_reserve.value); }
};

// What one account has in each version, its contingency included. By row of the versions.
struct VersionedAccount {
  Id account;  // empty: entries without an account
  std::vector<double> amounts;
};

struct BudgetVersions {
  std::vector<VersionedBudget> versions;    // by the day of approval, before that of making; those without a day last
  std::vector<VersionedAccount> accounts;   // that any version names, by code; what names none last
};

BudgetVersions budget_versions(const Project& project);

}  // namespace pmo::engine
