#include "app/desks/finance/account_months_view.h"

#include <algorithm>
#include <cmath>

#include "app/desks/reports/reports.h"
#include "app/model/format.h"
#include "app/model/open_work.h"
#include "app/model/records/cost.h"
#include "app/ui/control_analyses.h"
#include "app/ui/icons.h"
#include "app/ui/nothing_of.h"
#include "app/ui/platform.h"
#include "app/ui/widgets/fact_table.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::desks {

using namespace ui;

namespace {

using engine::AccountMonths;
using engine::AccountMonthsRow;
using engine::MonthFigures;

constexpr std::pair<Key, double MonthFigures::*> month_figures[] = {
    {"budget.months.plan"_key, &MonthFigures::plan}, {"budget.column.actual"_key, &MonthFigures::actual}, {"budget.column.forecast"_key, &MonthFigures::forecast}};
constexpr std::size_t page_of_months = 6, months_of_year = 12, figures_shown = std::size(month_figures);

struct AccountName {
  std::string code, name;
  std::string both() const { return code.empty() ? name : code + " " + name; }
};

AccountName name_of_account(const Project& project, const AccountMonths& table, const AccountMonthsRow& row, Language language) {
  if (&row == &table.total) return {{}, std::string(word("report.sum"_key, language))};
  const CostAccount* account = project.find(Ref<CostAccount>{row.account});
  return account ? AccountName{account->code, account->name} : AccountName{{}, std::string(word("report.no_account"_key, language))};
}

// "2026-05": a column of amounts has no room for more.
std::string month_heading(Day month) { return month.text().substr(0, 7); }

std::vector<const AccountMonthsRow*> rows_with_total(const AccountMonths& table) {
  std::vector<const AccountMonthsRow*> rows;
  for (const AccountMonthsRow& row : table.rows) rows.push_back(&row);
  if (!rows.empty()) rows.push_back(&table.total);
  return rows;
}

// The month before the date's first, as far as there are others behind it.
std::size_t usual_first(const AccountMonths& table) {
  const std::size_t last = table.months.size() > page_of_months ? table.months.size() - page_of_months : 0;
  return std::min(table.current > 0 ? table.current - 1 : 0, last);
}

void draw_tools(Context& context, const AccountMonths& table, std::size_t& first) {
  const std::size_t count = table.months.size();
  if (icon_button("###months.before", icon::chevron_left, context.text("budget.months.before"_key), {.emphasis = Emphasis::quiet, .enabled = first > 0}))
    first -= std::min(first, page_of_months);
  ImGui::SameLine(0, 4);
  if (icon_button("###months.after", icon::chevron_right, context.text("budget.months.after"_key), {.emphasis = Emphasis::quiet, .enabled = first + page_of_months < count}))
    first += page_of_months;
  ImGui::SameLine(0, 12);
  if (button(labelled(context.text("budget.months.file"_key), "months.file"), {.icon = icon::download, .emphasis = Emphasis::quiet}))
    context.platform.download(std::string(context.text("budget.months"_key)) + ".csv", "text/csv", to_csv(account_months_grid(context.project, table, context.language)));
  ImGui::SameLine(0, 4);
  if (!button(labelled(context.text("report.print"_key), "months.print"), {.icon = icon::print, .emphasis = Emphasis::quiet})) return;
  const Person* me = context.project.find(own_person(context.project));
  context.platform.print(account_months_report({.project = context.project, .analyses = context.analyses, .language = context.language, .today = context.today,
                                                .made_by = me ? me->name : std::string(), .subject = {}}).html());
}

// Around: with what lies before and after the months. Without it the last table of several has the sum of them all.
void add_month_table(const ReportInput& input, Report& report, const AccountMonths& table, std::size_t first, std::size_t count, bool around) {
  const bool whole = around || count == table.months.size(), last = !whole && first + count == table.months.size();
  ReportTable made;
  made.columns = {{std::string(input.text(register_of<CostAccount>().one_key()))}, {std::string(input.text("budget.months.figure"_key))}};
  made.columns.back().unbroken = true;
  const auto column = [&](std::string title) { made.columns.emplace_back(std::move(title), true); };
  if (around) column(std::string(input.text("budget.months.earlier"_key)));
  for (std::size_t m = first; m < first + count; ++m) column(month_heading(table.months[m]));
  if (around) column(std::string(input.text("budget.months.later"_key)));
  column(std::string(input.text(whole ? "report.sum"_key : "budget.months.part_sum"_key)));
  if (last) column(std::string(input.text("report.sum"_key)));
  const Scales scales = scales_of(input.project);
  const bool nested = std::ranges::any_of(table.rows, [](const AccountMonthsRow& row) { return row.level > 0; });
  const auto cell = [&](double amount, bool strong) {
    ReportCell made_cell(amount == 0 ? std::string("–") : format_money_short({std::llround(amount)}, scales, input.language));
    made_cell.strong = strong;
    return made_cell;
  };
  for (const AccountMonthsRow* row : rows_with_total(table)) {
    const auto stretch = stretch_of(*row, first, count);
    const bool strong = row == &table.total || (nested && row->level == 0);
    for (std::size_t f = 0; f < figures_shown; ++f) {
      const auto& [key, figure] = month_figures[f];
      ReportCell name(f == 0 ? name_of_account(input.project, table, *row, input.language).both() : std::string());
      name.level = row->level;
      name.strong = strong;
      auto& line = made.rows.emplace_back(std::vector{name, ReportCell(std::string(input.text(key)))});
      double sum = 0;
      for (std::size_t m = around ? 0 : 1; m < stretch.size() - (around ? 0 : 1); ++m) {
        line.push_back(cell(stretch[m].*figure, strong));
        sum += stretch[m].*figure;
      }
      line.push_back(cell(sum, strong));
      if (last) line.push_back(cell(row->sum.*figure, strong));
    }
  }
  report.table(made);
}

}  // namespace

void draw_account_months(Context& context, std::optional<std::size_t>& first) {
  const AccountMonths& table = context.analyses.of<AccountMonthsOf>();
  if (table.rows.empty()) return nothing_of(context, register_of<CostAccount>());
  if (!first || *first >= table.months.size()) first = usual_first(table);
  draw_tools(context, table, *first);
  paragraph(Type::caption, context.text("budget.months.about"_key), context.theme.ink_soft, 760);
  if (const auto& missing = context.analyses.of<FinancesOf>().without_rate; !missing.empty())
    paragraph(Type::body, context.text("budget.cash.no_rate"_key, {missing}), context.theme.tone(Tone::caution).ink);
  const std::size_t count = std::min(page_of_months, table.months.size() - *first);
  constexpr float amount_width = 84;
  std::vector<FactColumn> columns{{std::string(context.text(register_of<CostAccount>().one_key()))}, {std::string(context.text("budget.months.figure"_key)), 84}};
  const auto column = [&](std::string title) { columns.push_back({std::move(title), amount_width, true}); };
  column(std::string(context.text("budget.months.earlier"_key)));
  for (std::size_t m = *first; m < *first + count; ++m) column(month_heading(table.months[m]));
  column(std::string(context.text("budget.months.later"_key)));
  column(std::string(context.text("report.sum"_key)));
  const auto rows = rows_with_total(table);
  std::vector<std::vector<MonthFigures>> stretches;
  for (const AccountMonthsRow* row : rows) {
    stretches.push_back(stretch_of(*row, *first, count));
    stretches.back().push_back(row->sum);
  }
  const Scales scales = scales_of(context.project);
  const int pressed = fact_table("account_months", columns, static_cast<int>(rows.size() * figures_shown), [&](int line, int of) -> FactCell {
    const std::size_t r = static_cast<std::size_t>(line) / figures_shown, f = static_cast<std::size_t>(line) % figures_shown;
    const auto& [key, figure] = month_figures[f];
    const bool strong = rows[r] == &table.total;
    if (of == 0) return {name_of_account(context.project, table, *rows[r], context.language).both(), f == 0 ? 0 : context.theme.ink_faint, static_cast<float>(rows[r]->level) * 16, strong && f == 0};
    if (of == 1) return {std::string(context.text(key)), context.theme.ink_soft};
    const double amount = stretches[r][static_cast<std::size_t>(of) - 2].*figure;
    if (amount == 0) return {"–", context.theme.ink_faint};
    return {format_money_short({std::llround(amount)}, scales, context.language), amount < 0 ? context.theme.tone(Tone::bad).ink : 0, 0, strong};
  });
  if (pressed < 0) return;
  if (const Id account = rows[static_cast<std::size_t>(pressed) / figures_shown]->account) context.navigation.open_record(register_of<CostAccount>(), account);
}

TextGrid account_months_grid(const Project& project, const AccountMonths& table, Language language) {
  const Scales scales = scales_of(project);
  const auto amount = [&](double minor) { return format_amount({std::llround(minor)}, scales); };
  TextGrid grid{{std::string(word(field_of<CostAccount>(&CostAccount::code).label_key(), language)), std::string(word(field_of<CostAccount>(&CostAccount::name).label_key(), language)),
                 std::string(word("budget.months.figure"_key, language)) + " (" + scales.currency + ")"}};
  for (const Day month : table.months) grid.front().push_back(month_heading(month));
  grid.front().emplace_back(word("report.sum"_key, language));
  for (const AccountMonthsRow* row : rows_with_total(table)) {
    const AccountName name = name_of_account(project, table, *row, language);
    for (const auto& [key, figure] : month_figures) {
      auto& line = grid.emplace_back(std::vector{harmless_cell(name.code), harmless_cell(name.name), std::string(word(key, language))});
      for (const MonthFigures& month : row->months) line.push_back(amount(month.*figure));
      line.push_back(amount(row->sum.*figure));
    }
  }
  return grid;
}

// A table a year of the project, each with what the year comes to.
Report account_months_report(const ReportInput& input) {
  auto head = head_of(input, std::string(input.text("budget.months"_key)));
  head.wide = true;
  Report report(head);
  report.paragraph(input.text("budget.months.about"_key));
  const AccountMonths& table = input.analyses.of<AccountMonthsOf>();
  if (const auto& missing = input.analyses.of<FinancesOf>().without_rate; !missing.empty()) report.paragraph(input.text("budget.cash.no_rate"_key, {missing}));
  if (table.rows.empty()) report.paragraph(input.text("report.by_account.none"_key));
  for (std::size_t first = 0; !table.rows.empty() && first < table.months.size(); first += months_of_year)
    add_month_table(input, report, table, first, std::min(months_of_year, table.months.size() - first), false);
  return report;
}

// Of the report's period: at most a year, with what lies before and after it.
void add_account_months(const ReportInput& input, Report& report, std::optional<Day> from, std::optional<Day> to) {
  const AccountMonths& table = input.analyses.of<AccountMonthsOf>();
  if (table.rows.empty()) return;
  const auto place = [&](Day day) { return static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, std::ranges::upper_bound(table.months, day) - table.months.begin() - 1)); };
  const std::size_t first = from ? place(*from) : usual_first(table), last = to ? std::max(first, place(*to)) : table.months.size() - 1;
  report.heading(input.text("budget.months"_key));
  add_month_table(input, report, table, first, std::min({months_of_year, last - first + 1, table.months.size() - first}), true);
}

}  // namespace pmo::desks
