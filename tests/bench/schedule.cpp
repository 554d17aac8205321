// Speed of the schedule: projects of 1,000, 10,000 and 100,000 tasks with twice as many links, five calendars with
// holidays, all link types and lags. From records that have changed to all dates and floats is
//   plan_ms     the outline and the plan from the records (plan_of), the calendars kept from the time before
//   passes_ms   links, order, early and late dates, floats, critical and longest path (schedule)
//   total_ms    both, one after the other
// and calendars_ms is what compiling the calendars takes, once when the project is opened and after a calendar has changed.
//   bench_schedule [--json]
#include <algorithm>
#include <chrono>
#include <cstring>
#include <format>
#include <numeric>
#include <print>

#include "app/engine/schedule/plan_calendars.h"
#include "app/engine/schedule/plan_of_project.h"
#include "app/engine/schedule/schedule.h"
#include "app/model/transaction.h"

using namespace pmo;
using namespace pmo::engine;

namespace {

Ref<Calendar> add_calendar(Transaction& change, int number) {
  auto definition = china_calendar();
  definition.exceptions.push_back({Day::of(2025, 3, 1 + number), Day::of(2025, 3, 5 + number), {}});
  const Ref<Calendar> calendar{change.create<Calendar>([&](Calendar& c) {
    c.name = std::format("calendar {}", number);
    std::optional<Shifts>* const week[] = {&c.monday, &c.tuesday, &c.wednesday, &c.thursday, &c.friday, &c.saturday, &c.sunday};
    for (int day = 0; day < 7; ++day) *week[day] = definition.week[day];
  }).id};
  for (const auto& exception : definition.exceptions)
    change.create<CalendarException>([&](CalendarException& e) {
      e.calendar = calendar;
      e.first = exception.first;
      e.last = exception.last;
      e.shifts = exception.shifts;
    });
  return calendar;
}

// Summaries of nine tasks each. Links within chains of 200 tasks: plans grow wide rather than centuries long. The tasks of a
// chain stand in any order in the outline, so that a link points up as often as down.
void fill(Project& project, int tasks) {
  Transaction change(project, "transaction.import"_key, {""});
  FixedSurroundings random(1);
  const auto below = [&](int n) { return static_cast<int>(random.random() % static_cast<std::uint64_t>(n)); };
  std::vector<Ref<Calendar>> calendars;
  for (int c = 0; c < 5; ++c) calendars.push_back(add_calendar(change, c));
  change.create<ProjectSettings>([&](ProjectSettings& s) {
    s.name = "x";
    s.start = *Minute::parse("2024-01-01T08:00");
    s.calendar = calendars[0];
  });
  std::vector<Ref<Task>> ids;
  for (int t = 0; t < tasks; ++t)
    ids.push_back({change.create<Task>([&](Task& task) {
      task.name = "task";
      task.order = std::format("{:06}V", t);
      if (t % 10 != 0) task.parent = ids[static_cast<std::size_t>(t / 10 * 10)];
      task.duration = {60 * (1 + below(80))};
      task.calendar = calendars[static_cast<std::size_t>(below(5))];
    }).id});
  std::vector<std::size_t> place(ids.size());  // in its chain
  std::iota(place.begin(), place.end(), 0);
  for (std::size_t chain = 0; chain < place.size(); chain += 200)
    for (std::size_t i = 199; i > 0; --i) std::swap(place[chain + i], place[chain + static_cast<std::size_t>(below(static_cast<int>(i) + 1))]);
  for (int made = 0; made < 2 * tasks;) {
    const int chain = below(tasks / 200) * 200, from = below(199), to = from + 1 + below(std::min(20, 199 - from));
    const auto predecessor = place[static_cast<std::size_t>(chain + from)], successor = place[static_cast<std::size_t>(chain + to)];
    if (predecessor % 10 == 0 || successor % 10 == 0) continue;  // a summary
    const bool plain = below(4) != 0;
    change.create<Link>([&](Link& link) {
      link.predecessor = ids[predecessor];
      link.successor = ids[successor];
      if (plain) return;
      link.type = static_cast<LinkType>(below(4));
      link.lag = 60 * below(16);
    });
    ++made;
  }
  static_cast<void>(change.commit());
}

template <class Work>
double best_milliseconds(Work work) {
  double best = 1e9;
  for (int run = 0; run < 15; ++run) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    best = std::min(best, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
  }
  return best;
}

}  // namespace

int main(int count, char** words) {
  const bool json = count > 1 && std::strcmp(words[1], "--json") == 0;
  std::string rows;
  for (const int tasks : {1'000, 10'000, 100'000}) {
    FixedSurroundings surroundings;
    Project project(product_schema(), Id{1, 1}, surroundings);
    fill(project, tasks);
    const auto calendars = calendars_of(project);
    auto plan = plan_of(project, Outline(project), calendars);
    Schedule result = schedule(plan);
    const double compile = best_milliseconds([&] {
      CompiledCalendars fresh(plan.calendars);
      for (Index calendar = 0; calendar < std::ssize(plan.calendars); ++calendar) fresh.of(calendar);
    });
    const double from_records = best_milliseconds([&] { plan = plan_of(project, Outline(project), calendars); });
    const double passes = best_milliseconds([&] { result = schedule(plan); });
    const double total = best_milliseconds([&] {
      plan = plan_of(project, Outline(project), calendars);
      result = schedule(plan);
    });
    const auto links = plan.links.size();
    if (json)
      rows += std::format(R"({}{{"tasks":{},"links":{},"finish":"{}","plan_ms":{:.3f},"passes_ms":{:.3f},"total_ms":{:.3f},"calendars_ms":{:.3f}}})",
                          rows.empty() ? "" : ",", tasks, links, result.project_finish.text(), from_records, passes, total, compile);
    else
      std::println("{:>7} tasks {:>7} links   plan {:7.3f} ms   passes {:7.3f} ms   total {:7.3f} ms   calendars {:6.3f} ms   finish {}", tasks,
                   links, from_records, passes, total, compile, result.project_finish.text());
  }
  if (json) std::println("{{\"schedule\":[{}]}}", rows);
}
