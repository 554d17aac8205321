#include "app/model/change.h"

namespace pmo {

Result<void> MemoryJournal::append(const Commit& commit) {
  for (const auto& brought : commit.brought)
    if (!std::ranges::contains(commits_, brought.id, &Commit::id)) commits_.push_back(brought);
  commits_.push_back(commit);
  commits_.back().brought.clear();
  return {};
}

Result<Commit> MemoryJournal::read(Id commit) const {
  const auto at = std::ranges::find(commits_, commit, &Commit::id);
  if (at == commits_.end()) return fail("error.history.missing"_key);
  return *at;
}

Result<std::vector<Commit>> MemoryJournal::since(const VersionVector& seen) const {
  std::vector<Commit> missing;
  for (const auto& commit : commits_)
    if (!seen.covers(commit.stamp)) missing.push_back(commit);
  return missing;
}

}  // namespace pmo
