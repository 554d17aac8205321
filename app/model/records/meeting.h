// Meetings with agenda, minutes, decisions and the action items that come of them.
#pragma once

#include "app/model/records/document.h"
#include "app/model/records/issue.h"

namespace pmo {

struct DistributionList;

enum class MeetingKind : unsigned char { kick_off, status, steering, review, workshop, retrospective, other };
enum class MeetingStatus : unsigned char { planned, invited, held, minutes_issued, cancelled };

struct Meeting : Record {
  std::string title;
  MeetingKind kind = MeetingKind::status;
  MeetingStatus status = MeetingStatus::planned;
  std::string series;
  std::string purpose;
  std::optional<Minute> start;
  std::int64_t length = 60;  // minutes
  std::string place;
  std::string link;  // of a meeting on the network
  Ref<Person> chair, recorder;
  Refs<Person> invited, attended, absent;
  Refs<Document> materials;
  Ref<DistributionList> distribution_list;  // of the minutes
  std::string minutes;
  bool previous_minutes_approved = false;
};

template <>
struct Describe<Meeting> {
  static RegisterInfo make() {
    return Describer<Meeting>("M", Desk::coordinator)
        .field("title", &Meeting::title, {.required = true, .title = true})
        .field("kind", &Meeting::kind)
        .field("status", &Meeting::status, {.closed = "held minutes_issued cancelled"})
        .field("start", &Meeting::start, {.due = true})
        .field("length", &Meeting::length, {.minimum = 0, .maximum = 10080})
        .field("place", &Meeting::place)
        .field("link", &Meeting::link)
        .field("chair", &Meeting::chair, {.responsible = true})
        .field("recorder", &Meeting::recorder)
        .field("series", &Meeting::series)
        .field("purpose", &Meeting::purpose, {.lines = true})
        .field("invited", &Meeting::invited)
        .field("attended", &Meeting::attended)
        .field("absent", &Meeting::absent)
        .field("materials", &Meeting::materials)
        .field("distribution_list", &Meeting::distribution_list)
        .field("minutes", &Meeting::minutes, {.markdown = true})
        .field("previous_minutes_approved", &Meeting::previous_minutes_approved);
  }
};

struct AgendaItem : Record {
  Ref<Meeting> meeting;
  std::string topic;
  std::string order;
  std::int64_t time_box = 10;  // minutes
  Ref<Person> presenter;
  std::string discussion;
};

template <>
struct Describe<AgendaItem> {
  static RegisterInfo make() {
    return Describer<AgendaItem>("", Desk::coordinator)
        .field("meeting", &AgendaItem::meeting, {.required = true, .owner = true})
        .field("topic", &AgendaItem::topic, {.required = true, .title = true})
        .field("order", &AgendaItem::order, {.hidden = true})
        .field("time_box", &AgendaItem::time_box, {.minimum = 0, .maximum = 1440})
        .field("presenter", &AgendaItem::presenter)
        .field("discussion", &AgendaItem::discussion, {.lines = true});
  }
};

enum class ActionStatus : unsigned char { open, in_progress, done, cancelled };

struct ActionItem : Record {
  std::string title;
  Ref<Meeting> meeting;
  ActionStatus status = ActionStatus::open;
  Priority priority = Priority::medium;
  Ref<Person> owner;
  std::optional<Day> due, closed_on;
  std::string evidence;
  Ref<Task> task;
};

template <>
struct Describe<ActionItem> {
  static RegisterInfo make() {
    return Describer<ActionItem>("A", Desk::coordinator)
        .field("title", &ActionItem::title, {.required = true, .title = true})
        .field("meeting", &ActionItem::meeting, {.owner = true})
        .field("status", &ActionItem::status, {.closed = "done cancelled"})
        .field("priority", &ActionItem::priority)
        .field("owner", &ActionItem::owner, {.responsible = true})
        .field("due", &ActionItem::due, {.due = true})
        .field("closed_on", &ActionItem::closed_on)
        .field("evidence", &ActionItem::evidence, {.lines = true})
        .field("task", &ActionItem::task);
  }
};

enum class DecisionStatus : unsigned char { decided, proposed, revoked };

struct Decision : Record {
  std::string title;
  DecisionStatus status = DecisionStatus::decided;
  Ref<Meeting> meeting;
  std::string reasons;
  Refs<Person> decided_by;
  std::optional<Day> decided_on;
  Ref<Person> owner;  // who sees that it is carried out
};

template <>
struct Describe<Decision> {
  static RegisterInfo make() {
    return Describer<Decision>("D", Desk::manager)
        .field("title", &Decision::title, {.required = true, .title = true})
        .field("status", &Decision::status, {.closed = "decided revoked"})
        .field("meeting", &Decision::meeting, {.owner = true})
        .field("reasons", &Decision::reasons, {.lines = true})
        .field("decided_by", &Decision::decided_by)
        .field("decided_on", &Decision::decided_on)
        .field("owner", &Decision::owner, {.responsible = true});
  }
};

}  // namespace pmo
