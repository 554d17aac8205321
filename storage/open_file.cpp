#include "storage/open_file.h"

#include <ranges>
#include <set>

#include "app/model/records/common.h"
#include "app/model/records/imported.h"
#include "app/model/sealing.h"
#include "app/model/transaction.h"
#include "storage/bundle/archive.h"
#include "storage/database_file.h"
#include "storage/interchange/csv.h"
#include "storage/interchange/ics.h"
#include "storage/interchange/mspdi.h"
#include "storage/interchange/xer.h"
#include "storage/protection.h"

namespace pmo::storage {
namespace {

constexpr std::size_t telling_size = 4096;  // bytes at the beginning, which tell an archive from an office file

std::string_view without_mark(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const auto start = bytes.find_first_not_of(" \t\r\n");
  return start == std::string_view::npos ? std::string_view{} : bytes.substr(start);
}

// In UTF-16, which the XML parser knows.
bool is_wide_xml(std::string_view bytes) {
  using namespace std::string_view_literals;
  return bytes.starts_with("\xFF\xFE<\0"sv) || bytes.starts_with("\xFE\xFF\0<"sv);
}

// Files of office programs in forms that are not for exchange: which to save instead.
std::optional<Error> office_file(std::string_view beginning) {
  if (beginning.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) return Error{"error.file.office_binary"_key, {}};
  if (is_zip(beginning) && beginning.substr(0, telling_size).contains("[Content_Types].xml")) return Error{"error.file.spreadsheet"_key, {}};
  return {};
}

OpenedFile opened(Bundle bundle) {
  return {FileKind::bundle, std::move(bundle.project), std::move(bundle.warnings), std::move(bundle.since), std::move(bundle.attachments)};
}

Error named(Error error, std::string_view name) {
  error.place = error.place.empty() ? std::string(name) : std::string(name) + ": " + error.place;
  return error;
}

std::size_t largest_of(std::string_view beginning) { return kind_of(beginning) == FileKind::sqlite ? largest_database_file : largest_file; }

Error too_large(std::string_view name, std::size_t largest) { return named({"error.file.too_large"_key, {std::to_string(largest >> 20)}}, name); }

// --- databases ----------------------------------------------------------------------------------------------------

// The attached files of which the contents did not come along, for whoever relies on the file.
void note_missing_contents(OpenedFile& file) {
  constexpr std::size_t named_ones = 5;
  if (attached_contents(*file.project).size() == file.attachments.size()) return;
  std::set<std::string> names;
  for (const auto& attachment : file.project->all<Attachment>())
    if (!file.attachments.contains(content_hash(attachment.sha256))) names.insert(attachment.file_name);
  if (names.empty()) return;
  std::string listed;
  for (const auto& name : names | std::views::take(named_ones)) listed += (listed.empty() ? "" : ", ") + name;
  file.notes.push_back({"note.database_file.contents"_key, {std::to_string(names.size()), names.size() > named_ones ? listed + ", …" : listed}});
}

Result<OpenedFile> open_database(std::string_view bytes, Contents beside, const Schema& schema, Id actor, Surroundings& surroundings) {
  auto read = PMO_TRY(read_database_file(bytes, schema, actor, surroundings));
  OpenedFile file{FileKind::sqlite, std::move(read.project), std::move(read.notes), {}, {}};
  for (const auto& hash : attached_contents(*file.project))
    if (const auto found = beside.find(hash); found != beside.end()) file.attachments.insert(*found);
  note_missing_contents(file);
  if (!file.project->lacking().empty()) file.notes.push_back({"warning.bundle.part"_key, {}});
  return file;
}

// --- archives -----------------------------------------------------------------------------------------------------

using Opened = std::function<void(Result<OpenedFile>)>;

// What is saved after a crash: the database of a project, that of the list of projects beside it, attached files.
Result<ZipEntry> database_in(const std::vector<ZipEntry>& entries) {
  constexpr std::string_view list_of_projects = "workspace.sqlite";
  std::vector<const ZipEntry*> found;
  std::string names;
  for (const auto& entry : entries) {
    const bool project = entry.name.ends_with(".sqlite") && entry.name != list_of_projects;
    if (!project && !entry.name.ends_with(".zip")) continue;
    found.push_back(&entry);
    names += (names.empty() ? "" : ", ") + entry.name;
  }
  if (found.empty()) return fail("error.bundle.not_a_bundle"_key);
  if (found.size() > 1 || !found.front()->name.ends_with(".sqlite")) return fail("error.database_file.several"_key, {names});
  return *found.front();
}

void open_database_in(std::vector<ZipEntry> entries, const Schema& schema, Id actor, Surroundings& surroundings, Opened done) {
  const auto database = database_in(entries);
  if (!database) return done(std::unexpected(database.error()));
  if (database->content->size() > largest_database_file)
    return done(fail("error.file.too_large"_key, {std::to_string(largest_database_file >> 20)}, database->name));
  read_whole(database->content, [&schema, actor, &surroundings, done = std::move(done), entries = std::move(entries)](Result<std::string> bytes) mutable {
    if (!bytes) return done(std::unexpected(bytes.error()));
    check_attachments(std::move(entries), [&schema, actor, &surroundings, done, bytes = std::move(*bytes)](Contents beside) {
      done(open_database(bytes, std::move(beside), schema, actor, surroundings));
    });
  });
}

void open_archive(ContentPtr archive, const Schema& schema, Id actor, Surroundings& surroundings, Opened done) {
  read_zip(std::move(archive), [&schema, actor, &surroundings, done = std::move(done)](Result<std::vector<ZipEntry>> entries) {
    if (!entries) return done(std::unexpected(entries.error()));
    if (!holds_bundle(*entries)) return open_database_in(std::move(*entries), schema, actor, surroundings, done);
    read_bundle_entries(std::move(*entries), schema, actor, surroundings, [done](Result<Bundle> bundle) {
      done(bundle ? opened(std::move(*bundle)) : Result<OpenedFile>(std::unexpected(bundle.error())));
    });
  });
}

// One that is in memory as a whole.
Result<OpenedFile> open_archive(std::string_view bytes, const Schema& schema, Id actor, Surroundings& surroundings) {
  Result<OpenedFile> file = fail("error.zip.damaged"_key);
  open_archive(content_of(std::string(bytes)), schema, actor, surroundings, [&](Result<OpenedFile> read) { file = std::move(read); });
  return file;
}

Result<OpenedFile> open_bundle(std::string_view bytes, const Schema& schema, Id actor, Surroundings& surroundings) {
  if (is_zip(bytes)) return open_archive(bytes, schema, actor, surroundings);
  return opened(PMO_TRY(read_bundle(without_mark(bytes), schema, actor, surroundings)));
}

}  // namespace

FileKind kind_of(std::string_view bytes) {
  if (bytes.starts_with(std::string_view("SQLite format 3\0", 16))) return FileKind::sqlite;
  if (is_zip(bytes)) return FileKind::bundle;
  const auto text = without_mark(bytes);
  if (text.starts_with("{") || text.starts_with("[")) return FileKind::bundle;
  if (text.starts_with("<") || is_wide_xml(bytes)) return FileKind::mspdi;
  if (text.starts_with("ERMHDR")) return FileKind::xer;
  if (looks_like_ics(text)) return FileKind::ics;
  return names_task_columns(bytes) ? FileKind::csv : FileKind::unknown;
}

namespace {

// What the reader of one form gave.
template <class Read>
Result<OpenedFile> opened(FileKind kind, Result<Read> read) {
  if (!read) return std::unexpected(std::move(read.error()));
  return OpenedFile{kind, std::move(read->project), std::move(read->notes), {}, {}};
}

Result<OpenedFile> open_table(std::string_view name, std::string_view bytes, const Schema& schema, Id actor, Surroundings& surroundings,
                              const TableWish& wish) {
  auto read = PMO_TRY(read_csv(name, bytes, schema, actor, surroundings, wish));
  OpenedFile file{FileKind::csv, std::move(read.project), std::move(read.notes), {}, {}};
  file.table = std::move(read.table);
  return file;
}

Result<OpenedFile> open_kind(FileKind kind, std::string_view name, std::string_view bytes, const Schema& schema, Id actor,
                             Surroundings& surroundings, const TableWish& table) {
  switch (kind) {
    case FileKind::bundle: return open_bundle(bytes, schema, actor, surroundings);
    case FileKind::mspdi: return opened(kind, read_mspdi(bytes, schema, actor, surroundings));
    case FileKind::xer: return opened(kind, read_xer(without_mark(bytes), schema, actor, surroundings));
    case FileKind::ics: return opened(kind, read_ics(name, without_mark(bytes), schema, actor, surroundings));
    case FileKind::csv: return open_table(name, bytes, schema, actor, surroundings, table);
    case FileKind::sqlite: return open_database(bytes, {}, schema, actor, surroundings);
    case FileKind::unknown: break;
  }
  return fail("error.file.unknown"_key);
}

std::optional<ImportForm> import_form_of(FileKind kind) {
  switch (kind) {
    case FileKind::mspdi: return ImportForm::ms_project;
    case FileKind::xer: return ImportForm::primavera;
    case FileKind::csv: return ImportForm::table;
    case FileKind::ics: return ImportForm::calendar;
    default: return {};
  }
}

Result<void> keep_report(std::string_view name, const OpenedFile& file, Surroundings& surroundings) {
  const auto form = import_form_of(file.kind);
  if (!form) return {};
  constexpr std::uint64_t day_milliseconds = 24ull * 60 * 60 * 1000;
  Transaction change(*file.project, "transaction.import"_key, {std::string(name)});
  change.create<ImportReport>([&](ImportReport& report) {
    report.file_name = name.empty() ? "?" : std::string(name);
    report.form = *form;
    report.imported_on = {static_cast<std::int32_t>(surroundings.milliseconds() / day_milliseconds)};
    report.remarks = to_remarks(file.notes);
  });
  auto commit = change.commit();
  return commit ? Result<void>{} : std::unexpected(commit.error());
}

}  // namespace

Result<OpenedFile> open_file(std::string_view name, std::string_view bytes, const Schema& schema, Id actor,
                             Surroundings& surroundings, std::string_view password, const TableWish& table) {
  const auto named = [&](Error error) { return std::unexpected(storage::named(std::move(error), name)); };
  if (const auto largest = largest_of(bytes.substr(0, telling_size)); bytes.size() > largest) return std::unexpected(too_large(name, largest));
  if (bytes.empty()) return named({"error.file.empty"_key, {}});
  if (is_protected(bytes)) {
    if (password.empty()) return named({"error.protection.wanted"_key, {}});
    auto content = unprotect(without_mark(bytes), password);
    if (!content) return named(std::move(content.error()));
    if (is_protected(*content)) return named({"error.protection.nested"_key, {}});
    return open_file(name, *content, schema, actor, surroundings);
  }
  if (auto office = office_file(bytes)) return named(std::move(*office));
  auto kind = kind_of(bytes);
  if (kind == FileKind::unknown && is_table_name(name)) kind = FileKind::csv;
  auto file = open_kind(kind, name, bytes, schema, actor, surroundings, table);
  if (!file) return named(std::move(file.error()));
  PMO_TRY_VOID(keep_report(name, *file, surroundings));
  return file;
}

void open_file(const std::string& name, ContentPtr content, const Schema& schema, Id actor, Surroundings& surroundings,
               const std::string& password, const TableWish& table, std::function<void(Result<OpenedFile>)> done) {
  content->read(0, telling_size, [=, &schema, &surroundings, done = std::move(done)](const Result<std::string>& beginning) {
    const auto refuse = [&](Error error) { done(std::unexpected(named(std::move(error), name))); };
    if (!beginning) return refuse(beginning.error());
    if (auto office = office_file(*beginning)) return refuse(std::move(*office));
    if (is_zip(*beginning))
      return open_archive(content, schema, actor, surroundings, [name, done](Result<OpenedFile> file) {
        done(file ? std::move(file) : Result<OpenedFile>(std::unexpected(named(file.error(), name))));
      });
    if (const auto largest = largest_of(*beginning); content->size() > largest) return done(std::unexpected(too_large(name, largest)));
    read_whole(content, [=, &schema, &surroundings](const Result<std::string>& bytes) {
      if (bytes) done(open_file(name, *bytes, schema, actor, surroundings, password, table));
      else done(std::unexpected(named(bytes.error(), name)));
    });
  });
}

}  // namespace pmo::storage
