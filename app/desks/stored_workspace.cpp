#include "app/desks/stored_workspace.h"

#include <algorithm>

#include "app/model/records/project_settings.h"
#include "app/model/records/task.h"
#include "app/sample/sample.h"
#include "storage/bundle/bundle.h"
#include "storage/open_file.h"

namespace pmo {
namespace {

using storage::Database;

constexpr const char* list_name = "workspace";

std::string database_name(Id project) { return "project-" + project.text(); }

Shifts shifts(std::string_view text) { return Shifts::parse(text).value_or(Shifts{}); }

// What every new project starts with: its settings and the standard calendar.
Result<void> fill_new(Project& project, const ui::NewProject& wanted) {
  Transaction transaction(project, "transaction.new_project"_key);
  auto& settings = static_cast<ProjectSettings&>(transaction.create_record(register_of<ProjectSettings>(), {}));
  settings.name = wanted.name;
  settings.start = wanted.start;
  const auto& calendar = transaction.create<Calendar>([&](Calendar& c) {
    c.name = word("calendar.standard"_key, wanted.language);
    const auto day = shifts("08:00-12:00,13:00-17:00");
    c.monday = c.tuesday = c.wednesday = c.thursday = c.friday = day;
    c.saturday = c.sunday = Shifts{};
  });
  settings.calendar = {calendar.id};
  auto commit = transaction.commit();
  return commit ? Result<void>{} : std::unexpected(commit.error());
}

class FileImport final : public ui::PendingImport {
 public:
  FileImport(storage::OpenedFile file, Id existing, std::optional<MergePlan> plan)
      : file_(std::move(file)), existing_(existing), plan_(std::move(plan)) {}

  ui::ImportKind kind() const override {
    return file_.kind == storage::FileKind::mspdi ? ui::ImportKind::ms_project : ui::ImportKind::bundle;
  }
  const Project& content() const override { return *file_.project; }
  std::string project_name() const override {
    const auto& settings = file_.project->all<ProjectSettings>();
    return settings.empty() ? std::string() : settings.at(0).name;
  }
  const std::vector<Error>& notes() const override { return file_.notes; }
  Id existing() const override { return existing_; }
  const MergePlan* plan() const override { return plan_ ? &*plan_ : nullptr; }

 private:
  storage::OpenedFile file_;
  Id existing_;
  std::optional<MergePlan> plan_;
};

// A name that every file system takes.
std::string file_name(std::string name) {
  for (auto& c : name)
    if (std::string_view("\\/:*?\"<>|\n\r\t").contains(c)) c = '-';
  return name.empty() ? "project" : name;
}

}  // namespace

StoredWorkspace::StoredWorkspace(storage::DatabaseHost& host, Surroundings& surroundings)
    : host_(host), surroundings_(surroundings) {
  host_.load(list_name, [this](Result<void> loaded) {
    if (!loaded) error_ = loaded.error();
    else start();
    ready_ = true;
  });
}

StoredWorkspace::~StoredWorkspace() { close(); }

void StoredWorkspace::start() {
  auto database = host_.open(list_name);
  if (database) list_.emplace(std::move(*database));
  auto done = database ? make_tables() : std::unexpected(database.error());
  if (done) done = read_installation();
  if (!done) error_ = done.error();
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
  if (!list_) return {};
  return read_list().value_or(std::vector<ui::ProjectEntry>{});
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
  const auto kept = std::make_shared<Project>(product_schema(), installation_, surroundings_);
  copy_records(content, *kept);
  making_.insert(id);
  // In a browser even a new database is within reach only later.
  host_.load(database_name(id), [this, id, kept, history](Result<void> loaded) {
    making_.erase(id);
    if (loaded) loaded = write_new(id, *kept, history);
    if (loaded && opening_ == id) {
      opening_ = {};
      loaded = open_loaded(id);
    }
    if (!loaded) error_ = loaded.error();
  });
  if (error_) return std::unexpected(*std::exchange(error_, {}));
  return id;
}

Result<void> StoredWorkspace::write_new(Id id, const Project& content, const std::vector<Commit>& history) {
  auto database = PMO_TRY(host_.open(database_name(id)));
  Project copy(product_schema(), installation_, surroundings_);
  const auto store = PMO_TRY(storage::ProjectStore::open(database, copy));
  copy_records(content, copy);
  PMO_TRY_VOID(store->write_all(history));
  return note(copy);
}

Result<Id> StoredWorkspace::create(const ui::NewProject& wanted) {
  Project project(product_schema(), installation_, surroundings_);
  PMO_TRY_VOID(fill_new(project, wanted));
  return keep(project, {});
}

Result<Id> StoredWorkspace::create_sample(Language language) {
  Project project(product_schema(), installation_, surroundings_);
  PMO_TRY_VOID(make_sample_project(project, language));
  return keep(project, {});
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
  auto row = PMO_TRY(list_->prepare("DELETE FROM project WHERE id = ?"));
  PMO_TRY_VOID(row.bind(0, std::string_view(id.text())).run());
  host_.remove(database_name(id));
  return {};
}

// --- the open project -------------------------------------------------------------------------------------------

Result<void> StoredWorkspace::open(Id id) {
  if (open_ && open_->id == id) return {};
  close();
  opening_ = id;
  if (making_.contains(id)) return {};  // it is opened when it is made
  host_.load(database_name(id), [this, id](Result<void> loaded) {
    if (opening_ != id) return;  // the user has gone elsewhere meanwhile
    opening_ = {};
    if (loaded) loaded = open_loaded(id);
    if (!loaded) error_ = loaded.error();
  });
  if (!open_ && error_) return std::unexpected(*std::exchange(error_, {}));
  return {};
}

Result<void> StoredWorkspace::open_loaded(Id id) {
  auto open = std::make_unique<Open>(Open{.id = id, .database = PMO_TRY(host_.open(database_name(id))), .project = nullptr, .store = nullptr});
  open->project = std::make_unique<Project>(product_schema(), installation_, surroundings_);
  open->store = PMO_TRY(storage::ProjectStore::open(open->database, *open->project));
  open->project->on_commit([this](const Commit&) { (void)note(*open_->project); });
  open_ = std::move(open);
  return {};
}

void StoredWorkspace::close() {
  opening_ = {};
  if (!open_) return;
  const auto name = database_name(open_->id);
  open_->store.reset();
  open_->project.reset();
  open_.reset();
  host_.unload(name);
}

ui::StorageStatus StoredWorkspace::storage() {
  const auto status = host_.status();
  using storage::SaveState;
  const auto state = status.state == SaveState::saved    ? ui::SaveState::saved
                     : status.state == SaveState::saving ? ui::SaveState::saving
                                                         : ui::SaveState::not_saved;
  return {.state = state, .reason = status.reason, .bytes = status.bytes, .persistent = status.persistent,
          .read_only = status.state == SaveState::read_only};
}

bool StoredWorkspace::working() const { return host_.working() || !ready_ || opening_ || !making_.empty(); }

// --- files --------------------------------------------------------------------------------------------------------

Result<std::unique_ptr<ui::PendingImport>> StoredWorkspace::read(const std::string& name, std::string_view bytes) {
  auto file = PMO_TRY(storage::open_file(name, bytes, product_schema(), installation_, surroundings_));
  const auto id = storage::project_id(*file.project);
  const bool known = std::ranges::contains(projects(), id, &ui::ProjectEntry::id);
  std::optional<MergePlan> plan;
  if (open_ && open_->id == id) plan = plan_merge(*open_->project, *file.project);
  return std::make_unique<FileImport>(std::move(file), known ? id : Id{}, std::move(plan));
}

Result<Id> StoredWorkspace::take_in(ui::PendingImport& import, ui::ImportWay way) {
  const auto id = storage::project_id(import.content());
  if (way == ui::ImportWay::merge) {
    if (!open_ || open_->id != id) return fail("error.workspace.open_first"_key);
    PMO_TRY(merge(*open_->project, import.content(), "transaction.import"_key, {import.project_name()}));
    return id;
  }
  if (std::ranges::contains(projects(), id, &ui::ProjectEntry::id)) return fail("error.workspace.exists"_key);
  return keep(import.content(), PMO_TRY(import.content().journal().since({})));
}

Result<ui::ExportedFile> StoredWorkspace::export_bundle(bool with_confidential) {
  if (!open_) return fail("error.workspace.open_first"_key);
  const auto& settings = open_->project->all<ProjectSettings>();
  return ui::ExportedFile{.name = file_name(settings.empty() ? "" : settings.at(0).name) + ".pmo.json",
                          .type = "application/json",
                          .bytes = storage::write_bundle(*open_->project, {.confidential = with_confidential})};
}

std::vector<ui::Snapshot> StoredWorkspace::snapshots(Id) { return {}; }
Result<void> StoredWorkspace::restore(Id, Id) { return fail("error.workspace.no_snapshot"_key); }

}  // namespace pmo
