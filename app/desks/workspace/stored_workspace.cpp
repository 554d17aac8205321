#include "app/desks/workspace/stored_workspace.h"

#include <algorithm>
#include <utility>

#include "app/model/begin_like.h"
#include "app/model/records/common.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/task.h"
#include "app/model/sort_stably.h"
#include "app/model/standard_calendar.h"
#include "app/sample/sample.h"
#include "storage/bundle/bundle.h"

namespace pmo {
namespace {

using storage::Database;

constexpr const char* list_name = "workspace";
constexpr std::string_view project_prefix = "project-";

// What every new project starts with: its settings and the standard calendar.
Result<void> fill_new(Project& project, const ui::NewProject& wanted) {
  Transaction transaction(project, "transaction.new_project"_key);
  auto& settings = static_cast<ProjectSettings&>(transaction.create_record(register_of<ProjectSettings>(), {}));
  settings.name = wanted.name;
  settings.start = wanted.start;
  settings.calendar = {add_standard_calendar(transaction, wanted.language).id};
  if (auto commit = transaction.commit(); !commit) return std::unexpected(commit.error());
  if (!wanted.templates) return {};
  for (const RegisterInfo* info : project.schema().registers())
    if (has_template(*info)) PMO_TRY_VOID(apply_template(*info, project, wanted.language, wanted.start.day()));
  return {};
}

// Stands in while a project has no connection: nothing can be changed, and there is nothing to read.
class NoJournal final : public Journal {
 public:
  Result<void> append(const Commit&) override { return fail("error.database.read_only"_key); }
  Result<Commit> read(Id) const override { return fail("error.database.read_only"_key); }
  Result<std::vector<Commit>> since(const VersionVector&) const override { return std::vector<Commit>{}; }
};

Journal& no_journal() {
  static NoJournal journal;  // without state
  return journal;
}

Key reason_key(storage::SnapshotReason reason) {
  using enum storage::SnapshotReason;
  switch (reason) {
    case opened: return "snapshot.opened"_key;
    case before_import: return "snapshot.before_import"_key;
    case before_migration: return "snapshot.before_migration"_key;
    case before_restore: return "snapshot.before_restore"_key;
    case asked: return "snapshot.asked"_key;
    case sealed: return "snapshot.sealed"_key;
    case stranded: return "snapshot.stranded"_key;
    case removed: return "snapshot.removed"_key;
  }
  return {};
}

constexpr std::uint64_t day_milliseconds = 24ull * 60 * 60 * 1000;

}  // namespace

std::string StoredWorkspace::database_name(Id project) { return std::string(project_prefix) + project.text(); }

std::vector<Id> StoredWorkspace::projects_among(const std::vector<std::string>& names) {
  std::vector<Id> projects;
  for (const auto& name : names)
    if (name.starts_with(project_prefix))
      if (const auto id = Id::parse(std::string_view(name).substr(project_prefix.size()))) projects.push_back(*id);
  return projects;
}

StoredWorkspace::StoredWorkspace(storage::DatabaseHost& host, Surroundings& surroundings)
    : host_(host), surroundings_(surroundings) {
  host_.on_refreshed = [this](const std::string& name) { refreshed(name); };
  host_.on_removed = [this] { removed(); };
  host_.on_snapshot = [this](const std::string& name) {
    for (const auto id : projects_among({name})) list_snapshots(id);
  };
  reach();
}

StoredWorkspace::~StoredWorkspace() {
  host_.on_refreshed = nullptr;
  host_.on_removed = nullptr;
  host_.on_snapshot = nullptr;
  close();
}

std::optional<Error> StoredWorkspace::take_failure() {
  if (errors_.empty()) return std::nullopt;
  auto first = std::move(errors_.front());
  errors_.pop_front();
  return first;
}

std::optional<Error> StoredWorkspace::take_error() {
  if (auto failure = take_failure()) return failure;
  if (notices_.empty()) return std::nullopt;
  auto first = std::move(notices_.front());
  notices_.pop_front();
  return first;
}

void StoredWorkspace::reach() {
  ready_ = false;
  unreachable_.reset();
  host_.load(list_name, answer([this](Result<void> loaded) { reached(loaded); }));
}

void StoredWorkspace::reached(const Result<void>& loaded) {
  // A list that cannot be healed is given up: all that is in it can be had from the projects.
  if (!loaded && loaded.error().message == "error.storage.damaged"_key && !std::exchange(list_given_up_, true)) {
    host_.remove(list_name);
    notices_.push_back({"storage.list_made_anew"_key, {}});
    return reach();
  }
  ready_ = true;
  if (!loaded) {
    unreachable_ = loaded.error();
    return;
  }
  start();
  if (!host_.read_only(list_name)) host_.list_names(answer([this](const storage::KeptNames& kept) { adopt(kept); }));
}

void StoredWorkspace::note_lost(const storage::KeptNames& kept) {
  if (!kept.complete) return;
  const auto there = projects_among(kept.names);
  for (const auto& entry : projects())
    if (!in_use(entry.id) && !std::ranges::contains(there, entry.id)) broken_[entry.id] = {"error.storage.lost"_key, {}};
}

// What is open is being written again; what else was kept is looked for.
void StoredWorkspace::removed() {
  removed_ = true;
  listings_.clear();
  refer_contents();
  if (open_) {
    const auto hashes = storage::attached_contents(*open_->project);
    look_for_contents({hashes.begin(), hashes.end()}, {});
  }
  host_.list_names(answer([this](const storage::KeptNames& kept) { note_lost(kept); }));
}

void StoredWorkspace::adopt(const storage::KeptNames& kept) {
  note_lost(kept);
  const auto listed = projects();
  for (const auto id : projects_among(kept.names)) {
    if (in_use(id) || std::ranges::contains(listed, id, &ui::ProjectEntry::id)) continue;
    look_into(id, [this](Result<const Project*> project) {
      if (project) tell(note(**project));
    });
  }
}

void StoredWorkspace::start() {
  if (const auto notice = host_.notice(list_name)) notices_.push_back(*notice);
  auto database = host_.open(list_name);
  if (database) list_.emplace(std::move(*database));
  auto done = database ? make_tables() : std::unexpected(database.error());
  if (done) done = read_installation();
  tell(done);
}

Result<void> StoredWorkspace::make_tables() {
  return list_->execute(
      "CREATE TABLE IF NOT EXISTS project (id TEXT PRIMARY KEY, name TEXT NOT NULL, code TEXT NOT NULL,"
      " changed INTEGER NOT NULL, tasks INTEGER NOT NULL, records INTEGER NOT NULL) WITHOUT ROWID;"
      "CREATE TABLE IF NOT EXISTS setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;");
}

// This browser profile's identity, the actor of all edits made here.
Result<void> StoredWorkspace::read_installation() {
  if (const auto known = Id::parse(setting("installation"))) {
    installation_ = *known;
    return {};
  }
  installation_ = Id::make(surroundings_.milliseconds(), surroundings_.random(), surroundings_.random());
  set_setting("installation", installation_.text());
  return {};
}

void StoredWorkspace::renew_installation() {
  installation_ = Id::make(surroundings_.milliseconds(), surroundings_.random(), surroundings_.random());
  change_list([this]() -> Result<void> { return set_setting("installation", installation_.text()), Result<void>{}; });
  if (open_) RecordWriter(*open_->project).set_actor(installation_);
}

std::string StoredWorkspace::setting(const std::string& key) {
  if (!list_) return {};
  auto row = list_->prepare("SELECT value FROM setting WHERE key = ?");
  if (!row) return {};
  row->bind(0, std::string_view(key));
  std::string value;
  if (row->step().value_or(false)) value = row->text(0);
  row->reset();
  return value;
}

void StoredWorkspace::set_setting(const std::string& key, const std::string& value) {
  if (!list_ || setting(key) == value) return;
  if (auto row = list_->prepare("INSERT OR REPLACE INTO setting VALUES (?,?)"))
    (void)row->bind(0, std::string_view(key)).bind(1, std::string_view(value)).run();
}

// --- the list ---------------------------------------------------------------------------------------------------

Result<std::vector<ui::ProjectEntry>> StoredWorkspace::read_list() {
  auto rows = PMO_TRY(list_->prepare("SELECT id, name, code, changed, tasks, records FROM project ORDER BY changed DESC"));
  std::vector<ui::ProjectEntry> entries;
  while (PMO_TRY(rows.step()))
    entries.push_back({.id = Id::parse(rows.text(0)).value_or(Id{}), .name = std::string(rows.text(1)),
                       .code = std::string(rows.text(2)), .changed = static_cast<std::uint64_t>(rows.integer(3)),
                       .tasks = static_cast<std::size_t>(rows.integer(4)),
                       .records = static_cast<std::size_t>(rows.integer(5))});
  rows.reset();
  return entries;
}

std::vector<ui::ProjectEntry> StoredWorkspace::projects() {
  if (list_)
    if (auto entries = read_list()) entries_ = std::move(*entries);
  for (auto& entry : entries_) {
    const auto broken = broken_.find(entry.id);
    entry.problem = broken == broken_.end() ? Error{} : broken->second;
  }
  return entries_;
}

Result<void> StoredWorkspace::write_list(const std::function<Result<void>()>& change) {
  return list_ ? change() : fail("error.database.read_only"_key);
}

void StoredWorkspace::change_list(std::function<Result<void>()> change) {
  if (list_ && !host_.read_only(list_name)) return tell(change());
  list_changes_.push_back(std::move(change));
  if (list_changes_.size() > 1) return;  // it is being taken over
  list_.reset();
  host_.take_over(list_name, answer([this](Result<void> taken) {
    if (auto database = host_.open(list_name)) list_.emplace(std::move(*database));
    if (!taken) tell(taken.error());
    for (const auto& waiting : std::exchange(list_changes_, {}))
      if (taken) tell(write_list(waiting));
  }));
}

Result<void> StoredWorkspace::note(const Project& project) {
  const auto& settings = project.all<ProjectSettings>();
  if (settings.empty() || !list_) return {};
  std::size_t records = 0;
  for (const auto* info : project.schema().registers()) records += project.table(*info).size();
  auto row = PMO_TRY(list_->prepare("INSERT OR REPLACE INTO project VALUES (?,?,?,?,?,?)"));
  row.bind(0, std::string_view(settings.at(0).id.text())).bind(1, std::string_view(settings.at(0).name));
  row.bind(2, std::string_view(settings.at(0).code)).bind(3, static_cast<std::int64_t>(surroundings_.milliseconds()));
  row.bind(4, static_cast<std::int64_t>(project.all<Task>().size())).bind(5, static_cast<std::int64_t>(records));
  return row.run();
}

Result<Id> StoredWorkspace::keep(const Project& content, const std::vector<Commit>& history) {
  const auto id = storage::project_id(content);
  if (!id) return fail("error.bundle.no_project"_key);
  keep_as(content, history, [this](Result<void> kept) { tell(kept); });
  if (auto error = take_failure()) return std::unexpected(std::move(*error));
  return id;
}

void StoredWorkspace::keep_as(const Project& content, const std::vector<Commit>& history, Done then) {
  const auto id = storage::project_id(content);
  const auto kept = std::make_shared<Project>(product_schema(), installation_, surroundings_);
  copy_records(content, *kept);
  making_.insert(id);
  // In a browser even a new database is within reach only later.
  host_.load(database_name(id), [this, id, kept, history, then = std::move(then)](Result<void> loaded) {
    making_.erase(id);
    if (loaded) loaded = write_new(id, *kept, history);
    if (loaded) broken_.erase(id);
    if (loaded) host_.blobs().refer(id.text(), storage::attached_contents(*kept));
    if (loaded) change_list([this, kept] { return note(*kept); });
    then(loaded);
    const bool there = loaded || loaded.error().message == "error.workspace.exists"_key;
    if (opening_ == id) {
      opening_ = {};
      if (there) tell(open_loaded(id));
    }
  });
}

Result<void> StoredWorkspace::write_new(Id id, const Project& content, const std::vector<Commit>& history) {
  auto database = PMO_TRY(host_.open(database_name(id)));
  const auto copy = std::make_shared<Project>(product_schema(), installation_, surroundings_);
  const auto store = PMO_TRY(storage::ProjectStore::open(database, *copy));
  if (storage::project_id(*copy)) {  // it was kept all the time, only not in the list
    copy->set_journal(no_journal());
    change_list([this, copy] { return note(*copy); });
    return fail("error.workspace.exists"_key);
  }
  copy_records(content, *copy);
  return store->write_all(history);
}

Result<Id> StoredWorkspace::create(const ui::NewProject& wanted) {
  Project project(product_schema(), installation_, surroundings_);
  PMO_TRY_VOID(fill_new(project, wanted));
  return keep(project, {});
}

Result<Id> StoredWorkspace::create_sample(Language language) {
  Project project(product_schema(), installation_, surroundings_);
  const Day today{static_cast<std::int32_t>(surroundings_.milliseconds() / day_milliseconds)};
  PMO_TRY_VOID(make_sample_project(project, language, today));
  return keep(project, {});
}

void StoredWorkspace::create_like(Id earlier, const ui::NewProject& wanted, std::function<void(Result<Id>)> made) {
  look_into(earlier, [this, wanted, made = std::move(made)](Result<const Project*> like) {
    if (!like) return made(std::unexpected(like.error()));
    Project project(product_schema(), installation_, surroundings_);
    if (auto begun = begin_like(**like, project, {wanted.name, wanted.start}); !begun) return made(std::unexpected(begun.error()));
    made(keep(project, {}));
  });
}

Result<void> StoredWorkspace::rename(Id id, const std::string& name) {
  if (open_ && open_->id == id) {
    Transaction transaction(*open_->project, "transaction.rename_project"_key);
    transaction.set(open_->project->all<ProjectSettings>().at(0), &ProjectSettings::name, name);
    auto commit = transaction.commit();
    return commit ? Result<void>{} : std::unexpected(commit.error());
  }
  return fail("error.workspace.open_first"_key);
}

Result<void> StoredWorkspace::remove(Id id) {
  if (open_ && open_->id == id) close();
  change_list([this, id]() -> Result<void> {
    auto row = PMO_TRY(list_->prepare("DELETE FROM project WHERE id = ?"));
    PMO_TRY_VOID(row.bind(0, std::string_view(id.text())).run());
    host_.remove(database_name(id));
    broken_.erase(id);
    host_.blobs().refer(id.text(), {});
    return {};
  });
  if (auto error = take_failure()) return std::unexpected(std::move(*error));
  return {};
}

// --- the open project -------------------------------------------------------------------------------------------

Result<void> StoredWorkspace::open(Id id) {
  if ((open_ && open_->id == id) || opening_ == id) return {};
  close();
  opening_ = id;
  if (making_.contains(id)) return {};  // it is opened when it is made
  load_project(id, [this, id](Result<void> loaded) {
    if (opening_ != id) {  // the user has gone elsewhere meanwhile
      if (!in_use(id)) host_.unload(database_name(id));
      return;
    }
    opening_ = {};
    if (loaded) loaded = open_loaded(id);
    if (!loaded) cannot_open(id, loaded.error());
  });
  if (!open_)
    if (auto error = take_failure()) return std::unexpected(std::move(*error));
  return {};
}

void StoredWorkspace::load_project(Id id, Done loaded) {
  const auto name = database_name(id);
  host_.load(name, answer([this, id, name, loaded = std::move(loaded)](Result<void> done) {
    const auto is_earlier = [&]() -> Result<bool> {
      auto database = PMO_TRY(host_.open(name));
      return storage::ProjectStore::is_of_earlier_version(database, product_schema());
    };
    if (!done || host_.read_only(name) || !is_earlier().value_or(false)) return loaded(done);
    snapshot(id, storage::SnapshotReason::before_migration, [this, loaded](Result<void> taken) {
      tell(taken);  // a full disk keeps nobody from the data: columns are only added
      loaded({});
    });
  }));
}

// An empty database in the place of a project is none: the browser has lost it, or another window is just making it.
Result<void> StoredWorkspace::is_there(const std::string& name) {
  auto database = PMO_TRY(host_.open(name));
  auto row = PMO_TRY(database.prepare("PRAGMA page_count"));
  const bool something = PMO_TRY(row.step()) && row.integer(0) > 0;
  row.reset();
  if (something) return {};
  return fail(host_.read_only(name) ? "error.database.busy"_key : "error.storage.lost"_key);
}

void StoredWorkspace::cannot_open(Id id, const Error& reason) {
  constexpr Key beyond_repair[] = {"error.storage.damaged"_key, "error.storage.lost"_key, "error.database.damaged"_key};
  if (std::ranges::contains(beyond_repair, reason.message)) broken_[id] = reason;
  if (!in_use(id)) host_.unload(database_name(id));
  tell(reason);
}

Result<void> StoredWorkspace::open_loaded(Id id) {
  const auto name = database_name(id);
  PMO_TRY_VOID(is_there(name));
  auto open = std::make_unique<Open>(Open{.id = id, .vault = nullptr, .database = PMO_TRY(host_.open(name)), .project = nullptr, .store = nullptr});
  open->project = std::make_unique<Project>(product_schema(), installation_, surroundings_);
  open->store = PMO_TRY(storage::ProjectStore::open(*open->database, *open->project));
  // While another window writes the list, the project's line there is brought up to date later.
  open->project->on_commit([this](const Commit& commit) {
    if (!host_.read_only(list_name)) (void)note(*open_->project);
    if (std::ranges::contains(commit.changes, &register_of<Attachment>(), &Change::info)) refer_contents();
    if (may_lie_open(commit)) look_for_open_texts();
  });
  auto vault = open_ && open_->id == id ? std::move(open_->vault) : nullptr;  // another window has saved it: still unlocked
  open_ = std::move(open);
  broken_.erase(id);
  if (vault) use(std::move(vault));
  refer_contents();
  look_for_open_texts();
  if (auto notice = host_.notice(name)) {
    const bool older = notice->message == "storage.healed"_key || notice->message == "storage.found_again"_key || notice->message == "storage.mended_older"_key;
    if (older) renew_installation();
    notices_.push_back(std::move(*notice));
  }
  snapshot_of_the_day(id);
  collect_contents();
  read_missing_texts();
  return {};
}

void StoredWorkspace::close() {
  opening_ = {};
  if (!open_) return;
  const auto name = database_name(open_->id);
  open_->store.reset();
  open_->project.reset();
  open_.reset();
  if (auto notice = host_.notice(name)) notices_.push_back(std::move(*notice));
  host_.unload(name);
}

// The copy is read from the database and gone after the look, so nothing of the project is kept twice.
void StoredWorkspace::look_into(Id id, std::function<void(Result<const Project*>)> look) {
  if (open_ && open_->id == id) return look(open_->project.get());
  if (in_use(id)) return look(fail("error.database.busy"_key));
  load_project(id, [this, id, look = std::move(look)](Result<void> loaded) {
    if (open_ && open_->id == id) return look(open_->project.get());  // it was opened meanwhile
    if (loaded) loaded = show_copy(id, look);
    if (!loaded) look(std::unexpected(loaded.error()));
    if (!in_use(id)) host_.unload(database_name(id));
  });
}

Result<void> StoredWorkspace::show_copy(Id id, const std::function<void(Result<const Project*>)>& look) {
  PMO_TRY_VOID(is_there(database_name(id)));
  auto database = PMO_TRY(host_.open(database_name(id)));
  Project copy(product_schema(), installation_, surroundings_);
  const auto store = PMO_TRY(storage::ProjectStore::open(database, copy));
  look(&copy);
  return {};
}

ui::StorageStatus StoredWorkspace::storage() {
  const auto status = host_.status();
  using storage::SaveState;
  const bool rests = status.state == SaveState::saved || status.state == SaveState::read_only;
  const auto state = rests                                ? ui::SaveState::saved
                     : status.state == SaveState::saving ? ui::SaveState::saving
                                                         : ui::SaveState::not_saved;
  return {.state = state, .reason = status.reason, .bytes = status.bytes, .persistent = status.persistent, .second_copy = status.second_copy,
          .read_only = open_ && host_.read_only(database_name(open_->id)), .memory_only = status.state == SaveState::memory_only, .removed = removed_};
}

bool StoredWorkspace::working() const { return host_.working() || !ready_ || opening_ || !making_.empty() || waiting_ > 0; }

// --- going back, and other windows --------------------------------------------------------------------------------

std::vector<ui::Snapshot> StoredWorkspace::snapshots(Id project) {
  if (!listings_[project].asked) list_snapshots(project);
  std::vector<ui::Snapshot> all;
  for (const auto& info : listings_[project].found)
    all.push_back({.taken = info.id, .reason = reason_key(info.reason), .bytes = info.bytes});
  return all;
}

void StoredWorkspace::list_snapshots(Id project) {
  listings_[project].asked = true;
  host_.snapshots(database_name(project), answer([this, project](std::vector<storage::SnapshotInfo> found) {
    sort_stably(found, std::ranges::greater{}, &storage::SnapshotInfo::id);
    listings_[project].found = std::move(found);
  }));
}

void StoredWorkspace::snapshot(Id project, storage::SnapshotReason reason, Done then) {
  host_.take_snapshot(database_name(project), reason, answer(std::move(then)));
}

// A state a day is set aside when the project is opened, if this window may write.
void StoredWorkspace::snapshot_of_the_day(Id project) {
  if (host_.read_only(database_name(project))) return;
  host_.snapshots(database_name(project), answer([this, project](std::vector<storage::SnapshotInfo> found) {
    if (project_id() != project || !open_->database) return;
    const auto now = surroundings_.milliseconds();
    const bool recent = std::ranges::any_of(found, [&](const auto& info) { return info.id + day_milliseconds > now; });
    if (!recent) snapshot(project, storage::SnapshotReason::opened, [this](Result<void> taken) { tell(taken); });
  }));
}

void StoredWorkspace::take_snapshot(Done taken) {
  if (!open_ || !open_->database) return taken(fail("error.workspace.open_first"_key));
  snapshot(open_->id, storage::SnapshotReason::asked, std::move(taken));
}

Result<void> StoredWorkspace::restore(Id project, std::uint64_t taken) {
  if (open_ && open_->id == project) {
    if (!open_->database) return fail("error.database.busy"_key);
    detach();
  } else {
    close();
    opening_ = project;
  }
  const auto name = database_name(project);
  const auto present = open_ ? std::optional(open_->project->seen()) : std::nullopt;
  const auto finish = [this, project, present](Result<void> restored) {
    tell(restored);
    list_snapshots(project);
    open_anew(project);
    if (!restored || project_id() != project) return;
    // What was edited after that state may have been mailed: edits made from now on are not to be taken for it.
    const auto& clocks = open_->project->seen();
    if (!present || !clocks.covers(*present)) renew_installation();
  };
  host_.load(name, answer([this, name, taken, finish](Result<void> loaded) {
    if (!loaded) return finish(loaded);
    host_.restore(name, taken, answer(finish));
  }));
  return {};
}

Result<void> StoredWorkspace::take_over() {
  if (!open_) return fail("error.workspace.open_first"_key);
  if (!open_->database) return fail("error.database.busy"_key);
  const auto project = open_->id;
  detach();
  host_.take_over(database_name(project), answer([this, project](Result<void> taken) {
    tell(taken);
    open_anew(project);
    if (taken && open_) change_list([this] { return open_ ? note(*open_->project) : Result<void>{}; });
  }));
  return {};
}

void StoredWorkspace::detach() {
  open_->project->set_journal(no_journal());
  open_->store.reset();
  open_->database.reset();
}

// After an exchange. The old project lives until the new one is there, so that nobody takes one for the other.
void StoredWorkspace::open_anew(Id project) {
  const bool still_wanted = opening_ == project || project_id() == project;
  if (!still_wanted) return host_.unload(database_name(project));
  opening_ = {};
  if (const auto opened = open_loaded(project); !opened) {
    close();
    cannot_open(project, opened.error());
  }
}

void StoredWorkspace::refreshed(const std::string& name) {
  if (name == list_name && list_ && !installation_) return start();  // the first window has made its tables now
  if (name == list_name && list_)
    if (const auto renewed = Id::parse(setting("installation"))) installation_ = *renewed;
  if (open_ && open_->database && name == database_name(open_->id)) open_anew(open_->id);
}

}  // namespace pmo
