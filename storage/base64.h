// Bytes as text (RFC 4648, with padding), for files that are JSON.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pmo::storage {

std::string to_base64(std::string_view bytes);
// Nothing when the text is no base64.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace pmo::storage
