// What the other projects of this browser know: their lessons while risks are identified, how vendors did for them.
#include <algorithm>
#include <array>
#include <format>
#include <map>

#include "app/desks/administrator/portfolio.h"
#include "app/desks/matrix.h"
#include "app/desks/pages.h"
#include "app/model/own_choices.h"
#include "app/ui/icons.h"
#include "app/ui/platform.h"
#include "app/ui/table/cell_text.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::desks {
namespace {

using namespace ui;
using engine::ProjectSummary;
using engine::SharedLesson;

// A page that looks into the projects one after the other.
class ReadingPage : public Page {
 public:
  explicit ReadingPage(WorkspacePort& workspace) : workspace_(workspace), reader_(workspace) {}

 protected:
  const std::vector<ProjectSummary>& projects(Context& context) {
    reader_.follow(&context.project, context.today);
    if (reader_.waiting() > 0) {
      context.platform.request_frame();
      text(Type::body, context.text("portfolio.reading"_key, {std::to_string(reader_.waiting())}), context.theme.ink_soft);
    }
    return reader_.summaries();
  }
  bool is_open(const ProjectSummary& project) const { return project.project == workspace_.project_id(); }

 private:
  WorkspacePort& workspace_;
  PortfolioReader reader_;
};

RiskCategory category_of(LessonArea area) {
  switch (area) {
    case LessonArea::design:
    case LessonArea::quality:
    case LessonArea::execution: return RiskCategory::technical;
    case LessonArea::procurement: return RiskCategory::commercial;
    case LessonArea::people: return RiskCategory::organisational;
    case LessonArea::customer: return RiskCategory::external;
    case LessonArea::planning:
    case LessonArea::communication: break;
  }
  return RiskCategory::project_management;
}

class RiskIdentificationPage final : public ReadingPage {
 public:
  using ReadingPage::ReadingPage;
  std::string_view name() const override { return "risk_identification"; }
  Key title() const override { return "page.risk_identification"_key; }
  const char* icon() const override { return icon::lightbulb; }
  Desk desk() const override { return Desk::risk; }

  void draw(Context& context) override {
    paragraph(Type::body, context.text("identify.about"_key), context.theme.ink_soft, 760);
    gap(1);
    if (Card card("checklist", {.title = context.text("identify.checklist"_key), .icon = icon::clipboard_list}); card) draw_checklist(context);
    gap(1);
    if (Card card("lessons", {.title = context.text("identify.lessons"_key), .icon = icon()}); card) draw_lessons(context);
  }

 private:
  // How far each category has been asked about, and how many risks it has.
  static void draw_checklist(Context& context) {
    const FieldInfo& field = field_of<RiskPrompt>(&RiskPrompt::category);
    std::map<RiskCategory, std::array<int, enum_size<PromptAnswer>>> answers;
    std::map<RiskCategory, int> risks;
    for (const RiskPrompt& prompt : context.project.all<RiskPrompt>()) ++answers[prompt.category][static_cast<std::size_t>(prompt.answer)];
    for (const Risk& risk : context.project.all<Risk>()) ++risks[risk.category];
    if (answers.empty()) paragraph(Type::body, context.text("identify.no_prompts"_key), context.theme.ink_soft);
    Matrix matrix{.corner = std::string(context.text(field.label_key())), .title_width = 220};
    for (const Key key : {"identify.open"_key, "identify.no_risk"_key, "identify.found"_key, "identify.risks"_key}) matrix.columns.emplace_back(context.text(key));
    for (int i = 0; i < enum_size<RiskCategory>; ++i) {
      const auto category = static_cast<RiskCategory>(i);
      const auto& of = answers[category];
      matrix.rows.push_back({choice_label(context.project, field, enum_name(category), context.language),
                             {{std::to_string(of[0]), of[0] > 0 ? Tone::caution : Tone::neutral}, {std::to_string(of[1])}, {std::to_string(of[2])},
                              {std::to_string(risks[category]), risks[category] == 0 ? Tone::caution : Tone::neutral}}});
    }
    draw_matrix("checklist.matrix", matrix);
    gap(0.5f);
    if (text_link(labelled(context.text("identify.to_prompts"_key), "to_prompts"), icon::arrow_right)) context.navigation.open_page("risk_prompt");
  }

  void draw_lessons(Context& context) {
    bool any = false;
    for (const ProjectSummary& project : projects(context)) {
      if (is_open(project) || project.lessons.empty()) continue;
      any = true;
      text(Type::strong, project.name);
      gap(0.25f);
      for (const SharedLesson& lesson : project.lessons) draw_lesson(context, project, lesson);
      gap(0.5f);
    }
    if (!any) paragraph(Type::body, context.text("identify.no_lessons"_key), context.theme.ink_soft);
  }

  static void draw_lesson(Context& context, const ProjectSummary& project, const SharedLesson& lesson) {
    const bool taken = std::ranges::any_of(context.project.all<Risk>(), [&](const Risk& risk) { return risk.title == lesson.title; });
    text_cut(Type::body, lesson.title, ImGui::GetContentRegionAvail().x - 160);
    ImGui::SameLine(ImGui::GetContentRegionAvail().x - 140);
    if (taken) text(Type::caption, context.text("identify.taken"_key), context.theme.tone(Tone::good).ink);
    else if (button(labelled(context.text("identify.take"_key), "take." + lesson.id.text()), {.icon = icon::plus, .small = true})) take(context, project, lesson);
    if (!lesson.recommendation.empty()) paragraph(Type::caption, lesson.recommendation, context.theme.ink_soft, 760);
  }

  static void take(Context& context, const ProjectSummary& project, const SharedLesson& lesson) {
    const bool done = context.change("transaction.take_lesson"_key, {lesson.title}, [&](Transaction& change) {
      change.create<Risk>([&](Risk& risk) {
        risk.title = lesson.title;
        risk.category = category_of(lesson.area);
        risk.cause = lesson.cause;
        risk.event = lesson.situation + (lesson.situation.empty() ? "" : "\n") + project.name;
        risk.preventive_actions = lesson.recommendation;
        risk.identified_on = context.today;
      });
    });
    if (done) context.messages.success(context.text("identify.was_taken"_key, {lesson.title}));
  }
};

class VendorHistoryPage final : public ReadingPage {
 public:
  using ReadingPage::ReadingPage;
  std::string_view name() const override { return "vendor_history"; }
  Key title() const override { return "page.vendor_history"_key; }
  const char* icon() const override { return icon::history; }
  Desk desk() const override { return Desk::procurement; }

  void draw(Context& context) override {
    paragraph(Type::body, context.text("vendor_history.about"_key), context.theme.ink_soft, 760);
    gap(1);
    std::map<std::string, std::vector<std::pair<const ProjectSummary*, const engine::VendorScore*>>> vendors;
    for (const ProjectSummary& project : projects(context))
      for (const auto& vendor : project.vendors) vendors[vendor.name].emplace_back(&project, &vendor.score);
    if (vendors.empty()) return paragraph(Type::body, context.text("vendor_history.none"_key), context.theme.ink_soft);
    Matrix matrix{.corner = std::string(context.text(register_of<Vendor>().one_key())), .title_width = 300};
    for (const Key key : {"procurement.ordered"_key, "procurement.arrived"_key, "procurement.on_time_share"_key, "procurement.reject_rate"_key, "procurement.evaluation"_key, "procurement.grade"_key})
      matrix.columns.emplace_back(context.text(key));
    std::vector<Id> opens;
    for (const auto& [vendor, history] : vendors) {
      for (const auto& [project, score] : history) {
        matrix.rows.push_back(row_of(context, vendor, *project, *score));
        opens.push_back(is_open(*project) ? Id{} : project->project);
      }
    }
    if (const auto pressed = draw_matrix("history", matrix); pressed && opens[pressed->row]) context.navigation.open_project(opens[pressed->row]);
  }

 private:
  static MatrixRow row_of(const Context& context, const std::string& vendor, const ProjectSummary& project, const engine::VendorScore& score) {
    const std::string none(context.text("analysis.no_value"_key));
    const auto percent = [&](std::optional<double> share) { return share ? format_share(*share) : none; };
    const FieldInfo& grades = field_of<VendorEvaluation>(&VendorEvaluation::grade);
    const Tone tone = score.grade == VendorGrade::none ? Tone::neutral : score.grade <= VendorGrade::b ? Tone::good : score.grade == VendorGrade::c ? Tone::caution : Tone::bad;
    return {vendor + " · " + project.name,
            {{money_of(project, static_cast<double>(score.ordered.value), context.language)}, {std::to_string(score.deliveries)}, {percent(score.on_time)}, {percent(score.reject_rate)},
             {score.evaluation ? std::format("{:.2f}", *score.evaluation) : none}, {std::string(context.text(grades.choice_key(enum_name(score.grade)))), tone, {}, true}},
            "history." + score.vendor.text()};
  }
};

}  // namespace

std::unique_ptr<Page> make_risk_identification_page(WorkspacePort& workspace) { return std::make_unique<RiskIdentificationPage>(workspace); }
std::unique_ptr<Page> make_vendor_history_page(WorkspacePort& workspace) { return std::make_unique<VendorHistoryPage>(workspace); }

}  // namespace pmo::desks
