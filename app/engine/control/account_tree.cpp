#include "app/engine/control/account_tree.h"

#include <algorithm>
#include <numeric>

#include "app/model/records/cost.h"
#include "app/model/sort_stably.h"

namespace pmo::engine {

AccountTree::AccountTree(const Project& project) {
  const auto& table = project.all<CostAccount>();
  for (const CostAccount& account : table) {
    places_.emplace(account.id, static_cast<int>(accounts_.size()));
    accounts_.push_back(account.id);
  }
  for (const CostAccount& account : table) {
    const auto above = places_.find(account.parent.id);
    parents_.push_back(above == places_.end() ? -1 : above->second);
  }
  accounts_.emplace_back();
  parents_.push_back(-1);
  open_circles();
  sort();
}

std::size_t AccountTree::place(Id account) const {
  const auto found = places_.find(account);
  return found == places_.end() ? none() : static_cast<std::size_t>(found->second);
}

void AccountTree::open_circles() {
  std::vector<int> walk(size(), -1);  // from where each place was come by
  std::vector<int> way;
  for (int start = 0; start < std::ssize(accounts_); ++start) {
    way.clear();
    int at = start;
    for (; at >= 0 && walk[static_cast<std::size_t>(at)] < 0; at = parents_[static_cast<std::size_t>(at)]) {
      walk[static_cast<std::size_t>(at)] = start;
      way.push_back(at);
    }
    if (at < 0 || walk[static_cast<std::size_t>(at)] != start) continue;
    const auto smallest = std::ranges::min_element(std::ranges::find(way, at), way.end(), {}, [&](int place) { return accounts_[static_cast<std::size_t>(place)]; });
    parents_[static_cast<std::size_t>(*smallest)] = -1;
  }
}

void AccountTree::sort() {
  std::vector<int> depth(size());
  for (std::size_t i = 0; i < size(); ++i)
    for (int above = parents_[i]; above >= 0; above = parents_[static_cast<std::size_t>(above)]) ++depth[i];
  order_.resize(size());
  std::iota(order_.begin(), order_.end(), 0);
  sort_stably(order_, std::ranges::greater{}, [&](int i) { return depth[static_cast<std::size_t>(i)]; });
}

}  // namespace pmo::engine
