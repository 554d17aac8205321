// What a status means for other records, however it was written: by a press, in a cell, by a paste or a fill. Risks that
// occur, actions and work items that are done, changes that are approved, offers that win.
#pragma once

#include "app/model/transaction.h"

namespace pmo::engine {

// Completes the edits of a user before they are committed: it is part of their step and of its undo. Only what is written
// in a record that was there counts; one that is made with its status (a register pasted or imported) tells what was.
// What is there already is not made twice. A new rate of a resource begins today with the rates that hold; achieved steps
// show in the physical percent of their task; a payment has the currency of its contract. Errors: of a change request's edits.
Result<void> follow_edits(Transaction& change, Day today);

}  // namespace pmo::engine
