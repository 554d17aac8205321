// Customer satisfaction: how satisfied customers are and were, about what, what they need, and what improvements brought.
#include <algorithm>
#include <format>

#include "app/desks/quality/satisfaction_chart.h"
#include "app/desks/reports/report_parts.h"
#include "app/engine/quality/satisfaction.h"
#include "app/model/open_work.h"
#include "app/ui/charts/svg.h"

namespace pmo::desks {

using namespace ui;

namespace {

void add_scores(const ReportInput& input, Report& report) {
  std::vector<int> satisfied, recommended;
  std::int64_t complaints = 0, open_complaints = 0;
  for (const Feedback& feedback : input.project.all<Feedback>()) {
    if (feedback.satisfaction) satisfied.push_back(static_cast<int>(*feedback.satisfaction));
    if (feedback.recommendation) recommended.push_back(static_cast<int>(*feedback.recommendation));
    if (feedback.kind != FeedbackKind::complaint) continue;
    ++complaints;
    open_complaints += is_open(register_of<Feedback>(), feedback);
  }
  const auto score = [&](Key name, const std::optional<double>& value, std::string_view unit, std::size_t answers) {
    return fact(input, name, value ? std::format("{:.0f}{}", *value, unit) : no_value(input), Tone::neutral, input.text("quality.answers"_key, {std::to_string(answers)}));
  };
  const Tone tone = open_complaints > 0 ? Tone::caution : Tone::good;
  report.facts({score("quality.csat"_key, engine::customer_satisfaction(satisfied), "%", satisfied.size()),
                score("quality.nps"_key, engine::net_promoter_score(recommended), "", recommended.size()),
                fact(input, "quality.theme_complaints"_key, std::to_string(complaints), Tone::neutral),
                fact(input, "report.open_complaints"_key, std::to_string(open_complaints), tone)});
}

void add_trend(const ReportInput& input, Report& report) {
  report.heading(input.text("quality.trend"_key));
  ReportTable table{.columns = {column(input, "report.month"_key), column(input, "quality.theme_answers"_key, true), column(input, "quality.csat"_key, true), column(input, "quality.nps"_key, true)},
                    .rows = {}, .empty = std::string(input.text("quality.no_feedback"_key))};
  for (const auto& month : engine::satisfaction_by_month(input.project)) {
    table.rows.push_back({{format_month(month.month, input.language)}, {std::to_string(month.answers)},
                          {month.satisfied ? std::format("{:.0f}%", *month.satisfied) : no_value(input)}, {month.promoters ? std::format("{:.0f}", *month.promoters) : no_value(input)}});
  }
  if (const Chart chart = satisfaction_chart(input.project, input.language); !chart.series.empty())
    report.svg(write_svg(chart, {.size = {720, 260}, .locale = locale_of(input)}), chart.title);
  else if (!table.rows.empty()) report.paragraph(chart.empty);
  report.table(table);
}

void add_themes(const ReportInput& input, Report& report) {
  report.heading(input.text("quality.themes"_key));
  ReportTable table{.columns = {column(input, field_of<Feedback>(&Feedback::theme).label_key()), column(input, "quality.theme_answers"_key, true),
                                column(input, "quality.theme_mean"_key, true), column(input, "quality.theme_complaints"_key, true)},
                    .rows = {}, .empty = std::string(input.text("quality.no_feedback"_key))};
  for (const auto& theme : engine::themes_of(input.project)) {
    const Tone tone = !theme.mean ? Tone::neutral : *theme.mean >= 4 ? Tone::good : *theme.mean >= 3 ? Tone::caution : Tone::bad;
    table.rows.push_back({{theme.name.empty() ? std::string(input.text("quality.no_type"_key)) : theme.name}, {std::to_string(theme.answers)},
                          {theme.mean ? std::format("{:.1f} / 5", *theme.mean) : no_value(input), tone},
                          {std::to_string(theme.complaints), theme.complaints > 0 ? Tone::caution : Tone::neutral}});
  }
  report.table(table);
}

// The theme's mean before and after what was improved.
void add_improvements(const ReportInput& input, Report& report) {
  report.heading(input.text("quality.improvements"_key));
  ReportTable table{.columns = {column(input, field_of<Feedback>(&Feedback::improvement).label_key()), column(input, field_of<Feedback>(&Feedback::improved_on).label_key()),
                                column(input, "quality.mean_before"_key, true), column(input, "quality.mean_after"_key, true), column(input, "quality.gain"_key, true)},
                    .rows = {}, .empty = std::string(input.text("quality.no_improvements"_key))};
  const auto mean = [&](const std::optional<double>& value, int answers) { return ReportCell(value ? std::format("{:.1f} ({})", *value, answers) : no_value(input)); };
  for (const auto& effect : engine::improvement_effects(input.project)) {
    const Feedback& feedback = *input.project.find(Ref<Feedback>{effect.feedback});
    const auto gain = effect.gain();
    table.rows.push_back({{feedback.improvement}, {optional_day(input, feedback.improved_on)}, mean(effect.before, effect.answers_before), mean(effect.after, effect.answers_after),
                          {gain ? std::format("{:+.1f}", *gain) : no_value(input), !gain || *gain == 0 ? Tone::neutral : *gain > 0 ? Tone::good : Tone::bad}});
  }
  report.table(table);
}

// Surveys with the share of those asked who answered.
void add_surveys(const ReportInput& input, Report& report) {
  const auto label = [&](const FieldInfo& field, bool number = false) { return column(input, field.label_key(), number); };
  report.heading(input.text(register_of<Survey>().label_key()));
  ReportTable table{.columns = {label(field_of<Survey>(&Survey::title)), label(field_of<Survey>(&Survey::audience)), label(field_of<Survey>(&Survey::sent_on)),
                                label(field_of<Survey>(&Survey::invited), true), column(input, "quality.theme_answers"_key, true), column(input, "report.response_rate"_key, true),
                                label(field_of<Survey>(&Survey::conclusions))},
                    .rows = {}, .empty = std::string(input.text("report.empty"_key))};
  for (const Survey& survey : input.project.all<Survey>()) {
    const auto answers = std::ranges::count_if(input.project.all<Feedback>(), [&](const Feedback& feedback) { return feedback.survey.id == survey.id; });
    const auto rate = survey.invited > 0 ? std::optional(static_cast<double>(answers) / static_cast<double>(survey.invited)) : std::nullopt;
    table.rows.push_back({{survey.title}, {survey.audience}, {optional_day(input, survey.sent_on)}, {std::to_string(survey.invited)}, {std::to_string(answers)},
                          {share_text(input, rate)}, {survey.conclusions}});
  }
  report.table(table);
}

}  // namespace

Report satisfaction_report(const ReportInput& input) {
  Report report(head_of(input, std::string(input.text("report.satisfaction"_key))));
  add_scores(input, report);
  add_trend(input, report);
  add_themes(input, report);
  add_improvements(input, report);
  add_register<CustomerNeed>(report, input, {"title", "kind", "status", "importance", "satisfaction", "customer", "owner", "due"});
  add_surveys(input, report);
  report.heading(input.text("report.complaints"_key));
  std::vector<const Record*> complaints;
  for (const Feedback& feedback : input.project.all<Feedback>())
    if (feedback.kind == FeedbackKind::complaint) complaints.push_back(&feedback);
  report.table(table_of(input, register_of<Feedback>(), complaints, {"title", "status", "customer", "theme", "given_on", "improvement", "owner", "due"}, "report.complaints.none"_key));
  return report;
}

}  // namespace pmo::desks
