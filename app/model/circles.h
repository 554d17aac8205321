// Records that stand below each other, or follow each other, must not come round to themselves.
#pragma once

#include "app/model/project.h"
#include "app/words/key.h"

namespace pmo {

// A rule (register.h) for a reference of a register to itself: refuses what has just been written when it leads in a circle.
// The message gets the names on the way round: "Site → Earthworks → Site".
Result<void> no_circle_along(const Project& project, const std::vector<Change>& changes, const RegisterInfo& info, const FieldInfo& reference, Key message);

}  // namespace pmo
