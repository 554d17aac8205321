// What a record asks of whom until when, by the description of its register: the fields marked due and responsible, and
// the choices of its status that close it.
#pragma once

#include "app/model/records/person.h"
#include "app/model/transaction.h"

namespace pmo {

// Registers without a status are closed by the day on which it was done; without such a day never.
bool is_open(const RegisterInfo& info, const Record& record);

// Open, and it asks something of somebody: what is at rest (in force, issued) does so only by a day of its own.
bool asks_work(const RegisterInfo& info, const Record& record);

// Nothing when the register has no such field or the record no such value.
std::optional<Day> due_on(const RegisterInfo& info, const Record& record);
Ref<Person> responsible_for(const RegisterInfo& info, const Record& record);

// Who works at this copy of the project: the person of its installation, when somebody has said so.
Ref<Person> own_person(const Project& project);
Result<void> set_own_person(Transaction& transaction, Ref<Person> person);

// Whole days since anything of the record was written; the time of day is that of the clock that is given.
std::int64_t days_without_update(const Record& record, std::uint64_t utc_milliseconds);

// Open, and its day is past.
bool is_late(const RegisterInfo& info, const Record& record, Day today);

}  // namespace pmo
