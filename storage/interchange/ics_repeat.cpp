#include "storage/interchange/ics_repeat.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "app/engine/schedule/plan_of_project.h"
#include "app/model/format.h"

namespace pmo::storage::ics {
namespace {

constexpr int longest_event = 62, years_ahead = 20;
constexpr std::size_t most_single_days = 1000;

using Rule = std::map<std::string, std::string, std::less<>>;

// "FREQ=YEARLY;BYMONTH=5" in lower case.
Rule rule_of(std::string_view text) {
  Rule rule;
  const std::string small = lower(text);
  for (std::string_view rest = small; !rest.empty();) {
    const auto part = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(part.size() + 1, rest.size()));
    const auto equals = part.find('=');
    if (equals != part.npos) rule[std::string(part.substr(0, equals))] = part.substr(equals + 1);
  }
  return rule;
}

int number_of(const Rule& rule, std::string_view name, int otherwise) {
  const auto found = rule.find(name);
  if (found == rule.end()) return otherwise;
  int value = otherwise;
  std::from_chars(found->second.data(), found->second.data() + found->second.size(), value);
  return value;
}

int weekday_of(std::string_view two_letters) {
  constexpr std::string_view days[] = {"mo", "tu", "we", "th", "fr", "sa", "su"};
  const auto found = std::ranges::find(days, two_letters);
  return found == std::end(days) ? -1 : static_cast<int>(found - std::begin(days));
}

// "2mo", "-1fr": a position and a weekday.
bool take_position(std::string_view day, CalendarException& e) {
  if (day.size() < 3 || day.contains(',')) return false;
  int position = 0;
  std::from_chars(day.data() + (day[0] == '+'), day.data() + day.size() - 2, position);
  const int weekday = weekday_of(day.substr(day.size() - 2));
  if (weekday < 0 || position == 0 || position < -1 || position > 4) return false;
  e.position = position < 0 ? 5 : position;
  e.weekday = weekday;
  return true;
}

bool take_weekdays(std::string_view list, CalendarException& e) {
  while (!list.empty()) {
    const auto day = list.substr(0, list.find(','));
    list.remove_prefix(std::min(day.size() + 1, list.size()));
    const int weekday = weekday_of(day);
    if (weekday < 0) return false;
    e.weekdays |= 1 << weekday;
  }
  return true;
}

// Fills in the recurrence; false when the rule says more than exceptions know.
bool take_rule(const Rule& rule, Day start, CalendarException& e) {
  for (const auto* unknown : {"bysetpos", "byweekno", "byyearday", "byhour", "byminute"})
    if (rule.contains(unknown)) return false;
  const auto date = std::chrono::year_month_day(std::chrono::sys_days(std::chrono::days(start.value)));
  const auto frequency = rule.find("freq"), by_day = rule.find("byday");
  if (frequency == rule.end()) return false;
  e.every = std::clamp(number_of(rule, "interval", 1), 1, 999);
  e.occurrences = std::clamp(number_of(rule, "count", 0), 0, 9999);
  e.day = number_of(rule, "bymonthday", static_cast<int>(static_cast<unsigned>(date.day())));
  e.month = number_of(rule, "bymonth", static_cast<int>(static_cast<unsigned>(date.month())));
  if (e.day < 1 || e.day > 31 || e.month < 1 || e.month > 12) return false;
  const bool positioned = by_day != rule.end() && take_position(by_day->second, e);
  if (frequency->second == "daily" && by_day == rule.end()) e.recurrence = Recurrence::daily;
  else if (frequency->second == "weekly") {
    e.recurrence = Recurrence::weekly;
    if (by_day == rule.end()) e.weekdays = 1 << start.weekday();
    else if (!take_weekdays(by_day->second, e)) return false;
  } else if (frequency->second == "monthly" || frequency->second == "yearly") {
    const bool yearly = frequency->second == "yearly";
    if (by_day != rule.end() && !positioned) return false;
    e.recurrence = positioned ? (yearly ? Recurrence::yearly_by_position : Recurrence::monthly_by_position)
                              : (yearly ? Recurrence::yearly_by_day : Recurrence::monthly_by_day);
  } else return false;
  return true;
}

// Each occurrence by itself, without the days that are left out.
std::vector<CalendarException> single_days(const CalendarException& e, const std::set<Day>& left_out) {
  std::vector<CalendarException> days;
  for (const Day day : engine::days_of(engine::definition_of(e))) {
    if (left_out.contains(day) || days.size() == most_single_days) continue;
    CalendarException one;
    one.name = e.name;
    one.first = one.last = day;
    days.push_back(std::move(one));
  }
  return days;
}

}  // namespace

std::vector<CalendarException> exceptions_of(const CalendarEntries& calendar, const Entry& entry) {
  const auto* start = entry.find("dtstart");
  const auto first = start ? calendar.moment_of(*start) : std::nullopt;
  if (!first || !first->whole_day || entry.to_do) return {};
  CalendarException e;
  e.name = plain_text(entry.text("summary"));
  e.first = e.last = first->minute.day();
  int length = 1;
  if (const auto* end = entry.find("dtend"))
    if (const auto last = calendar.moment_of(*end)) length = std::clamp(last->minute.day() - e.first, 1, longest_event);
  if (const auto* duration = entry.find("duration"); duration && !entry.find("dtend"))
    if (const auto span = span_of(duration->value)) length = std::clamp(static_cast<int>(std::min<std::int64_t>(*span / Minute::per_day, longest_event)), 1, longest_event);
  const auto* repeated = entry.find("rrule");
  if (!repeated) {
    e.last = e.first + (length - 1);
    return {e};
  }
  const Rule rule = rule_of(repeated->value);
  if (!take_rule(rule, e.first, e)) return {};
  e.last = e.first + years_ahead * 366;
  if (const auto until = rule.find("until"); until != rule.end())
    if (const auto last = calendar.moment_of({.value = until->second.substr(0, 8)})) e.last = std::min(e.last, last->minute.day());
  std::set<Day> left_out;
  for (const auto& property : entry.left_out)
    for (std::string_view rest = property.value; !rest.empty();) {
      const auto one = rest.substr(0, rest.find(','));
      rest.remove_prefix(std::min(one.size() + 1, rest.size()));
      if (const auto day = calendar.moment_of({.value = std::string(one.substr(0, 8))})) left_out.insert(day->minute.day());
    }
  if (length == 1 && left_out.empty()) return {e};
  // Several days each time, or some times left out: day by day.
  std::vector<CalendarException> days;
  for (const auto& day : single_days(e, left_out)) {
    days.push_back(day);
    days.back().last = day.first + (length - 1);
  }
  return days;
}

}  // namespace pmo::storage::ics
