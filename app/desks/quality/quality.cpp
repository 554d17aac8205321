// Quality: control charts of the controlled characteristics, defects by cause, cost of quality, satisfaction of customers.
#include <algorithm>
#include <format>
#include <map>

#include "app/desks/matrix.h"
#include "app/desks/pages.h"
#include "app/desks/quality/quality_charts.h"
#include "app/desks/quality/satisfaction_chart.h"
#include "app/engine/quality/control_chart_of.h"
#include "app/engine/quality/satisfaction.h"
#include "app/ui/charts/draw_chart.h"
#include "app/ui/icons.h"
#include "app/ui/table/cell_text.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::desks {
namespace {

using namespace ui;
using namespace engine;

ChartLocale locale_of(const Context& context) { return {context.language, scales_of(context.project)}; }

class QualityAnalysisPage final : public Page {
 public:
  std::string_view name() const override { return "quality_analysis"; }
  Key title() const override { return "page.quality_analysis"_key; }
  const char* icon() const override { return icon::chart_line; }
  Desk desk() const override { return Desk::quality; }

  void draw(Context& context) override {
    const Choice choices[] = {{labelled(context.text("quality.control_charts"_key), "quality.control_charts")},
                              {labelled(context.text("quality.defects"_key), "quality.defects")},
                              {labelled(context.text("quality.cost"_key), "quality.cost")},
                              {labelled(context.text("quality.satisfaction"_key), "quality.satisfaction")}};
    tabs("quality.views", choices, view_);
    gap(1);
    if (view_ == 0) draw_control_charts(context);
    if (view_ == 1) draw_defects(context);
    if (view_ == 2) draw_cost(context);
    if (view_ == 3) draw_satisfaction(context);
  }

 private:
  void draw_control_charts(Context& context) {
    const auto& items = context.project.all<QualityPlanItem>();
    if (items.empty()) {
      const auto answer = empty_state({.icon = icon::clipboard_list, .title = context.text("quality.control_charts"_key), .about = context.text("quality.no_plan"_key),
                                       .action = labelled(context.text("quality.to_plan"_key), "quality.to_plan"), .action_icon = icon::clipboard_list});
      if (answer == EmptyAnswer::action) context.navigation.open_page("quality_plan_item");
      return;
    }
    if (!items.find(chosen_)) chosen_ = items.at(0).id;
    for (const QualityPlanItem& item : items)
      if (chip_in_row(labelled(item.metric.empty() ? item.title : item.metric, "chart." + item.id.text()), item.id == chosen_, &item == &items.at(0))) chosen_ = item.id;
    gap(1);
    const QualityPlanItem& item = *items.find(chosen_);
    const CharacteristicChart chart = control_chart_of(context.project, item, rules_ == 0 ? western_electric_rules() : nelson_rules());
    text(Type::heading, item.title);
    if (!item.acceptance_criteria.empty()) paragraph(Type::body, item.acceptance_criteria, context.theme.ink_soft);
    gap(1);
    if (chart.missing != NoChart::none) {
      empty_state({.icon = icon::ruler, .title = context.text(field_of<QualityPlanItem>(&QualityPlanItem::chart).choice_key(enum_name(item.chart))),
                   .about = context.text(no_chart_key(chart.missing))});
      return;
    }
    draw_capability(context, item, chart);
    draw_rule_choice(context);
    const DrawChartOptions wide{.height = 300, .locale = locale_of(context)};
    draw_chart("location", location_chart(item, chart, context.language), wide);
    if (!chart.spread.points.empty())
      draw_chart("spread", spread_chart(item, chart, context.language), {.height = 200, .locale = locale_of(context)});
    for (const std::string& told : told_signals(chart, context.language)) paragraph(Type::body, told, context.theme.tone(Tone::bad).ink);
  }

  static void draw_capability(Context& context, const QualityPlanItem& item, const CharacteristicChart& chart) {
    const bool judged = engine::in_control(chart), has_limits = item.lower_limit || item.upper_limit;
    const auto one = [&](const char* id, Key name, const std::optional<double>& value, bool beside) {
      if (beside) ImGui::SameLine(0, 12);
      const std::string shown = value ? std::format("{:.2f}", *value) : std::string(context.text("analysis.no_value"_key));
      const Tone tone = !value || !judged ? Tone::neutral : *value >= 1.33 ? Tone::good : *value >= 1 ? Tone::caution : Tone::bad;
      const Key note = !value ? has_limits ? "quality.one_limit"_key : "quality.no_limits"_key
                       : !judged ? "quality.not_judged"_key : *value >= 1.33 ? "quality.capable"_key : *value >= 1 ? "quality.barely_capable"_key : "quality.not_capable"_key;
      if (Card card(id, {.width = 230, .height = 88, .padding = 12}); card) figure(context.text(name), shown, context.text(note), tone);
    };
    one("cp", "quality.cp"_key, chart.capability.cp, false);
    one("cpk", "quality.cpk"_key, chart.capability.cpk, true);
    ImGui::SameLine(0, 12);
    const auto count = static_cast<std::int64_t>(chart.signals.size() + chart.spread_signals.size());
    if (Card card("signals", {.width = 230, .height = 88, .padding = 12}); card)
      figure(context.text("quality.signals"_key), format_integer(count), context.text(count > 0 ? "quality.special_causes"_key : "quality.in_control"_key), count > 0 ? Tone::bad : Tone::good);
    gap(1);
  }

  void draw_rule_choice(Context& context) {
    const Choice choices[] = {{labelled(context.text("quality.western_electric"_key), "western_electric")}, {labelled(context.text("quality.nelson"_key), "nelson")}};
    label_beside(context.text("quality.rules"_key), 320);
    ImGui::SameLine(0, 12);
    segments("rules", choices, rules_, true);
    gap(0.5f);
  }

  static void draw_defects(Context& context) {
    std::int64_t open = 0, late = 0;
    for (const Nonconformity& nonconformity : context.project.all<Nonconformity>()) {
      const bool is_over = nonconformity.status >= NonconformityStatus::verified;
      open += !is_over;
      late += !is_over && nonconformity.due && *nonconformity.due < context.today;
    }
    const auto rows = defects_by_type(context.project, context.language);
    if (rows.empty()) {
      empty_state({.icon = icon::octagon_alert, .title = context.text("quality.defects"_key), .about = context.text("quality.no_defects"_key)});
      return;
    }
    if (Card card("open", {.width = 230, .height = 88, .padding = 12}); card) figure(context.text("quality.open_nonconformities"_key), format_integer(open));
    ImGui::SameLine(0, 12);
    if (Card card("late", {.width = 230, .height = 88, .padding = 12}); card) figure(context.text("quality.late_actions"_key), format_integer(late), {}, late > 0 ? Tone::bad : Tone::good);
    gap(1);
    draw_chart("pareto", pareto_chart(std::string(context.text("quality.defects"_key)), rows, context.language), {.height = 280, .locale = locale_of(context)});
    for (const ParetoRow& row : rows)
      key_value(row.cause, format_integer(static_cast<std::int64_t>(row.count)) + "   " + format_percent({static_cast<std::int32_t>(row.cumulative_share * 1000 + 0.5)}), 240);
  }

  static void draw_cost(Context& context) {
    Money sums[enum_size<QualityCostKind>] = {}, whole;
    for (const QualityCost& cost : context.project.all<QualityCost>()) {
      sums[static_cast<int>(cost.kind)] += cost.amount;
      whole += cost.amount;
    }
    const Scales scales = scales_of(context.project);
    const FieldInfo& kind = field_of<QualityCost>(&QualityCost::kind);
    if (whole == Money{0}) {
      empty_state({.icon = icon::coins, .title = context.text("quality.cost"_key), .about = context.text(register_of<QualityCost>().about_key())});
      return;
    }
    for (int i = 0; i < enum_size<QualityCostKind>; ++i) {
      if (i > 0) ImGui::SameLine(0, 12);
      ImGui::PushID(i);
      const auto share = static_cast<std::int32_t>(sums[i].value * 1000 / whole.value);
      const bool failure = i >= static_cast<int>(QualityCostKind::internal_failure);
      if (Card card("kind", {.width = 220, .height = 88, .padding = 12}); card)
        figure(context.text(kind.choice_key(enum_names<QualityCostKind>()[static_cast<std::size_t>(i)])), format_money_short(sums[i], scales, context.language),
               format_percent({share}), failure && share > 500 ? Tone::bad : Tone::neutral);
      ImGui::PopID();
    }
    gap(1);
    paragraph(Type::body, context.text("quality.cost.about"_key), context.theme.ink_soft, 760);
  }

  static void draw_satisfaction(Context& context) {
    std::vector<int> satisfied, recommended;
    for (const Feedback& feedback : context.project.all<Feedback>()) {
      if (feedback.recommendation) recommended.push_back(static_cast<int>(*feedback.recommendation));
      if (feedback.satisfaction) satisfied.push_back(static_cast<int>(*feedback.satisfaction));
    }
    if (satisfied.empty() && recommended.empty()) {
      empty_state({.icon = icon::messages, .title = context.text("quality.satisfaction"_key), .about = context.text("quality.no_feedback"_key)});
      return;
    }
    const auto one = [&](const char* id, Key name, const std::optional<double>& value, const std::string& unit, std::size_t answers, bool beside) {
      if (beside) ImGui::SameLine(0, 12);
      const std::string shown = value ? std::format("{:.0f}{}", *value, unit) : std::string(context.text("analysis.no_value"_key));
      if (Card card(id, {.width = 230, .height = 88, .padding = 12}); card) figure(context.text(name), shown, context.text("quality.answers"_key, {std::to_string(answers)}));
    };
    one("csat", "quality.csat"_key, customer_satisfaction(satisfied), "%", satisfied.size(), false);
    one("nps", "quality.nps"_key, net_promoter_score(recommended), "", recommended.size(), true);
    gap(1);
    if (Card card("trend", {.title = context.text("quality.trend"_key), .icon = icon::chart_line}); card)
      draw_chart("trend", satisfaction_chart(context.project, context.language), {.height = 220, .locale = locale_of(context)});
    gap(1);
    if (Card card("themes", {.title = context.text("quality.themes"_key), .icon = icon::messages}); card) draw_themes(context);
    gap(1);
    if (Card card("improvements", {.title = context.text("quality.improvements"_key), .icon = icon::trending_up}); card) draw_improvements(context);
  }

  static void draw_themes(Context& context) {
    Matrix matrix{.corner = std::string(context.text(field_of<Feedback>(&Feedback::theme).label_key())), .title_width = 240};
    for (const Key key : {"quality.theme_answers"_key, "quality.theme_mean"_key, "quality.theme_complaints"_key}) matrix.columns.emplace_back(context.text(key));
    for (const FeedbackTheme& theme : themes_of(context.project)) {
      const Tone tone = !theme.mean ? Tone::neutral : *theme.mean >= 4 ? Tone::good : *theme.mean >= 3 ? Tone::caution : Tone::bad;
      matrix.rows.push_back({theme.name.empty() ? std::string(context.text("quality.no_type"_key)) : theme.name,
                             {{std::to_string(theme.answers)}, {theme.mean ? std::format("{:.1f} / 5", *theme.mean) : std::string(context.text("analysis.no_value"_key)), tone, {}, true},
                              {std::to_string(theme.complaints), theme.complaints > 0 ? Tone::caution : Tone::neutral}}});
    }
    draw_matrix("themes.matrix", matrix);
  }

  // The theme's mean before and after what was improved.
  static void draw_improvements(Context& context) {
    const auto effects = improvement_effects(context.project);
    if (effects.empty()) return paragraph(Type::body, context.text("quality.no_improvements"_key), context.theme.ink_soft, 760);
    Matrix matrix{.corner = std::string(context.text(field_of<Feedback>(&Feedback::improvement).label_key())), .title_width = 340};
    for (const Key key : {"quality.mean_before"_key, "quality.mean_after"_key, "quality.gain"_key}) matrix.columns.emplace_back(context.text(key));
    const auto mean = [&](const std::optional<double>& value, int answers) {
      if (!value) return MatrixCell{std::string(context.text("analysis.no_value"_key)), Tone::neutral, std::string(context.text("quality.nobody_answered"_key))};
      return MatrixCell{std::format("{:.1f} ({})", *value, answers)};
    };
    for (const ImprovementEffect& effect : effects) {
      const Feedback& feedback = *context.project.find(Ref<Feedback>{effect.feedback});
      const auto gain = effect.gain();
      MatrixCell cell{std::string(context.text("analysis.no_value"_key)), Tone::neutral, std::string(context.text("quality.nobody_answered"_key))};
      if (gain) cell = {std::format("{:+.1f}", *gain), *gain > 0 ? Tone::good : *gain < 0 ? Tone::bad : Tone::caution, {}, true};
      matrix.rows.push_back({feedback.improvement, {mean(effect.before, effect.answers_before), mean(effect.after, effect.answers_after), std::move(cell)}, "improvement." + feedback.id.text()});
    }
    if (const auto pressed = draw_matrix("improvements.matrix", matrix)) context.navigation.open_record(register_of<Feedback>(), effects[pressed->row].feedback);
  }

  int view_ = 0, rules_ = 0;
  Id chosen_;
};

}  // namespace

std::unique_ptr<Page> make_quality_analysis_page() { return std::make_unique<QualityAnalysisPage>(); }

}  // namespace pmo::desks
