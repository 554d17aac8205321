// What the shell needs to know about the projects of this browser, without knowing how they are stored. The store
// implements it; tests use a small one in memory.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "app/model/merge.h"
#include "app/model/records/person.h"
#include "app/model/table_reading.h"
#include "app/model/text_grid.h"
#include "app/ui/attached_files.h"
#include "app/ui/vault_port.h"
#include "app/words/words.h"

namespace pmo::ui {

// A project that is kept here, open or not.
struct ProjectEntry {
  Id id;
  std::string name;
  std::string code;
  std::uint64_t changed = 0;  // milliseconds since 1970, UTC
  std::size_t tasks = 0;
  std::size_t records = 0;    // of all registers
  Error problem = {};         // not empty: it cannot be opened, why, and what to do
};

enum class SaveState : unsigned char { saved, saving, not_saved };

// The truth about the data: "saved" only when the browser has acknowledged it.
struct StorageStatus {
  SaveState state = SaveState::saved;
  Error reason = {};          // not_saved: why, and what to do
  std::uint64_t saved_at = 0;  // milliseconds since 1970; 0: not since the project was opened
  std::uint64_t bytes = 0;     // used by all projects of this browser
  bool persistent = false;     // the browser has promised not to throw the data away
  bool second_copy = true;     // has everything that was saved
  bool read_only = false;      // another window writes the project; this one shows what it saves
  bool memory_only = false;    // nothing outlives the window
  bool removed = false;        // the browser has removed all that was stored, while this page was open
};

struct NewProject {
  std::string name;
  Minute start;
  Language language = Language::english;  // of the names that are made: calendars, categories
  bool templates = false;                 // with the product's checklists, frames, scales and plans
};

enum class ImportKind : unsigned char { bundle, database, ms_project, primavera, table, calendar };

// A file that was read and checked. Nothing has changed yet.
class PendingImport {
 public:
  virtual ~PendingImport() = default;
  virtual ImportKind kind() const = 0;
  virtual const Project& content() const = 0;
  virtual std::string project_name() const = 0;
  virtual const std::vector<Error>& notes() const = 0;  // what was not taken over, and why
  // The project of this browser of which the file holds another copy; empty when there is none.
  virtual Id existing() const = 0;
  // Why the project that is kept here cannot be opened, whose place the file takes; nothing when there is none.
  virtual std::optional<Error> replaces() const { return {}; }
  // What merging into it would do; null without an existing project.
  virtual const MergePlan* plan() const = 0;
  // How a table was taken, and its first tasks as they will be (headings first); null for other files.
  virtual const TableReading* table() const { return nullptr; }
  virtual TextGrid first_tasks(Language language) const { return (void)language, TextGrid(); }
};

enum class ImportWay : unsigned char { new_project, merge };

// A form in which a project can be handed on: its name in commands ("mspdi"), and what the menu says.
struct ExportForm {
  std::string_view name;
  Key label;
};

// What goes into a bundle.
struct ExportWish {
  bool confidential = true;  // fields marked confidential
  bool locked = false;       // locked documents, as ciphertext; noted in the access log
  Minute now = {};           // the wall clock, for that note
  bool attachments = true;   // the contents of attached files
  std::optional<VersionVector> since = {};  // only what a copy with this vector lacks
  Ref<Person> concerning = {};  // only what concerns this person; nobody: everything
  std::string password = {};  // not empty: the file opens with it only
};

struct ExportedFile {
  std::string name;
  std::string type;
  ContentPtr content;
  std::vector<Error> notes = {};  // what has no place in this form
};

// What the open project takes up, for the administrator.
struct StorageFacts {
  std::uint64_t database = 0;      // bytes
  std::size_t commits = 0;         // in the change log
  std::size_t attachments = 0;     // different contents
  std::uint64_t attached = 0;      // their bytes
};

// A state that was set aside: every day, and before each import and restore.
struct Snapshot {
  std::uint64_t taken = 0;  // milliseconds since 1970, UTC; names it
  Key reason;
  std::uint64_t bytes = 0;
};

class WorkspacePort {
 public:
  virtual ~WorkspacePort() = default;

  // False until the list of projects has been read.
  virtual bool ready() const { return true; }
  // Why nothing that is kept can be reached; reach() tries again. Until then nothing can be opened or made.
  virtual std::optional<Error> unreachable() { return {}; }
  virtual void reach() {}
  // What went wrong since the last question, in work that was answered later.
  virtual std::optional<Error> take_error() { return {}; }

  // --- the projects of this browser, the one changed last first
  virtual std::vector<ProjectEntry> projects() = 0;
  virtual Result<Id> create(const NewProject& wanted) = 0;
  virtual Result<Id> create_sample(Language language) = 0;
  // One that begins like an earlier one (app/model/begin_like.h), which may first have to be read.
  virtual void create_like(Id earlier, const NewProject& wanted, std::function<void(Result<Id>)> made) { (void)earlier, (void)wanted, made(fail("error.database.busy"_key)); }
  virtual Result<void> rename(Id project, const std::string& name) = 0;
  virtual Result<void> remove(Id project) = 0;

  // --- the open one
  virtual Result<void> open(Id project) = 0;  // closes the other first; project() may only be there later
  virtual void close() = 0;
  virtual Project* project() = 0;             // null: none is open
  virtual Id project_id() = 0;
  virtual StorageStatus storage() = 0;
  virtual void flush() = 0;                   // get everything to the disk now
  virtual void removal_is_known() {}          // the user has read that everything was removed

  // --- the others
  // Shows a kept project to `look`, open or not, for the time of that call and only to read; at once or later. An error
  // when it cannot be read now.
  virtual void look_into(Id project, std::function<void(Result<const Project*>)> look) { (void)project, look(fail("error.database.busy"_key)); }

  // --- files
  // Reads a file: answers at once where it is in memory. `table`: what the columns of a table are to be.
  using Read = std::function<void(Result<std::unique_ptr<PendingImport>>)>;
  virtual void read(const std::string& file_name, ContentPtr content, const std::string& password, const TableWish& table, Read done) = 0;
  // Answers the project to open, and to `taken` when it is known whether everything went well. Of a merge some records may
  // be left out: a later import offers them again.
  using Done = std::function<void(Result<void>)>;
  virtual Result<Id> take_in(PendingImport& import, ImportWay way, const std::set<Id>& left_out, Done taken) = 0;
  virtual std::vector<ExportForm> export_forms() const = 0;  // the bundle first
  virtual Result<ExportedFile> export_as(std::string_view form, Language language) = 0;  // of the open project
  // Of the open project. Answers at once where nothing has to be fetched.
  virtual void export_bundle(const ExportWish& wish, std::function<void(Result<ExportedFile>)> done) = 0;
  // Contents of attached files; null where nothing can be attached.
  virtual AttachedFiles* attached_files() { return nullptr; }

  // The vault of the open project; null where nothing can be locked.
  virtual VaultPort* vault() { return nullptr; }

  // --- going back
  // The newest first. The list may only be there later, while working() says so.
  virtual std::vector<Snapshot> snapshots(Id project) = 0;
  virtual void take_snapshot(Done taken) = 0;  // of the open project, now; answers when it is kept
  // Puts an earlier state in the place of the present one, which is set aside before. Call it between frames: the open
  // project is replaced by another object.
  virtual Result<void> restore(Id project, std::uint64_t taken) = 0;

  // --- looking after the open project
  virtual StorageFacts storage_facts() = 0;
  virtual Result<void> check() = 0;                       // error.database.damaged
  virtual Result<ExportedFile> export_database(const ExportWish& wish = {}) = 0;  // as a SQLite file
  // Of commits older than that, once the present state is set aside; answers how many.
  virtual void forget_history(std::uint64_t days, std::function<void(Result<std::size_t>)> done) = 0;

  // --- other windows
  // Asks the window that writes the open project to let go of it. Between frames, like restore().
  virtual Result<void> take_over() = 0;

  // Something is under way: an answer of the browser will change what the others say.
  virtual bool working() const = 0;
};

}  // namespace pmo::ui
