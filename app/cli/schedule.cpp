// `schedule`: the dates and floats of every task, with --level after levelling the resources,
// with --float-paths the chains that decide the finish.
#include <format>

#include "app/cli/command.h"
#include "app/cli/diagnostics.h"
#include "app/cli/json.h"
#include "app/cli/output.h"
#include "app/engine/levelling/level_plan.h"
#include "app/engine/schedule/plan_of_project.h"
#include "app/engine/schedule/schedule.h"

namespace pmo::cli {
namespace {

Json task_json(const Task& task, const engine::Plan& plan, const engine::Schedule& s, std::size_t t) {
  return {{"uid", task.source_uid ? task.source_uid : task.number}, {"number", task.number}, {"name", task.name},
          {"summary", plan.tasks[t].summary},
          {"early_start", s.early_start[t].text()}, {"early_finish", s.early_finish[t].text()},
          {"late_start", s.late_start[t].text()}, {"late_finish", s.late_finish[t].text()},
          {"start", s.start[t].text()}, {"finish", s.finish[t].text()},
          {"total_float", s.total_float[t]}, {"free_float", s.free_float[t]}, {"critical", s.critical[t] != 0}};
}

std::string name_of(const std::vector<const Task*>& tasks, engine::Index task) {
  return task < 0 ? std::string() : tasks[static_cast<std::size_t>(task)]->name;
}

std::string resource_name(const Project& project, const engine::Plan& plan, engine::Index resource) {
  const auto* record = resource < 0 ? nullptr : project.find(Ref<Resource>{plan.resources[static_cast<std::size_t>(resource)].id});
  return record ? record->name : std::string();
}

// Takes the delays into the plan; what moved, and what could not be resolved.
Json level(const Project& project, engine::Plan& plan, const std::vector<const Task*>& tasks, const engine::levelling::LevelOptions& options) {
  const auto result = engine::levelling::level_plan(plan, options);
  for (std::size_t t = 0; t < plan.tasks.size(); ++t) plan.tasks[t].levelling_delay = result.delays[t];
  Json json{{"old_finish", result.old_finish.text()}, {"new_finish", result.new_finish.text()}, {"moves", Json::array()}, {"overloads", Json::array()}};
  for (const auto& move : result.moves)
    json["moves"].push_back({{"number", tasks[static_cast<std::size_t>(move.task)]->number}, {"name", name_of(tasks, move.task)},
                             {"old_start", move.old_start.text()}, {"new_start", move.new_start.text()},
                             {"old_finish", move.old_finish.text()}, {"new_finish", move.new_finish.text()}, {"delay", move.delay},
                             {"resource", resource_name(project, plan, move.resource)}, {"waits_for", name_of(tasks, move.holder)}});
  for (const auto& overload : result.overloads)
    json["overloads"].push_back({{"resource", resource_name(project, plan, overload.resource)}, {"name", name_of(tasks, overload.task)},
                                 {"from", overload.from.text()}});
  return json;
}

Result<engine::levelling::LevelOptions> level_options(const Arguments& arguments) {
  const std::int64_t trials = PMO_TRY(arguments.integer("--trials", 1, {1, 10'000}));
  const std::int64_t seed = PMO_TRY(arguments.integer("--seed", 1, {}));
  return engine::levelling::LevelOptions{.within_float = arguments.has("--within-float"), .trials = static_cast<int>(trials),
                                         .seed = static_cast<std::uint64_t>(seed)};
}

}  // namespace

Result<void> schedule_file(Session& session) {
  const auto project = PMO_TRY(open_project(session, session.arguments.files[0]));
  auto plan = engine::plan_of(*project);
  std::vector<const Task*> tasks;
  for (const auto& task : plan.tasks) tasks.push_back(project->find(Ref<Task>{task.id}));
  std::optional<Json> levelling;
  if (session.arguments.has("--level")) levelling = level(*project, plan, tasks, PMO_TRY(level_options(session.arguments)));
  const auto result = engine::schedule(plan);
  std::optional<engine::FloatPaths> paths;
  if (session.arguments.has("--float-paths")) paths = engine::float_paths(plan);
  Json json{{"project", {{"start", result.project_start.text()}, {"finish", result.project_finish.text()}}},
            {"tasks", Json::array()}};
  if (levelling) json["levelling"] = *levelling;
  for (std::size_t t = 0; t < tasks.size(); ++t) {
    if (!result.scheduled[t]) continue;
    if (session.json()) {
      json["tasks"].push_back(task_json(*tasks[t], plan, result, t));
      for (const auto& piece : engine::pieces_of(result, static_cast<engine::Index>(t)))
        json["tasks"].back()["pieces"].push_back({{"start", piece.start.text()}, {"finish", piece.finish.text()}});
      if (paths && paths->number[t] > 0) json["tasks"].back().update({{"float_path", paths->number[t]}, {"room", paths->room[t]}});
    } else
      print_line(std::format("{:>5}  {}  {}  {:>7} {}  {}", tasks[t]->number, result.start[t].text(), result.finish[t].text(),
                             result.total_float[t], result.critical[t] ? "*" : " ", tasks[t]->name));
  }
  tell_diagnostics(session, *project, plan, result, json);
  if (session.json()) print_line(lines_of(json));
  return {};
}

}  // namespace pmo::cli
