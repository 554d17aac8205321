// JSON as the commands print it: keys in the order in which they were put.
#pragma once

#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace pmo::cli {

using Json = nlohmann::ordered_json;

// In lines, or in one. A name of a file need not be text: what is none of its bytes is replaced, where the library would end
// the run.
inline std::string lines_of(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace); }
inline std::string line_of(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

// null for what has no value.
inline Json number(const std::optional<double>& value) { return value && std::isfinite(*value) ? Json(*value) : Json(nullptr); }

}  // namespace pmo::cli
