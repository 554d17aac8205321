#include "app/model/consequences.h"

#include <algorithm>

#include "app/model/communicating.h"
#include "app/model/describe_record.h"
#include "app/model/open_work.h"
#include "app/model/order_key.h"
#include "app/model/records/project_settings.h"
#include "app/words/words.h"

namespace pmo {
namespace {

template <class R, class Test>
bool any(const Project& project, Test&& test) {
  for (const R& record : project.all<R>())
    if (test(record)) return true;
  return false;
}

bool stands(const WorkOrder& order) { return order.status != WorkOrderStatus::cancelled && order.status != WorkOrderStatus::declined; }

Ref<Task> only_task(const Refs<Task>& tasks) { return tasks.empty() ? Ref<Task>{} : tasks.front(); }

Ref<Issue> open_issue(Transaction& transaction, const Risk& risk, Day today) {
  for (const Issue& issue : transaction.project().all<Issue>())
    if (issue.source_risk.id == risk.id && is_open(register_of<Issue>(), issue)) return {issue.id};
  const Issue& issue = transaction.create<Issue>([&](Issue& made) {
    made.title = risk.title;
    made.kind = IssueKind::problem;
    made.priority = Priority::urgent;
    made.severity = std::max({risk.impact_time, risk.impact_cost, risk.impact_scope, risk.impact_quality});
    made.owner = risk.owner;
    made.raised_on = today;
    made.description = risk.event;
    made.impact = risk.effect;
    made.action = risk.contingency_plan;
    made.source_risk = {risk.id};
    made.tasks = risk.tasks;
  });
  return {issue.id};
}

void start_contingency_plan(Transaction& transaction, const Risk& risk) {
  const auto same = [&](const WorkOrder& order) { return order.description == risk.contingency_plan && stands(order); };
  if (risk.contingency_plan.empty() || any<WorkOrder>(transaction.project(), same)) return;
  transaction.create<WorkOrder>([&](WorkOrder& order) {
    order.title = risk.contingency_plan.substr(0, risk.contingency_plan.find('\n'));
    order.priority = Priority::urgent;
    order.assignee = risk.actionee ? risk.actionee : risk.owner;
    order.assigned_by = risk.owner;
    order.task = only_task(risk.tasks);
    order.description = risk.contingency_plan;
  });
}

void draw_reserve(Transaction& transaction, const Risk& risk, Ref<Issue> issue, Day today) {
  const auto same = [&](const ReserveDraw& draw) { return draw.risk.id == risk.id && draw.status != DrawStatus::rejected; };
  if (risk.reserve <= Money{0} || any<ReserveDraw>(transaction.project(), same)) return;
  transaction.create<ReserveDraw>([&](ReserveDraw& draw) {
    draw.title = risk.title;
    draw.date = today;
    draw.status = DrawStatus::requested;
    draw.owner = risk.owner;
    draw.amount = risk.reserve;
    draw.risk = {risk.id};
    draw.issue = issue;
  });
}

// Of the project's settings, or else of its charter.
Ref<Person> manager_of(const Project& project) {
  const auto& settings = project.all<ProjectSettings>();
  if (!settings.empty() && project.find(settings.at(0).manager)) return settings.at(0).manager;
  Ref<Person> manager;
  for (const Charter& charter : project.all<Charter>())
    if (charter.status != CharterStatus::superseded && project.find(charter.manager)) manager = charter.manager;
  return manager;
}

// Without a manager nobody is told; an escalation that is open for the risk has told them.
void tell_manager(Transaction& transaction, const Risk& risk, Day today) {
  if (!manager_of(transaction.project())) return;
  const auto escalation = escalate(transaction, register_of<Risk>(), risk, today);
  if (escalation) transaction.set(*transaction.project().find(*escalation), &Escalation::reason, risk.event.empty() ? risk.title : risk.event);
}

std::optional<Day> arrival_of(const Delivery& delivery) {
  if (delivery.delivered_on) return delivery.delivered_on;
  return delivery.expected ? delivery.expected : delivery.promised;
}

// Both an action and its work item say how it is known that it is done.
template <class From, class To>
void copy_evidence(Transaction& transaction, const From& from, const To& to) {
  if (to.evidence.empty()) transaction.set(to, &To::evidence, from.evidence);
}

void set_done(Transaction& transaction, const WorkOrder& order, Day today) {
  transaction.set(order, &WorkOrder::status, WorkOrderStatus::done);
  transaction.set(order, &WorkOrder::progress, Permille{1000});
  if (!order.done_on) transaction.set(order, &WorkOrder::done_on, std::optional(today));
}

std::vector<const WorkOrder*> open_orders_of(const Project& project, Id action) {
  std::vector<const WorkOrder*> orders;
  for (const WorkOrder& order : project.all<WorkOrder>())
    if (order.action_item.id == action && is_open(register_of<WorkOrder>(), order)) orders.push_back(&order);
  return orders;
}

}  // namespace

Result<Ref<Issue>> risk_occurred(Transaction& transaction, const Risk& risk, Day today) {
  if (risk.status == RiskStatus::closed) return fail("error.consequence.risk_over"_key, {risk.title});
  transaction.set(risk, &Risk::status, RiskStatus::occurred);
  if (!risk.occurred_on) transaction.set(risk, &Risk::occurred_on, std::optional(today));
  const auto issue = open_issue(transaction, risk, today);
  start_contingency_plan(transaction, risk);
  draw_reserve(transaction, risk, issue, today);
  tell_manager(transaction, risk, today);
  const auto told = [&](const Communication& one) { return one.source.id == risk.id; };
  if (!any<Communication>(transaction.project(), told))
    tell_of(transaction, CommunicationEvent::risk_occurred, {.title = risk.title, .content = risk.event, .source = {risk.id}}, today);
  return issue;
}

Result<Ref<WorkOrder>> hand_out_action(Transaction& transaction, const ActionItem& action) {
  if (action.status == ActionStatus::done || action.status == ActionStatus::cancelled) return fail("error.consequence.action_over"_key, {action.title});
  const auto same = [&](const WorkOrder& order) { return order.action_item.id == action.id && stands(order); };
  if (any<WorkOrder>(transaction.project(), same)) return fail("error.consequence.action_handed_out"_key, {action.title});
  const Meeting* meeting = transaction.project().find(action.meeting);
  const WorkOrder& order = transaction.create<WorkOrder>([&](WorkOrder& made) {
    made.title = action.title;
    made.priority = action.priority;
    made.assignee = action.owner;
    made.assigned_by = meeting ? meeting->chair : Ref<Person>{};
    made.due = action.due;
    made.task = action.task;
    made.action_item = {action.id};
  });
  if (action.status == ActionStatus::open) transaction.set(action, &ActionItem::status, ActionStatus::in_progress);
  return Ref<WorkOrder>{order.id};
}

void close_action_of(Transaction& transaction, const WorkOrder& done, Day today) {
  set_done(transaction, done, today);
  const ActionItem* action = transaction.project().find(done.action_item);
  if (!action || !is_open(register_of<ActionItem>(), *action) || !open_orders_of(transaction.project(), action->id).empty()) return;
  transaction.set(*action, &ActionItem::status, ActionStatus::done);
  if (!action->closed_on) transaction.set(*action, &ActionItem::closed_on, std::optional(today));
  copy_evidence(transaction, done, *action);
}

void close_work_of(Transaction& transaction, const ActionItem& over, Day today) {
  if (!over.closed_on) transaction.set(over, &ActionItem::closed_on, std::optional(today));
  for (const WorkOrder* order : open_orders_of(transaction.project(), over.id)) {
    if (over.status == ActionStatus::cancelled) {
      transaction.set(*order, &WorkOrder::status, WorkOrderStatus::cancelled);
      continue;
    }
    set_done(transaction, *order, today);
    copy_evidence(transaction, over, *order);
  }
}

int hand_out_task(Transaction& transaction, const Task& task, std::optional<Day> due) {
  const Project& project = transaction.project();
  Refs<Person> persons;
  for (const Assignment& assignment : project.all<Assignment>()) {
    const Resource* resource = project.find(assignment.resource);
    if (assignment.task.id == task.id && resource && project.find(resource->person) && !std::ranges::contains(persons, resource->person)) persons.push_back(resource->person);
  }
  if (persons.empty() && project.find(task.responsible)) persons.push_back(task.responsible);
  std::erase_if(persons, [&](Ref<Person> person) {
    return any<WorkOrder>(project, [&](const WorkOrder& order) { return order.task.id == task.id && order.assignee == person && stands(order) && order.status != WorkOrderStatus::done; });
  });
  const Ref<Person> me = own_person(project), by = me ? me : task.responsible;
  const std::string title = task.name, description = task.notes;
  const Ref<Task> of{task.id};
  for (const auto person : persons)
    transaction.create<WorkOrder>([&](WorkOrder& order) {
      order.title = title;
      order.task = of;
      order.assignee = person;
      order.assigned_by = by;
      order.due = due;
      order.description = description;
    });
  return static_cast<int>(persons.size());
}

Result<Ref<Escalation>> escalate(Transaction& transaction, const RegisterInfo& info, const Record& record, Day today) {
  const Project& project = transaction.project();
  const std::string title = record_title(project, info, record);
  const auto same = [&](const Escalation& escalation) {
    return escalation.record.id == record.id && (escalation.status == EscalationStatus::open || escalation.status == EscalationStatus::in_progress);
  };
  if (any<Escalation>(project, same)) return fail("error.consequence.escalated"_key, {title});
  const Ref<Person> manager = manager_of(project);
  const Ref<Person> me = own_person(project), responsible = responsible_for(info, record);
  constexpr int days_to_answer = 3;
  const Escalation& made = transaction.create<Escalation>([&](Escalation& escalation) {
    escalation.title = title;
    escalation.record = {record.id};
    escalation.raised_by = me ? me : responsible;
    escalation.escalated_to = manager;
    escalation.raised_on = today;
    escalation.due = today + days_to_answer;
  });
  return Ref<Escalation>{made.id};
}

int carry_open_actions(Transaction& transaction, const Meeting& meeting) {
  const Project& project = transaction.project();
  if (meeting.series.empty() || !meeting.start) return 0;
  std::string last;  // of the agenda's order
  for (const AgendaItem& item : project.all<AgendaItem>())
    if (item.meeting.id == meeting.id) last = std::max(last, item.order);
  std::vector<const ActionItem*> owed;
  for (const ActionItem& action : project.all<ActionItem>()) {
    const Meeting* origin = project.find(action.meeting);
    const bool over = action.status == ActionStatus::done || action.status == ActionStatus::cancelled;
    if (over || !origin || origin->series != meeting.series || !origin->start || *origin->start >= *meeting.start) continue;
    const auto there = [&](const AgendaItem& item) { return item.meeting.id == meeting.id && item.topic == action.title; };
    if (!any<AgendaItem>(project, there)) owed.push_back(&action);
  }
  for (const ActionItem* action : owed) {
    const Ref<Person> owner = action->owner;
    last = order_between(last, {});
    transaction.create<AgendaItem>([&](AgendaItem& item) {
      item.meeting = {meeting.id};
      item.topic = action->title;
      item.order = last;
      item.presenter = owner;
    });
  }
  return static_cast<int>(owed.size());
}

Result<void> move_task_to_delivery(Transaction& transaction, const Delivery& delivery, Minute start) {
  const Task* task = transaction.project().find(delivery.task);
  const auto arrival = arrival_of(delivery);
  if (!task || !arrival) return fail("error.consequence.delivery_without_task"_key, {delivery.title});
  if (task->actual_start) return fail("error.consequence.task_begun"_key, {task->name});
  if (*arrival <= start.day()) return fail("error.consequence.delivery_in_time"_key, {delivery.title, task->name});
  if (task->manual) return fail("error.consequence.task_fixed"_key, {task->name});
  const bool free = task->constraint == ConstraintType::as_soon_as_possible || task->constraint == ConstraintType::start_no_earlier_than;
  const FieldInfo& constraint = field_of<Task>(&Task::constraint);
  if (!free) return fail("error.consequence.constraint_lost"_key, {task->name, argument_of(constraint.choice_key(enum_name(task->constraint)))});
  transaction.set(*task, &Task::constraint, ConstraintType::start_no_earlier_than);
  transaction.set(*task, &Task::constraint_date, std::optional(Minute::at(*arrival)));
  return {};
}

Ref<Contract> offer_awarded(Transaction& transaction, const Offer& offer) {
  const Project& project = transaction.project();
  transaction.set(offer, &Offer::status, OfferStatus::awarded);
  const ProcurementItem* item = project.find(offer.item);
  if (item) {
    for (const Offer& other : project.all<Offer>())
      if (other.id != offer.id && other.item.id == item->id && is_open(register_of<Offer>(), other)) transaction.set(other, &Offer::status, OfferStatus::rejected);
    if (item->decision_reason.empty()) transaction.set(*item, &ProcurementItem::decision_reason, offer.award_reason);
    if (item->status < ProcurementStatus::awarded) transaction.set(*item, &ProcurementItem::status, ProcurementStatus::awarded);
  }
  for (const Contract& contract : project.all<Contract>())
    if (contract.offer.id == offer.id) return {contract.id};
  const Contract& contract = transaction.create<Contract>([&](Contract& made) {
    made.title = item ? item->title : offer.title;
    made.vendor = offer.vendor;
    made.value = offer.price;
    made.currency = offer.currency;
    made.offer = {offer.id};
    made.owner = offer.owner;
    made.terms = offer.payment_terms;
    if (!item) return;
    made.items = {{item->id}};
    made.type = item->contract_type;
    made.account = item->account;
    if (item->owner) made.owner = item->owner;
  });
  return {contract.id};
}

Ref<Assignment> request_confirmed(Transaction& transaction, const ResourceRequest& request) {
  const Project& project = transaction.project();
  if (!project.find(request.task) || !project.find(request.resource)) return {};
  for (const Assignment& assignment : project.all<Assignment>())
    if (assignment.task == request.task && assignment.resource == request.resource) return {assignment.id};
  const Assignment& made = transaction.create<Assignment>([&](Assignment& assignment) {
    assignment.task = request.task;
    assignment.resource = request.resource;
    assignment.units = request.units;
  });
  return {made.id};
}

Result<Ref<Nonconformity>> report_nonconformity(Transaction& transaction, const Inspection& failed, Day today) {
  const auto same = [&](const Nonconformity& one) { return one.inspection.id == failed.id; };
  if (any<Nonconformity>(transaction.project(), same)) return fail("error.consequence.nonconformity_exists"_key, {failed.title});
  const Nonconformity& made = transaction.create<Nonconformity>([&](Nonconformity& one) {
    one.title = failed.title;
    one.description = failed.summary;
    one.inspection = {failed.id};
    one.found_by = failed.inspector;
    one.found_on = failed.carried_out ? *failed.carried_out : today;
    one.owner = failed.inspector;
    one.tasks = failed.tasks;
    if (failed.units_rejected > 0) one.quantity = whole(failed.units_rejected);
  });
  return Ref<Nonconformity>{made.id};
}

Result<Ref<Inspection>> plan_retest(Transaction& transaction, const Inspection& failed, Day due) {
  const auto same = [&](const Inspection& one) { return one.retest_of.id == failed.id && one.status != InspectionStatus::cancelled; };
  if (any<Inspection>(transaction.project(), same)) return fail("error.consequence.retest_exists"_key, {failed.title});
  const Inspection& made = transaction.create<Inspection>([&](Inspection& one) {
    one.title = failed.title;
    one.kind = failed.kind;
    one.due = due;
    one.inspector = failed.inspector;
    one.place = failed.place;
    one.plan_item = failed.plan_item;
    one.gate = failed.gate;
    one.retest_of = {failed.id};
    one.tasks = failed.tasks;
  });
  return Ref<Inspection>{made.id};
}

Result<Ref<TrainingNeed>> flag_training_gap(Transaction& transaction, const TrainingGap& gap) {
  const Project& project = transaction.project();
  const Person* person = project.find(gap.person);
  const Competency* competency = project.find(gap.competency);
  if (!person || !competency) return fail("error.consequence.gap_unknown"_key);
  const auto same = [&](const TrainingNeed& need) {
    const bool open = need.status != TrainingNeedStatus::met && need.status != TrainingNeedStatus::dropped;
    return open && need.person == gap.person && need.competency == gap.competency;
  };
  if (any<TrainingNeed>(project, same)) return fail("error.consequence.need_exists"_key, {person->name, competency->name});
  Ref<Resource> constrained;
  for (const Resource& resource : project.all<Resource>())
    if (resource.person == gap.person && !constrained) constrained = {resource.id};
  const TrainingNeed& need = transaction.create<TrainingNeed>([&](TrainingNeed& made) {
    made.title = person->name + " · " + competency->name;
    made.person = gap.person;
    made.competency = gap.competency;
    made.required_level = gap.required;
    made.current_level = gap.current;
    made.resource = constrained;
  });
  return Ref<TrainingNeed>{need.id};
}

}  // namespace pmo
