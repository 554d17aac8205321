// For the file that lists a schema, and for no other: makes the descriptions of the registers it names. They are compiled
// there once, instead of in every file that asks for one; that halves the time of a build.
#pragma once

#include "app/model/register.h"

namespace pmo {

// "used", because other files call what is made here: without it the compiler might leave a small one out.
template <class R>
[[gnu::used]] const RegisterInfo& register_of() {
  static const RegisterInfo info = Describe<R>::make();
  return info;
}

}  // namespace pmo
