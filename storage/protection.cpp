#include "storage/protection.h"

#include <nlohmann/json.hpp>

#include "storage/base64.h"
#include "storage/cipher.h"
#include "storage/packing.h"

namespace pmo::storage {
namespace {

using nlohmann::json;
using Bytes = CipherBytes;

constexpr const char* format = "pmo-desk-protected";
constexpr const char* key_method = "PBKDF2-HMAC-SHA256";
constexpr const char* cipher_method = "AES-256-GCM";
constexpr int version = 2;
constexpr const char* packing_method = "zlib";
constexpr std::string_view checked_words = "pmo-desk-protected";
constexpr int most_iterations = 10'000'000;  // a file must not keep its reader busy for ever
constexpr std::size_t check_size = 16;
constexpr std::size_t largest_content = 256u << 20;

std::string base64(const Bytes& bytes) { return to_base64({reinterpret_cast<const char*>(bytes.data()), bytes.size()}); }

std::optional<Bytes> bytes_from(const std::string& text) {
  const auto bytes = from_base64(text);
  return bytes ? std::optional(Bytes(bytes->begin(), bytes->end())) : std::nullopt;
}

// Tells a wrong passphrase from a changed file. Guessing against it is no quicker than against the cipher's tag.
Bytes check_of(const CipherKey& key) {
  const auto sum = keyed_hash(key, checked_words);
  return {sum.begin(), sum.begin() + check_size};
}

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
  const CipherKey key = derive_key(passphrase, salt, rounds);
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
  const CipherKey key = derive_key(passphrase, envelope->salt, envelope->rounds);
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
