#include "storage/cipher.h"

#include <algorithm>
#include <cstring>

#include <mbedtls/md.h>
#include <mbedtls/pkcs5.h>
#include <mbedtls/platform_util.h>

namespace pmo::storage {

CipherBytes random_bytes(std::size_t size, Surroundings& surroundings) {
  CipherBytes bytes(size);
  for (std::size_t at = 0; at < size; at += 8) {
    const std::uint64_t drawn = surroundings.random();
    std::memcpy(bytes.data() + at, &drawn, std::min<std::size_t>(8, size - at));
  }
  return bytes;
}

CipherKey derive_key(std::string_view passphrase, const CipherBytes& salt, int rounds) {
  CipherKey key;
  mbedtls_pkcs5_pbkdf2_hmac_ext(MBEDTLS_MD_SHA256, bytes_of(passphrase), passphrase.size(), salt.data(), salt.size(),
                                static_cast<unsigned>(rounds), key.size(), key.data());
  return key;
}

CipherKey keyed_hash(const CipherKey& key, std::string_view text) {
  CipherKey sum;
  mbedtls_md_hmac(mbedtls_md_info_from_type(MBEDTLS_MD_SHA256), key.data(), key.size(), bytes_of(text), text.size(), sum.data());
  return sum;
}

void forget(CipherKey& key) { mbedtls_platform_zeroize(key.data(), key.size()); }

Cipher::Cipher(const CipherKey& key) {
  mbedtls_gcm_init(&context_);
  mbedtls_gcm_setkey(&context_, MBEDTLS_CIPHER_ID_AES, key.data(), 8 * key.size());
}

Cipher::~Cipher() { mbedtls_gcm_free(&context_); }

CipherBytes Cipher::encrypt(std::string_view plain, const CipherBytes& nonce, CipherBytes& tag, std::string_view context) {
  CipherBytes secret(plain.size());
  tag.resize(tag_size);
  mbedtls_gcm_crypt_and_tag(&context_, MBEDTLS_GCM_ENCRYPT, plain.size(), nonce.data(), nonce.size(), bytes_of(context), context.size(),
                            bytes_of(plain), secret.data(), tag.size(), tag.data());
  return secret;
}

std::optional<std::string> Cipher::decrypt(const CipherBytes& secret, const CipherBytes& nonce, const CipherBytes& tag, std::string_view context) {
  std::string plain(secret.size(), '\0');
  if (mbedtls_gcm_auth_decrypt(&context_, secret.size(), nonce.data(), nonce.size(), bytes_of(context), context.size(), tag.data(),
                               tag.size(), secret.data(), reinterpret_cast<unsigned char*>(plain.data())) != 0)
    return {};
  return plain;
}

}  // namespace pmo::storage
