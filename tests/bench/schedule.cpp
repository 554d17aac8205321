// Speed of the schedule: plans of 1,000, 10,000 and 100,000 tasks with twice as many links, five calendars with
// holidays, all link types and lags. "all" is schedule(plan), calendars compiled each time, "plan" is plan_of a project.
//   bench_schedule [--json]
#include <algorithm>
#include <chrono>
#include <cstring>
#include <format>
#include <print>

#include "app/engine/plan_of_project.h"
#include "app/engine/schedule.h"
#include "app/model/transaction.h"

using namespace pmo;
using namespace pmo::engine;

namespace {

Plan random_plan(int tasks, std::uint64_t seed) {
  FixedSurroundings random(seed);
  const auto below = [&](std::uint64_t n) { return static_cast<Index>(random.random() % n); };
  Plan plan;
  plan.start = *Minute::parse("2024-01-01T08:00");
  for (int c = 0; c < 5; ++c) {
    auto calendar = china_calendar();
    calendar.exceptions.push_back({Day::of(2025, 3, 1 + c), Day::of(2025, 3, 5 + c), {}});
    plan.calendars.push_back(calendar);
  }
  plan.calendar = 0;
  for (int t = 0; t < tasks; ++t) {
    PlanTask task{.summary = t % 10 == 0};
    if (!task.summary) task.parent = t / 10 * 10;
    task.duration = 60 * (1 + below(80));
    task.calendar = below(5);
    plan.tasks.push_back(task);
  }
  // Chains of 200 tasks with links forward between them: plans grow wide rather than centuries long.
  while (std::ssize(plan.links) < 2 * tasks) {
    const Index chain = below(static_cast<std::uint64_t>(tasks) / 200) * 200;
    const Index from = chain + below(199), to = from + 1 + below(static_cast<std::uint64_t>(std::min(20, chain + 199 - from)));
    if (plan.tasks[from].summary || plan.tasks[to].summary) continue;
    const bool plain = below(4) != 0;
    plan.links.push_back({{}, from, to, plain ? LinkType::finish_to_start : static_cast<LinkType>(below(4)),
                          LagUnit::working, plain ? 0 : 60 * below(16)});
  }
  return plan;
}

template <class Work>
double best_milliseconds(Work work) {
  double best = 1e9;
  for (int run = 0; run < 7; ++run) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    best = std::min(best, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
  }
  return best;
}

Project make_project(const Plan& plan, Surroundings& surroundings) {
  Project project(product_schema(), Id{1, 1}, surroundings);
  Transaction change(project, "transaction.import"_key, {""});
  change.create<ProjectSettings>([&](ProjectSettings& s) { s.name = "x"; s.start = plan.start; });
  std::vector<Id> ids;
  for (const auto& task : plan.tasks)
    ids.push_back(change.create<Task>([&](Task& t) {
      t.name = "task";
      t.order = std::format("{:06}V", ids.size());
      if (task.parent >= 0) t.parent = {ids[static_cast<std::size_t>(task.parent)]};
      t.duration = {task.duration};
    }).id);
  for (const auto& link : plan.links)
    change.create<Link>([&](Link& l) {
      l.predecessor = {ids[static_cast<std::size_t>(link.from)]};
      l.successor = {ids[static_cast<std::size_t>(link.to)]};
    });
  static_cast<void>(change.commit());
  return project;
}

}  // namespace

int main(int count, char** words) {
  const bool json = count > 1 && std::strcmp(words[1], "--json") == 0;
  std::string rows;
  for (const int tasks : {1'000, 10'000, 100'000}) {
    const auto plan = random_plan(tasks, 1);
    Schedule result;
    const double all = best_milliseconds([&] { result = schedule(plan); });
    FixedSurroundings surroundings;
    const auto project = make_project(plan, surroundings);
    Plan taken;
    const double from_records = best_milliseconds([&] { taken = plan_of(project); });
    if (json)
      rows += std::format("{}{{\"tasks\":{},\"links\":{},\"schedule_ms\":{:.3f},\"plan_ms\":{:.3f}}}", rows.empty() ? "" : ",",
                          tasks, plan.links.size(), all, from_records);
    else
      std::println("{:>7} tasks {:>7} links   schedule {:8.3f} ms   plan {:8.3f} ms   finish {}", tasks, plan.links.size(),
                   all, from_records, result.project_finish.text());
  }
  if (json) std::println("{{\"schedule\":[{}]}}", rows);
}
