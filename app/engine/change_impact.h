// What a change request would do, computed: its edits are made in a copy of the project, the engine runs on both, and the
// differences are told. Approving makes the edits for good.
#pragma once

#include "app/engine/project_state.h"
#include "app/model/records/change_request.h"
#include "app/model/records/procurement.h"
#include "app/model/transaction.h"

namespace pmo::engine {

struct TaskMove {
  Id task;
  Minute before, after;  // finish
};

struct CashMove {
  Day month;            // its first day
  Money before, after;  // what leaves in it
};

struct ChangeImpact {
  ProjectFigures before, after;
  std::vector<TaskMove> milestones;       // that move
  std::vector<TaskMove> tasks;            // others that move
  std::vector<CashMove> cash;             // months in which another sum leaves
  std::vector<Id> newly_critical, no_longer_critical;
  std::vector<Id> documents, contracts;   // that concern the tasks that are edited or move, and those that the request names
  std::vector<Error> faults;              // edits that cannot be made, with why
  int edits = 0;
};
ChangeImpact impact_of(const Project& project, const ChangeRequest& request);
// The same in steps: project and request must stay as they are until it is finished, then `impact` holds the answer.
Steps find_impact(const Project& project, const ChangeRequest& request, ChangeImpact& impact);

// Figures, moved tasks, cash and criticality of two states of one project; nothing about edits, documents and contracts.
ChangeImpact impact_between(const ProjectState& before, const ProjectState& after);

// Proposes to write a field of a record; the record itself stays as it is. Proposing the same field again replaces it.
Result<void> propose_edit(Transaction& transaction, const ChangeRequest& request, const RegisterInfo& info, const Record& record,
                          const FieldInfo& field, const Value& value);

// Writes finish and cost effect into the request.
void keep_impact(Transaction& transaction, const ChangeRequest& request, const ChangeImpact& impact, Day today);

// Makes the edits, takes a new baseline, drafts a budget version and a communication that is due in three days, and sets
// the request approved. Errors: of an edit; the request is decided already.
Result<void> approve_change(Transaction& transaction, const ChangeRequest& request, Day today);

}  // namespace pmo::engine
