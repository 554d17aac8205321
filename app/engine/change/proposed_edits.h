// The edits of which a change request consists: fields to write, records to make (a task, a link, an assignment), records
// to delete. They are proposed one by one, looked at together, and made in one transaction.
//
//   D1  a record to be made has a proposal of its own; the fields of the record are edits whose target is that proposal, and a
//       link or an assignment may name the proposal of a task. When the edits are made, the record stands in its place
//   D2  the record that a proposal makes has an id that follows from the proposal's: two copies that approve the same change
//       make the same record
//   D3  records are made first, then fields are written, then records are deleted
#pragma once

#include "app/model/records/change_request.h"
#include "app/model/transaction.h"

namespace pmo::engine {

std::vector<const ProposedEdit*> edits_of(const Project& project, const ChangeRequest& request);
std::vector<const ProposedEdit*> open_edits_of(const Project& project, const ChangeRequest& request);  // not made yet

// What an edit is about.
struct EditTarget {
  const RegisterInfo* info = nullptr;      // null: the record is gone
  const Record* record = nullptr;          // null: it is not made yet, or gone
  const ProposedEdit* proposal = nullptr;  // of a record to be made
};
EditTarget target_of(const Project& project, const ProposedEdit& edit);
// What a proposal of a new record says of a field so far; what none does has the value of a new record.
Value proposed_value(const Project& project, const ProposedEdit& proposal, const FieldInfo& field);

// Errors: the record or the field is gone, or a record that the value names; the value is none; somebody has written the
// field since it was proposed, and something else: nobody has weighed the edit against that.
Result<void> check_edit(const Project& project, const ProposedEdit& edit);
// Makes all that can be made, whatever the fields hold now, and marks it as applied; the first error, if any.
Result<void> make_edits(Transaction& transaction, const std::vector<const ProposedEdit*>& edits);

// Proposes to write a field of a record; the record itself stays as it is. Proposing the same field again
// replaces it, and takes note of what the field holds now.
Result<void> propose_edit(Transaction& transaction, const ChangeRequest& request, const RegisterInfo& info, const Record& record,
                          const FieldInfo& field, const Value& value);
// The same for a record that is itself proposed.
Result<void> propose_value(Transaction& transaction, const ProposedEdit& proposal, const FieldInfo& field, const Value& value);

// Proposes a new record with these fields; the proposal.
using FieldValues = std::vector<std::pair<const FieldInfo*, Value>>;
Result<Ref<ProposedEdit>> propose_record(Transaction& transaction, const ChangeRequest& request, const RegisterInfo& info, std::string title, const FieldValues& values);
// Proposes to delete a record, with all that is part of it; once.
void propose_deletion(Transaction& transaction, const ChangeRequest& request, const RegisterInfo& info, const Record& record);

// Takes an edit back. With a new record go its fields, and the links and assignments that would hang on it.
void withdraw_edit(Transaction& transaction, const ProposedEdit& edit);

}  // namespace pmo::engine
