// The files of a workspace: bundles in and out, and the contents of attached files. A content is kept before anything
// refers to it, and a project is written into a bundle with the contents that are there.
#include <algorithm>
#include <tuple>

#include "app/desks/workspace/stored_workspace.h"
#include "app/model/access_log.h"
#include "app/model/own_part.h"
#include "app/model/problems.h"
#include "app/model/records/common.h"
#include "app/model/records/project_settings.h"
#include "app/ui/platform.h"
#include "storage/digest.h"
#include "storage/file_forms.h"
#include "storage/file_text.h"
#include "storage/interchange/csv.h"
#include "storage/open_file.h"
#include "storage/protection.h"

namespace pmo {
namespace {

std::string project_name_of(const Project& project) {
  const auto& settings = project.all<ProjectSettings>();
  return settings.empty() ? std::string() : settings.at(0).name;
}

class FileImport final : public ui::PendingImport {
 public:
  FileImport(storage::OpenedFile file, Id existing, std::optional<Error> replaces)
      : file_(std::make_shared<storage::OpenedFile>(std::move(file))), existing_(existing), replaces_(std::move(replaces)) {}

  // Plans the merge for the preview, and notes what would contradict itself after it.
  void plan_for(const Project& mine) {
    plan_ = std::make_shared<MergePlan>(plan_merge(mine, *file_->project));
    planned_for_ = state_of(mine);
    std::ranges::copy(problems_after_merge(mine, *file_->project, *plan_), std::back_inserter(file_->notes));
  }
  // The plan that was shown, as long as the project is what it was made for; a new one otherwise.
  std::function<std::shared_ptr<const MergePlan>(const Project&)> planning() const {
    return [file = file_, plan = plan_, planned_for = planned_for_](const Project& mine) {
      return plan && planned_for == state_of(mine) ? plan : std::make_shared<MergePlan>(plan_merge(mine, *file->project));
    };
  }

  ui::ImportKind kind() const override {
    switch (file_->kind) {
      case storage::FileKind::mspdi: return ui::ImportKind::ms_project;
      case storage::FileKind::xer: return ui::ImportKind::primavera;
      case storage::FileKind::csv: return ui::ImportKind::table;
      case storage::FileKind::ics: return ui::ImportKind::calendar;
      case storage::FileKind::sqlite: return ui::ImportKind::database;
      default: return ui::ImportKind::bundle;
    }
  }
  const Project& content() const override { return *file_->project; }
  std::string project_name() const override { return project_name_of(*file_->project); }
  const std::vector<Error>& notes() const override { return file_->notes; }
  Id existing() const override { return existing_; }
  std::optional<Error> replaces() const override { return replaces_; }
  const MergePlan* plan() const override { return plan_.get(); }
  const TableReading* table() const override { return file_->table ? &*file_->table : nullptr; }
  TextGrid first_tasks(Language language) const override {
    constexpr std::size_t shown = 5;
    auto grid = parse_grid(storage::write_csv(*file_->project, language), ',');
    grid.resize(std::min(grid.size(), shown + 1));
    return grid;
  }
  // The file outlives the dialog that shows it: its contents may take a while.
  std::shared_ptr<storage::OpenedFile> file() const { return file_; }

 private:
  // Which object it is, its commits, and what was written without one (sealing).
  using State = std::tuple<const Project*, std::uint64_t, std::uint64_t>;
  static State state_of(const Project& project) {
    std::uint64_t writes = 0;
    for (const auto* info : project.schema().registers()) writes += project.table(*info).revision();
    return {&project, project.revision(), writes};
  }

  std::shared_ptr<storage::OpenedFile> file_;
  Id existing_;
  std::optional<Error> replaces_;
  std::shared_ptr<const MergePlan> plan_;
  State planned_for_ = {};
};

// With clocks and history. What became a project from another program's file was made just now, and its making is no step
// that could be undone.
bool is_of_a_copy(const storage::OpenedFile& file) {
  return file.kind == storage::FileKind::bundle || file.kind == storage::FileKind::sqlite;
}

// Attached files by their contents: how many, and the names of the first.
template <class Wanted>
std::pair<std::size_t, std::string> name_files(const Project& project, Wanted&& wanted) {
  constexpr std::size_t most = 5;
  std::string names;
  std::size_t files = 0;
  for (const auto& attachment : project.all<Attachment>()) {
    if (!wanted(content_hash(attachment.sha256)) || ++files > most) continue;
    names += (names.empty() ? "" : " · ") + attachment.file_name;
  }
  if (files > most) names += " …";
  return {files, names};
}

std::string project_file_name(const Project& project) {
  const auto name = project_name_of(project);
  return ui::safe_file_name(name.empty() ? "project" : name);
}

}  // namespace

// --- bundles ------------------------------------------------------------------------------------------------------

void StoredWorkspace::read(const std::string& name, ContentPtr content, const std::string& password, const TableWish& table, Read done) {
  storage::open_file(name, std::move(content), product_schema(), installation_, surroundings_, password, table,
                     answer([this, done = std::move(done)](Result<storage::OpenedFile> file) {
                       done(file ? look_at(std::move(*file)) : std::unexpected(file.error()));
                     }));
}

Result<std::unique_ptr<ui::PendingImport>> StoredWorkspace::look_at(storage::OpenedFile file) {
  const auto id = storage::project_id(*file.project);
  const auto broken = broken_.find(id);
  const bool known = broken == broken_.end() && std::ranges::contains(projects(), id, &ui::ProjectEntry::id);
  const bool present = open_ && open_->id == id;
  // Changes are of no use to a copy that lacks what they build on. One that is not open is compared when it is.
  if (file.since && (!known || (present && !open_->project->complete().covers(*file.since))))
    return fail("error.bundle.since"_key);
  auto import = std::make_unique<FileImport>(std::move(file), known ? id : Id{}, broken == broken_.end() ? std::nullopt : std::optional(broken->second));
  if (present) import->plan_for(*open_->project);
  return import;
}

Result<Id> StoredWorkspace::take_in(ui::PendingImport& import, ui::ImportWay way, const std::set<Id>& left_out, Done taken) {
  const auto file = static_cast<FileImport&>(import).file();
  const auto planning = static_cast<FileImport&>(import).planning();
  const auto id = storage::project_id(*file->project);
  const Done finish = taken ? std::move(taken) : [this](Result<void> done) { tell(done); };
  if (way == ui::ImportWay::merge) {
    if (!open_ || open_->id != id) return fail("error.workspace.open_first"_key);
    const auto merge_file = [this, id, file, planning, left_out, finish, name = import.project_name()](Result<void> kept) {
      if (!kept) return finish(kept);
      if (project_id() != id) return finish(fail("error.workspace.open_first"_key));
      if (edited_under_my_name(*open_->project, *file->project)) {
        renew_installation();
        notices_.push_back({"workspace.new_installation"_key, {}});
      }
      const auto plan = planning(*open_->project);
      const auto merged = merge(*open_->project, *file->project, *plan, "transaction.import"_key, {name}, left_out);
      finish(merged ? Result<void>{} : std::unexpected(merged.error()));
    };
    snapshot(id, storage::SnapshotReason::before_import, [this, file, merge_file, finish](Result<void> aside) {
      if (!aside) return finish(aside);
      keep_contents(file->attachments, merge_file);
    });
  } else {
    const bool replaces = broken_.contains(id);
    if (!replaces && std::ranges::contains(projects(), id, &ui::ProjectEntry::id)) return fail("error.workspace.exists"_key);
    const bool has_clocks = is_of_a_copy(*file);
    std::vector<Commit> history;
    if (has_clocks) history = PMO_TRY(file->project->journal().since({}));
    making_.insert(id);  // whoever opens it meanwhile waits
    const auto kept_as_new = [this, file, has_clocks, finish](Result<void> kept) {
      // An earlier state of this browser's copy: what was edited here after it may have been mailed.
      if (kept && has_clocks && file->project->seen().clocks().contains(installation_)) renew_installation();
      finish(kept);
    };
    const auto make = [this, id, file, history, finish, kept_as_new](Result<void> ready) {
      making_.erase(id);
      if (ready) return keep_as(*file->project, history, kept_as_new);
      if (opening_ == id) opening_ = {};
      finish(ready);
    };
    keep_contents(file->attachments, [this, id, replaces, make](Result<void> kept) {
      if (!kept || !replaces) return make(kept);
      host_.give_up(database_name(id), answer(make));
    });
  }
  if (auto error = take_failure()) return std::unexpected(std::move(*error));
  return id;
}

std::vector<ui::ExportForm> StoredWorkspace::export_forms() const {
  std::vector<ui::ExportForm> forms;
  for (const auto& form : storage::file_forms()) forms.push_back({form.name, form.label});
  return forms;
}

Result<ui::ExportedFile> StoredWorkspace::export_as(std::string_view form_name, Language language) {
  if (!open_) return fail("error.workspace.open_first"_key);
  const auto& form = *std::ranges::find(storage::file_forms(), form_name, &storage::FileForm::name);
  auto written = form.write(*open_->project, {.language = language, .milliseconds = surroundings_.milliseconds()});
  return ui::ExportedFile{.name = project_file_name(*open_->project) + std::string(form.extension), .type = std::string(form.type),
                          .content = content_of(std::move(written.bytes)), .notes = std::move(written.notes)};
}

void StoredWorkspace::export_bundle(const ui::ExportWish& wish, std::function<void(Result<ui::ExportedFile>)> done) {
  if (!open_) return done(fail("error.workspace.open_first"_key));
  const auto hashes = wish.attachments ? storage::attached_contents(*open_->project) : std::set<std::string>{};
  fetch_contents({hashes.begin(), hashes.end()}, {}, [this, wish, done, project = open_->id](storage::Contents contents) {
    if (project_id() != project) return done(fail("error.workspace.open_first"_key));
    write_file(wish, std::move(contents), done);
  });
}

void StoredWorkspace::write_file(const ui::ExportWish& wish, storage::Contents attachments, Exported done) {
  auto notes = left_here(wish);
  if (wish.attachments && !wish.since && !wish.concerning) {
    const auto [count, names] = name_files(*open_->project, [&](const std::string& hash) { return !attachments.contains(hash); });
    if (count > 0) notes.push_back({"export.contents_missing"_key, {std::to_string(count), names}});
  }
  storage::ExportOptions options{.confidential = wish.confidential, .locked = wish.locked, .since = wish.since, .attachments = std::move(attachments)};
  const auto* person = open_->project->find(wish.concerning);
  if (person) options.only = part_concerning(*open_->project, wish.concerning);
  const auto name = project_file_name(*open_->project) + (person ? "." + ui::safe_file_name(person->name) : "") + (wish.since ? ".changes" : "");
  storage::write_bundle_file(*open_->project, std::move(options), answer([this, name, wish, notes = std::move(notes), project = open_->id, done](Result<storage::BundleFile> file) {
    if (!file) return done(std::unexpected(file.error()));
    const bool zipped = file->zipped && wish.password.empty();
    if (!zipped && file->content->size() > storage::largest_file)
      return done(fail("error.export.too_large"_key, {std::to_string(storage::largest_file >> 20)}));
    ui::ExportedFile exported{.name = name + (zipped ? ".pmo.zip" : ".pmo.json"), .type = zipped ? "application/zip" : "application/json",
                              .content = std::move(file->content), .notes = notes};
    if (wish.locked && project_id() == project) note_export(wish.now);
    if (wish.password.empty()) done(std::move(exported));
    else lock_file(std::move(exported), wish.password, done);
  }));
}

void StoredWorkspace::lock_file(ui::ExportedFile file, const std::string& password, const Exported& done) {
  const auto content = file.content;
  read_whole(content, answer([this, file = std::move(file), password, done](Result<std::string> bytes) mutable {
    if (!bytes) return done(std::unexpected(bytes.error()));
    auto locked = storage::protect(*bytes, password, surroundings_);
    if (!locked) return done(std::unexpected(locked.error()));
    file.content = content_of(std::move(*locked));
    done(std::move(file));
  }));
}

// --- looking after the open project --------------------------------------------------------------------------------

ui::StorageFacts StoredWorkspace::storage_facts() {
  ui::StorageFacts facts;
  if (!open_ || !open_->database) return facts;
  const auto number = [&](std::string_view sql) -> std::uint64_t {
    auto row = open_->database->prepare(sql);
    const auto value = row && row->step().value_or(false) ? row->integer(0) : 0;
    if (row) row->reset();
    return static_cast<std::uint64_t>(value);
  };
  facts.database = number("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");
  facts.commits = number("SELECT count(*) FROM commit_log");
  std::set<std::string> seen;
  for (const auto& attachment : open_->project->all<Attachment>())
    if (seen.insert(attachment.sha256).second) facts.attached += static_cast<std::uint64_t>(attachment.size);
  facts.attachments = seen.size();
  return facts;
}

Result<void> StoredWorkspace::check() {
  if (!open_ || !open_->database) return fail("error.workspace.open_first"_key);
  return open_->database->check();
}

Result<ui::ExportedFile> StoredWorkspace::export_database(const ui::ExportWish& wish) {
  if (!open_ || !open_->database) return fail("error.workspace.open_first"_key);
  const WhatLeaves leaving(*open_->project, wish.locked);
  const bool whole = &leaving.project() == open_->project.get();
  auto bytes = PMO_TRY(whole ? open_->database->image() : image_of(leaving.project()));
  if (wish.locked) note_export(wish.now);
  return ui::ExportedFile{.name = project_file_name(*open_->project) + ".sqlite",
                          .type = "application/vnd.sqlite3", .content = content_of(std::move(bytes)), .notes = left_here(wish)};
}

// What an export does not hold though it seems whole.
std::vector<Error> StoredWorkspace::left_here(const ui::ExportWish& wish) const {
  const auto locked = wish.locked ? 0 : locked_documents(*open_->project).size();
  if (locked == 0) return {};
  return {{"export.locked.left_out"_key, {std::to_string(locked)}}};
}

// A database of its own for a part of the project.
Result<std::string> StoredWorkspace::image_of(const Project& part) {
  auto database = PMO_TRY(storage::Database::open(":memory:"));
  Project copy(product_schema(), installation_, surroundings_);
  const auto store = PMO_TRY(storage::ProjectStore::open(database, copy));
  copy_records(part, copy);
  const auto history = PMO_TRY(part.journal().since({}));
  PMO_TRY_VOID(store->write_all(history));
  return database.image();
}

void StoredWorkspace::note_export(Minute now) {
  if (const auto documents = locked_documents(*open_->project); !documents.empty())
    (void)note_access(*open_->project, AccessEvent::exported, documents, now);  // a window that only reads cannot note it
}

void StoredWorkspace::forget_history(std::uint64_t days, std::function<void(Result<std::size_t>)> done) {
  if (!open_ || !open_->database) return done(fail("error.workspace.open_first"_key));
  snapshot(open_->id, storage::SnapshotReason::asked, [this, days, project = open_->id, done = std::move(done)](Result<void> aside) {
    if (!aside) return done(std::unexpected(aside.error()));
    if (project_id() != project || !open_->database) return done(fail("error.workspace.open_first"_key));
    const auto now = surroundings_.milliseconds(), age = days * 24 * 60 * 60 * 1000;
    done(open_->store->compact(now > age ? now - age : 0));
  });
}

// --- attached files -------------------------------------------------------------------------------------------------

std::string StoredWorkspace::searched_text(const Result<std::string>& read) {
  constexpr std::string_view nothing_in_it = "\n";  // so that nobody reads it again
  return read && !read->empty() ? *read : std::string(nothing_in_it);
}

void StoredWorkspace::attach(Id record, const std::string& name, const std::string& type, ContentPtr content, Done done) {
  if (!open_) return done(fail("error.workspace.open_first"_key));
  const auto size = content->size();
  const auto [info, owner] = open_->project->find_any(record);
  const bool locked = owner && is_locked(*open_->project, *info, *owner);
  const auto largest = locked ? largest_sealed_file : storage::largest_attachment;
  if (size > largest) return done(fail("error.attachment.too_large"_key, {std::to_string(largest >> 20)}, name));
  NewFile file{.record = record, .name = name, .type = type, .size = size, .sealed = locked, .content = content};
  if (!storage::is_searched(name, type, size)) return seal_and_keep(std::move(file), std::move(done));
  storage::read_file_text(name, type, content, answer([this, file = std::move(file), done = std::move(done)](Result<std::string> text) mutable {
    file.text = searched_text(text);
    if (!text) done = [this, name = file.name, done = std::move(done)](Result<void> kept) {
      if (kept) notices_.push_back({"attachments.no_text"_key, {name}});
      done(std::move(kept));
    };
    seal_and_keep(std::move(file), std::move(done));
  }));
}

void StoredWorkspace::seal_and_keep(NewFile file, Done done) {
  if (!file.sealed) return keep_file(std::move(file), std::move(done));
  const auto content = file.content;
  read_whole(content, answer([this, file = std::move(file), done = std::move(done)](const Result<std::string>& bytes) mutable {
    if (!bytes) return done(std::unexpected(bytes.error()));
    if (!open_ || !open_->vault) return done(fail("error.vault.locked"_key));
    file.content = content_of(open_->vault->seal_file(*bytes));
    keep_file(std::move(file), std::move(done));
  }));
}

void StoredWorkspace::keep_file(NewFile file, Done done) {
  if (!open_) return done(fail("error.workspace.open_first"_key));  // closed while the file was read
  const auto content = file.content;
  const auto size = content->size();
  const auto write = [this, file, project = open_->id](const std::string& hash) -> Result<void> {
    if (project_id() != project || !open_->project->find_any(file.record).first) return fail("error.workspace.open_first"_key);
    Transaction change(*open_->project, "transaction.attach"_key, {file.name});
    change.create<Attachment>([&](Attachment& made) {
      made.record = {file.record};
      made.file_name = file.name;
      made.media_type = file.type;
      made.size = static_cast<std::int64_t>(file.size);
      made.sha256 = file.sealed ? sealed_address(hash) : hash;
      made.extracted_text = file.text;
    });
    auto commit = change.commit();
    return commit ? Result<void>{} : std::unexpected(commit.error());
  };
  const auto put = [this, content, write, done](Result<std::string> hash) {
    if (!hash) return done(std::unexpected(hash.error()));
    host_.blobs().put(*hash, content, answer([write, done, hash = *hash](Result<void> kept) { done(kept ? write(hash) : kept); }));
  };
  host_.blobs().room(answer([this, content, size, put, done](std::optional<std::uint64_t> room) {
    constexpr std::uint64_t copies = 2;
    if (room && copies * size > *room) return done(fail("error.attachment.no_room"_key, {std::to_string(size >> 20), std::to_string(*room >> 20)}));
    storage::sha256_of(content, answer(put));
  }));
}

void StoredWorkspace::fetch(const std::string& address, std::function<void(Result<ContentPtr>)> got) {
  const bool sealed = is_sealed(address);
  const auto locked = [this] { return !open_ || !open_->vault; };
  if (sealed && locked()) return got(fail("error.vault.locked"_key));
  host_.blobs().get(content_hash(address), answer([this, sealed, locked, got](Result<ContentPtr> content) {
    if (!content || !sealed) return got(std::move(content));
    read_whole(*content, answer([this, locked, got](const Result<std::string>& bytes) {
      if (!bytes) return got(std::unexpected(bytes.error()));
      if (locked()) return got(fail("error.vault.locked"_key));
      auto opened = open_->vault->open_file(*bytes);
      got(opened ? Result<ContentPtr>(content_of(std::move(*opened))) : std::unexpected(opened.error()));
    }));
  }));
}

void StoredWorkspace::refer_contents() {
  if (open_ && !host_.read_only(database_name(open_->id)))
    host_.blobs().refer(open_->id.text(), storage::attached_contents(*open_->project));
}

void StoredWorkspace::collect_contents() {
  if (std::exchange(collected_, true)) return;
  host_.blobs().find_unused(answer([this](bool found) {
    if (found) learn_all_uses([this](bool known) { if (known) host_.blobs().collect(); });
  }));
}

void StoredWorkspace::learn_all_uses(const std::function<void(bool)>& then) {
  host_.list_names(answer([this, then](const storage::KeptNames& kept) {
    // A list without the project that is open is none.
    if (kept.complete && open_ && std::ranges::contains(kept.names, database_name(open_->id))) learn_uses(projects_among(kept.names), then);
    else then(false);
  }));
}

void StoredWorkspace::learn_uses(std::vector<Id> projects, const std::function<void(bool)>& then) {
  if (projects.empty()) return then(true);
  const auto id = projects.back();
  projects.pop_back();
  look_into(id, [this, id, projects = std::move(projects), then](Result<const Project*> project) {
    if (!project) return then(false);
    host_.blobs().refer(id.text(), storage::attached_contents(**project));
    learn_uses(projects, then);
  });
}

void StoredWorkspace::keep_contents(const storage::Contents& contents, Done then) {
  if (contents.empty()) return then({});
  const auto left = std::make_shared<std::size_t>(contents.size());
  const auto all = std::make_shared<Result<void>>();
  for (const auto& [hash, content] : contents)
    host_.blobs().put(hash, content, answer([left, all, then](Result<void> kept) {
      if (!kept) *all = kept;
      if (--*left == 0) then(*all);
    }));
}

void StoredWorkspace::look_for_contents(std::vector<std::string> hashes, std::set<std::string> missing) {
  if (hashes.empty()) return tell_missing(missing);
  const auto hash = hashes.back();
  hashes.pop_back();
  host_.blobs().get(hash, answer([this, hash, hashes = std::move(hashes), missing = std::move(missing)](const Result<ContentPtr>& content) mutable {
    if (!content) missing.insert(hash);
    look_for_contents(std::move(hashes), std::move(missing));
  }));
}

void StoredWorkspace::tell_missing(const std::set<std::string>& missing) {
  if (!open_ || missing.empty()) return;
  const auto [count, names] = name_files(*open_->project, [&](const std::string& hash) { return missing.contains(hash); });
  if (count > 0) tell({"error.storage.contents_lost"_key, {std::to_string(count), names, project_name_of(*open_->project)}});
}

// They are read as far as they may go into the text.
void StoredWorkspace::fetch_contents(std::vector<std::string> hashes, storage::Contents got,
                                     std::function<void(storage::Contents)> then) {
  if (hashes.empty()) return then(std::move(got));
  auto hash = std::move(hashes.back());
  hashes.pop_back();
  std::uint64_t read = 0;
  for (const auto& [other, content] : got) read += content->size();
  auto go_on = [this, hash, hashes = std::move(hashes), got = std::move(got), then](const ContentPtr& content) mutable {
    if (content) got.emplace(hash, content);
    fetch_contents(std::move(hashes), std::move(got), then);
  };
  host_.blobs().get(hash, answer([this, go_on = std::move(go_on), read](Result<ContentPtr> content) mutable {
    const bool in_text = content && !(*content)->in_memory() && read + (*content)->size() <= storage::attachments_in_text;
    if (!in_text) return go_on(content.value_or(nullptr));
    read_whole(*content, answer([go_on = std::move(go_on)](Result<std::string> bytes) mutable { go_on(bytes ? content_of(std::move(*bytes)) : nullptr); }));
  }));
}

}  // namespace pmo
