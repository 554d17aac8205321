// The status report: are we on time and on budget, what happened, what comes, what stands in the way.
#include <algorithm>
#include <cmath>
#include <format>

#include "app/desks/coordinator/status_reporting.h"
#include "app/desks/reports/reports.h"
#include "app/engine/control/index_limits.h"
#include "app/engine/control/status_assessment.h"
#include "app/engine/risk/risk.h"
#include "app/model/describe_record.h"
#include "app/model/open_work.h"
#include "app/model/records/cost.h"
#include "app/model/records/issue.h"
#include "app/model/sort_stably.h"
#include "app/ui/charts/svg.h"
#include "app/ui/control_analyses.h"
#include "app/ui/plan_analyses.h"
#include "app/ui/table/cell_text.h"
#include "app/ui/work_list.h"

namespace pmo::desks {
namespace {

using namespace ui;

// The plan with its baseline, as far as there is one.
class PlanView {
 public:
  explicit PlanView(const ReportInput& input)
      : input_(input), outline_(input.analyses.of<OutlineOf>()), schedule_(input.analyses.of<ScheduleOf>().schedule) {
    if (const auto* latest = engine::reference_baseline(input.project)) baseline_ = engine::parts_of(input.project, outline_, {latest->id});
  }

  std::size_t size() const { return outline_.size(); }
  const Task& task(std::size_t row) const { return *outline_[row].task; }
  bool counts(std::size_t row) const { return !outline_[row].summary && task(row).active; }
  bool finished(std::size_t row) const { return task(row).actual_finish || task(row).percent_complete.value >= 1000; }
  // Those that count and fit.
  template <class Fits>
  std::vector<std::size_t> rows(Fits fits) const {
    std::vector<std::size_t> list;
    for (std::size_t row = 0; row < size(); ++row)
      if (counts(row) && fits(row)) list.push_back(row);
    return list;
  }
  Day start(std::size_t row) const { return schedule_.start[row].day(); }
  Day finish(std::size_t row) const { return schedule_.finish[row].day(); }
  const BaselineTask* baseline(std::size_t row) const { return row < baseline_.size() ? baseline_[row] : nullptr; }
  bool has_baseline() const { return !baseline_.empty(); }

  std::optional<Day> project_finish() const { return size() == 0 ? std::nullopt : std::optional(schedule_.project_finish.day()); }
  std::optional<Day> baseline_finish() const {
    std::optional<Day> last;
    for (const auto* part : baseline_)
      if (part) last = std::max(last.value_or(part->finish.day()), part->finish.day());
    return last;
  }
  // Weighted by duration; nothing without durations.
  std::optional<Permille> progress() const {
    std::int64_t whole = 0, done = 0;
    for (std::size_t row = 0; row < size(); ++row) {
      if (!counts(row)) continue;
      whole += task(row).duration.value;
      done += task(row).duration.value * task(row).percent_complete.value / 1000;
    }
    if (whole == 0) return {};
    return Permille{static_cast<std::int32_t>(done * 1000 / whole)};
  }

  // "12 days late"
  ReportCell variance(std::optional<Day> now, std::optional<Day> then) const {
    if (!now || !then) return {};
    const std::int64_t days = *now - *then;
    return {format_lateness(days, input_.language), days > 0 ? Tone::bad : Tone::good};
  }

 private:
  const ReportInput& input_;
  const Outline& outline_;
  const engine::Schedule& schedule_;
  std::vector<const BaselineTask*> baseline_;  // by row; empty without a baseline
};

std::string day_text(const ReportInput& input, std::optional<Day> day) { return day ? format_day(*day, input.language) : std::string(); }

void add_figures(const ReportInput& input, const PlanView& plan, Report& report) {
  std::vector<ReportFact> facts;
  const auto progress = plan.progress();
  facts.push_back({std::string(input.text("report.progress"_key)), progress ? format_percent(*progress) : "–"});
  const auto slip = plan.variance(plan.project_finish(), plan.baseline_finish());
  facts.push_back({std::string(input.text("report.finish"_key)), plan.project_finish() ? day_text(input, plan.project_finish()) : "–", slip.tone, slip.text});
  const auto& value = input.analyses.of<EarnedValueOf>();
  const Money actual{std::llround(value.total.actual_cost)};
  const Money budget{std::llround(input.analyses.of<FinancesOf>().sum.budget)};
  const Scales scales = scales_of(input.project);
  const std::string of_budget = budget.value > 0 ? input.text("report.of_budget"_key, {format_money_short(budget, scales, input.language)}) : std::string();
  facts.push_back({std::string(input.text("report.spent"_key)), format_money_short(actual, scales, input.language), actual > budget && budget.value > 0 ? Tone::bad : Tone::neutral, of_budget});
  const auto count = [](const auto& table, auto fits) { return std::to_string(std::ranges::count_if(table, fits)); };
  facts.push_back({std::string(input.text("report.open_issues"_key)), count(input.project.all<Issue>(), [](const Issue& issue) { return is_open(register_of<Issue>(), issue); })});
  facts.push_back({std::string(input.text("report.high_risks"_key)), count(input.project.all<Risk>(), [&](const Risk& risk) {
                     return is_open(register_of<Risk>(), risk) && engine::risk_level(engine::risk_score(risk), engine::risk_scale_of(input.project)) >= engine::RiskLevel::high;
                   })});
  report.facts(facts);
}

// Planned value, earned value and actual cost up to the status date, and where that leads.
void add_earned_value(const ReportInput& input, Report& report) {
  const auto& value = input.analyses.of<EarnedValueOf>();
  if (value.total.budget_at_completion <= 0) return;
  report.heading(input.text("report.earned_value"_key));
  report.paragraph(input.measured_against());
  const auto figures = engine::earned_value(value.total);
  const Scales scales = scales_of(input.project);
  const auto money = [&](std::optional<double> amount) { return amount ? format_money_short({std::llround(*amount)}, scales, input.language) : std::string("–"); };
  const engine::IndexLimits limits = engine::index_limits_of(input.project);
  const auto index = [&](Key name, std::optional<double> index, const engine::IndexThresholds& of) {
    const auto health = engine::health_of_index(index, of);
    const Tone tone = health == engine::Health::bad ? Tone::bad : health == engine::Health::warning ? Tone::caution : Tone::good;
    const Key note = index && *index >= 1 ? "report.index.good"_key : "report.index.bad"_key;
    return ReportFact{std::string(input.text(name)), index ? std::format("{:.2f}", *index) : "–", tone, index ? std::string(input.text(note)) : ""};
  };
  report.facts({{std::string(input.text("report.planned_value"_key)), money(value.total.planned_value)},
                {std::string(input.text("report.earned"_key)), money(value.total.earned_value)},
                {std::string(input.text("report.spent"_key)), money(value.total.actual_cost)},
                index("report.spi"_key, figures.schedule_performance_index, limits.schedule), index("report.cpi"_key, figures.cost_performance_index, limits.cost),
                {std::string(input.text("report.estimate"_key)), money(figures.estimate_typical), Tone::neutral,
                 input.text("report.of_budget"_key, {money(value.total.budget_at_completion)})}});
  Chart chart{.title = std::string(input.text("report.s_curve"_key)), .x = {.kind = AxisKind::date}, .y = {.kind = AxisKind::money}};
  ChartSeries planned{.name = std::string(input.text("report.planned_value"_key)), .dashed = true};
  ChartSeries earned{.name = std::string(input.text("report.earned"_key)), .paint = {.series = 2}};  // the colours of the page
  ChartSeries actual{.name = std::string(input.text("report.spent"_key)), .paint = {.series = 1}};
  for (const auto& point : value.days) {
    planned.points.push_back({static_cast<double>(point.day.value), point.planned_value});
    if (point.earned_value) earned.points.push_back({static_cast<double>(point.day.value), *point.earned_value});
    if (point.actual_cost) actual.points.push_back({static_cast<double>(point.day.value), *point.actual_cost});
  }
  chart.series = {planned, earned, actual};
  chart.marks.push_back({.at = static_cast<double>(input.status().value), .label = format_day(input.status(), input.language)});
  report.svg(write_svg(chart, {.locale = {input.language, scales}}), input.text("report.s_curve"_key));
}

void add_milestones(const ReportInput& input, const PlanView& plan, Report& report) {
  report.heading(input.text("report.milestones"_key));
  ReportTable table{.empty = std::string(input.text("report.milestones.none"_key))};
  table.columns = {{std::string(input.text(field_of<Task>(&Task::name).label_key()))}};
  if (plan.has_baseline()) table.columns.emplace_back(std::string(input.text("report.baseline"_key)));
  table.columns.emplace_back(std::string(input.text("report.forecast"_key)));
  if (plan.has_baseline()) table.columns.emplace_back(std::string(input.text("report.variance"_key)));
  table.columns.emplace_back(std::string(input.text("report.state"_key)));
  for (std::size_t row = 0; row < plan.size(); ++row) {
    if (!plan.counts(row) || !(plan.task(row).milestone || plan.task(row).duration.value == 0)) continue;
    auto& line = table.rows.emplace_back();
    line.emplace_back(plan.task(row).name);
    const auto* baseline = plan.baseline(row);
    const auto agreed = baseline ? std::optional(baseline->finish.day()) : std::nullopt;
    if (plan.has_baseline()) line.emplace_back(day_text(input, agreed));
    line.emplace_back(day_text(input, plan.finish(row)));
    if (plan.has_baseline()) line.push_back(plan.variance(plan.finish(row), agreed));
    if (plan.finished(row)) line.emplace_back(std::string(input.text("report.reached"_key)), Tone::good);
    else if (plan.finish(row) < input.status()) line.emplace_back(std::string(input.text("report.overdue"_key)), Tone::bad);
    else line.emplace_back(std::string(input.text("report.to_come"_key)));
  }
  report.table(table);
}

void add_tasks(const ReportInput& input, const PlanView& plan, Report& report, Key title, Key empty, std::vector<std::size_t> rows) {
  report.heading(input.text(title));
  ReportTable table{.empty = std::string(input.text(empty))};
  for (const Key key : {"report.task"_key, field_of<Task>(&Task::responsible).label_key(), "report.start"_key, "report.finish"_key})
    table.columns.emplace_back(std::string(input.text(key)));
  table.columns.emplace_back(std::string(input.text(field_of<Task>(&Task::percent_complete).label_key())), true);
  sort_stably(rows, {}, [&](std::size_t row) { return plan.finish(row); });
  for (const auto row : rows) {
    const Task& task = plan.task(row);
    table.rows.push_back({ReportCell(task.name), ReportCell(person_name(input, task.responsible)), ReportCell(day_text(input, plan.start(row))),
                          ReportCell(day_text(input, plan.finish(row))), ReportCell(format_percent(task.percent_complete))});
  }
  report.table(table);
}

std::vector<const Record*> top_risks(const ReportInput& input) {
  constexpr std::size_t most = 10;
  std::vector<const Record*> risks;
  for (const auto& risk : input.project.all<Risk>())
    if (is_open(register_of<Risk>(), risk) && engine::risk_score(risk)) risks.push_back(&risk);
  sort_stably(risks, std::greater{}, [](const Record* record) { return *engine::risk_score(static_cast<const Risk&>(*record)); });
  risks.resize(std::min(most, risks.size()));
  return risks;
}

template <class R>
std::vector<const Record*> open_ones(const ReportInput& input) {
  std::vector<const Record*> records;
  for (const auto& record : input.project.all<R>())
    if (is_open(register_of<R>(), record)) records.push_back(&record);
  return records;
}

}  // namespace

Report status_report(const ReportInput& input) {
  Report report(head_of(input, std::string(input.text("report.status"_key))));
  const PlanView plan(input);
  const Day status = input.status();
  add_figures(input, plan, report);
  if (const auto& settings = input.project.all<ProjectSettings>(); !settings.empty())
    report.details({{std::string(input.text(field_of<ProjectSettings>(&ProjectSettings::manager).label_key())), person_name(input, settings.at(0).manager)},
                    {std::string(input.text(field_of<ProjectSettings>(&ProjectSettings::sponsor).label_key())), person_name(input, settings.at(0).sponsor)}});
  add_earned_value(input, report);
  add_milestones(input, plan, report);
  add_tasks(input, plan, report, "report.late_tasks"_key, "report.late_tasks.none"_key,
            engine::late_tasks(input.analyses.of<OutlineOf>(), input.analyses.of<ScheduleOf>().schedule, status));
  add_tasks(input, plan, report, "report.done_tasks"_key, "report.done_tasks.none"_key, plan.rows([&](std::size_t row) {
    return plan.finished(row) && plan.finish(row) <= status && plan.finish(row) > status + -status_period_days;
  }));
  add_tasks(input, plan, report, "report.next_tasks"_key, "report.next_tasks.none"_key, plan.rows([&](std::size_t row) {
    return !plan.finished(row) && plan.finish(row) >= status && plan.start(row) <= status + status_period_days;
  }));
  report.heading(input.text("report.top_risks"_key));
  report.table(table_of(input, register_of<Risk>(), top_risks(input), {"title", "probability", "impact_time", "impact_cost", "strategy", "owner", "next_review"}, "report.top_risks.none"_key));
  report.heading(input.text("report.issues"_key));
  report.table(table_of(input, register_of<Issue>(), open_ones<Issue>(input), {"title", "status", "priority", "owner", "due"}, "report.issues.none"_key));
  return report;
}

Report look_ahead(const ReportInput& input) {
  Report report(head_of(input, std::string(input.text("report.look_ahead"_key))));
  const PlanView plan(input);
  const Day status = input.status();
  for (int week = 0; week < 6; ++week) {
    const Day from = week_start(status) + 7 * week;
    const auto active = [&](std::size_t row) { return !plan.finished(row) && plan.start(row) <= from + 6 && plan.finish(row) >= from; };
    const std::string title = input.text("report.week"_key, {std::to_string(week_number(from)), format_day(from, input.language, DayStyle::brief), format_day(from + 6, input.language, DayStyle::brief)});
    report.heading(title);
    ReportTable table{.empty = std::string(input.text("report.week.none"_key))};
    for (const Key key : {"report.task"_key, field_of<Task>(&Task::responsible).label_key(), "report.what"_key}) table.columns.emplace_back(std::string(input.text(key)));
    for (std::size_t row = 0; row < plan.size(); ++row) {
      if (!plan.counts(row) || !active(row)) continue;
      const bool starts = plan.start(row) >= from, ends = plan.finish(row) <= from + 6;
      const Key what = starts && ends ? "report.starts_and_ends"_key : starts ? "report.starts"_key : ends ? "report.ends"_key : "report.goes_on"_key;
      const Day day = ends ? plan.finish(row) : plan.start(row);
      table.rows.push_back({ReportCell(plan.task(row).name), ReportCell(person_name(input, plan.task(row).responsible)),
                            ReportCell(input.text(what, {format_day(day, input.language, DayStyle::weekday)}))});
    }
    report.table(table);
  }
  return report;
}

}  // namespace pmo::desks
