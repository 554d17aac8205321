// Whole days of a calendar file, also repeated ones, as exceptions of a working calendar. Internal to its readers.
#pragma once

#include "app/model/records/calendar.h"
#include "storage/interchange/ics_entries.h"

namespace pmo::storage::ics {

// Of a whole file: a repetition of a few bytes may mean thousands.
inline constexpr std::size_t most_days = 20'000;

// The days of the entry as exceptions without their calendar: days off; none when it has times, or is repeated in a way
// that exceptions do not know (RFC 5545 has more: BYSETPOS, BYWEEKNO ...). What EXDATE leaves out is left out.
std::vector<CalendarException> exceptions_of(const CalendarEntries& calendar, const Entry& entry);

}  // namespace pmo::storage::ics
