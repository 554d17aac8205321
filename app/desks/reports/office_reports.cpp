// Reports of the quality, change, procurement, communications and training desks.
#include <algorithm>
#include <format>

#include "app/desks/reports/reports.h"
#include "app/engine/competency_gaps.h"
#include "app/engine/control_chart_of.h"
#include "app/engine/purchasing.h"
#include "app/model/describe_record.h"
#include "app/model/records/change_request.h"
#include "app/model/records/communication.h"
#include "app/ui/charts/svg.h"
#include "app/ui/plan_analyses.h"
#include "app/ui/table/cell_text.h"
#include "app/ui/work_list.h"

namespace pmo::desks {

using namespace ui;

namespace {

template <class R>
std::vector<const Record*> all_of(const ReportInput& input) {
  std::vector<const Record*> records;
  for (const R& record : input.project.all<R>()) records.push_back(&record);
  return records;
}

std::string no_value(const ReportInput& input) { return std::string(input.text("analysis.no_value"_key)); }

std::string two_digits(const ReportInput& input, const std::optional<double>& value) {
  return value ? std::format("{:.2f}", *value) : no_value(input);
}

std::string share(const ReportInput& input, const std::optional<double>& value) {
  return value ? std::format("{:.0f}%", *value * 100) : no_value(input);
}

// A heading of a register with its records.
template <class R>
void list(Report& report, const ReportInput& input, const std::vector<std::string_view>& fields) {
  const auto& info = register_of<R>();
  report.heading(input.text(info.label_key()));
  report.table(table_of(input, info, all_of<R>(input), fields, "report.empty"_key));
}

Chart location_chart(const ReportInput& input, const QualityPlanItem& item, const engine::CharacteristicChart& found) {
  Chart chart{.title = item.title, .x = {.kind = AxisKind::count, .title = std::string(input.text("quality.sample"_key))}, .y = {.title = item.unit}};
  ChartSeries values{.name = std::string(input.text("quality.values"_key))}, centre{.name = std::string(input.text("quality.centre"_key)), .paint = {.tone = Tone::good}};
  ChartSeries upper{.name = std::string(input.text("quality.limits"_key)), .paint = {.tone = Tone::bad}, .dashed = true};
  ChartSeries lower{.name = std::string(input.text("quality.lower_control_limit"_key)), .paint = {.tone = Tone::bad}, .dashed = true};
  for (std::size_t i = 0; i < found.location.points.size(); ++i) {
    const auto& point = found.location.points[i];
    const double x = static_cast<double>(i + 1);
    values.points.push_back({x, point.value});
    centre.points.push_back({x, point.centre});
    upper.points.push_back({x, point.upper});
    lower.points.push_back({x, point.lower});
  }
  chart.series = {std::move(values), std::move(centre), std::move(upper), std::move(lower)};
  return chart;
}

}  // namespace

Report quality_report(const ReportInput& input) {
  Report report(head_of(input, std::string(input.text("report.quality"_key))));
  list<QualityObjective>(report, input, {"title", "metric", "target", "actual", "status", "owner", "due"});
  list<QualityPlanItem>(report, input, {"title", "metric", "target", "lower_limit", "upper_limit", "method", "frequency", "responsible", "status"});
  report.heading(input.text("quality.control_charts"_key));
  const SvgOptions options{.size = {720, 260}, .locale = {input.language, scales_of(input.project)}};
  for (const QualityPlanItem& item : input.project.all<QualityPlanItem>()) {
    const auto found = engine::control_chart_of(input.project, item);
    report.subheading(item.title + (item.metric.empty() ? "" : " · " + item.metric));
    if (found.missing != engine::NoChart::none) {
      report.paragraph(input.text(engine::no_chart_key(found.missing)));
      continue;
    }
    report.svg(write_svg(location_chart(input, item, found), options), item.metric);
    report.details({{std::string(input.text("quality.cp"_key)), two_digits(input, found.capability.cp)},
                    {std::string(input.text("quality.cpk"_key)), two_digits(input, found.capability.cpk)},
                    {std::string(input.text("quality.signals"_key)), std::to_string(found.signals.size() + found.spread_signals.size())}});
  }
  list<QualityGate>(report, input, {"title", "stage", "status", "due", "held_on", "owner"});
  list<Inspection>(report, input, {"title", "kind", "status", "result", "due", "carried_out", "inspector"});
  list<Nonconformity>(report, input, {"title", "status", "severity", "defect_type", "owner", "due", "disposition", "root_cause"});
  return report;
}

Report change_requests_report(const ReportInput& input) {
  Report report(head_of(input, std::string(input.text("report.change_requests"_key))));
  list<ChangeRequest>(report, input, {"title", "status", "category", "priority", "requester", "requested_on", "decided_on", "cost_effect"});
  for (const ChangeRequest& request : input.project.all<ChangeRequest>()) {
    report.subheading(record_number(input.project, register_of<ChangeRequest>(), request) + "  " + request.title);
    const auto line = [&](std::string ChangeRequest::* member) {
      return ReportFact{std::string(input.text(field_of<ChangeRequest>(member).label_key())), request.*member};
    };
    report.details({line(&ChangeRequest::description), line(&ChangeRequest::reason), line(&ChangeRequest::if_not_done), line(&ChangeRequest::impact),
                    line(&ChangeRequest::response), line(&ChangeRequest::decision_reason), line(&ChangeRequest::conditions), line(&ChangeRequest::actual_effect)});
  }
  return report;
}

Report offer_report(const ReportInput& input) {
  const auto* item = input.project.all<ProcurementItem>().find(input.subject);
  Report report(head_of(input, input.text("report.offers_of"_key, {item ? item->title : std::string()})));
  if (!item) return report;
  report.paragraph(item->specification);
  const auto comparison = engine::compare_offers(input.project, *item);
  if (comparison.missing != engine::NoComparison::none) {
    report.paragraph(input.text(engine::no_comparison_key(comparison.missing)));
    return report;
  }
  const Scales scales = scales_of(input.project);
  ReportTable table{.columns = {{std::string(input.text(register_of<Offer>().one_key()))}, {std::string(input.text("procurement.place"_key)), true},
                                {std::string(input.text("procurement.score"_key)), true}}, .rows = {}, .empty = {}};
  for (std::size_t i = 0; i < comparison.criteria.size(); ++i)
    table.columns.emplace_back(input.project.all<SelectionCriterion>().find(comparison.criteria[i])->title + std::format(" {:.0f}%", comparison.weights[i] * 100), true);
  table.columns.emplace_back(std::string(input.text(field_of<Offer>(&Offer::price).label_key())), true);
  for (const auto& compared : comparison.offers) {
    const Offer& offer = *input.project.all<Offer>().find(compared.offer);
    auto& row = table.rows.emplace_back();
    row.emplace_back(offer.title);
    row.emplace_back(compared.place ? std::to_string(*compared.place) : no_value(input), compared.place == 1 ? Tone::good : Tone::neutral);
    row.emplace_back(two_digits(input, compared.result.score));
    for (const auto& mean : compared.result.criterion_mean) row.emplace_back(two_digits(input, mean));
    row.emplace_back(format_money(offer.price, scales));
  }
  report.table(table);
  if (!item->decision_reason.empty())
    report.details({{std::string(input.text(field_of<ProcurementItem>(&ProcurementItem::decision_reason).label_key())), item->decision_reason}});
  return report;
}

Report procurement_report(const ReportInput& input) {
  Report report(head_of(input, std::string(input.text("report.procurement"_key))));
  list<ProcurementItem>(report, input, {"title", "kind", "status", "quantity", "unit", "task", "need_by", "lead_time", "estimate", "owner"});
  list<Contract>(report, input, {"title", "vendor", "status", "value", "signed_on", "finish"});
  const PlanSchedule& plan = input.analyses.of<ScheduleOf>();
  report.heading(input.text("procurement.deliveries"_key));
  ReportTable deliveries{.columns = {{std::string(input.text(register_of<Delivery>().one_key()))}, {std::string(input.text("procurement.arrives"_key))},
                                     {std::string(input.text("procurement.needed"_key))}, {std::string(input.text("procurement.against_task"_key))}},
                         .rows = {}, .empty = std::string(input.text("procurement.none_open"_key))};
  const auto day = [&](const std::optional<Day>& on) { return on ? format_day(*on, input.language) : no_value(input); };
  for (const auto& outlook : engine::delivery_outlook(input.project, plan.plan, plan.schedule)) {
    const Delivery& delivery = *input.project.all<Delivery>().find(outlook.delivery);
    const int late = outlook.days_late.value_or(0);
    const std::string said = outlook.days_late ? format_lateness(late, input.language) : no_value(input);
    deliveries.rows.push_back({{delivery.title}, {day(outlook.arrives)}, {day(outlook.needed)}, {said, late > 0 ? Tone::bad : Tone::neutral}});
  }
  report.table(deliveries);
  report.heading(input.text("procurement.scorecard"_key));
  ReportTable vendors{.columns = {{std::string(input.text(register_of<Vendor>().one_key()))}, {std::string(input.text("procurement.ordered"_key)), true},
                                  {std::string(input.text("procurement.on_time_share"_key)), true}, {std::string(input.text("procurement.reject_rate"_key)), true},
                                  {std::string(input.text("procurement.evaluation"_key)), true}, {std::string(input.text("procurement.open_claims"_key)), true}},
                      .rows = {}, .empty = std::string(input.text("report.empty"_key))};
  for (const auto& score : engine::vendor_scores(input.project, input.status()))
    vendors.rows.push_back({{input.project.all<Vendor>().find(score.vendor)->name}, {format_money(score.ordered, scales_of(input.project))}, {share(input, score.on_time)},
                            {share(input, score.reject_rate)}, {two_digits(input, score.evaluation)}, {std::to_string(score.open_claims)}});
  report.table(vendors);
  return report;
}

Report communication_report(const ReportInput& input) {
  Report report(head_of(input, std::string(input.text("report.communication"_key))));
  list<CommunicationPlanItem>(report, input, {"title", "audience", "channel", "format", "frequency", "sender", "acknowledgement_wanted", "status"});
  list<Stakeholder>(report, input, {"name", "group", "power", "interest", "current", "desired", "needs"});
  list<Communication>(report, input, {"title", "status", "due", "channel", "sender", "sent_at"});
  return report;
}

Report training_report(const ReportInput& input) {
  Report report(head_of(input, std::string(input.text("report.training"_key))));
  report.heading(input.text("page.competency_gaps"_key));
  ReportTable gaps{.columns = {{std::string(input.text(register_of<Person>().one_key()))}, {std::string(input.text(register_of<Competency>().one_key()))},
                               {std::string(input.text("report.required"_key)), true}, {std::string(input.text("report.assessed"_key)), true}},
                   .rows = {}, .empty = std::string(input.text("report.no_gaps"_key))};
  for (const auto& gap : engine::competency_gaps(input.project, input.today)) {
    const Person* person = input.project.all<Person>().find(gap.person);
    const Competency* competency = input.project.all<Competency>().find(gap.competency);
    if (!person || !competency || !gap.required || gap.gap().value_or(1) <= 0) continue;
    gaps.rows.push_back({{person->name}, {competency->name}, {std::to_string(*gap.required)},
                         {gap.assessed ? std::to_string(*gap.assessed) : no_value(input), gap.assessed ? Tone::bad : Tone::caution}});
  }
  report.table(gaps);
  list<TrainingNeed>(report, input, {"title", "status", "source", "course", "due", "owner", "resource"});
  list<Course>(report, input, {"title", "method", "target_group", "competencies", "length", "cost", "trainer"});
  report.heading(input.text("training.evaluation"_key));
  ReportTable sessions{.columns = {{std::string(input.text(register_of<TrainingSession>().one_key()))}, {std::string(input.text("training.reaction"_key)), true},
                                   {std::string(input.text("training.learning"_key)), true}, {std::string(input.text("training.behaviour"_key)), true},
                                   {std::string(input.text("training.return"_key)), true}},
                       .rows = {}, .empty = std::string(input.text("report.empty"_key))};
  for (const TrainingSession& session : input.project.all<TrainingSession>()) {
    const auto found = engine::evaluate_session(input.project, session);
    sessions.rows.push_back({{session.title}, {two_digits(input, found.reaction)}, {share(input, found.learning_gain)}, {two_digits(input, found.behaviour)}, {share(input, found.return_)}});
  }
  report.table(sessions);
  return report;
}

}  // namespace pmo::desks
