// What a change request would do, computed: its edits are made in a copy of the project, the engine runs on both, and the
// differences are told. Approving makes the edits for good: app/engine/change_approval.h.
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

struct CostMove {
  Id task;
  Money more;  // less than nothing: saved
};

struct CashMove {
  Day month;            // its first day
  Money before, after;  // what leaves in it
};

struct ChangeImpact {
  ProjectFigures before, after;
  std::vector<TaskMove> milestones;       // that move
  std::vector<TaskMove> tasks;            // others that move
  std::vector<CostMove> costs;            // tasks that will cost another sum, summary tasks without their parts
  std::vector<CashMove> cash;             // months in which another sum leaves
  std::vector<Id> newly_critical, no_longer_critical;
  std::vector<Id> documents, contracts;   // that concern the tasks that are edited or move, and those that the request names
  std::vector<Error> faults;              // edits that cannot be made, or not without looking, with why
  int edits = 0;                          // that are not made yet
};
// Of the edits that are not made yet.
ChangeImpact impact_of(const Project& project, const ChangeRequest& request);
// The same in steps: project and request must stay as they are until it is finished, then `impact` holds the answer.
Steps find_impact(const Project& project, const ChangeRequest& request, ChangeImpact& impact);

// Figures, moved tasks, cash and criticality of two states of one project; nothing about edits, documents and contracts.
ChangeImpact impact_between(const ProjectState& before, const ProjectState& after);

std::vector<const ProposedEdit*> edits_of(const Project& project, const ChangeRequest& request);
std::vector<const ProposedEdit*> open_edits_of(const Project& project, const ChangeRequest& request);  // not made yet
// Errors: the record or the field is gone; the value is none; somebody has written the field since it was proposed, and
// something else: nobody has weighed the edit against that.
Result<void> check_edit(const Project& project, const ProposedEdit& edit);
Result<void> make_edit(Transaction& transaction, const ProposedEdit& edit);  // whatever the field holds now

// Proposes to write a field of a record; the record itself stays as it is. Proposing the same field again
// replaces it, and takes note of what the field holds now.
Result<void> propose_edit(Transaction& transaction, const ChangeRequest& request, const RegisterInfo& info, const Record& record,
                          const FieldInfo& field, const Value& value);

// Writes finish and cost effect into the request.
void keep_impact(Transaction& transaction, const ChangeRequest& request, const ChangeImpact& impact, Day today);

}  // namespace pmo::engine
