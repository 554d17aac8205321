// Identifiers as 16 bytes, the way a database keeps them.
#pragma once

#include <string>
#include <string_view>

#include "app/model/values.h"

namespace pmo::storage {

inline std::string id_bytes(Id id) {
  std::string bytes(16, '\0');
  for (int i = 0; i < 8; ++i) {
    bytes[static_cast<std::size_t>(i)] = static_cast<char>(id.high >> (56 - 8 * i));
    bytes[static_cast<std::size_t>(8 + i)] = static_cast<char>(id.low >> (56 - 8 * i));
  }
  return bytes;
}

// Of another length: an empty identifier.
inline Id id_from_bytes(std::string_view bytes) {
  Id id;
  if (bytes.size() != 16) return id;
  for (std::size_t i = 0; i < 8; ++i) {
    id.high = id.high << 8 | static_cast<unsigned char>(bytes[i]);
    id.low = id.low << 8 | static_cast<unsigned char>(bytes[8 + i]);
  }
  return id;
}

}  // namespace pmo::storage
