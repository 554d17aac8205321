// The work breakdown structure: as a diagram of its upper levels, as a list of all, and what the work packages are.
#include <cmath>

#include "app/desks/reports/report_parts.h"
#include "app/model/records/project_settings.h"
#include "app/ui/charts/svg.h"
#include "app/ui/control_analyses.h"

namespace pmo::desks {

using namespace ui;

namespace {

Tree diagram(const ReportInput& input, const Outline& outline) {
  const auto& settings = input.project.all<ProjectSettings>();
  Tree tree{.title = std::string(input.text("report.breakdown"_key)), .whole = settings.empty() ? std::string() : settings.at(0).name};
  const auto named = [&](std::size_t row) { return outline.wbs(row) + "  " + outline[row].task->name; };
  for (std::size_t row = 0; row < outline.size(); ++row) {
    if (outline[row].level == 0) tree.parts.push_back({named(row)});
    else if (outline[row].level == 1) tree.parts.back().parts.push_back(named(row));
  }
  return tree;
}

void add_list(const ReportInput& input, Report& report, const Outline& outline) {
  const auto& [plan, schedule] = input.analyses.of<ScheduleOf>();
  const auto costs = engine::with_parts(plan, input.analyses.of<CostsOf>());
  const Scales scales = scales_of(input.project);
  report.heading(input.text("report.breakdown.list"_key));
  ReportTable table{.columns = {column(input, field_of<Task>(&Task::wbs).label_key()), column(input, "report.task"_key), column(input, field_of<Task>(&Task::responsible).label_key()),
                                column(input, "report.start"_key), column(input, "report.finish"_key), column(input, field_of<Task>(&Task::duration).label_key(), true),
                                column(input, field_of<Task>(&Task::work).label_key(), true),
                                {input.text("report.breakdown.cost"_key, {scales.currency}), true}, column(input, field_of<Task>(&Task::percent_complete).label_key(), true)},
                    .rows = {}, .empty = {}};
  for (std::size_t row = 0; row < outline.size(); ++row) {
    const auto& [task, parent, end, level, position, summary] = outline[row];
    auto& line = table.rows.emplace_back();
    line.emplace_back(outline.wbs(row));
    line.emplace_back(task->name);
    line.back().level = level;
    line.emplace_back(person_name(input, task->responsible));
    line.emplace_back(format_day(schedule.start[row].day(), input.language));
    line.emplace_back(format_day(schedule.finish[row].day(), input.language));
    line.emplace_back(summary ? std::string() : format_duration(task->duration, scales, input.language));
    const auto work = std::llround(costs[row].work);
    line.emplace_back(work > 0 ? hours_text({work}) : std::string());
    line.emplace_back(format_amount({std::llround(costs[row].total())}, scales));
    line.emplace_back(summary ? std::string() : format_percent(task->percent_complete));
    if (summary)
      for (auto& cell : line) cell.strong = true;
  }
  report.table(table);
}

// What was written down about the work packages.
void add_dictionary(const ReportInput& input, Report& report, const Outline& outline) {
  ReportTable table{.columns = {column(input, field_of<Task>(&Task::wbs).label_key()), column(input, "report.task"_key), column(input, field_of<Task>(&Task::notes).label_key())},
                    .rows = {}, .empty = std::string(input.text("report.breakdown.no_notes"_key))};
  for (std::size_t row = 0; row < outline.size(); ++row)
    if (const Task& task = *outline[row].task; !task.notes.empty()) table.rows.push_back({{outline.wbs(row)}, {task.name}, {task.notes}});
  report.heading(input.text("report.breakdown.dictionary"_key));
  report.table(table);
}

}  // namespace

Report breakdown_report(const ReportInput& input) {
  auto head = head_of(input, std::string(input.text("report.breakdown"_key)));
  head.wide = true;
  Report report(std::move(head));
  const Outline& outline = input.analyses.of<OutlineOf>();
  if (outline.size() == 0) {
    report.paragraph(input.text("report.breakdown.none"_key));
    return report;
  }
  report.svg(write_svg(diagram(input, outline), {.size = {980, 0}, .locale = locale_of(input)}), input.text("report.breakdown.diagram"_key));
  add_list(input, report, outline);
  add_dictionary(input, report, outline);
  return report;
}

}  // namespace pmo::desks
