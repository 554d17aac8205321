// The vault of the open project, for the dialogs that set, take and change its passphrase. What it opens is read through
// the project (app/model/sealing.h).
#pragma once

#include "app/model/records/confidentiality.h"
#include "app/model/project.h"

namespace pmo::ui {

enum class VaultState : unsigned char { none, locked, open };  // none: no passphrase was set yet

class VaultPort {
 public:
  virtual ~VaultPort() = default;

  virtual VaultState state() const = 0;
  // Whether no vault is left that the passphrases given do not open: a project may have several, see set_passphrase.
  virtual bool all_open() const = 0;
  // How many texts of locked documents lie open here, because they came while the passphrase was missing. Unlocking
  // seals them.
  virtual std::size_t waiting() const = 0;

  // `now` is the wall clock, for the access log. Errors: error.vault.passphrase, error.vault.damaged.
  // Where a passphrase was forgotten another may be set: for what is written from then on. What the old one locks stays.
  virtual Result<void> set_passphrase(const std::string& passphrase, Confidentiality locked_from, Minute now) = 0;
  virtual Result<void> unlock(const std::string& passphrase, Minute now) = 0;
  virtual Result<void> change_passphrase(const std::string& before, const std::string& after, Minute now) = 0;
  virtual void lock() = 0;
};

}  // namespace pmo::ui
