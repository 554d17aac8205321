// The budget by account with reserves and funding, and what the business case says; who answers for which work (RACI).
#include <algorithm>
#include <format>
#include <map>

#include "app/desks/finance/account_months_view.h"
#include "app/desks/matrix.h"
#include "app/desks/pages.h"
#include "app/engine/control/budget_of_project.h"
#include "app/engine/control/finance.h"
#include "app/engine/control/finance_of_project.h"
#include "app/model/outline.h"
#include "app/model/records/budget.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/resource_use.h"
#include "app/ui/charts/draw_chart.h"
#include "app/ui/control_analyses.h"
#include "app/ui/icons.h"
#include "app/ui/nothing_of.h"
#include "app/ui/table/cell_text.h"
#include "app/ui/widgets/fact_table.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::desks {
namespace {

using namespace ui;
using namespace engine;

class BudgetPage final : public Page {
 public:
  std::string_view name() const override { return "budget_overview"; }
  Key title() const override { return "page.budget_overview"_key; }
  const char* icon() const override { return icon::budget; }
  Desk desk() const override { return Desk::finance; }

  void draw(Context& context) override {
    const Choice choices[] = {{labelled(context.text("budget.overview"_key), "budget.overview")}, {labelled(context.text("budget.months"_key), "budget.months")}, {labelled(context.text("budget.reserves"_key), "budget.reserves")},
                              {labelled(context.text("budget.cash_flow"_key), "budget.cash_flow")}, {labelled(context.text("budget.business_case"_key), "budget.case")}};
    tabs("budget.views", choices, view_);
    gap(1);
    if (view_ == 0) draw_overview(context);
    if (view_ == 1)
      if (Card card("months", {.title = context.text("budget.months"_key), .icon = icon::calendar_range}); card) draw_account_months(context, first_month_);
    if (view_ == 2) draw_reserves(context);
    if (view_ == 3) draw_cash_flow(context);
    if (view_ == 4)
      if (Card card("case", {.title = context.text("budget.business_case"_key), .icon = icon::briefcase}); card) draw_case(context);
  }

 private:
  static void draw_overview(Context& context) {
    if (Card card("ratios", {.title = context.text("budget.ratios"_key), .icon = icon::gauge}); card) draw_ratios(context);
    gap(1);
    if (Card card("accounts", {.title = context.text("budget.accounts"_key), .icon = icon::list_tree}); card) draw_accounts(context);
    gap(1);
    if (Card card("pyramid", {.title = context.text("budget.structure"_key), .icon = icon::budget}); card) draw_structure(context);
  }

  // Work packages + contingency = cost baseline; + management reserve = budget; against funding.
  static void draw_structure(Context& context) {
    const BudgetVersion* version = approved_budget(context.project);
    if (!version) return text(Type::body, context.text("budget.no_version"_key), context.theme.ink_soft);
    const Scales scales = scales_of(context.project);
    const auto& value = context.analyses.of<EarnedValueOf>();
    Money packages, funding;
    for (const BudgetEntry& entry : context.project.all<BudgetEntry>())
      if (entry.version.id == version->id && entry.status == EntryStatus::in_use) packages += entry.amount;
    for (const Funding& source : context.project.all<Funding>())
      if (source.status != FundingStatus::expired) funding += source.amount;
    const ReserveFigures contingency = reserve_of(context.project, ReserveKind::contingency, value);
    const Money reserve{static_cast<std::int64_t>(contingency.reserve)}, budget = packages + reserve + version->management_reserve;
    const auto line = [&](Key name, Money amount, ImU32 color = 0) { key_amount(context.text(name), format_money(amount, scales), 400, color); };
    const ImU32 bad = context.theme.tone(Tone::bad).ink;
    text(Type::strong, version->title);
    line("budget.packages"_key, packages);
    line("budget.contingency"_key, reserve);
    line("budget.cost_baseline"_key, packages + reserve);
    line("budget.management_reserve"_key, version->management_reserve);
    line("budget.budget"_key, budget);
    line("budget.funding"_key, funding, funding < budget ? bad : 0);
    if (funding < budget) paragraph(Type::body, context.text("budget.funding_short"_key, {format_money(budget - funding, scales)}), bad);
  }

  static Tone tone_of(engine::Health health) {
    return health == engine::Health::good ? Tone::good : health == engine::Health::warning ? Tone::caution : health == engine::Health::bad ? Tone::bad : Tone::neutral;
  }

  static void draw_ratios(Context& context) {
    Matrix matrix{.corner = std::string(context.text("budget.ratio_name"_key)), .title_width = 300, .cell_width = 120};
    matrix.columns = {std::string(context.text("budget.ratio.value"_key))};
    for (const Ratio& ratio : context.analyses.of<FinancesOf>().ratios) {
      const std::string shown = ratio.value ? std::format("{:.2f}", *ratio.value) : std::string(context.text("analysis.no_value"_key));
      matrix.rows.push_back({std::string(context.text(ratio.name)), {{shown, tone_of(ratio.health), std::string(context.text(ratio.note)), true}}, "ratio." + std::string(ratio.name.name)});
    }
    draw_matrix("ratios.matrix", matrix);
    paragraph(Type::caption, context.text("budget.ratios.about"_key), context.theme.ink_soft, 760);
  }

  static void draw_accounts(Context& context) {
    const Scales scales = scales_of(context.project);
    Matrix matrix{.corner = std::string(context.text(register_of<CostAccount>().one_key())), .title_width = 240, .cell_width = 104};
    for (const Key key : {"budget.column.budget"_key, "budget.column.actual"_key, "budget.column.committed"_key, "budget.column.forecast"_key,
                          "budget.column.variance"_key, "budget.column.used"_key, "budget.column.overrun"_key})
      matrix.columns.emplace_back(context.text(key));
    const auto money = [&](double value) { return format_money_short({static_cast<std::int64_t>(value)}, scales, context.language); };
    const FieldInfo& risk = field_of<BudgetReview>(&BudgetReview::overrun_risk);
    const auto& accounts = context.analyses.of<FinancesOf>().accounts;
    if (accounts.empty()) return nothing_of(context, register_of<CostAccount>());
    std::vector<AccountFinance> shown;
    for (const AccountFinance& one : accounts) {
      const CostAccount* kept = context.project.find(Ref<CostAccount>{one.account});
      if (!kept) continue;
      const CostAccount& account = *kept;
      shown.push_back(one);
      const auto used = one.used();
      const Tone overrun = one.overrun == OverrunRisk::none ? Tone::good : one.overrun == OverrunRisk::high ? Tone::bad : Tone::caution;
      const bool measured = one.overrun == OverrunRisk::none || (one.review && !context.project.find(Ref<BudgetReview>{one.review})->measure.empty());
      const std::string basis(context.text(forecast_basis_key(one.basis)));
      const std::string level(context.text(risk.choice_key(enum_name(one.overrun))));
      matrix.rows.push_back({account.code + " " + account.name,
                             {{money(one.budget)}, {money(one.actual)}, {money(one.committed)}, {money(one.forecast), Tone::neutral, basis},
                              {money(one.variance()), one.variance() < 0 ? Tone::bad : Tone::good, basis, true},
                              used ? MatrixCell{format_share(*used), *used > 1 ? Tone::bad : Tone::neutral} : MatrixCell{std::string(context.text("analysis.no_value"_key))},
                              {measured ? level : level + "  " + icon::warning, overrun, std::string(measured ? "" : context.text("budget.no_measure"_key))}},
                             "account." + account.id.text()});
    }
    if (const auto pressed = draw_matrix("accounts.matrix", matrix)) {
      const AccountFinance& one = shown[pressed->row];
      if (pressed->column == 6 && !pressed->title) review(context, one);
      else context.navigation.open_record(register_of<CostAccount>(), one.account);
    }
    paragraph(Type::caption, context.text("budget.accounts.about"_key), context.theme.ink_soft, 760);
  }

  // The newest review of the account, or a new one with its figures filled in.
  static void review(Context& context, const AccountFinance& account) {
    if (account.review) return context.navigation.open_record(register_of<BudgetReview>(), account.review);
    Id made;
    const CostAccount& of = *context.project.find(Ref<CostAccount>{account.account});
    const auto money = [](double amount) { return Money{static_cast<std::int64_t>(amount)}; };
    const bool done = context.change("transaction.review_account"_key, {of.name}, [&](Transaction& change) {
      made = change.create<BudgetReview>([&](BudgetReview& review) {
        review.title = of.name;
        review.account = {of.id};
        review.owner = of.owner;
        review.reviewed_on = context.today;
        review.planned = money(account.budget);
        review.committed = money(account.committed);
        review.actual = money(account.actual);
        review.forecast = money(account.forecast);
        review.overrun_risk = account.overrun;
      }).id;
    });
    if (done) context.navigation.open_record(register_of<BudgetReview>(), made);
  }

  // --- reserves

  static void draw_reserves(Context& context) {
    const auto& value = context.analyses.of<EarnedValueOf>();
    const Scales scales = scales_of(context.project);
    const auto money = [&](double amount) { return format_money_short({static_cast<std::int64_t>(amount)}, scales, context.language); };
    const auto card = [&](const char* id, Key name, const ReserveFigures& figures, bool beside) {
      if (beside) ImGui::SameLine(0, 12);
      const std::string note = context.text("budget.of_reserve"_key, {money(figures.drawn), money(figures.reserve)});
      if (Card one(id, {.width = 260, .height = 120}); one) figure(context.text(name), money(figures.reserve - figures.drawn), note, figures.drawn > figures.reserve ? Tone::bad : Tone::neutral);
    };
    const ReserveFigures contingency = reserve_of(context.project, ReserveKind::contingency, value), management = reserve_of(context.project, ReserveKind::management, value);
    card("contingency", "budget.contingency_left"_key, contingency, false);
    card("management", "budget.management_left"_key, management, true);
    ImGui::SameLine(0, 12);
    const auto burn = contingency.burn_index;
    if (Card one("burn", {.width = 260, .height = 120}); one)
      figure(context.text("budget.ratio.burn"_key), burn ? std::format("{:.2f}", *burn) : std::string(context.text("analysis.no_value"_key)),
             context.text("budget.ratio.burn.note"_key), !burn ? Tone::neutral : *burn <= 1 ? Tone::good : *burn < 1.5 ? Tone::caution : Tone::bad);
    gap(1);
    if (Card one("burn_chart", {.title = context.text("budget.burn_down"_key), .icon = icon::trending_down}); one)
      draw_chart("burn", burn_chart(context, contingency, value), {.height = 280, .locale = chart_locale(context)});
  }

  // What is left, in steps, against what would be left if the reserve went with the planned work.
  static Chart burn_chart(Context& context, const ReserveFigures& figures, const ProjectEarnedValue& value) {
    Chart chart{.title = std::string(context.text("budget.burn_down"_key)), .x = {.kind = AxisKind::date}, .y = {.kind = AxisKind::money, .low = 0},
                .empty = std::string(context.text("budget.no_reserve"_key))};
    if (figures.reserve <= 0 || value.days.empty()) return chart;
    ChartSeries left{.name = std::string(context.text("budget.left"_key)), .kind = SeriesKind::steps};
    left.points.push_back({static_cast<double>(value.days.front().day.value), figures.reserve});
    for (const auto& [day, remaining] : figures.remaining) left.points.push_back({static_cast<double>(day.value), remaining});
    left.points.push_back({static_cast<double>(value.date.value), figures.reserve - figures.drawn});
    ChartSeries even{.name = std::string(context.text("budget.even_burn"_key)), .paint = {.series = 1}, .dashed = true};
    const double whole = value.total.budget_at_completion;
    for (std::size_t i = 0; i < value.days.size(); i += 7)
      even.points.push_back({static_cast<double>(value.days[i].day.value), figures.reserve * (whole > 0 ? 1 - value.days[i].planned_value / whole : 1)});
    chart.series = {std::move(left), std::move(even)};
    chart.marks.push_back({.at = static_cast<double>(value.date.value), .label = std::string(context.text("earned_value.status_date"_key)), .paint = {.tone = Tone::accent}});
    return chart;
  }

  // --- cash flow

  static void draw_cash_flow(Context& context) {
    const auto& finances = context.analyses.of<FinancesOf>();
    const auto& months = finances.cash;
    Chart chart{.title = std::string(context.text("budget.cash_flow"_key)), .summary = std::string(context.text("budget.cash_flow.about"_key)),
                .x = {.kind = AxisKind::date}, .y = {.kind = AxisKind::money}, .empty = std::string(context.text("budget.no_cash"_key))};
    const auto bars = [&](Key name, double CashMonth::* column, int series, double sign) {
      ChartSeries of{.name = std::string(context.text(name)), .kind = SeriesKind::bars, .paint = {series}, .bar_width = 24, .stacked = sign < 0};
      for (const CashMonth& month : months)
        if (month.*column != 0) of.points.push_back({static_cast<double>(month.month.value) + (sign > 0 ? 0.0 : 3.0), sign * (month.*column)});
      if (!of.points.empty()) chart.series.push_back(std::move(of));
    };
    bars("budget.cash.in"_key, &CashMonth::inflow, 1, 1);
    bars("budget.cash.paid"_key, &CashMonth::paid, 2, -1);
    bars("budget.cash.due"_key, &CashMonth::due, 3, -1);
    bars("budget.cash.to_go"_key, &CashMonth::to_go, 4, -1);
    ChartSeries balance{.name = std::string(context.text("budget.cash.balance"_key)), .paint = {.series = 0}};
    for (const CashMonth& month : months) balance.points.push_back({static_cast<double>(month.month.value) + 28, month.balance});
    if (!balance.points.empty()) chart.series.push_back(std::move(balance));
    const Scales scales = scales_of(context.project);
    if (Card card("cash", {.title = context.text("budget.cash_flow"_key), .icon = icon::wallet}); card) {
      paragraph(Type::caption, context.text("budget.cash_flow.about"_key), context.theme.ink_soft, 760);
      if (!finances.without_rate.empty()) paragraph(Type::body, context.text("budget.cash.no_rate"_key, {finances.without_rate}), context.theme.tone(Tone::caution).ink);
      if (const CashMonth* lowest = engine::lowest_balance(months); lowest && lowest->balance < 0)
        paragraph(Type::body, context.text("budget.cash.short"_key, {format_money_short({std::llround(-lowest->balance)}, scales, context.language)}), context.theme.tone(Tone::bad).ink);
      draw_chart("cash", chart, {.height = 320, .locale = chart_locale(context)});
      gap(1);
      draw_cash_table(context, months, scales);
    }
  }

  static void draw_cash_table(Context& context, const std::vector<CashMonth>& months, const Scales& scales) {
    std::vector<FactColumn> columns{{std::string(context.text("report.month"_key))}};
    constexpr std::pair<Key, double CashMonth::*> more[] = {{"budget.cash.in"_key, &CashMonth::inflow}, {"budget.cash.paid"_key, &CashMonth::paid}, {"budget.cash.due"_key, &CashMonth::due},
                                                            {"budget.cash.to_go"_key, &CashMonth::to_go}, {"budget.cash.balance"_key, &CashMonth::balance}};
    for (const auto& [key, column] : more) columns.push_back({std::string(context.text(key)), 120, true});
    fact_table("cash.months", columns, static_cast<int>(months.size()), [&](int line, int column) -> FactCell {
      const CashMonth& month = months[static_cast<std::size_t>(line)];
      if (column == 0) return {format_month(month.month, context.language)};
      const double amount = month.*(more[column - 1].second);
      if (amount == 0) return {"–", context.theme.ink_faint};
      return {format_money_short({static_cast<std::int64_t>(amount)}, scales, context.language), amount < 0 ? context.theme.tone(Tone::bad).ink : 0};
    }, {.pressable = false});
  }

  static void draw_case(Context& context) {
    std::vector<double> flows;
    for (const BusinessCaseFlow& flow : context.project.all<BusinessCaseFlow>()) {
      if (flow.status != EntryStatus::in_use) continue;
      const auto year = static_cast<std::size_t>(flow.year);
      if (flows.size() <= year) flows.resize(year + 1, 0.0);
      flows[year] += static_cast<double>(flow.benefit.value - flow.cost.value);
    }
    if (flows.empty()) return nothing_of(context, register_of<BusinessCaseFlow>());
    const auto& settings = context.project.all<ProjectSettings>();
    const Permille rate_a_year = settings.empty() ? ProjectSettings{}.discount_rate : settings.at(0).discount_rate;
    const double discount = rate_a_year.value / 1000.0;
    const std::string at = format_percent(rate_a_year);
    const Scales scales = scales_of(context.project);
    const std::string none(context.text("analysis.no_value"_key));
    const auto value = net_present_value(discount, flows);
    const auto rate = internal_rate_of_return(flows);
    const auto payback = payback_period(flows);
    const auto ratio = benefit_cost_ratio(discount, flows);
    key_value(context.text("budget.npv"_key, {at}), value ? format_money_short({static_cast<std::int64_t>(*value)}, scales, context.language) : none, 280);
    const std::string several = rate.outcome == RateOutcome::several ? std::string(context.text("budget.irr_several"_key)) : none;
    key_value(context.text("budget.irr"_key), rate.outcome == RateOutcome::found ? format_share(rate.rates.front()) : several, 280);
    key_value(context.text("budget.payback"_key), payback ? context.text("budget.years"_key, {std::format("{:.1f}", *payback)}) : std::string(context.text("budget.never"_key)), 280);
    key_value(context.text("budget.ratio"_key, {at}), ratio ? std::format("{:.2f}", *ratio) : none, 280);
  }

  int view_ = 0;
  std::optional<std::size_t> first_month_;
};

class RaciPage final : public Page {
 public:
  std::string_view name() const override { return "raci"; }
  Key title() const override { return "page.raci"_key; }
  const char* icon() const override { return icon::table; }
  Desk desk() const override { return Desk::resources; }

  void draw(Context& context) override {
    const Project& project = context.project;
    std::map<std::pair<Id, Id>, std::vector<const RaciEntry*>> entries;
    for (const RaciEntry& entry : project.all<RaciEntry>()) entries[{entry.task.id, entry.role.id}].push_back(&entry);
    Matrix matrix{.corner = std::string(context.text(register_of<Task>().one_key())), .title_width = 240};
    std::vector<Id> tasks, roles;
    for (const ProjectRole& role : project.all<ProjectRole>()) {
      roles.push_back(role.id);
      matrix.columns.push_back(role.name);
    }
    const Outline outline(project);
    for (const auto& row : outline.rows()) {
      const bool named = std::ranges::any_of(roles, [&](Id role) { return entries.contains({row.task->id, role}); });
      if (row.level == 0 || named) tasks.push_back(row.task->id);
    }
    if (roles.empty() || tasks.empty()) {
      empty_state({.icon = icon(), .title = context.text(title()), .about = context.text("raci.nothing"_key)});
      return;
    }
    paragraph(Type::body, context.text("raci.about"_key), context.theme.ink_soft, 760);
    gap(1);
    for (const Id task : tasks) matrix.rows.push_back(row_of(context, *project.all<Task>().find(task), roles, entries));
    const auto pressed = draw_matrix("raci.matrix", matrix);
    if (!pressed) return;
    if (pressed->title) return context.navigation.open_record(register_of<Task>(), tasks[pressed->row]);
    step(context, tasks[pressed->row], roles[pressed->column], entries);
  }

 private:
  using Entries = std::map<std::pair<Id, Id>, std::vector<const RaciEntry*>>;

  static MatrixRow row_of(const Context& context, const Task& task, const std::vector<Id>& roles, const Entries& entries) {
    MatrixRow row{.title = task.name, .cells = {}, .id = "raci." + task.id.text()};
    int accountable = 0;
    for (const Id role : roles) {
      MatrixCell cell;
      if (const auto found = entries.find({task.id, role}); found != entries.end())
        for (const RaciEntry* entry : found->second) {
          constexpr const char* letters[] = {"R", "A", "C", "I"};
          constexpr Tone tones[] = {Tone::accent, Tone::good, Tone::neutral, Tone::neutral};
          const auto kind = static_cast<std::size_t>(entry->kind);
          cell.text += (cell.text.empty() ? "" : "/") + std::string(letters[kind]);
          cell.tone = tones[kind];
          cell.strong = kind < 2;
          accountable += entry->kind == RaciKind::accountable;
        }
      row.cells.push_back(std::move(cell));
    }
    if (accountable != 1) row.tone = Tone::caution;
    if (accountable != 1) row.title += accountable == 0 ? " · " + std::string(context.text("raci.nobody"_key)) : " · " + std::string(context.text("raci.several"_key));
    return row;
  }

  // A press goes round: nothing, R, A, C, I.
  static void step(Context& context, Id task, Id role, const Entries& entries) {
    const auto found = entries.find({task, role});
    context.change("transaction.raci"_key, {}, [&](Transaction& change) {
      if (found == entries.end()) {
        change.create<RaciEntry>([&](RaciEntry& made) { made.task = {task}; made.role = {role}; });
        return;
      }
      const RaciEntry& entry = *found->second.front();
      if (entry.kind == RaciKind::informed) change.erase(entry);
      else change.set(entry, &RaciEntry::kind, static_cast<RaciKind>(static_cast<int>(entry.kind) + 1));
    });
  }
};

}  // namespace

std::unique_ptr<Page> make_budget_page() { return std::make_unique<BudgetPage>(); }
std::unique_ptr<Page> make_raci_page() { return std::make_unique<RaciPage>(); }

}  // namespace pmo::desks
