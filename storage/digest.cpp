#include "storage/digest.h"

#include <array>
#include <format>

#include <mbedtls/sha256.h>

namespace pmo::storage {

std::string sha256(std::string_view bytes) {
  std::array<unsigned char, 32> sum;
  mbedtls_sha256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), sum.data(), 0);
  std::string text;
  text.reserve(2 * sum.size());
  for (const auto byte : sum) text += std::format("{:02x}", byte);
  return text;
}

}  // namespace pmo::storage
