#include "storage/protection.h"

#include <nlohmann/json.hpp>

#include "app/model/utf8.h"
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

// Tells a wrong passphrase from a changed file. Guessing against it is no quicker than against the cipher's tag.
Bytes check_of(const CipherKey& key) {
  const auto sum = keyed_hash(key, checked_words);
  return {sum.begin(), sum.begin() + check_size};
}

struct Envelope {
  int version = 0, rounds = 0;
  Bytes salt, check, nonce, tag, secret;  // no check in version 1
};

// One part of the file, named by the way to it; without it, or with another kind of value there, the error names it.
template <class T>
Result<T> part(const json& file, const char* way) {
  const json::json_pointer at(way);
  if (file.contains(at)) {
    const auto& value = file.at(at);
    if constexpr (std::is_same_v<T, std::int64_t>) {
      if (value.is_number_integer()) return value.get<T>();
    } else {
      if (value.is_string()) return value.get<T>();
    }
  }
  return fail("error.protection.part"_key, {way + 1});
}

Result<Bytes> bytes_of(const json& file, const char* way, std::optional<std::size_t> size = {}) {
  const auto bytes = from_base64(PMO_TRY(part<std::string>(file, way)));
  if (!bytes || (size && bytes->size() != *size)) return fail("error.protection.part"_key, {way + 1});
  return Bytes(bytes->begin(), bytes->end());
}

Result<void> locked_with(const json& file, const char* way, std::string_view known) {
  const auto method = PMO_TRY(part<std::string>(file, way));
  if (method != known) return fail("error.protection.method"_key, {std::string(cut_to_bytes(method, 40))});
  return {};
}

Result<Envelope> read(std::string_view text) {
  const auto file = json::parse(text, nullptr, false);
  if (!file.is_object() || part<std::string>(file, "/format") != format) return fail("error.protection.format"_key);
  const auto form = PMO_TRY(part<std::int64_t>(file, "/version"));
  if (form < 1) return fail("error.protection.part"_key, {"version"});
  if (form > version) return fail("error.protection.newer"_key, {std::to_string(form), std::to_string(version)});
  const bool first_form = form == 1;
  PMO_TRY_VOID(locked_with(file, "/key/method", key_method));
  PMO_TRY_VOID(locked_with(file, "/cipher/method", cipher_method));
  if (!first_form) PMO_TRY_VOID(locked_with(file, "/packing", packing_method));
  const auto rounds = PMO_TRY(part<std::int64_t>(file, "/key/iterations"));
  if (rounds < least_key_rounds || rounds > most_iterations)
    return fail("error.protection.rounds"_key, {std::to_string(rounds), std::to_string(least_key_rounds), std::to_string(most_iterations)});
  return Envelope{static_cast<int>(form),
                  static_cast<int>(rounds),
                  PMO_TRY(bytes_of(file, "/key/salt", salt_size)),
                  first_form ? Bytes{} : PMO_TRY(bytes_of(file, "/key/check", check_size)),
                  PMO_TRY(bytes_of(file, "/cipher/nonce", nonce_size)),
                  PMO_TRY(bytes_of(file, "/cipher/tag", tag_size)),
                  PMO_TRY(bytes_of(file, "/content"))};
}

}  // namespace

bool is_protected(std::string_view file) {
  // The format is the first member of what we write; a program that sorts members moves it behind the content.
  constexpr std::size_t head = 256, tail = 512;
  return file.substr(0, head).contains(format) || file.substr(file.size() - std::min(file.size(), tail)).contains(format);
}

Result<std::string> protect(std::string_view content, std::string_view passphrase, Surroundings& surroundings, int rounds) {
  if (passphrase.empty()) return fail("error.protection.empty"_key);
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
  const auto envelope = PMO_TRY(read(file));
  const CipherKey key = derive_key(passphrase, envelope.salt, envelope.rounds);
  const bool first_form = envelope.version == 1;
  if (!first_form && check_of(key) != envelope.check) return fail("error.protection.passphrase"_key);
  auto content = Cipher(key).decrypt(envelope.secret, envelope.nonce, envelope.tag);
  if (!content) return fail(first_form ? "error.protection.passphrase"_key : "error.protection.damaged"_key);
  if (first_form) return std::move(*content);
  auto unpacked = unpack(*content, Packing::framed, largest_content);
  if (!unpacked) return fail("error.protection.damaged"_key);
  return std::move(*unpacked);
}

}  // namespace pmo::storage
