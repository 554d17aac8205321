// Plans and their expected dates as text: see tests/fixtures/schedule.
#include <doctest/doctest.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <iterator>
#include <fstream>
#include <map>
#include <sstream>

#include "app/engine/schedule.h"
#include "app/model/project.h"
#include "app/model/type_names.h"

using namespace pmo;
using namespace pmo::engine;

namespace {

struct Case {
  Plan plan;
  std::map<std::string, Index> tasks;
  std::vector<std::string> names;
  std::vector<std::pair<int, std::vector<std::string>>> expected;  // line, words
};

Minute at(std::string_view text) {
  const int year = text.starts_with("12-") ? 2023 : 2024;
  return Minute::parse(std::to_string(year) + "-" + std::string(text)).value_or(Minute{});
}

std::int64_t hours(std::string_view text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value * 60;
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
  } else if (key == "alap") task.constraint = ConstraintType::as_late_as_possible;
  else if (key == "deadline") task.deadline = at(value);
  else if (key == "as") task.actual_start = at(value);
  else if (key == "af") task.actual_finish = at(value);
  else if (key == "rem") task.remaining_duration = hours(value);
  else if (key == "done") task.actual_duration = hours(value);
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
    if (words[4].ends_with('%')) { link.unit = LagUnit::percent; link.lag = link.lag / 60 * 10; }
  }
  c.plan.links.push_back(link);
}

void check(const Case& c, const std::string& place) {
  const auto result = schedule(c.plan);
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
    const auto text = [](Minute moment) { return moment.text().substr(5); };
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
    else if (words[0] == "override") current.plan.progress = ProgressLogic::override_logic;
    else if (words[0] == "link") add_link(current, words);
    else if (words[0] == "task") {
      PlanTask task;
      task.duration = hours(words[2]);
      for (std::size_t i = 3; i < words.size(); ++i) set(current, task, words[i]);
      current.tasks[words[1]] = static_cast<Index>(current.plan.tasks.size());
      current.names.push_back(words[1]);
      current.plan.tasks.push_back(task);
    } else current.expected.emplace_back(number, words);
  }
  end();
  return cases;
}

}  // namespace

TEST_CASE("the schedule follows the written rules") {
  int cases = 0;
  for (const auto& entry : std::filesystem::directory_iterator("tests/fixtures/schedule")) cases += run(entry.path());
  CHECK(cases >= 25);
}

TEST_CASE("early and late dates are the fixed point of the links' inequalities") {
  FixedSurroundings random(11);
  const auto below = [&](std::uint64_t n) { return static_cast<Index>(random.random() % n); };
  for (int round = 0; round < 60; ++round) {
    Plan plan;
    plan.start = at("01-01T08:00");
    const int count = 5 + below(30);
    for (int t = 0; t < count; ++t) {
      PlanTask task;
      task.duration = 60 * (1 + below(40));
      plan.tasks.push_back(task);
    }
    for (int l = 0; l < 2 * count; ++l) {
      const Index to = 1 + below(static_cast<std::uint64_t>(count - 1)), from = below(static_cast<std::uint64_t>(to));
      plan.links.push_back({{}, from, to, static_cast<LinkType>(below(4)), LagUnit::working, 60 * (below(9) - 2)});
    }
    const auto result = schedule(plan);
    // Naive: in working minutes since the start, until nothing moves.
    const auto standard = standard_calendar();
    const auto time = WorkTime::compile(std::span(&standard, 1), 0);
    const auto zero = time.work_before(plan.start);
    std::vector<std::int64_t> start(plan.tasks.size(), 0);
    for (bool moved = true; moved;) {
      moved = false;
      for (const auto& link : plan.links) {
        const auto from = static_cast<std::size_t>(link.from), to = static_cast<std::size_t>(link.to);
        const bool leaves_start = link.type == LinkType::start_to_start || link.type == LinkType::start_to_finish;
        const bool enters_start = link.type == LinkType::start_to_start || link.type == LinkType::finish_to_start;
        const auto bound = start[from] + (leaves_start ? 0 : plan.tasks[from].duration) + link.lag -
                           (enters_start ? 0 : plan.tasks[to].duration);
        if (bound > start[to]) { start[to] = bound; moved = true; }
      }
    }
    for (std::size_t t = 0; t < plan.tasks.size(); ++t) {
      CHECK(time.work_before(result.early_start[t]) - zero == start[t]);
      CHECK(result.total_float[t] >= 0);
      CHECK(time.between(result.late_start[t], result.late_finish[t]) == plan.tasks[t].duration);
    }
  }
}
