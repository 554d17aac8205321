// Primavera P6's exchange format (XER): tables of tab-separated rows.
//
// Read: the project, calendars with their nested data, the work breakdown as summary tasks, activities with constraints and
// progress, relationships, resources and roles with rates, assignments, expenses (as fixed costs), notebooks (as notes),
// codes and user-defined fields (as custom fields), the options of the schedule: calendar of lags, "must finish by". What a file holds beyond that is listed in the notes.
#pragma once

#include "app/model/project.h"

namespace pmo::storage {

struct XerRead {
  std::unique_ptr<Project> project;
  std::vector<Error> notes;  // what was not taken over, and how often
};

// P6 writes in the code page of its machine: GBK on Chinese ones, Windows-1252 on western ones. The notes name it.
// Errors: no XER, no project in it, a value that cannot be read (table, row and field).
Result<XerRead> read_xer(std::string_view bytes, const Schema& schema, Id actor, Surroundings& surroundings);

}  // namespace pmo::storage
