#include "app/engine/follow_edits.h"

#include <algorithm>

#include "app/engine/change_approval.h"
#include "app/engine/levelling/level_project.h"
#include "app/model/consequences.h"
#include "app/model/open_work.h"

namespace pmo::engine {
namespace {

// The record whose status this change has written, as the transaction has left it.
template <class R, class Status>
const R* with_status_written(const Project& project, const Change& change, Status R::* status) {
  const bool written = change.action == Action::write && change.info == &register_of<R>() && change.field == &field_of<R>(status);
  return written ? project.all<R>().find(change.record) : nullptr;
}

bool was_approved(const Change& change) {
  const auto* before = std::get_if<std::string>(&change.before);
  const auto at = before ? std::ranges::find(enum_names<ChangeStatus>(), base_choice(*before)) : enum_names<ChangeStatus>().end();
  return at != enum_names<ChangeStatus>().end() && is_approved(static_cast<ChangeStatus>(at - enum_names<ChangeStatus>().begin()));
}

// A task that levelling no longer delays waits for nothing.
void forget_what_held(Transaction& transaction, const Change& change) {
  if (change.action != Action::write || change.field != &field_of<Task>(&Task::levelling_delay)) return;
  const Task* task = transaction.project().find(Ref<Task>{change.record});
  if (task && task->levelling_delay.value == 0) levelling::set_delay(transaction, *task, {.task = {task->id}});
}

Result<void> follow(Transaction& transaction, const Change& change, Day today) {
  const Project& project = transaction.project();
  forget_what_held(transaction, change);
  if (const Risk* risk = with_status_written(project, change, &Risk::status); risk && risk->status == RiskStatus::occurred)
    PMO_TRY(risk_occurred(transaction, *risk, today));
  if (const WorkOrder* order = with_status_written(project, change, &WorkOrder::status); order && order->status == WorkOrderStatus::done)
    close_action_of(transaction, *order, today);
  if (const ActionItem* action = with_status_written(project, change, &ActionItem::status); action && !is_open(register_of<ActionItem>(), *action))
    close_work_of(transaction, *action, today);
  if (const Offer* offer = with_status_written(project, change, &Offer::status); offer && offer->status == OfferStatus::awarded)
    offer_awarded(transaction, *offer);
  if (const ResourceRequest* request = with_status_written(project, change, &ResourceRequest::status); request && request->status == RequestStatus::confirmed)
    request_confirmed(transaction, *request);
  if (const ChangeRequest* request = with_status_written(project, change, &ChangeRequest::status); request && is_approved(request->status) && !was_approved(change))
    return carry_out_change(transaction, *request, today);
  return {};
}

}  // namespace

Result<void> follow_edits(Transaction& change, Day today) {
  if (&change.project().schema() != &product_schema()) return {};
  for (const Change& written : change.changes()) PMO_TRY_VOID(follow(change, written, today));
  return {};
}

}  // namespace pmo::engine
