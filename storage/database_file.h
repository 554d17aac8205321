// A project's database as a file of its own: what "Download SQLite file" writes, and what can be saved after a crash.
//
// The file is as hostile as any other. Before anything of it is used, its schema must consist of plain tables and of indexes,
// without an expression that calls a function; triggers, views and virtual tables other than the search index are refused by
// name. It is then read, never written to, and every value is checked like one of a bundle.
#pragma once

#include <memory>

#include "app/model/project.h"

namespace pmo::storage {

struct DatabaseFile {
  std::unique_ptr<Project> project;  // with its history
  std::vector<Error> notes;          // what this version has no place for
};

// Errors: error.database_file.* (no project of ours, foreign parts, damage), error.store.newer, and those of values with the
// record as place. `surroundings` must outlive the project.
Result<DatabaseFile> read_database_file(std::string_view file, const Schema& schema, Id actor, Surroundings& surroundings);

inline constexpr std::size_t largest_database_file = 256u << 20;

}  // namespace pmo::storage
