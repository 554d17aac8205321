// Calendar files (iCalendar, RFC 5545). Out: the dates of a project for a calendar program, milestones, meetings, and what
// is due, as events. In: a project whose tasks are the file's events and to-dos.
#pragma once

#include "app/model/project.h"
#include "app/words/words.h"

namespace pmo::storage {

// `milliseconds` since 1970, UTC: when it is written. An event's identity is that of its record, so a calendar that
// takes the file a second time changes its events instead of doubling them. Times are local ones, without time zone, as
// everywhere in a project. Cancelled meetings and closed records are left out.
std::string write_ics(const Project& project, std::uint64_t milliseconds, Language language);

struct IcsRead {
  std::unique_ptr<Project> project;
  std::vector<Error> notes;  // repetitions, times in UTC, cancelled entries
};

bool looks_like_ics(std::string_view text);

// An event becomes a task that keeps its dates, a milestone when it takes no time; a to-do a task that starts no earlier
// than its start, with its due date as deadline. Of a repeated entry the first occurrence is read; times count as local
// ones, whatever their zone. The project is named after the calendar, else after the file. Errors: not UTF-8, a line
// that is no property or stands outside, a date or duration that cannot be read (its line), cut off, nothing in it.
Result<IcsRead> read_ics(std::string_view file_name, std::string_view bytes, const Schema& schema, Id actor,
                         Surroundings& surroundings);

}  // namespace pmo::storage
