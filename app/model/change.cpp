#include "app/model/change.h"

#include <map>
#include <tuple>

#include "app/model/sealing.h"

namespace pmo {
namespace {

bool is_given(const Value& value) { return !std::holds_alternative<std::monostate>(value); }

// What is missing is filled in; of two forms of one text the sealed one stands (C4 of sealing.h).
bool fill_in(Value& mine, const Value& theirs, const FieldInfo* field) {
  const bool missing = !is_given(mine) && is_given(theirs);
  const bool sealed = field && (field->options.sealed || field->options.address) && holds_sealed(theirs) && (!holds_sealed(mine) || mine < theirs);
  if (missing || sealed) mine = theirs;
  return missing || sealed;
}

}  // namespace

bool lacks_values(const Change& change) { return change.field && !is_given(change.before) && !is_given(change.after); }

bool Commit::fill_from(const Commit& same) {
  std::map<std::tuple<Id, const FieldInfo*, Action>, const Change*> told;
  for (const auto& change : same.changes)
    if (change.field && !lacks_values(change)) told[{change.record, change.field, change.action}] = &change;
  bool filled = false;
  for (auto& change : changes) {
    const auto at = lacks_values(change) ? told.find({change.record, change.field, change.action}) : told.end();
    if (at == told.end()) continue;
    change.before = at->second->before;
    change.after = at->second->after;
    filled = true;
  }
  return filled;
}

std::vector<Conflict> join(std::vector<Conflict>& list, const std::vector<Conflict>& others) {
  using Key = std::tuple<const RegisterInfo*, Id, const FieldInfo*, Stamp, Stamp, std::string_view, std::string_view>;
  const auto key_of = [](const Conflict& one) {
    return Key{one.info, one.record, one.field, one.winner, one.loser, one.unknown_register, one.unknown_field};
  };
  list.reserve(list.size() + others.size());  // the keys refer to its texts
  std::map<Key, std::size_t> known;
  if (!others.empty())
    for (std::size_t i = 0; i < list.size(); ++i) known.emplace(key_of(list[i]), i);
  std::set<std::size_t> grown;
  for (const auto& other : others) {
    const auto [at, added] = known.try_emplace(key_of(other), list.size());
    if (added) list.push_back(other);
    auto& mine = list[at->second];
    const bool filled_winning = fill_in(mine.winning, other.winning, mine.field), filled_losing = fill_in(mine.losing, other.losing, mine.field);
    if (added || filled_winning || filled_losing) grown.insert(at->second);
  }
  std::vector<Conflict> news;
  for (const auto index : grown) news.push_back(list[index]);
  return news;
}

Result<void> MemoryJournal::append(const Commit& commit) {
  for (const auto& brought : commit.brought) {
    const auto known = std::ranges::find(commits_, brought.id, &Commit::id);
    if (known == commits_.end()) commits_.push_back(brought);
    else known->fill_from(brought);
  }
  commits_.push_back(commit);
  commits_.back().brought.clear();
  commits_.back().seen.reset();
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

Result<std::set<Id>> Journal::ids() const {
  std::set<Id> ids;
  for (const auto& commit : PMO_TRY(since({}))) ids.insert(commit.id);
  return ids;
}

}  // namespace pmo
