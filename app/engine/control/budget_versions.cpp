#include "app/engine/control/budget_versions.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace pmo::engine {

BudgetVersions budget_versions(const Project& project) {
  BudgetVersions result;
  for (const BudgetVersion& version : project.all<BudgetVersion>()) result.versions.push_back({&version});
  const auto day_of = [](const VersionedBudget& of) {
    const auto day = of.version->approved_on ? of.version->approved_on : of.version->made_on;
    return std::pair(!day.has_value(), day.value_or(Day{}));
  };
  std::ranges::stable_sort(result.versions, {}, day_of);

  std::map<Id, std::size_t> place;
  for (std::size_t i = 0; i < result.versions.size(); ++i) place[result.versions[i].version->id] = i;
  std::map<Id, std::vector<double>> accounts;
  for (const BudgetEntry& entry : project.all<BudgetEntry>()) {
    const auto at = place.find(entry.version.id);
    if (at == place.end() || entry.status != EntryStatus::in_use) continue;
    const double amount = static_cast<double>(entry.amount.value), contingency = static_cast<double>(entry.contingency.value);
    result.versions[at->second].packages += amount;
    result.versions[at->second].contingency += contingency;
    auto& amounts = accounts[project.find(entry.account) ? entry.account.id : Id{}];
    amounts.resize(result.versions.size());
    amounts[at->second] += amount + contingency;
  }
  for (auto& [account, amounts] : accounts) result.accounts.push_back({account, std::move(amounts)});
  std::ranges::stable_sort(result.accounts, {}, [&](const VersionedAccount& of) {
    const CostAccount* account = project.find(Ref<CostAccount>{of.account});
    return account ? std::tuple(false, account->code, account->name) : std::tuple(true, std::string(), std::string());
  });
  return result;
}

}  // namespace pmo::engine
