// The decision of a change request: the board's votes, and what an approval carries out.
#pragma once

#include "app/model/records/change_request.h"
#include "app/model/transaction.h"

namespace pmo::engine {

struct VoteTally {
  int approve = 0, reject = 0, defer = 0, abstain = 0, pending = 0;
  int asked() const { return approve + reject + defer + abstain + pending; }
};
VoteTally votes_of(const Project& project, const ChangeRequest& request);

// Approved for good: also while it is implemented and verified. Not yet when conditions must be met first.
bool is_approved(ChangeStatus status);
// Whether edits wait that the decision allows to make: undecided, approved, or approved under conditions.
bool can_be_approved(const Project& project, const ChangeRequest& request);

// Carries the request out, whoever approved it and however: its edits are made, a new baseline is taken, a budget version
// with its effect on cost is drafted from the approved one, and those are told whom it concerns. Nothing is done twice.
// Errors: of an edit (check_edit).
Result<void> carry_out_change(Transaction& transaction, const ChangeRequest& request, Day today);

// Sets the request approved and carries it out. Conditions that it was approved under are met. Errors: it is decided
// already, or of an edit.
Result<void> approve_change(Transaction& transaction, const ChangeRequest& request, Day today);

}  // namespace pmo::engine
