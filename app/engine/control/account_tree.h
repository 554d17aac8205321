// The cost accounts of a project as a tree, walked once for everything that is added up over it.
#pragma once

#include <unordered_map>

#include "app/model/project.h"

namespace pmo::engine {

// Each account has a place, in the order of the register; the last place is that of what has no account. Accounts that stand
// below each other in a circle (merges may bring one) are opened at the one of smallest id, which then stands at the top.
class AccountTree {
 public:
  explicit AccountTree(const Project& project);

  std::size_t size() const { return accounts_.size(); }
  std::size_t none() const { return accounts_.size() - 1; }
  std::size_t place(Id account) const;  // none() for what is no account
  Id account(std::size_t place) const { return accounts_[place]; }
  int parent(std::size_t place) const { return parents_[place]; }  // -1: at the top

  // All places, each before the one above it.
  const std::vector<int>& parts_first() const { return order_; }

 private:
  void open_circles();
  void sort();

  std::vector<Id> accounts_;
  std::vector<int> parents_, order_;
  std::unordered_map<Id, int> places_;
};

}  // namespace pmo::engine
