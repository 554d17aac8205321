// The keys of locked contents (app/model/sealing.h says what is locked and why copies agree).
//
// A vault has a data key of 32 random bytes. It is wrapped with the passphrase in the same envelope as a protected
// bundle (storage/protection.h): 600,000 rounds of PBKDF2, a check that tells a wrong passphrase from damage. Another
// passphrase wraps the same key anew; nothing that is sealed changes.
//
//   what is sealed     sealed:1:<vault>:<base64: nonce (12), ciphertext, tag (16)>           a text
//                      "pmo-desk-sealed1", vault (36), nonce (12), ciphertext, tag (16)      a file
//   cipher             AES-256-GCM under HMAC(data key, "pmo-desk cipher"), the place as context
//   nonce              HMAC(HMAC(data key, "pmo-desk nonce"), place, 0, text), cut to 12 bytes
//
// The nonce is drawn from what is sealed, so the same text at the same place gives the same envelope: copies of a
// project that seal on their own stay equal. It tells whether a text came back to what it was before, and nothing else.
#pragma once

#include <map>
#include <memory>

#include "app/model/sealing.h"
#include "storage/cipher.h"
#include "storage/protection.h"

namespace pmo::storage {

// The vaults of a project that one passphrase opens. Lives only in memory, and overwrites its keys at the end.
class OpenVault final : public ContentKey {
 public:
  OpenVault() = default;
  ~OpenVault() override;
  OpenVault(const OpenVault&) = delete;

  // Draws a new data key, to be kept as this vault's.
  void make(Id vault, Surroundings& surroundings);
  // Errors: error.vault.passphrase, error.vault.damaged.
  Result<void> unlock(Id vault, std::string_view wrapped, std::string_view passphrase);
  // The data key under a passphrase. Fewer rounds are for tests.
  std::string wrap(Id vault, std::string_view passphrase, Surroundings& surroundings, int rounds = key_rounds) const;
  void add(const OpenVault& other) { keys_.insert(other.keys_.begin(), other.keys_.end()); }
  bool empty() const { return keys_.empty(); }
  bool opens(Id vault) const { return keys_.contains(vault); }

  std::string seal(std::string_view place, std::string_view text) const override;
  Result<std::string> open(std::string_view place, std::string_view envelope) const override;

  // Attached files: wherever the same one is attached, it is kept once.
  std::string seal_file(std::string_view bytes) const;
  Result<std::string> open_file(std::string_view sealed) const;

 private:
  struct Keys {
    CipherKey data, cipher, nonce;
  };
  static Keys keys_from(const CipherKey& data);
  std::string encrypted(const Keys& keys, std::string_view place, std::string_view plain) const;
  Result<std::string> decrypted(Id vault, std::string_view place, std::string_view secret) const;

  std::map<Id, Keys> keys_;  // what is new is sealed with the first: the oldest vault
};

}  // namespace pmo::storage
