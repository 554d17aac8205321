// `simulate FILE`: when the project finishes and what it costs, with what probability.
#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <print>

#include "app/cli/command.h"
#include "app/engine/plan_of_project.h"
#include "app/engine/simulation_of_project.h"
#include "app/engine/statistics.h"
#include "app/model/records/risk.h"

namespace pmo::cli {
namespace {

using Json = nlohmann::ordered_json;
using engine::SimulatedProject;
namespace simulation = engine::simulation;

constexpr int percents[] = {5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95};

Json number(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }

Json finish_json(const SimulatedProject& simulated, std::span<const simulation::Offset> finishes) {
  Json json = Json::object();
  for (const int percent : percents)
    if (const auto at = simulation::percentile(finishes, percent / 100.0))
      json["p" + std::to_string(percent)] = simulated.moment(static_cast<simulation::Offset>(std::llround(*at))).text();
  return json;
}

Json cost_json(const std::vector<double>& costs, double scale) {
  Json json = Json::object();
  for (const int percent : percents)
    if (const auto at = simulation::percentile(costs, percent / 100.0)) json["p" + std::to_string(percent)] = *at / scale;
  return json;
}

Json confidence_json(const SimulatedProject& simulated, const simulation::Outcome& outcome, double scale) {
  constexpr double share = 0.8;
  const auto finish = simulation::percentile(outcome.finish, share), cost = simulation::percentile(outcome.cost, share);
  if (!finish || !cost) return nullptr;
  const auto at = static_cast<simulation::Offset>(std::llround(*finish));
  const auto interval = simulation::percentile_interval(outcome.finish, share);
  return {{"joint_p80", number(simulation::joint_confidence(outcome, at, *cost))},
          {"contingency_minutes_p80", simulated.moment(at) - simulated.base_finish},
          {"contingency_cost_p80", (*cost - simulated.base_cost) / scale},
          {"finish_p80_between", {simulated.moment(static_cast<simulation::Offset>(std::llround(interval->low))).text(),
                                  simulated.moment(static_cast<simulation::Offset>(std::llround(interval->high))).text()}}};
}

Json risks_json(const Project& project, const SimulatedProject& simulated, const simulation::Outcome& outcome) {
  Json list = Json::array();
  for (std::size_t i = 0; i < simulated.risks.size(); ++i) {
    const Risk* risk = project.find(Ref<Risk>{simulated.risks[i]});
    list.push_back({{"number", risk->number}, {"title", risk->title}, {"occurred", outcome.event_share[i]}});
  }
  return list;
}

// "triangular" and the others by their names.
Result<simulation::Shape> shape_of(const Arguments& arguments) {
  const auto name = arguments.get("--shape");
  if (!name) return simulation::Shape::pert;
  const auto& names = enum_names<simulation::Shape>();
  const auto found = std::ranges::find(names, *name);
  if (found == names.end() || found == names.begin()) return fail("error.cli.shape"_key, {*name});
  return static_cast<simulation::Shape>(found - names.begin());
}

Json tasks_json(const Outline& outline, const SimulatedProject& simulated, const simulation::Outcome& outcome) {
  Json list = Json::array();
  for (std::size_t row = 0; row < outline.size(); ++row) {
    const int at = simulated.task_of[row];
    if (at < 0) continue;
    const auto& task = *outline[row].task;
    const auto& result = outcome.tasks[static_cast<std::size_t>(at)];
    list.push_back({{"uid", task.source_uid ? task.source_uid : task.number}, {"number", task.number}, {"name", task.name},
                    {"criticality", result.criticality}, {"sensitivity", number(result.sensitivity)},
                    {"mean_duration", result.mean_duration}});
  }
  return list;
}

}  // namespace

Result<void> simulate(Session& session) {
  if (session.arguments.files.empty()) return fail("error.cli.files"_key, {"1"});
  const std::int64_t iterations = PMO_TRY(session.arguments.integer("--iterations", 10'000));
  const std::int64_t seed = PMO_TRY(session.arguments.integer("--seed", 1));
  const std::int64_t correlation = PMO_TRY(session.arguments.integer("--correlation", 0));
  if (correlation < 0 || correlation > 100) return fail("error.cli.percent"_key, {"--correlation", std::to_string(correlation)});
  const engine::SimulationAssumptions assumptions{.shape = PMO_TRY(shape_of(session.arguments)),
                                                  .correlation = {static_cast<std::int32_t>(correlation * 10)}};
  const auto project = PMO_TRY(open_project(session, session.arguments.files[0]));
  const Outline outline(*project);
  const auto plan = engine::plan_of(*project, outline);
  const auto schedule = engine::schedule(plan);
  const auto start = std::chrono::steady_clock::now();
  const auto simulated = engine::simulated(*project, outline, plan, schedule, assumptions);
  const int wanted = static_cast<int>(std::clamp<std::int64_t>(iterations, 0, std::numeric_limits<int>::max()));
  auto run = PMO_TRY(simulation::Simulation::prepare(simulated.model, {.iterations = wanted, .seed = static_cast<std::uint64_t>(seed)}));
  run.run();
  const auto outcome = run.outcome();
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();

  const double scale = money_scale(*project);
  Json finish = finish_json(simulated, outcome.finish), cost = cost_json(outcome.cost, scale);
  if (!session.json()) {
    for (const int percent : percents) {
      const auto name = "p" + std::to_string(percent);
      if (finish.contains(name)) std::println("P{:<3} {}  {:.2f}", percent, finish[name].get<std::string>(), cost[name].get<double>());
    }
    return {};
  }
  finish["base"] = simulated.base_finish.text();
  cost["base"] = simulated.base_cost / scale;
  cost["mean"] = number(engine::mean(outcome.cost).transform([&](double value) { return value / scale; }));
  Json milestones = Json::array();
  for (std::size_t i = 0; i < simulated.milestone_rows.size(); ++i) {
    Json entry = finish_json(simulated, outcome.milestones[i]);
    const auto& task = *outline[static_cast<std::size_t>(simulated.milestone_rows[i])].task;
    milestones.push_back({{"number", task.number}, {"name", task.name}, {"finish", entry}});
  }
  std::println("{}", Json{{"iterations", outcome.iterations}, {"seed", seed}, {"seconds", seconds},
                          {"estimated_tasks", simulated.estimated_tasks}, {"finish", finish}, {"cost", cost},
                          {"confidence", confidence_json(simulated, outcome, scale)}, {"milestones", milestones},
                          {"risks", risks_json(*project, simulated, outcome)},
                          {"tasks", tasks_json(outline, simulated, outcome)}}.dump(2));
  return {};
}

}  // namespace pmo::cli
