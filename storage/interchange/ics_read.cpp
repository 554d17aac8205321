#include <algorithm>
#include <charconv>
#include <format>
#include <map>

#include "app/model/format.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/task.h"
#include "app/model/standard_calendar.h"
#include "app/model/transaction.h"
#include "storage/interchange/encoding.h"
#include "storage/interchange/ics.h"

namespace pmo::storage {
namespace {

constexpr std::size_t most_entries = 20'000, deepest_component = 10;

struct Property {
  std::string value;
  bool whole_day = false;  // VALUE=DATE
  std::size_t line = 0;    // where it begins in the file
};

// One event or to-do: its properties by name, the first of each.
struct Entry {
  bool to_do = false;
  std::map<std::string, Property, std::less<>> properties;

  const Property* find(std::string_view name) const {
    const auto found = properties.find(name);
    return found == properties.end() ? nullptr : &found->second;
  }
};

struct Moment {
  Minute minute;
  bool whole_day = false, utc = false;
};

std::string unescaped(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) plain += text[i];
    else if (const char next = text[++i]; next == 'n' || next == 'N') plain += '\n';
    else plain += next;
  }
  return plain;
}

std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  if (at + count > text.size()) return {};
  const char* end = text.data() + at + count;
  const auto [stop, error] = std::from_chars(text.data() + at, end, value);
  return error == std::errc{} && stop == end && text[at] != '-' ? std::optional(value) : std::nullopt;
}

// 20260303, 20260303T233000, 20260303T233000Z
std::optional<Moment> moment_of(const Property& property) {
  const std::string_view text = property.value;
  const auto year = digits(text, 0, 4), month = digits(text, 4, 2), day = digits(text, 6, 2);
  if (!year || !month || !day) return {};
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok() || *year < 1900 || *year > 2200) return {};
  const Day on = Day::of(*year, *month, *day);
  if (text.size() == 8) return Moment{Minute::at(on), true, false};
  const auto hour = digits(text, 9, 2), minute = digits(text, 11, 2);
  if (text[8] != 'T' || !hour || !minute || *hour > 23 || *minute > 59) return {};
  return Moment{Minute::at(on, *hour * 60 + *minute), property.whole_day, text.ends_with('Z')};
}

// P2W, P1DT2H30M: minutes around the clock.
std::optional<std::int64_t> span_of(std::string_view text) {
  std::int64_t total = 0;
  if (text.starts_with('+')) text.remove_prefix(1);
  if (!text.starts_with('P') || text.size() < 3) return {};
  text.remove_prefix(1);
  while (!text.empty()) {
    if (text[0] == 'T') { text.remove_prefix(1); continue; }
    const auto end = std::min(text.find_first_not_of("0123456789"), text.size());
    const auto amount = end > 0 && end < 8 ? digits(text, 0, end) : std::nullopt;
    if (!amount || end == text.size()) return {};
    switch (text[end]) {
      case 'W': total += std::int64_t{*amount} * 7 * 24 * 60; break;
      case 'D': total += std::int64_t{*amount} * 24 * 60; break;
      case 'H': total += std::int64_t{*amount} * 60; break;
      case 'M': total += *amount; break;
      case 'S': total += (*amount + 59) / 60; break;
      default: return {};
    }
    text.remove_prefix(end + 1);
  }
  return total;
}

std::unexpected<Error> wrong(const Property& property, Key message) {
  return std::unexpected(Error{message, {property.value.substr(0, 80)}, std::to_string(property.line)});
}

class Lines {
 public:
  explicit Lines(std::string_view bytes) : rest_(bytes) {}

  // The next line with its continuations (which begin with a space or tab) joined to it.
  bool next(std::string& line) {
    if (rest_.empty()) return false;
    first_ = ++number_;
    line = take();
    while (rest_.starts_with(' ') || rest_.starts_with('\t')) {
      ++number_;
      line += take().substr(1);
    }
    return true;
  }
  std::size_t first() const { return first_; }

 private:
  std::string_view take() {
    const auto end = std::min(rest_.find('\n'), rest_.size());
    auto line = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
  }

  std::string_view rest_;
  std::size_t number_ = 0, first_ = 0;
};

struct Parsed {
  std::string name;
  std::vector<Entry> entries;
};

// "NAME;PARAMETER=x:value": where the value begins, colons in quotes left out.
std::size_t value_at(std::string_view line) {
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') quoted = !quoted;
    if (line[i] == ':' && !quoted) return i + 1;
  }
  return line.npos;
}

Result<Parsed> parse(std::string_view bytes) {
  Parsed calendar;
  std::vector<std::string> open;  // components, the innermost last
  Lines lines(bytes);
  std::string line;
  const auto bad = [&] { return fail("error.ics.shape"_key, {}, std::to_string(lines.first())); };
  while (lines.next(line)) {
    if (line.find_first_not_of(" \t") == line.npos) continue;
    const auto value = value_at(line);
    if (value == line.npos) return bad();
    const std::string head = lower(std::string_view(line).substr(0, value - 1)), content = line.substr(value);
    const std::string name = head.substr(0, head.find(';'));
    if (name == "begin") {
      if (open.empty() != (lower(content) == "vcalendar") || open.size() == deepest_component) return bad();
      open.push_back(lower(content));
      if (open.size() == 2 && (open.back() == "vevent" || open.back() == "vtodo")) {
        if (calendar.entries.size() == most_entries) return fail("error.ics.too_many"_key, {std::to_string(most_entries)});
        calendar.entries.push_back({.to_do = open.back() == "vtodo", .properties = {}});
      }
    } else if (name == "end") {
      if (open.empty() || open.back() != lower(content)) return bad();
      open.pop_back();
    } else if (open.empty()) {
      return bad();
    } else if (open.size() == 1 && name == "x-wr-calname") {
      calendar.name = unescaped(content);
    } else if (open.size() == 2 && (open.back() == "vevent" || open.back() == "vtodo")) {
      calendar.entries.back().properties.try_emplace(name, Property{content, head.contains("value=date") && !head.contains("value=date-time"), lines.first()});
    }
  }
  if (!open.empty()) return fail("error.ics.truncated"_key, {}, std::to_string(lines.first()));
  if (calendar.entries.empty()) return fail("error.ics.no_entries"_key);
  return calendar;
}

struct Dates {
  std::optional<Moment> start, end;  // whole days: the end is the day after the last
};

class IcsReader {
 public:
  IcsReader(Project& project, std::string_view file_name)
      : transaction_(project, "transaction.import"_key, {std::string(file_name)}), name_(file_name.substr(0, file_name.rfind('.'))) {}

  Result<void> read(Parsed calendar, Day today) {
    std::vector<std::pair<Task, bool>> tasks;  // with whether it is a to-do
    std::optional<Minute> first;
    for (const Entry& entry : calendar.entries) {
      if (const auto* status = entry.find("status"); status && lower(status->value) == "cancelled") { ++cancelled_; continue; }
      const Dates dates = PMO_TRY(dates_of(entry));
      Task task = entry.to_do ? to_do_of(entry, dates) : event_of(dates);
      fill(task, entry);
      const auto start = task.manual ? task.manual_start : task.constraint_date;
      if (start && (!first || *start < *first)) first = start;
      tasks.emplace_back(std::move(task), entry.to_do);
    }
    if (tasks.empty()) return fail("error.ics.no_entries"_key);
    std::ranges::stable_sort(tasks, {}, [](const auto& entry) {
      const Task& task = entry.first;
      return task.manual ? *task.manual_start : task.constraint_date.value_or(task.deadline.value_or(Minute{std::numeric_limits<std::int64_t>::max()}));
    });
    const auto& standard = add_standard_calendar(transaction_, Language::english);
    transaction_.create<ProjectSettings>([&](ProjectSettings& settings) {
      settings.name = plain_text(!calendar.name.empty() ? calendar.name : name_);
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
    add("ics.note.recurring"_key, recurring_);
    add("ics.note.utc"_key, utc_);
    add("ics.note.cancelled"_key, cancelled_);
    return notes;
  }

 private:
  Result<std::optional<Moment>> moment(const Entry& entry, std::string_view name) {
    const auto* property = entry.find(name);
    if (!property || property->value.empty()) return std::optional<Moment>{};
    const auto read = moment_of(*property);
    if (!read) return wrong(*property, "error.ics.date"_key);
    utc_ += read->utc;
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
    recurring_ += entry.find("rrule") != nullptr;
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
    const auto text = [&](std::string_view name) {
      const auto* property = entry.find(name);
      return property ? unescaped(property->value) : std::string();
    };
    task.name = plain_text(text("summary"));
    if (task.name.empty()) task.name = "(" + std::string(entry.to_do ? "to-do" : "event") + ")";
    task.notes = text("description");
    if (const auto place = text("location"); !place.empty()) task.notes += (task.notes.empty() ? "" : "\n\n") + place;
  }

  Transaction transaction_;
  std::string name_;
  std::size_t recurring_ = 0, utc_ = 0, cancelled_ = 0;
};

}  // namespace

bool looks_like_ics(std::string_view text) {
  constexpr std::string_view head = "BEGIN:VCALENDAR";
  return lower(text.substr(0, head.size())) == lower(head);
}

Result<IcsRead> read_ics(std::string_view file_name, std::string_view bytes, const Schema& schema, Id actor, Surroundings& surroundings) {
  if (!is_utf8(bytes)) return fail("error.ics.encoding"_key);
  constexpr std::uint64_t day_milliseconds = 24ull * 60 * 60 * 1000;
  const Day today{static_cast<std::int32_t>(surroundings.milliseconds() / day_milliseconds)};
  IcsRead result{std::make_unique<Project>(schema, actor, surroundings), {}};
  IcsReader reader(*result.project, file_name);
  auto parsed = PMO_TRY(parse(bytes));
  PMO_TRY_VOID(reader.read(std::move(parsed), today));
  result.notes = reader.notes();
  return result;
}

}  // namespace pmo::storage
