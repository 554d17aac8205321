// People of the project and around it: team members, sponsor, customer, supplier contacts.
#pragma once

#include "app/model/register.h"

namespace pmo {

struct Person : Record {
  std::string name;
  std::string initials;  // pinyin initials or short name, for quick search
  std::string organisation;
  std::string role;
  std::string email;
  std::string phone;
  std::string notes;
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
        .field("notes", &Person::notes, {.lines = true});
  }
};

}  // namespace pmo
