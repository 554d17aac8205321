// `earned-value FILE`: the figures of a project; `earned-value --table CSV`: of a table of AT, PV, EV and AC.
#include "app/engine/earned_value_of_project.h"

#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <print>

#include "app/cli/command.h"
#include "app/engine/plan_of_project.h"
#include "app/model/records/cost.h"

namespace pmo::cli {
namespace {

using Json = nlohmann::ordered_json;
using engine::EarnedValueAmounts;

Json number(const std::optional<double>& value) { return value && std::isfinite(*value) ? Json(*value) : Json(nullptr); }

// --- a table

struct TableRow {
  double time = 0;
  std::optional<double> planned, earned, actual;
};

std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells;
  while (true) {
    const auto comma = line.find_first_of(",;\t");
    std::string cell(line.substr(0, comma));
    std::erase_if(cell, [](char c) { return c == ' ' || c == '\r' || c == '"'; });
    cells.push_back(std::move(cell));
    if (comma == std::string_view::npos) return cells;
    line.remove_prefix(comma + 1);
  }
}

std::optional<double> real_of(const std::string& cell) {
  if (cell.empty()) return {};
  char* end = nullptr;
  const double value = std::strtod(cell.c_str(), &end);
  if (end != cell.c_str() + cell.size() || !std::isfinite(value)) return {};
  return value;
}

// Columns by their names, in any order; an empty cell is no value.
Result<std::vector<TableRow>> read_table(std::string_view text, const std::string& path) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  constexpr std::string_view names[] = {"AT", "PV", "EV", "AC"};
  std::size_t places[4] = {};
  std::vector<TableRow> rows;
  bool header = true;
  for (int number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.find_first_not_of(" \t\r,;") == std::string_view::npos) continue;
    const auto cells = cells_of(line);
    if (header) {
      for (std::size_t i = 0; i < 4; ++i) {
        const auto found = std::ranges::find(cells, names[i]);
        if (found == cells.end()) return fail("error.earned_value.columns"_key, {path});
        places[i] = static_cast<std::size_t>(found - cells.begin());
      }
      header = false;
      continue;
    }
    std::optional<double> values[4];
    for (std::size_t i = 0; i < 4; ++i) {
      if (places[i] >= cells.size() || cells[places[i]].empty()) continue;
      values[i] = real_of(cells[places[i]]);
      if (!values[i]) return fail("error.earned_value.cell"_key, {path, std::to_string(number), cells[places[i]]});
    }
    if (!values[0]) return fail("error.earned_value.cell"_key, {path, std::to_string(number), ""});
    rows.push_back({*values[0], values[1], values[2], values[3]});
  }
  if (rows.empty()) return fail("error.earned_value.columns"_key, {path});
  return rows;
}

Result<std::optional<double>> real_option(const Session& session, const std::string& name) {
  const auto text = session.arguments.get(name);
  if (!text) return std::optional<double>{};
  const auto value = real_of(*text);
  if (!value) return fail("error.cli.number"_key, {name, *text});
  return value;
}

Json row_json(const TableRow& row, const engine::Curve& planned, double budget, std::optional<double> planned_duration) {
  Json json{{"AT", row.time}};
  const bool known = row.planned && row.earned && row.actual;
  const EarnedValueAmounts amounts{row.planned.value_or(0), row.earned.value_or(0), row.actual.value_or(0), budget};
  const auto f = known ? engine::earned_value(amounts) : engine::EarnedValueFigures{};
  const auto s = row.earned ? engine::earned_schedule(planned, *row.earned, row.time, planned_duration) : engine::EarnedScheduleFigures{};
  const auto of_known = [&](double value) { return known ? Json(value) : Json(nullptr); };
  json["SV"] = of_known(f.schedule_variance);
  json["CV"] = of_known(f.cost_variance);
  json["SPI"] = number(f.schedule_performance_index);
  json["CPI"] = number(f.cost_performance_index);
  json["ES"] = number(s.earned_schedule);
  json["SV_t"] = number(s.schedule_variance);
  json["SPI_t"] = number(s.schedule_performance_index);
  json["EAC_cpi"] = number(f.estimate_typical);
  json["EAC_budget"] = number(f.estimate_atypical);
  json["EAC_cpi_spi"] = number(f.estimate_combined);
  json["TCPI"] = number(f.to_complete_budget);
  json["EAC_t_1"] = number(s.estimate_planned_pace);
  json["EAC_t_spi"] = number(s.estimate_current_pace);
  return json;
}

Result<void> table_figures(Session& session, const std::string& path) {
  const auto rows = PMO_TRY(read_table(PMO_TRY(read_file(path)), path));
  const auto planned_duration = PMO_TRY(real_option(session, "--planned-duration"));
  std::vector<engine::Curve::Point> points;
  double last_planned = 0, last_time = 0;
  for (const TableRow& row : rows) {
    if (!row.planned) continue;
    points.push_back({row.time, *row.planned});
    last_planned = std::max(last_planned, *row.planned);
    last_time = std::max(last_time, row.time);
  }
  const double budget = PMO_TRY(real_option(session, "--bac")).value_or(last_planned);
  // A table that ends before the work does: the rest of the plan is a straight line.
  if (planned_duration && *planned_duration > last_time && last_planned < budget) points.push_back({*planned_duration, budget});
  const engine::Curve planned(points);
  Json list = Json::array();
  for (const TableRow& row : rows) list.push_back(row_json(row, planned, budget, planned_duration));
  std::println("{}", list.dump(2));
  return {};
}

// --- a project

void add_amounts(Json& json, const EarnedValueAmounts& amounts, double scale) {
  const EarnedValueAmounts scaled{amounts.planned_value / scale, amounts.earned_value / scale, amounts.actual_cost / scale,
                                  amounts.budget_at_completion / scale};
  const auto f = engine::earned_value(scaled);
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
  json["TCPI"] = number(f.to_complete_budget);
}

Json project_json(const Project& project, const Outline& outline, const engine::ProjectEarnedValue& value) {
  const double scale = money_scale(project);
  Json json{{"date", value.date.text()}};
  const auto* baseline = project.find(Ref<Baseline>{value.baseline});
  json["baseline"] = baseline ? Json(baseline->name) : Json(nullptr);
  add_amounts(json, value.total, scale);
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
    add_amounts(entry, value.tasks[row], scale);
    json["tasks"].push_back(std::move(entry));
  }
  json["accounts"] = Json::array();
  for (const auto& account : value.accounts) {
    const auto* record = project.find(Ref<CostAccount>{account.account});
    Json entry{{"code", record ? Json(record->code) : Json(nullptr)}, {"name", record ? Json(record->name) : Json(nullptr)},
               {"budget", account.budget / scale}, {"committed", account.committed / scale}};
    add_amounts(entry, account.amounts, scale);
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

}  // namespace

double money_scale(const Project& project) {
  double scale = 1;
  for (const auto& settings : project.all<ProjectSettings>())
    for (std::int64_t digit = 0; digit < settings.currency_digits; ++digit) scale *= 10;
  return project.all<ProjectSettings>().empty() ? 100 : scale;
}

Result<void> earned_value(Session& session) {
  if (const auto table = session.arguments.get("--table")) return table_figures(session, *table);
  if (session.arguments.files.empty()) return fail("error.cli.files"_key, {"1"});
  const auto project = PMO_TRY(open_project(session, session.arguments.files[0]));
  const Outline outline(*project);
  const auto plan = engine::plan_of(*project, outline);
  const auto schedule = engine::schedule(plan);
  const Day date = PMO_TRY(date_of(session, *project, schedule));
  const auto* baseline = engine::latest_baseline(*project);
  const auto value = engine::earned_value_of(*project, outline, plan, schedule, {.date = date, .baseline = {baseline ? baseline->id : Id{}}});
  const Json json = project_json(*project, outline, value);
  if (session.json()) {
    std::println("{}", json.dump(2));
    return {};
  }
  for (const char* name : {"date", "BAC", "PV", "EV", "AC", "SV", "CV", "SPI", "CPI", "EAC_cpi", "EAC_budget", "EAC_cpi_spi", "TCPI",
                           "AT", "PD", "ES", "SV_t", "SPI_t", "EAC_t_1", "EAC_t_spi", "forecast_finish"})
    std::println("{:<16} {}", name, json[name].dump());
  return {};
}

}  // namespace pmo::cli
