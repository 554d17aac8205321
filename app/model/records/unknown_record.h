// A record of a register that this version does not have, as a newer one wrote it: all its fields are unknown ones. It is
// merged and exported like any other, and moves to its register when this installation is updated.
#pragma once

#include "app/model/register.h"

namespace pmo {

struct UnknownRecord : Record {
  std::string register_name;
};

template <>
struct Describe<UnknownRecord> {
  static RegisterInfo make() {
    return Describer<UnknownRecord>("", Desk::administrator)
        .field("register_name", &UnknownRecord::register_name, {.required = true, .hidden = true});
  }
};

}  // namespace pmo
