// People of the project and around it: team members, sponsor, customer, supplier contacts.
#pragma once

#include "app/model/register.h"

namespace pmo {

// How an entry that others are chosen from stands: retired ones keep their uses and are not offered any more.
enum class EntryStatus : unsigned char { in_use, draft, retired };
// Whether an entry of a journal was looked at.
enum class CheckStatus : unsigned char { recorded, in_question, checked };

struct Person : Record {
  std::string name;
  std::string initials;  // pinyin initials or short name, for quick search
  std::string organisation;
  std::string role;
  std::string email;
  std::string phone;
  std::string notes;
  Ref<Person> owner;  // who keeps the entry
  EntryStatus status = EntryStatus::in_use;
};

template <>
struct Describe<Person> {
  static RegisterInfo make() {
    return Describer<Person>("P", Desk::administrator)
        .field("name", &Person::name, {.required = true, .title = true})
        .field("initials", &Person::initials)
        .field("organisation", &Person::organisation)
        .field("role", &Person::role)
        .field("email", &Person::email)
        .field("phone", &Person::phone)
        .field("notes", &Person::notes, {.lines = true})
        .field("owner", &Person::owner)
        .field("status", &Person::status);
  }
};

}  // namespace pmo
