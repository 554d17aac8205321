#include "storage/open_file.h"

#include "app/model/records/imported.h"
#include "app/model/transaction.h"
#include "storage/bundle/bundle.h"
#include "storage/bundle/zip.h"
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

Error too_large(std::string_view name) { return named({"error.file.too_large"_key, {std::to_string(largest_file >> 20)}}, name); }

// An archive that is in memory as a whole.
Result<OpenedFile> open_archive(std::string_view bytes, const Schema& schema, Id actor, Surroundings& surroundings) {
  Result<OpenedFile> file = fail("error.zip.damaged"_key);
  read_bundle_archive(content_of(std::string(bytes)), schema, actor, surroundings, [&](Result<Bundle> bundle) {
    if (bundle) file = opened(std::move(*bundle));
    else file = std::unexpected(bundle.error());
  });
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
    case FileKind::sqlite:
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
  if (bytes.size() > largest_file) return std::unexpected(too_large(name));
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
      return read_bundle_archive(content, schema, actor, surroundings, [name, done](Result<Bundle> bundle) {
        if (bundle) done(opened(std::move(*bundle)));
        else done(std::unexpected(named(bundle.error(), name)));
      });
    if (content->size() > largest_file) return done(std::unexpected(too_large(name)));
    read_whole(content, [=, &schema, &surroundings](const Result<std::string>& bytes) {
      if (bytes) done(open_file(name, *bytes, schema, actor, surroundings, password, table));
      else done(std::unexpected(named(bytes.error(), name)));
    });
  });
}

}  // namespace pmo::storage
