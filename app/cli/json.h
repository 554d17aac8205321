// JSON as the commands print it: keys in the order in which they were put.
#pragma once

#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

namespace pmo::cli {

using Json = nlohmann::ordered_json;

// null for what has no value.
inline Json number(const std::optional<double>& value) { return value && std::isfinite(*value) ? Json(*value) : Json(nullptr); }

}  // namespace pmo::cli
