// The budget by account with reserves and funding, and what the business case says; who answers for which work (RACI).
#include <algorithm>
#include <format>
#include <map>

#include "app/desks/matrix.h"
#include "app/desks/pages.h"
#include "app/engine/finance.h"
#include "app/model/outline.h"
#include "app/model/records/budget.h"
#include "app/model/records/resource_use.h"
#include "app/ui/icons.h"
#include "app/ui/table/cell_text.h"
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
    if (Card card("pyramid", {.title = context.text("budget.structure"_key), .icon = icon()}); card) draw_structure(context);
    gap(1);
    if (Card card("accounts", {.title = context.text("budget.accounts"_key), .icon = icon::list_tree}); card) draw_accounts(context);
    gap(1);
    if (Card card("case", {.title = context.text("budget.business_case"_key), .icon = icon::briefcase}); card) draw_case(context);
  }

 private:
  static const BudgetVersion* approved(const Project& project) {
    const BudgetVersion* found = nullptr;
    for (const BudgetVersion& version : project.all<BudgetVersion>())
      if (version.status == BudgetStatus::approved && (!found || version.approved_on > found->approved_on)) found = &version;
    return found;
  }

  // Work packages + contingency = cost baseline; + management reserve = budget; against funding.
  static void draw_structure(Context& context) {
    const BudgetVersion* version = approved(context.project);
    if (!version) return text(Type::body, context.text("budget.no_version"_key), context.theme.ink_soft);
    const Scales scales = scales_of(context.project);
    Money packages, contingency, drawn[enum_size<ReserveKind>] = {}, funding;
    for (const BudgetEntry& entry : context.project.all<BudgetEntry>())
      if (entry.version.id == version->id) packages += entry.amount, contingency += entry.contingency;
    for (const ReserveDraw& draw : context.project.all<ReserveDraw>()) drawn[static_cast<int>(draw.kind)] += draw.amount;
    for (const Funding& source : context.project.all<Funding>()) funding += source.amount;
    const Money budget = packages + contingency + version->management_reserve;
    const auto line = [&](Key name, Money value, ImU32 color = 0) { key_amount(context.text(name), format_money(value, scales), 400, color); };
    const auto left = [&](Key name, Money reserve, Money used) { line(name, reserve - used, used > reserve ? context.theme.tone(Tone::bad).ink : 0); };
    text(Type::strong, version->title);
    line("budget.packages"_key, packages);
    line("budget.contingency"_key, contingency);
    left("budget.contingency_left"_key, contingency, drawn[static_cast<int>(ReserveKind::contingency)]);
    line("budget.cost_baseline"_key, packages + contingency);
    line("budget.management_reserve"_key, version->management_reserve);
    left("budget.management_left"_key, version->management_reserve, drawn[static_cast<int>(ReserveKind::management)]);
    line("budget.budget"_key, budget);
    line("budget.funding"_key, funding, funding < budget ? context.theme.tone(Tone::bad).ink : 0);
    if (funding < budget) paragraph(Type::body, context.text("budget.funding_short"_key, {format_money(budget - funding, scales)}), context.theme.tone(Tone::bad).ink);
  }

  static void draw_accounts(Context& context) {
    const Scales scales = scales_of(context.project);
    std::map<Id, BudgetLine> lines;
    for (const CostAccount& account : context.project.all<CostAccount>()) lines[account.id].budget = static_cast<double>(account.budget.value);
    for (const CostEntry& entry : context.project.all<CostEntry>()) {
      auto& line = lines[entry.account.id];
      (entry.kind == CostKind::commitment ? line.committed : line.actual) += static_cast<double>(entry.amount.value);
    }
    for (const BudgetReview& review : context.project.all<BudgetReview>()) {
      auto& line = lines[review.account.id];
      line.to_go = std::max(0.0, static_cast<double>(review.forecast.value) - line.actual - line.committed);
    }
    Matrix matrix{.corner = std::string(context.text(register_of<CostAccount>().one_key())), .title_width = 260, .cell_width = 112};
    for (const Key key : {"budget.column.budget"_key, "budget.column.actual"_key, "budget.column.committed"_key, "budget.column.forecast"_key,
                          "budget.column.variance"_key, "budget.column.used"_key})
      matrix.columns.emplace_back(context.text(key));
    std::vector<Id> ids;
    const auto money = [&](double value) { return format_money_short({static_cast<std::int64_t>(value)}, scales, context.language); };
    const std::string none(context.text("analysis.no_value"_key));
    for (const CostAccount& account : context.project.all<CostAccount>()) {
      const BudgetLine& line = lines[account.id];
      const BudgetFigures found = budget_figures(line);
      const bool forecast = line.to_go > 0;  // without a review nobody has said what is still to come
      const Tone tone = !forecast ? Tone::neutral : found.variance < 0 ? Tone::bad : Tone::good;
      const MatrixCell used = found.used_share ? MatrixCell{std::format("{:.0f}%", *found.used_share * 100), *found.used_share > 1 ? Tone::bad : Tone::neutral} : MatrixCell{none};
      matrix.rows.push_back({account.code + " " + account.name,
                             {{money(line.budget)}, {money(line.actual)}, {money(line.committed)},
                              forecast ? MatrixCell{money(found.forecast)} : MatrixCell{none, Tone::neutral, std::string(context.text("budget.no_review"_key))},
                              forecast ? MatrixCell{money(found.variance), tone, {}, true} : MatrixCell{none}, used},
                             "account." + account.id.text()});
      ids.push_back(account.id);
    }
    if (ids.empty()) return text(Type::body, context.text(register_of<CostAccount>().about_key()), context.theme.ink_soft);
    if (const auto pressed = draw_matrix("accounts.matrix", matrix)) context.navigation.open_record(register_of<CostAccount>(), ids[pressed->row]);
  }

  static void draw_case(Context& context) {
    std::vector<double> flows;
    for (const BusinessCaseFlow& flow : context.project.all<BusinessCaseFlow>()) {
      const auto year = static_cast<std::size_t>(flow.year);
      if (flows.size() <= year) flows.resize(year + 1, 0.0);
      flows[year] += static_cast<double>(flow.benefit.value - flow.cost.value);
    }
    if (flows.empty()) return text(Type::body, context.text(register_of<BusinessCaseFlow>().about_key()), context.theme.ink_soft);
    constexpr double discount = 0.06;
    const Scales scales = scales_of(context.project);
    const std::string none(context.text("analysis.no_value"_key));
    const auto value = net_present_value(discount, flows);
    const auto rate = internal_rate_of_return(flows);
    const auto payback = payback_period(flows);
    const auto ratio = benefit_cost_ratio(discount, flows);
    key_value(context.text("budget.npv"_key), value ? format_money_short({static_cast<std::int64_t>(*value)}, scales, context.language) : none, 280);
    const std::string several = rate.outcome == RateOutcome::several ? std::string(context.text("budget.irr_several"_key)) : none;
    key_value(context.text("budget.irr"_key), rate.outcome == RateOutcome::found ? std::format("{:.1f}%", rate.rates.front() * 100) : several, 280);
    key_value(context.text("budget.payback"_key), payback ? context.text("budget.years"_key, {std::format("{:.1f}", *payback)}) : std::string(context.text("budget.never"_key)), 280);
    key_value(context.text("budget.ratio"_key), ratio ? std::format("{:.2f}", *ratio) : none, 280);
  }
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
