// For the file that lists a schema, and for no other: makes the descriptions of the registers it names. They are compiled
// there once, instead of in every file that asks for one; that halves the time of a build.
#pragma once

#include "app/model/register.h"

namespace pmo {

// "noinline", because other files call what is made here: inlined, a small one would be left out. It runs once, and there
// are more than a hundred of them, so small is what counts.
template <class R>
[[gnu::noinline, clang::minsize]] const RegisterInfo& register_of() {
  static const RegisterInfo info = Describe<R>::make();
  return info;
}

}  // namespace pmo
