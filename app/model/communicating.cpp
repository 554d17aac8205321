#include "app/model/communicating.h"

#include <algorithm>

#include "app/model/months.h"
#include "app/words/words.h"

namespace pmo {
namespace {

constexpr int days_to_tell = 3, days_to_read = 5;

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

// What an item of the plan says of each of its communications.
void fill_from(const Project& project, const CommunicationPlanItem& item, Communication& communication) {
  communication.title = item.title;
  communication.plan_item = {item.id};
  communication.audience = item.audience;
  communication.recipients = recipients_of(project, item);
  communication.channel = item.channel;
  communication.sender = item.sender;
  communication.confidentiality = item.confidentiality;
}

std::vector<const CommunicationPlanItem*> active_items(const Project& project) {
  std::vector<const CommunicationPlanItem*> items;
  for (const CommunicationPlanItem& item : project.all<CommunicationPlanItem>())
    if (item.status == PlanStatus::active) items.push_back(&item);
  return items;
}

}  // namespace

Result<void> repeating_item_has_first_day(const CommunicationPlanItem& item) {
  if (item.status != PlanStatus::active || item.frequency == CommunicationFrequency::on_event || item.first_due) return {};
  const FieldInfo &first = field_of<CommunicationPlanItem>(&CommunicationPlanItem::first_due), &status = field_of<CommunicationPlanItem>(&CommunicationPlanItem::status);
  return fail("error.field.needed"_key, {argument_of(first.label_key()), argument_of(status.choice_key(enum_name(item.status)))});
}

void add_person(const Project& project, Refs<Person>& persons, Ref<Person> person) {
  if (project.find(person) && !std::ranges::contains(persons, person)) persons.push_back(person);
}

Refs<Person> persons_of(const Project& project, Ref<DistributionList> list) {
  Refs<Person> persons;
  const DistributionList* found = project.find(list);
  if (!found) return persons;
  for (const auto member : found->members) add_person(project, persons, member);
  for (const auto stakeholder : found->stakeholders)
    if (const auto* one = project.find(stakeholder)) add_person(project, persons, one->person);
  return persons;
}

Refs<Person> recipients_of(const Project& project, const CommunicationPlanItem& item) {
  Refs<Person> persons = persons_of(project, item.distribution_list);
  for (const auto stakeholder : item.audience)
    if (const auto* one = project.find(stakeholder)) add_person(project, persons, one->person);
  return persons;
}

Refs<Person> readers_of_minutes(const Project& project, const Meeting& meeting) {
  Refs<Person> persons;
  for (const auto* list : {&meeting.invited, &meeting.attended, &meeting.absent})
    for (const auto person : *list) add_person(project, persons, person);
  for (const auto person : persons_of(project, meeting.distribution_list)) add_person(project, persons, person);
  return persons;
}

int ask_acknowledgements(Transaction& transaction, Id record, const Refs<Person>& persons, Day today, Day due) {
  int asked = 0;
  for (const auto person : persons) {
    const auto same = [&](const Acknowledgement& one) { return one.record.id == record && one.person == person; };
    if (std::ranges::any_of(transaction.project().all<Acknowledgement>(), same)) continue;
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
  int made = 0;
  for (const auto* item : active_items(project))
    for (const Day due : due_days(*item, today - days_back, today + days_ahead)) {
      const auto same = [&](const Communication& one) { return one.plan_item.id == item->id && one.due == due; };
      if (std::ranges::any_of(project.all<Communication>(), same)) continue;
      transaction.create<Communication>([&](Communication& communication) {
        fill_from(project, *item, communication);
        communication.due = due;
      });
      ++made;
    }
  return made;
}

int tell_of(Transaction& transaction, CommunicationEvent event, const News& news, Day today) {
  const Project& project = transaction.project();
  const auto tell = [&](Communication& communication) {
    communication.due = today + days_to_tell;
    communication.source = news.source;
    communication.content = news.content;
  };
  Refs<Person> reached;
  int made = 0;
  for (const auto* item : active_items(project)) {
    if (item->frequency != CommunicationFrequency::on_event || item->event != event) continue;
    for (const auto person : recipients_of(project, *item)) add_person(project, reached, person);
    transaction.create<Communication>([&](Communication& communication) {
      fill_from(project, *item, communication);
      communication.title = item->title + " · " + news.title;
      tell(communication);
    });
    ++made;
  }
  Refs<Person> others = news.affected;
  std::erase_if(others, [&](Ref<Person> person) { return std::ranges::contains(reached, person); });
  if (others.empty()) return made;
  transaction.create<Communication>([&](Communication& communication) {
    communication.title = news.title;
    communication.sender = news.sender;
    communication.recipients = others;
    tell(communication);
  });
  return made + 1;
}

Result<int> send_communication(Transaction& transaction, const Communication& communication, Minute now) {
  const Project& project = transaction.project();
  const CommunicationPlanItem* item = project.find(communication.plan_item);
  if (communication.content.empty()) return fail("error.communication.no_content"_key, {communication.title});
  if (communication.recipients.empty() && communication.audience.empty()) return fail("error.communication.nobody"_key, {communication.title});
  const Person* approver = item ? project.find(item->approver) : nullptr;
  if (approver && !communication.approved_by) return fail("error.communication.not_approved"_key, {communication.title, approver->name});
  transaction.set(communication, &Communication::status, CommunicationStatus::sent);
  transaction.set(communication, &Communication::sent_at, std::optional(now));
  if (!item || !item->acknowledgement_wanted) return 0;
  const Day today = now.day();
  return ask_acknowledgements(transaction, communication.id, communication.recipients, today, today + days_to_read);
}

}  // namespace pmo
