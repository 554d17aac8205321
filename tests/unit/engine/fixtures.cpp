// Plans and their expected dates as text: see tests/fixtures/schedule.
#include <doctest/doctest.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <iterator>
#include <fstream>
#include <map>
#include <sstream>

#include "app/engine/schedule/schedule.h"
#include "app/model/project.h"
#include "app/model/type_names.h"

using namespace pmo;
using namespace pmo::engine;

namespace {

struct Case {
  Plan plan;
  std::map<std::string, Index> tasks, calendars, resources;
  std::vector<std::string> names;
  bool quiet = false;  // nothing is complained of
  Index target = -1;  // of the float paths
  std::vector<std::pair<int, std::vector<std::string>>> expected;  // line, words
};

Minute at(std::string_view text) {
  if (text.size() > 11) return Minute::parse(text).value_or(Minute{});
  const int year = text.starts_with("12-") ? 2023 : 2024;
  return Minute::parse(std::to_string(year) + "-" + std::string(text)).value_or(Minute{});
}

std::int64_t hours(std::string_view text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return text.ends_with('m') ? value : value * 60;  // "90m"
}

std::vector<std::string> parts_of(const std::string& text, char between) {
  std::istringstream stream(text);
  std::vector<std::string> parts;
  for (std::string part; std::getline(stream, part, between);) parts.push_back(part);
  return parts;
}

std::pair<Day, Day> days_in(const std::string& text) {  // "01-03" or "01-03..01-05"
  const auto day = [](const std::string& each) { return at(each + "T00:00").day(); };
  const auto dots = text.find("..");
  return dots == std::string::npos ? std::pair(day(text), day(text)) : std::pair(day(text.substr(0, dots)), day(text.substr(dots + 2)));
}

// "calendar NAME [off=DAYS] [work=DAYS] [HOURS of each day from Monday to Friday] [base=NAME]"; off and work may repeat.
CalendarDefinition calendar_of(const Case& c, const std::vector<std::string>& words) {
  CalendarDefinition calendar = standard_calendar();
  for (std::size_t i = 2; i < words.size(); ++i) {
    const auto value = words[i].substr(words[i].find('=') + 1);
    if (words[i].starts_with("base=")) {
      calendar.base = c.calendars.at(value);
      for (auto& day : calendar.week) day.reset();
    } else if (words[i].starts_with("off=")) calendar.exceptions.push_back({days_in(value).first, days_in(value).second, {}});
    else if (words[i].starts_with("work=")) calendar.exceptions.push_back({days_in(value).first, days_in(value).second, *standard_calendar().week[0]});
    else if (words[i] == "never") for (auto& day : calendar.week) day = Shifts{};
    else for (int day = 0; day < 5; ++day) calendar.week[day] = Shifts::parse(words[i]).value();
  }
  return calendar;
}

void set(Case& c, PlanTask& task, const std::string& word) {
  static const std::map<std::string, ConstraintType, std::less<>> constraints{
      {"snet", ConstraintType::start_no_earlier_than}, {"snlt", ConstraintType::start_no_later_than},
      {"fnet", ConstraintType::finish_no_earlier_than}, {"fnlt", ConstraintType::finish_no_later_than},
      {"mso", ConstraintType::must_start_on}, {"mfo", ConstraintType::must_finish_on}};
  const auto equals = std::min(word.find('='), word.size());
  const auto key = word.substr(0, equals), value = word.substr(std::min(equals + 1, word.size()));
  if (const auto found = constraints.find(key); found != constraints.end()) {
    task.constraint = found->second;
    task.constraint_date = at(value);
  } else if (key == "soft") task.constraint_gives_way = true;
  else if (key == "alap") task.constraint = ConstraintType::as_late_as_possible;
  else if (key == "deadline") task.deadline = at(value);
  else if (key == "as") task.actual_start = at(value);
  else if (key == "af") task.actual_finish = at(value);
  else if (key == "rem") task.remaining_duration = hours(value);
  else if (key == "done") task.actual_duration = hours(value);
  else if (key == "splits") {
    std::vector<Break> breaks;
    for (const auto& part : parts_of(value, ',')) breaks.push_back({hours(part.substr(0, part.find('/'))), hours(part.substr(part.find('/') + 1))});
    set_breaks(c.plan, static_cast<Index>(c.plan.tasks.size() - 1), breaks_within(std::move(breaks), task.duration));
  } else if (key == "percent") task.percent = std::stoi(value) * 10;
  else if (key == "resume") task.resume = at(value);
  else if (key == "cal") task.calendar = c.calendars.at(value);
  else if (key == "delay") task.levelling_delay = hours(value);
  else if (key == "elapsed") task.elapsed = true;
  else if (key == "inactive") task.active = false;
  else if (key == "ignores_resources") task.ignore_resource_calendars = true;
  else if (key == "manual") {
    task.manual = true;
    task.manual_start = at(std::string_view(value).substr(0, 11));
    task.manual_finish = at(std::string_view(value).substr(12));
  } else if (key == "in") {
    task.parent = c.tasks.at(value);
    c.plan.tasks[static_cast<std::size_t>(task.parent)].summary = true;
  } else FAIL("unknown word " << word);
}

void add_link(Case& c, const std::vector<std::string>& words) {
  static const std::map<std::string, LinkType, std::less<>> types{{"FS", LinkType::finish_to_start}, {"SS", LinkType::start_to_start},
                                                                  {"FF", LinkType::finish_to_finish}, {"SF", LinkType::start_to_finish}};
  PlanLink link{{}, c.tasks.at(words[1]), c.tasks.at(words[3]), types.at(words[2]), LagUnit::working, 0};
  if (words.size() > 4) {
    link.lag = hours(words[4]);
    if (words[4].ends_with('e')) link.unit = LagUnit::elapsed;
    if (words[4].ends_with('%')) {
      link.unit = words[4].ends_with("e%") ? LagUnit::elapsed_percent : LagUnit::percent;
      link.lag = link.lag / 60 * 10;
    }
  }
  c.plan.links.push_back(link);
}

void check(const Case& c, const std::string& place) {
  const auto result = schedule(c.plan);
  const bool asks_paths = std::ranges::any_of(c.expected, [](const auto& line) { return line.second[0] == "path"; });
  const auto paths = asks_paths ? float_paths(c.plan, c.target) : FloatPaths{};
  if (c.quiet) CHECK_MESSAGE(result.diagnostics.empty(), place);
  for (const auto& [line, words] : c.expected) {
    CAPTURE(place);
    CAPTURE(line);
    if (words[0] == "diagnostic") {
      const auto found = std::ranges::any_of(result.diagnostics, [&](const Diagnostic& diagnostic) {
        if (enum_name(diagnostic.kind) != words[1] || diagnostic.tasks.size() + 2 != words.size()) return false;
        for (std::size_t i = 0; i < diagnostic.tasks.size(); ++i)
          if (c.names[static_cast<std::size_t>(diagnostic.tasks[i])] != words[i + 2]) return false;
        return true;
      });
      CHECK_MESSAGE(found, words[1]);
      continue;
    }
    const auto t = static_cast<std::size_t>(c.tasks.at(words[1]));
    if (words[0] == "pieces") {
      std::vector<Piece> expected;
      for (std::size_t i = 2; i + 1 < words.size(); i += 2) expected.push_back({static_cast<Index>(t), at(words[i]), at(words[i + 1])});
      CHECK(std::ranges::equal(pieces_of(result, static_cast<Index>(t)), expected));
      continue;
    }
    if (words[0] == "free") {
      CHECK(result.free_float[t] == hours(words[2]));
      continue;
    }
    if (words[0] == "critical") {
      CHECK((result.critical[t] != 0) == (words[2] == "yes"));
      continue;
    }
    if (words[0] == "longest") {
      CHECK((result.longest_path[t] != 0) == (words[2] == "yes"));
      continue;
    }
    if (words[0] == "reason" || words[0] == "late_reason") {
      const auto& reason = words[0] == "reason" ? result.start_reason[t] : result.late_reason[t];
      CHECK(enum_name(reason.kind) == words[2]);
      CHECK((words.size() > 3 ? words[3] : "") == (reason.task < 0 || words.size() < 4 ? "" : c.names[static_cast<std::size_t>(reason.task)]));
      continue;
    }
    if (words[0] == "path") {
      CHECK(paths.number[t] == std::stoi(words[2]));
      CHECK(paths.room[t] == hours(words[3]));
      continue;
    }
    const auto text = [&](Minute moment) { return moment.text().substr(words[2].size() > 11 ? 0 : 5); };
    if (words[0] == "scheduled") {
      CHECK(text(result.start[t]) == words[2]);
      CHECK(text(result.finish[t]) == words[3]);
      continue;
    }
    CHECK(text(result.early_start[t]) == words[2]);
    CHECK(text(result.early_finish[t]) == words[3]);
    CHECK(text(result.late_start[t]) == words[4]);
    CHECK(text(result.late_finish[t]) == words[5]);
    CHECK(result.total_float[t] == hours(words[6]));
  }
}

int run(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::string line, name;
  Case current;
  int number = 0, cases = 0;
  const auto end = [&] {
    if (!name.empty()) { check(current, path.filename().string() + ": " + name); ++cases; }
    current = {};
    current.plan.start = at("01-01T08:00");
  };
  while (std::getline(file, line)) {
    ++number;
    std::istringstream stream(line);
    std::vector<std::string> words{std::istream_iterator<std::string>(stream), {}};
    if (words.empty() || words[0] == "#") continue;
    if (words[0] == "case") { end(); name = line.substr(5); }
    else if (words[0] == "finish") { current.plan.finish = at(words[1]); current.plan.from = ScheduleFrom::finish; }
    else if (words[0] == "must") current.plan.must_finish = at(words[1]);
    else if (words[0] == "lags") current.plan.lag_calendar = words[1] == "predecessor" ? LagCalendar::predecessor : LagCalendar::project;
    else if (words[0] == "status") {
      current.plan.status_date = at(words[1] + "T00:00").day();
      current.plan.reschedule_unfinished = true;
    } else if (words[0] == "quiet") current.quiet = true;
    else if (words[0] == "threshold") current.plan.critical_threshold = hours(words[1]);
    else if (words[0] == "off" || words[0] == "work") {  // of the project's calendar
      if (current.plan.calendars.empty()) current.plan.calendars.push_back(standard_calendar());
      current.plan.calendar = 0;
      const auto [first, last] = days_in(words[1]);
      current.plan.calendars[0].exceptions.push_back({first, last, words[0] == "work" ? *standard_calendar().week[0] : Shifts{}});
    } else if (words[0] == "calendar") {
      const auto index = static_cast<Index>(current.plan.calendars.size());
      current.plan.calendars.push_back(calendar_of(current, words));
      current.calendars[words[1]] = index;
      if (words[1] == "project") current.plan.calendar = index;
    } else if (words[0] == "resource") {
      current.resources[words[1]] = static_cast<Index>(current.plan.resources.size());
      current.plan.resources.push_back({.calendar = words.size() > 2 ? current.calendars.at(words[2]) : -1});
    } else if (words[0] == "assign") {  // TASK RESOURCE [HOURS of work]
      PlanAssignment assignment{.task = current.tasks.at(words[1]), .resource = current.resources.at(words[2])};
      if (words.size() > 3) assignment.work = hours(words[3]);
      current.plan.assignments.push_back(assignment);
    } else if (words[0] == "override") current.plan.progress = ProgressLogic::override_logic;
    else if (words[0] == "target") current.target = current.tasks.at(words[1]);
    else if (words[0] == "link") add_link(current, words);
    else if (words[0] == "task") {
      current.tasks[words[1]] = static_cast<Index>(current.plan.tasks.size());
      current.names.push_back(words[1]);
      auto& task = current.plan.tasks.emplace_back();
      task.duration = hours(words[2]);
      for (std::size_t i = 3; i < words.size(); ++i) set(current, task, words[i]);
    } else current.expected.emplace_back(number, words);
  }
  end();
  return cases;
}

}  // namespace

TEST_CASE("the schedule follows the written rules") {
  int cases = 0;
  for (const auto& entry : std::filesystem::directory_iterator("tests/fixtures/schedule")) cases += run(entry.path());
  CHECK(cases >= 250);
}
