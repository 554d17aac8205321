// The part of a project that concerns one person, to be mailed to them as a small bundle that merges back.
#pragma once

#include <set>

#include "app/model/project.h"
#include "app/model/records/person.h"

namespace pmo {

// The plan, because its dates hang together: settings, calendars, tasks, links, resources and assignments, all of them.
// Of everything else what names the person, with what it is part of, its own parts, and what it refers to.
// Deleted records count like others, so that deletions are passed on.
std::set<Id> part_concerning(const Project& project, Ref<Person> person);

}  // namespace pmo
