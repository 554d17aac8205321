// Merging another copy of the same project.
//
// State is a join of semilattices: each field carries (clock, actor), the greater wins; a deletion carries what the
// deleter had seen. So merging is commutative, associative and idempotent, in whatever order mails arrive.
//   M1  the value of a field after a merge is the one with the greater stamp
//   M2  a field is in conflict when neither side had seen the other's write and the values differ; the loser stays in
//       history and in the list of conflicts, and a decision is an ordinary write
//   M3  an edit that the deleter had not seen beats the deletion, and is put up for review
//   M4  a value that loses is kept in history (Action::superseded)
//   M5  a conflict is closed only by who has seen both its values: when somebody who had seen but the winner writes the
//       field, the loser is in conflict with that write
//   M6  what a mail left out (history, confidential values, records that were not taken) comes with a later one, whatever
//       the vectors say
//   M7  undoing a merge gives back what it took over and says nothing against it: withdraw.h
#pragma once

#include <set>

#include "app/model/transaction.h"

namespace pmo {

// What a merge would do to one record or field.
struct MergeItem {
  // kept: their write is older than mine and goes to history only; joined: only what a deleter had seen or what this
  // version does not know grows
    enum class Kind : unsigned char { added, changed, conflict, deleted, revived, kept, joined };

  Kind kind = Kind::changed;
  const RegisterInfo* info = nullptr;
  Id record;
  const FieldInfo* field = nullptr;  // null for the record as a whole
  Value mine = {}, theirs = {};
  Stamp my_stamp, their_stamp;
  bool takes_theirs = true;
};

struct MergePlan {
  std::vector<MergeItem> items;
  // Beside those of the items: those that the other copy lists, and those of rule M5. New to this copy.
  std::vector<Conflict> more_conflicts;
  std::size_t added = 0, changed = 0, deleted = 0, conflicts = 0, unchanged = 0;  // records
  std::size_t commits = 0;  // of the other copy's history, not known here
  std::vector<Commit> brought;  // those, and known ones with values that this copy lacks
  Result<void> history = {};    // why the histories could not be compared; then nothing is merged
  // How far the other copy's newest clock lies ahead of this machine's.
  std::int64_t clock_ahead_milliseconds = 0;
  bool clock_deserves_warning() const { return clock_ahead_milliseconds > 5 * 60 * 1000; }
  bool nothing_new() const { return items.empty() && more_conflicts.empty() && commits == 0; }
};

// What a merge of `theirs` would do, without doing it. Both must have the same schema.
MergePlan plan_merge(const Project& mine, const Project& theirs);

// Whether `theirs` holds edits under this copy's own name that this copy has never made: two browser profiles were made
// from one, or this one went back to an earlier state. Edits made under one name in two places are taken for known where
// they are not, so this copy needs a new name (Installation) from then on.
bool edited_under_my_name(const Project& mine, const Project& theirs);

// Merges as one transaction, as planned: neither copy may have changed since. Records in `excluded` are left as they are; of their writers only what came before is taken
// for seen, so that a later import or mail of changes offers them again. Rules only report: problems_of() of problems.h.
// Errors: error.merge.identifier, error.merge.settings, error.merge.settings_deleted for what no copy of the project can hold.
Result<Commit> merge(Project& mine, const Project& theirs, const MergePlan& plan, Key name, std::vector<std::string> arguments = {},
                     const std::set<Id>& excluded = {});
// Plans it first.
Result<Commit> merge(Project& mine, const Project& theirs, Key name, std::vector<std::string> arguments = {},
                     const std::set<Id>& excluded = {});

// Adds to a transaction what is planned.
Result<void> merge_into(Transaction& transaction, const Project& theirs, const MergePlan& plan, const std::set<Id>& excluded = {});

// An identical copy of all records, deletions, conflicts and what was seen; no history. Without those left out.
void copy_records(const Project& from, Project& to, const std::set<Id>& left_out = {});

// Adds all commits that the one project's journal holds to the other's.
Result<void> copy_history(const Project& from, Project& to);

}  // namespace pmo
