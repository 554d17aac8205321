// Cost entries: what was committed, accrued and spent, with the sum of each above the table.
#include "app/model/records/cost.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/desks/pages.h"
#include "app/engine/exchange.h"
#include "app/model/records/budget.h"
#include "app/model/records/project_settings.h"
#include "app/ui/control_analyses.h"
#include "app/ui/icons.h"
#include "app/ui/register_page.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::desks {
namespace {

using namespace ui;

// What was booked of each kind, in the project's currency.
struct BookedOf {
  using Result = std::array<double, enum_size<CostKind>>;
  static std::vector<const RegisterInfo*> reads() { return {&register_of<CostEntry>(), &register_of<ExchangeRate>(), &register_of<ProjectSettings>()}; }
  static Result compute(const Project& project, Analyses& analyses) {
    Result sums{};
    const engine::ExchangeRates rates(project);
    for (const CostEntry& entry : project.all<CostEntry>())
      sums[static_cast<std::size_t>(entry.kind)] += rates.own_amount(entry, &CostEntry::amount, analyses.today()).value_or(0);
    return sums;
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
    const auto& sums = context.analyses.of<BookedOf>();
    const auto& finances = context.analyses.of<FinancesOf>();
    const Money budget{std::llround(finances.sum.budget)};
    const Scales scales = scales_of(context.project);
    const FieldInfo& kind = field_of<CostEntry>(&CostEntry::kind);
    constexpr float widest = 180, cards = 1 + enum_size<CostKind>;
    const float width = std::min(widest, std::floor((ImGui::GetContentRegionAvail().x - between * (cards - 1)) / cards));
    draw_figure(context.text(field_of<CostAccount>(&CostAccount::budget).label_key()), format_money_short(budget, scales, context.language), width, true);
    for (int i = 0; i < enum_size<CostKind>; ++i)
      draw_figure(context.text(kind.choice_key(enum_names<CostKind>()[static_cast<std::size_t>(i)])),
                  format_money_short({std::llround(sums[static_cast<std::size_t>(i)])}, scales, context.language), width, false);
    gap(0.5f);
    if (!finances.without_rate.empty()) paragraph(Type::body, context.text("budget.cash.no_rate"_key, {finances.without_rate}), context.theme.tone(Tone::caution).ink);
  }

  static constexpr float between = 12;

  static void draw_figure(std::string_view name, const std::string& sum, float width, bool first) {
    if (!first) ImGui::SameLine(0, between);
    ImGui::PushID(name.data(), name.data() + name.size());
    if (Card card("figure", {.width = width, .padding = 12}); card) figure(name, sum);
    ImGui::PopID();
  }
};

}  // namespace

std::unique_ptr<Page> make_cost_page() { return std::make_unique<CostPage>(); }

}  // namespace pmo::desks
