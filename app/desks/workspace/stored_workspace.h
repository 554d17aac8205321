// The projects of this browser, kept in databases: one for the list and the settings, one a project.
#pragma once

#include "app/model/records/common.h"
#include "app/ui/workspace_port.h"
#include "storage/bundle/bundle.h"
#include "storage/database_host.h"
#include "storage/open_file.h"
#include "storage/project_store.h"
#include "storage/vault.h"

#include <deque>
#include <map>
#include <set>

namespace pmo {

class StoredWorkspace final : public ui::WorkspacePort, private ui::AttachedFiles, private ui::VaultPort {
 public:
  StoredWorkspace(storage::DatabaseHost& host, Surroundings& surroundings);
  ~StoredWorkspace() override;

  // False until the list of projects has been read; then error() tells whether that went well.
  bool ready() const override { return ready_; }
  std::optional<Error> unreachable() override { return unreachable_; }
  void reach() override;
  std::optional<Error> take_error() override;
  std::optional<Error> error() const { return errors_.empty() ? std::nullopt : std::optional(errors_.front()); }

  std::vector<ui::ProjectEntry> projects() override;
  Result<Id> create(const ui::NewProject& wanted) override;
  Result<Id> create_sample(Language language) override;
  void create_like(Id earlier, const ui::NewProject& wanted, std::function<void(Result<Id>)> made) override;
  Result<void> rename(Id project, const std::string& name) override;
  Result<void> remove(Id project) override;

  // The project is there once its data has arrived; until then project() is null.
  Result<void> open(Id project) override;
  void close() override;
  Project* project() override { return open_ ? open_->project.get() : nullptr; }
  Id project_id() override { return open_ ? open_->id : Id{}; }
  storage::ProjectStore* store() { return open_ ? open_->store.get() : nullptr; }
  ui::StorageStatus storage() override;
  void flush() override { host_.flush(); }
  void removal_is_known() override { removed_ = false; }
  void look_into(Id project, std::function<void(Result<const Project*>)> look) override;

  void read(const std::string& file_name, ContentPtr content, const std::string& password, const TableWish& table, Read done) override;
  Result<Id> take_in(ui::PendingImport& import, ui::ImportWay way, const std::set<Id>& left_out = {}, Done taken = {}) override;
  std::vector<ui::ExportForm> export_forms() const override;
  Result<ui::ExportedFile> export_as(std::string_view form, Language language) override;
  void export_bundle(const ui::ExportWish& wish, std::function<void(Result<ui::ExportedFile>)> done) override;
  ui::AttachedFiles* attached_files() override { return this; }
  ui::VaultPort* vault() override { return this; }

  ui::StorageFacts storage_facts() override;
  Result<void> check() override;
  Result<ui::ExportedFile> export_database(const ui::ExportWish& wish = {}) override;
  void forget_history(std::uint64_t days, std::function<void(Result<std::size_t>)> done) override;

  std::vector<ui::Snapshot> snapshots(Id project) override;
  void take_snapshot(Done taken) override;
  Result<void> restore(Id project, std::uint64_t taken) override;
  Result<void> take_over() override;
  bool working() const override;

  // Settings of this browser that belong to no project: language, theme, positions.
  std::string setting(const std::string& key);
  void set_setting(const std::string& key, const std::string& value);
  Id installation() const { return installation_; }
  int passphrase_rounds = storage::key_rounds;  // fewer are for tests

 private:
  struct Open {
    Id id;
    std::unique_ptr<storage::OpenVault> vault;  // while the passphrase counts as given
    std::optional<storage::Database> database;  // none while the host exchanges what is under it
    std::unique_ptr<Project> project;
    std::unique_ptr<storage::ProjectStore> store;
    std::size_t waiting_texts = 0;  // of locked documents, that lie open until the passphrase is there
    bool sealing = false;           // files are on their way
  };
  struct Listing {
    bool asked = false;
    std::vector<storage::SnapshotInfo> found;
  };
  static std::string database_name(Id project);
  static std::vector<Id> projects_among(const std::vector<std::string>& names);
  void reached(const Result<void>& loaded);
  void start();
  // Takes up the projects that are kept but not in the list, and notes those of which nothing is kept.
  void adopt(const storage::KeptNames& kept);
  void note_lost(const storage::KeptNames& kept);
  void removed();  // everything, by the browser
  Result<void> make_tables();
  Result<void> read_installation();
  // From now on edits made here bear another name: after a copied profile was met, or an earlier state has come back, whose
  // later edits a colleague may have.
  void renew_installation();
  // A new project from a finished one. Its making is no step that could be undone.
  Result<Id> keep(const Project& content, const std::vector<Commit>& history);
  void keep_as(const Project& content, const std::vector<Commit>& history, Done then);
  Result<void> write_new(Id project, const Project& content, const std::vector<Commit>& history);
  Result<void> open_loaded(Id project);
  // Brings a project's database within reach. What an earlier version has made is set aside before it is changed.
  void load_project(Id project, Done loaded);
  // For the time in which no connection may be open: the project can be looked at, but not changed.
  void detach();
  void open_anew(Id project);
  Result<void> is_there(const std::string& name);
  void cannot_open(Id project, const Error& reason);
  bool in_use(Id project) const { return (open_ && open_->id == project) || opening_ == project || making_.contains(project); }
  Result<void> show_copy(Id project, const std::function<void(Result<const Project*>)>& look);
  void refreshed(const std::string& name);
  void snapshot_of_the_day(Id project);
  void snapshot(Id project, storage::SnapshotReason reason, Done then);
  void list_snapshots(Id project);
  // Runs a change of the list of projects; when another window writes the list, it is taken over first.
  void change_list(std::function<Result<void>()> change);
  Result<void> write_list(const std::function<Result<void>()>& change);
  std::optional<Error> take_failure();
  void tell(Error error) { errors_.push_back(std::move(error)); }
  void tell(const Result<void>& done) { if (!done) tell(done.error()); }
  // An answer that comes when the workspace may be gone.
  template <class Function>
  auto answer(Function function) {
    ++waiting_;
    return [this, alive = std::weak_ptr(alive_), function = std::move(function)]<class... Given>(Given&&... given) mutable {
      if (alive.expired()) return;
      --waiting_;
      function(std::forward<Given>(given)...);
    };
  }
  // --- stored_files.cpp
  void attach(Id record, const std::string& name, const std::string& type, ContentPtr content, Done done) override;
  void fetch(const std::string& address, std::function<void(Result<ContentPtr>)> got) override;
  std::uint64_t largest() const override { return storage::largest_attachment; }
  // Which contents the open project needs.
  void refer_contents();
  // Removes contents that nobody needs any more, once a visit. What the projects have told of them may be lost or older
  // than a crash: so each that is kept here is looked into before, and one that cannot be read may need them all.
  void collect_contents();
  // Answers whether every project that is kept here has told what it needs.
  void learn_all_uses(const std::function<void(bool)>& then);
  void learn_uses(std::vector<Id> projects, const std::function<void(bool)>& then);
  // After everything was removed: tells which files of the open project are gone. What the second copy still has goes back
  // to the first.
  void look_for_contents(std::vector<std::string> hashes, std::set<std::string> missing);
  void tell_missing(const std::set<std::string>& missing);
  // Answers when all of them are kept, or with what went wrong.
  void keep_contents(const storage::Contents& contents, Done then);
  // Fetches what is there of them, one after the other.
  void fetch_contents(std::vector<std::string> hashes, storage::Contents got, std::function<void(storage::Contents)> then);
  // A file that is to be attached, as it is kept.
  struct NewFile {
    Id record;
    std::string name, type;
    std::uint64_t size;  // as it was chosen
    bool sealed;
    ContentPtr content;
    std::string text = {};  // inside, for the search
  };
  void seal_and_keep(NewFile file, Done done);
  void keep_file(NewFile file, Done done);
  // What an attachment keeps of what was read in its file (Attachment::extracted_text).
  static std::string searched_text(const Result<std::string>& read);
  // --- stored_texts.cpp: files that were attached before the search knew of their kind, here or by a colleague. They are read
  // one after the other once the project is open, no more of them at once than a visitor notices.
  struct TextReading;
  void read_missing_texts();
  void read_next_text(const std::shared_ptr<TextReading>& reading);
  void keep_texts(TextReading& reading);
  bool lacks_text(const Attachment& file) const;
  Result<std::string> image_of(const Project& part);
  void note_export(Minute now);
  std::vector<Error> left_here(const ui::ExportWish& wish) const;
  using Exported = std::function<void(Result<ui::ExportedFile>)>;
  void write_file(const ui::ExportWish& wish, storage::Contents attachments, Exported done);
  void lock_file(ui::ExportedFile file, const std::string& password, const Exported& done);
  Result<std::unique_ptr<ui::PendingImport>> look_at(storage::OpenedFile file);

  // --- stored_vault.cpp
  ui::VaultState state() const override;
  bool all_open() const override;
  std::size_t waiting() const override { return open_ ? open_->waiting_texts : 0; }
  Result<void> set_passphrase(const std::string& passphrase, Confidentiality locked_from, Minute now) override;
  Result<void> unlock(const std::string& passphrase, Minute now) override;
  Result<void> change_passphrase(const std::string& before, const std::string& after, Minute now) override;
  void lock() override;
  Result<std::unique_ptr<storage::OpenVault>> opened_by(const std::string& passphrase, Minute now);
  void use(std::unique_ptr<storage::OpenVault> vault);
  static bool may_lie_open(const Commit& commit);
  void look_for_open_texts();  // seals them, or knows how many wait
  void seal_what_lies_open();
  void seal_files(std::vector<std::string> hashes, std::map<std::string, std::string> sealed,
                  std::function<void(const std::map<std::string, std::string>&)> then);
  void forget_past();  // when there is something of it that must go
  void forget_earlier_states();

  Result<void> note(const Project& project);  // its line in the list of projects
  Result<std::vector<ui::ProjectEntry>> read_list();

  storage::DatabaseHost& host_;
  Surroundings& surroundings_;
  bool ready_ = false;
  std::optional<Error> unreachable_;
  bool list_given_up_ = false, collected_ = false, forgetting_ = false, removed_ = false;
  std::deque<Error> errors_;   // what failed
  std::deque<Error> notices_;  // what the user must know though nothing failed
  std::optional<storage::Database> list_;
  std::vector<ui::ProjectEntry> entries_;  // as last read from the list
  std::map<Id, Error> broken_;             // projects that cannot be opened, and nothing here can mend
  std::vector<std::function<Result<void>()>> list_changes_;  // waiting for the list to become ours
  Id installation_;
  std::unique_ptr<Open> open_;
  Id opening_;
  std::set<Id> making_;  // new projects whose databases are on their way
  std::map<Id, Listing> listings_;
  int waiting_ = 0;      // answers of the host that are on their way
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace pmo
