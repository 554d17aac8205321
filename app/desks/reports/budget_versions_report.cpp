// The versions of the budget: what each grants, and what changed between them, by account.
#include <cmath>

#include "app/desks/reports/report_parts.h"
#include "app/engine/control/budget_versions.h"
#include "app/model/own_choices.h"
#include "app/ui/charts/svg.h"

namespace pmo::desks {

using namespace ui;

namespace {

using engine::BudgetVersions;
using engine::VersionedBudget;

Money whole(double amount) { return {std::llround(amount)}; }

std::string number_of(const ReportInput& input, const BudgetVersion& version) { return record_number(input.project, register_of<BudgetVersion>(), version); }

// "+1,200.00"; nothing where nothing changed.
ReportCell change_cell(const ReportInput& input, double before, double after) {
  const Money change = whole(after - before);
  if (change.value == 0) return {};
  return {(change.value > 0 ? "+" : "") + format_amount(change, scales_of(input.project)), change.value > 0 ? Tone::caution : Tone::good};
}

void add_versions(const ReportInput& input, Report& report, const BudgetVersions& all) {
  const Scales scales = scales_of(input.project);
  const auto label = [&](const FieldInfo& field) { return column(input, field.label_key()); };
  report.heading(input.text("report.budget_versions.list"_key, {scales.currency}));
  ReportTable table{.columns = {column(input, "report.number"_key), label(field_of<BudgetVersion>(&BudgetVersion::title)), label(field_of<BudgetVersion>(&BudgetVersion::status)),
                                label(field_of<BudgetVersion>(&BudgetVersion::approved_on)), column(input, "budget.packages"_key, true), column(input, "budget.contingency"_key, true),
                                column(input, "budget.cost_baseline"_key, true), column(input, "budget.management_reserve"_key, true), column(input, "budget.budget"_key, true),
                                column(input, "report.budget_versions.change"_key, true)},
                    .rows = {}, .empty = std::string(input.text("report.empty"_key))};
  for (std::size_t i = 0; i < all.versions.size(); ++i) {
    const VersionedBudget& of = all.versions[i];
    const auto amount = [&](double value) { return ReportCell(format_amount(whole(value), scales)); };
    const FieldInfo& status = field_of<BudgetVersion>(&BudgetVersion::status);
    table.rows.push_back({{number_of(input, *of.version)}, {of.version->title}, {choice_label(input.project, status, enum_name(of.version->status), input.language)},
                          {optional_day(input, of.version->approved_on)}, amount(of.packages), amount(of.contingency), amount(of.baseline()),
                          {format_amount(of.version->management_reserve, scales)}, amount(of.budget()),
                          i == 0 ? ReportCell() : change_cell(input, all.versions[i - 1].budget(), of.budget())});
  }
  report.table(table);
}

void add_chart(const ReportInput& input, Report& report, const BudgetVersions& all) {
  constexpr std::size_t most = 16;  // that can still be read
  if (all.versions.size() > most) return;
  Chart chart{.title = std::string(input.text("report.budget_versions.chart"_key)), .x = {.low = 0, .high = static_cast<double>(all.versions.size())}, .y = {.kind = AxisKind::money}};
  const auto series = [&](Key name, int paint) {
    return ChartSeries{.name = std::string(input.text(name)), .kind = SeriesKind::bars, .paint = {.series = paint}, .bar_width = 0.7, .stacked = true};
  };
  ChartSeries packages = series("budget.packages"_key, 0), contingency = series("budget.contingency"_key, 1), management = series("budget.management_reserve"_key, 2);
  for (const VersionedBudget& of : all.versions) {
    const double place = static_cast<double>(chart.x.names.size()) + 0.15;
    chart.x.names.push_back(number_of(input, *of.version));
    packages.points.push_back({place, of.packages});
    contingency.points.push_back({place, of.contingency});
    management.points.push_back({place, static_cast<double>(of.version->management_reserve.value)});
  }
  chart.series = {std::move(packages), std::move(contingency), std::move(management)};
  report.svg(write_svg(chart, {.size = {980, 260}, .locale = locale_of(input)}), chart.title);
}

// From one version to the next: the accounts that changed, and why.
void add_step(const ReportInput& input, Report& report, const BudgetVersions& all, std::size_t to) {
  const Scales scales = scales_of(input.project);
  const BudgetVersion &before = *all.versions[to - 1].version, &after = *all.versions[to].version;
  report.heading(input.text("report.budget_versions.step"_key, {number_of(input, before), before.title, number_of(input, after), after.title}));
  const ChangeRequest* request = input.project.find(after.change_request);
  report.details({{std::string(input.text(field_of<BudgetVersion>(&BudgetVersion::reason).label_key())), after.reason},
                  {std::string(input.text(field_of<BudgetVersion>(&BudgetVersion::change_request).label_key())),
                   request ? record_number(input.project, register_of<ChangeRequest>(), *request) + "  " + request->title : std::string()},
                  {std::string(input.text(field_of<BudgetVersion>(&BudgetVersion::approved_by).label_key())), person_name(input, after.approved_by)}});
  ReportTable table{.columns = {{std::string(input.text(register_of<CostAccount>().one_key()))}, {number_of(input, before), true}, {number_of(input, after), true},
                                column(input, "report.budget_versions.change"_key, true), column(input, "report.budget_versions.share"_key, true)},
                    .rows = {}, .empty = std::string(input.text("report.budget_versions.same"_key))};
  const auto add = [&](std::string name, double was, double is, bool strong) {
    auto& row = table.rows.emplace_back();
    row = {{std::move(name)}, {format_amount(whole(was), scales)}, {format_amount(whole(is), scales)}, change_cell(input, was, is),
           {share_text(input, was > 0 ? std::optional((is - was) / was) : std::nullopt)}};
    for (auto& cell : row) cell.strong = strong;
  };
  for (const auto& of : all.accounts) {
    if (whole(of.amounts[to - 1]) == whole(of.amounts[to])) continue;
    const CostAccount* account = input.project.find(Ref<CostAccount>{of.account});
    add(account ? (account->code.empty() ? "" : account->code + "  ") + account->name : std::string(input.text("report.no_account"_key)), of.amounts[to - 1], of.amounts[to], false);
  }
  const auto reserve = [](const BudgetVersion& version) { return static_cast<double>(version.management_reserve.value); };
  if (before.management_reserve != after.management_reserve) add(std::string(input.text("budget.management_reserve"_key)), reserve(before), reserve(after), false);
  if (!table.rows.empty()) add(std::string(input.text("budget.budget"_key)), all.versions[to - 1].budget(), all.versions[to].budget(), true);
  report.table(table);
}

}  // namespace

Report budget_versions_report(const ReportInput& input) {
  auto head = head_of(input, std::string(input.text("report.budget_versions"_key)));
  head.wide = true;
  Report report(std::move(head));
  const BudgetVersions all = engine::budget_versions(input.project);
  if (all.versions.empty()) {
    report.paragraph(input.text("report.budget_versions.none"_key));
    return report;
  }
  add_versions(input, report, all);
  add_chart(input, report, all);
  if (all.versions.size() == 1) report.paragraph(input.text("report.budget_versions.one"_key));
  for (std::size_t to = all.versions.size(); to-- > 1;) add_step(input, report, all, to);  // the newest first
  return report;
}

}  // namespace pmo::desks
