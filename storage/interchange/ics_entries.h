// Calendar files as entries of properties, with their times in one time zone. Internal to the readers of calendars.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/model/table_reading.h"
#include "app/model/values.h"
#include "app/words/words.h"

namespace pmo::storage::ics {

struct Property {
  std::string value;
  bool whole_day = false;  // VALUE=DATE
  std::string zone = {};   // TZID
  std::size_t line = 0;    // where it begins in the file
};

// One event or to-do: its properties by name, the first of each; days that a repetition leaves out may be several.
struct Entry {
  bool to_do = false;
  std::map<std::string, Property, std::less<>> properties;
  std::vector<Property> left_out;  // EXDATE

  const Property* find(std::string_view name) const;
  std::string text(std::string_view name) const;  // plain; empty where there is none
};

struct Moment {
  Minute minute;  // in the zone of the calendar
  bool whole_day = false;
  bool shifted = false;      // from another zone
  bool zone_unknown = false; // taken as it stands
};

// An observance of a time zone (STANDARD or DAYLIGHT).
struct Observance {
  Minute onset;
  Day last = Day::of(2200, 12, 31);  // on which it can begin
  std::int64_t offset = 0;           // minutes east of UTC
  int month = 0, position = 0, weekday = 0;  // every year again: month 1..12, position 1..4 or -1, Monday = 0; month 0: once
};
using Zones = std::map<std::string, std::vector<Observance>, std::less<>>;

struct CalendarEntries {
  std::string name;
  std::string zone;  // of the calendar: what times are turned into
  Zones zones;
  std::vector<Entry> entries;
  TextEncoding encoding = TextEncoding::utf_8;

  std::optional<Moment> moment_of(const Property& property) const;
};

// Errors: no text, a line that is no property or stands outside, cut off, nothing in it, too many entries.
Result<CalendarEntries> read_entries(std::string_view bytes);

// P2W, P1DT2H30M: minutes around the clock.
std::optional<std::int64_t> span_of(std::string_view text);
std::unexpected<Error> wrong(const Property& property, Key message);

}  // namespace pmo::storage::ics
