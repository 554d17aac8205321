// Numbers of records as this project writes them (app/model/records/lists.h).
#pragma once

#include "app/model/records/lists.h"

namespace pmo {

// How a project numbers the records of a register; null: as delivered. Copies that were merged may hold several: the first
// of them counts.
const Numbering* numbering_of(const Project& project, const RegisterInfo& info);

// The prefix in use: the project's own, else the register's.
std::string_view prefix_of(const Project& project, const RegisterInfo& info);

// "NCR-007"
std::string number_text(std::string_view prefix, std::int64_t digits, std::int64_t number);

}  // namespace pmo
