// The risk register with the probability and impact matrix: press a cell to see its risks only.
#include "app/engine/risk/risk.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "app/desks/pages.h"
#include "app/desks/risk/risk_matrix.h"
#include "app/ui/charts/save_chart.h"
#include "app/ui/icons.h"
#include "app/ui/register_page.h"
#include "app/ui/widgets/pressable.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::desks {
namespace {

using namespace ui;
using engine::RiskLevel;

bool still_open(const Risk& risk) { return risk.status != RiskStatus::occurred && risk.status != RiskStatus::closed; }

Tone tone_of(RiskLevel level) {
  if (level == RiskLevel::extreme || level == RiskLevel::high) return Tone::bad;
  return level == RiskLevel::medium ? Tone::caution : Tone::good;
}

class RiskPage final : public RegisterPage {
 public:
  RiskPage() : RegisterPage("risks", register_of<Risk>(), icon::risk) {}

 private:
  void prepare(Context& context, Transaction& change, const Record& record) override {
    change.set(static_cast<const Risk&>(record), &Risk::identified_on, std::optional(context.today));
  }

  void draw_tools(Context& context) override {
    ImGui::SameLine(0, 4);
    if (button(labelled(context.text("page.risk_matrix"_key), "matrix"), {.icon = icon::portfolio, .emphasis = Emphasis::quiet, .on = shown_}))
      shown_ = !shown_;
  }

  void draw_above(Context& context) override {
    if (shown_) {
      constexpr float matrix_width = 396;
      if (Card card("matrix", {.width = matrix_width, .height = 268, .padding = 12}); card) draw_matrix(context);
      ImGui::SameLine(0, 12);
      ImGui::BeginGroup();
      draw_figures(context);
      ImGui::EndGroup();
      gap(0.5f);
    }
  }

  void draw_matrix(Context& context) {
    const Choice choices[] = {{labelled(context.text("risk_page.inherent"_key), "inherent")}, {labelled(context.text("risk_page.residual"_key), "residual")}};
    int current = residual_;
    if (segments("kind", choices, current, true)) {
      residual_ = current == 1;
      if (chosen_) choose(*chosen_);
    }
    const Theme& t = context.theme;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    constexpr float left = 24, cell_width = 66, cell_height = 34, space = 3;
    int counts[6][6] = {};
    for (const Risk& risk : context.project.all<Risk>()) {
      const RiskPosition place = risk_position(risk, residual_);
      if (still_open(risk)) ++counts[place.probability][place.impact];
    }
    for (int probability = 5; probability >= 1; --probability) {
      const float y = at.y + 4 + static_cast<float>(5 - probability) * (cell_height + space);
      const std::string number = std::to_string(probability);
      draw_text(list, {at.x + 6, middle(y, cell_height, size_of(Type::caption))}, Type::caption, t.ink_faint, number);
      for (int impact = 1; impact <= 5; ++impact) {
        const float x = at.x + left + static_cast<float>(impact - 1) * (cell_width + space);
        ImGui::SetCursorScreenPos({x, y});
        draw_cell(context, {probability, impact}, counts[probability][impact], {cell_width, cell_height});
      }
    }
    const float below = at.y + 4 + 5 * (cell_height + space);
    for (int impact = 1; impact <= 5; ++impact) {
      const std::string number = std::to_string(impact);
      draw_text(list, {at.x + left + static_cast<float>(impact - 1) * (cell_width + space) + cell_width / 2 - 3, below}, Type::caption, t.ink_faint, number);
    }
    const std::string axes = std::string(context.text("risk_page.probability"_key)) + " " + icon::arrow_up + "    " +
                             std::string(context.text("risk_page.impact"_key)) + " " + icon::arrow_right;
    const float width = measure(Type::caption, axes).x, right = at.x + left + 5 * (cell_width + space);
    draw_text(list, {right - save_chart_room - width, at.y - 26}, Type::caption, t.ink_faint, axes);
    save_chart_button("matrix", {right, at.y - 29}, std::string(context.text("risk_matrix.title"_key)), context.language, [&] {
      std::vector<const Risk*> open;
      for (const Risk& risk : context.project.all<Risk>())
        if (still_open(risk)) open.push_back(&risk);
      const HeatMap map = risk_matrix(context.project, open, residual_, context.language);
      return write_svg(map, {.size = {720, 300}, .locale = {.language = context.language}, .alone = true});
    });
  }

  void draw_cell(Context& context, RiskPosition place, int count, ImVec2 size) {
    const Theme& t = context.theme;
    const RiskLevel level = engine::risk_level(static_cast<int>(place.probability * place.impact), engine::risk_scale_of(context.project));
    const ToneColors& colors = t.tone(tone_of(level));
    const std::string id = "###cell." + std::to_string(place.probability) + "." + std::to_string(place.impact);
    const std::string spoken = std::string(context.text("risk_page.probability"_key)) + " " + std::to_string(place.probability) + ", " +
                               std::string(context.text("risk_page.impact"_key)) + " " + std::to_string(place.impact) + ", " + std::string(context.text(engine::risk_level_key(level)));
    const Press press = pressable(id, size, true, Role::button, {.checked = chosen_ == place ? Flag::yes : Flag::no}, spoken, 4);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImU32 ground = level == RiskLevel::extreme ? mix(colors.soft, colors.fill, 0.45f)
                         : level == RiskLevel::high  ? mix(colors.soft, colors.fill, 0.15f) : colors.soft;
    list.AddRectFilled(press.from, press.to, over(veil(press), ground), 4);
    if (chosen_ == place) list.AddRect(press.from, press.to, t.accent, 4, 0, 2);
    if (count > 0) {
      const std::string number = std::to_string(count);
      const ImVec2 half = measure(Type::strong, number);
      draw_text(list, {press.from.x + (size.x - half.x) / 2, middle(press.from.y, size.y, size_of(Type::strong))}, Type::strong, t.ink, number);
    }
    if (!press.clicked) return;
    if (chosen_ == place) choose_none();
    else choose(place);
  }

  void choose(RiskPosition place) {
    chosen_ = place;
    table_.view.only = [place, residual = residual_](const Record& record) {
      const Risk& risk = static_cast<const Risk&>(record);
      return still_open(risk) && risk_position(risk, residual) == place;
    };
    table_.view.changed();
  }

  void choose_none() {
    chosen_.reset();
    table_.view.only = {};
    table_.view.changed();
  }

  void draw_figures(Context& context) {
    std::int64_t open = 0, high = 0, unassessed = 0;
    Money reserve;
    for (const Risk& risk : context.project.all<Risk>()) {
      if (!still_open(risk)) continue;
      ++open;
      const auto score = engine::risk_score(risk);
      if (!score) ++unassessed;
      else if (engine::risk_level(score, engine::risk_scale_of(context.project)) >= RiskLevel::high) ++high;
      reserve += risk.reserve;
    }
    const Scales scales = scales_of(context.project);
    const std::string note = unassessed > 0 ? context.text("risk_page.unassessed"_key, {format_integer(unassessed)}) : std::string();
    struct Figure { const char* id; Key name; std::string value; std::string_view below; Tone tone; };
    const Figure figures[] = {{"open", "risk_page.open"_key, format_integer(open), note, Tone::caution},
                              {"high", "risk_page.high"_key, format_integer(high), {}, Tone::bad},
                              {"exposure", "risk_page.exposure"_key, format_money_short(engine::risk_exposure(context.project).expected_cost, scales, context.language), {}, Tone::neutral},
                              {"reserve", "risk_page.reserve"_key, format_money_short(reserve, scales, context.language), {}, Tone::neutral}};
    const float room = ImGui::GetContentRegionAvail().x, width = std::floor((room - 12) / 2);
    if (width < 160) {  // beside the inspector: lines instead of cards
      if (Card card("figures", {.width = room, .height = 268, .padding = 12}); card)
        for (const Figure& each : figures) key_amount(context.text(each.name), each.value, room - 24);
    } else {
      for (std::size_t i = 0; i < std::size(figures); ++i) {
        if (i % 2 == 1) ImGui::SameLine(0, 12);
        if (Card card(figures[i].id, {.width = width, .height = 128}); card) figure(context.text(figures[i].name), figures[i].value, figures[i].below, figures[i].tone);
      }
    }
    if (chosen_ && text_link(labelled(context.text("risk_page.all"_key), "all"), icon::filter_off)) choose_none();
  }

  bool shown_ = true, residual_ = false;
  std::optional<RiskPosition> chosen_;
};

}  // namespace

std::unique_ptr<Page> make_risk_page() { return std::make_unique<RiskPage>(); }

}  // namespace pmo::desks
