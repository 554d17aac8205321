#include "app/model/sort_stably.h"
#include "storage/interchange/ics.h"

#include <algorithm>
#include <charconv>
#include <format>

#include "app/model/format.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/task.h"
#include "app/model/standard_calendar.h"
#include "app/model/transaction.h"
#include "storage/interchange/encoding.h"
#include "storage/interchange/ics_entries.h"
#include "storage/interchange/ics_repeat.h"

namespace pmo::storage {
namespace {

using namespace ics;

struct Dates {
  std::optional<Moment> start, end;  // whole days: the end is the day after the last
};

class IcsReader {
 public:
  IcsReader(Project& project, std::string_view file_name)
      : transaction_(project, "transaction.import"_key, {std::string(file_name)}), name_(file_name.substr(0, file_name.rfind('.'))) {}

  Result<void> read(CalendarEntries given, Day today) {
    calendar_ = std::move(given);
    std::vector<std::pair<Task, bool>> tasks;  // with whether it is a to-do
    std::vector<CalendarException> days_off;   // whole days that are repeated
    std::optional<Minute> first;
    for (const Entry& entry : calendar_.entries) {
      if (const auto* status = entry.find("status"); status && lower(status->value) == "cancelled") { ++cancelled_; continue; }
      const Dates dates = PMO_TRY(dates_of(entry));
      if (entry.find("rrule")) {
        auto days = exceptions_of(calendar_, entry);
        std::ranges::move(days, std::back_inserter(days_off));
        if (days_off.size() > most_days) return fail("error.ics.too_many"_key, {std::to_string(most_days)});
        if (!days.empty()) { ++days_off_; continue; }
        ++recurring_;
      }
      Task task = entry.to_do ? to_do_of(entry, dates) : event_of(dates);
      fill(task, entry);
      const auto start = task.manual ? task.manual_start : task.constraint_date;
      if (start && (!first || *start < *first)) first = start;
      tasks.emplace_back(std::move(task), entry.to_do);
    }
    if (tasks.empty() && days_off.empty()) return fail("error.ics.no_entries"_key);
    sort_stably(tasks, {}, [](const auto& entry) {
      const Task& task = entry.first;
      return task.manual ? *task.manual_start : task.constraint_date.value_or(task.deadline.value_or(Minute{std::numeric_limits<std::int64_t>::max()}));
    });
    const auto& standard = add_standard_calendar(transaction_, Language::english);
    for (const auto& day : days_off)
      transaction_.create<CalendarException>([&](CalendarException& made) {
        CalendarException copy = day;
        static_cast<Record&>(copy) = made;
        made = copy;
        made.calendar = {standard.id};
      });
    transaction_.create<ProjectSettings>([&](ProjectSettings& settings) {
      settings.name = plain_text(!calendar_.name.empty() ? calendar_.name : name_);
      if (settings.name.empty()) settings.name = std::string(word("record.project_settings"_key, Language::english));
      settings.start = first ? Minute::at(first->day(), start_of_work) : Minute::at(today, start_of_work);
      settings.calendar = {standard.id};
    });
    std::size_t row = 0;
    for (auto& [read, to_do] : tasks)
      transaction_.create<Task>([&](Task& task) {
        static_cast<Record&>(read) = task;
        task = read;
        task.order = std::format("{:06}V", ++row);
      });
    transaction_.take_as_it_is();
    PMO_TRY(transaction_.commit());
    return {};
  }

  std::vector<Error> notes() const {
    std::vector<Error> notes;
    const auto add = [&](Key key, std::size_t count) { if (count > 0) notes.push_back({key, {std::to_string(count)}}); };
    if (auto encoding = encoding_note(calendar_.encoding)) notes.push_back(std::move(*encoding));
    add("ics.note.days_off"_key, days_off_);
    add("ics.note.recurring"_key, recurring_);
    if (shifted_ > 0) notes.push_back({"ics.note.shifted"_key, {std::to_string(shifted_), calendar_.zone}});
    add("ics.note.utc"_key, zone_unknown_);
    add("ics.note.cancelled"_key, cancelled_);
    return notes;
  }

 private:
  Result<std::optional<Moment>> moment(const Entry& entry, std::string_view name) {
    const auto* property = entry.find(name);
    if (!property || property->value.empty()) return std::optional<Moment>{};
    const auto read = calendar_.moment_of(*property);
    if (!read) return wrong(*property, "error.ics.date"_key);
    shifted_ += read->shifted;
    zone_unknown_ += read->zone_unknown;
    return read;
  }

  Result<Dates> dates_of(const Entry& entry) {
    Dates dates{PMO_TRY(moment(entry, "dtstart")), PMO_TRY(moment(entry, entry.to_do ? "due" : "dtend"))};
    if (const auto* duration = entry.find("duration"); duration && dates.start && !dates.end) {
      const auto span = span_of(duration->value);
      if (!span) return wrong(*duration, "error.ics.duration"_key);
      dates.end = dates.start;
      dates.end->minute.value += *span;
    }
    return dates;
  }

  // An event keeps its dates, whatever a calendar of working time says.
  static Task event_of(const Dates& dates) {
    Task task;
    if (!dates.start && !dates.end) return task;
    task.manual = true;
    const Moment start = dates.start ? *dates.start : *dates.end;
    const auto nothing = [](const Moment& at) { Moment end = at; end.minute.value += at.whole_day ? Minute::per_day : 0; return end; };
    const Moment end = dates.end.value_or(nothing(start));
    task.manual_start = start.whole_day ? Minute::at(start.minute.day(), start_of_work) : start.minute;
    task.manual_finish = end.whole_day ? Minute::at({end.minute.day().value - 1}, end_of_work) : end.minute;
    if (*task.manual_finish < *task.manual_start) task.manual_finish = task.manual_start;
    task.milestone = *task.manual_finish == *task.manual_start;
    const std::int64_t days = task.manual_finish->day() - task.manual_start->day() + 1;
    task.duration = {task.milestone ? 0 : start.whole_day ? days * 480 : std::min<std::int64_t>(task.manual_finish->value - task.manual_start->value, days * 480)};
    return task;
  }

  static Task to_do_of(const Entry& entry, const Dates& dates) {
    Task task;
    if (dates.start) {
      task.constraint = ConstraintType::start_no_earlier_than;
      task.constraint_date = dates.start->whole_day ? Minute::at(dates.start->minute.day(), start_of_work) : dates.start->minute;
    }
    if (dates.end) task.deadline = dates.end->whole_day ? Minute::at(dates.end->minute.day(), end_of_work) : dates.end->minute;
    const auto* percent = entry.find("percent-complete");
    int done = 0;
    if (percent) std::from_chars(percent->value.data(), percent->value.data() + percent->value.size(), done);
    if (const auto* status = entry.find("status"); entry.find("completed") || (status && lower(status->value) == "completed")) done = 100;
    task.percent_complete = {std::clamp(done, 0, 100) * 10};
    task.estimated = true;  // a to-do says when it is due, not how long it takes
    if (done > 0) task.actual_start = task.constraint_date;
    if (done >= 100) task.actual_start = task.actual_finish = task.deadline ? task.deadline : task.constraint_date;
    return task;
  }

  static void fill(Task& task, const Entry& entry) {
    task.name = plain_text(entry.text("summary"));
    if (task.name.empty()) task.name = "(" + std::string(entry.to_do ? "to-do" : "event") + ")";
    task.notes = entry.text("description");
    if (const auto place = entry.text("location"); !place.empty()) task.notes += (task.notes.empty() ? "" : "\n\n") + place;
  }

  Transaction transaction_;
  std::string name_;
  CalendarEntries calendar_;
  std::size_t recurring_ = 0, days_off_ = 0, shifted_ = 0, zone_unknown_ = 0, cancelled_ = 0;
};

}  // namespace

bool looks_like_ics(std::string_view text) {
  constexpr std::string_view head = "BEGIN:VCALENDAR";
  return lower(text.substr(0, head.size())) == lower(head);
}

Result<IcsRead> read_ics(std::string_view file_name, std::string_view bytes, const Schema& schema, Id actor, Surroundings& surroundings) {
  constexpr std::uint64_t day_milliseconds = 24ull * 60 * 60 * 1000;
  const Day today{static_cast<std::int32_t>(surroundings.milliseconds() / day_milliseconds)};
  IcsRead result{std::make_unique<Project>(schema, actor, surroundings), {}};
  IcsReader reader(*result.project, file_name);
  auto parsed = PMO_TRY(read_entries(bytes));
  PMO_TRY_VOID(reader.read(std::move(parsed), today));
  result.notes = reader.notes();
  return result;
}

Result<IcsDays> read_days_off(std::string_view file_name, std::string_view bytes) {
  if (!looks_like_ics(bytes.starts_with("\xEF\xBB\xBF") ? bytes.substr(3) : bytes)) return fail("error.ics.format"_key);
  auto calendar = PMO_TRY(read_entries(bytes));
  IcsDays days{plain_text(!calendar.name.empty() ? calendar.name : std::string(file_name.substr(0, file_name.rfind('.')))), {}, 0};
  for (const Entry& entry : calendar.entries) {
    auto found = exceptions_of(calendar, entry);
    days.left_out += found.empty();
    // A day that is worked in exchange for another one: "春节 补班".
    const bool worked = std::ranges::any_of(std::initializer_list<std::string_view>{"班", "上班", "make-up", "working day"}, [&](std::string_view word) { return !found.empty() && lower(found.front().name).contains(word); });
    for (auto& day : found) {
      if (worked) day.shifts = office_hours();
      days.exceptions.push_back(std::move(day));
    }
    if (days.exceptions.size() > most_days) return fail("error.ics.too_many"_key, {std::to_string(most_days)});
  }
  if (days.exceptions.empty()) return fail("error.ics.no_days"_key);
  return days;
}

}  // namespace pmo::storage
