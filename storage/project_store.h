// A project in a SQLite database: one table a register, made from its description; the change log; the search index.
//
//   table          columns
//   <register>     record_id, record_number, record_created (clock), record_creator (actor), record_stamps,
//                  record_deletion, record_unknown (JSON), then one column a field, named like it
//   commit_log     id, clock, actor, name, arguments, origin, undoes
//   change_log     commit_id, position, register, record, action, field, before, after, clock, actor
//   import_found   commit_id, body (JSON): what undoing an import needs (app/model/withdraw.h)
//   seen           actor, clock: the version vector
//   conflict       canonical JSON, one a row
//   meta           key, value
//   search         full-text index (trigram) over all texts of a record: register, record, title, body
//
// A field that was added to a description becomes a column by ALTER TABLE when the project is opened. An earlier version that
// meets it (another window, not updated yet) reads it as it reads unknown fields of a bundle, hands it on, and leaves the
// column as it is. Where nothing can be changed, what a table lacks has its default.
#pragma once

#include <map>
#include <optional>
#include <set>

#include "app/model/sealing.h"
#include "storage/register_table.h"

namespace pmo::storage {

struct SearchHit {
  const RegisterInfo* info;
  Id record;
  std::string excerpt;  // the words around the hit; \x01 and \x02 enclose what was found
};

class ProjectStore final : public Journal {
 public:
  // Makes or migrates the tables and fills the project (which must be empty), then becomes its journal. The store
  // must outlive the project's use of it; the database must outlive the store.
  static Result<std::unique_ptr<ProjectStore>> open(Database& database, Project& project);
  // Only reads, into an empty project that then keeps the history itself: a database from outside, as whatever version has
  // made it. Every value is checked; what holds between records (identifiers, clocks) is not.
  static Result<void> read_file(Database& database, Project& project);
  ~ProjectStore() override;
  // Whether opening it changes tables that an earlier version of the product has made.
  static Result<bool> is_of_earlier_version(Database& database, const Schema& schema);

  Result<void> append(const Commit& commit) override;
  Result<Commit> read(Id commit) const override;
  Result<std::vector<Commit>> since(const VersionVector& seen) const override;
  Result<std::set<Id>> ids() const override;
  std::uint64_t forgotten() const override;

  // Writes every record of the project as it is, and what history came with it: for a project from a bundle.
  Result<void> write_all(const std::vector<Commit>& history = {});

  // Records whose texts contain the words, best first. Words of three characters and more use the index; shorter ones
  // (two Chinese characters) are looked for by scanning.
  Result<std::vector<SearchHit>> search(std::string_view words, std::size_t limit = 100) const;

  // What attached files say, of attachments that keep no text yet. It follows from their contents, so it is no edit: it bears
  // the stamp with which the attachment was made, as what any other copy reads there, and is not logged. Of locked records
  // it is sealed; without the key it is left.
  Result<void> keep_texts(const std::map<Id, std::string>& texts);

  // Forgets the commits from before a moment (milliseconds since 1970, UTC) and gives their space back: how many. Records
  // keep their stamps and conflicts their values, so merging goes on as before; what was forgotten cannot be undone.
  Result<std::size_t> compact(std::uint64_t before);

  // How many texts of locked records lie open: in the records, the change log and the conflicts.
  Result<std::size_t> count_open() const;
  // Seals them all, as one transaction: how many. Of contents beside the project `sealed` names those that have been
  // sealed: SHA-256 -> that of the sealed one.
  Result<std::size_t> seal(const ContentKey& key, const std::map<std::string, std::string>& sealed = {});
  // Once something that lay open is sealed, here or by a merge, its past has to go: free pages and the index (write_anew),
  // earlier images, and contents beside the project, which this names until write_anew(). Until past_is_forgotten(), over
  // crashes too.
  std::optional<std::vector<std::string>> past_to_forget() const;
  Result<void> write_anew();
  Result<void> past_is_forgotten();

  struct HistoryRow {
    Commit commit;  // without its changes
    Change change;
  };
  // The newest changes first; of one record when an id is given.
  Result<std::vector<HistoryRow>> history(Id record, std::size_t limit, std::size_t offset = 0) const;

 private:
  ProjectStore(Database& database, Project& project);

  Result<void> make_tables(const TableColumns& columns);
  Result<void> make_table(const RegisterInfo& info, const Columns& present);
  Result<void> check_version() const;
  bool there(std::string_view table) const { return !as_found_ || as_found_->contains(table); }
  Result<void> load(const TableColumns& columns);
  // `newer`: the fields of the table that this version does not know.
  Result<void> load_table(const RegisterInfo& info, const std::vector<FieldInfo>& newer);
  Result<void> load_row(const RegisterInfo& info, const std::vector<FieldInfo>& newer, Statement& row);
  Result<UnknownFields> newer_values(const RegisterInfo& info, const std::vector<FieldInfo>& newer, const Statement& row,
                                     const std::string& place) const;
  Result<void> load_unknown(const RegisterInfo& info, Record& record, std::string_view text, const std::string& place);
  Result<void> adopt_unknown();
  Result<void> load_seen();
  Result<void> load_conflicts();
  Result<void> load_steps();
  Result<void> save_record(const RegisterInfo& info, const Record& record);
  Result<void> remove_record(const RegisterInfo& info, Id id);
  Result<void> index_record(const RegisterInfo& info, const Record& record);
  Result<void> remove_from_index(Id record);
  Result<Commit> read_logged(Id commit) const;
  Result<void> save_found(const Commit& commit);
  Result<std::shared_ptr<const Found>> read_found(Id commit) const;  // null: it is not known
  Result<std::set<Id>> imports_found() const;  // those that can be undone
  Result<void> log(const Commit& commit);
  Result<void> fill_log(const Commit& commit);
  Result<void> save_seen(const VersionVector& seen);
  Result<void> save_lacking(const VersionVector& lacking);
  Result<Change> read_change(Statement& row, int first_column) const;
  Result<void> save_conflicts(const std::vector<Conflict>& conflicts);
  Result<void> note_what_is_sealed(const Change& change);
  Result<void> mark_past(std::vector<std::string> contents);

  Database& database_;
  Project& project_;
  std::optional<TableColumns> as_found_;  // the tables, where they are not ours to make
  bool from_outside_ = false;             // whoever has written it: nothing is trusted
};

}  // namespace pmo::storage
