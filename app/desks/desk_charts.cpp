#include "app/desks/desk_charts.h"

#include <algorithm>
#include <map>
#include <set>

#include "app/desks/quality/quality_charts.h"
#include "app/desks/resources/resource_weeks.h"
#include "app/desks/risk/risk_matrix.h"
#include "app/engine/procurement/purchasing.h"
#include "app/engine/resources/competency_gaps.h"
#include "app/model/months.h"
#include "app/model/own_choices.h"
#include "app/model/records/change_request.h"
#include "app/model/records/communication.h"
#include "app/model/records/document.h"
#include "app/model/sort_stably.h"
#include "app/ui/charts/draw_chart.h"
#include "app/ui/control_analyses.h"
#include "app/ui/icons.h"
#include "app/ui/platform.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::desks {
namespace {

using namespace ui;

std::string said(const Context& context, Key key) { return std::string(context.text(key)); }

// At a glance there is no room for the titles of axes: the chart's own says what it is about.
void without_axis_titles(Chart& chart) {
  chart.x.title.clear();
  chart.y.title.clear();
}
void without_axis_titles(const HeatMap&) {}
void without_axis_titles(const Tornado&) {}

DeskChart small(std::monostate) { return {}; }
template <class Description>
DeskChart small(Description description) {
  without_axis_titles(description);
  DeskChart chart{.title = description.title, .summary = description.summary};
  chart.picture = [description = std::move(description)](const PictureOptions& options) { return picture_of(description, options); };
  return chart;
}

bool draw_full(const Context&, std::monostate, float) { return false; }
bool draw_full(const Context& context, const auto& chart, float height) {
  (void)draw_chart("desk_chart.full", chart, {.height = height, .locale = chart_locale(context)});
  return true;
}

std::string title_of(std::monostate) { return {}; }
std::string title_of(const auto& chart) { return chart.title; }

// ---- months

int number_of_month(Day day) {
  const auto date = civil(day);
  return date.year * 12 + date.month - 1;
}

// The months between two days, as places with names; of more than a year those around today.
struct Months {
  static constexpr int most = 12;
  int first = 0, count = 0;

  Months(Day earliest, Day latest, Day today) {
    const int from = number_of_month(earliest), to = number_of_month(latest);
    first = std::max(from, std::min(to - most + 1, number_of_month(today) - most / 2 + 1));
    count = std::min(to - first + 1, most);
  }
  std::optional<std::size_t> place(Day day) const {
    const int at = number_of_month(day) - first;
    return at >= 0 && at < count ? std::optional(static_cast<std::size_t>(at)) : std::nullopt;
  }
  Chart chart(std::string title, AxisKind amounts, Language language) const {
    Chart made{.title = std::move(title), .x = {.kind = AxisKind::count, .low = 0, .high = static_cast<double>(count)}, .y = {.kind = amounts}};
    for (int month = first; month < first + count; ++month) made.x.names.emplace_back(month_name(month % 12 + 1, language));
    return made;
  }
};

constexpr double left_bar = 0.1, right_bar = 0.5, half_width = 0.4, whole_width = 0.8;

ChartSeries bars(std::string name, Paint paint, double width, bool stacked = false) {
  return {.name = std::move(name), .kind = SeriesKind::bars, .paint = paint, .bar_width = width, .stacked = stacked};
}

// ---- time, cost, resources

FullChart value_curve(Context& context) {
  Chart chart = earned_value_chart(context, context.analyses.of<EarnedValueOf>());
  return chart.series.empty() ? FullChart{} : FullChart(std::move(chart));
}

// Week by week up to the status date. While hardly anything was planned or spent an index says nothing.
FullChart indices(Context& context) {
  constexpr double telling = 0.01;  // of the budget
  const auto& value = context.analyses.of<EarnedValueOf>();
  const double budget = value.total.budget_at_completion;
  Chart chart{.title = said(context, "desk_chart.indices"_key), .x = {.kind = AxisKind::date}};
  ChartSeries time{.name = said(context, "earned_value.spi"_key)}, cost{.name = said(context, "earned_value.cpi"_key), .paint = {1}};
  double low = 1, high = 1;
  const auto add = [&](ChartSeries& series, Day day, std::optional<double> index) {
    if (!index) return;
    series.points.push_back({day.value + 1.0, *index});  // values are those at the end of the day
    low = std::min(low, *index), high = std::max(high, *index);
  };
  for (const auto& point : value.days) {
    if (!point.earned_value || !point.actual_cost || (value.date - point.day) % 7 != 0) continue;
    const auto figures = engine::earned_value({point.planned_value, *point.earned_value, *point.actual_cost, budget});
    if (point.planned_value > budget * telling) add(time, point.day, figures.schedule_performance_index);
    if (*point.actual_cost > budget * telling) add(cost, point.day, figures.cost_performance_index);
  }
  if (time.points.size() < 2 && cost.points.size() < 2) return {};
  constexpr double margin = 0.05;
  chart.y.low = std::max(0.0, low - margin), chart.y.high = high + margin;
  chart.series = {std::move(time), std::move(cost)};
  chart.marks.push_back({.at = 1, .paint = {7}, .horizontal = true});
  return std::move(chart);
}

FullChart money_by_month(Context& context) {
  const auto& all = context.analyses.of<AccountMonthsOf>();
  if (all.months.empty()) return {};
  const Months months(all.months.front(), all.months.back(), all.months[all.current]);
  ChartSeries plan = bars(said(context, "budget.months.plan"_key), {0}, half_width), actual = bars(said(context, "budget.column.actual"_key), {1}, half_width, true),
              to_go = bars(said(context, "budget.cash.to_go"_key), {4}, half_width, true);
  bool any = false;
  for (std::size_t i = 0; i < all.months.size() && i < all.total.months.size(); ++i) {
    const auto place = months.place(all.months[i]);
    const engine::MonthFigures& of = all.total.months[i];
    if (!place) continue;
    any |= of.plan != 0 || of.actual != 0 || of.forecast != 0;
    const auto at = static_cast<double>(*place);
    plan.points.push_back({at + left_bar, of.plan});
    actual.points.push_back({at + right_bar, of.actual});
    to_go.points.push_back({at + right_bar, std::max(0.0, of.forecast - of.actual)});
  }
  if (!any) return {};
  Chart chart = months.chart(said(context, "desk_chart.money"_key), AxisKind::money, context.language);
  chart.series = {std::move(plan), std::move(actual), std::move(to_go)};
  return std::move(chart);
}

FullChart load_to_come(Context& context) {
  constexpr int weeks = 12;
  const Day first = week_start(context.today), after = first + 7 * weeks;
  std::vector<engine::LoadPeriod> periods;
  for (const auto& row : context.analyses.of<ResourceWeeksOf>().rows)
    std::ranges::copy_if(row, std::back_inserter(periods), [&](const engine::LoadPeriod& period) { return first <= period.first && period.first < after; });
  if (engine::total_load(periods).load.value == 0) return {};
  return FullChart(load_chart(context, said(context, "desk_chart.load"_key), engine::joined_load(std::move(periods)), 7));
}

// ---- risk and quality

FullChart open_risks(Context& context) {
  std::vector<const Risk*> open;
  for (const Risk& risk : context.project.all<Risk>()) {
    const RiskPosition place = risk_position(risk, false);
    if (is_open(register_of<Risk>(), risk) && place.probability > 0 && place.impact > 0) open.push_back(&risk);
  }
  return open.empty() ? FullChart{} : FullChart(risk_matrix(context.project, open, false, context.language));
}

// The first characteristic that is out of control, otherwise the first of all; without any the defects.
FullChart process(Context& context) {
  std::optional<Chart> chosen;
  for (const QualityPlanItem& item : context.project.all<QualityPlanItem>()) {
    const auto found = engine::control_chart_of(context.project, item);
    if (found.missing != engine::NoChart::none || (chosen && found.signals.empty())) continue;
    chosen = location_chart(item, found, context.language);
    if (!found.signals.empty()) break;
  }
  if (chosen) return std::move(*chosen);
  const auto rows = defects_by_type(context.project, context.language);
  return rows.empty() ? FullChart{} : FullChart(pareto_chart(said(context, "quality.defects"_key), rows, context.language));
}

// ---- what is due

// What is late, then what this week and each of the next asks for. A record counts once, for however many persons.
FullChart due_by_week(Context& context, Key title, bool (*fits)(const WorkItem&)) {
  constexpr int weeks = 6;
  const Day first = week_start(context.today);
  double late = 0, due[weeks] = {};
  std::set<Id> seen;
  for (const WorkItem& item : context.analyses.of<WorkListOf>()) {
    if (!item.due || !fits(item) || !comes_up(item, context.today) || !seen.insert(item.record).second) continue;
    if (*item.due < context.today) ++late;
    else if (*item.due < first + 7 * weeks) ++due[(*item.due - first) / 7];
  }
  Chart chart{.title = said(context, title), .x = {.kind = AxisKind::count, .low = 0, .high = weeks + 1, .names = {said(context, "inbox.late"_key)}}, .y = {.kind = AxisKind::count}};
  ChartSeries too_late = bars(said(context, "inbox.late"_key), {.tone = Tone::bad}, whole_width), to_come = bars(said(context, "desk_chart.due"_key), {0}, whole_width);
  too_late.points.push_back({left_bar, late});
  double sum = late;
  for (int week = 0; week < weeks; ++week) {
    chart.x.names.push_back(format_day(first + 7 * week, context.language, DayStyle::brief));
    to_come.points.push_back({week + 1 + left_bar, due[week]});
    sum += due[week];
  }
  chart.series = {std::move(too_late), std::move(to_come)};
  return sum > 0 ? FullChart(std::move(chart)) : FullChart{};
}

FullChart work_due(Context& context) {
  return due_by_week(context, "desk_chart.due_by_week"_key, [](const WorkItem&) { return true; });
}
FullChart communications_due(Context& context) {
  return due_by_week(context, "desk_chart.communications"_key, [](const WorkItem& item) { return item.info == &register_of<Communication>(); });
}

// ---- purchases, changes

FullChart deliveries(Context& context) {
  const auto& [plan, schedule] = context.analyses.of<ScheduleOf>();
  auto outlook = engine::delivery_outlook(context.project, plan, schedule);
  std::erase_if(outlook, [](const engine::DeliveryOutlook& one) { return !one.arrives; });
  if (outlook.empty()) return {};
  const auto [earliest, latest] = std::ranges::minmax(outlook, {}, [](const engine::DeliveryOutlook& one) { return *one.arrives; });
  const Months months(*earliest.arrives, *latest.arrives, context.today);
  std::vector<double> in_time(static_cast<std::size_t>(months.count)), late(in_time.size());
  for (const engine::DeliveryOutlook& one : outlook)
    if (const auto place = months.place(*one.arrives)) ++(one.days_late.value_or(0) > 0 ? late : in_time)[*place];
  ChartSeries good = bars(said(context, "desk_chart.in_time"_key), {0}, whole_width, true), bad = bars(said(context, "desk_chart.too_late"_key), {.tone = Tone::bad}, whole_width, true);
  for (std::size_t i = 0; i < in_time.size(); ++i) {
    good.points.push_back({static_cast<double>(i) + left_bar, in_time[i]});
    bad.points.push_back({static_cast<double>(i) + left_bar, late[i]});
  }
  Chart chart = months.chart(said(context, "desk_chart.deliveries"_key), AxisKind::count, context.language);
  chart.series = {std::move(good), std::move(bad)};
  return std::move(chart);
}

// Asked for and not decided at the end of a day. Without a day of decision its status tells: what was withdrawn never waited.
bool waits_after(const ChangeRequest& request, Day day) {
  if (!request.requested_on || *request.requested_on > day) return false;
  return request.decided_on ? *request.decided_on > day : is_open(register_of<ChangeRequest>(), request);
}

FullChart changes_by_month(Context& context) {
  std::optional<Day> earliest;
  for (const ChangeRequest& one : context.project.all<ChangeRequest>())
    if (one.requested_on) earliest = std::min(earliest.value_or(*one.requested_on), *one.requested_on);
  if (!earliest) return {};
  const Months months(*earliest, std::max(*earliest, context.today), context.today);
  ChartSeries raised = bars(said(context, "desk_chart.raised"_key), {0}, half_width), decided = bars(said(context, "desk_chart.decided"_key), {2}, half_width);
  ChartSeries waiting{.name = said(context, "desk_chart.waiting"_key), .paint = {1}};
  for (int i = 0; i < months.count; ++i) {
    const Day first = Day::of((months.first + i) / 12, (months.first + i) % 12 + 1, 1), last = months_later(first, 1) - 1;
    const auto within = [&](const std::optional<Day>& day) { return day && first <= *day && *day <= last; };
    double asked = 0, settled = 0, left = 0;
    for (const ChangeRequest& one : context.project.all<ChangeRequest>()) {
      asked += within(one.requested_on);
      settled += within(one.decided_on);
      left += waits_after(one, last);
    }
    raised.points.push_back({i + left_bar, asked});
    decided.points.push_back({i + right_bar, settled});
    waiting.points.push_back({i + right_bar, left});
  }
  Chart chart = months.chart(said(context, "desk_chart.changes"_key), AxisKind::count, context.language);
  chart.series = {std::move(raised), std::move(decided), std::move(waiting)};
  return std::move(chart);
}

// ---- documents, training, administration

Tone tone_of(DocumentStatus status) {
  switch (status) {
    case DocumentStatus::approved:
    case DocumentStatus::issued: return Tone::good;
    case DocumentStatus::in_review: return Tone::caution;
    default: return Tone::neutral;
  }
}

FullChart documents_by_status(Context& context) {
  std::map<DocumentStatus, int> counts;
  for (const Document& document : context.project.all<Document>()) ++counts[document.status];
  Tornado chart{.title = said(context, "desk_chart.documents"_key), .axis = {.kind = AxisKind::count}};
  const FieldInfo& field = field_of<Document>(&Document::status);
  for (const auto& [status, count] : counts)
    chart.bars.push_back({choice_label(context.project, field, enum_name(status), context.language), 0, static_cast<double>(count), format_integer(count), {.tone = tone_of(status)}});
  return chart.bars.empty() ? FullChart{} : FullChart(std::move(chart));
}

// Of those whose roles ask for a competency, how many have it; the scarcest first.
FullChart competencies(Context& context) {
  struct Coverage {
    Id competency;
    int held = 0, needed = 0;
    bool mandatory = false;
    double share() const { return static_cast<double>(held) / needed; }
  };
  constexpr std::size_t most = 6;
  std::vector<Coverage> all;
  for (const engine::CompetencyGap& one : engine::competency_gaps(context.project, context.today)) {
    if (!one.required) continue;
    auto found = std::ranges::find(all, one.competency, &Coverage::competency);
    if (found == all.end()) found = all.insert(found, {one.competency});
    const bool holds = one.assessed.value_or(0) >= *one.required;
    found->needed += 1, found->held += holds, found->mandatory |= one.mandatory && !holds;
  }
  sort_stably(all, {}, &Coverage::share);
  if (all.size() > most) all.resize(most);
  Tornado chart{.title = said(context, "desk_chart.competencies"_key), .axis = {.kind = AxisKind::percent, .low = 0, .high = 1}};
  for (const Coverage& one : all) {
    const Competency* competency = context.project.find(Ref<Competency>{one.competency});
    const Tone tone = one.held == one.needed ? Tone::good : one.mandatory ? Tone::bad : Tone::caution;
    chart.bars.push_back({competency ? competency->name : std::string("–"), 0, one.share(), format_integer(one.held) + " / " + format_integer(one.needed), {.tone = tone}});
  }
  return chart.bars.empty() ? FullChart{} : FullChart(std::move(chart));
}

// By the clock of this place, as records' stamps say it. What came with the file or the sample is no change of anybody's.
FullChart records_by_day(Context& context) {
  constexpr int days = 14;
  const std::int64_t ahead = context.platform.local_now().value - static_cast<std::int64_t>(context.platform.utc_milliseconds() / 60'000);
  const auto day_of = [&](const Stamp& stamp) { return Minute{static_cast<std::int64_t>(stamp.milliseconds() / 60'000) + ahead}.day(); };
  const auto& settings = context.project.all<ProjectSettings>();
  const Stamp begun = settings.empty() ? Stamp{} : settings.at(0).created;
  double created[days] = {}, edited[days] = {}, sum = 0;
  for (const RegisterInfo* info : context.project.schema().registers()) {
    if (info->prefix.empty()) continue;  // parts of records and what nobody keeps by hand
    for (const Record* record : context.project.table(*info).records()) {
      const Stamp last = record->last_written();
      const int at = days - 1 - (context.today - day_of(last));
      if (last == begun || at < 0 || at >= days) continue;
      ++(record->created == last ? created : edited)[at];
      ++sum;
    }
  }
  if (sum == 0) return {};
  const double first = context.today.value - days + 1;
  Chart chart{.title = said(context, "desk_chart.records_by_day"_key), .x = {.kind = AxisKind::date, .low = first, .high = first + days}, .y = {.kind = AxisKind::count}};
  chart.series = {bars(said(context, "desk_chart.created"_key), {0}, whole_width, true), bars(said(context, "desk_chart.edited"_key), {1}, whole_width, true)};
  for (int i = 0; i < days; ++i) {
    chart.series[0].points.push_back({first + i + left_bar, created[i]});
    chart.series[1].points.push_back({first + i + left_bar, edited[i]});
  }
  return std::move(chart);
}

struct ChartOfDesk {
  Desk desk;
  std::string_view page;
  FullChart (*make)(Context&);
};

constexpr ChartOfDesk charts[] = {
    {Desk::manager, "earned_value", value_curve},
    {Desk::coordinator, "chasing", work_due},
    {Desk::controller, "earned_value", indices},
    {Desk::risk, "risks", open_risks},
    {Desk::quality, "quality_analysis", process},
    {Desk::finance, "budget_overview", money_by_month},
    {Desk::resources, "resource_load", load_to_come},
    {Desk::communications, "stakeholder_map", communications_due},
    {Desk::procurement, "supply_outlook", deliveries},
    {Desk::change, "change_effects", changes_by_month},
    {Desk::documents, "documents", documents_by_status},
    {Desk::training, "competency_gaps", competencies},
    {Desk::administrator, "recent_changes", records_by_day},
};

const ChartOfDesk* of_desk(Desk desk) {
  const auto one = std::ranges::find(charts, desk, &ChartOfDesk::desk);
  return one == std::end(charts) ? nullptr : one;
}

}  // namespace

DeskChart chart_of_desk(Context& context, Desk desk) {
  const ChartOfDesk* one = of_desk(desk);
  if (!one) return {};
  DeskChart chart = std::visit([](auto full) { return small(std::move(full)); }, one->make(context));
  chart.page = one->page;
  return chart;
}

const FullChart& FullDeskChart::chart(Context& context) {
  const LookedAt now = LookedAt::now(context);
  if (made_of_ == now) return chart_;
  const ChartOfDesk* one = of_desk(desk_);
  chart_ = one ? one->make(context) : FullChart{};
  made_of_ = now;
  return chart_;
}

bool FullDeskChart::draw(Context& context, float height) {
  return std::visit([&](const auto& full) { return draw_full(context, full, height); }, chart(context));
}

void FullDeskChart::draw_card(Context& context) {
  constexpr float height = 220;
  const std::string title = std::visit([](const auto& full) { return title_of(full); }, chart(context));
  if (std::holds_alternative<std::monostate>(chart_)) return;
  if (Card card("desk_chart.card", {.title = title, .icon = icon::chart_bar}); card) (void)draw(context, height);
  gap(1);
}

}  // namespace pmo::desks
