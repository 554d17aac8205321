// Baselines: what was agreed. Setting one, comparing the plan with it task by task, and how the milestones moved from one
// report to the next.
#include "app/engine/control/baselines.h"

#include <algorithm>
#include <cmath>

#include "app/desks/pages.h"
#include "app/engine/control/milestone_trend.h"
#include "app/ui/charts/draw_chart.h"
#include "app/ui/commands.h"
#include "app/ui/control_analyses.h"
#include "app/ui/icons.h"
#include "app/ui/platform.h"
#include "app/ui/table/cell_text.h"
#include "app/ui/text_field.h"
#include "app/ui/widgets/fact_table.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::desks {
namespace {

using namespace ui;
using engine::BaselineVariance;

class BaselinesPage final : public Page {
 public:
  std::string_view name() const override { return "baselines"; }
  Key title() const override { return register_of<Baseline>().label_key(); }
  const char* icon() const override { return icon::baseline; }
  Desk desk() const override { return Desk::controller; }
  const RegisterInfo* shows() const override { return &register_of<Baseline>(); }
  void forget() override {
    chosen_ = {};
    compared_ = {};
    setting_ = false;
  }
  void add_commands(Commands& commands) override {
    commands.add({.name = "baseline.set", .label = "baselines.set"_key, .icon = icon::baseline,
                  .enabled = [](const Context& context) { return !context.project.all<Task>().empty(); },
                  .run = [this](Context& context) {
                    context.navigation.open_page(name());
                    ask(context);
                  }});
  }

  void draw(Context& context) override {
    if (const auto& selection = context.selection; selection.info == &register_of<Baseline>() && selection.current && selection.current != followed_) {
      chosen_ = followed_ = selection.current;  // somebody followed a link to it
    }
    const auto list = engine::baselines_by_date(context.project);
    if (list.empty()) draw_empty(context);
    else draw_baselines(context, list);
    draw_dialog(context);
  }

 private:
  void draw_empty(Context& context) {
    const bool tasks = !context.project.all<Task>().empty();
    const auto answer = empty_state({.icon = icon::baseline, .title = context.text("baselines.none"_key), .about = context.text("baselines.about"_key),
                                     .action = tasks ? labelled(context.text("baselines.set"_key), "set_first") : labelled(context.text("control.open_plan"_key), "open_plan"),
                                     .action_icon = tasks ? icon::baseline : icon::gantt});
    if (answer != EmptyAnswer::action) return;
    if (tasks) ask(context);
    else context.navigation.open_page("tasks");
  }

  void ask(Context& context) {
    setting_ = true;
    name_ = context.text("baselines.usual_name"_key, {format_integer(static_cast<std::int64_t>(context.project.all<Baseline>().size()) + 1)});
    reason_.clear();
  }

  void draw_dialog(Context& context) {
    if (!setting_) return;
    Dialog dialog("baseline.set", context.text("baselines.set"_key), setting_, {.icon = icon::baseline, .width = 480, .close_name = context.text("shell.close"_key)});
    if (!dialog) return;
    paragraph(Type::body, context.text("baselines.set.about"_key), context.theme.ink_soft);
    gap(1);
    text(Type::caption, context.text(field_of<Baseline>(&Baseline::name).label_key()), context.theme.ink_soft);
    input_text("baseline.name", name_, {.width = ImGui::GetContentRegionAvail().x, .label = context.text(field_of<Baseline>(&Baseline::name).label_key())});
    gap(0.5f);
    text(Type::caption, context.text(field_of<Baseline>(&Baseline::reason).label_key()), context.theme.ink_soft);
    input_text("baseline.reason", reason_, {.width = ImGui::GetContentRegionAvail().x, .lines = 3, .label = context.text(field_of<Baseline>(&Baseline::reason).label_key())});
    gap(1);
    const int answer = dialog_buttons(dialog, labelled(context.text("shell.cancel"_key), "cancel"), labelled(context.text("baselines.set"_key), "set"),
                                      Emphasis::primary, !name_.empty());
    if (answer != 0) setting_ = false;
    if (answer == 1) set(context);
  }

  void set(Context& context) {
    const auto& [plan, schedule] = context.analyses.of<ScheduleOf>();
    const Outline& outline = context.analyses.of<OutlineOf>();
    Id id;
    const bool done = context.change("transaction.set_baseline"_key, {name_}, [&](Transaction& change) {
      id = engine::take_baseline(change, outline, plan, schedule, {name_, context.platform.local_now(), reason_});
    });
    if (!done) return;
    chosen_ = id;
    context.messages.success(context.text("baselines.was_set"_key, {name_}));
  }

  void draw_baselines(Context& context, const std::vector<const Baseline*>& list) {
    if (!context.project.find(Ref<Baseline>{chosen_})) {
      const Baseline* reference = engine::reference_baseline(context.project);
      chosen_ = reference ? reference->id : list.back()->id;
    }
    const Baseline& baseline = *context.project.find(Ref<Baseline>{chosen_});
    draw_tools(context, list, baseline);
    gap(0.5f);
    const Choice views[] = {{labelled(context.text("baselines.comparison"_key), "comparison"), icon::compare},
                            {labelled(context.text("baselines.milestone_trend"_key), "milestone_trend"), icon::milestone}};
    tabs("views", views, view_);
    gap(1);
    if (view_ == 0) draw_comparison(context, baseline);
    else draw_trend(context);
  }

  void draw_tools(Context& context, const std::vector<const Baseline*>& list, const Baseline& baseline) {
    if (button(labelled(context.text("baselines.set"_key), "set_baseline"), {.icon = icon::plus, .emphasis = Emphasis::primary})) ask(context);
    ImGui::SameLine();
    const std::string label = baseline.name + " · " + format_day(baseline.taken.day(), context.language);
    if (button(labelled(label, "choose"), {.icon = icon::baseline, .opens_menu = true})) open_menu("baselines.menu");
    if (begin_menu("baselines.menu")) {
      for (const Baseline* one : list)
        if (menu_item(labelled(one->name, one->id.text()), {.checked = one->id == chosen_, .about = about_baseline(context, *one)})) {
          chosen_ = one->id;
          context.selection.only(register_of<Baseline>(), one->id);
          followed_ = chosen_;
        }
      end_menu();
    }
    ImGui::SameLine();
    if (icon_button("###details", icon::info, context.text("baselines.details"_key), {.emphasis = Emphasis::quiet}))
      context.navigation.open_record(register_of<Baseline>(), baseline.id);
    ImGui::SameLine(0, 4);
    if (icon_button("###delete", icon::trash, context.text("baselines.delete"_key), {.emphasis = Emphasis::quiet}))
      context.change("transaction.delete_baseline"_key, {baseline.name}, [&](Transaction& change) { change.erase(baseline); });
    if (view_ != 0) return draw_trend_tools(context);
    ImGui::SameLine(0, 16);
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() + 4);
    toggle(labelled(context.text("baselines.only_changed"_key), "only_changed"), only_changed_);
  }

  // --- comparison

  void compare(Context& context) {
    const auto key = std::pair(context.project.revision(), chosen_);
    if (compared_ == key) return;
    compared_ = key;
    const auto& [plan, schedule] = context.analyses.of<ScheduleOf>();
    variances_ = engine::compare_with_baseline(context.project, context.analyses.of<OutlineOf>(), plan, schedule, {chosen_});
  }

  static bool changed(const BaselineVariance& v) {
    return !v.part || v.start != 0 || v.finish != 0 || v.duration != 0 || std::abs(v.cost) >= 1 || std::abs(v.work) >= 1;
  }

  void draw_comparison(Context& context, const Baseline& baseline) {
    compare(context);
    if (!context.project.find(Ref<Baseline>{baseline.id}) || variances_.empty()) return;
    const Outline& outline = context.analyses.of<OutlineOf>();
    const auto& schedule = context.analyses.of<ScheduleOf>().schedule;
    const Scales scales = scales_of(context.project);
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < variances_.size(); ++row)
      if (!only_changed_ || changed(variances_[row])) rows.push_back(row);
    std::vector<FactColumn> columns{{std::string(context.text("simulation.task"_key))}};
    const std::pair<Key, float> more[] = {{"baselines.planned_start"_key, 104}, {"baselines.start"_key, 104}, {"baselines.start_variance"_key, 100},
                                          {"baselines.planned_finish"_key, 104}, {"baselines.finish"_key, 104}, {"baselines.finish_variance"_key, 100},
                                          {"baselines.duration_variance"_key, 100}, {"baselines.cost_variance"_key, 92}};
    for (const auto& [key, width] : more) columns.push_back({std::string(context.text(key)), width, true});
    const ImU32 worse = context.theme.tone(Tone::bad).ink, better = context.theme.tone(Tone::good).ink;
    const auto time = [&](std::int64_t minutes) -> FactCell {
      if (minutes == 0) return {"–", context.theme.ink_faint};
      return {(minutes > 0 ? "+" : "−") + format_duration({std::abs(minutes)}, scales, context.language), minutes > 0 ? worse : better};
    };
    if (Card card("comparison", {.height = std::max(240.0f, ImGui::GetContentRegionAvail().y - 4), .padding = 8}); card) {
      const int pressed = fact_table("comparison", columns, static_cast<int>(rows.size()), [&](int line, int column) -> FactCell {
        const std::size_t row = rows[static_cast<std::size_t>(line)];
        const BaselineVariance& v = variances_[row];
        const auto day = [&](Minute moment) { return format_day(moment.day(), context.language, DayStyle::standard); };
        if (column == 0) return {outline.wbs(row) + "  " + outline[row].task->name, 0, static_cast<float>(outline[row].level) * 16, outline[row].summary};
        if (column == 2) return {schedule.scheduled[row] ? day(schedule.start[row]) : std::string("–")};
        if (column == 5) return {schedule.scheduled[row] ? day(schedule.finish[row]) : std::string("–")};
        if (!v.part) return {column == 1 ? std::string(context.text("baselines.new_task"_key)) : std::string(), context.theme.ink_faint};
        switch (column) {
          case 1: return {day(v.part->start), context.theme.ink_soft};
          case 3: return time(v.start);
          case 4: return {day(v.part->finish), context.theme.ink_soft};
          case 6: return time(v.finish);
          case 7: return time(v.duration);
          default:
            if (std::abs(v.cost) < 1) return {"–", context.theme.ink_faint};
            return {(v.cost > 0 ? "+" : "") + format_money_short({std::llround(v.cost)}, scales, context.language), v.cost > 0 ? worse : better};
        }
      }, {.height = std::max(120.0f, ImGui::GetContentRegionAvail().y)});
      if (pressed >= 0) context.navigation.open_record(register_of<Task>(), outline[rows[static_cast<std::size_t>(pressed)]].task->id);
    }
  }

  // --- milestone trend

  static constexpr std::size_t most_lines = 8;

  // Each line is a milestone: its date as each report had it, and as the plan has it now. Where the diagonal is met the
  // milestone is reached.
  static Chart trend_chart(Context& context, const std::vector<engine::MilestoneTrend>& trends) {
    Chart chart{.title = std::string(context.text("baselines.milestone_trend"_key)), .summary = std::string(context.text("baselines.trend.about"_key)),
                .x = {.kind = AxisKind::date, .title = std::string(context.text("baselines.report_date"_key))},
                .y = {.kind = AxisKind::date, .title = std::string(context.text("baselines.milestone_date"_key))},
                .empty = std::string(context.text("baselines.no_milestones"_key))};
    double first = 1e18, low = 1e18, high = -1e18;
    for (const auto& trend : trends) {
      if (chart.series.size() == most_lines) break;
      ChartSeries series{.name = context.project.find(Ref<Task>{trend.task})->name, .paint = {static_cast<int>(chart.series.size())}};
      for (const auto& point : trend.points) {
        series.points.push_back({static_cast<double>(point.reported.value), static_cast<double>(point.finish.value)});
        first = std::min(first, series.points.back().x);
        low = std::min(low, series.points.back().y);
        high = std::max(high, series.points.back().y);
      }
      chart.series.push_back(std::move(series));
    }
    if (chart.series.empty()) return chart;
    constexpr double margin = 14;
    chart.x = {.kind = AxisKind::date, .title = chart.x.title, .low = first - 7, .high = high + margin};
    chart.y.low = low - margin;
    chart.y.high = high + margin;
    chart.series.push_back({.name = std::string(context.text("baselines.diagonal"_key)), .paint = {.tone = Tone::neutral},
                            .points = {{low - margin, low - margin}, {high + margin, high + margin}}, .dashed = true});
    chart.marks.push_back({.at = static_cast<double>(engine::status_day(context.project, context.today).value),
                           .label = std::string(context.text("earned_value.status_date"_key)), .paint = {.tone = Tone::accent}});
    return chart;
  }

  void draw_trend(Context& context) {
    auto trends = engine::milestone_trends(context.project, context.analyses.of<OutlineOf>(), context.analyses.of<ScheduleOf>().schedule,
                                           engine::status_day(context.project, context.today));
    std::erase_if(trends, [&](const engine::MilestoneTrend& trend) { return trend.reached && !reached_too_; });
    const float room = ImGui::GetContentRegionAvail().x, table_width = room > 1000 ? 380.0f : 0;
    const float height = std::max(340.0f, ImGui::GetContentRegionAvail().y - 4);
    if (Card card("trend", {.width = table_width > 0 ? room - table_width - 12 : 0, .height = height}); card) {
      paragraph(Type::caption, context.text("baselines.trend.about"_key), context.theme.ink_soft);
      gap(0.5f);
      draw_chart("trend", trend_chart(context, trends), {.height = std::max(240.0f, ImGui::GetContentRegionAvail().y), .locale = chart_locale(context)});
    }
    if (table_width > 0) ImGui::SameLine(0, 12);
    if (Card card("slips", {.height = height, .padding = 8}); card) draw_slips(context, trends);
  }

  void draw_slips(Context& context, const std::vector<engine::MilestoneTrend>& trends) {
    const FactColumn columns[] = {{std::string(context.text("baselines.milestone"_key))}, {std::string(context.text("baselines.finish"_key)), 104, true},
                                  {std::string(context.text("baselines.slip"_key)), 84, true}};
    const int pressed = fact_table("slips", columns, static_cast<int>(trends.size()), [&](int line, int column) -> FactCell {
      const auto& trend = trends[static_cast<std::size_t>(line)];
      if (column == 0) return {context.project.find(Ref<Task>{trend.task})->name, 0, 0, false, trend.reached ? icon::check : ""};
      if (column == 1) return {format_day(trend.points.back().finish, context.language)};
      if (trend.slip() == 0) return {"–", context.theme.ink_faint};
      const std::string days = context.text("procurement.days"_key, {std::to_string(std::abs(trend.slip()))});
      return {(trend.slip() > 0 ? "+" : "−") + days, context.theme.tone(trend.slip() > 0 ? Tone::bad : Tone::good).ink};
    }, {.height = std::max(120.0f, ImGui::GetContentRegionAvail().y)});
    if (pressed >= 0) context.navigation.open_record(register_of<Task>(), trends[static_cast<std::size_t>(pressed)].task);
  }

  void draw_trend_tools(Context& context) {
    ImGui::SameLine(0, 16);
    if (button(labelled(context.text("baselines.record_forecasts"_key), "record_forecasts"), {.icon = icon::calendar_check})) {
      const Day day = engine::status_day(context.project, context.today);
      int recorded = 0;
      if (context.change("transaction.record_forecasts"_key, {}, [&](Transaction& change) {
            recorded = engine::record_forecasts(change, context.analyses.of<OutlineOf>(), context.analyses.of<ScheduleOf>().schedule, day);
          }))
        context.messages.success(context.text("baselines.forecasts_recorded"_key, {std::to_string(recorded), format_day(day, context.language)}));
    }
    ImGui::SameLine(0, 16);
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() + 4);
    toggle(labelled(context.text("baselines.reached_too"_key), "reached_too"), reached_too_);
  }

  Id chosen_, followed_;
  int view_ = 0;
  bool only_changed_ = false, reached_too_ = false, setting_ = false;
  std::string name_, reason_;
  std::pair<std::uint64_t, Id> compared_;
  std::vector<BaselineVariance> variances_;
};

}  // namespace

std::unique_ptr<Page> make_baselines_page() { return std::make_unique<BaselinesPage>(); }

}  // namespace pmo::desks
