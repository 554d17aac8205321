// Who is told what: communications that the plan asks for by a day or an event, who is to receive them, and who has
// confirmed that they have read something. Each function writes into the caller's transaction.
#pragma once

#include "app/model/records/communication.h"
#include "app/model/records/meeting.h"
#include "app/model/transaction.h"

namespace pmo {

// Adds a person once; an empty reference and somebody who is gone are nobody.
void add_person(const Project& project, Refs<Person>& persons, Ref<Person> person);

// The persons of a distribution list: its members, and those of its stakeholders who are persons of the project.
Refs<Person> persons_of(const Project& project, Ref<DistributionList> list);
// Of an item of the plan: its list's, and those of its audience.
Refs<Person> recipients_of(const Project& project, const CommunicationPlanItem& item);
// Who gets the minutes of a meeting: who was invited, attended or was absent, and its distribution list.
Refs<Person> readers_of_minutes(const Project& project, const Meeting& meeting);

// Asks persons to confirm that they have read a record; those who were asked before are left out. How many were asked.
int ask_acknowledgements(Transaction& transaction, Id record, const Refs<Person>& persons, Day today, Day due);

// The days on which an item of the plan is due, from one day to another (both included).
std::vector<Day> due_days(const CommunicationPlanItem& item, Day from, Day to);

// Communications that the active items of the plan ask for and that are not there yet: those of the last month and of
// the coming two weeks. How many were made.
int make_due_communications(Transaction& transaction, Day today);

// What has happened: whom it affects is told beside whom the plan names for such an event.
struct News {
  std::string title, content;
  AnyRef source;
  Ref<Person> sender;      // to those affected; the plan's items have their own
  Refs<Person> affected = {};
};
// A communication for each active item of the plan that waits for the event, and one to those affected whom none of
// these reaches, all due in three days. How many were made.
int tell_of(Transaction& transaction, CommunicationEvent event, const News& news, Day today);

// The communication leaves: sent now, and its recipients asked to confirm it when its plan item wants that. How many
// were asked. Errors: no content; nobody receives it; its plan item names who approves it and nobody has.
Result<int> send_communication(Transaction& transaction, const Communication& communication, Minute now);

}  // namespace pmo
