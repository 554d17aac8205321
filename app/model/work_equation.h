// Work = duration × units, for the people and equipment of a task that has not begun. When one of the three is edited,
// the task's type says which other one follows, as in Microsoft Project:
//
//                      units edited   work edited   duration edited   somebody added or taken away
//   fixed units        duration       duration      work              duration, when effort-driven
//   fixed duration     work           units         work              units, when effort-driven
//   fixed work         duration       duration      units             duration
//
// An assignment without work of its own has units × duration; only what is written down needs to follow. Overtime is part of
// the work and takes none of the duration, so that what is said of the work holds for the rest of it.
#pragma once

#include "app/model/transaction.h"

namespace pmo {

// Completes the edits of a user before they are committed. What the same transaction wrote itself stays. Tasks that it
// made, and imports and merges, which do not come here, keep what they say.
void keep_work_equation(Transaction& change);

}  // namespace pmo
