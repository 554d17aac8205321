// What a change request would do, computed: its edits are made in a copy of the project, the engine runs on both, and the
// differences are told. Approving makes the edits for good: app/engine/change/change_approval.h.
#pragma once

#include "app/engine/change/project_state.h"
#include "app/engine/change/proposed_edits.h"
#include "app/model/records/procurement.h"

namespace pmo::engine {

struct TaskMove {
  Id task;
  Minute before, after;  // finish
};

// A task that the change makes.
struct AddedTask {
  std::string name;
  Minute start, finish;
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
  std::vector<AddedTask> added;
  std::vector<std::string> removed;       // names of tasks
  std::vector<CostMove> costs;            // tasks that will cost another sum, summary tasks without their parts
  std::vector<CashMove> cash;             // months in which another sum leaves
  std::vector<Id> newly_critical, no_longer_critical;
  std::vector<Id> documents, contracts;   // that concern the tasks that are edited or move, and those that the request names
  std::vector<Error> faults;              // edits that cannot be made, or not without looking, with why
  int edits = 0;                          // that are not made yet
};
// Of the edits that are not made yet. Today: for the money of a project without status date.
ChangeImpact impact_of(const Project& project, const ChangeRequest& request, Day today);
// The same in steps: project and request must stay as they are until it is finished, then `impact` holds the answer.
Steps find_impact(const Project& project, const ChangeRequest& request, Day today, ChangeImpact& impact);

// Figures, moved tasks, cash and criticality of two states of one project; nothing about edits, documents and contracts.
ChangeImpact impact_between(const ProjectState& before, const ProjectState& after);

// Writes finish and cost effect into the request.
void keep_impact(Transaction& transaction, const ChangeRequest& request, const ChangeImpact& impact, Day today);

}  // namespace pmo::engine
