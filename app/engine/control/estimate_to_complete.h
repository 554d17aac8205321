// What is left to be spent, estimated from below: the newest estimates of tasks and cost accounts, and as budgeted where
// nobody estimated anew. With the actual cost it is the bottom-up estimate at completion: EAC = AC + new ETC.
// Amounts in minor units.
//
//   B1  of the estimates in use that are made by the date the newest of a task or account counts; what was spent on it since
//       is taken off, until nothing is left
//   B2  an estimate of a summary task stands for everything below it, of an account for the accounts and tasks below it.
//       In the accounts of the tasks below an estimated summary it counts as their budgets are left to be earned
//   B3  without one, what is left costs as budgeted: BAC - EV
//
// Source: PMI, "The Standard for Earned Value Management" (2019): bottom-up estimate to complete.
#pragma once

#include <map>

#include "app/engine/control/account_tree.h"
#include "app/engine/control/earned_value.h"
#include "app/model/outline.h"

namespace pmo::engine {

struct ToComplete {
  double amount = 0;       // ETC
  bool estimated = false;  // an estimate is in it
  bool own = false;        // it is an estimate, rather than a sum

  ToComplete& operator+=(const ToComplete& other);
  // For earned_value(): none where nobody estimated, so that EAC = AC + BAC - EV is not said twice.
  std::optional<double> value() const { return estimated ? std::optional(amount) : std::nullopt; }
};

struct ProjectToComplete {
  std::vector<ToComplete> tasks;     // by row, with parts; below an estimated summary: nothing
  std::vector<ToComplete> accounts;  // by place of the tree, with those below
  ToComplete total;
};

// `own` has the amounts of each row without its parts, `accounts` the account of each row.
ProjectToComplete estimate_to_complete(const Project& project, const Outline& outline, const AccountTree& tree, std::span<const Id> accounts,
                                       std::span<const EarnedValueAmounts> own, Day date);

}  // namespace pmo::engine
