// Undoing an import, and doing it again.
//
// What an import took over was written by others. Undoing it must not become a write of this copy, which with the next mail
// would delete records at their authors and set their values back. So it gives back: fields get the values and stamps that
// the import found, records that came with it go without a trace, and this copy has seen of their writers only what came
// before, as after an import from which they were left out. Therefore
//   W1  a copy that undoes an import is one that never took it: whatever it mails afterwards takes nothing from anybody
//   W2  importing the same file again, or any later one, brings everything back
//   W3  copies still end equal, since less is known here, and nothing is said against it
//   W4  what was written here since stays (P3 of project.h): a record that was edited after it came, a field that was
//       written again. A field that has the import's value again by another write is written back like any other
//   W5  history and conflicts that came along stay; values that are given back stand in history as ones that lost (M4)
#pragma once

#include "app/model/transaction.h"

namespace pmo {

// Adds to a transaction what takes the import back; answers what it had brought, for bring_again. Errors:
// error.history.import where it is not known how the import found the project.
Result<std::shared_ptr<const Project>> withdraw(Transaction& transaction, const Commit& import);

// Joins it again. Errors: error.history.import for null.
Result<void> bring_again(Transaction& transaction, const Project* withdrawn);

// Whether records of the register hold keys. They stay whatever is taken back: with the import that brought one, what it
// locks must not be lost.
bool holds_key(const RegisterInfo& info);

}  // namespace pmo
