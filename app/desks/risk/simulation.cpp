// Monte Carlo simulation: when the project finishes and what it costs, with what probability, and what decides it. It runs
// in slices between frames, so the page goes on reacting; a run can be stopped and keeps what it has.
#include "app/engine/risk/simulation_of_project.h"

#include <algorithm>
#include <cmath>

#include "app/desks/pages.h"
#include "app/desks/slice.h"
#include "app/engine/statistics.h"
#include "app/model/own_choices.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/risk.h"
#include "app/model/sort_stably.h"
#include "app/ui/annotate.h"
#include "app/ui/charts/draw_chart.h"
#include "app/ui/control_analyses.h"
#include "app/ui/icons.h"
#include "app/ui/platform.h"
#include "app/ui/table/cell_text.h"
#include "app/ui/widgets/fact_table.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::desks {
namespace {

using namespace ui;
namespace simulation = engine::simulation;
using engine::SimulatedProject;
using simulation::Offset;

constexpr int iteration_choices[] = {1'000, 10'000, 100'000};
struct Spread {
  Permille shorter, longer;
  const char* name;
};
constexpr Spread spreads[] = {{{0}, {0}, "spread.none"}, {{100}, {200}, "spread.some"}, {{200}, {500}, "spread.wide"}};
constexpr Permille correlation_choices[] = {{0}, {300}, {600}};

class SimulationPage final : public Page {
 public:
  std::string_view name() const override { return "simulation"; }
  Key title() const override { return "simulation.title"_key; }
  const char* icon() const override { return icon::dices; }
  Desk desk() const override { return Desk::risk; }
  void forget() override {
    run_.reset();
    shown_.reset();
    shape_.reset();
  }

  void draw(Context& context) override {
    if (context.project.all<Task>().empty()) {
      const auto answer = empty_state({.icon = icon::dices, .title = context.text("simulation.title"_key), .about = context.text("simulation.about"_key),
                                       .action = labelled(context.text("control.open_plan"_key), "open_plan"), .action_icon = icon::gantt});
      if (answer == EmptyAnswer::action) context.navigation.open_page("tasks");
      return;
    }
    advance(context);
    draw_settings(context);
    gap(0.5f);
    if (shown_) draw_result(context);
    else draw_before(context);
  }

 private:
  struct Run {
    SimulatedProject model;
    simulation::Simulation simulation;
  };
  struct Shown {
    SimulatedProject model;
    simulation::Outcome outcome;
    std::uint64_t revision = 0;
    int wanted = 0;
  };

  void start(Context& context) {
    const auto& [plan, schedule] = context.analyses.of<ScheduleOf>();
    const Spread& spread = spreads[spread_];
    SimulatedProject model = engine::simulated(context.project, context.analyses.of<OutlineOf>(), plan, schedule,
                                               {.shape = engine::shape_of(shape_now(context)), .shorter = spread.shorter, .longer = spread.longer,
                                                .with_risks = with_risks_, .correlation = correlation_choices[correlation_],
                                                .resource_correlation = correlation_choices[resource_correlation_]});
    auto prepared = simulation::Simulation::prepare(model.model, {.iterations = iteration_choices[iterations_], .seed = 1});
    if (!prepared) {
      context.messages.error(prepared.error());
      return;
    }
    revision_ = context.project.revision();
    run_.emplace(std::move(model), std::move(*prepared));
    context.platform.request_frame();
  }

  // As many batches as fit into a slice; at least one.
  void advance(Context& context) {
    if (!run_) return;
    work_for_a_slice(context, run_->simulation);
    if (run_->simulation.finished()) finish(context, "simulation.done"_key);
  }

  void finish(Context& context, Key message) {
    const int wanted = run_->simulation.wanted();
    if (run_->simulation.done() > 0) {
      shown_.emplace(std::move(run_->model), run_->simulation.outcome(), revision_, wanted);
      context.platform.announce(context.text(message, {format_integer(shown_->outcome.iterations)}));
      prepare(context);
    }
    run_.reset();
  }

  void draw_settings(Context& context) {
    const Choice counts[] = {{"1,000###n1"}, {"10,000###n2"}, {"100,000###n3"}};
    segments("iterations", counts, iterations_);
    tooltip(context.text("simulation.iterations"_key));
    ImGui::SameLine(0, 12);
    const FieldInfo& shape_field = field_of<ProjectSettings>(&ProjectSettings::estimate_shape);
    const auto shape_text = [&](int i) { return choice_label(context.project, shape_field, enum_name(static_cast<EstimateShape>(i)), context.language); };
    int shape = static_cast<int>(shape_now(context));
    if (choose("shape", shape_text(shape), std::ssize(enum_names<EstimateShape>()), shape, shape_text)) shape_ = static_cast<EstimateShape>(shape);
    tooltip(context.text("simulation.shape.about"_key));
    ImGui::SameLine(0, 12);
    const Choice assumed[] = {{labelled(context.text("simulation.spread.none"_key), spreads[0].name)}, {std::string("−10 % +20 %###") + spreads[1].name},
                              {std::string("−20 % +50 %###") + spreads[2].name}};
    segments("spread", assumed, spread_);
    tooltip(context.text("simulation.spread.about"_key));
    gap(0.5f);  // all in one line is too much for a small screen
    const auto correlation_text = [&](int i) { return context.text("simulation.correlation_of_all"_key, {format_percent(correlation_choices[i])}); };
    choose("correlation", correlation_text(correlation_), std::ssize(correlation_choices), correlation_, correlation_text);
    tooltip(context.text("simulation.correlation_of_all.about"_key));
    ImGui::SameLine(0, 12);
    const auto shared_text = [&](int i) { return context.text("simulation.correlation_of_shared"_key, {format_percent(correlation_choices[i])}); };
    choose("resource_correlation", shared_text(resource_correlation_), std::ssize(correlation_choices), resource_correlation_, shared_text);
    tooltip(context.text("simulation.correlation_of_shared.about"_key));
    ImGui::SameLine(0, 12);
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() + 4);
    toggle(labelled(context.text("simulation.with_risks"_key), "with_risks"), with_risks_);
    ImGui::SameLine(0, 16);
    if (!run_) {
      if (button(labelled(context.text("simulation.run"_key), "run"), {.icon = icon::play, .emphasis = Emphasis::primary})) start(context);
      return;
    }
    const float share = static_cast<float>(run_->simulation.done()) / static_cast<float>(std::max(1, run_->simulation.wanted()));
    if (draw_running(context, "simulation.progress"_key, share)) finish(context, "simulation.stopped"_key);
  }

  // A button that shows what is chosen and opens the choices.
  template <class Name>
  static bool choose(const char* id, std::string_view shown, std::ptrdiff_t count, int& chosen, Name&& name) {
    if (button(labelled(shown, id), {.opens_menu = true})) open_menu(id);
    if (!begin_menu(id)) return false;
    bool pressed = false;
    for (int i = 0; i < count; ++i)
      if (menu_item(labelled(name(i), std::string(id) + std::to_string(i)), {.checked = i == chosen})) chosen = i, pressed = true;
    end_menu();
    return pressed;
  }

  // The one chosen here, else the project's.
  EstimateShape shape_now(const Context& context) const {
    const auto& settings = context.project.all<ProjectSettings>();
    return shape_.value_or(settings.empty() ? EstimateShape::pert : settings.at(0).estimate_shape);
  }

  void draw_before(Context& context) {
    if (run_) return;
    const auto answer = empty_state({.icon = icon::dices, .title = context.text("simulation.before"_key), .about = context.text("simulation.about"_key),
                                     .action = labelled(context.text("simulation.run"_key), "run_first"), .action_icon = icon::play});
    if (answer == EmptyAnswer::action) start(context);
  }

  // --- the result

  double day_of(Offset offset) const {
    const Minute moment = shown_->model.moment(offset);
    return static_cast<double>(moment.value) / Minute::per_day;
  }
  std::optional<double> finish_at(double share) const {
    const auto at = simulation::percentile(shown_->outcome.finish, share);
    return at ? std::optional(day_of(static_cast<Offset>(std::llround(*at)))) : std::nullopt;
  }
  std::string day_text(const Context& context, std::optional<double> day) const {
    return day ? format_day({static_cast<std::int32_t>(std::floor(*day))}, context.language) : std::string("–");
  }

  void draw_result(Context& context) {
    const Scales scales = scales_of(context.project);
    if (shown_->revision != context.project.revision() && !run_) {
      chip(context.text("simulation.stale"_key), Tone::caution, icon::warning);
      gap(0.5f);
    }
    draw_figures(context, scales);
    gap(1);
    const float width = ImGui::GetContentRegionAvail().x, half = std::floor((width - 12) * 0.58f);
    if (Card card("histogram", {.width = half, .height = 388}); card) {
      const Choice choices[] = {{labelled(context.text("simulation.of_finish"_key), "of_finish")}, {labelled(context.text("simulation.of_cost"_key), "of_cost")},
                                {labelled(context.text("simulation.convergence"_key), "convergence")}};
      segments("quantity", choices, quantity_, true);
      gap(0.5f);
      draw_chart("distribution", quantity_ == 0 ? finish_chart_ : quantity_ == 1 ? cost_chart_ : convergence_chart_, {.height = 308, .locale = chart_locale(context)});
    }
    ImGui::SameLine(0, 12);
    if (Card card("tornado", {.title = context.text("simulation.tornado"_key), .height = 388}); card)
      draw_chart("drivers", tornado_, {.height = 316, .locale = chart_locale(context)});
    gap(1);
    if (Card card("criticality", {.title = context.text("simulation.criticality"_key), .height = std::max(300.0f, ImGui::GetContentRegionAvail().y - 4)}); card)
      draw_criticality(context);
  }

  void draw_figures(Context& context, const Scales& scales) {
    const auto& outcome = shown_->outcome;
    const float width = (ImGui::GetContentRegionAvail().x - 12 * 5) / 6;
    bool first = true;
    const auto card = [&](const char* id, std::string_view name, const std::string& value, const std::string& note, Tone tone = Tone::neutral) {
      if (!first) ImGui::SameLine(0, 12);
      first = false;
      if (Card one(id, {.width = width, .height = 88, .padding = 12}); one) figure(name, value, note, tone);
    };
    const auto money = [&](double amount) { return format_money_short({std::llround(amount)}, scales, context.language); };
    const Offset base = static_cast<Offset>(shown_->model.base_finish - shown_->model.origin);
    const auto in_time = std::ranges::count_if(outcome.finish, [&](Offset f) { return f <= base; });
    const double chance = outcome.finish.empty() ? 0 : static_cast<double>(in_time) / static_cast<double>(outcome.finish.size());
    card("base", context.text("simulation.base_finish"_key), format_day(shown_->model.base_finish.day(), context.language),
         context.text("simulation.chance"_key, {format_percent({static_cast<std::int32_t>(std::lround(chance * 1000))})}), chance < 0.5 ? Tone::bad : Tone::good);
    card("p50", context.text("simulation.finish_p"_key, {"50"}), day_text(context, finish_at(0.5)), reach_text(context, 0.5));
    const auto p80 = finish_at(0.8);
    const double later = p80 ? *p80 - static_cast<double>(shown_->model.base_finish.value) / Minute::per_day : 0;
    card("p80", context.text("simulation.finish_p"_key, {"80"}), day_text(context, p80),
         context.text("simulation.days_later"_key, {(later >= 0.5 ? "+" : "") + format_integer(std::llround(later))}), later > 0.5 ? Tone::caution : Tone::good);
    card("cost", context.text("simulation.base_cost"_key), money(shown_->model.base_cost), {});
    const auto cost80 = simulation::percentile(outcome.cost, 0.8);
    card("cost80", context.text("simulation.cost_p"_key, {"80"}), cost80 ? money(*cost80) : "–",
         cost80 ? context.text("simulation.contingency"_key, {money(*cost80 - shown_->model.base_cost)}) : std::string(), Tone::caution);
    const auto joint = p80 && cost80 ? simulation::joint_confidence(outcome, static_cast<Offset>(std::llround(*simulation::percentile(outcome.finish, 0.8))), *cost80) : std::nullopt;
    card("joint", context.text("simulation.joint"_key), joint ? format_share(*joint) : "–",
         context.text("simulation.iterations_done"_key, {format_integer(outcome.iterations)}));
  }

  // How exactly the percentile is known.
  std::string reach_text(const Context& context, double share) const {
    const auto between = simulation::percentile_interval(shown_->outcome.finish, share);
    if (!between) return {};
    return context.text("simulation.within_days"_key, {format_number({std::llround((between->high - between->low) / 2 / Minute::per_day * 10) * (number_scale / 10)})});
  }

  // Charts are made once a run, not once a frame.
  void prepare(Context& context) {
    language_ = context.language;
    std::vector<double> days;
    for (const Offset offset : shown_->outcome.finish) days.push_back(day_of(offset));
    finish_chart_ = distribution(context, days, {.kind = AxisKind::date}, static_cast<double>(shown_->model.base_finish.value) / Minute::per_day,
                                 context.text("simulation.of_finish"_key));
    cost_chart_ = distribution(context, shown_->outcome.cost, {.kind = AxisKind::money}, shown_->model.base_cost, context.text("simulation.of_cost"_key));
    convergence_chart_ = convergence(context);
    make_tornado(context);
  }

  // P50 and P80 of the first so many iterations: where the lines lie flat, more iterations tell nothing new.
  Chart convergence(const Context& context) const {
    Chart chart{.title = std::string(context.text("simulation.convergence"_key)), .x = {.kind = AxisKind::number, .title = std::string(context.text("simulation.count"_key))},
                .y = {.kind = AxisKind::number, .title = std::string(context.text("simulation.days_after_plan"_key))}, .empty = std::string(context.text("simulation.no_values"_key))};
    const auto& finish = shown_->outcome.finish;
    const auto base = static_cast<double>(shown_->model.base_finish - shown_->model.origin);
    constexpr std::size_t most_points = 24;
    ChartSeries middle{.name = "P50", .paint = {0}}, high{.name = "P80", .paint = {1}};
    for (std::size_t point = 1; point <= most_points; ++point) {
      std::vector<double> first(finish.begin(), finish.begin() + static_cast<std::ptrdiff_t>(finish.size() * point / most_points));
      sort_stably(first);
      for (auto [line, share] : {std::pair{&middle, 0.5}, std::pair{&high, 0.8}})
        if (const auto at = engine::quantile_of_sorted(first, share)) line->points.push_back({static_cast<double>(first.size()), (*at - base) / Minute::per_day});
    }
    chart.series = {std::move(middle), std::move(high)};
    if (const auto between = simulation::percentile_interval(finish, 0.8)) {
      const auto day = [&](double at) { return day_text(context, day_of(static_cast<Offset>(std::llround(at)))); };
      chart.summary = context.text("simulation.convergence.summary"_key, {format_integer(shown_->outcome.iterations), day(between->low), day(between->high)});
    }
    return chart;
  }

  Chart distribution(const Context& context, std::vector<double> values, ChartAxis axis, double base, std::string_view name) const {
    Chart chart{.title = std::string(name), .x = axis, .y = {.kind = AxisKind::percent}, .right = ChartAxis{.kind = AxisKind::percent, .low = 0, .high = 1},
                .empty = std::string(context.text("simulation.no_values"_key))};
    if (values.empty()) return chart;
    sort_stably(values);
    const auto count = static_cast<double>(values.size());
    double low = values.front(), high = values.back();
    const bool dates = axis.kind == AxisKind::date;
    if (dates) low = std::floor(low);
    if (high - low < 1e-9) high = low + 1;
    constexpr int most_bars = 48;
    double width = (high - low) / most_bars;
    if (dates) width = std::max(1.0, std::ceil(width));
    const int bars = std::max(1, static_cast<int>(std::floor((high - low) / width)) + 1);
    ChartSeries histogram{.name = std::string(context.text("simulation.frequency"_key)), .kind = SeriesKind::bars, .paint = {4}, .bar_width = width};
    ChartSeries curve{.name = std::string(context.text("simulation.cumulative"_key)), .paint = {0}, .right = true};
    curve.points.push_back({low, 0});
    std::size_t next = 0;
    for (int bar = 0; bar < bars; ++bar) {
      const double from = low + bar * width, to = from + width;
      const std::size_t before = next;
      while (next < values.size() && (values[next] < to || bar + 1 == bars)) ++next;
      histogram.points.push_back({from, static_cast<double>(next - before) / count});
      curve.points.push_back({to, static_cast<double>(next) / count});
    }
    chart.series = {std::move(histogram), std::move(curve)};
    const auto at = [&](double share) { return *engine::quantile_of_sorted(values, share); };
    chart.marks.push_back({.at = base, .label = std::string(context.text("simulation.base"_key)), .paint = {7}});
    chart.marks.push_back({.at = at(0.5), .label = "P50", .paint = {0}});
    chart.marks.push_back({.at = at(0.8), .label = "P80", .paint = {1}});
    const auto said = [&](double value) {
      return dates ? day_text(context, value) : format_money_short({std::llround(value)}, scales_of(context.project), context.language);
    };
    chart.summary = context.text("simulation.summary"_key, {said(at(0.1)), said(at(0.5)), said(at(0.8)), said(at(0.9))});
    return chart;
  }

  void make_tornado(const Context& context) {
    tornado_ = {.title = std::string(context.text("simulation.correlation"_key)), .axis = {.kind = AxisKind::number},
                .empty = std::string(context.text("simulation.no_drivers"_key))};
    const Outline& outline = context.analyses.of<OutlineOf>();
    struct Driver {
      std::size_t row;
      double weight;
    };
    std::vector<Driver> drivers;
    for (std::size_t row = 0; row < shown_->model.task_of.size() && row < outline.size(); ++row) {
      const int task = shown_->model.task_of[row];
      if (task < 0) continue;
      const auto& sensitivity = shown_->outcome.tasks[static_cast<std::size_t>(task)].sensitivity;
      if (sensitivity && std::abs(*sensitivity) >= 0.02) drivers.push_back({row, *sensitivity});
    }
    sort_stably(drivers, std::greater{}, [](const Driver& d) { return std::abs(d.weight); });
    constexpr std::size_t most = 10;
    if (drivers.size() > most) drivers.resize(most);
    for (const Driver& driver : drivers) {
      const std::string text = format_number({std::llround(driver.weight * 100) * (number_scale / 100)});
      tornado_.bars.push_back({outline[driver.row].task->name, std::min(0.0, driver.weight), std::max(0.0, driver.weight), text,
                               driver.weight > 0 ? Paint{0} : Paint{2}});
    }
    if (!tornado_.bars.empty()) tornado_.summary = context.text("simulation.tornado_summary"_key, {tornado_.bars.front().name, tornado_.bars.front().text});
    critical_.clear();
    for (std::size_t row = 0; row < shown_->model.task_of.size(); ++row) {
      const int task = shown_->model.task_of[row];
      if (task >= 0 && shown_->outcome.tasks[static_cast<std::size_t>(task)].criticality > 0) critical_.push_back(row);
    }
    sort_stably(critical_, std::greater{}, [&](std::size_t row) {
      return shown_->outcome.tasks[static_cast<std::size_t>(shown_->model.task_of[row])].criticality;
    });
  }

  void draw_criticality(Context& context) {
    if (language_ != context.language) prepare(context);
    const Outline& outline = context.analyses.of<OutlineOf>();
    const Scales scales = scales_of(context.project);
    const FactColumn columns[] = {{std::string(context.text("simulation.task"_key))}, {std::string(context.text("simulation.criticality_index"_key)), 110, true},
                                  {std::string(context.text("simulation.correlation"_key)), 170, true},
                                  {std::string(context.text("simulation.planned_duration"_key)), 120, true},
                                  {std::string(context.text("simulation.mean_duration"_key)), 120, true}};
    const bool same = outline.size() == shown_->model.task_of.size();
    if (!same) {
      paragraph(Type::body, context.text("simulation.stale"_key), context.theme.ink_soft);
      return;
    }
    const int pressed = fact_table("critical", columns, static_cast<int>(critical_.size()), [&](int line, int column) -> FactCell {
      const std::size_t row = critical_[static_cast<std::size_t>(line)];
      const auto& result = shown_->outcome.tasks[static_cast<std::size_t>(shown_->model.task_of[row])];
      switch (column) {
        case 0: return {outline.wbs(row) + "  " + outline[row].task->name};
        case 1: return {format_percent({static_cast<std::int32_t>(std::lround(result.criticality * 1000))}), result.criticality >= 0.5 ? context.theme.tone(Tone::bad).ink : 0u, 0, true};
        case 2: return {result.sensitivity ? format_number({std::llround(*result.sensitivity * 100) * (number_scale / 100)}) : std::string("–")};
        case 3: return {format_duration(outline[row].task->duration, scales, context.language)};
        default: return {format_duration({std::llround(result.mean_duration / 60) * 60}, scales, context.language)};
      }
    }, {.height = std::max(120.0f, ImGui::GetContentRegionAvail().y)});
    if (pressed >= 0) context.navigation.open_record(register_of<Task>(), outline[critical_[static_cast<std::size_t>(pressed)]].task->id);
  }

  int iterations_ = 1, spread_ = 0, correlation_ = 0, resource_correlation_ = 0, quantity_ = 0;
  std::optional<EstimateShape> shape_;
  bool with_risks_ = true;
  std::optional<Run> run_;
  std::optional<Shown> shown_;
  std::uint64_t revision_ = 0;
  Language language_ = Language::english;
  Chart finish_chart_, cost_chart_, convergence_chart_;
  Tornado tornado_;
  std::vector<std::size_t> critical_;  // rows, the most critical first
};

}  // namespace

std::unique_ptr<Page> make_simulation_page() { return std::make_unique<SimulationPage>(); }

}  // namespace pmo::desks
