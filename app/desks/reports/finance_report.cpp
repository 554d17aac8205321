// A financial report of the register: the figures that its kind asks for, with the analysis that is kept with it.
#include <cmath>
#include <format>

#include "app/desks/reports/as_of.h"
#include "app/engine/control/finance_of_project.h"
#include "app/model/own_choices.h"
#include "app/ui/charts/svg.h"
#include "app/ui/control_analyses.h"
#include "app/ui/table/cell_text.h"

namespace pmo::desks {

using namespace ui;

namespace {

using engine::AccountFinance;
using engine::CashMonth;

std::string money(const ReportInput& input, double amount) { return format_amount({std::llround(amount)}, scales_of(input.project)); }

Tone tone_of(engine::Health health) {
  if (health == engine::Health::good) return Tone::good;
  return health == engine::Health::warning ? Tone::caution : health == engine::Health::bad ? Tone::bad : Tone::neutral;
}

void add_ratios(const ReportInput& input, Report& report) {
  report.heading(input.text("budget.ratios"_key));
  report.paragraph(input.measured_against());
  ReportTable table;
  table.columns = {{std::string(input.text("budget.ratio_name"_key))}, {std::string(input.text("budget.ratio.value"_key)), true}, {std::string(input.text("report.ratio_meaning"_key))}};
  for (const engine::Ratio& ratio : input.analyses.of<FinancesOf>().ratios)
    table.rows.push_back({ReportCell(std::string(input.text(ratio.name))),
                          ReportCell(ratio.value ? std::format("{:.2f}", *ratio.value) : std::string(input.text("analysis.no_value"_key)), tone_of(ratio.health)),
                          ReportCell(std::string(input.text(ratio.note)))});
  report.table(table);
}

void add_accounts(const ReportInput& input, Report& report) {
  report.heading(input.text("report.by_account"_key, {scales_of(input.project).currency}));
  ReportTable table{.empty = std::string(input.text("report.by_account.none"_key))};
  table.columns = {{std::string(input.text(register_of<CostAccount>().one_key()))}};
  for (const Key key : {"budget.column.budget"_key, "budget.column.actual"_key, "budget.column.committed"_key, "budget.column.forecast"_key, "budget.column.variance"_key})
    table.columns.emplace_back(std::string(input.text(key)), true);
  table.columns.emplace_back(std::string(input.text("budget.column.overrun"_key)));
  table.columns.emplace_back(std::string(input.text("report.basis"_key)));
  const FieldInfo& risk = field_of<BudgetReview>(&BudgetReview::overrun_risk);
  const auto& finances = input.analyses.of<FinancesOf>();
  const AccountFinance& all = finances.sum;
  for (const AccountFinance& one : finances.accounts) {
    const CostAccount* kept = input.project.find(Ref<CostAccount>{one.account});
    const CostAccount account = kept ? *kept : CostAccount{.name = std::string(input.text("report.no_account"_key))};
    const Tone overrun = one.overrun == OverrunRisk::none ? Tone::good : one.overrun == OverrunRisk::high ? Tone::bad : Tone::caution;
    table.rows.push_back({ReportCell(account.code + " " + account.name), ReportCell(money(input, one.budget)), ReportCell(money(input, one.actual)), ReportCell(money(input, one.committed)),
                          ReportCell(money(input, one.forecast)), ReportCell(money(input, one.variance()), one.variance() < 0 ? Tone::bad : Tone::neutral),
                          ReportCell(choice_label(input.project, risk, enum_name(one.overrun), input.language), overrun), ReportCell(std::string(input.text(engine::forecast_basis_key(one.basis))))});
  }
  if (!table.rows.empty()) {
    table.rows.push_back({ReportCell(std::string(input.text("report.sum"_key))), ReportCell(money(input, all.budget)), ReportCell(money(input, all.actual)), ReportCell(money(input, all.committed)),
                          ReportCell(money(input, all.forecast)), ReportCell(money(input, all.variance()), all.variance() < 0 ? Tone::bad : Tone::neutral), ReportCell(), ReportCell()});
    for (auto& cell : table.rows.back()) cell.strong = true;
  }
  report.table(table);
}

void add_reserves(const ReportInput& input, Report& report, const engine::ProjectEarnedValue& value) {
  report.heading(input.text("budget.reserves"_key));
  const auto contingency = engine::reserve_of(input.project, ReserveKind::contingency, value), management = engine::reserve_of(input.project, ReserveKind::management, value);
  const auto left = [&](Key name, const engine::ReserveFigures& figures) {
    return ReportFact{std::string(input.text(name)), money(input, figures.reserve - figures.drawn), figures.drawn > figures.reserve ? Tone::bad : Tone::neutral,
                      input.text("budget.of_reserve"_key, {money(input, figures.drawn), money(input, figures.reserve)})};
  };
  report.facts({left("budget.contingency_left"_key, contingency), left("budget.management_left"_key, management),
                {std::string(input.text("budget.ratio.burn"_key)), contingency.burn_index ? std::format("{:.2f}", *contingency.burn_index) : std::string(input.text("analysis.no_value"_key))}});
}

void add_cash(const ReportInput& input, Report& report) {
  report.heading(input.text("budget.cash_flow"_key));
  report.paragraph(input.text("budget.cash_flow.about"_key));
  ReportTable table{.empty = std::string(input.text("budget.no_cash"_key))};
  table.columns = {{std::string(input.text("report.month"_key))}};
  constexpr std::pair<Key, double CashMonth::*> columns[] = {{"budget.cash.in"_key, &CashMonth::inflow}, {"budget.cash.paid"_key, &CashMonth::paid}, {"budget.cash.due"_key, &CashMonth::due},
                                                             {"budget.cash.to_go"_key, &CashMonth::to_go}, {"budget.cash.balance"_key, &CashMonth::balance}};
  for (const auto& [key, member] : columns) table.columns.emplace_back(std::string(input.text(key)), true);
  Chart chart{.title = std::string(input.text("budget.cash.balance"_key)), .x = {.kind = AxisKind::date}, .y = {.kind = AxisKind::money}};
  ChartSeries balance{.name = std::string(input.text("budget.cash.balance"_key))};
  const auto& finances = input.analyses.of<FinancesOf>();
  if (!finances.without_rate.empty()) report.paragraph(input.text("budget.cash.no_rate"_key, {finances.without_rate}));
  for (const CashMonth& month : finances.cash) {
    auto& row = table.rows.emplace_back();
    row.emplace_back(format_month(month.month, input.language));
    for (const auto& [key, member] : columns) row.emplace_back(money(input, month.*member), month.*member < 0 ? Tone::bad : Tone::neutral);
    balance.points.push_back({static_cast<double>(month.month.value), month.balance});
  }
  report.table(table);
  if (balance.points.size() < 2) return;
  chart.series = {std::move(balance)};
  report.svg(write_svg(chart, {.locale = {input.language, scales_of(input.project)}}), input.text("budget.cash.balance"_key));
}

}  // namespace

Report financial_report(const ReportInput& now) {
  const FinancialReport* kept = now.project.all<FinancialReport>().find(now.subject);
  if (!kept) return Report(head_of(now, std::string(now.text("report.finance"_key))));
  const AsOf as_of(now, kept->period_to);
  const ReportInput& input = as_of.input();
  auto head = head_of(now, kept->title);
  head.wide = true;
  if (kept->period_from && kept->period_to)
    head.status = input.text("report.period"_key, {format_day(*kept->period_from, input.language), format_day(*kept->period_to, input.language)});
  Report report(head);
  const auto& value = input.analyses.of<EarnedValueOf>();
  const auto is = [&](FinancialReportKind kind) { return kept->kind == kind || kept->kind == FinancialReportKind::monthly; };
  if (!kept->analysis.empty()) {
    report.heading(input.text(field_of<FinancialReport>(&FinancialReport::analysis).label_key()));
    report.formatted(kept->analysis);
  }
  if (!kept->suggestions.empty()) {
    report.heading(input.text(field_of<FinancialReport>(&FinancialReport::suggestions).label_key()));
    report.paragraph(kept->suggestions);
  }
  as_of.say(report);
  add_ratios(input, report);
  if (is(FinancialReportKind::by_account) || is(FinancialReportKind::forecast)) add_accounts(input, report);
  if (is(FinancialReportKind::by_account)) add_account_months(input, report, kept->period_from, kept->period_to);
  if (is(FinancialReportKind::reserves)) add_reserves(input, report, value);
  if (is(FinancialReportKind::cash_flow)) add_cash(input, report);
  return report;
}

}  // namespace pmo::desks
