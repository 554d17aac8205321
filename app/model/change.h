// What a committed transaction was: one undo step, some rows of the change log, one transaction of the store.
#pragma once

#include <memory>
#include <set>

#include "app/model/register.h"

namespace pmo {

// superseded: a write that came in by a merge and lost to a greater stamp; kept so that no value is ever lost.
enum class Action : unsigned char { create, write, erase, revive, superseded };

struct Change {
  const RegisterInfo* info = nullptr;
  Id record;
  Action action = Action::write;
  const FieldInfo* field = nullptr;  // write and superseded: which field
  Value before = {}, after = {};     // write: from, to; superseded: the value that stands, the value that lost
  Stamp stamp = {};                  // of this write; differs from the transaction's when it came in by a merge
  // What a newer version wrote and this one does not know: kept under its names, with values as canonical JSON (empty:
  // the default). The record of an unknown register is an UnknownRecord.
  std::string unknown_register = {}, unknown_field = {};
  friend bool operator==(const Change&, const Change&) = default;
};

// Why a transaction came about. vault: a passphrase was set, or an access noted: a step that is never undone.
enum class Origin : unsigned char { edit, undo, redo, import, vault };

// Whether a change tells of a write without its values: they were left out as confidential, or never logged.
bool lacks_values(const Change& change);

// Two writes of one field made without knowledge of each other, with different values. The greater stamp stands until
// somebody decides, which is an ordinary write. The key is the field and both stamps, so all copies list the same; values
// that a mail left out as confidential are filled in by whoever has them.
struct Conflict {
  const RegisterInfo* info = nullptr;
  Id record;
  const FieldInfo* field = nullptr;  // null: one side deleted the record, the other edited it
  Stamp winner, loser;
  Value winning, losing;
  // What this version does not know: as in Change. It is kept and mailed on, and not put up for review here.
  std::string unknown_register = {}, unknown_field = {};
  friend bool operator==(const Conflict&, const Conflict&) = default;
};

// Adds those that are not in the list yet, and to those that are the values they lack. What was new, as it is now.
std::vector<Conflict> join(std::vector<Conflict>& list, const std::vector<Conflict>& others);

// What merging needs of a record beside its values, at one moment.
struct RecordStamps {
  const RegisterInfo* info = nullptr;
  Id record;
  FieldStamps written = {};
  std::optional<Deletion> deletion = {};
  UnknownFields unknown = {};
};

// How an import found what it changed: what undoing it gives back (app/model/withdraw.h). Stays with this copy.
struct Found {
  VersionVector seen, lacking;
  std::vector<RecordStamps> records;  // those that were there
};

struct Commit {
  Id id;
  Stamp stamp;
  std::string name;                    // catalogue key: "transaction.move_tasks"
  std::vector<std::string> arguments;  // for the name's {0} ...
  Origin origin = Origin::edit;
  Id undoes;                           // undo and redo: the edit that was taken back or done again
  std::vector<Change> changes;
  std::vector<Conflict> conflicts = {};  // import: found by it
  VersionVector joined = {};             // import: what the other copy had seen
  std::optional<VersionVector> lacking = {};  // import: what this copy may lack from now on; none: as before
  std::shared_ptr<const Found> found = {};    // import
  std::optional<VersionVector> seen = {};     // undo of an import: what this copy has seen from now on, less than before
  // import: the other copy's commits that this one lacked, or had without the values of confidential fields
  std::vector<Commit> brought = {};

  // Whether it counts although it changes no record.
  bool brings_more() const { return !joined.empty() || lacking || seen || !conflicts.empty() || !brought.empty(); }
  // Takes over values that this one lacks; says whether there were any.
  bool fill_from(const Commit& same);
};

// Where commits are kept. The store implements it over SQL; MemoryJournal serves tests and the command line.
class Journal {
 public:
  virtual ~Journal() = default;
  // Makes the commit durable together with the records it changed. An error refuses the commit.
  virtual Result<void> append(const Commit& commit) = 0;
  virtual Result<Commit> read(Id commit) const = 0;
  // The commits whose stamps the vector does not cover, oldest first.
  virtual Result<std::vector<Commit>> since(const VersionVector& seen) const = 0;
  // All that are kept.
  virtual Result<std::set<Id>> ids() const;
  // The clock up to which commits may have been forgotten.
  virtual std::uint64_t forgotten() const { return 0; }
};

class MemoryJournal final : public Journal {
 public:
  Result<void> append(const Commit& commit) override;
  Result<Commit> read(Id commit) const override;
  Result<std::vector<Commit>> since(const VersionVector& seen) const override;

 private:
  std::vector<Commit> commits_;
};

}  // namespace pmo
