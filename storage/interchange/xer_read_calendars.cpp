// The working calendars of a plan of Primavera: the week and the exceptions out of their nested data.
#include <algorithm>
#include <format>

#include "app/model/standard_calendar.h"
#include "storage/interchange/xer_reading.h"

namespace pmo::storage::xer {

std::optional<Shifts> Reading::shifts(const Node& day) {
  std::string list;
  for (const Node& shift : day.parts) {
    const auto from = shift.attributes.find("s"), to = shift.attributes.find("f");
    if (from == shift.attributes.end() || to == shift.attributes.end()) continue;
    const auto a = mspdi::time_of_day(from->second.size() == 4 ? "0" + from->second : from->second);
    auto b = mspdi::time_of_day(to->second.size() == 4 ? "0" + to->second : to->second);
    if (!a || !b) return {};
    if (*b <= *a) b = 1440;
    list += std::format("{}{:02}:{:02}-{:02}:{:02}", list.empty() ? "" : ",", *a / 60, *a % 60, *b / 60, *b % 60);
  }
  return Shifts::parse(list);
}

void Reading::read_calendars() {
  for (const Row& row : rows("CALENDAR")) {
    const auto data = read_nested(row.text("clndr_data"));
    const auto& calendar = transaction.create<Calendar>([&](Calendar& c) {
      c.name = std::string(row.text("clndr_name"));
      if (c.name.empty()) c.name = std::format("Calendar {}", row.text("clndr_id"));
      if (!data || !read_week(*data, c)) usual_week(row, c);
    });
    calendars[std::string(row.text("clndr_id"))] = calendar.id;
    if (const Node* exceptions = data ? data->find("Exceptions") : nullptr) read_exceptions(*exceptions, calendar.id);
  }
  for (const Row& row : rows("CALENDAR")) {
    const auto own = known<Calendar>(calendars, row.text("clndr_id")), base = known<Calendar>(calendars, row.text("base_clndr_id"));
    if (own && base && own.id != base.id) transaction.set(*project.find(own), &Calendar::base, base);
  }
  transaction.set(settings(), &ProjectSettings::calendar, known<Calendar>(calendars, project_row.text("clndr_id")));
}

// Days are numbered from Sunday = 1.
bool Reading::read_week(const Node& data, Calendar& c) {
  const Node* days = data.find("DaysOfWeek");
  if (!days) return false;
  std::optional<Shifts>* const week[] = {&c.sunday, &c.monday, &c.tuesday, &c.wednesday, &c.thursday, &c.friday, &c.saturday};
  for (const Node& day : days->parts) {
    const auto number = mspdi::integer(day.name);
    const auto found = shifts(day);
    if (!number || *number < 1 || *number > 7 || !found) return false;
    *week[*number - 1] = *found;
  }
  for (auto* day : week)
    if (!*day) *day = Shifts{};
  return true;
}
void Reading::usual_week(const Row& row, Calendar& c) {
  ++count.calendars;
  const auto day = std::clamp<std::int64_t>(minutes(row, "day_hr_cnt"), 60, 1440);
  const auto shift = day == 1440 ? *Shifts::parse("00:00-24:00") : office_hours();
  c.monday = c.tuesday = c.wednesday = c.thursday = c.friday = shift;
  c.saturday = c.sunday = day == 1440 ? shift : Shifts{};
}

// Days are counted as in a spreadsheet: 1 = 1900-01-01, with the leap day that 1900 did not have.
void Reading::read_exceptions(const Node& exceptions, Id calendar) {
  constexpr Day day_0 = Day::of(1899, 12, 30);
  for (const Node& node : exceptions.parts) {
    const auto at = node.attributes.find("d");
    const auto number = at == node.attributes.end() ? std::nullopt : mspdi::integer(at->second);
    const auto found = shifts(node);
    if (!number || *number < 61 || *number > 100'000 || !found) {
      ++count.calendars;
      continue;
    }
    transaction.create<CalendarException>([&](CalendarException& e) {
      e.calendar = {calendar};
      e.first = e.last = day_0 + static_cast<std::int32_t>(*number);
      e.shifts = *found;
    });
  }
}

}  // namespace pmo::storage::xer
