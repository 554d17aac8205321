// A status report of the register: as it was filled in, edited and issued.
#include <cmath>

#include "app/desks/reports/as_of.h"
#include "app/desks/reports/report_parts.h"
#include "app/engine/control/index_limits.h"
#include "app/model/own_choices.h"
#include "app/model/records/management.h"
#include "app/ui/control_analyses.h"

namespace pmo::desks {

using namespace ui;

namespace {

Tone tone_of(Health light) {
  return light == Health::green ? Tone::good : light == Health::amber ? Tone::caution : light == Health::red ? Tone::bad : Tone::neutral;
}

ReportFact light_of(const ReportInput& input, Health StatusReport::* member, const StatusReport& kept) {
  const FieldInfo& field = field_of<StatusReport>(member);
  return {std::string(input.text(field.label_key())), choice_label(input.project, field, enum_name(kept.*member), input.language), tone_of(kept.*member)};
}

void add_text(const ReportInput& input, Report& report, const FieldInfo& field, const std::string& written) {
  if (written.empty()) return;
  report.heading(input.text(field.label_key()));
  report.formatted(written);
}

// How schedule and cost stood at the end of the period.
void add_figures(const ReportInput& now, Report& report, std::optional<Day> day) {
  const AsOf as_of(now, day);
  const ReportInput& input = as_of.input();
  const auto& value = input.analyses.of<EarnedValueOf>();
  if (value.total.budget_at_completion <= 0) return;
  const auto figures = engine::earned_value(value.total);
  const auto money = [&](double amount) { return format_money_short({std::llround(amount)}, scales_of(input.project), input.language); };
  const engine::IndexLimits limits = engine::index_limits_of(input.project);
  const auto index = [&](Key name, const std::optional<double>& of, const engine::IndexThresholds& thresholds) {
    const auto health = engine::health_of_index(of, thresholds);
    return fact(input, name, two_digits(input, of), health == engine::Health::bad ? Tone::bad : health == engine::Health::warning ? Tone::caution : Tone::good,
                of ? std::string(input.text(*of >= 1 ? "report.index.good"_key : "report.index.bad"_key)) : std::string());
  };
  report.heading(input.text("report.figures"_key, {format_day(value.date, input.language)}));
  report.facts({fact(input, "report.planned_value"_key, money(value.total.planned_value)), fact(input, "report.earned"_key, money(value.total.earned_value)),
                fact(input, "report.spent"_key, money(value.total.actual_cost)), index("report.spi"_key, figures.schedule_performance_index, limits.schedule),
                index("report.cpi"_key, figures.cost_performance_index, limits.cost)});
  as_of.say(report);
}

}  // namespace

Report kept_status_report(const ReportInput& input) {
  const StatusReport* kept = input.project.all<StatusReport>().find(input.subject);
  if (!kept) return Report(head_of(input, std::string(input.text("report.status"_key))));
  using R = StatusReport;
  auto head = head_of(input, kept->title);
  if (kept->period_from && kept->period_to)
    head.status = input.text("report.period"_key, {format_day(*kept->period_from, input.language), format_day(*kept->period_to, input.language)});
  Report report(head);
  report.facts({light_of(input, &R::overall, *kept), light_of(input, &R::scope, *kept), light_of(input, &R::schedule, *kept), light_of(input, &R::cost, *kept),
                light_of(input, &R::risk, *kept), light_of(input, &R::quality, *kept)});
  report.details({{std::string(input.text(field_of<R>(&R::owner).label_key())), person_name(input, kept->owner)},
                  {std::string(input.text(field_of<R>(&R::issued_on).label_key())), kept->issued_on ? format_day(*kept->issued_on, input.language) : std::string()}});
  add_text(input, report, field_of<R>(&R::summary), kept->summary);
  add_text(input, report, field_of<R>(&R::done), kept->done);
  add_text(input, report, field_of<R>(&R::next), kept->next);
  add_text(input, report, field_of<R>(&R::decisions_needed), kept->decisions_needed);
  add_figures(input, report, kept->period_to);
  return report;
}

}  // namespace pmo::desks
