// The project's organisation: units, roles, who holds which role when.
#pragma once

#include "app/model/records/person.h"

namespace pmo {

struct OrganisationUnit : Record {
  std::string name;
  Ref<OrganisationUnit> parent;
  std::string kind;
  Ref<Person> head;
  Refs<Person> members;
  std::string notes;
  Ref<Person> owner;  // who keeps the entry
  EntryStatus status = EntryStatus::in_use;
};

template <>
struct Describe<OrganisationUnit> {
  static RegisterInfo make() {
    using R = OrganisationUnit;
    return Describer<R>("OU", Desk::administrator)
        .field("name", &R::name, {.required = true, .title = true})
        .field("kind", &R::kind)
        .field("parent", &R::parent)
        .field("head", &R::head)
        .field("members", &R::members)
        .field("notes", &R::notes, {.lines = true})
        .field("owner", &R::owner)
        .field("status", &R::status);
  }
};

// A role in the project: what it is for, answers for and may decide.
struct ProjectRole : Record {
  std::string name;
  std::string purpose, responsibilities, authority;
  Ref<OrganisationUnit> unit;
  Ref<ProjectRole> reports_to;
  Ref<Person> owner;  // who keeps the entry
  EntryStatus status = EntryStatus::in_use;
};

template <>
struct Describe<ProjectRole> {
  static RegisterInfo make() {
    using R = ProjectRole;
    return Describer<R>("RO", Desk::administrator)
        .field("name", &R::name, {.required = true, .title = true})
        .field("purpose", &R::purpose)
        .field("unit", &R::unit)
        .field("reports_to", &R::reports_to)
        .field("responsibilities", &R::responsibilities, {.lines = true})
        .field("authority", &R::authority, {.lines = true})
        .field("owner", &R::owner)
        .field("status", &R::status);
  }
};

// Who holds a role, from when to when, with how much of the time.
struct RoleHolder : Record {
  Ref<ProjectRole> role;
  Ref<Person> person;
  std::optional<Day> start, finish;
  Permille share{1000};
  std::string remark;
  Ref<Person> owner;  // who keeps the entry
  EntryStatus status = EntryStatus::in_use;
};

template <>
struct Describe<RoleHolder> {
  static RegisterInfo make() {
    using R = RoleHolder;
    return Describer<R>("RH", Desk::administrator)
        .field("role", &R::role, {.owner = true})
        .field("person", &R::person)
        .field("start", &R::start)
        .field("finish", &R::finish)
        .field("share", &R::share, {.minimum = 0, .maximum = 1000})
        .field("remark", &R::remark, {.title = true})
        .field("owner", &R::owner)
        .field("status", &R::status)
        .in_order<&R::start, &R::finish>();
  }
};

}  // namespace pmo
