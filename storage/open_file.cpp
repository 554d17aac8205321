#include "storage/open_file.h"

#include "storage/bundle/bundle.h"
#include "storage/bundle/zip.h"
#include "storage/interchange/csv.h"
#include "storage/interchange/ics.h"
#include "storage/interchange/mspdi.h"
#include "storage/interchange/xer.h"
#include "storage/protection.h"

namespace pmo::storage {
namespace {

std::string_view without_mark(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const auto start = bytes.find_first_not_of(" \t\r\n");
  return start == std::string_view::npos ? std::string_view{} : bytes.substr(start);
}

Result<OpenedFile> open_bundle(std::string_view bytes, const Schema& schema, Id actor, Surroundings& surroundings) {
  auto bundle = PMO_TRY(read_bundle_file(bytes, schema, actor, surroundings));
  return OpenedFile{FileKind::bundle, std::move(bundle.project), std::move(bundle.warnings), std::move(bundle.since),
                    std::move(bundle.attachments)};
}

}  // namespace

FileKind kind_of(std::string_view bytes) {
  if (bytes.starts_with(std::string_view("SQLite format 3\0", 16))) return FileKind::sqlite;
  if (is_zip(bytes)) return FileKind::bundle;
  const auto text = without_mark(bytes);
  if (text.starts_with("{") || text.starts_with("[")) return FileKind::bundle;
  if (text.starts_with("<")) return FileKind::mspdi;
  if (text.starts_with("ERMHDR")) return FileKind::xer;
  if (looks_like_ics(text)) return FileKind::ics;
  return names_task_columns(bytes) ? FileKind::csv : FileKind::unknown;
}

Result<OpenedFile> open_file(std::string_view name, std::string_view bytes, const Schema& schema, Id actor,
                             Surroundings& surroundings, std::string_view password) {
  const auto named = [&](Error error) {
    error.place = error.place.empty() ? std::string(name) : std::string(name) + ": " + error.place;
    return std::unexpected(std::move(error));
  };
  if (bytes.size() > largest_file) return named({"error.file.too_large"_key, {std::to_string(largest_file >> 20)}});
  if (bytes.empty()) return named({"error.file.empty"_key, {}});
  if (is_protected(bytes)) {
    if (password.empty()) return named({"error.protection.wanted"_key, {}});
    auto content = unprotect(without_mark(bytes), password);
    if (!content) return named(std::move(content.error()));
    if (is_protected(*content)) return named({"error.protection.format"_key, {}});  // one inside the other without end
    return open_file(name, *content, schema, actor, surroundings);
  }
  switch (kind_of(bytes)) {
    case FileKind::bundle: {
      auto opened = open_bundle(is_zip(bytes) ? bytes : without_mark(bytes), schema, actor, surroundings);
      if (!opened) return named(std::move(opened.error()));
      return opened;
    }
    case FileKind::mspdi: {
      auto read = read_mspdi(bytes, schema, actor, surroundings);
      if (!read) return named(std::move(read.error()));
      return OpenedFile{FileKind::mspdi, std::move(read->project), std::move(read->notes), {}, {}};
    }
    case FileKind::xer: {
      auto read = read_xer(without_mark(bytes), schema, actor, surroundings);
      if (!read) return named(std::move(read.error()));
      return OpenedFile{FileKind::xer, std::move(read->project), std::move(read->notes), {}, {}};
    }
    case FileKind::ics: {
      auto read = read_ics(name, without_mark(bytes), schema, actor, surroundings);
      if (!read) return named(std::move(read.error()));
      return OpenedFile{FileKind::ics, std::move(read->project), std::move(read->notes), {}, {}};
    }
    case FileKind::csv: {
      auto read = read_csv(name, bytes, schema, actor, surroundings);
      if (!read) return named(std::move(read.error()));
      return OpenedFile{FileKind::csv, std::move(read->project), std::move(read->notes), {}};
    }
    default: return named({is_table_name(name) ? refusal_of_table(bytes) : Error{"error.file.unknown"_key, {}}});
  }
}

}  // namespace pmo::storage
