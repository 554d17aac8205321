#include "app/engine/control/estimate_to_complete.h"

#include <algorithm>

#include "app/engine/control/exchange.h"
#include "app/model/records/earned_value.h"

namespace pmo::engine {
namespace {

class Estimating {
 public:
  Estimating(const Project& project, const Outline& outline, const AccountTree& tree, std::span<const Id> accounts, Day date)
      : project_(project), outline_(outline), tree_(tree), accounts_(accounts), date_(date), rates_(project) {
    for (const EstimateToComplete& estimate : project.all<EstimateToComplete>()) {
      const Id of = estimate.task ? estimate.task.id : estimate.account.id;
      if (!of || estimate.status != EntryStatus::in_use || estimate.estimated_on > date) continue;
      const EstimateToComplete*& kept = newest_[of];
      if (!kept || estimate.estimated_on >= kept->estimated_on) kept = &estimate;
    }
    if (!newest_.empty()) take_off_spent();
  }

  ProjectToComplete run(std::span<const EarnedValueAmounts> own) {
    result_.tasks.resize(outline_.size());
    result_.accounts.resize(tree_.size());
    for (std::size_t row = 0; row < outline_.size();) {
      if (const auto left = left_of(outline_[row].task->id)) {
        share_out(row, *left, own);
        row = outline_[row].end;
      } else {
        result_.tasks[row] = {own[row].budget_at_completion - own[row].earned_value};
        result_.accounts[tree_.place(accounts_[row])] += result_.tasks[row];
        ++row;
      }
    }
    for (std::size_t row = outline_.size(); row-- > 0;)
      if (const auto parent = outline_[row].parent; parent != Outline::none) result_.tasks[parent] += result_.tasks[row];
    for (const int i : tree_.parts_first()) {
      const auto place = static_cast<std::size_t>(i);
      if (const auto left = left_of(tree_.account(place))) result_.accounts[place] = {*left, true, true};
      (tree_.parent(place) < 0 ? result_.total : result_.accounts[static_cast<std::size_t>(tree_.parent(place))]) += result_.accounts[place];
    }
    return std::move(result_);
  }

 private:
  // B2
  void share_out(std::size_t row, double left, std::span<const EarnedValueAmounts> own) {
    result_.tasks[row] = {left, true, true};
    const auto to_earn = [&](std::size_t at) { return std::max(0.0, own[at].budget_at_completion - own[at].earned_value); };
    double whole = 0;
    for (std::size_t at = row; at < outline_[row].end; ++at) whole += to_earn(at);
    for (std::size_t at = row; at < outline_[row].end; ++at)
      result_.accounts[tree_.place(accounts_[at])] += {left * (whole > 0 ? to_earn(at) / whole : at == row ? 1 : 0), true};
  }

  std::optional<double> left_of(Id of) const {
    const auto estimate = newest_.find(of);
    if (estimate == newest_.end()) return std::nullopt;
    const auto spent = spent_.find(of);
    return std::max(0.0, static_cast<double>(estimate->second->amount.value) - (spent == spent_.end() ? 0 : spent->second));
  }

  // B1
  void take_off_spent() {
    for (const CostEntry& entry : project_.all<CostEntry>()) {
      if (entry.kind == CostKind::commitment || entry.date > date_) continue;
      const auto row = outline_.find(entry.task.id);
      for (auto at = row.value_or(Outline::none); at != Outline::none; at = outline_[at].parent) take_off(outline_[at].task->id, entry);
      const Id account = entry.account ? entry.account.id : row ? accounts_[*row] : Id{};
      for (int at = static_cast<int>(tree_.place(account)); at >= 0; at = tree_.parent(static_cast<std::size_t>(at)))
        take_off(tree_.account(static_cast<std::size_t>(at)), entry);
    }
  }
  void take_off(Id of, const CostEntry& entry) {
    const auto estimate = newest_.find(of);
    if (estimate != newest_.end() && entry.date > estimate->second->estimated_on) spent_[of] += rates_.own_amount(entry, &CostEntry::amount, date_).value_or(0);  // E5
  }

  const Project& project_;
  const Outline& outline_;
  const AccountTree& tree_;
  const std::span<const Id> accounts_;
  const Day date_;
  const ExchangeRates rates_;
  std::map<Id, const EstimateToComplete*> newest_;
  std::map<Id, double> spent_;  // since the estimate
  ProjectToComplete result_;
};

}  // namespace

ToComplete& ToComplete::operator+=(const ToComplete& other) {
  amount += other.amount;
  estimated |= other.estimated;
  return *this;
}

ProjectToComplete estimate_to_complete(const Project& project, const Outline& outline, const AccountTree& tree, std::span<const Id> accounts,
                                       std::span<const EarnedValueAmounts> own, Day date) {
  return Estimating(project, outline, tree, accounts, date).run(own);
}

}  // namespace pmo::engine
