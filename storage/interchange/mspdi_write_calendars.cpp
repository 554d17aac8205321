#include <algorithm>

#include "storage/interchange/mspdi_writing.h"

namespace pmo::storage::mspdi {
namespace {

class CalendarsWriter {
 public:
  explicit CalendarsWriter(Writing& to) : to_(to) {}

  void write(xml_node root) {
    auto list = root.append_child("Calendars");
    for (const auto& calendar : to_.project.all<Calendar>()) {
      auto node = list.append_child("Calendar");
      put(node, "UID", to_.number_of(Ref<Calendar>{calendar.id}));
      put(node, "Name", calendar.name);
      put_flag(node, "IsBaseCalendar", !calendar.base);
      put(node, "BaseCalendarUID", to_.number_of(calendar.base));
      put_week(node, calendar);
      write_exceptions(node, calendar.id);
      write_work_weeks(node, calendar.id);
      to_.give(node, calendar.id, calendar_elements);
    }
    for (const auto& [resource, number] : to_.own_calendars) write_own_calendar(list.append_child("Calendar"), *to_.project.find(Ref<Resource>{resource}), number);
  }

 private:
  static void put_shifts(xml_node day, const Shifts& shifts) {
    put_flag(day, "DayWorking", shifts.working());
    if (!shifts.working()) return;
    auto times = day.append_child("WorkingTimes");
    for (const Shift& shift : shifts.list) {
      auto time = times.append_child("WorkingTime");
      put(time, "FromTime", time_text(shift.start));
      put(time, "ToTime", time_text(shift.finish));
    }
  }
  template <class R>
  static void put_week(xml_node node, const R& record) {
    const std::optional<Shifts>* const week[] = {&record.sunday, &record.monday, &record.tuesday, &record.wednesday,
                                                 &record.thursday, &record.friday, &record.saturday};
    if (std::ranges::none_of(week, [](const auto* day) { return day->has_value(); })) return;
    auto days = node.append_child("WeekDays");
    for (int type = 1; type <= 7; ++type) {
      if (!*week[type - 1]) continue;
      auto day = days.append_child("WeekDay");
      put(day, "DayType", type);
      put_shifts(day, **week[type - 1]);
    }
  }
  static void put_period(xml_node node, Day first, Day last) {
    auto period = node.append_child("TimePeriod");
    put_moment(period, "FromDate", Minute::at(first));
    put_moment(period, "ToDate", Minute::at(last, 23 * 60 + 59));
  }

  void write_own_calendar(xml_node node, const Resource& resource, std::int64_t number) {
    put(node, "UID", number);
    put(node, "Name", resource.name);
    put_flag(node, "IsBaseCalendar", false);
    put(node, "BaseCalendarUID", to_.number_of(resource.calendar ? resource.calendar : to_.settings.calendar));
    auto list = node.append_child("Exceptions");
    for (const auto& absence : to_.project.all<Absence>()) {
      if (absence.resource.id != resource.id || !is_away(absence)) continue;
      CalendarException days;
      days.name = absence.title;
      days.first = *absence.first;
      days.last = *absence.last;
      days.shifts = Shifts{};
      write_exception(list.append_child("Exception"), days);
    }
  }

  void write_exceptions(xml_node calendar, Id id) {
    xml_node list;
    for (const auto& exception : to_.project.all<CalendarException>()) {
      if (exception.calendar.id != id) continue;
      if (!list) list = calendar.append_child("Exceptions");
      write_exception(list.append_child("Exception"), exception);
    }
  }
  void write_exception(xml_node node, const CalendarException& e) {
    static constexpr int types[] = {1, 7, 6, 4, 5, 2, 3};  // by Recurrence
    put_flag(node, "EnteredByOccurrences", e.occurrences > 0);
    put_period(node, e.first, e.last);
    if (e.occurrences > 0) put(node, "Occurrences", e.occurrences);
    put(node, "Name", e.name);
    put(node, "Type", types[static_cast<int>(e.recurrence)]);
    if (e.recurrence != Recurrence::none) {
      put(node, "Period", e.every);
      std::int64_t days = 0;
      for (int weekday = 0; weekday < 7; ++weekday)
        if (e.weekdays >> weekday & 1) days |= 1 << (day_type_of(weekday) - 1);
      if (days) put(node, "DaysOfWeek", days);
      put(node, "MonthItem", e.weekday >= 7 ? e.weekday - 7 : day_type_of(static_cast<int>(e.weekday)) + 2);
      put(node, "MonthPosition", std::max<std::int64_t>(e.position - 1, 0));
      put(node, "Month", std::max<std::int64_t>(e.month - 1, 0));
      put(node, "MonthDay", e.day);
    }
    put_shifts(node, e.shifts);
  }
  void write_work_weeks(xml_node calendar, Id id) {
    xml_node list;
    for (const auto& week : to_.project.all<WorkWeek>()) {
      if (week.calendar.id != id) continue;
      if (!list) list = calendar.append_child("WorkWeeks");
      auto node = list.append_child("WorkWeek");
      put_period(node, week.first, week.last);
      put(node, "Name", week.name);
      put_week(node, week);
    }
  }

  Writing& to_;
};

}  // namespace

void write_calendars(Writing& to, xml_node root) { CalendarsWriter(to).write(root); }

}  // namespace pmo::storage::mspdi
