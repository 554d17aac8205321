// Packing in memory (zlib): for protected files and archives.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pmo::storage {

// Raw: DEFLATE as it lies in a zip archive (RFC 1951). Framed: with zlib's header and check sum (RFC 1950).
enum class Packing : unsigned char { raw, framed };

std::string pack(std::string_view bytes, Packing packing);

// Nothing when it is damaged, or would be larger than `most` bytes.
std::optional<std::string> unpack(std::string_view packed, Packing packing, std::size_t most);

// Of what comes in portions: with the sum of what came before.
std::uint32_t crc32_of(std::string_view bytes, std::uint32_t before = 0);

}  // namespace pmo::storage
