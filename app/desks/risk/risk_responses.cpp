// What the risk work brings: exposure from review to review, and what each response is worth.
#include "app/engine/risk/risk_responses.h"

#include <format>

#include "app/desks/matrix.h"
#include "app/desks/pages.h"
#include "app/model/describe_record.h"
#include "app/ui/charts/draw_chart.h"
#include "app/ui/control_analyses.h"
#include "app/ui/icons.h"
#include "app/ui/table/cell_text.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::desks {
namespace {

using namespace ui;
using namespace engine;

class RiskResponsesPage final : public Page {
 public:
  std::string_view name() const override { return "risk_responses"; }
  Key title() const override { return "page.risk_responses"_key; }
  const char* icon() const override { return icon::chart_line; }
  Desk desk() const override { return Desk::risk; }

  void draw(Context& context) override {
    if (context.project.all<Risk>().empty()) {
      const auto answer = empty_state({.icon = icon(), .title = context.text(title()), .about = context.text(register_of<Risk>().about_key()),
                                       .action = labelled(context.text("risk_responses.to_risks"_key), "to_risks"), .action_icon = icon::risk});
      if (answer == EmptyAnswer::action) context.navigation.open_page("risks");
      return;
    }
    if (Card card("exposure", {.title = context.text("risk_responses.exposure"_key), .icon = icon()}); card) draw_exposure(context);
    gap(1);
    if (Card card("responses", {.title = context.text("risk_responses.effect"_key), .icon = icon::scale}); card) draw_effects(context);
  }

 private:
  static void draw_exposure(Context& context) {
    const auto points = exposure_over_time(context.project, context.today);
    Chart chart{.title = std::string(context.text("risk_responses.exposure"_key)), .summary = std::string(context.text("risk_responses.exposure.about"_key)),
                .x = {.kind = AxisKind::date}, .y = {.kind = AxisKind::money}};
    chart.right = ChartAxis{.kind = AxisKind::count, .title = std::string(context.text("risk_responses.count"_key)), .low = 0};
    ChartSeries exposure{.name = std::string(context.text("risk_page.exposure"_key)), .kind = SeriesKind::line};
    ChartSeries reserve{.name = std::string(context.text("risk_page.reserve"_key)), .kind = SeriesKind::line, .paint = {.series = 1}, .dashed = true};
    ChartSeries high{.name = std::string(context.text("risk_page.high"_key)), .kind = SeriesKind::points, .paint = {.tone = Tone::bad}, .right = true};
    for (const ExposurePoint& point : points) {
      const double day = point.day.value;
      exposure.points.push_back({day, static_cast<double>(point.exposure.value)});
      reserve.points.push_back({day, static_cast<double>(point.reserve.value)});
      high.points.push_back({day, static_cast<double>(point.high_risks)});
    }
    chart.series = {std::move(exposure), std::move(reserve), std::move(high)};
    paragraph(Type::caption, context.text("risk_responses.exposure.about"_key), context.theme.ink_soft, 760);
    if (points.size() > 1) draw_chart("exposure", chart, {.height = 260, .locale = chart_locale(context)});
    else paragraph(Type::body, context.text("risk_responses.no_reviews"_key), context.theme.ink_soft, 760);
    if (text_link(labelled(context.text("risk_responses.to_reviews"_key), "to_reviews"), icon::arrow_right)) context.navigation.open_page("risk_review");
  }

  static void draw_effects(Context& context) {
    const Scales scales = scales_of(context.project);
    const RiskScale scale = risk_scale_of(context.project);
    const std::string none(context.text("analysis.no_value"_key)), why(context.text("risk_responses.no_figures"_key));
    const auto score = [&](std::optional<int> value) {
      if (!value) return MatrixCell{none, Tone::neutral, std::string(context.text("risk_responses.not_assessed"_key))};
      const RiskLevel level = risk_level(value, scale);
      return MatrixCell{std::to_string(*value), level >= RiskLevel::high ? Tone::bad : level == RiskLevel::medium ? Tone::caution : Tone::good};
    };
    const auto money = [&](std::optional<Money> value) { return value ? MatrixCell{format_money_short(*value, scales, context.language)} : MatrixCell{none, Tone::neutral, why}; };
    Matrix matrix{.corner = std::string(context.text(register_of<Risk>().one_key())), .title_width = 280, .cell_width = 92};
    for (const Key key : {"risk_responses.score_before"_key, "risk_responses.score_after"_key, "risk_responses.before"_key, "risk_responses.after"_key,
                          "risk_responses.planned_cost"_key, "risk_responses.actual_cost"_key, "risk_responses.leverage"_key})
      matrix.columns.emplace_back(context.text(key));
    std::vector<Id> ids;
    for (const ResponseEffect& effect : response_effects(context.project)) {
      const Risk& risk = *context.project.find(Ref<Risk>{effect.risk});
      const bool dearer = effect.actual_cost > effect.planned_cost;
      const MatrixCell leverage = effect.leverage ? MatrixCell{std::format("{:.1f}", *effect.leverage), *effect.leverage >= 1 ? Tone::good : Tone::bad, {}, true} : MatrixCell{none, Tone::neutral, why};
      matrix.rows.push_back({record_number(context.project, register_of<Risk>(), risk) + " " + risk.title,
                             {score(effect.score_before), score(effect.score_after), money(effect.before), money(effect.after), money(effect.planned_cost),
                              {format_money_short(effect.actual_cost, scales, context.language), dearer ? Tone::bad : Tone::neutral}, leverage},
                             "response." + risk.id.text()});
      ids.push_back(risk.id);
    }
    paragraph(Type::caption, context.text("risk_responses.effect.about"_key), context.theme.ink_soft, 760);
    gap(0.5f);
    if (ids.empty()) return text(Type::body, context.text("risk_responses.none"_key), context.theme.ink_soft);
    if (const auto pressed = draw_matrix("responses.matrix", matrix)) context.navigation.open_record(register_of<Risk>(), ids[pressed->row]);
  }
};

}  // namespace

std::unique_ptr<Page> make_risk_responses_page() { return std::make_unique<RiskResponsesPage>(); }

}  // namespace pmo::desks
