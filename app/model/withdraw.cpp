#include "app/model/withdraw.h"

#include <algorithm>

#include "app/model/merge.h"
#include "app/model/records/unknown_record.h"

namespace pmo {

bool holds_key(const RegisterInfo& info) {
  return std::ranges::any_of(info.fields, [](const FieldInfo& field) { return field.options.unlogged; });
}

class Withdrawal {
 public:
  Withdrawal(Transaction& transaction, const Commit& import) : transaction_(transaction), import_(import), found_(*import.found) {
    for (const auto& before : found_.records) before_.emplace(before.record, &before);
  }

  void run() {
    // A field first: its record's stamps tell whether it was written since.
    for (auto change = import_.changes.rbegin(); change != import_.changes.rend(); ++change) {
      const auto before = before_.find(change->record);
      if (change->action == Action::write && change->field && before != before_.end()) give_back(*change, *before->second);
    }
    for (const auto& before : found_.records) give_back_life(before);
    for (const auto& change : import_.changes)
      if (change.action == Action::create) take_out(change);
    see_less();
  }

 private:
  bool is_since(const Stamp& stamp) const { return stamp > import_.stamp; }

  // What a copy that never took the import does not have.
  void lose(const Stamp& stamp) {
    if (stamp != Stamp{}) lost_.push_back(stamp);
  }

  Record* find(const RegisterInfo& info, Id id) const { return holds_key(info) ? nullptr : transaction_.writer_.find(info, id); }

  void give_back(const Change& change, const RecordStamps& before) {
    const auto& field = *change.field;
    const auto* record = find(*change.info, change.record);
    if (!record) return;
    if (record->stamp_of(field.index) != change.stamp) {
      if (!record->deleted() && field.get(*record) == change.after) (void)transaction_.set_back(*record, *change.info, field, change.before);
      return;
    }
    const auto* written = before.written.find(field.index);
    if (!before.written.is_told(field.index)) return;             // filled in by the import: nothing was there to go back to
    if ((written ? *written : record->created) == change.stamp) return;  // the same write in another form
    auto& mine = transaction_.touch(*change.info, change.record);
    transaction_.given_back_.push_back({change.info, change.record, &field, field.get(mine)});
    transaction_.writer_.write(*change.info, mine, field, change.before);
    if (written) mine.written.put(field.index, *written);
    else mine.written.drop(field.index);
    lose(change.stamp);
    auto told = change;
    told.action = Action::superseded;
    transaction_.changes_.push_back(std::move(told));
  }

  void give_back_life(const RecordStamps& before) {
    if (!find(*before.info, before.record)) return;
    auto& mine = transaction_.touch(*before.info, before.record);
    const auto lost_before = lost_.size();
    if (mine.deletion != before.deletion && !(mine.deletion && is_since(mine.deletion->stamp))) {
      if (mine.deletion) lose(mine.deletion->stamp);
      mine.deletion = before.deletion;
    }
    const auto *life = mine.written.find(FieldStamps::life), *life_before = before.written.find(FieldStamps::life);
    if (life && !is_since(*life) && (!life_before || *life_before != *life)) {
      lose(*life);
      if (life_before) mine.written.put(FieldStamps::life, *life_before);
      else mine.written.drop(FieldStamps::life);
    }
    if (mine.unknown != before.unknown) {
      for (const auto& [name, field] : mine.unknown)
        if (const auto at = before.unknown.find(name); at == before.unknown.end() || at->second != field) lose(field.stamp);
      mine.unknown = before.unknown;
    }
    transaction_.writer_.place(*before.info, mine);
    if (lost_.size() > lost_before) tell(*before.info, mine, lost_.back());
  }

  // A record that came with the import, unless something of it was written since.
  void take_out(const Change& change) {
    auto* record = find(*change.info, change.record);
    if (!record) return;
    bool stays = false;
    for_each_stamp(*record, [&](const Stamp& stamp) { stays |= is_since(stamp); });
    if (stays) return;
    for_each_stamp(*record, [&](const Stamp& stamp) { lose(stamp); });
    auto told = change;
    told.action = Action::superseded;
    transaction_.changes_.push_back(std::move(told));
    transaction_.withdrawn_.emplace_back(change.info, transaction_.writer_.take_out(*change.info, *record));
  }

  void tell(const RegisterInfo& info, const Record& record, const Stamp& stamp) {
    Change told{.info = &info, .record = record.id, .action = Action::superseded, .stamp = stamp};
    if (&info == &register_of<UnknownRecord>()) told.unknown_register = static_cast<const UnknownRecord&>(record).register_name;
    transaction_.changes_.push_back(std::move(told));
  }

  void see_less() {
    const Project& project = transaction_.project_;
    auto seen = project.seen();
    for (const auto& stamp : lost_)
      if (!found_.seen.covers(stamp)) seen.stop_before(stamp);
    if (seen != project.seen()) transaction_.commit_.seen = std::move(seen);
    // What the import completed is lacking again.
    auto lacking = project.lacking();
    lacking.join(found_.lacking);
    if (lacking != project.lacking()) transaction_.commit_.lacking = std::move(lacking);
  }

  Transaction& transaction_;
  const Commit& import_;
  const Found& found_;
  std::map<Id, const RecordStamps*> before_;
  std::vector<Stamp> lost_;
};

namespace {

std::shared_ptr<const Project> copy_of(const Project& project, const std::vector<Change>& changes) {
  std::set<Id> others;
  for (const auto* info : project.schema().registers())
    for (const auto* list : {&project.table(*info).records(), &project.table(*info).deleted()})
      for (const auto* record : *list) others.insert(record->id);
  for (const auto& change : changes) others.erase(change.record);
  auto copy = std::make_shared<Project>(project.schema(), project.actor(), project.surroundings());
  copy_records(project, *copy, others);
  return copy;
}

}  // namespace

Result<std::shared_ptr<const Project>> withdraw(Transaction& transaction, const Commit& import) {
  if (!import.found) return fail("error.history.import"_key);
  auto brought = copy_of(transaction.project(), import.changes);
  Withdrawal(transaction, import).run();
  return brought;
}

Result<void> bring_again(Transaction& transaction, const Project* withdrawn) {
  if (!withdrawn) return fail("error.history.import"_key);
  return merge_into(transaction, *withdrawn, plan_merge(transaction.project(), *withdrawn));
}

}  // namespace pmo
