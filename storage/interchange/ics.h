// Calendar files (iCalendar, RFC 5545). Out: the dates of a project for a calendar program, milestones, meetings, and what
// is due, as events. In: a project whose tasks are the file's events and to-dos.
#pragma once

#include "app/model/project.h"
#include "app/model/records/calendar.h"
#include "app/model/records/meeting.h"
#include "app/words/words.h"

namespace pmo::storage {

// `milliseconds` since 1970, UTC: when it is written. An event's identity is that of its record, so a calendar that
// takes the file a second time changes its events instead of doubling them. Times are local ones, without time zone, as
// everywhere in a project. Cancelled meetings and closed records are left out.
std::string write_ics(const Project& project, std::uint64_t milliseconds, Language language);

// One meeting as a request (RFC 5546): calendar programs ask the invited persons whether they come. The chair organises;
// persons without an e-mail address are left out.
std::string write_invitation(const Project& project, const Meeting& meeting, std::uint64_t milliseconds, Language language);

struct IcsRead {
  std::unique_ptr<Project> project;
  std::vector<Error> notes;  // repetitions, times in UTC, cancelled entries
};

bool looks_like_ics(std::string_view text);

// An event becomes a task that keeps its dates, a milestone when it takes no time; a to-do a task that starts no earlier
// than its start, with its due date as deadline. Whole days that are repeated become days off of the project's calendar, of
// other repeated entries the first occurrence is read. Times become those of the calendar's time zone (X-WR-TIMEZONE,
// else its first VTIMEZONE); where a zone is not described they are taken as they stand. The project is named after the
// calendar, else after the file. Errors: no text, a line that is no property or stands outside, a date or duration that
// cannot be read (its line), cut off, nothing in it.
Result<IcsRead> read_ics(std::string_view file_name, std::string_view bytes, const Schema& schema, Id actor,
                         Surroundings& surroundings);

// The whole days of a calendar file, for a working calendar: holidays as days off, days named as make-up days worked.
struct IcsDays {
  std::string name;
  std::vector<CalendarException> exceptions;  // without their calendar
  std::size_t left_out = 0;                   // entries with times, or repeated in a way that exceptions do not know
};
// Errors: as above, no calendar file, no whole days in it.
Result<IcsDays> read_days_off(std::string_view file_name, std::string_view bytes);

}  // namespace pmo::storage
