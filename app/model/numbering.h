// Numbers of records as this project writes them (app/model/records/lists.h).
#pragma once

#include "app/model/records/lists.h"

namespace pmo {

// How a project numbers the records of a register; null: as delivered. Copies that were merged may hold several: the first
// of them counts.
const Numbering* numbering_of(const Project& project, const RegisterInfo& info);

// What numbers look like: as the project has it, else as delivered.
struct NumberForm {
  std::string_view prefix;
  std::int64_t digits = 1;
  std::string text(std::int64_t number) const;  // "NCR-007"
};
NumberForm number_form(const Project& project, const RegisterInfo& info);

}  // namespace pmo
