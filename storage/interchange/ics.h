// The dates of a project for a calendar program (iCalendar, RFC 5545): milestones, meetings, and what is due, as events.
#pragma once

#include "app/model/project.h"
#include "app/words/words.h"

namespace pmo::storage {

// `milliseconds` since 1970, UTC: when it is written. An event's identity is that of its record, so a calendar that
// takes the file a second time changes its events instead of doubling them. Times are local ones, without time zone, as
// everywhere in a project. Cancelled meetings and closed records are left out.
std::string write_ics(const Project& project, std::uint64_t milliseconds, Language language);

}  // namespace pmo::storage
