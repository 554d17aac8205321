// What everything that is locked is made of: AES-256-GCM, HMAC-SHA-256, PBKDF2-HMAC-SHA-256, by Mbed TLS. One
// implementation for the browser, Node and the native tests; WebCrypto would derive a key some times quicker, once a
// session, at the price of a second implementation that answers later and that no native test reaches.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <mbedtls/gcm.h>

#include "app/model/project.h"

namespace pmo::storage {

using CipherBytes = std::vector<unsigned char>;
using CipherKey = std::array<unsigned char, 32>;

inline constexpr std::size_t salt_size = 16, nonce_size = 12, tag_size = 16;

inline const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

CipherBytes random_bytes(std::size_t size, Surroundings& surroundings);
CipherKey derive_key(std::string_view passphrase, const CipherBytes& salt, int rounds);
CipherKey keyed_hash(const CipherKey& key, std::string_view text);  // HMAC-SHA-256
void forget(CipherKey& key);  // overwrites it, also where a compiler would think that nobody looks any more

class Cipher {
 public:
  explicit Cipher(const CipherKey& key);
  ~Cipher();
  Cipher(const Cipher&) = delete;

  // `context` is not encrypted, but decrypting asks for the same.
  CipherBytes encrypt(std::string_view plain, const CipherBytes& nonce, CipherBytes& tag, std::string_view context = {});
  std::optional<std::string> decrypt(const CipherBytes& secret, const CipherBytes& nonce, const CipherBytes& tag, std::string_view context = {});

 private:
  mbedtls_gcm_context context_;
};

}  // namespace pmo::storage
