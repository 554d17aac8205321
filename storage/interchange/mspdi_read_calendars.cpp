#include <format>

#include "app/model/standard_calendar.h"
#include "storage/interchange/mspdi_reading.h"

namespace pmo::storage::mspdi {
namespace {

// A weekday by MSPDI's numbers (1 = Sunday ... 7 = Saturday), Monday = 0.
constexpr int weekday_of(std::int64_t day_type) { return static_cast<int>((day_type + 5) % 7); }

class CalendarsReader {
 public:
  explicit CalendarsReader(Reading& from) : from_(from) {}

  void read() {
    const auto list = from_.root.child("Calendars");
    for (const auto node : list.children("Calendar")) {
      const auto& calendar = from_.transaction.create<Calendar>([&](Calendar& c) {
        c.name = words(node, "Name");
        if (c.name.empty()) c.name = std::format("Calendar {}", text(node, "UID"));
        read_week(node.child("WeekDays"), c);
      });
      from_.calendars[from_.whole(node, "UID")] = calendar.id;
      from_.keep_later(node, calendar_elements, calendar.id, node);
      read_work_weeks(node, calendar.id);
      read_exceptions(node, calendar.id);
    }
    for (const auto node : list.children("Calendar")) {
      const auto* calendar = from_.project.find(Reading::known<Calendar>(from_.calendars, from_.whole(node, "UID")));
      const auto base = Reading::known<Calendar>(from_.calendars, from_.whole(node, "BaseCalendarUID", -1));
      if (calendar && base && base.id != calendar->id) from_.transaction.set(*calendar, &Calendar::base, base);
    }
    from_.transaction.set(from_.settings(), &ProjectSettings::calendar, Reading::known<Calendar>(from_.calendars, from_.whole(from_.root, "CalendarUID", -1)));
  }

 private:
  Shifts shifts(xml_node day) {
    Shifts result;
    if (!from_.flag(day, "DayWorking")) return result;
    std::string list;
    for (const auto time : day.child("WorkingTimes").children("WorkingTime")) {
      const int from = from_.value(time, "FromTime", time_of_day, 0);
      int to = from_.value(time, "ToTime", time_of_day, 0);
      if (to <= from) to = 1440;
      if (from < to) list += std::format("{}{:02}:{:02}-{:02}:{:02}", list.empty() ? "" : ",", from / 60, from % 60, to / 60, to % 60);
    }
    return list.empty() ? office_hours() : Shifts::parse(list).value_or(result);
  }

  template <class R>
  void read_week(xml_node days, R& record) {
    std::optional<Shifts>* const week[] = {&record.monday, &record.tuesday, &record.wednesday, &record.thursday,
                                           &record.friday, &record.saturday, &record.sunday};
    for (const auto day : days.children("WeekDay"))
      if (const auto type = from_.whole(day, "DayType"); type >= 1 && type <= 7) *week[weekday_of(type)] = shifts(day);
  }

  void read_work_weeks(xml_node calendar, Id id) {
    for (const auto node : calendar.child("WorkWeeks").children("WorkWeek")) {
      const auto first = from_.moment(node.child("TimePeriod"), "FromDate"), last = from_.moment(node.child("TimePeriod"), "ToDate");
      if (!first || !last) continue;
      from_.transaction.create<WorkWeek>([&](WorkWeek& week) {
        week.calendar = {id};
        week.name = words(node, "Name");
        week.first = first->day();
        week.last = last->day();
        read_week(node.child("WeekDays"), week);
      });
    }
  }

  void read_exceptions(xml_node calendar, Id id) {
    const auto exceptions = calendar.child("Exceptions");
    for (const auto node : exceptions.children("Exception")) read_exception(node, id);
    if (exceptions.child("Exception")) return;
    for (const auto day : calendar.child("WeekDays").children("WeekDay"))  // as Project 2003 wrote them
      if (from_.whole(day, "DayType", -1) == 0) read_exception(day, id);
  }

  void read_exception(xml_node node, Id id) {
    const auto first = from_.moment(node.child("TimePeriod"), "FromDate"), last = from_.moment(node.child("TimePeriod"), "ToDate");
    if (!first || !last) return;
    from_.transaction.create<CalendarException>([&](CalendarException& e) {
      e.calendar = {id};
      e.name = words(node, "Name");
      e.first = first->day();
      e.last = last->day();
      e.shifts = shifts(node);
      read_recurrence(node, e);
    });
  }

  void read_recurrence(xml_node node, CalendarException& e) {
    static constexpr Recurrence kinds[] = {Recurrence::none, Recurrence::none, Recurrence::yearly_by_day,
                                           Recurrence::yearly_by_position, Recurrence::monthly_by_day,
                                           Recurrence::monthly_by_position, Recurrence::weekly, Recurrence::daily,
                                           Recurrence::weekly, Recurrence::none};
    constexpr std::int64_t by_weekday_count = 8, monday_to_friday = 0b0111110;
    const auto type = from_.whole(node, "Type", 0, 9, 1);
    e.recurrence = kinds[type];
    if (e.recurrence == Recurrence::none) return;
    const bool yearly = e.recurrence == Recurrence::yearly_by_day || e.recurrence == Recurrence::yearly_by_position;
    e.every = yearly ? 1 : from_.whole(node, "Period", 1, 999, 1);
    if (from_.flag(node, "EnteredByOccurrences")) e.occurrences = from_.whole(node, "Occurrences", 0, 9999, 0);
    const auto days = type == by_weekday_count ? monday_to_friday : from_.whole(node, "DaysOfWeek", 0, 127, 0);
    for (int bit = 0; bit < 7; ++bit)
      if (days >> bit & 1) e.weekdays |= 1 << weekday_of(bit + 1);
    e.day = from_.whole(node, "MonthDay", 0, 31, 0);
    e.month = from_.whole(node, "Month", 0, 11, 0) + 1;
    e.position = from_.whole(node, "MonthPosition", 0, 4, 0) + 1;
    const auto item = from_.whole(node, "MonthItem", 0, 9, 3);
    e.weekday = item < 3 ? 7 + item : weekday_of(item - 2);
  }

  Reading& from_;
};

}  // namespace

void read_calendars(Reading& from) { CalendarsReader(from).read(); }

}  // namespace pmo::storage::mspdi
