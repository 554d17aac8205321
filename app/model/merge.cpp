#include "app/model/merge.h"

#include <cassert>
#include <unordered_map>

#include "app/model/records/project_settings.h"
#include "app/model/records/unknown_record.h"
#include "app/model/sealing.h"
#include "app/words/words.h"

namespace pmo {
namespace {

template <class Visit>
void for_each_record(const Project& project, Visit&& visit) {
  for (const auto* info : project.schema().registers()) {
    const auto& table = project.table(*info);
    for (const auto* record : table.records()) visit(*info, *record);
    for (const auto* record : table.deleted()) visit(*info, *record);
  }
}

// The deletion that both sides' deletions make together.
std::optional<Deletion> join(const std::optional<Deletion>& mine, const std::optional<Deletion>& theirs) {
  if (!mine || !theirs) return mine ? mine : theirs;
  auto joined = *mine;
  joined.stamp = std::max(joined.stamp, theirs->stamp);
  joined.seen.join(theirs->seen);
  return joined;
}

// A write of a field that this version does not know, and that is news to `mine`.
struct UnknownWrite {
  std::string name;
  std::string mine, theirs;  // values
  Stamp stamp;
  bool takes_theirs = true;
};

std::vector<UnknownWrite> unknown_writes(const Project& project, const Record& mine, const Record& theirs) {
  std::vector<UnknownWrite> writes;
  for (const auto& [name, their] : theirs.unknown) {
    if (their.withheld) continue;
    const auto at = mine.unknown.find(name);
    const auto own = at == mine.unknown.end() ? UnknownField{} : at->second;
    const bool takes_theirs = own.stamp < their.stamp;
    if (own.stamp == their.stamp || (!takes_theirs && project.seen().covers(their.stamp))) continue;
    writes.push_back({name, own.value, their.value, their.stamp, takes_theirs});
  }
  return writes;
}

// How the record would stand with both sides' stamps.
bool deleted_after(const Record& mine, const Record& theirs) {
  Record joined;
  joined.written = mine.written;
  joined.written.join(theirs.written);
  joined.deletion = join(mine.deletion, theirs.deletion);
  joined.unknown = mine.unknown;
  join(joined.unknown, theirs.unknown);
  return joined.deleted();
}

// What of the other copy's history is new here (rule M6): commits that are not known, unless they have been forgotten,
// and known ones of which it has the confidential values.
Result<std::vector<Commit>> history_news(const Project& mine, const Project& theirs) {
  const auto known = PMO_TRY(mine.journal().ids());
  const auto forgotten_before = mine.journal().forgotten();
  const auto tells_confidential = [](const Change& change) { return change.field && change.field->options.confidential && !lacks_values(change); };
  std::vector<Commit> news;
  for (auto& commit : PMO_TRY(theirs.journal().since({}))) {
    if (!known.contains(commit.id)) {
      const bool forgotten = commit.stamp.clock < forgotten_before && mine.seen().covers(commit.stamp);
      if (!forgotten) news.push_back(std::move(commit));
    } else if (std::ranges::any_of(commit.changes, tells_confidential)) {
      if (auto own = mine.journal().read(commit.id); own && own->fill_from(commit)) news.push_back(std::move(*own));
    }
  }
  return news;
}

class Comparison {
 public:
  Comparison(const Project& mine, const Project& theirs) : mine_(mine), theirs_(theirs) {}

  MergePlan run() {
    for_each_record(theirs_, [&](const RegisterInfo& info, const Record& record) { compare(info, record); });
    add_more_conflicts();
    plan_.conflicts = in_conflict_.size();
    if (auto news = history_news(mine_, theirs_)) plan_.brought = std::move(*news);
    else plan_.history = std::unexpected(std::move(news.error()));
    plan_.commits = plan_.brought.size();
    const auto ahead = static_cast<std::int64_t>(theirs_.clock() >> 16) -
                       static_cast<std::int64_t>(mine_.surroundings().milliseconds());
    plan_.clock_ahead_milliseconds = std::max<std::int64_t>(ahead, 0);
    return std::move(plan_);
  }

 private:
  void compare(const RegisterInfo& info, const Record& theirs) {
    const auto* mine = mine_.table(info).find_any(theirs.id);
    if (!mine) return compare_new(info, theirs);
    const auto before = plan_.items.size();
    compare_life(info, *mine, theirs);
    bool conflict = false, changed = false;
    for (const auto& field : info.fields) {
      const auto kind = compare_field(info, field, *mine, theirs);
      conflict |= kind == MergeItem::Kind::conflict;
      changed |= kind == MergeItem::Kind::changed;
    }
    if (conflict) in_conflict_.insert(theirs.id);
    plan_.changed += changed && !conflict;
    plan_.unchanged += plan_.items.size() == before;
  }

  void add_more_conflicts() {
    auto conflicts = mine_.conflicts();
    plan_.more_conflicts = join(conflicts, theirs_.conflicts());
    for (const auto& conflict : plan_.more_conflicts)
      if (theirs_.open(conflict)) in_conflict_.insert(conflict.record);
    std::vector<Conflict> carried;
    carry_on(mine_, theirs_, carried);
    carry_on(theirs_, mine_, carried);
    for (auto& conflict : join(conflicts, carried)) {
      in_conflict_.insert(conflict.record);
      plan_.more_conflicts.push_back(std::move(conflict));
    }
  }

  // Rule M5: what is open at the one side, and was written over at the other by somebody who had not seen both.
  static void carry_on(const Project& holder, const Project& other, std::vector<Conflict>& conflicts) {
    for (const auto& open : holder.conflicts()) {
      if (!holder.open(open)) continue;
      const auto* record = other.table(*open.info).find(open.record);
      if (!record) continue;
      auto carried = open;
      carried.winner = open.field ? record->stamp_of(open.field->index) : record->last_written();
      if (!open.field && other.seen().covers(open.loser)) carried.loser = open.winner;  // which of the two it is does not matter
      if (carried.winner <= open.winner || other.seen().covers(carried.loser)) continue;
      if (open.field) carried.winning = open.field->get(*record);
      if (!open.field || carried.winning != carried.losing) conflicts.push_back(std::move(carried));
    }
  }

  void compare_new(const RegisterInfo& info, const Record& theirs) {
    plan_.items.push_back({.kind = MergeItem::Kind::added, .info = &info, .record = theirs.id, .my_stamp = {},
                           .their_stamp = theirs.created});
    plan_.added += !theirs.deleted();
  }

  void compare_life(const RegisterInfo& info, const Record& mine, const Record& theirs) {
    const bool after = deleted_after(mine, theirs);
    if (after != mine.deleted()) {
      add_life(after ? MergeItem::Kind::deleted : MergeItem::Kind::revived, info, mine, theirs);
      plan_.deleted += after;
      return;
    }
    const auto* my_life = mine.written.find(FieldStamps::life);
    const auto* their_life = theirs.written.find(FieldStamps::life);
    auto unknown = mine.unknown;
    const bool grows = join(unknown, theirs.unknown) || !unknown_writes(mine_, mine, theirs).empty() || join(mine.deletion, theirs.deletion) != mine.deletion ||
                       (their_life && (!my_life || *my_life < *their_life));
    if (!grows) return;
    // They deleted it, and an edit of mine that they had not seen keeps it: rule M3 wants a review.
    const bool review = !after && theirs.deleted() && !mine_.seen().covers(theirs.deletion->stamp);
    add_life(review ? MergeItem::Kind::revived : MergeItem::Kind::joined, info, mine, theirs);
  }

  void add_life(MergeItem::Kind kind, const RegisterInfo& info, const Record& mine, const Record& theirs) {
    plan_.items.push_back({.kind = kind, .info = &info, .record = mine.id,
                           .my_stamp = mine.last_written(), .their_stamp = theirs.last_written()});
  }

  // The same value in another form: rule C4 of sealing.h.
  static bool sealed_by_them(const FieldInfo& field, const Record& mine, const Record& theirs) {
    if (!field.options.sealed && !field.options.address) return false;
    const auto my_value = field.get(mine), their_value = field.get(theirs);
    return holds_sealed(their_value) && (!holds_sealed(my_value) || my_value < their_value);
  }

  std::optional<MergeItem::Kind> compare_field(const RegisterInfo& info, const FieldInfo& field, const Record& mine,
                                               const Record& theirs) {
    const auto& my_stamp = mine.stamp_of(field.index);
    const auto& their_stamp = theirs.stamp_of(field.index);
    if (their_stamp == Stamp{}) return {};  // R3 of record.h
    if (my_stamp == their_stamp && !sealed_by_them(field, mine, theirs)) return {};
    MergeItem item{.kind = MergeItem::Kind::changed, .info = &info, .record = mine.id, .field = &field,
                   .mine = field.get(mine), .theirs = field.get(theirs), .my_stamp = my_stamp,
                   .their_stamp = their_stamp, .takes_theirs = my_stamp <= their_stamp};
    const bool apart = my_stamp != Stamp{} && !mine_.seen().covers(their_stamp) && !theirs_.seen().covers(my_stamp);
    if (my_stamp == their_stamp) item.mine = item.theirs;  // the text is not to be logged again
    if (apart && item.mine != item.theirs && !field.options.unlogged) item.kind = MergeItem::Kind::conflict;
    else if (!item.takes_theirs && mine_.seen().covers(their_stamp)) return {};  // an old value, known and overwritten
    else if (!item.takes_theirs) item.kind = MergeItem::Kind::kept;
    plan_.items.push_back(item);
    return item.kind;
  }

  const Project& mine_;
  const Project& theirs_;
  MergePlan plan_;
  std::set<Id> in_conflict_;
};

// An identifier means one record, in every copy, and the settings are what says which project it is: a file that holds
// anything else was forged or damaged, and what it would make could not be exported any more.
Result<void> check_identifiers(const Project& mine, const Project& theirs) {
  std::unordered_map<Id, const RegisterInfo*> known;
  for_each_record(mine, [&](const RegisterInfo& info, const Record& record) { known.emplace(record.id, &info); });
  Result<void> checked;
  for_each_record(theirs, [&](const RegisterInfo& info, const Record& record) {
    if (!checked) return;
    const auto at = known.find(record.id);
    const bool settings = &info == &register_of<ProjectSettings>();
    if (at == known.end()) {
      if (settings && !mine.table(info).empty()) checked = fail("error.merge.settings"_key, {}, record.id.text());
    } else if (at->second != &info) {
      checked = fail("error.merge.identifier"_key, {argument_of(info.one_key()), argument_of(at->second->one_key())}, record.id.text());
    } else if (settings && deleted_after(*mine.table(info).find_any(record.id), record)) {
      checked = fail("error.merge.settings_deleted"_key, {}, record.id.text());
    }
  });
  return checked;
}

}  // namespace

MergePlan plan_merge(const Project& mine, const Project& theirs) { return Comparison(mine, theirs).run(); }

// Applies a plan through a Transaction, keeping the stamps of the writes as they were made.
class Merge {
 public:
  Merge(Transaction& transaction, const Project& theirs) : transaction_(transaction), theirs_(theirs) {}

  void apply(const MergeItem& item) {
    const auto& theirs = *theirs_.table(*item.info).find_any(item.record);
    if (item.kind == MergeItem::Kind::added) return add(*item.info, theirs);
    auto& mine = transaction_.touch(*item.info, item.record);
    if (!item.field) return change_life(item, mine, theirs);
    if (item.kind == MergeItem::Kind::conflict) note_conflict(item);
    const auto action = item.takes_theirs ? Action::write : Action::superseded;
    // What was never known here has no value before: undoing the import must not write its default over everybody's.
    const auto& before = item.my_stamp == Stamp{} ? item.theirs : item.mine;
    if (item.takes_theirs) {
      if (auto stood = item.field->get(mine); stood != before)  // what a refused commit goes back to all the same
        transaction_.given_back_.push_back({item.info, item.record, item.field, std::move(stood)});
      transaction_.writer_.write(*item.info, mine, *item.field, item.theirs);
      if (item.their_stamp == mine.created) mine.written.drop(item.field->index);  // R1 of record.h
      else if (item.my_stamp != item.their_stamp) mine.written.put(item.field->index, item.their_stamp);
    }
    log({item.info, item.record, action, item.field, before, item.theirs, item.their_stamp}, mine);
  }

 private:
  void log(Change change, const Record& record) {
    if (change.info == &register_of<UnknownRecord>()) change.unknown_register = static_cast<const UnknownRecord&>(record).register_name;
    transaction_.changes_.push_back(std::move(change));
  }

  void add(const RegisterInfo& info, const Record& theirs) {
    auto& record = transaction_.writer_.add(info, theirs.id);
    for (const auto& field : info.fields) transaction_.writer_.write(info, record, field, field.get(theirs));
    record.created = theirs.created;
    record.written = theirs.written;
    record.deletion = theirs.deletion;
    record.unknown = theirs.unknown;
    transaction_.writer_.set_number(info, record, theirs.number);
    transaction_.writer_.place(info, record);
    log({.info = &info, .record = record.id, .action = Action::create, .stamp = theirs.created}, record);
  }

  // Whether there was anything to log.
  bool log_unknown(const RegisterInfo& info, const Record& mine, const Record& theirs) {
    auto writes = unknown_writes(transaction_.project_, mine, theirs);
    for (auto& write : writes)
      log({.info = &info, .record = mine.id, .action = write.takes_theirs ? Action::write : Action::superseded, .before = std::move(write.mine),
           .after = std::move(write.theirs), .stamp = write.stamp, .unknown_field = std::move(write.name)}, mine);
    return !writes.empty();
  }

  void change_life(const MergeItem& item, Record& mine, const Record& theirs) {
    const bool was_deleted = mine.deleted();
    const bool logged = log_unknown(*item.info, mine, theirs);
    mine.deletion = join(mine.deletion, theirs.deletion);
    join(mine.unknown, theirs.unknown);
    if (const auto* life = theirs.written.find(FieldStamps::life)) {
      FieldStamps only_life;
      only_life.put(FieldStamps::life, *life);
      mine.written.join(only_life);
    }
    if (item.kind == MergeItem::Kind::deleted)
      log({.info = item.info, .record = item.record, .action = Action::erase, .stamp = theirs.deletion->stamp}, mine);
    else if (item.kind != MergeItem::Kind::joined || !logged)
      log({.info = item.info, .record = item.record,
           .action = was_deleted && item.kind == MergeItem::Kind::revived ? Action::revive : Action::superseded,
           .stamp = item.their_stamp}, mine);
    placed_.push_back({item.info, &mine});
    if (item.kind == MergeItem::Kind::revived)
      transaction_.commit_.conflicts.push_back({.info = item.info, .record = item.record,
                                                .winner = std::max(item.my_stamp, item.their_stamp),
                                                .loser = std::min(item.my_stamp, item.their_stamp),
                                                .winning = {}, .losing = {}});
  }

  void note_conflict(const MergeItem& item) {
    Conflict conflict{.info = item.info, .record = item.record, .field = item.field, .winner = item.my_stamp,
                      .loser = item.their_stamp, .winning = item.mine, .losing = item.theirs};
    if (item.takes_theirs) {
      std::swap(conflict.winner, conflict.loser);
      std::swap(conflict.winning, conflict.losing);
    }
    transaction_.commit_.conflicts.push_back(std::move(conflict));
  }

 public:
  // After all fields are in: records whose life changed move between the live and the deleted.
  void finish(const MergePlan& plan, const std::set<Id>& excluded) {
    const Project& mine = transaction_.project_;
    auto& commit = transaction_.commit_;
    for (const auto& [info, record] : placed_) transaction_.writer_.place(*info, *record);
    commit.origin = Origin::import;
    transaction_.lenient_ = true;
    // What is written here from now on comes after everything that was seen there, taken or not.
    transaction_.writer_.saw_clock(theirs_.clock());
    if (auto joined = seen_of(excluded); !mine.seen().covers(joined)) commit.joined = std::move(joined);
    if (auto lacking = lacking_after(excluded.empty()); lacking != mine.lacking()) commit.lacking = std::move(lacking);
    for (const auto& conflict : plan.more_conflicts)
      if (!excluded.contains(conflict.record)) commit.conflicts.push_back(conflict);
    commit.brought = plan.brought;
  }

 private:
  // What this copy has seen afterwards: of the writers of what was left out only what they wrote before.
  VersionVector seen_of(const std::set<Id>& excluded) const {
    auto seen = theirs_.seen();
    if (excluded.empty()) return seen;
    for_each_record(theirs_, [&](const RegisterInfo&, const Record& record) {
      if (excluded.contains(record.id))
        for_each_stamp(record, [&](const Stamp& stamp) {
          if (!transaction_.project_.seen().covers(stamp)) seen.stop_before(stamp);
        });
    });
    return seen;
  }

  // What one copy lacks the other one brings, if that has all of it and all of it was taken.
  VersionVector lacking_after(bool all_taken) const {
    const Project& mine = transaction_.project_;
    VersionVector lacking;
    const auto keep = [&](const Project& one, const Project* other) {
      for (const auto& [actor, clock] : one.lacking().clocks())
        if (!other || !other->complete().covers({clock, actor})) lacking.saw({clock, actor});
    };
    keep(mine, all_taken ? &theirs_ : nullptr);
    keep(theirs_, &mine);
    return lacking;
  }

  Transaction& transaction_;
  const Project& theirs_;
  std::vector<std::pair<const RegisterInfo*, Record*>> placed_;
};

Result<void> merge_into(Transaction& transaction, const Project& theirs, const MergePlan& plan, const std::set<Id>& excluded) {
  assert(&transaction.project().schema() == &theirs.schema());
  PMO_TRY_VOID(plan.history);
  PMO_TRY_VOID(check_identifiers(transaction.project(), theirs));
  Merge merge(transaction, theirs);
  for (const auto& item : plan.items)
    if (!excluded.contains(item.record)) merge.apply(item);
  merge.finish(plan, excluded);
  return {};
}

Result<Commit> merge(Project& mine, const Project& theirs, const MergePlan& plan, Key name, std::vector<std::string> arguments,
                     const std::set<Id>& excluded) {
  Transaction transaction(mine, name, std::move(arguments));
  PMO_TRY_VOID(merge_into(transaction, theirs, plan, excluded));
  return transaction.commit();
}

Result<Commit> merge(Project& mine, const Project& theirs, Key name, std::vector<std::string> arguments,
                     const std::set<Id>& excluded) {
  return merge(mine, theirs, plan_merge(mine, theirs), name, std::move(arguments), excluded);
}

namespace {

// In the other copy's records, and in its history: an edit of the same field made here later hides the other.
bool has_new_writes(const Project& mine, const Project& theirs) {
  const auto is_new = [&](const Stamp& stamp, const Stamp* known) { return stamp.actor == mine.actor() && (!known || *known < stamp); };
  const auto is_edited = [&](const Table& table, const Record& record) {
    const Record* own = table.find_any(record.id);
    if (is_new(record.created, own ? &own->created : nullptr)) return true;
    return std::ranges::any_of(record.written.list(), [&](const FieldStamp& write) {
      return is_new(write.stamp, own ? &own->stamp_of(write.field) : nullptr);
    });
  };
  return std::ranges::any_of(theirs.schema().registers(), [&](const RegisterInfo* info) {
    return std::ranges::any_of(theirs.table(*info).records(), [&](const Record* record) { return is_edited(mine.table(*info), *record); });
  });
}

bool has_new_commits(const Project& mine, const Project& theirs) {
  const auto history = theirs.journal().since({});
  const auto known = mine.journal().ids();
  const auto forgotten = mine.journal().forgotten();
  return history && known && std::ranges::any_of(*history, [&](const Commit& commit) {
    return commit.stamp.actor == mine.actor() && commit.stamp.clock > forgotten && !known->contains(commit.id);
  });
}

}  // namespace

bool edited_under_my_name(const Project& mine, const Project& theirs) {
  return has_new_writes(mine, theirs) || has_new_commits(mine, theirs);
}

void copy_records(const Project& from, Project& to, const std::set<Id>& left_out) {
  RecordWriter writer(to);
  for_each_record(from, [&](const RegisterInfo& info, const Record& record) {
    if (left_out.contains(record.id)) return;
    auto& copy = writer.add(info, record.id);
    for (const auto& field : info.fields) writer.write(info, copy, field, field.get(record));
    copy.created = record.created;
    copy.written = record.written;
    copy.deletion = record.deletion;
    copy.unknown = record.unknown;
    writer.set_number(info, copy, record.number);
    writer.place(info, copy);
  });
  writer.saw_all(from.seen());
  writer.saw_clock(from.clock());
  writer.set_lacking(from.lacking());
  auto conflicts = from.conflicts();
  std::erase_if(conflicts, [&](const Conflict& conflict) { return left_out.contains(conflict.record); });
  writer.add_conflicts(conflicts);
}

Result<void> copy_history(const Project& from, Project& to) {
  RecordWriter writer(to);
  for (const auto& commit : PMO_TRY(from.journal().since({}))) PMO_TRY_VOID(writer.remember(commit));
  return {};
}

}  // namespace pmo
