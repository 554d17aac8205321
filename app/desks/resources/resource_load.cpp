// Load of the resources: who is asked for how much in each week against what there is, and every stretch of time in which
// that is too much, with the tasks that ask for it.
#include <algorithm>
#include <cmath>

#include "app/desks/pages.h"
#include "app/desks/resources/resource_weeks.h"
#include "app/model/describe_record.h"
#include "app/model/records/training.h"
#include "app/ui/charts/draw_chart.h"
#include "app/ui/control_analyses.h"
#include "app/ui/icons.h"
#include "app/ui/table/cell_text.h"
#include "app/ui/widgets/fact_table.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::desks {
namespace {

using namespace ui;
using engine::LoadPeriod;
using engine::LoadStep;

class ResourceLoadPage final : public Page {
 public:
  std::string_view name() const override { return "resource_load"; }
  Key title() const override { return "resource_load.title"_key; }
  const char* icon() const override { return icon::chart_bar; }
  Desk desk() const override { return Desk::resources; }
  void forget() override { selected_ = {}; }

  void draw(Context& context) override {
    const ResourceWeeks& weeks = context.analyses.of<ResourceWeeksOf>();
    if (weeks.count == 0) {
      const auto answer = empty_state({.icon = icon::chart_bar, .title = context.text("resource_load.title"_key), .about = context.text("resource_load.about"_key),
                                       .action = labelled(context.text("control.open_plan"_key), "open_plan"), .action_icon = icon::gantt});
      if (answer == EmptyAnswer::action) context.navigation.open_page("tasks");
      return;
    }
    const int shown = shown_resource(context, weeks);
    draw_figures(context, weeks);
    gap(1);
    draw_heat(context, weeks, shown);
    gap(1);
    const float width = ImGui::GetContentRegionAvail().x, left = std::floor(width * 0.5f);
    const float height = std::max(320.0f, ImGui::GetContentRegionAvail().y - 4);
    if (Card card("histogram", {.title = name_of(context, shown), .width = left, .height = height}); card) draw_histogram(context, shown);
    ImGui::SameLine(0, 12);
    if (Card card("conflicts", {.title = context.text("resource_load.conflicts"_key), .height = height}); card) draw_conflicts(context, weeks);
  }

 private:
  const Resource* resource_of(Context& context, int entry) const {
    const auto& demand = context.analyses.of<ResourceDemandOf>()[static_cast<std::size_t>(entry)];
    return context.project.find(Ref<Resource>{context.analyses.of<ScheduleOf>().plan.resources[static_cast<std::size_t>(demand.resource)].id});
  }
  std::string name_of(Context& context, int entry) const {
    const auto* resource = resource_of(context, entry);
    return resource ? resource->name : std::string();
  }

  std::vector<engine::ResourceLimit> limits_of(Context& context, int entry) const {
    std::vector<engine::ResourceLimit> limits = context.analyses.of<ResourceLimitsOf>();
    const auto* resource = resource_of(context, entry);
    std::erase_if(limits, [&](const engine::ResourceLimit& limit) { return !resource || limit.resource != resource->id; });
    return limits;
  }

  static std::string text_of_limit(const Context& context, const engine::ResourceLimit& limit) {
    const Record* record = context.project.table(*limit.info).find(limit.record);
    const std::string title = record ? record_title(context.project, *limit.info, *record) : std::string();
    const auto day = [&](std::optional<Day> of) { return of ? format_day(*of, context.language) : std::string(context.text("resource_load.limit.unknown"_key)); };
    switch (limit.kind) {
      case engine::LimitKind::maintenance: return context.text("resource_load.limit.maintenance"_key, {title, day(limit.first), day(limit.last)});
      case engine::LimitKind::hire: return context.text("resource_load.limit.hire"_key, {title, day(limit.last ? std::optional(*limit.last + 1) : std::nullopt)});
      case engine::LimitKind::training: return context.text("resource_load.limit.training"_key, {title, day(limit.last)});
      case engine::LimitKind::skill: break;
    }
    const Competency* competency = context.project.find(Ref<Competency>{limit.competency});
    return context.text("resource_load.limit.skill"_key, {competency ? competency->name : std::string(), std::to_string(limit.current), std::to_string(limit.required)});
  }

  // Why there is less than the calendar says, or why the work may not be done as it should; each leads to its record.
  void draw_limits(Context& context, int shown) const {
    constexpr std::size_t most = 4;
    const auto limits = limits_of(context, shown);
    for (std::size_t i = 0; i < limits.size() && i < most; ++i)
      if (text_link(labelled(text_of_limit(context, limits[i]), "limit." + std::to_string(i)), icon::warning)) context.navigation.open_record(*limits[i].info, limits[i].record);
    if (limits.size() > most) text(Type::caption, context.text("change.more"_key, {std::to_string(limits.size() - most)}), context.theme.ink_faint);
  }

  // The chosen one, or the worst bottleneck.
  int shown_resource(Context& context, const ResourceWeeks& weeks) const {
    for (int entry = 0; selected_ && entry < std::ssize(weeks.rows); ++entry)
      if (const auto* resource = resource_of(context, entry); resource && resource->id == selected_) return entry;
    return weeks.order.front();
  }

  void draw_figures(Context& context, const ResourceWeeks& weeks) {
    const Scales scales = scales_of(context.project);
    const LoadPeriod all = engine::total_load(weeks.totals);
    const auto overloaded = std::ranges::count_if(weeks.totals, [](const LoadPeriod& total) { return total.overload.value > 0; });
    const auto hours = [&](WorkMinutes minutes) { return format_duration({minutes.value / 60 * 60}, scales, context.language); };
    const float width = 220;
    const auto card = [&](const char* id, Key name, const std::string& value, const std::string& note, Tone tone, bool beside) {
      if (beside) ImGui::SameLine(0, 12);
      if (Card one(id, {.width = width, .height = 88, .padding = 12}); one) figure(context.text(name), value, note, tone);
    };
    card("work", "resource_load.work"_key, hours(all.load), {}, Tone::neutral, false);
    card("used", "resource_load.utilisation"_key, all.utilisation() ? format_share(*all.utilisation()) : "–", {}, Tone::neutral, true);
    card("over", "resource_load.overloaded"_key, format_integer(overloaded),
         overloaded ? context.text("resource_load.overload_work"_key, {hours(all.overload)}) : std::string(context.text("resource_load.none_overloaded"_key)),
         overloaded ? Tone::bad : Tone::good, true);
    if (overloaded == 0) return;
    ImGui::SameLine(0, 16);
    if (button(labelled(context.text("resource_load.level"_key), "to_levelling"), {.icon = icon::scale})) context.navigation.open_page("levelling");
  }

  void draw_heat(Context& context, const ResourceWeeks& weeks, int shown) {
    HeatMap map{.title = std::string(context.text("resource_load.by_week"_key)), .summary = std::string(context.text("resource_load.by_week.about"_key))};
    int previous_month = 0;
    for (int week = 0; week < weeks.count; ++week) {
      const auto date = civil(weeks.first + week * 7);
      map.columns.push_back(date.month == previous_month ? std::string(" ") : std::string(month_name(date.month, context.language)));
      if (date.month == previous_month) map.columns.back().clear();
      previous_month = date.month;
    }
    for (const int entry : weeks.order) {
      map.rows.push_back((entry == shown ? std::string(icon::chevron_right) + " " : std::string()) + name_of(context, entry) + (limits_of(context, entry).empty() ? "" : std::string(" ") + icon::warning));
      std::vector<HeatCell> cells(static_cast<std::size_t>(weeks.count));
      for (const LoadPeriod& period : weeks.rows[static_cast<std::size_t>(entry)]) {
        HeatCell& cell = cells[static_cast<std::size_t>((period.first - weeks.first) / 7)];
        const double used = period.utilisation().value_or(period.load.value > 0 ? 2 : 0);
        // Too much at one moment shows even when the week as a whole has room.
        cell.value = period.overload.value > 0 ? std::max(1.1, used) : std::min(1.0, used);
        cell.text = used > 0 ? format_percent({static_cast<std::int32_t>(std::lround(used * 100)) * 10}) : std::string();
        cell.detail = context.text("resource_load.week_of"_key, {format_day(period.first, context.language)});
      }
      map.cells.insert(map.cells.end(), cells.begin(), cells.end());
    }
    const float height = 22 + static_cast<float>(map.rows.size()) * 19;
    if (Card card("heat", {.title = context.text("resource_load.by_week"_key)}); card) {
      const int pressed = draw_chart("weeks", map, {.height = height, .locale = chart_locale(context)});
      if (pressed < 0) return;
      const int entry = weeks.order[static_cast<std::size_t>(pressed / weeks.count)];
      if (const auto* resource = resource_of(context, entry)) selected_ = resource->id;
    }
  }

  void draw_histogram(Context& context, int shown) {
    const auto& demand = context.analyses.of<ResourceDemandOf>()[static_cast<std::size_t>(shown)];
    const Choice choices[] = {{labelled(context.text("resource_load.weeks"_key), "weeks")}, {labelled(context.text("resource_load.days"_key), "days")}};
    segments("step", choices, step_, true);
    gap(0.5f);
    draw_limits(context, shown);
    const LoadStep step = step_ == 0 ? LoadStep::week : LoadStep::day;
    const Chart chart = load_chart(context, name_of(context, shown), engine::resource_load(demand.demand, demand.offer, step), step == LoadStep::week ? 7 : 1);
    draw_chart("load", chart, {.height = std::max(160.0f, ImGui::GetContentRegionAvail().y), .locale = chart_locale(context)});
  }

  void draw_conflicts(Context& context, const ResourceWeeks& weeks) {
    const auto& demand = context.analyses.of<ResourceDemandOf>();
    const Outline& outline = context.analyses.of<OutlineOf>();
    struct Line {
      int entry;
      const engine::LoadConflict* conflict;
    };
    std::vector<Line> lines;
    for (const int entry : weeks.order)
      for (const auto& conflict : demand[static_cast<std::size_t>(entry)].conflicts) lines.push_back({entry, &conflict});
    if (lines.empty()) {
      empty_state({.icon = icon::success, .title = context.text("resource_load.none_overloaded"_key)});
      return;
    }
    const FactColumn columns[] = {{std::string(context.text("resource_load.resource"_key)), 128}, {std::string(context.text("resource_load.from"_key)), 86, true},
                                  {std::string(context.text("resource_load.until"_key)), 86, true}, {std::string(context.text("resource_load.units"_key)), 108, true},
                                  {std::string(context.text("resource_load.tasks"_key))}};
    const int pressed = fact_table("conflicts", columns, static_cast<int>(lines.size()), [&](int row, int column) -> FactCell {
      const auto& [entry, conflict] = lines[static_cast<std::size_t>(row)];
      switch (column) {
        case 0: return {name_of(context, entry), 0, 0, true};
        case 1: return {format_day(conflict->start.day(), context.language, DayStyle::brief)};
        case 2: return {format_day(conflict->finish.day(), context.language, DayStyle::brief)};
        case 3: return {format_percent(conflict->demanded) + " / " + format_percent(conflict->offered), context.theme.tone(Tone::bad).ink};
        default: {
          std::string names;
          for (const auto task : conflict->tasks) names += (names.empty() ? "" : " · ") + outline[static_cast<std::size_t>(task)].task->name;
          return {names, context.theme.ink_soft};
        }
      }
    }, {.height = std::max(120.0f, ImGui::GetContentRegionAvail().y)});
    if (pressed < 0) return;
    const Line& line = lines[static_cast<std::size_t>(pressed)];
    if (const auto* resource = resource_of(context, line.entry)) selected_ = resource->id;
    context.navigation.open_record(register_of<Task>(), outline[static_cast<std::size_t>(line.conflict->tasks.back())].task->id);
  }

  Id selected_;
  int step_ = 0;
};

}  // namespace

std::unique_ptr<Page> make_resource_load_page() { return std::make_unique<ResourceLoadPage>(); }

}  // namespace pmo::desks
