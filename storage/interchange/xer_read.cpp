#include <algorithm>
#include <format>

#include "storage/interchange/encoding.h"
#include "storage/interchange/xer.h"
#include "storage/interchange/xer_reading.h"

namespace pmo::storage {
namespace xer {

Result<void> Reading::read() {
  if (!choose_project()) return fail("error.xer.project"_key);
  read_settings();
  read_calendars();
  collect_units();
  read_breakdown();
  read_actual_durations();
  read_links();
  read_resources();
  read_assignments();
  read_expenses();
  read_added_fields();
  if (error) return std::unexpected(*error);
  transaction.take_as_it_is();
  auto commit = transaction.commit();
  if (!commit) return std::unexpected(commit.error());
  return {};
}

std::vector<Error> Reading::notes() const {
  std::vector<Error> list;
  const auto add = [&](Key key, std::int64_t count) {
    if (count > 0) list.push_back({key, {std::to_string(count)}});
  };
  if (!other_projects.empty()) list.push_back({"xer.note.projects"_key, {name_of_project(project_row), other_projects}});
  add("xer.note.level_of_effort"_key, count.level_of_effort);
  add("xer.note.efforts_links"_key, count.efforts_links);
  add("xer.note.constraints"_key, count.constraints);
  add("xer.note.suspended"_key, count.suspended);
  add("xer.note.percent_of_units"_key, count.percent_of_units);
  add("xer.note.empty_nodes"_key, count.empty_nodes);
  add("xer.note.calendars"_key, count.calendars);
  add("mspdi.note.unknown_reference"_key, count.unknown);
  add("xer.note.roles"_key, count.roles);
  add("xer.note.custom_fields"_key, count.custom_fields);
  add("xer.note.expenses"_key, count.expenses);
  add("xer.note.curves"_key, count.curves);
  add("xer.note.prices"_key, count.prices);
  add("xer.note.notebooks"_key, count.notebooks);
  if (const auto others = other_tables(); !others.empty()) list.push_back({"xer.note.tables"_key, {others}});
  return list;
}

// What has rows and is not read: "OBS (3), FINTMPL (1)".
std::string Reading::other_tables() const {
  static const std::set<std::string_view> read{"PROJECT", "CALENDAR", "PROJWBS", "TASK", "TASKPRED", "RSRC", "RSRCRATE", "ROLES", "ROLERATE", "TASKRSRC",
      "CURRTYPE", "SCHEDOPTIONS", "UDFTYPE", "UDFVALUE", "ACTVTYPE", "ACTVCODE", "TASKACTV", "RCATTYPE", "RCATVAL", "RSRCRCAT", "MEMOTYPE", "TASKMEMO",
      "WBSMEMO", "PROJCOST", "COSTTYPE", "RSRCCURVDATA", "UMEASURE"};
  std::string list;
  for (const auto& [name, table] : tables)
    if (!read.contains(name) && !table.rows.empty()) list += (list.empty() ? "" : ", ") + std::format("{} ({})", name, table.rows.size());
  for (const auto& [table, values] : fields_elsewhere) list += (list.empty() ? "" : ", ") + std::format("UDFVALUE {} ({})", table, values);
  return list;
}

// The one that was exported; others are there because relationships lead to them.
bool Reading::choose_project() {
  const auto all = rows("PROJECT");
  if (all.empty()) return false;
  const auto chosen = std::ranges::find_if(all, [](const Row& row) { return row.text("export_flag") == "Y"; });
  project_row = chosen == all.end() ? all.front() : *chosen;
  project_id = std::string(project_row.text("proj_id"));
  for (const Row& row : all)
    if (row.text("proj_id") != project_id) other_projects += (other_projects.empty() ? "" : ", ") + name_of_project(row);
  return true;
}

std::string Reading::name_of_project(const Row& row) {
  const auto name = row.text("proj_short_name");
  return std::string(name.empty() ? row.text("proj_id") : name);
}

void Reading::read_settings() {
  transaction.create<ProjectSettings>([&](ProjectSettings& settings) {
    for (const Row& wbs : of_project("PROJWBS")) {
      if (wbs.text("proj_node_flag") != "Y") continue;
      settings.name = std::string(wbs.text("wbs_name"));
      settings.description = note_of(wbs_notes, wbs.text("wbs_id"));
    }
    settings.code = std::string(project_row.text("proj_short_name"));
    if (settings.name.empty()) settings.name = settings.code.empty() ? "Project" : settings.code;
    settings.start = moment(project_row, "plan_start_date").value_or(Minute{});
    // The data date is a moment up to which everything is done; what is left happens after it.
    if (const auto date = moment(project_row, "last_recalc_date"); date && *date > settings.start) {
      const bool morning = date->minute_of_day() <= 12 * 60;
      settings.status_date = Day{date->day().value - (morning ? 1 : 0)};
      settings.reschedule_unfinished = true;
    }
    read_currency(settings);
    settings.must_finish_by = moment(project_row, "plan_end_date");
    read_options(settings);
    for (const Row& row : rows("CALENDAR")) {
      if (row.text("clndr_id") != project_row.text("clndr_id")) continue;
      settings.minutes_per_day = {std::clamp<std::int64_t>(minutes(row, "day_hr_cnt"), 1, 1440)};
      settings.minutes_per_week = {std::clamp<std::int64_t>(minutes(row, "week_hr_cnt"), 1, 10080)};
    }
    if (!project_row.text("critical_drtn_hr_cnt").empty()) settings.critical_threshold = {minutes(project_row, "critical_drtn_hr_cnt")};
  });
}

// Amounts are in the base currency, which is worth one of itself.
void Reading::read_currency(ProjectSettings& settings) {
  bool found = false;
  for (const Row& row : rows("CURRTYPE")) {
    const auto code = row.text("curr_short_name");
    const bool base = decimal(row, "base_exch_rate") == 1;
    if (code.size() != 3 || (found && !base)) continue;
    settings.currency = std::string(code);
    found = true;
    if (base) return;
  }
}

// Lags count in the predecessor's calendar where P6 was not told otherwise.
void Reading::read_options(ProjectSettings& settings) {
  settings.lag_calendar = LagCalendar::predecessor;
  for (const Row& row : of_project("SCHEDOPTIONS")) {
    if (row.text("sched_retained_logic") == "N") settings.progress_logic = ProgressLogic::override_logic;
    const auto calendar = row.text("sched_calendar_on_relationship_lag");
    if (calendar == "rcal_24Hour") lag_unit = LagUnit::elapsed;
    else if (calendar == "rcal_Successor") settings.lag_calendar = LagCalendar::successor;
    else if (calendar == "rcal_ProjDefault") settings.lag_calendar = LagCalendar::project;
  }
}

}  // namespace xer

Result<XerRead> read_xer(std::string_view bytes, const Schema& schema, Id actor, Surroundings& surroundings) {
  const auto decoded = PMO_TRY(decode_text(bytes));
  const auto tables = PMO_TRY(xer::read_tables(decoded.text));
  XerRead result{std::make_unique<Project>(schema, actor, surroundings), {}};
  xer::Reading reader(*result.project, tables);
  PMO_TRY_VOID(reader.read());
  if (auto encoding = encoding_note(decoded.encoding)) result.notes.push_back(std::move(*encoding));
  std::ranges::move(reader.notes(), std::back_inserter(result.notes));
  return result;
}

}  // namespace pmo::storage
