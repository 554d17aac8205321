// Earned value: are we on time and on budget, and where will it end. The S-curve, the indices, the forecasts by each
// method, and the same figures for every part of the work and every cost account.
#include <cmath>

#include "app/desks/controller/index_alerts.h"
#include "app/desks/desk_charts.h"
#include "app/desks/pages.h"
#include "app/engine/control/index_limits.h"
#include "app/model/records/cost.h"
#include "app/ui/charts/draw_chart.h"
#include "app/ui/control_analyses.h"
#include "app/ui/icons.h"
#include "app/ui/platform.h"
#include "app/ui/table/cell_text.h"
#include "app/ui/widgets/fact_table.h"
#include "app/ui/widgets/menu.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::desks {
namespace {

using namespace ui;
using engine::EarnedValueAmounts;
using engine::ProjectEarnedValue;

Tone tone_of_index(std::optional<double> index, const engine::IndexThresholds& limits) {
  switch (engine::health_of_index(index, limits)) {
    case engine::Health::good: return Tone::good;
    case engine::Health::warning: return Tone::caution;
    case engine::Health::bad: return Tone::bad;
    case engine::Health::unknown: break;
  }
  return Tone::neutral;
}

std::string ratio(std::optional<double> value) {
  if (!value || !std::isfinite(*value)) return "–";
  std::string text = format_number({std::llround(*value * 100) * (number_scale / 100)});
  if (const auto dot = text.find('.'); dot == std::string::npos) text += ".00";
  else if (text.size() - dot == 2) text += "0";
  return text;
}

class EarnedValuePage final : public Page {
 public:
  std::string_view name() const override { return "earned_value"; }
  Key title() const override { return "earned_value.title"_key; }
  const char* icon() const override { return icon::chart_line; }
  Desk desk() const override { return Desk::controller; }
  void forget() override { view_ = 0, indices_.forget(); }

  void draw(Context& context) override {
    if (context.project.all<Task>().empty()) {
      const auto answer = empty_state({.icon = icon::chart_line, .title = context.text("earned_value.title"_key), .about = context.text("earned_value.about"_key),
                                       .action = labelled(context.text("control.open_plan"_key), "open_plan"), .action_icon = icon::gantt});
      if (answer == EmptyAnswer::action) context.navigation.open_page("tasks");
      return;
    }
    scales_ = scales_of(context.project);
    language_ = context.language;
    limits_ = engine::index_limits_of(context.project);
    draw_head(context, context.analyses.of<EarnedValueOf>());
    const ProjectEarnedValue& value = context.analyses.of<EarnedValueOf>();  // another when the head has chosen another baseline
    draw_figures(context, value);
    if (const auto& missing = context.analyses.of<FinancesOf>().without_rate; !missing.empty())
      paragraph(Type::body, context.text("budget.cash.no_rate"_key, {missing}), context.theme.tone(Tone::caution).ink);
    draw_index_alerts(context, all_alerts_);
    gap(1);
    const float width = ImGui::GetContentRegionAvail().x, side = std::clamp(width * 0.34f, 376.0f, 440.0f);
    if (Card card("curve", {.title = context.text("earned_value.curve"_key), .width = width - side - 12, .height = 404}); card) draw_curve(context, value);
    ImGui::SameLine(0, 12);
    if (Card card("forecast", {.title = context.text("earned_value.forecasts"_key), .height = 404}); card) draw_forecasts(context, value);
    gap(1);
    if (Card card("parts", {.height = std::max(320.0f, ImGui::GetContentRegionAvail().y - 4)}); card) draw_parts(context, value);
  }

 private:
  std::string money(double minor) const { return format_money_short({std::llround(minor)}, scales_, language_); }
  std::string money(std::optional<double> minor) const { return minor && std::isfinite(*minor) ? money(*minor) : std::string("–"); }

  void draw_head(Context& context, const ProjectEarnedValue& value) {
    const auto* baseline = context.project.find(Ref<Baseline>{value.baseline});
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() + 4);
    chip(std::string(context.text("earned_value.status_date"_key)) + " " + format_day(value.date, language_), Tone::accent, icon::calendar);
    ImGui::SameLine();
    if (!baseline) {
      chip(std::string(context.text("earned_value.no_baseline"_key)), Tone::caution, icon::warning);
      ImGui::SameLine();
    }
    if (!context.project.all<Baseline>().empty()) draw_reference(context, baseline);
    else if (text_link(labelled(context.text("baselines.set"_key), "to_baselines"), icon::baseline)) context.navigation.open_page("baselines");
    ImGui::SameLine();
    if (text_link(labelled(context.text("earned_value.estimate_anew"_key), "to_estimates"), icon::calculator)) context.navigation.open_page("estimate_to_complete");
    gap(0.5f);
  }

  // What the project is measured against, to be chosen; one that was chosen stays when a newer one is agreed, and this says so.
  void draw_reference(Context& context, const Baseline* reference) {
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() - 2);
    const std::string choose(context.text("earned_value.choose_baseline"_key));
    const std::string shown = reference ? context.text("earned_value.against"_key, {reference->name}) : choose;
    if (button(labelled(shown, "reference"), {.icon = icon::baseline, .small = true, .opens_menu = true, .tooltip = choose}))
      open_menu("reference.menu");
    draw_reference_menu(context, reference);
    const Baseline* newest = engine::newest_agreed_baseline(context.project);
    if (!newest || !reference || newest->taken <= reference->taken) return;
    ImGui::SameLine();
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() + 2);
    chip(context.text("earned_value.newer_agreed"_key, {newest->name}), Tone::caution, icon::info);
  }

  void draw_reference_menu(Context& context, const Baseline* reference) {
    if (!begin_menu("reference.menu")) return;
    const auto measure_against = [&](Ref<Baseline> chosen, std::string name) {
      context.change("transaction.reference_baseline"_key, {std::move(name)}, [&](Transaction& change) {
        if (const auto& settings = context.project.all<ProjectSettings>(); !settings.empty()) change.set(settings.at(0), &ProjectSettings::reference_baseline, chosen);
      });
    };
    const bool chosen = engine::is_reference_chosen(context.project);
    const Baseline* newest = engine::newest_agreed_baseline(context.project);
    const std::string newest_name(context.text("earned_value.newest_agreed"_key));
    if (newest && menu_item(labelled(newest_name, "reference.newest"), {.icon = icon::approve, .checked = !chosen, .about = newest->name})) measure_against({}, newest_name);
    if (newest) menu_line();
    for (const Baseline* one : engine::baselines_by_date(context.project))
      if (menu_item(labelled(one->name, "reference." + one->id.text()), {.icon = icon::baseline, .checked = chosen && one == reference, .about = about_baseline(context, *one)}))
        measure_against({one->id}, one->name);
    end_menu();
  }

  void draw_figures(Context& context, const ProjectEarnedValue& value) {
    const auto f = engine::earned_value(value.total);
    const float width = (ImGui::GetContentRegionAvail().x - 12 * 5) / 6;
    bool first = true;
    const auto card = [&](const char* id, Key name, const std::string& text, const std::string& note, Tone tone) {
      if (!first) ImGui::SameLine(0, 12);
      first = false;
      if (Card one(id, {.width = width, .height = 88, .padding = 12}); one) figure(context.text(name), text, note, tone);
    };
    const auto signed_money = [&](double amount) { return (amount > 0 ? "+" : "") + money(amount); };
    card("spi", "earned_value.spi"_key, ratio(f.schedule_performance_index), signed_money(f.schedule_variance), tone_of_index(f.schedule_performance_index, limits_.schedule));
    card("cpi", "earned_value.cpi"_key, ratio(f.cost_performance_index), signed_money(f.cost_variance), tone_of_index(f.cost_performance_index, limits_.cost));
    const auto days = value.schedule.schedule_variance;
    card("spi_t", "earned_value.spi_t"_key, ratio(value.schedule.schedule_performance_index),
         days ? context.text("earned_value.days"_key, {(*days > 0 ? "+" : "") + format_number({std::llround(*days * 10) * (number_scale / 10)})}) : std::string(),
         tone_of_index(value.schedule.schedule_performance_index, limits_.schedule));
    card("bac", "earned_value.bac"_key, money(value.total.budget_at_completion), context.text("earned_value.percent_done"_key, {percent(f.percent_complete)}), Tone::neutral);
    const auto variance = f.estimate_typical ? std::optional(value.total.budget_at_completion - *f.estimate_typical) : std::nullopt;
    card("eac", "earned_value.eac"_key, money(f.estimate_typical), variance ? signed_money(*variance) : std::string(), tone_of_index(f.cost_performance_index, limits_.cost));
    card("finish", "earned_value.forecast_finish"_key, value.forecast_finish ? format_day(*value.forecast_finish, language_) : std::string("–"),
         context.text("earned_value.planned_finish"_key, {format_day(value.planned_finish, language_)}), Tone::neutral);
  }

  static std::string percent(std::optional<double> share) {
    return share ? format_share(*share) : std::string("–");
  }

  void draw_forecasts(Context& context, const ProjectEarnedValue& value) {
    const auto f = engine::earned_value(value.total, value.to_complete.value());
    struct Line {
      Key name;
      std::optional<double> estimate;
    };
    const Line lines[] = {{"earned_value.eac_cpi"_key, f.estimate_typical}, {"earned_value.eac_budget"_key, f.estimate_atypical},
                          {"earned_value.eac_combined"_key, f.estimate_combined}, {"earned_value.eac_bottom_up"_key, f.estimate_bottom_up}};
    const FactColumn columns[] = {{std::string(context.text("earned_value.method"_key))}, {std::string(context.text("earned_value.eac"_key)), 96, true},
                                  {std::string(context.text("earned_value.vac"_key)), 104, true}};
    fact_table("forecasts", columns, static_cast<int>(std::size(lines)), [&](int row, int column) -> FactCell {
      const Line& line = lines[row];
      if (column == 0) return {std::string(context.text(line.name))};
      if (column == 1) return {money(line.estimate), 0, 0, true};
      if (!line.estimate) return {"–"};
      const double variance = value.total.budget_at_completion - *line.estimate;
      return {money(variance), variance < 0 ? context.theme.tone(Tone::bad).ink : context.theme.tone(Tone::good).ink};
    }, {.pressable = false});
    gap(1);
    const float key = 190;
    key_value(context.text("earned_value.tcpi"_key), f.budget_out_of_reach ? std::string(context.text("budget.out_of_reach"_key)) : ratio(f.to_complete_budget), key);
    key_value(context.text("earned_value.earned_schedule"_key), ratio(value.schedule.earned_schedule), key);
    key_value(context.text("earned_value.actual_time"_key), ratio(value.actual_time), key);
    key_value(context.text("earned_value.duration_planned_pace"_key), ratio(value.schedule.estimate_planned_pace), key);
    key_value(context.text("earned_value.duration_current_pace"_key), ratio(value.schedule.estimate_current_pace), key);
  }

  void draw_curve(Context& context, const ProjectEarnedValue& value) {
    constexpr float height = 292;
    const Choice choices[] = {{labelled(context.text("earned_value.values"_key), "curve.values")}, {labelled(context.text("desk_chart.indices"_key), "curve.indices")}};
    segments("curve.view", choices, curve_, true);
    gap(0.5f);
    if (curve_ == 0) draw_chart("s_curve", earned_value_chart(context, value), {.height = height, .locale = chart_locale(context)});
    else if (!indices_.draw(context, height)) text(Type::body, context.text("earned_value.no_indices"_key), context.theme.ink_soft);
  }

  void draw_parts(Context& context, const ProjectEarnedValue& value) {
    const Choice choices[] = {{labelled(context.text("earned_value.by_wbs"_key), "by_wbs")}, {labelled(context.text("earned_value.by_account"_key), "by_account")}};
    segments("view", choices, view_, true);
    if (view_ == 0) {
      ImGui::SameLine(0, 16);
      ImGui::SetCursorPosY(ImGui::GetCursorPosY() + 2);
      toggle(labelled(context.text("earned_value.summaries_only"_key), "summaries_only"), summaries_only_);
    }
    gap(0.5f);
    if (view_ == 0) draw_work(context, value);
    else draw_accounts(context, value);
  }

  // With the estimates from below where somebody has estimated anew.
  static std::vector<FactColumn> amount_columns(Context& context, const ProjectEarnedValue& value, Key name) {
    std::vector<FactColumn> columns{{std::string(context.text(name))}};
    for (const Key key : {"earned_value.short_bac"_key, "earned_value.short_pv"_key, "earned_value.short_ev"_key, "earned_value.short_ac"_key, "earned_value.sv"_key, "earned_value.cv"_key})
      columns.push_back({std::string(context.text(key)), 96, true});
    columns.push_back({std::string(context.text("earned_value.short_spi"_key)), 70, true});
    columns.push_back({std::string(context.text("earned_value.short_cpi"_key)), 70, true});
    columns.push_back({std::string(context.text("earned_value.eac"_key)), 96, true});
    if (value.to_complete.estimated) columns.push_back({std::string(context.text("earned_value.short_bottom_up"_key)), 110, true});
    return columns;
  }

  FactCell amount_cell(Context& context, const EarnedValueAmounts& amounts, const engine::ToComplete& to_complete, int column) const {
    const auto f = engine::earned_value(amounts, to_complete.value());
    const auto variance = [&](double amount) -> FactCell { return {money(amount), amount < 0 ? context.theme.tone(Tone::bad).ink : 0u}; };
    const auto index = [&](std::optional<double> value, const engine::IndexThresholds& limits) -> FactCell {
      const Tone tone = tone_of_index(value, limits);
      return {ratio(value), tone == Tone::neutral ? context.theme.ink_faint : context.theme.tone(tone).ink};
    };
    switch (column) {
      case 1: return {money(amounts.budget_at_completion)};
      case 2: return {money(amounts.planned_value)};
      case 3: return {money(amounts.earned_value)};
      case 4: return {money(amounts.actual_cost)};
      case 5: return variance(f.schedule_variance);
      case 6: return variance(f.cost_variance);
      case 7: return index(f.schedule_performance_index, limits_.schedule);
      case 8: return index(f.cost_performance_index, limits_.cost);
      case 9: return {money(f.estimate_typical)};
      default: return {money(f.estimate_bottom_up)};
    }
  }

  void draw_work(Context& context, const ProjectEarnedValue& value) {
    const Outline& outline = context.analyses.of<OutlineOf>();
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < outline.size(); ++row)
      if (!summaries_only_ || outline[row].summary) rows.push_back(row);
    const auto columns = amount_columns(context, value, "earned_value.work_package"_key);
    const int pressed = fact_table("by_work", columns, static_cast<int>(rows.size()), [&](int line, int column) -> FactCell {
      const std::size_t row = rows[static_cast<std::size_t>(line)];
      if (column == 0)
        return {outline.wbs(row) + "  " + outline[row].task->name, 0, static_cast<float>(outline[row].level) * 16, outline[row].summary};
      return amount_cell(context, value.tasks[row], value.tasks_to_complete[row], column);
    }, {.height = std::max(120.0f, ImGui::GetContentRegionAvail().y)});
    if (pressed >= 0) context.navigation.open_record(register_of<Task>(), outline[rows[static_cast<std::size_t>(pressed)]].task->id);
  }

  void draw_accounts(Context& context, const ProjectEarnedValue& value) {
    auto columns = amount_columns(context, value, "earned_value.account"_key);
    const int committed = static_cast<int>(columns.size());
    columns.push_back({std::string(context.text("earned_value.committed"_key)), 96, true});
    const auto& accounts = value.accounts;
    const int pressed = fact_table("by_accounts", columns, static_cast<int>(accounts.size()), [&](int line, int column) -> FactCell {
      const auto& account = accounts[static_cast<std::size_t>(line)];
      if (column == 0) {
        const auto* record = context.project.find(Ref<CostAccount>{account.account});
        float indent = 0;
        for (int above = account.parent, steps = 0; above >= 0 && steps < 8; above = accounts[static_cast<std::size_t>(above)].parent, ++steps) indent += 16;
        return {record ? record->code + "  " + record->name : std::string(context.text("earned_value.no_account"_key)), record ? 0u : context.theme.ink_faint, indent};
      }
      if (column == committed) return {money(account.committed)};
      return amount_cell(context, account.amounts, account.to_complete, column);
    }, {.height = std::max(120.0f, ImGui::GetContentRegionAvail().y)});
    if (pressed >= 0 && accounts[static_cast<std::size_t>(pressed)].account)
      context.navigation.open_record(register_of<CostAccount>(), accounts[static_cast<std::size_t>(pressed)].account);
  }

  int view_ = 0, curve_ = 0;
  FullDeskChart indices_{Desk::controller};
  bool summaries_only_ = true, all_alerts_ = false;
  Scales scales_;
  engine::IndexLimits limits_;
  Language language_ = Language::english;
};

}  // namespace

std::unique_ptr<Page> make_earned_value_page() { return std::make_unique<EarnedValuePage>(); }

}  // namespace pmo::desks
