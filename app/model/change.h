// What a committed transaction was: one undo step, some rows of the change log, one transaction of the store.
#pragma once

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

// Two writes of one field made without knowledge of each other, with different values. The greater stamp stands until
// somebody decides, which is an ordinary write. The key is the field and both stamps, so all copies list the same.
struct Conflict {
  const RegisterInfo* info = nullptr;
  Id record;
  const FieldInfo* field = nullptr;  // null: one side deleted the record, the other edited it
  Stamp winner, loser;
  Value winning, losing;
  friend bool operator==(const Conflict&, const Conflict&) = default;
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
  std::vector<Commit> brought = {};      // import: the other copy's commits that this one lacked
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
