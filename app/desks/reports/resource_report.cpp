// The plan of resources and their use: who and what there is, when it is asked for, where that is too much, and what it was
// used for.
#include <algorithm>
#include <cmath>
#include <format>
#include <map>

#include "app/desks/reports/report_parts.h"
#include "app/desks/resources/use_tone.h"
#include "app/engine/resources/resource_use.h"
#include "app/model/months.h"
#include "app/ui/charts/svg.h"
#include "app/ui/control_analyses.h"

namespace pmo::desks {

using namespace ui;

namespace {

using engine::LoadPeriod;

struct DemandOfResource {
  const Resource* resource;
  const engine::ResourceDemand* demand;
  std::map<Day, LoadPeriod> months;  // by their first day
  LoadPeriod all;
};

std::vector<DemandOfResource> demands(const ReportInput& input) {
  const engine::Plan& plan = input.analyses.of<ScheduleOf>().plan;
  std::vector<DemandOfResource> list;
  for (const engine::ResourceDemand& demand : input.analyses.of<ResourceDemandOf>()) {
    const Resource* resource = input.project.find(Ref<Resource>{plan.resources[static_cast<std::size_t>(demand.resource)].id});
    if (!resource || demand.demand.empty()) continue;
    const auto days = engine::resource_load(demand.demand, demand.offer, engine::LoadStep::day);
    DemandOfResource one{resource, &demand, {}, engine::total_load(days)};
    std::map<Day, std::vector<LoadPeriod>> by_month;
    for (const LoadPeriod& day : days) by_month[month_of(day.first)].push_back(day);
    for (const auto& [month, of] : by_month) one.months[month] = engine::total_load(of);
    list.push_back(std::move(one));
  }
  return list;
}

void add_figures(const ReportInput& input, Report& report, const std::vector<DemandOfResource>& list, const std::vector<engine::WorkUse>& uses) {
  WorkMinutes planned, used;
  for (const auto& use : uses) planned += use.planned, used += use.actual + use.overtime;
  const auto overloaded = std::ranges::count_if(list, [](const DemandOfResource& one) { return one.all.overload.value > 0; });
  const auto open = std::ranges::count_if(input.project.all<ResourceRequest>(), [](const ResourceRequest& one) { return one.status == RequestStatus::requested; });
  report.facts({fact(input, "report.resources.used"_key, std::to_string(uses.size())), fact(input, "resource_use.planned"_key, hours_text(planned)),
                fact(input, "resource_use.actual"_key, hours_text(used)),
                fact(input, "resource_load.overloaded"_key, std::to_string(overloaded), overloaded > 0 ? Tone::bad : Tone::good,
                     std::string(overloaded > 0 ? "" : input.text("resource_load.none_overloaded"_key))),
                fact(input, "report.resources.open_requests"_key, std::to_string(open), open > 0 ? Tone::caution : Tone::neutral)});
}

// Resources by months: the share of what they offer that is asked for.
void add_load(const ReportInput& input, Report& report, const std::vector<DemandOfResource>& list) {
  report.heading(input.text("report.resources.by_month"_key));
  if (list.empty()) return report.paragraph(input.text("resource_load.no_work"_key));
  Day first = list.front().months.begin()->first, last = first;
  for (const auto& one : list) {
    first = std::min(first, one.months.begin()->first);
    last = std::max(last, one.months.rbegin()->first);
  }
  constexpr int most = 24, before_status = 6;  // columns that can still be read
  if (months_later(first, most) <= last) {
    first = std::max(first, std::min(months_later(month_of(input.status()), -before_status), months_later(last, 1 - most)));
    last = std::min(last, months_later(first, most - 1));
  }
  HeatMap map{.title = std::string(input.text("report.resources.by_month"_key))};
  std::vector<Day> months;
  for (Day month = first; month <= last; month = months_later(month, 1)) {
    months.push_back(month);
    const auto date = civil(month);
    map.columns.push_back(date.month == 1 || months.size() == 1 ? format_month(month, input.language) : std::string(month_name(date.month, input.language)));
  }
  for (const auto& one : list) {
    map.rows.push_back(one.resource->name);
    for (const Day month : months) {
      HeatCell& cell = map.cells.emplace_back();
      const auto at = one.months.find(month);
      if (at == one.months.end()) continue;
      const double used = at->second.utilisation().value_or(at->second.load.value > 0 ? 2 : 0);
      const bool over = at->second.overload.value > 0;  // also where the month as a whole has room
      cell.value = over ? std::max(1.1, used) : std::min(1.0, used);
      if (used > 0) cell.text = (over ? "▲" : "") + std::format("{:.0f}%", used * 100);
    }
  }
  const float height = 22 + static_cast<float>(map.rows.size()) * 22;
  report.svg(write_svg(map, {.size = {980, height}, .locale = locale_of(input)}), input.text("report.resources.by_month.about"_key));
}

void add_conflicts(const ReportInput& input, Report& report, const std::vector<DemandOfResource>& list) {
  constexpr std::size_t most = 60;
  const Outline& outline = input.analyses.of<OutlineOf>();
  report.heading(input.text("resource_load.conflicts"_key));
  ReportTable table{.columns = {column(input, "resource_load.resource"_key), column(input, "resource_load.from"_key), column(input, "resource_load.until"_key),
                                column(input, "resource_load.units"_key, true), column(input, "resource_load.tasks"_key)},
                    .rows = {}, .empty = std::string(input.text("resource_load.none_overloaded"_key))};
  std::size_t left_out = 0;
  for (const auto& one : list)
    for (const auto& conflict : one.demand->conflicts) {
      if (table.rows.size() == most) {
        ++left_out;
        continue;
      }
      std::string tasks;
      for (const auto task : conflict.tasks) tasks += (tasks.empty() ? "" : "\n") + outline[static_cast<std::size_t>(task)].task->name;
      table.rows.push_back({{one.resource->name}, {format_minute(conflict.start, input.language)}, {format_minute(conflict.finish, input.language)},
                            {format_percent(conflict.demanded) + " / " + format_percent(conflict.offered), Tone::bad}, {tasks}});
    }
  report.table(table);
  if (left_out > 0) report.paragraph(input.text("report.more"_key, {std::to_string(left_out)}));
}

void add_use_chart(const ReportInput& input, Report& report, const std::vector<engine::WorkUse>& uses) {
  Chart chart{.title = std::string(input.text("report.resources.use_chart"_key)), .x = {.low = 0, .high = static_cast<double>(uses.size())},
              .y = {.title = std::string(input.text("resource_load.hours"_key))}};
  ChartSeries planned{.name = std::string(input.text("resource_use.planned_then"_key)), .kind = SeriesKind::bars, .bar_width = 0.38};
  ChartSeries actual{.name = std::string(input.text("report.resources.with_overtime"_key)), .kind = SeriesKind::bars, .paint = {.series = 1}, .bar_width = 0.38};
  const auto hours = [](WorkMinutes work) { return static_cast<double>(work.value) / 60; };
  for (const auto& use : uses) {
    const double place = static_cast<double>(chart.x.names.size());
    chart.x.names.push_back(input.project.find(Ref<Resource>{use.resource})->name);
    planned.points.push_back({place + 0.1, hours(use.planned_then)});
    actual.points.push_back({place + 0.5, hours(use.actual + use.overtime)});
  }
  chart.series = {std::move(planned), std::move(actual)};
  report.svg(write_svg(chart, {.size = {980, 280}, .locale = locale_of(input)}), chart.title);
}

void add_use(const ReportInput& input, Report& report, const std::vector<engine::WorkUse>& uses) {
  report.heading(input.text("resource_use.work"_key));
  report.paragraph(input.text("resource_use.about"_key));
  ReportTable table{.columns = {{std::string(input.text(register_of<Resource>().one_key()))}}, .rows = {}, .empty = std::string(input.text("resource_use.no_timesheets"_key))};
  for (const Key key : {"resource_use.planned"_key, "resource_use.planned_then"_key, "resource_use.actual"_key, "resource_use.overtime"_key,
                        "resource_use.unapproved"_key, "resource_use.ratio"_key})
    table.columns.push_back(column(input, key, true));
  for (const auto& use : uses) {
    const bool booked = (use.actual + use.overtime).value > 0;
    const auto ratio = booked ? use.ratio() : std::nullopt;
    table.rows.push_back({{input.project.find(Ref<Resource>{use.resource})->name}, {hours_text(use.planned)}, {hours_text(use.planned_then)}, {hours_text(use.actual)},
                          {hours_text(use.overtime)}, {hours_text(use.unapproved)},
                          {share_text(input, ratio), ratio ? use_tone(*ratio) : Tone::neutral}});
  }
  report.table(table);
  constexpr std::size_t most = 24;  // places that can still be read
  if (!uses.empty() && uses.size() <= most) add_use_chart(input, report, uses);
}

void add_material(const ReportInput& input, Report& report) {
  report.heading(input.text("resource_use.material"_key));
  ReportTable table{.columns = {{std::string(input.text(register_of<Resource>().one_key()))}}, .rows = {}, .empty = std::string(input.text("report.resources.no_material"_key))};
  for (const Key key : {"resource_use.planned"_key, "resource_use.received"_key, "resource_use.issued"_key, "resource_use.stock"_key}) table.columns.push_back(column(input, key, true));
  table.columns.push_back(column(input, "resource_use.reorder"_key));
  for (const auto& use : engine::material_use(input.project)) {
    const Resource& resource = *input.project.find(Ref<Resource>{use.resource});
    const auto quantity = [&](double value) { return format_number({std::llround(value * static_cast<double>(number_scale))}) + (resource.unit.empty() ? "" : " " + resource.unit); };
    ReportCell order(std::string(input.text(use.reorder_point ? "resource_use.enough"_key : "resource_use.no_rule"_key)), use.reorder_point ? Tone::good : Tone::neutral);
    if (use.to_order()) order = ReportCell(input.text("resource_use.order"_key, {quantity(use.reorder_quantity.value_or(0))}), Tone::bad);
    table.rows.push_back({{resource.name}, {quantity(use.planned)}, {quantity(use.received)}, {quantity(use.issued)},
                          {quantity(use.stock), use.stock < 0 ? Tone::bad : Tone::neutral}, std::move(order)});
  }
  report.table(table);
}

}  // namespace

Report resource_report(const ReportInput& input) {
  auto head = head_of(input, std::string(input.text("report.resources"_key)));
  head.wide = true;
  Report report(std::move(head));
  const auto list = demands(input);
  const auto uses = engine::work_use(input.project, input.analyses.of<ScheduleOf>().plan);
  add_figures(input, report, list, uses);
  add_register<Resource>(report, input, {"name", "kind", "role", "group", "organisation", "maximum_units", "calendar", "available_from", "available_to"},
                         [](const Resource& resource) { return resource.status == EntryStatus::in_use; });
  add_load(input, report, list);
  add_conflicts(input, report, list);
  add_use(input, report, uses);
  add_material(input, report);
  add_register<ResourceRequest>(report, input, {"title", "status", "task", "resource", "role", "units", "start", "finish", "owner"});
  add_register<Absence>(report, input, {"title", "resource", "kind", "status", "first", "last", "substitute"}, [&](const Absence& absence) { return !absence.last || *absence.last >= input.status(); });
  add_register<EquipmentHire>(report, input, {"title", "resource", "status", "vendor", "start", "finish"});
  add_register<Maintenance>(report, input, {"title", "resource", "status", "due", "done_on", "owner"});
  add_register<ResourceMeasure>(report, input, {"title", "status", "resource", "finding", "expected_effect", "actual_effect", "owner", "due"});
  return report;
}

}  // namespace pmo::desks
