// How an import found the project, as the store keeps it for undoing the import.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "app/model/change.h"

namespace pmo::storage {

nlohmann::json found_to_json(const Found& found);
// Records of registers that the schema lacks are left out.
Result<Found> found_from_json(const Schema& schema, const nlohmann::json& json);

}  // namespace pmo::storage
