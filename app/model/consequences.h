// What one desk's event means for the others: each function writes everything into the caller's transaction, so that it is
// one step, one undo and one entry of the history. What is already there is not made twice.
#pragma once

#include "app/model/records/management.h"
#include "app/model/records/procurement.h"
#include "app/model/records/quality.h"
#include "app/model/records/resource_use.h"
#include "app/model/records/training.h"
#include "app/model/transaction.h"

namespace pmo {

// The risk has occurred: an issue that names it, the contingency plan as a work item of the actionee, its reserve drawn,
// an escalation to the manager, and what the communication plan wants told. The issue. Errors: the risk is closed.
Result<Ref<Issue>> risk_occurred(Transaction& transaction, const Risk& risk, Day today);

// The action of a meeting as a work item of its owner. Errors: it is one already, or is over.
Result<Ref<WorkOrder>> hand_out_action(Transaction& transaction, const ActionItem& action);

// What an action and its work items say of each other: when one is done the other is, with day and evidence; an action
// that is cancelled takes its open work items with it. An action with another open work item is not done yet.
void close_action_of(Transaction& transaction, const WorkOrder& done, Day today);
void close_work_of(Transaction& transaction, const ActionItem& over, Day today);

// The task as a work item of each person who is assigned to it, or else of who answers for it; persons who have an open
// one already are left out. How many were made.
int hand_out_task(Transaction& transaction, const Task& task, std::optional<Day> due);

// Takes a record to the project manager: an escalation that names it, raised by who works here, or else by who answers
// for the record.
// Errors: one is open for it already.
Result<Ref<Escalation>> escalate(Transaction& transaction, const RegisterInfo& info, const Record& record, Day today);

// Puts the open actions of the series' earlier meetings on the agenda of this one, each once, presented by who owes them.
// How many were put there. Without a series there is nothing to carry over.
int carry_open_actions(Transaction& transaction, const Meeting& meeting);

// Moves the task that waits for a delivery: it starts no earlier than the delivery arrives. start: when it is scheduled
// to start now. Errors: no task, no day, the delivery arrives in time, the task has begun, or it has a constraint that
// would be lost.
Result<void> move_task_to_delivery(Transaction& transaction, const Delivery& delivery, Minute start);

// The offer has won: its item is awarded for the same reason, the other offers of the item are rejected, and a contract
// is drafted from it. The contract; the one that names the offer already, when there is one.
Ref<Contract> offer_awarded(Transaction& transaction, const Offer& offer);

// What follows from an inspection that failed: a nonconformity, found by its inspector; the inspection once more, of
// which this one is named as the test before. Errors: there is one already.
Result<Ref<Nonconformity>> report_nonconformity(Transaction& transaction, const Inspection& failed, Day today);
Result<Ref<Inspection>> plan_retest(Transaction& transaction, const Inspection& failed, Day due);

// The request is confirmed: its resource is assigned to its task with the units that were asked for; where it is assigned
// already, that stays. The assignment; empty without task or resource.
Ref<Assignment> request_confirmed(Transaction& transaction, const ResourceRequest& request);

// A training need of the person, with the resource that is constrained until it is met. Errors: there is an open one.
struct TrainingGap {
  Ref<Person> person;
  Ref<Competency> competency;
  std::int64_t required = 0, current = 0;
};
Result<Ref<TrainingNeed>> flag_training_gap(Transaction& transaction, const TrainingGap& gap);

}  // namespace pmo
