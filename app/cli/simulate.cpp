// `simulate FILE`: when the project finishes and what it costs, with what probability.
#include <algorithm>
#include <chrono>
#include <format>

#include "app/cli/command.h"
#include "app/cli/diagnostics.h"
#include "app/cli/json.h"
#include "app/cli/output.h"
#include "app/engine/risk/simulation_of_project.h"
#include "app/engine/schedule/plan_of_project.h"
#include "app/engine/statistics.h"
#include "app/model/format.h"
#include "app/model/records/risk.h"

namespace pmo::cli {
namespace {

using engine::SimulatedProject;
namespace simulation = engine::simulation;

constexpr int percents[] = {5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95};

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

// "triangular" and the others by their names; none: the project's.
Result<std::optional<simulation::Shape>> shape_of(const Arguments& arguments) {
  const auto name = arguments.get("--shape");
  if (!name) return std::nullopt;
  const auto& names = enum_names<simulation::Shape>();
  const auto found = std::ranges::find(names, *name);
  if (found == names.end() || found == names.begin()) return fail("error.cli.shape"_key, {*name});
  return static_cast<simulation::Shape>(found - names.begin());
}

// "10,20": tasks without an estimate take 10 % less to 20 % more.
Result<void> read_spread(const Arguments& arguments, engine::SimulationAssumptions& assumptions) {
  const auto text = arguments.get("--spread");
  if (!text) return {};
  const auto comma = text->find(',');
  const auto shorter = parse_percent(text->substr(0, comma)), longer = parse_percent(comma == text->npos ? "" : text->substr(comma + 1));
  constexpr Permille whole{1000}, most{10'000};
  if (!shorter || !longer || *shorter < Permille{0} || *shorter > whole || *longer < Permille{0} || *longer > most)
    return fail("error.cli.spread"_key, {*text});
  assumptions.shorter = *shorter;
  assumptions.longer = *longer;
  return {};
}

Result<engine::SimulationAssumptions> assumptions_of(const Arguments& arguments) {
  const std::int64_t correlation = PMO_TRY(arguments.integer("--correlation", 0, {0, 100}));
  const std::int64_t of_resources = PMO_TRY(arguments.integer("--resource-correlation", 0, {0, 100}));
  engine::SimulationAssumptions assumptions{.shape = PMO_TRY(shape_of(arguments)), .with_risks = !arguments.has("--no-risks"),
                                            .correlation = {static_cast<std::int32_t>(correlation * 10)},
                                            .resource_correlation = {static_cast<std::int32_t>(of_resources * 10)}};
  PMO_TRY_VOID(read_spread(arguments, assumptions));
  return assumptions;
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
  const std::int64_t iterations = PMO_TRY(session.arguments.integer("--iterations", 10'000, {1, simulation::most_iterations}));
  const std::int64_t seed = PMO_TRY(session.arguments.integer("--seed", 1, {}));
  const auto assumptions = PMO_TRY(assumptions_of(session.arguments));
  const auto project = PMO_TRY(open_project(session, session.arguments.files[0]));
  const Outline outline(*project);
  const auto plan = engine::plan_of(*project, outline);
  const auto schedule = engine::schedule(plan);
  const auto start = std::chrono::steady_clock::now();
  const auto simulated = engine::simulated(*project, outline, plan, schedule, assumptions);
  auto run = PMO_TRY(simulation::Simulation::prepare(simulated.model, {.iterations = static_cast<int>(iterations), .seed = static_cast<std::uint64_t>(seed)}));
  run.run();
  const auto outcome = run.outcome();
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();

  Json json{{"iterations", outcome.iterations}, {"seed", seed}, {"seconds", seconds}};
  tell_diagnostics(session, *project, plan, schedule, json);
  const bool varies = simulated.estimated_tasks > 0 || !simulated.model.events.empty();
  if (!varies) tell_line(session.text("cli.simulate.nothing_varies"_key));
  const double scale = money_scale(*project);
  Json finish = finish_json(simulated, outcome.finish), cost = cost_json(outcome.cost, scale);
  if (!session.json()) {
    for (const int percent : percents) {
      const auto name = "p" + std::to_string(percent);
      if (finish.contains(name)) print_line(std::format("P{:<3} {}  {:.2f}", percent, finish[name].get<std::string>(), cost[name].get<double>()));
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
  json.update({{"estimated_tasks", simulated.estimated_tasks}, {"varies", varies}, {"finish", finish}, {"cost", cost},
               {"confidence", confidence_json(simulated, outcome, scale)}, {"milestones", milestones},
               {"risks", risks_json(*project, simulated, outcome)}, {"tasks", tasks_json(outline, simulated, outcome)}});
  print_line(lines_of(json));
  return {};
}

}  // namespace pmo::cli
