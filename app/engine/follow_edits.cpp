#include "app/engine/follow_edits.h"

#include <algorithm>
#include <cmath>

#include "app/engine/change/change_approval.h"
#include "app/engine/control/earned_value.h"
#include "app/engine/levelling/level_project.h"
#include "app/engine/resources/resource_rates.h"
#include "app/model/consequences.h"
#include "app/model/open_work.h"
#include "app/model/records/earned_value.h"

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

// A rate that somebody adds begins today with what holds until then: one of nothing would make the work to come cost nothing.
void begin_rate(Transaction& transaction, const Change& change, Day today) {
  using R = ResourceRate;
  if (change.info != &register_of<R>()) return;
  const bool began = change.action == Action::create || (change.action == Action::write && change.field == &field_of<R>(&R::resource));
  const Project& project = transaction.project();
  const R* rate = began ? project.all<R>().find(change.record) : nullptr;
  const Resource* resource = rate ? project.find(rate->resource) : nullptr;
  if (!resource) return;
  if (rate->valid_from == Day{}) transaction.set(*rate, &R::valid_from, today);
  if (rate->standard_rate != Money{} || rate->overtime_rate != Money{} || rate->cost_per_use != Money{}) return;
  ResourceRates rates(project);
  const RatePeriod before = rate_on(rates.of(*resource, rate->table), rate->valid_from - 1);
  const auto money = [](double amount) { return Money{std::llround(amount)}; };
  transaction.set(*rate, &R::standard_rate, money(before.standard));
  transaction.set(*rate, &R::overtime_rate, money(before.overtime));
  transaction.set(*rate, &R::cost_per_use, money(before.per_use));
}

// A step that is achieved shows in the physical percent of its task, where that is measured by its steps.
void measure_by_steps(Transaction& transaction, const Change& change) {
  if (change.info != &register_of<TaskStep>()) return;
  const Project& project = transaction.project();
  const TaskStep* written = project.all<TaskStep>().find(change.record);
  const Task* task = written ? project.find(written->task) : nullptr;
  if (!task || task->earned_value_method != EarnedValueMethod::weighted_milestones) return;
  Progress progress;
  for (const auto* part : project.table(register_of<TaskStep>()).parts_of(task->id)) {
    const auto& step = static_cast<const TaskStep&>(*part);
    progress.milestones.emplace_back(static_cast<double>(step.weight), step.achieved_on.has_value());
  }
  if (const auto share = earned_share(task->earned_value_method, progress))
    transaction.set(*task, &Task::physical_percent, Permille{static_cast<std::int32_t>(std::lround(*share * 1000))});
}

// What becomes part of a record counts in its currency, as a payment in that of its contract, unless it has one of its own.
Result<void> take_currency_over(Transaction& transaction, const Change& change) {
  const FieldInfo* owner = change.info->owner();
  const FieldInfo* currency = change.info->currency();
  if (!owner || !currency || (change.action != Action::create && (change.action != Action::write || change.field != owner))) return {};
  const Record* part = transaction.project().table(*change.info).find(change.record);
  if (!part || currency->get(*part) != Value{std::string()}) return {};
  const Value owner_id = owner->get(*part);
  const auto* id = std::get_if<Id>(&owner_id);
  const auto [info, whole] = id ? transaction.project().find_any(*id) : std::pair<const RegisterInfo*, const Record*>{};
  if (!whole || !info->currency()) return {};
  return transaction.set(*part, *change.info, *currency, info->currency()->get(*whole));
}

Result<void> follow(Transaction& transaction, const Change& change, Day today) {
  PMO_TRY_VOID(take_currency_over(transaction, change));
  measure_by_steps(transaction, change);
  begin_rate(transaction, change, today);
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
