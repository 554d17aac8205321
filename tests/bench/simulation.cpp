// Speed of the simulation: 10,000 iterations of 1,000 tasks and 1,700 links, finish dates and criticality.
//   bench_simulation [--iterations N] [--tasks N] [--json]
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <print>

#include "app/engine/random.h"
#include "app/engine/simulation/simulation.h"

using namespace pmo;
using namespace pmo::engine;
using namespace pmo::engine::simulation;

namespace {

std::vector<WorkSpan> five_days(int start_hour, int years) {
  std::vector<WorkSpan> spans;
  for (int day = 0; day < 365 * years; ++day) {
    if (day % 7 >= 5) continue;
    const Offset morning = day * 1440 + start_hour * 60;
    spans.push_back({morning, morning + 240});
    spans.push_back({morning + 300, morning + 540});
  }
  return spans;
}

Model network(int tasks, bool calendars_and_events) {
  RandomStream random(7);
  Model model;
  for (int t = 0; t < tasks; ++t) {
    const double likely = 480 * (1 + random.below(20));
    model.tasks.push_back({.duration = {Shape::triangular, likely * 0.7, likely, likely * 1.8}, .calendar = -1, .cost = {}});
    if (t > 0) model.links.push_back({std::max(0, t - 1 - random.below(30)), t});
  }
  while (static_cast<int>(model.links.size()) < tasks * 17 / 10) {
    const int from = random.below(tasks - 1);
    model.links.push_back({from, std::min(tasks - 1, from + 1 + random.below(60))});
  }
  if (!calendars_and_events) return model;
  for (const int hour : {8, 9, 14}) model.calendars.push_back(five_days(hour, 10));
  for (auto& task : model.tasks) task.calendar = random.below(3);
  for (int e = 0; e < 50; ++e)
    model.events.push_back({0.1 + 0.01 * e, {{random.below(tasks), {Shape::triangular, 480, 2400, 9600}}}, {Shape::pert, 1e5, 2e5, 9e5}});
  return model;
}

}  // namespace

int main(int count, char** words) {
  Options options;
  int tasks = 1000;
  bool json = false;
  for (int i = 1; i < count; ++i) {
    if (!std::strcmp(words[i], "--json")) json = true;
    else if (i + 1 < count && !std::strcmp(words[i], "--iterations")) options.iterations = std::atoi(words[++i]);
    else if (i + 1 < count && !std::strcmp(words[i], "--tasks")) tasks = std::atoi(words[++i]);
  }
  if (json) std::print("{{\"simulation\":[");
  else std::println("{:28} {:>10} {:>8} {:>10} {:>12}", "simulation", "iterations", "seconds", "P50 days", "P90 days");
  for (const bool full : {false, true}) {
    const Model model = network(tasks, full);
    double best = 1e9;
    Outcome outcome;
    for (int repeat = 0; repeat < 3; ++repeat) {
      const auto start = std::chrono::steady_clock::now();
      auto simulation = Simulation::prepare(model, options);
      if (!simulation) return 1;
      simulation->run();
      outcome = simulation->outcome();
      best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    const char* name = full ? "calendars and risk events" : "plain";
    const double p50 = *percentile(outcome.finish, 0.5) / 1440, p90 = *percentile(outcome.finish, 0.9) / 1440;
    if (json) std::print("{}{{\"name\":\"{}\",\"tasks\":{},\"iterations\":{},\"seconds\":{:.4f},\"p50\":{:.3f},\"p90\":{:.3f}}}", full ? "," : "", name, tasks, outcome.iterations, best, p50, p90);
    else std::println("{:28} {:>10} {:>8.4f} {:>10.2f} {:>12.2f}", name, outcome.iterations, best, p50, p90);
  }
  if (json) std::println("]}}");
  return 0;
}
