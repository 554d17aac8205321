// The vault of a project: the key of its locked contents, wrapped with a passphrase (storage/vault.h). A project has one;
// two copies that each set a passphrase before they met bring two, and each envelope names the one that opens it.
#pragma once

#include "app/model/register.h"

namespace pmo {

struct Vault : Record {
  std::string wrapped_key;  // one text, so that copies can never mix the parts of two passphrases
};

template <>
struct Describe<Vault> {
  static RegisterInfo make() {
    return Describer<Vault>("", Desk::administrator)
        .field("wrapped_key", &Vault::wrapped_key, {.required = true, .unlogged = true, .hidden = true});
  }
};

}  // namespace pmo
