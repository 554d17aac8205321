// How records are named to people, and how they hang together: numbers, titles, parts, users.
#pragma once

#include <set>

#include "app/model/project.h"

namespace pmo {

// "R-12". A record made by somebody else than the project's founder carries a mark of its maker ("R-12·K7"), so that
// two offline copies never give the same number to different records. Empty when the register shows no numbers.
std::string record_number(const Project& project, const RegisterInfo& info, const Record& record);

// Whether it has a name of its own.
bool has_own_title(const RegisterInfo& info, const Record& record);
// The record's own name; without one the names of what it refers to; without these its number.
std::string record_title(const Project& project, const RegisterInfo& info, const Record& record);

struct RecordPointer {
  const RegisterInfo* info;
  const Record* record;
};

// The live records that are part of this one: agenda items of a meeting, links of a task.
std::vector<RecordPointer> parts_of(const Project& project, Id owner);

struct Use {
  RecordPointer user;
  const FieldInfo* field;
};

// Where a record is referred to ("used by").
std::vector<Use> uses_of(const Project& project, Id record);

// How many live records refer to one of these, beside what is part of it.
std::size_t count_users(const Project& project, const std::set<Id>& records);

// A deleted record of any register, with its register; none: it is live, or not known here.
RecordPointer find_deleted(const Project& project, Id record);

// References must point at live records of the right register (error.field.reference).
Result<void> check_references(const Project& project, const FieldInfo& field, const Value& value);

}  // namespace pmo
