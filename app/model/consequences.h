// What one desk's event means for the others: each function writes everything into the caller's transaction, so that it is
// one step, one undo and one entry of the history. What is already there is not made twice.
#pragma once

#include "app/model/records/communication.h"
#include "app/model/records/management.h"
#include "app/model/records/training.h"
#include "app/model/transaction.h"

namespace pmo {

// The risk has occurred: an issue that names it, the contingency plan as a work item of the actionee, its reserve drawn.
// Errors: it has occurred or was closed before.
Result<Ref<Issue>> risk_occurred(Transaction& transaction, const Risk& risk, Day today);

// The action of a meeting as a work item of its owner. Errors: it is one already, or is over.
Result<Ref<WorkOrder>> hand_out_action(Transaction& transaction, const ActionItem& action);

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

// Moves the task that waits for a delivery: it starts no earlier than the delivery arrives. Errors: no task, no day, the
// task has begun, or is bound by a date that nothing may move.
Result<void> move_task_to_delivery(Transaction& transaction, const Delivery& delivery);

// A training need of the person, with the resource that is constrained until it is met. Errors: there is an open one.
struct TrainingGap {
  Ref<Person> person;
  Ref<Competency> competency;
  std::int64_t required = 0, current = 0;
};
Result<Ref<TrainingNeed>> flag_training_gap(Transaction& transaction, const TrainingGap& gap);

// Asks persons to confirm that they have read a record; those who were asked before are left out. How many were asked.
int ask_acknowledgements(Transaction& transaction, Id record, const Refs<Person>& persons, Day today, Day due);

// --- the communication plan

// The days on which an item of the plan is due, from one day to another (both included).
std::vector<Day> due_days(const CommunicationPlanItem& item, Day from, Day to);

// Communications that the active items of the plan ask for and that are not there yet: those of the last month and of
// the coming two weeks. How many were made.
int make_due_communications(Transaction& transaction, Day today);

}  // namespace pmo
