#include "app/model/consequences.h"

#include <algorithm>

#include "app/model/describe_record.h"
#include "app/model/months.h"
#include "app/model/open_work.h"
#include "app/model/order_key.h"
#include "app/model/records/project_settings.h"

namespace pmo {
namespace {

template <class R, class Test>
bool any(const Project& project, Test&& test) {
  for (const R& record : project.all<R>())
    if (test(record)) return true;
  return false;
}

bool is_open(const WorkOrder& order) { return order.status != WorkOrderStatus::cancelled && order.status != WorkOrderStatus::declined; }

Ref<Task> only_task(const Refs<Task>& tasks) { return tasks.empty() ? Ref<Task>{} : tasks.front(); }

Ref<Issue> open_issue(Transaction& transaction, const Risk& risk, Day today) {
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
  if (risk.contingency_plan.empty()) return;
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
  if (risk.reserve <= Money{0}) return;
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

std::optional<Day> arrival_of(const Delivery& delivery) {
  if (delivery.delivered_on) return delivery.delivered_on;
  return delivery.expected ? delivery.expected : delivery.promised;
}

bool is_fixed(const Task& task) {
  return task.manual || task.constraint == ConstraintType::must_start_on || task.constraint == ConstraintType::must_finish_on;
}

Day nth_due(const CommunicationPlanItem& item, int n) {
  switch (item.frequency) {
    case CommunicationFrequency::daily: return *item.first_due + n;
    case CommunicationFrequency::weekly: return *item.first_due + 7 * n;
    case CommunicationFrequency::biweekly: return *item.first_due + 14 * n;
    case CommunicationFrequency::monthly: return months_later(*item.first_due, n);
    case CommunicationFrequency::quarterly: return months_later(*item.first_due, 3 * n);
    case CommunicationFrequency::once:
    case CommunicationFrequency::on_event: break;
  }
  return *item.first_due;
}

bool repeats(const CommunicationPlanItem& item) {
  return item.frequency != CommunicationFrequency::once && item.frequency != CommunicationFrequency::on_event;
}

Refs<Person> recipients_of(const Project& project, const CommunicationPlanItem& item) {
  Refs<Person> persons;
  const auto add = [&](Ref<Person> person) {
    if (person && std::ranges::find(persons, person) == persons.end()) persons.push_back(person);
  };
  if (const auto* list = project.find(item.distribution_list))
    for (const auto member : list->members) add(member);
  for (const auto stakeholder : item.audience)
    if (const auto* found = project.find(stakeholder)) add(found->person);
  return persons;
}

}  // namespace

Result<Ref<Issue>> risk_occurred(Transaction& transaction, const Risk& risk, Day today) {
  if (risk.status == RiskStatus::occurred || risk.status == RiskStatus::closed) return fail("error.consequence.risk_over"_key, {risk.title});
  transaction.set(risk, &Risk::status, RiskStatus::occurred);
  transaction.set(risk, &Risk::occurred_on, std::optional(today));
  const auto issue = open_issue(transaction, risk, today);
  start_contingency_plan(transaction, risk);
  draw_reserve(transaction, risk, issue, today);
  return issue;
}

Result<Ref<WorkOrder>> hand_out_action(Transaction& transaction, const ActionItem& action) {
  if (action.status == ActionStatus::done || action.status == ActionStatus::cancelled) return fail("error.consequence.action_over"_key, {action.title});
  const auto same = [&](const WorkOrder& order) { return order.action_item.id == action.id && is_open(order); };
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

int hand_out_task(Transaction& transaction, const Task& task, std::optional<Day> due) {
  const Project& project = transaction.project();
  Refs<Person> persons;
  for (const Assignment& assignment : project.all<Assignment>()) {
    const Resource* resource = project.find(assignment.resource);
    if (assignment.task.id == task.id && resource && project.find(resource->person) && !std::ranges::contains(persons, resource->person)) persons.push_back(resource->person);
  }
  if (persons.empty() && project.find(task.responsible)) persons.push_back(task.responsible);
  std::erase_if(persons, [&](Ref<Person> person) {
    return any<WorkOrder>(project, [&](const WorkOrder& order) { return order.task.id == task.id && order.assignee == person && is_open(order) && order.status != WorkOrderStatus::done; });
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
  const auto& settings = project.all<ProjectSettings>();
  const Ref<Person> manager = settings.empty() ? Ref<Person>{} : settings.at(0).manager;
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

Result<void> move_task_to_delivery(Transaction& transaction, const Delivery& delivery) {
  const Task* task = transaction.project().find(delivery.task);
  const auto arrival = arrival_of(delivery);
  if (!task || !arrival) return fail("error.consequence.delivery_without_task"_key, {delivery.title});
  if (task->actual_start) return fail("error.consequence.task_begun"_key, {task->name});
  if (is_fixed(*task)) return fail("error.consequence.task_fixed"_key, {task->name});
  transaction.set(*task, &Task::constraint, ConstraintType::start_no_earlier_than);
  transaction.set(*task, &Task::constraint_date, std::optional(Minute::at(*arrival)));
  return {};
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

int ask_acknowledgements(Transaction& transaction, Id record, const Refs<Person>& persons, Day today, Day due) {
  int asked = 0;
  for (const auto person : persons) {
    const auto same = [&](const Acknowledgement& one) { return one.record.id == record && one.person == person; };
    if (any<Acknowledgement>(transaction.project(), same)) continue;
    transaction.create<Acknowledgement>([&](Acknowledgement& made) {
      made.record = {record};
      made.person = person;
      made.asked_on = today;
      made.due = due;
    });
    ++asked;
  }
  return asked;
}

std::vector<Day> due_days(const CommunicationPlanItem& item, Day from, Day to) {
  std::vector<Day> days;
  if (!item.first_due || item.frequency == CommunicationFrequency::on_event) return days;
  const Day last = item.last_due ? std::min(*item.last_due, to) : to;
  for (int n = 0;; ++n) {
    const Day day = nth_due(item, n);
    if (day > last) break;
    if (day >= from) days.push_back(day);
    if (!repeats(item)) break;
  }
  return days;
}

int make_due_communications(Transaction& transaction, Day today) {
  constexpr int days_back = 31, days_ahead = 14;
  const Project& project = transaction.project();
  std::vector<const CommunicationPlanItem*> items;
  for (const CommunicationPlanItem& item : project.all<CommunicationPlanItem>())
    if (item.status == PlanStatus::active) items.push_back(&item);
  int made = 0;
  for (const auto* item : items)
    for (const Day due : due_days(*item, today - days_back, today + days_ahead)) {
      const auto same = [&](const Communication& one) { return one.plan_item.id == item->id && one.due == due; };
      if (any<Communication>(project, same)) continue;
      transaction.create<Communication>([&](Communication& communication) {
        communication.title = item->title;
        communication.due = due;
        communication.plan_item = {item->id};
        communication.audience = item->audience;
        communication.recipients = recipients_of(project, *item);
        communication.channel = item->channel;
        communication.sender = item->sender;
        communication.confidentiality = item->confidentiality;
      });
      ++made;
    }
  return made;
}

}  // namespace pmo
