// Content hashes: integrity of bundles, addresses of attachments.
#pragma once

#include <string>
#include <string_view>

namespace pmo::storage {

// SHA-256 (FIPS 180-4) of the bytes, as 64 lower-case hexadecimal digits.
std::string sha256(std::string_view bytes);

}  // namespace pmo::storage
