// What a committed transaction was: one undo step, some rows of the change log, one transaction of the store.
#pragma once

#include "app/model/register.h"

namespace pmo {

enum class Action : unsigned char { create, write, erase, revive };

struct Change {
  const RegisterInfo* info = nullptr;
  Id record;
  Action action = Action::write;
  const FieldInfo* field = nullptr;  // write: which field
  Value before = {}, after = {};     // write
  Stamp stamp = {};                  // of this write; differs from the transaction's when it came in by a merge
  friend bool operator==(const Change&, const Change&) = default;
};

// Why a transaction came about.
enum class Origin : unsigned char { edit, undo, redo, import };

struct Commit {
  Id id;
  Stamp stamp;
  std::string name;                    // catalogue key: "transaction.move_tasks"
  std::vector<std::string> arguments;  // for the name's {0} ...
  Origin origin = Origin::edit;
  Id undoes;                           // undo and redo: the edit that was taken back or done again
  std::vector<Change> changes;
};

// Where commits are kept. The store implements it over SQL; MemoryJournal serves tests and the command line.
class Journal {
 public:
  virtual ~Journal() = default;
  // Makes the commit durable together with the records it changed. An error refuses the commit.
  virtual Result<void> append(const Commit& commit) = 0;
  virtual Result<Commit> read(Id commit) const = 0;
};

class MemoryJournal final : public Journal {
 public:
  Result<void> append(const Commit& commit) override {
    commits_.push_back(commit);
    return {};
  }
  Result<Commit> read(Id commit) const override {
    const auto at = std::ranges::find(commits_, commit, &Commit::id);
    if (at == commits_.end()) return fail("error.history.missing"_key);
    return *at;
  }
  const std::vector<Commit>& commits() const { return commits_; }

 private:
  std::vector<Commit> commits_;
};

}  // namespace pmo
