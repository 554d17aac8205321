// The JSON Schema (draft 2020-12) of the project bundle, derived from the descriptions of the registers.
#pragma once

#include <string>

#include "app/model/register.h"

namespace pmo::storage {

// Indented JSON text. It tells the shape; what only a reader checks (sums, references, stamps, rules) is in
// docs/bundle.md.
std::string bundle_json_schema(const Schema& schema);

}  // namespace pmo::storage
