#include "storage/base64.h"

#include <mbedtls/base64.h>

namespace pmo::storage {
namespace {

const unsigned char* start_of(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }

}  // namespace

std::string to_base64(std::string_view bytes) {
  std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  std::size_t length = 0;
  mbedtls_base64_encode(reinterpret_cast<unsigned char*>(text.data()), text.size(), &length, start_of(bytes), bytes.size());
  text.resize(length);
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string bytes(text.size() + 1, '\0');  // always enough
  std::size_t length = 0;
  if (mbedtls_base64_decode(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), &length, start_of(text), text.size()) != 0)
    return {};
  bytes.resize(length);
  return bytes;
}

}  // namespace pmo::storage
