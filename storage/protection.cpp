#include "storage/protection.h"

#include <array>
#include <cstring>
#include <vector>

#include <mbedtls/gcm.h>
#include <mbedtls/md.h>
#include <mbedtls/pkcs5.h>
#include <nlohmann/json.hpp>

#include "storage/base64.h"
#include "storage/packing.h"

namespace pmo::storage {
namespace {

using nlohmann::json;
using Bytes = std::vector<unsigned char>;
using Key = std::array<unsigned char, 32>;

constexpr const char* format = "pmo-desk-protected";
constexpr const char* key_method = "PBKDF2-HMAC-SHA256";
constexpr const char* cipher_method = "AES-256-GCM";
constexpr int version = 2;
constexpr const char* packing_method = "zlib";
constexpr std::string_view checked_words = "pmo-desk-protected";
constexpr int most_iterations = 10'000'000;  // a file must not keep its reader busy for ever
constexpr std::size_t salt_size = 16, nonce_size = 12, tag_size = 16, check_size = 16;
constexpr std::size_t largest_content = 256u << 20;

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

std::string base64(const Bytes& bytes) { return to_base64({reinterpret_cast<const char*>(bytes.data()), bytes.size()}); }

std::optional<Bytes> bytes_from(const std::string& text) {
  const auto bytes = from_base64(text);
  return bytes ? std::optional(Bytes(bytes->begin(), bytes->end())) : std::nullopt;
}

Bytes random_bytes(std::size_t size, Surroundings& surroundings) {
  Bytes bytes(size);
  for (std::size_t at = 0; at < size; at += 8) {
    const std::uint64_t drawn = surroundings.random();
    std::memcpy(bytes.data() + at, &drawn, std::min<std::size_t>(8, size - at));
  }
  return bytes;
}

Key derive_key(std::string_view passphrase, const Bytes& salt, int rounds) {
  Key key;
  mbedtls_pkcs5_pbkdf2_hmac_ext(MBEDTLS_MD_SHA256, bytes_of(passphrase), passphrase.size(), salt.data(), salt.size(),
                                static_cast<unsigned>(rounds), key.size(), key.data());
  return key;
}

// Tells a wrong passphrase from a changed file. Guessing against it is no quicker than against the cipher's tag.
Bytes check_of(const Key& key) {
  Bytes sum(32);
  mbedtls_md_hmac(mbedtls_md_info_from_type(MBEDTLS_MD_SHA256), key.data(), key.size(), bytes_of(checked_words), checked_words.size(), sum.data());
  sum.resize(check_size);
  return sum;
}

class Cipher {
 public:
  explicit Cipher(const Key& key) {
    mbedtls_gcm_init(&context_);
    mbedtls_gcm_setkey(&context_, MBEDTLS_CIPHER_ID_AES, key.data(), 8 * key.size());
  }
  ~Cipher() { mbedtls_gcm_free(&context_); }
  Cipher(const Cipher&) = delete;

  Bytes encrypt(std::string_view plain, const Bytes& nonce, Bytes& tag) {
    Bytes secret(plain.size());
    tag.resize(tag_size);
    mbedtls_gcm_crypt_and_tag(&context_, MBEDTLS_GCM_ENCRYPT, plain.size(), nonce.data(), nonce.size(), nullptr, 0,
                              bytes_of(plain), secret.data(), tag.size(), tag.data());
    return secret;
  }

  std::optional<std::string> decrypt(const Bytes& secret, const Bytes& nonce, const Bytes& tag) {
    std::string plain(secret.size(), '\0');
    if (mbedtls_gcm_auth_decrypt(&context_, secret.size(), nonce.data(), nonce.size(), nullptr, 0, tag.data(), tag.size(),
                                 secret.data(), reinterpret_cast<unsigned char*>(plain.data())) != 0)
      return {};
    return plain;
  }

 private:
  mbedtls_gcm_context context_;
};

const json* member(const json& object, const char* name, json::value_t kind) {
  if (!object.is_object()) return nullptr;
  const auto at = object.find(name);
  if (at == object.end()) return nullptr;
  const bool number = kind == json::value_t::number_integer && at->is_number_integer();
  return number || at->type() == kind ? &*at : nullptr;
}

bool says(const json* text, std::string_view wanted) { return text && text->get_ref<const std::string&>() == wanted; }

struct Envelope {
  int version = 0, rounds = 0;
  Bytes salt, check, nonce, tag, secret;  // no check in version 1
};

std::optional<Envelope> read(std::string_view file) {
  const auto root = json::parse(file, nullptr, false);
  using Kind = json::value_t;
  if (root.is_discarded() || !says(member(root, "format", Kind::string), format)) return {};
  const auto* number = member(root, "version", Kind::number_integer);
  const auto* key = member(root, "key", Kind::object);
  const auto* cipher = member(root, "cipher", Kind::object);
  if (!number || *number < 1 || *number > version || !key || !cipher) return {};
  if (!says(member(*key, "method", Kind::string), key_method) || !says(member(*cipher, "method", Kind::string), cipher_method)) return {};
  const auto* rounds = member(*key, "iterations", Kind::number_integer);
  if (!rounds || *rounds < least_key_rounds || *rounds > most_iterations) return {};
  const auto bytes = [](const json& object, const char* name) {
    const auto* text = member(object, name, Kind::string);
    return text ? bytes_from(text->get_ref<const std::string&>()) : std::nullopt;
  };
  const auto salt = bytes(*key, "salt"), nonce = bytes(*cipher, "nonce"), tag = bytes(*cipher, "tag"), secret = bytes(root, "content");
  if (!salt || salt->size() != salt_size || !nonce || nonce->size() != nonce_size || !tag || tag->size() != tag_size || !secret) return {};
  const bool first_form = *number == 1;
  const auto check = first_form ? Bytes{} : bytes(*key, "check");
  if (!check || (!first_form && (check->size() != check_size || !says(member(root, "packing", Kind::string), packing_method)))) return {};
  return Envelope{number->get<int>(), rounds->get<int>(), *salt, *check, *nonce, *tag, *secret};
}

}  // namespace

bool is_protected(std::string_view file) {
  // The format is the first member of what we write; a program that sorts members moves it behind the content.
  constexpr std::size_t head = 256, tail = 512;
  return file.substr(0, head).contains(format) || file.substr(file.size() - std::min(file.size(), tail)).contains(format);
}

std::string protect(std::string_view content, std::string_view passphrase, Surroundings& surroundings, int rounds) {
  const auto salt = random_bytes(salt_size, surroundings), nonce = random_bytes(nonce_size, surroundings);
  const Key key = derive_key(passphrase, salt, rounds);
  Bytes tag;
  const auto secret = Cipher(key).encrypt(pack(content, Packing::framed), nonce, tag);
  nlohmann::ordered_json envelope;
  envelope["format"] = format;
  envelope["version"] = version;
  envelope["key"] = {{"method", key_method}, {"iterations", rounds}, {"salt", base64(salt)}, {"check", base64(check_of(key))}};
  envelope["packing"] = packing_method;
  envelope["cipher"] = {{"method", cipher_method}, {"nonce", base64(nonce)}, {"tag", base64(tag)}};
  envelope["content"] = base64(secret);
  return envelope.dump(1);
}

Result<std::string> unprotect(std::string_view file, std::string_view passphrase) {
  const auto envelope = read(file);
  if (!envelope) return fail("error.protection.format"_key);
  const Key key = derive_key(passphrase, envelope->salt, envelope->rounds);
  const bool first_form = envelope->version == 1;
  if (!first_form && check_of(key) != envelope->check) return fail("error.protection.passphrase"_key);
  auto content = Cipher(key).decrypt(envelope->secret, envelope->nonce, envelope->tag);
  if (!content) return fail(first_form ? "error.protection.passphrase"_key : "error.protection.damaged"_key);
  if (first_form) return std::move(*content);
  auto unpacked = unpack(*content, Packing::framed, largest_content);
  if (!unpacked) return fail("error.protection.damaged"_key);
  return std::move(*unpacked);
}

}  // namespace pmo::storage
