// Cost entries: what was committed, accrued and spent; above the table what the accounts come to by them.
#include "app/model/records/cost.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "app/desks/pages.h"
#include "app/engine/control/exchange.h"
#include "app/model/records/budget.h"
#include "app/model/records/project_settings.h"
#include "app/ui/control_analyses.h"
#include "app/ui/icons.h"
#include "app/ui/register_page.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::desks {
namespace {

using namespace ui;

// What of the actual cost is accrued and not paid yet, in the project's currency.
struct AccruedOf {
  using Result = double;
  static std::vector<const RegisterInfo*> reads() { return {&register_of<CostEntry>(), &register_of<ExchangeRate>(), &register_of<ProjectSettings>()}; }
  static Result compute(const Project& project, Analyses& analyses) {
    const engine::ExchangeRates rates(project);
    const Day date = engine::status_day(project, analyses.today());
    double sum = 0;
    for (const CostEntry& entry : project.all<CostEntry>())
      if (entry.kind == CostKind::accrual && entry.date <= date) sum += rates.own_amount(entry, &CostEntry::amount, date).value_or(0);
    return sum;
  }
};

class CostPage final : public RegisterPage {
 public:
  CostPage() : RegisterPage("costs", register_of<CostEntry>(), icon::receipt) {
    table_.view.sort = {{&field_of<CostEntry>(&CostEntry::date), true}};
  }

 private:
  void prepare(Context& context, Transaction& change, const Record& record) override {
    change.set(static_cast<const CostEntry&>(record), &CostEntry::date, context.today);
  }

  void draw_above(Context& context) override {
    const auto& finances = context.analyses.of<FinancesOf>();
    const engine::AccountFinance& all = finances.sum;
    const auto money = [&, scales = scales_of(context.project)](double amount) { return format_money_short({std::llround(amount)}, scales, context.language); };
    const double accrued = context.analyses.of<AccruedOf>(), left = all.budget - all.actual - all.committed;
    const auto used = all.used();
    struct Figure { Key name; double amount; std::string note; Tone tone = Tone::neutral; };
    const Figure figures[] = {{"budget.column.budget"_key, all.budget, context.text("analysis.as_of"_key, {format_day(engine::status_day(context.project, context.today), context.language)})},
                              {"budget.column.actual"_key, all.actual, accrued != 0 ? context.text("costs.accrued"_key, {money(accrued)}) : std::string()},
                              {"budget.column.committed"_key, all.committed, std::string(context.text("costs.not_spent"_key))},
                              {"report.left"_key, left, used ? context.text("costs.used"_key, {format_share(*used)}) : std::string(), left < 0 ? Tone::bad : Tone::neutral}};
    constexpr float widest = 180, between = 12, cards = std::size(figures);
    const float width = std::min(widest, std::floor((ImGui::GetContentRegionAvail().x - between * (cards - 1)) / cards));
    for (const Figure& each : figures) {
      if (&each != figures) ImGui::SameLine(0, between);
      ImGui::PushID(each.name.name.data(), each.name.name.data() + each.name.name.size());
      if (Card card("figure", {.width = width, .height = 88, .padding = 12}); card) figure(context.text(each.name), money(each.amount), each.note, each.tone);
      ImGui::PopID();
    }
    gap(0.5f);
    if (!finances.without_rate.empty()) paragraph(Type::body, context.text("budget.cash.no_rate"_key, {finances.without_rate}), context.theme.tone(Tone::caution).ink);
  }
};

}  // namespace

std::unique_ptr<Page> make_cost_page() { return std::make_unique<CostPage>(); }

}  // namespace pmo::desks
