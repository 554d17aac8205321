#include "app/engine/control/budget_of_project.h"

#include <algorithm>
#include <set>

#include "app/engine/control/exchange.h"

namespace pmo::engine {
namespace {

Id contract_of(const Project& project, const CostEntry& entry) {
  if (entry.contract) return entry.contract.id;
  const Invoice* invoice = project.find(entry.invoice);
  return invoice ? invoice->contract.id : Id{};
}

Id account_of(const Project& project, const CostEntry& entry) {
  if (entry.account) return entry.account.id;
  const Task* task = project.find(entry.task);
  for (int steps = 0; task && !task->cost_account && steps < 100; ++steps) task = project.find(task->parent);
  return task ? task->cost_account.id : Id{};
}

bool binds(const Contract& contract, Day date) {
  const bool concluded = contract.status == ContractStatus::concluded || contract.status == ContractStatus::running;
  return concluded && contract.account && contract.signed_on.value_or(date) <= date;
}

}  // namespace

const BudgetVersion* approved_budget(const Project& project) {
  const BudgetVersion* found = nullptr;
  for (const BudgetVersion& version : project.all<BudgetVersion>())
    if (version.status == BudgetStatus::approved && (!found || version.approved_on > found->approved_on)) found = &version;
  return found;
}

std::map<Id, double> granted_budgets(const Project& project) {
  std::map<Id, double> granted;
  const BudgetVersion* version = approved_budget(project);
  if (!version) return granted;
  for (const BudgetEntry& entry : project.all<BudgetEntry>())
    if (entry.version.id == version->id && entry.account && entry.status == EntryStatus::in_use) granted[entry.account.id] += minor_units(entry.amount);
  return granted;
}

std::map<Id, double> open_commitments(const Project& project, Day date) {
  struct Order {
    double ordered = 0, spent = 0;
  };
  std::map<std::pair<Id, Id>, Order> orders;  // by account and contract
  std::map<Id, double> open;
  std::set<Id> booked;
  const ExchangeRates rates(project);
  for (const CostEntry& entry : project.all<CostEntry>()) {
    if (entry.date > date) continue;
    const Id contract = contract_of(project, entry), account = account_of(project, entry);
    const bool order = entry.kind == CostKind::commitment;
    const double sum = rates.own_amount(entry, &CostEntry::amount, date).value_or(0);
    if (order) booked.insert(contract);
    if (!contract) {
      if (order) open[account] += sum;
      continue;
    }
    Order& of = orders[{account, contract}];
    (order ? of.ordered : of.spent) += sum;
  }
  for (const Contract& contract : project.all<Contract>())
    if (!booked.contains(contract.id) && binds(contract, date))
      orders[{contract.account.id, contract.id}].ordered += rates.own_amount(contract, &Contract::value, date).value_or(0);
  for (const auto& [place, of] : orders) {
    const Contract* contract = project.find(Ref<Contract>{place.second});
    const bool over = contract && (contract->status == ContractStatus::completed || contract->status == ContractStatus::terminated);
    if (!over) open[place.first] += std::max(0.0, of.ordered - of.spent);
  }
  return open;
}

}  // namespace pmo::engine
