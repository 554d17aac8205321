// A project in memory: all registers, their deleted records, what this copy has seen, and the undo history.
//
//   P1  nothing changes a Project but a Transaction (and a loader, before anyone looks)
//   P2  a transaction that is not committed leaves no trace
//   P3  undo and redo are transactions themselves; they take back only this actor's edits, and only fields that
//       nobody has written since. Undoing an import gives back what it took over (app/model/withdraw.h): that was written by
//       others and is not taken from them
#pragma once

#include <functional>

#include "app/model/change.h"
#include "app/model/table.h"

namespace pmo {

// Clock and randomness come from outside, so that the same run gives the same result.
class Surroundings {
 public:
  virtual ~Surroundings() = default;
  virtual std::uint64_t milliseconds() = 0;  // since 1970, UTC
  virtual std::uint64_t random() = 0;        // 64 random bits
};

// The machine's clock and random device.
class SystemSurroundings final : public Surroundings {
 public:
  std::uint64_t milliseconds() override;
  std::uint64_t random() override;
};

// Starts at a fixed time and counts: for tests and for samples that must always come out the same.
class FixedSurroundings final : public Surroundings {
 public:
  explicit FixedSurroundings(std::uint64_t seed = 1, std::uint64_t start = 1'704'067'200'000) : state_(seed), now_(start) {}
  std::uint64_t milliseconds() override { return now_++; }
  std::uint64_t random() override;  // splitmix64

 private:
  std::uint64_t state_, now_;
};

class ContentKey;  // app/model/sealing.h

class Project {
 public:
  Project(const Schema& schema, Id actor, Surroundings& surroundings);

  const Schema& schema() const { return schema_; }
  Id actor() const { return actor_; }
  Surroundings& surroundings() const { return surroundings_; }
  Id make_id();

  template <class R>
  Records<R> all() const { return Records<R>(table(register_of<R>())); }
  const Table& table(const RegisterInfo& info) const { return *tables_[schema_.index_of(info)]; }
  template <class R>
  const R* find(Ref<R> ref) const { return all<R>().find(ref.id); }
  // A live record of any register, with its register.
  std::pair<const RegisterInfo*, const Record*> find_any(Id id) const;

  // Grows with every commit; table revisions tell which registers a commit touched.
  std::uint64_t revision() const { return revision_; }
  const VersionVector& seen() const { return seen_; }
  // Of whose writes, up to which clock, this copy may lack some although it has seen them: it was made from a part of the
  // project (app/model/own_part.h). Empty for a whole copy.
  const VersionVector& lacking() const { return lacking_; }
  VersionVector complete() const;  // what it has all of: seen without the actors it lacks something of
  const std::vector<Conflict>& conflicts() const { return conflicts_; }  // all ever found
  bool open(const Conflict& conflict) const;  // still to be decided: nobody wrote the field since
  std::uint64_t clock() const { return clock_.last(); }

  // --- history
  struct Step {
    Id commit;
    std::string name;
    std::vector<std::string> arguments;
    // To redo an import: what it had brought. Gone with the session; then the file is imported again.
    std::shared_ptr<const Project> withdrawn = {};
  };
  const std::vector<Step>& undo_steps() const { return undo_; }  // last one first to be undone
  const std::vector<Step>& redo_steps() const { return redo_; }
  Result<Commit> undo();
  Result<Commit> redo();

  // What opens the contents of locked documents in this session; null: they are locked. It must outlive its stay here.
  const ContentKey* content_key() const { return content_key_; }
  void set_content_key(const ContentKey* key) { content_key_ = key; }

  void set_journal(Journal& journal) { journal_ = &journal; }
  const Journal& journal() const { return *journal_; }
  // Called after each commit, with what it changed.
  void on_commit(std::function<void(const Commit&)> listener) { listeners_.push_back(std::move(listener)); }

 private:
  friend class Transaction;
  friend class RecordWriter;

  Result<Commit> take_back(const Step& step, Origin origin);

  const Schema& schema_;
  Id actor_;
  Surroundings& surroundings_;
  HybridClock clock_;
  VersionVector seen_, lacking_;
  std::uint64_t revision_ = 0;
  std::vector<std::unique_ptr<Table>> tables_;  // by index in the schema
  MemoryJournal memory_journal_;
  Journal* journal_ = &memory_journal_;
  const ContentKey* content_key_ = nullptr;
  std::vector<std::function<void(const Commit&)>> listeners_;
  std::vector<Step> undo_, redo_;
  std::vector<Conflict> conflicts_;
};

// The low-level writer under Transaction, and what loaders use to fill a project before anyone looks: no stamps
// are made, no rules checked, nothing is logged.
class RecordWriter {
 public:
  explicit RecordWriter(Project& project) : project_(project) {}

  Record& add(const RegisterInfo& info, Id id);  // a live record; the id must be new
  void place(const RegisterInfo& info, Record& record);  // after its deletion changed: among the live or the deleted
  void forget(const RegisterInfo& info, Record& record) { (void)take_out(info, record); }
  OwnedRecord take_out(const RegisterInfo& info, Record& record);
  void put_back(const RegisterInfo& info, OwnedRecord record);
  void write(const RegisterInfo& info, Record& record, const FieldInfo& field, const Value& value);
  void filled(const RegisterInfo& info, Record& record);  // after members of a new record were set directly
  void set_number(const RegisterInfo& info, Record& record, std::int64_t number);
  void set_last_number(const RegisterInfo& info, std::int64_t number) { table(info).last_number_ = number; }
  Record* find(const RegisterInfo& info, Id id);  // deleted ones too
  void saw(const Stamp& stamp);                    // joins the version vector and the clock
  void saw_all(const VersionVector& seen);
  void set_seen(VersionVector seen) { project_.seen_ = std::move(seen); }
  // The clock alone: a record's stamps say nothing of what else their writers had written by then.
  void saw_clock(std::uint64_t clock) { project_.clock_.saw(clock); }
  void saw_clock(const Record& record) { saw_clock(record.last_written().clock); }
  void set_lacking(VersionVector lacking) { project_.lacking_ = std::move(lacking); }
  void set_conflicts(std::vector<Conflict> conflicts) { project_.conflicts_ = std::move(conflicts); }
  void add_conflicts(const std::vector<Conflict>& conflicts) { join(project_.conflicts_, conflicts); }
  Result<void> remember(const Commit& commit) { return project_.journal_->append(commit); }  // history of elsewhere
  void set_steps(std::vector<Project::Step> undo, std::vector<Project::Step> redo);
  void set_actor(Id actor);  // edits bear this name from now on; those before can no longer be undone
  void touch(const RegisterInfo& info);

 private:
  static void join_owner(Table& table, const FieldInfo& field, Record& record);
  static void leave_owner(Table& table, const FieldInfo& field, Record& record);
  Table& table(const RegisterInfo& info) { return *project_.tables_[project_.schema_.index_of(info)]; }

  Project& project_;
};

}  // namespace pmo
