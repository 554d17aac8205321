#include "app/ui/control_analyses.h"

#include "app/engine/control/exchange.h"
#include "app/model/records/budget.h"
#include "app/model/records/cost.h"
#include "app/model/records/earned_value.h"
#include "app/model/records/resource_use.h"
#include "app/model/records/training.h"
#include "app/ui/table/cell_text.h"

namespace pmo::ui {

CostsOf::Result CostsOf::compute(const Project& project, Analyses& analyses) {
  const auto& [plan, schedule] = analyses.of<ScheduleOf>();
  return engine::costs_of(project, plan, schedule);
}

ResourceDemandOf::Result ResourceDemandOf::compute(const Project&, Analyses& analyses) {
  const auto& [plan, schedule] = analyses.of<ScheduleOf>();
  return engine::resource_demand(plan, schedule);
}

std::vector<const RegisterInfo*> ResourceLimitsOf::reads() {
  return {&register_of<Resource>(), &register_of<Maintenance>(), &register_of<EquipmentHire>(), &register_of<TrainingNeed>(), &register_of<CompetencyNeed>(),
          &register_of<CompetencyAssessment>(), &register_of<RoleHolder>(), &register_of<Person>()};
}

ResourceLimitsOf::Result ResourceLimitsOf::compute(const Project& project, Analyses& analyses) {
  return engine::resource_limits(project, engine::status_day(project, analyses.today()));
}

std::vector<const RegisterInfo*> EarnedValueOf::reads() {
  auto list = ScheduleOf::reads();
  for (const RegisterInfo* info : {&register_of<Baseline>(), &register_of<BaselineTask>(), &register_of<CostAccount>(), &register_of<CostEntry>(),
                                 &register_of<TaskStep>(), &register_of<EstimateToComplete>(),
                                 &register_of<BudgetVersion>(), &register_of<BudgetEntry>(), &register_of<Contract>(), &register_of<Invoice>(), &register_of<ExchangeRate>()})
    list.push_back(info);
  return list;
}

EarnedValueOf::Result EarnedValueOf::compute(const Project& project, Analyses& analyses) {
  const auto& [plan, schedule] = analyses.of<ScheduleOf>();
  const auto* baseline = engine::reference_baseline(project);
  return engine::earned_value_of(project, analyses.of<OutlineOf>(), plan, schedule,
                                 {engine::status_day(project, analyses.today()), {baseline ? baseline->id : Id{}}});
}

std::vector<const RegisterInfo*> FinancesOf::reads() {
  auto list = EarnedValueOf::reads();
  for (const RegisterInfo* info : {&register_of<BudgetReview>(), &register_of<Funding>(), &register_of<Payment>(), &register_of<ReserveDraw>()})
    list.push_back(info);
  return list;
}

FinancesOf::Result FinancesOf::compute(const Project& project, Analyses& analyses) {
  const auto& value = analyses.of<EarnedValueOf>();
  const auto& [plan, schedule] = analyses.of<ScheduleOf>();
  Result result{.accounts = engine::account_finances(project, value), .sum = {},
                .cash = engine::cash_flow(project, analyses.of<OutlineOf>(), plan, schedule, value.date, engine::forecast_at_completion(project, value)),
                .ratios = engine::key_ratios(project, value)};
  result.sum = engine::sum_of(result.accounts);
  for (const auto& [info, id, currency] : engine::sums_without_rate(project, value.date))
    result.without_rate += (result.without_rate.empty() ? "" : ", ") + record_title(project, *info, *project.table(*info).find(id)) + " (" + currency + ")";
  return result;
}

AccountMonthsOf::Result AccountMonthsOf::compute(const Project& project, Analyses& analyses) {
  const auto& [plan, schedule] = analyses.of<ScheduleOf>();
  const Outline& outline = analyses.of<OutlineOf>();
  const auto& value = analyses.of<EarnedValueOf>();
  return engine::account_months(project, outline, plan, schedule, value, analyses.of<FinancesOf>().accounts);
}

std::string about_baseline(const Context& context, const Baseline& baseline) {
  const auto& status = field_of<Baseline>(&Baseline::status);
  std::string about = format_day(baseline.taken.day(), context.language) + " · " + std::string(context.text(status.choice_key(enum_name(baseline.status))));
  const auto* reference = engine::reference_baseline(context.project);
  if (reference && reference->id == baseline.id) about += " · " + std::string(context.text(field_of<ProjectSettings>(&ProjectSettings::reference_baseline).label_key()));
  return about;
}

ChartLocale chart_locale(const Context& context) { return {context.language, scales_of(context.project)}; }

Chart earned_value_chart(const Context& context, const engine::ProjectEarnedValue& value) {
  const auto title = [&](Key key) { return std::string(context.text(key)); };
  Chart chart{.title = title("earned_value.curve"_key), .x = {.kind = AxisKind::date}, .y = {.kind = AxisKind::money},
              .empty = title("earned_value.no_curve"_key)};
  if (value.total.budget_at_completion == 0 && value.total.actual_cost == 0) return chart;
  ChartSeries planned{.name = title("earned_value.pv"_key), .kind = SeriesKind::area, .paint = {0}};
  ChartSeries earned{.name = title("earned_value.ev"_key), .paint = {2}};
  ChartSeries actual{.name = title("earned_value.ac"_key), .paint = {1}};
  const int step = value.days.size() > 900 ? 7 : 1;  // enough for the width of a screen
  for (std::size_t i = 0; i < value.days.size(); ++i) {
    const auto& point = value.days[i];
    if (i % static_cast<std::size_t>(step) && point.day != value.date && i + 1 != value.days.size()) continue;
    const double x = point.day.value + 1;  // values are those at the end of the day
    if (point.day <= value.planned_finish) planned.points.push_back({x, point.planned_value});
    if (point.earned_value) earned.points.push_back({x, *point.earned_value});
    if (point.actual_cost) actual.points.push_back({x, *point.actual_cost});
  }
  chart.series = {std::move(planned), std::move(earned), std::move(actual)};
  const auto figures = engine::earned_value(value.total);
  const double now = value.date.value + 1;
  if (figures.estimate_typical && value.forecast_finish && *value.forecast_finish > value.date)
    chart.series.push_back({.name = title("earned_value.forecast"_key), .paint = {1},
                            .points = {{now, value.total.actual_cost}, {value.forecast_finish->value + 1.0, *figures.estimate_typical}}, .dashed = true});
  chart.marks.push_back({.at = now, .label = title("earned_value.status_date"_key), .paint = {.tone = Tone::accent}});
  chart.marks.push_back({.at = value.total.budget_at_completion, .label = title("earned_value.bac"_key), .paint = {7}, .horizontal = true});
  const auto money = [&](double amount) { return format_money_short({std::llround(amount)}, scales_of(context.project), context.language); };
  chart.summary = context.text("earned_value.summary"_key, {money(value.total.planned_value), money(value.total.earned_value),
                                                            money(value.total.actual_cost), money(value.total.budget_at_completion)});
  return chart;
}

}  // namespace pmo::ui
