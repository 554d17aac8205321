// `earned-value FILE`: the figures of a project, with those of its tasks and cost accounts.
#include "app/engine/control/earned_value_of_project.h"

#include <format>

#include "app/cli/command.h"
#include "app/cli/diagnostics.h"
#include "app/cli/earned_value_table.h"
#include "app/cli/json.h"
#include "app/cli/output.h"
#include "app/engine/schedule/plan_of_project.h"
#include "app/model/records/cost.h"

namespace pmo::cli {
namespace {

using engine::EarnedValueAmounts;

void add_amounts(Json& json, const EarnedValueAmounts& amounts, const engine::ToComplete& to_complete, double scale) {
  const EarnedValueAmounts scaled{amounts.planned_value / scale, amounts.earned_value / scale, amounts.actual_cost / scale,
                                  amounts.budget_at_completion / scale};
  const auto left = to_complete.value();
  const auto f = engine::earned_value(scaled, left ? std::optional(*left / scale) : std::nullopt);
  json["BAC"] = scaled.budget_at_completion;
  json["PV"] = scaled.planned_value;
  json["EV"] = scaled.earned_value;
  json["AC"] = scaled.actual_cost;
  json["SV"] = f.schedule_variance;
  json["CV"] = f.cost_variance;
  json["SPI"] = number(f.schedule_performance_index);
  json["CPI"] = number(f.cost_performance_index);
  json["EAC_cpi"] = number(f.estimate_typical);
  json["EAC_budget"] = number(f.estimate_atypical);
  json["EAC_cpi_spi"] = number(f.estimate_combined);
  json["EAC_bottom_up"] = number(f.estimate_bottom_up);
  json["TCPI"] = number(f.to_complete_budget);
}

Json project_json(const Project& project, const Outline& outline, const engine::ProjectEarnedValue& value) {
  const double scale = money_scale(project);
  Json json{{"date", value.date.text()}};
  const auto* baseline = project.find(Ref<Baseline>{value.baseline});
  json["baseline"] = baseline ? Json(baseline->name) : Json(nullptr);
  add_amounts(json, value.total, value.to_complete, scale);
  json["AT"] = value.actual_time;
  json["PD"] = value.planned_duration;
  json["ES"] = number(value.schedule.earned_schedule);
  json["SV_t"] = number(value.schedule.schedule_variance);
  json["SPI_t"] = number(value.schedule.schedule_performance_index);
  json["EAC_t_1"] = number(value.schedule.estimate_planned_pace);
  json["EAC_t_spi"] = number(value.schedule.estimate_current_pace);
  json["forecast_finish"] = value.forecast_finish ? Json(value.forecast_finish->text()) : Json(nullptr);
  json["tasks"] = Json::array();
  for (std::size_t row = 0; row < outline.size(); ++row) {
    const Task& task = *outline[row].task;
    Json entry{{"uid", task.source_uid ? task.source_uid : task.number}, {"number", task.number}, {"wbs", outline.wbs(row)},
               {"name", task.name}, {"summary", outline[row].summary}};
    add_amounts(entry, value.tasks[row], value.tasks_to_complete[row], scale);
    json["tasks"].push_back(std::move(entry));
  }
  json["accounts"] = Json::array();
  for (const auto& account : value.accounts) {
    const auto* record = project.find(Ref<CostAccount>{account.account});
    Json entry{{"code", record ? Json(record->code) : Json(nullptr)}, {"name", record ? Json(record->name) : Json(nullptr)},
               {"budget", account.budget / scale}, {"committed", account.committed / scale}};
    add_amounts(entry, account.amounts, account.to_complete, scale);
    json["accounts"].push_back(std::move(entry));
  }
  return json;
}

Result<Day> date_of(const Session& session, const Project& project, const engine::Schedule& schedule) {
  const auto text = session.arguments.get("--date");
  if (!text) return engine::status_day(project, schedule.project_finish.day());
  const auto day = Day::parse(*text);
  if (!day) return fail("error.cli.date"_key, {"--date", *text});
  return *day;
}

// As asked for by name; without one what the project is measured against.
Result<Ref<Baseline>> baseline_of(const Session& session, const Project& project) {
  const auto name = session.arguments.get("--baseline");
  if (!name) {
    const auto* reference = engine::reference_baseline(project);
    return Ref<Baseline>{reference ? reference->id : Id{}};
  }
  std::string known;
  Ref<Baseline> found;
  for (const Baseline* baseline : engine::baselines_by_date(project)) {
    if (baseline->name == *name) found = {baseline->id};
    known += (known.empty() ? "" : ", ") + baseline->name;
  }
  if (found) return found;
  if (known.empty()) return fail("error.earned_value.no_baseline"_key, {*name});
  return fail("error.earned_value.baseline"_key, {*name, known});
}

}  // namespace

double money_scale(const Project& project) {
  double scale = 1;
  for (const auto& settings : project.all<ProjectSettings>())
    for (std::int64_t digit = 0; digit < settings.currency_digits; ++digit) scale *= 10;
  return project.all<ProjectSettings>().empty() ? 100 : scale;
}

Result<void> earned_value(Session& session) {
  if (const auto table = session.arguments.get("--table")) return print_table_figures(session, *table);
  if (session.arguments.files.empty()) return fail("error.cli.files"_key, {"1"});
  const auto project = PMO_TRY(open_project(session, session.arguments.files[0]));
  const Outline outline(*project);
  const auto plan = engine::plan_of(*project, outline);
  const auto schedule = engine::schedule(plan);
  const Day date = PMO_TRY(date_of(session, *project, schedule));
  const auto baseline = PMO_TRY(baseline_of(session, *project));
  const auto value = engine::earned_value_of(*project, outline, plan, schedule, {.date = date, .baseline = baseline});
  Json json = project_json(*project, outline, value);
  tell_diagnostics(session, *project, plan, schedule, json);
  if (session.json()) {
    print_line(lines_of(json));
    return {};
  }
  for (const char* name : {"date", "baseline", "BAC", "PV", "EV", "AC", "SV", "CV", "SPI", "CPI", "EAC_cpi", "EAC_budget", "EAC_cpi_spi", "TCPI",
                           "AT", "PD", "ES", "SV_t", "SPI_t", "EAC_t_1", "EAC_t_spi", "forecast_finish"})
    print_line(std::format("{:<16} {}", name, line_of(json[name])));
  return {};
}

}  // namespace pmo::cli
