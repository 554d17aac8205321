// The one way to change a project: a named group of creations, writes and deletions.
//
//   Transaction change(project, "transaction.add_risk"_key);
//   const Risk& risk = change.create<Risk>([](Risk& r) { r.title = "Late steel"; });
//   change.set(risk, &Risk::owner, Ref<Person>{anna.id});
//   PMO_TRY(change.commit());            // or leave the scope: everything is as before
//
// Writes are seen at once through the Project. commit() checks the changed records and the project's rules, gives
// all writes one stamp, appends to the journal and becomes one undo step.
#pragma once

#include <map>

#include "app/model/project.h"

namespace pmo {

class Transaction {
 public:
  Transaction(Project& project, Key name, std::vector<std::string> arguments = {});
  ~Transaction();  // takes everything back unless committed
  Transaction(const Transaction&) = delete;

  // Adds a record; fill may set its members. The number is the next free one.
  template <class R, class Fill>
  const R& create(Fill&& fill) {
    auto& record = static_cast<R&>(create_record(register_of<R>(), {}));
    fill(record);
    writer_.filled(register_of<R>(), record);
    return record;
  }
  template <class R>
  const R& create() { return create<R>([](R&) {}); }
  // An empty id: a new one. What is part of another record is told so by set(), so that its owner knows its parts.
  Record& create_record(const RegisterInfo& info, Id id);

  // Writes one field. The value must have the field's shape (check_value), which the error tells.
  Result<void> set(const Record& record, const RegisterInfo& info, const FieldInfo& field, Value value);
  // The same with a value that was there before: a choice of a newer version is let through.
  Result<void> set_back(const Record& record, const RegisterInfo& info, const FieldInfo& field, Value value);
  template <class R, class T, class Owner, class V>
  void set(const R& record, T Owner::* member, V&& value) {
    const T typed = std::forward<V>(value);
    write(register_of<R>(), record, field_of<R>(member), FieldType<T>::read(typed));
  }

  // Writes the value that a field already has, with a stamp of its own: so that a decision for it reaches every copy.
  void confirm(const Record& record, const RegisterInfo& info, const FieldInfo& field);

  // Deletes the record and everything that is part of it.
  void erase(const RegisterInfo& info, const Record& record);
  template <class R>
  void erase(const R& record) { erase(register_of<R>(), record); }
  void revive(const RegisterInfo& info, const Record& record);

  // As the transaction has left it so far.
  const Project& project() const { return project_; }
  // For readers of files: what holds between the fields of a record and across records (Rule) is not asked for, so that a
  // plan with a circle, or with a task that finished before it began, can be opened and mended here.
  void take_as_it_is() { rules_apply_ = false; }

  // For what the vault writes by itself: it is logged, but no step that could be undone.
  void never_undone() { commit_.origin = Origin::vault; }

  bool changed() const { return !changes_.empty(); }
  std::vector<Change> changes() const { return net_changes(); }  // so far, as the commit would have them
  // The commit, or what is wrong: error.field.* with the record as place, or a rule's error; then the transaction
  // stays open: mend and commit again, or leave the scope. When the journal refuses, everything is taken back at
  // once. A transaction without changes commits to nothing (empty id).
  Result<Commit> commit();

 private:
  friend class Project;
  friend class Merge;
  friend class Withdrawal;

  // Keeps the record's stamps and deletion as they were, for rolling back. Call before touching them.
  Record& touch(const RegisterInfo& info, Id id);
  using CheckValue = Result<void>(const FieldInfo&, const Value&);
  Result<void> set_checked(const Record& record, const RegisterInfo& info, const FieldInfo& field, Value value, CheckValue& check);
  void write(const RegisterInfo& info, const Record& record, const FieldInfo& field, Value value);
  void roll_back();
  void restore_stamps();
  std::shared_ptr<const Found> found() const;
  void take_effect();
  std::vector<Change> net_changes() const;
  Result<void> check(const std::vector<Change>& changes) const;
  Result<void> check_record(const Change& change) const;
  void put_stamps(std::vector<Change>& changes, const Stamp& stamp);
  // What locked records hold is sealed before it is logged (app/model/sealing.h, C1), or the commit is refused.
  Result<void> seal(std::vector<Change>& changes);
  void seal_field(const ContentKey* key, const RegisterInfo& info, const Record& record, const FieldInfo& field);
  void open_what_is_no_longer_locked(std::vector<Change>& changes);

  Project& project_;
  RecordWriter writer_;
  Commit commit_;
  std::map<Record*, RecordStamps> before_;
  struct ValueBefore {
    const RegisterInfo* info;
    Id record;
    const FieldInfo* field;
    Value value;
  };
  std::vector<ValueBefore> given_back_;                                // by an import that is undone
  std::vector<std::pair<const RegisterInfo*, OwnedRecord>> withdrawn_;  // likewise
  std::map<const RegisterInfo*, std::int64_t> last_numbers_;           // before the first record was created here
  std::vector<Change> changes_;  // in the order made; writes keep the value before
  bool rules_apply_ = true;
  bool lenient_ = false;         // merges and undo: nothing is checked
  bool committed_ = false;
};

}  // namespace pmo
