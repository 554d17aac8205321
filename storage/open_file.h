// Opens whatever file a user brings: tells by its content what it is, and reads it into a project of its own.
#pragma once

#include <map>
#include <optional>

#include "app/model/content.h"
#include "app/model/project.h"
#include "app/model/table_reading.h"

namespace pmo::storage {

enum class FileKind : unsigned char { bundle, mspdi, xer, csv, ics, sqlite, unknown };

// By content, not by name: mail gateways rename files.
FileKind kind_of(std::string_view bytes);

struct OpenedFile {
  FileKind kind = FileKind::unknown;
  std::unique_ptr<Project> project;
  std::vector<Error> notes;  // what was not taken over, or had to be mended
  std::optional<VersionVector> since;  // a bundle of changes only: what its receiver must have seen
  std::map<std::string, ContentPtr> attachments;  // contents of attached files by their SHA-256
  std::optional<TableReading> table = {};  // csv: how it was taken
};

// `name` serves messages, and names the project of a table that has no name for it. A protected file needs its password
// (without it error.protection.wanted). `table` says how columns are to be taken. The largest file is 64 MB, a database 256 MB,
// apart from what is attached in an archive; anything that is wrong is told with its place, and nothing half read is returned. What
// became a project from another program's file holds a report of the import. Schema and surroundings must last until the
// answer.
void open_file(const std::string& name, ContentPtr content, const Schema& schema, Id actor, Surroundings& surroundings,
               const std::string& password, const TableWish& table, std::function<void(Result<OpenedFile>)> done);

// Of a file in memory: answered at once.
Result<OpenedFile> open_file(std::string_view name, std::string_view bytes, const Schema& schema, Id actor,
                             Surroundings& surroundings, std::string_view password = {}, const TableWish& table = {});

inline constexpr std::size_t largest_file = 64u << 20;

}  // namespace pmo::storage
