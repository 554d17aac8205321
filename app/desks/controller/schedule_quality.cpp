// How sound the schedule is: fourteen points, each with its limit, and the tasks that break it.
#include "app/engine/control/schedule_quality.h"

#include <cmath>

#include "app/desks/pages.h"
#include "app/ui/control_analyses.h"
#include "app/ui/icons.h"
#include "app/ui/platform.h"
#include "app/ui/table/cell_text.h"
#include "app/ui/tasks/date_reasons.h"
#include "app/ui/text_field.h"
#include "app/ui/widgets/fact_table.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::desks {
namespace {

using namespace ui;
using engine::QualityFinding;
using engine::QualityLimits;
using engine::QualityPoint;

const ProjectSettings* settings_of(const Project& project) {
  return project.all<ProjectSettings>().empty() ? nullptr : &project.all<ProjectSettings>().at(0);
}

struct QualityOf {
  using Result = std::vector<QualityFinding>;
  static std::vector<const RegisterInfo*> reads() {
    auto list = ScheduleOf::reads();
    list.push_back(&register_of<Baseline>());
    list.push_back(&register_of<BaselineTask>());
    return list;
  }
  static Result compute(const Project& project, Analyses& analyses) {
    const auto& [plan, schedule] = analyses.of<ScheduleOf>();
    const Outline& outline = analyses.of<OutlineOf>();
    const auto* settings = settings_of(project);
    const auto* baseline = engine::reference_baseline(project);
    std::vector<double> cost;
    for (const auto& one : analyses.of<CostsOf>()) cost.push_back(one.total());
    return engine::assess_schedule(
        {.outline = outline, .plan = plan, .schedule = schedule,
         .baseline = baseline ? engine::parts_of(project, outline, {baseline->id}) : std::vector<const BaselineTask*>{}, .cost = std::move(cost),
         .status = engine::status_day(project, analyses.today()),
         .minutes_per_day = settings ? std::max<std::int64_t>(1, settings->minutes_per_day.value) : 480},
        settings ? engine::quality_limits(settings->schedule_limits) : QualityLimits{});
  }
};

struct PointTexts {
  Key name, about;
};
constexpr PointTexts point_texts[] = {
    {"schedule_quality.logic"_key, "schedule_quality.logic.about"_key},
    {"schedule_quality.leads"_key, "schedule_quality.leads.about"_key},
    {"schedule_quality.lags"_key, "schedule_quality.lags.about"_key},
    {"schedule_quality.link_types"_key, "schedule_quality.link_types.about"_key},
    {"schedule_quality.hard_constraints"_key, "schedule_quality.hard_constraints.about"_key},
    {"schedule_quality.high_float"_key, "schedule_quality.high_float.about"_key},
    {"schedule_quality.negative_float"_key, "schedule_quality.negative_float.about"_key},
    {"schedule_quality.high_duration"_key, "schedule_quality.high_duration.about"_key},
    {"schedule_quality.invalid_dates"_key, "schedule_quality.invalid_dates.about"_key},
    {"schedule_quality.resources"_key, "schedule_quality.resources.about"_key},
    {"schedule_quality.missed_tasks"_key, "schedule_quality.missed_tasks.about"_key},
    {"schedule_quality.critical_path_test"_key, "schedule_quality.critical_path_test.about"_key},
    {"schedule_quality.critical_path_length_index"_key, "schedule_quality.critical_path_length_index.about"_key},
    {"schedule_quality.baseline_execution_index"_key, "schedule_quality.baseline_execution_index.about"_key},
};
static_assert(std::size(point_texts) == enum_size<QualityPoint>);

Key name_key(QualityPoint point) { return point_texts[static_cast<int>(point)].name; }
Key about_key(QualityPoint point) { return point_texts[static_cast<int>(point)].about; }

bool is_index(QualityPoint point) {
  return point == QualityPoint::critical_path_length_index || point == QualityPoint::baseline_execution_index;
}

std::string share_text(QualityPoint point, double value) {
  if (is_index(point)) return format_number({std::llround(value * 100) * (number_scale / 100)});
  return format_percent({static_cast<std::int32_t>(std::lround(value * 1000))});
}

class ScheduleQualityPage final : public Page {
 public:
  std::string_view name() const override { return "schedule_quality"; }
  Key title() const override { return "schedule_quality.title"_key; }
  const char* icon() const override { return icon::clipboard_check; }
  Desk desk() const override { return Desk::controller; }

  void draw(Context& context) override {
    if (context.project.all<Task>().empty()) {
      const auto answer = empty_state({.icon = icon::clipboard_check, .title = context.text("schedule_quality.title"_key), .about = context.text("schedule_quality.about"_key),
                                       .action = labelled(context.text("control.open_plan"_key), "open_plan"), .action_icon = icon::gantt});
      if (answer == EmptyAnswer::action) context.navigation.open_page("tasks");
      return;
    }
    const auto& findings = context.analyses.of<QualityOf>();
    draw_head(context, findings);
    draw_contradictions(context);
    gap(1);
    const float width = ImGui::GetContentRegionAvail().x, left = std::floor(width * 0.6f), height = std::max(460.0f, ImGui::GetContentRegionAvail().y - 4);
    if (Card card("points", {.width = left, .height = height, .padding = 8}); card) draw_points(context, findings);
    ImGui::SameLine(0, 12);
    if (Card card("point", {.height = height}); card) draw_point(context, findings[static_cast<std::size_t>(selected_)]);
  }

 private:
  static Tone tone_of(const QualityFinding& finding) {
    if (!finding.passed) return Tone::neutral;
    return *finding.passed ? Tone::good : Tone::bad;
  }

  void draw_head(Context& context, const std::vector<QualityFinding>& findings) {
    int passed = 0, judged = 0;
    for (const auto& finding : findings) {
      judged += finding.passed.has_value();
      passed += finding.passed.value_or(false);
    }
    text(Type::title, context.text("schedule_quality.score"_key, {format_integer(passed), format_integer(judged)}));
    ImGui::SameLine(0, 16);
    const Tone tone = judged == 0 ? Tone::neutral : passed == judged ? Tone::good : passed * 4 >= judged * 3 ? Tone::caution : Tone::bad;
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() + 4);
    chip(context.text(tone == Tone::good ? "schedule_quality.sound"_key : tone == Tone::caution ? "schedule_quality.mostly"_key : "schedule_quality.weak"_key), tone,
         tone == Tone::good ? icon::success : icon::warning);
    paragraph(Type::caption, context.text("schedule_quality.about"_key), context.theme.ink_soft, 760);
  }

  // What cannot be as it is entered, before how well it is planned.
  void draw_contradictions(Context& context) {
    const TaskEditing editing = TaskEditing::of(context.analyses);
    const auto& found = editing.plan.schedule.diagnostics;
    if (found.empty()) return;
    gap(0.5f);
    Card card("contradictions", {.title = context.text("schedule_quality.contradictions"_key, {format_integer(std::ssize(found))}), .icon = icon::warning, .padding = 12});
    if (!card) return;
    constexpr std::size_t most_shown = 3;
    Id chosen;
    for (std::size_t i = 0; i < std::min(most_shown, found.size()); ++i) {
      paragraph(Type::body, diagnostic_text(context, editing, found[i]), context.theme.tone(Tone::bad).ink);
      if (found[i].tasks.empty()) continue;
      const Task& first = *editing.outline[static_cast<std::size_t>(found[i].tasks.front())].task;
      if (text_link(labelled(first.name, "contradiction." + std::to_string(i)), icon::arrow_right)) chosen = first.id;
    }
    if (found.size() > most_shown)
      text(Type::caption, context.text("schedule_quality.more_contradictions"_key, {format_integer(static_cast<std::int64_t>(found.size() - most_shown))}), context.theme.ink_soft);
    if (chosen) context.navigation.open_record(register_of<Task>(), chosen);
  }

  void draw_points(Context& context, const std::vector<QualityFinding>& findings) {
    const FactColumn columns[] = {{std::string(context.text("schedule_quality.point"_key))}, {std::string(context.text("schedule_quality.found"_key)), 84, true},
                                  {std::string(context.text("schedule_quality.value"_key)), 72, true}, {std::string(context.text("schedule_quality.limit"_key)), 80, true},
                                  {std::string(context.text("schedule_quality.result"_key)), 132}};
    const int pressed = fact_table("points", columns, static_cast<int>(findings.size()), [&](int row, int column) -> FactCell {
      const QualityFinding& finding = findings[static_cast<std::size_t>(row)];
      const Tone tone = tone_of(finding);
      switch (column) {
        case 0: return {std::to_string(row + 1) + "  " + std::string(context.text(name_key(finding.point)))};
        case 1: return {finding.of > 0 ? format_integer(finding.found) + " / " + format_integer(finding.of) : std::string("–"), context.theme.ink_soft};
        case 2:
          if (finding.point == QualityPoint::critical_path_test) return {"–", context.theme.ink_faint};
          return {finding.value ? share_text(finding.point, *finding.value) : std::string("–"), 0, 0, true};
        case 3:
          if (finding.point == QualityPoint::critical_path_test) return {"–", context.theme.ink_faint};
          return {(finding.at_least ? "≥ " : "≤ ") + share_text(finding.point, finding.limit), context.theme.ink_soft};
        default:
          if (!finding.passed) return {std::string(context.text("schedule_quality.not_judged"_key)), context.theme.ink_faint};
          return {std::string(context.text(*finding.passed ? "schedule_quality.passed"_key : "schedule_quality.failed"_key)), context.theme.tone(tone).ink, 0, false,
                  *finding.passed ? icon::success : icon::error};
      }
    }, {.selected = selected_});
    if (pressed >= 0) selected_ = pressed;
  }

  void draw_point(Context& context, const QualityFinding& finding) {
    text_cut(Type::heading, context.text(name_key(finding.point)));
    gap(0.5f);
    paragraph(Type::body, context.text(about_key(finding.point)), context.theme.ink_soft);
    gap(0.5f);
    draw_limit(context, finding);
    gap(1);
    const Outline& outline = context.analyses.of<OutlineOf>();
    if (finding.tasks.empty()) {
      paragraph(Type::body, context.text(finding.value ? "schedule_quality.no_tasks"_key : "schedule_quality.nothing_to_judge"_key), context.theme.ink_faint);
      return;
    }
    const FactColumn columns[] = {{context.text("schedule_quality.tasks"_key, {format_integer(std::ssize(finding.tasks))})}};
    const int pressed = fact_table("tasks", columns, static_cast<int>(finding.tasks.size()), [&](int row, int) -> FactCell {
      const auto at = static_cast<std::size_t>(finding.tasks[static_cast<std::size_t>(row)]);
      return {outline.wbs(at) + "  " + outline[at].task->name};
    }, {.height = std::max(120.0f, ImGui::GetContentRegionAvail().y)});
    if (pressed >= 0) context.navigation.open_record(register_of<Task>(), outline[static_cast<std::size_t>(finding.tasks[static_cast<std::size_t>(pressed)])].task->id);
  }

  // The limit as a text that can be changed: percent, or an index.
  void draw_limit(Context& context, const QualityFinding& finding) {
    if (finding.point == QualityPoint::critical_path_test) return;
    const auto* settings = settings_of(context.project);
    if (!settings) return;
    const QualityLimits limits = engine::quality_limits(settings->schedule_limits);
    const bool days = finding.point == QualityPoint::high_float || finding.point == QualityPoint::high_duration;
    std::string now = share_text(finding.point, finding.limit);
    if (now.ends_with('%')) now.pop_back();  // it stands behind the field
    edit(context, "limit", context.text("schedule_quality.limit"_key), now, [&](std::string_view typed) {
      QualityLimits changed = limits;
      std::int32_t& limit = changed.limit[static_cast<int>(finding.point)];
      if (is_index(finding.point)) {
        if (const auto number = parse_number(typed)) limit = static_cast<std::int32_t>(std::lround(real(*number) * 1000));
      } else if (const auto percent = parse_percent(typed)) {
        limit = percent->value;
      }
      save(context, *settings, changed);
    });
    if (!is_index(finding.point)) {
      ImGui::SameLine(0, 6);
      text(Type::body, "%", context.theme.ink_soft);
    }
    if (days) {
      ImGui::SameLine(0, 20);
      edit(context, "long_days", context.text("schedule_quality.long_days"_key), format_integer(limits.long_days), [&](std::string_view typed) {
        QualityLimits changed = limits;
        if (const auto number = parse_integer(typed)) changed.long_days = static_cast<std::int32_t>(std::clamp<std::int64_t>(*number, 1, 10'000));
        save(context, *settings, changed);
      });
    }
    if (limits == QualityLimits{}) return;
    ImGui::SameLine(0, 16);
    if (button(labelled(context.text("schedule_quality.usual_limits"_key), "usual_limits"), {.icon = icon::reset, .emphasis = Emphasis::quiet})) save(context, *settings, {});
  }

  template <class Take>
  void edit(Context& context, const char* id, std::string_view name, const std::string& now, Take&& take) {
    text(Type::body, name, context.theme.ink_soft);
    ImGui::SameLine(0, 8);
    std::string typed = draft_or(id, now);
    if (input_text(id, typed, {.width = 76, .label = name, .align = TextAlign::right}).committed && typed != now) take(typed);
  }

  void save(Context& context, const ProjectSettings& settings, const QualityLimits& limits) {
    context.change("transaction.schedule_limits"_key, {}, [&](Transaction& change) {
      change.set(settings, &ProjectSettings::schedule_limits, engine::text_of(limits));
    });
  }

  int selected_ = 0;
};

}  // namespace

std::unique_ptr<Page> make_schedule_quality_page() { return std::make_unique<ScheduleQualityPage>(); }

}  // namespace pmo::desks
