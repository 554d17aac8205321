// Levelling of realistic plans (engine/levelling/level_plan.h): phases of tasks with links of several kinds, trades of one to
// three people or machines, calendars of five days, six days and two shifts. The finish before and after in days from the
// start, what moves, what stays overloaded, and the time: of one order, and of several.
//   bench_plan_levelling [--seed K] [--json]
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <format>
#include <print>

#include "app/engine/levelling/level_plan.h"
#include "app/engine/random.h"

using namespace pmo;
using namespace pmo::engine;
using namespace pmo::engine::levelling;

namespace {

constexpr int calendars = 3, tasks_a_phase = 50, tasks_a_trade = 25, several = 10;

CalendarDefinition calendar(std::string_view day, int days) {
  CalendarDefinition made;
  for (int d = 0; d < 7; ++d) made.week[static_cast<std::size_t>(d)] = d < days ? *Shifts::parse(day) : Shifts{};
  made.exceptions.push_back({Day::of(2025, 1, 28), Day::of(2025, 2, 4), {}});  // Spring Festival
  return made;
}

// Tasks of half a day to three weeks. In a phase each follows one or two of the ten before it; a phase begins with its first
// task, which follows the middle of the phase before. Three of four tasks need a trade, every tenth two.
Plan realistic_plan(int tasks, std::uint64_t seed) {
  RandomStream random(seed);
  Plan plan;
  plan.start = Minute::at(Day::of(2024, 3, 4), 8 * 60);
  plan.calendars = {calendar("08:00-12:00,13:00-17:00", 5), calendar("07:00-12:00,13:00-16:00", 6), calendar("06:00-14:00,14:00-22:00", 6)};
  plan.calendar = 0;
  for (int r = 0; r < tasks / tasks_a_trade; ++r)
    plan.resources.push_back({.calendar = static_cast<Index>(r % calendars), .kind = r % 4 == 3 ? ResourceKind::equipment : ResourceKind::person,
                              .maximum_units = 1000 * (1 + random.below(3))});
  const auto trade = [&] { return static_cast<Index>(random.below(static_cast<int>(plan.resources.size()))); };
  for (Index t = 0; t < tasks; ++t) {
    plan.tasks.push_back({.duration = 240 * (1 + random.below(30)), .priority = random.below(10) ? 500 : 700});
    const int place = t % tasks_a_phase;
    if (place == 0 && t > 0) plan.links.push_back({.from = t - tasks_a_phase / 2, .to = t});
    for (int link = 0; place > 0 && link < 1 + random.below(2); ++link) {
      PlanLink made{.from = t - 1 - random.below(std::min(10, place)), .to = t};
      if (random.below(5) == 0) made.type = LinkType::start_to_start, made.lag = 480 * random.below(4);
      plan.links.push_back(made);
    }
    const int trades = random.below(10) == 0 ? 2 : random.below(4) ? 1 : 0;
    for (int a = 0; a < trades; ++a) plan.assignments.push_back({.task = t, .resource = trade(), .units = 500 * (1 + random.below(2))});
  }
  return plan;
}

}  // namespace

int main(int count, char** words) {
  bool json = false;
  std::uint64_t seed = 1;
  for (int i = 1; i < count; ++i) {
    if (!std::strcmp(words[i], "--json")) json = true;
    else if (i + 1 < count && !std::strcmp(words[i], "--seed")) seed = std::strtoull(words[++i], nullptr, 10);
  }
  std::string rows;
  for (const int tasks : {500, 2'000}) {
    const Plan plan = realistic_plan(tasks, seed);
    for (const int trials : {1, several}) {
      const auto start = std::chrono::steady_clock::now();
      const LevelResult result = level_plan(plan, {.trials = trials, .seed = seed});
      const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
      const auto days = [&](Minute finish) { return (finish - plan.start) / Minute::per_day; };
      rows += std::format(
          "{}{{\"tasks\":{},\"links\":{},\"trades\":{},\"calendars\":{},\"orders\":{},\"finish_before\":{},\"finish_after\":{},\"moves\":{},\"overloads_left\":{},\"seconds\":{:.3f}}}",
          rows.empty() ? "" : ",", tasks, plan.links.size(), plan.resources.size(), calendars, trials, days(result.old_finish), days(result.new_finish),
          result.moves.size(), result.overloads.size(), seconds);
      if (!json)
        std::println("{:>6} tasks, {:>2} orders: {} days, levelled {}; {} moves, {} overloads left, {:.2f} s", tasks, trials, days(result.old_finish),
                     days(result.new_finish), result.moves.size(), result.overloads.size(), seconds);
    }
  }
  if (json) std::println("{{\"plans\":[{}]}}", rows);
  return 0;
}
