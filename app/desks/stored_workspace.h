// The projects of this browser, kept in databases: one for the list and the settings, one a project.
#pragma once

#include "app/ui/workspace_port.h"
#include "storage/database_host.h"
#include "storage/project_store.h"

#include <set>

namespace pmo {

class StoredWorkspace final : public ui::WorkspacePort {
 public:
  StoredWorkspace(storage::DatabaseHost& host, Surroundings& surroundings);
  ~StoredWorkspace() override;

  // False until the list of projects has been read; then error() tells whether that went well.
  bool ready() const override { return ready_; }
  std::optional<Error> take_error() override { return std::exchange(error_, {}); }
  const std::optional<Error>& error() const { return error_; }

  std::vector<ui::ProjectEntry> projects() override;
  Result<Id> create(const ui::NewProject& wanted) override;
  Result<Id> create_sample(Language language) override;
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

  Result<std::unique_ptr<ui::PendingImport>> read(const std::string& file_name, std::string_view bytes) override;
  Result<Id> take_in(ui::PendingImport& import, ui::ImportWay way) override;
  Result<ui::ExportedFile> export_bundle(bool with_confidential) override;

  std::vector<ui::Snapshot> snapshots(Id project) override;
  Result<void> restore(Id project, Id snapshot) override;
  bool working() const override;

  // Settings of this browser that belong to no project: language, theme, positions.
  std::string setting(const std::string& key);
  void set_setting(const std::string& key, const std::string& value);
  Id installation() const { return installation_; }

 private:
  struct Open {
    Id id;
    storage::Database database;
    std::unique_ptr<Project> project;
    std::unique_ptr<storage::ProjectStore> store;
  };

  void start();
  Result<void> make_tables();
  Result<void> read_installation();
  // A new project from a finished one. Its making is no step that could be undone.
  Result<Id> keep(const Project& content, const std::vector<Commit>& history);
  Result<void> write_new(Id project, const Project& content, const std::vector<Commit>& history);
  Result<void> open_loaded(Id project);
  Result<void> note(const Project& project);  // its line in the list of projects
  Result<std::vector<ui::ProjectEntry>> read_list();

  storage::DatabaseHost& host_;
  Surroundings& surroundings_;
  bool ready_ = false;
  std::optional<Error> error_;
  std::optional<storage::Database> list_;
  Id installation_;
  std::unique_ptr<Open> open_;
  Id opening_;
  std::set<Id> making_;  // new projects whose databases are on their way
};

}  // namespace pmo
