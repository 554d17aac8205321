// Communications: power and interest of stakeholders, where they stand and should stand, and whether everybody is informed.
#include <algorithm>
#include <format>
#include <map>

#include "app/desks/desk_charts.h"
#include "app/desks/matrix.h"
#include "app/desks/pages.h"
#include "app/desks/plain_registers.h"
#include "app/engine/communications/reach.h"
#include "app/model/communicating.h"
#include "app/model/format.h"
#include "app/model/months.h"
#include "app/model/open_work.h"
#include "app/model/own_choices.h"
#include "app/ui/charts/draw_chart.h"
#include "app/ui/charts/save_chart.h"
#include "app/ui/icons.h"
#include "app/ui/table/cell_text.h"
#include "app/ui/widgets/pressable.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::desks {
namespace {

using namespace ui;
using engine::Reach;
using engine::ReachOfProject;
using engine::reach_of;

class StakeholderMapPage final : public Page {
 public:
  std::string_view name() const override { return "stakeholder_map"; }
  Key title() const override { return "page.stakeholder_map"_key; }
  const char* icon() const override { return icon::chart_scatter; }
  Desk desk() const override { return Desk::communications; }
  void forget() override { chart_.forget(); }

  void draw(Context& context) override {
    draw_stakeholders(context);
    gap(1);
    chart_.draw_card(context);
  }

 private:
  void draw_stakeholders(Context& context) {
    if (context.project.all<Stakeholder>().empty()) {
      const auto answer = empty_state({.icon = icon(), .title = context.text(title()), .about = context.text(register_of<Stakeholder>().about_key()),
                                       .action = labelled(context.text("communications.to_stakeholders"_key), "map.stakeholders"), .action_icon = icon::contact});
      if (answer == EmptyAnswer::action) context.navigation.open_page("stakeholder");
      return;
    }
    const float room = ImGui::GetContentRegionAvail().x;
    const float grid_width = std::clamp(room * 0.5f, 380.0f, 620.0f);
    if (Card card("grid", {.title = context.text("communications.grid"_key), .icon = icon(), .width = grid_width}); card) draw_grid(context);
    if (room - grid_width > 420) ImGui::SameLine(0, 16);
    else gap(1);
    if (Card card("reach", {.title = context.text("communications.reach"_key), .icon = icon::mail}); card) draw_reach(context);
    gap(1);
    if (Card card("engagement", {.title = context.text("communications.engagement"_key), .icon = icon::users}); card) draw_engagement(context);
    gap(1);
    if (Card card("channels", {.title = context.text("communications.channels"_key), .icon = icon::messages}); card) draw_channels(context);
  }

  // Four quadrants of a grid of five by five: interest to the right, power upwards.
  void draw_grid(Context& context) {
    const Theme& t = context.theme;
    constexpr float left = 28, bottom = 24;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x - left - 4, height = std::min(width * 0.8f, 380.0f);
    const ImVec2 from = {at.x + left, at.y}, to = {from.x + width, from.y + height};
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 centre = {(from.x + to.x) / 2, (from.y + to.y) / 2};
    // Names stand at the outer edge, where nobody of middling power hides them.
    const auto quadrant = [&](ImVec2 a, ImVec2 b, Tone tone, Key key) {
      list.AddRectFilled({a.x + 1, a.y + 1}, {b.x - 1, b.y - 1}, t.tone(tone).soft, 4);
      draw_text_cut(list, {a.x + 8, b.y < to.y ? a.y + 6 : b.y - 22}, b.x - a.x - 16, Type::caption, t.tone(tone).ink, context.text(key));
    };
    quadrant(from, centre, Tone::caution, "communications.keep_satisfied"_key);
    quadrant({centre.x, from.y}, {to.x, centre.y}, Tone::bad, "communications.manage_closely"_key);
    quadrant({from.x, centre.y}, {centre.x, to.y}, Tone::neutral, "communications.monitor"_key);
    quadrant(centre, to, Tone::info, "communications.keep_informed"_key);
    std::vector<Place> taken;
    int not_assessed = 0;
    for (const Stakeholder& stakeholder : context.project.all<Stakeholder>()) {
      if (stakeholder.power == 0 || stakeholder.interest == 0) {
        ++not_assessed;
        continue;
      }
      const float size = std::min(measure(Type::caption, stakeholder.name).x + 26, width / 5 + 24);
      const float x = std::min(from.x + width * (static_cast<float>(stakeholder.interest) - 0.5f) / 5 - 8, to.x - size - 4);
      const float y = to.y - height * (static_cast<float>(stakeholder.power) - 0.5f) / 5;
      draw_stakeholder(context, stakeholder, free_place({x, y - 10}, {size, 20}, from.y, to.y, taken));
    }
    ImGui::SetCursorScreenPos({at.x, to.y + 4});
    const std::string axes = std::string(context.text("communications.power"_key)) + " " + icon::arrow_up + "   " + std::string(context.text("communications.interest"_key)) + " " + icon::arrow_right;
    draw_text(list, {from.x, to.y + 6}, Type::caption, t.ink_faint, axes);
    ImGui::Dummy({width, bottom});
    const ImVec2 after = ImGui::GetCursorPos();
    save_chart_button("grid", {to.x, at.y - 30}, std::string(context.text("communications.grid"_key)), context.language,
                      [&] { return write_svg(grid_chart(context), {.size = {760, 420}, .locale = {.language = context.language}, .alone = true}); });
    return_to(after);
    if (not_assessed > 0) paragraph(Type::caption, context.text("communications.not_assessed"_key, {std::to_string(not_assessed)}), t.tone(Tone::caution).ink);
  }

  struct Place {
    ImVec2 from, to;
  };
  // Where it belongs, or below or above it where names stand there already; taken from then on.
  static Place free_place(ImVec2 wanted, ImVec2 size, float top, float bottom, std::vector<Place>& taken) {
    constexpr float step = 22;
    constexpr int most_steps = 32;
    const auto at = [&](float y) { return Place{{wanted.x, y}, {wanted.x + size.x, y + size.y}}; };
    const auto is_free = [&](const Place& here) {
      return here.from.y >= top && here.to.y <= bottom && std::ranges::none_of(taken, [&](const Place& other) {
               return here.from.x < other.to.x && other.from.x < here.to.x && here.from.y < other.to.y && other.from.y < here.to.y;
             });
    };
    Place place = at(wanted.y);
    for (int i = 1; i < most_steps && !is_free(place); ++i) place = at(wanted.y + step * static_cast<float>((i + 1) / 2) * (i % 2 == 1 ? 1.0f : -1.0f));
    if (!is_free(place)) place = at(wanted.y);
    taken.push_back(place);
    return place;
  }

  // The same as a chart: names in the cells of five by five.
  static HeatMap grid_chart(const Context& context) {
    HeatMap map{.title = std::string(context.text("communications.grid"_key))};
    constexpr int steps = 5, middling = 3;
    for (int interest = 1; interest <= steps; ++interest) map.columns.push_back(std::string(context.text("communications.interest"_key)) + " " + std::to_string(interest));
    for (int power = steps; power >= 1; --power) {
      map.rows.push_back(std::string(context.text("communications.power"_key)) + " " + std::to_string(power));
      for (int interest = 1; interest <= steps; ++interest) {
        HeatCell cell{.tone = power > middling && interest > middling ? Tone::bad : power > middling ? Tone::caution : interest > middling ? Tone::info : Tone::neutral};
        for (const Stakeholder& stakeholder : context.project.all<Stakeholder>())
          if (stakeholder.power == power && stakeholder.interest == interest) cell.text += (cell.text.empty() ? "" : "\n") + stakeholder.name;
        map.cells.push_back(std::move(cell));
      }
    }
    return map;
  }

  static void draw_stakeholder(Context& context, const Stakeholder& stakeholder, const Place& place) {
    const Theme& t = context.theme;
    const float middle = (place.from.y + place.to.y) / 2;
    ImGui::SetCursorScreenPos(place.from);
    const Press press = pressable(stakeholder.name + "###stakeholder." + stakeholder.id.text(), {place.to.x - place.from.x, place.to.y - place.from.y}, true, Role::link, {}, {}, 10);
    tooltip(stakeholder.name);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const Tone tone = stakeholder.current < stakeholder.desired ? Tone::caution : Tone::good;
    list.AddRectFilled(press.from, press.to, over(veil(press), t.surface), 10);
    list.AddRect(press.from, press.to, t.line, 10);
    list.AddCircleFilled({press.from.x + 10, middle}, 4, t.tone(tone).fill);
    draw_text_cut(list, {press.from.x + 18, middle - 7}, place.to.x - place.from.x - 24, Type::caption, t.ink, stakeholder.name);
    if (press.clicked) context.navigation.open_record(register_of<Stakeholder>(), stakeholder.id);
  }

  // C: current, D: desired.
  static void draw_engagement(Context& context) {
    const FieldInfo& current = field_of<Stakeholder>(&Stakeholder::current);
    Matrix matrix{.corner = std::string(context.text("communications.current_desired"_key)), .title_width = 220};
    for (const auto choice : current.choices) matrix.columns.emplace_back(context.text(current.choice_key(choice)));
    std::vector<Id> ids;
    for (const Stakeholder& stakeholder : context.project.all<Stakeholder>()) {
      MatrixRow row{.title = stakeholder.name, .cells = std::vector<MatrixCell>(matrix.columns.size()), .id = "engagement." + stakeholder.id.text()};
      const auto is = static_cast<std::size_t>(stakeholder.current), wanted = static_cast<std::size_t>(stakeholder.desired);
      const Tone tone = is < wanted ? Tone::caution : Tone::good;
      row.cells[is] = {std::string(context.text("communications.current"_key)), tone, {}, true};
      if (is == wanted) row.cells[is].text = context.text("communications.current_and_desired"_key);
      else row.cells[wanted] = {std::string(context.text("communications.desired"_key)), Tone::info};
      matrix.rows.push_back(std::move(row));
      ids.push_back(stakeholder.id);
    }
    if (const auto pressed = draw_matrix("engagement.matrix", matrix)) context.navigation.open_record(register_of<Stakeholder>(), ids[pressed->row]);
  }

  // Planned, sent and confirmed; who is in no plan.
  static void draw_reach(Context& context) {
    const ReachOfProject reach = reach_of(context.project);
    std::int64_t late = 0;
    for (const Communication& communication : context.project.all<Communication>()) late += is_late(register_of<Communication>(), communication, context.today);
    const std::string none(context.text("analysis.no_value"_key));
    const auto of = [](int part, int whole) { return format_integer(part) + " / " + format_integer(whole); };
    key_value(context.text("communications.sent"_key), of(reach.all.sent, reach.all.planned), 200);
    key_value(context.text("communications.late"_key), format_integer(late), 200, late > 0 ? context.theme.tone(Tone::bad).ink : 0);
    key_value(context.text("communications.confirmed"_key), reach.all.asked > 0 ? of(reach.all.confirmed, reach.all.asked) : none, 200);
    key_value(context.text("communications.mean_score"_key), reach.all.score ? std::format("{:.1f} / 5", *reach.all.score) : none, 200);
    gap(0.5f);
    draw_chart("reach", reach_chart(context, reach), {.height = 190, .locale = {context.language, scales_of(context.project)}});
    if (reach.uninformed.empty()) return text(Type::body, context.text("communications.all_informed"_key), context.theme.ink_soft);
    text(Type::strong, context.text("communications.uninformed"_key), context.theme.tone(Tone::caution).ink);
    for (const Id id : reach.uninformed)
      if (text_link(labelled(context.project.find(Ref<Stakeholder>{id})->name, "uninformed." + id.text()), icon::warning)) context.navigation.open_record(register_of<Stakeholder>(), id);
  }

  // Three bars in the place of each month, side by side.
  static Chart reach_chart(const Context& context, const ReachOfProject& reach) {
    Chart chart{.title = std::string(context.text("communications.reach"_key)), .x = {.kind = AxisKind::count, .low = 0}, .y = {.kind = AxisKind::count, .low = 0},
                .empty = std::string(context.text("communications.nothing_planned"_key))};
    if (reach.months.empty()) return chart;
    const Day first = reach.months.begin()->first;
    std::map<Day, double> places;
    for (Day month = first; month <= reach.months.rbegin()->first; month = months_later(month, 1)) {
      places.emplace(month, static_cast<double>(places.size()));
      const auto date = civil(month);
      chart.x.names.push_back(month == first || date.month == 1 ? format_month(month, context.language) : std::string(month_name(date.month, context.language)));
    }
    chart.x.high = static_cast<double>(places.size());
    constexpr double side = 0.14, width = 0.24;
    const auto bars = [&](Key name, int Reach::* count, int place) {
      ChartSeries series{.name = std::string(context.text(name)), .kind = SeriesKind::bars, .paint = {place}, .bar_width = width};
      for (const auto& [month, of] : reach.months) series.points.push_back({places.at(month) + side + width * place, static_cast<double>(of.*count)});
      chart.series.push_back(std::move(series));
    };
    bars("communications.planned"_key, &Reach::planned, 0);
    bars("communications.sent"_key, &Reach::sent, 1);
    bars("communications.confirmed"_key, &Reach::confirmed, 2);
    return chart;
  }

  // How each channel does.
  static void draw_channels(Context& context) {
    const ReachOfProject reach = reach_of(context.project);
    const FieldInfo& channels = field_of<Communication>(&Communication::channel);
    Matrix matrix{.corner = std::string(context.text(channels.label_key())), .title_width = 220};
    for (const Key key : {"communications.planned"_key, "communications.sent"_key, "communications.confirmed"_key, "communications.mean_score"_key}) matrix.columns.emplace_back(context.text(key));
    const std::string none(context.text("analysis.no_value"_key));
    for (const auto& [channel, of] : reach.channels) {
      const Tone tone = !of.score ? Tone::neutral : *of.score >= 4 ? Tone::good : *of.score >= 3 ? Tone::caution : Tone::bad;
      matrix.rows.push_back({choice_label(context.project, channels, enum_name(channel), context.language),
                             {{std::to_string(of.planned)}, {std::to_string(of.sent)}, {of.asked > 0 ? std::to_string(of.confirmed) + " / " + std::to_string(of.asked) : none},
                              {of.score ? std::format("{:.1f} / 5", *of.score) : none, tone}}});
    }
    if (matrix.rows.empty()) return text(Type::body, context.text("communications.nothing_planned"_key), context.theme.ink_soft);
    draw_matrix("channels.matrix", matrix);
  }

  FullDeskChart chart_{Desk::communications};
};

}  // namespace

std::unique_ptr<Page> make_stakeholder_map_page() { return std::make_unique<StakeholderMapPage>(); }

void draw_due_communications(Context& context) {
  ImGui::SameLine(0, 4);
  if (!button(labelled(context.text("communications.make_due"_key), "make_due"), {.icon = icon::calendar_plus, .emphasis = Emphasis::quiet})) return;
  int made = 0;
  context.change("transaction.due_communications"_key, {}, [&](Transaction& change) { made = make_due_communications(change, context.today); });
  context.messages.success(context.text(made > 0 ? "communications.made"_key : "communications.none_due"_key, {std::to_string(made)}));
}

}  // namespace pmo::desks
