// Encodings that the platform knows: iconv natively, TextDecoder in browsers and Node.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pmo::storage {

// `encoding` by a name that both know: "gb18030", "utf-16le", "utf-16be". None when the bytes are not valid in it.
std::optional<std::string> platform_decode(std::string_view bytes, const char* encoding);

}  // namespace pmo::storage
