// Communications: stakeholders, the communication plan, what was sent to whom, who acknowledged it, what they say.
#pragma once

#include "app/model/records/document.h"

namespace pmo {

enum class StakeholderGroup : unsigned char { sponsor, customer, team, management, supplier, authority, community, other };
enum class Engagement : unsigned char { unaware, resistant, neutral, supportive, leading };

struct Stakeholder : Record {
  std::string name;
  StakeholderGroup group = StakeholderGroup::customer;
  std::string organisation, role;
  Ref<Person> person;
  std::int64_t power = 0, interest = 0;  // 1..5, 0 = not assessed
  Engagement current = Engagement::neutral, desired = Engagement::supportive;
  Ref<Person> owner;
  std::optional<Day> next_contact;
  std::string needs, sensitivities, approach;
  EntryStatus status = EntryStatus::in_use;
};

template <>
struct Describe<Stakeholder> {
  static RegisterInfo make() {
    using R = Stakeholder;
    return Describer<R>("S", Desk::communications)
        .field("name", &R::name, {.required = true, .title = true})
        .field("group", &R::group)
        .field("organisation", &R::organisation)
        .field("role", &R::role)
        .field("power", &R::power, {.minimum = 0, .maximum = 5})
        .field("interest", &R::interest, {.minimum = 0, .maximum = 5})
        .field("current", &R::current)
        .field("desired", &R::desired)
        .field("owner", &R::owner, {.responsible = true})
        .field("next_contact", &R::next_contact, {.due = true})
        .field("person", &R::person)
        .field("needs", &R::needs, {.lines = true})
        .field("sensitivities", &R::sensitivities, {.lines = true, .confidential = true})
        .field("approach", &R::approach, {.lines = true})
        .field("status", &R::status);
  }
};

struct DistributionList : Record {
  std::string name, purpose;
  Refs<Person> members;
  Refs<Stakeholder> stakeholders;
  Ref<Person> owner;  // who keeps the entry
  EntryStatus status = EntryStatus::in_use;
};

template <>
struct Describe<DistributionList> {
  static RegisterInfo make() {
    using R = DistributionList;
    return Describer<R>("DI", Desk::communications)
        .field("name", &R::name, {.required = true, .title = true})
        .field("purpose", &R::purpose)
        .field("members", &R::members)
        .field("stakeholders", &R::stakeholders)
        .field("owner", &R::owner)
        .field("status", &R::status);
  }
};

enum class CommunicationChannel : unsigned char { email, meeting, call, letter, portal, chat, notice, workshop };
enum class CommunicationFormat : unsigned char { message, report, minutes, presentation, document, talk };
enum class CommunicationFrequency : unsigned char { once, daily, weekly, biweekly, monthly, quarterly, on_event };
// What makes the communications of an item with the frequency on_event; by_hand: somebody who sees that it is time.
enum class CommunicationEvent : unsigned char { by_hand, change_approved, risk_occurred };
enum class PlanStatus : unsigned char { draft, approved, active, ended };

struct CommunicationPlanItem;
Result<void> repeating_item_has_first_day(const CommunicationPlanItem& item);  // when it is active

struct CommunicationPlanItem : Record {
  std::string title;  // the objective
  PlanStatus status = PlanStatus::draft;
  Refs<Stakeholder> audience;
  Ref<DistributionList> distribution_list;
  std::string content;
  CommunicationFormat format = CommunicationFormat::message;
  CommunicationChannel channel = CommunicationChannel::email;
  CommunicationFrequency frequency = CommunicationFrequency::monthly;
  CommunicationEvent event = CommunicationEvent::by_hand;
  std::optional<Day> first_due, last_due;
  Ref<Person> sender, approver;
  Confidentiality confidentiality = Confidentiality::internal;
  bool acknowledgement_wanted = false;
  std::string escalation_path, improvements;
};

template <>
struct Describe<CommunicationPlanItem> {
  static RegisterInfo make() {
    using R = CommunicationPlanItem;
    return Describer<R>("CP", Desk::communications)
        .field("title", &R::title, {.required = true, .title = true})
        .field("status", &R::status, {.closed = "ended", .at_rest = "approved active"})
        .field("audience", &R::audience)
        .field("channel", &R::channel)
        .field("format", &R::format)
        .field("frequency", &R::frequency)
        .field("first_due", &R::first_due)
        .field("last_due", &R::last_due)
        .field("sender", &R::sender, {.responsible = true})
        .field("acknowledgement_wanted", &R::acknowledgement_wanted)
        .field("confidentiality", &R::confidentiality)
        .field("approver", &R::approver)
        .field("distribution_list", &R::distribution_list)
        .field("content", &R::content, {.lines = true})
        .field("escalation_path", &R::escalation_path, {.lines = true})
        .field("improvements", &R::improvements, {.lines = true})
        .field("event", &R::event)
        .in_order<&R::first_due, &R::last_due>()
        .needs<&R::status, PlanStatus::active, &R::sender>()
        .check<repeating_item_has_first_day>(&R::status, &R::frequency, &R::first_due);
  }
};

enum class CommunicationStatus : unsigned char { due, prepared, approved, sent, cancelled };

struct Communication : Record {
  std::string title;
  CommunicationStatus status = CommunicationStatus::due;
  std::optional<Day> due;
  Ref<CommunicationPlanItem> plan_item;
  Refs<Stakeholder> audience;
  Refs<Person> recipients;
  CommunicationChannel channel = CommunicationChannel::email;
  Ref<Person> sender, approved_by;
  std::optional<Minute> sent_at;
  Confidentiality confidentiality = Confidentiality::internal;
  AnyRef source;  // what is told: a report, a change, minutes
  std::string content;
};

template <>
struct Describe<Communication> {
  static RegisterInfo make() {
    using R = Communication;
    return Describer<R>("CM", Desk::communications)
        .field("title", &R::title, {.required = true, .title = true})
        .field("status", &R::status, {.closed = "sent cancelled"})
        .field("due", &R::due, {.due = true})
        .field("audience", &R::audience)
        .field("recipients", &R::recipients)
        .field("channel", &R::channel)
        .field("sender", &R::sender, {.responsible = true})
        .field("sent_at", &R::sent_at)
        .field("plan_item", &R::plan_item)
        .field("approved_by", &R::approved_by)
        .field("confidentiality", &R::confidentiality)
        .field("source", &R::source)
        .field("content", &R::content, {.markdown = true})
        .needs<&R::status, CommunicationStatus::prepared, &R::content>()
        .needs<&R::status, CommunicationStatus::approved, &R::content, &R::approved_by>()
        .needs<&R::status, CommunicationStatus::sent, &R::content, &R::sent_at>();
  }
};

// That a person has read something: a plan, minutes, a message.
struct Acknowledgement : Record {
  AnyRef record;
  Ref<Person> person;
  std::optional<Day> asked_on, due, acknowledged_on;
  std::string remark;
};

template <>
struct Describe<Acknowledgement> {
  static RegisterInfo make() {
    using R = Acknowledgement;
    return Describer<R>("AK", Desk::communications)
        .field("record", &R::record, {.owner = true})
        .field("person", &R::person, {.responsible = true})
        .field("asked_on", &R::asked_on)
        .field("due", &R::due, {.due = true})
        .field("acknowledged_on", &R::acknowledged_on, {.ends = true})
        .field("remark", &R::remark, {.title = true})
        .in_order<&R::asked_on, &R::acknowledged_on>();
  }
};

enum class ImprovementStatus : unsigned char { open, in_progress, done, no_action };

struct CommunicationFeedback : Record {
  std::string title;
  ImprovementStatus status = ImprovementStatus::open;
  Ref<Communication> communication;
  Ref<Stakeholder> stakeholder;
  CommunicationChannel channel = CommunicationChannel::email;
  std::optional<std::int64_t> score;  // 1..5
  std::optional<Day> given_on, due;
  Ref<Person> owner;
  std::string comment, improvement;
};

template <>
struct Describe<CommunicationFeedback> {
  static RegisterInfo make() {
    using R = CommunicationFeedback;
    return Describer<R>("CF", Desk::communications)
        .field("title", &R::title, {.required = true, .title = true})
        .field("status", &R::status, {.closed = "done no_action"})
        .field("stakeholder", &R::stakeholder)
        .field("channel", &R::channel)
        .field("score", &R::score, {.minimum = 1, .maximum = 5})
        .field("communication", &R::communication)
        .field("given_on", &R::given_on)
        .field("owner", &R::owner, {.responsible = true})
        .field("due", &R::due, {.due = true})
        .field("comment", &R::comment, {.lines = true})
        .field("improvement", &R::improvement, {.lines = true});
  }
};

}  // namespace pmo
