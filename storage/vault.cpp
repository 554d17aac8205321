#include "storage/vault.h"

#include <cassert>

#include <algorithm>

#include "storage/base64.h"

namespace pmo::storage {
namespace {

constexpr std::string_view file_mark = "pmo-desk-sealed1", file_place = "file";
constexpr std::size_t id_size = 36;

}  // namespace

OpenVault::~OpenVault() {
  for (auto& [vault, keys] : keys_)
    for (auto* key : {&keys.data, &keys.cipher, &keys.nonce}) forget(*key);
}

OpenVault::Keys OpenVault::keys_from(const CipherKey& data) {
  return {data, keyed_hash(data, "pmo-desk cipher"), keyed_hash(data, "pmo-desk nonce")};
}

void OpenVault::make(Id vault, Surroundings& surroundings) {
  CipherKey data;
  const auto drawn = random_bytes(data.size(), surroundings);
  std::ranges::copy(drawn, data.begin());
  keys_.insert_or_assign(vault, keys_from(data));
  forget(data);
}

Result<void> OpenVault::unlock(Id vault, std::string_view wrapped, std::string_view passphrase) {
  auto content = unprotect(wrapped, passphrase);
  if (!content) return fail(content.error().message == "error.protection.passphrase"_key ? "error.vault.passphrase"_key : "error.vault.damaged"_key);
  CipherKey data;
  if (content->size() != data.size()) return fail("error.vault.damaged"_key);
  std::ranges::copy(*content, data.begin());
  keys_.insert_or_assign(vault, keys_from(data));
  forget(data);
  return {};
}

std::string OpenVault::wrap(Id vault, std::string_view passphrase, Surroundings& surroundings, int rounds) const {
  assert(!passphrase.empty());
  const auto& data = keys_.at(vault).data;
  return *protect({reinterpret_cast<const char*>(data.data()), data.size()}, passphrase, surroundings, rounds);
}

std::string OpenVault::encrypted(const Keys& keys, std::string_view place, std::string_view plain) const {
  std::string about(place);
  about += '\0';
  const auto sum = keyed_hash(keys.nonce, about.append(plain));
  const CipherBytes nonce(sum.begin(), sum.begin() + nonce_size);
  CipherBytes tag;
  const auto secret = Cipher(keys.cipher).encrypt(plain, nonce, tag, place);
  std::string all(nonce.begin(), nonce.end());
  all.reserve(nonce_size + secret.size() + tag_size);
  all.append(secret.begin(), secret.end()).append(tag.begin(), tag.end());
  return all;
}

Result<std::string> OpenVault::decrypted(Id vault, std::string_view place, std::string_view secret) const {
  const auto keys = keys_.find(vault);
  if (keys == keys_.end()) return fail("error.vault.locked"_key);
  if (secret.size() < nonce_size + tag_size) return fail("error.vault.damaged"_key);
  const CipherBytes nonce(secret.begin(), secret.begin() + nonce_size), tag(secret.end() - tag_size, secret.end());
  auto plain = Cipher(keys->second.cipher).decrypt({secret.begin() + nonce_size, secret.end() - tag_size}, nonce, tag, place);
  if (!plain) return fail("error.vault.damaged"_key);
  return std::move(*plain);
}

std::string OpenVault::seal(std::string_view place, std::string_view text) const {
  const auto& [vault, keys] = *keys_.begin();
  return std::string(sealed_mark) + vault.text() + ":" + to_base64(encrypted(keys, place, text));
}

Result<std::string> OpenVault::open(std::string_view place, std::string_view envelope) const {
  if (!is_sealed(envelope)) return std::string(envelope);
  const auto rest = envelope.substr(sealed_mark.size());
  const auto vault = Id::parse(rest.substr(0, id_size));
  if (!vault || rest.size() < id_size + 1 || rest[id_size] != ':') return fail("error.vault.damaged"_key);
  const auto secret = from_base64(rest.substr(id_size + 1));
  if (!secret) return fail("error.vault.damaged"_key);
  return decrypted(*vault, place, *secret);
}

std::string OpenVault::seal_file(std::string_view bytes) const {
  const auto& [vault, keys] = *keys_.begin();
  return std::string(file_mark) + vault.text() + encrypted(keys, file_place, bytes);
}

Result<std::string> OpenVault::open_file(std::string_view sealed) const {
  const auto vault = sealed.starts_with(file_mark) ? Id::parse(sealed.substr(file_mark.size(), id_size)) : std::nullopt;
  if (!vault) return fail("error.vault.damaged"_key);
  return decrypted(*vault, file_place, sealed.substr(file_mark.size() + id_size));
}

}  // namespace pmo::storage
