// Reports of the quality, change, procurement, communications and training desks.
#include <algorithm>
#include <cmath>

#include "app/desks/quality/quality_charts.h"
#include "app/desks/reports/report_parts.h"
#include "app/engine/control/exchange.h"
#include "app/engine/procurement/purchasing.h"
#include "app/engine/quality/control_chart_of.h"
#include "app/engine/resources/competency_gaps.h"
#include "app/model/own_choices.h"
#include "app/model/records/change_request.h"
#include "app/model/records/communication.h"
#include "app/ui/charts/svg.h"
#include "app/ui/plan_analyses.h"
#include "app/ui/work_list.h"

namespace pmo::desks {

using namespace ui;

namespace {

// What quality costs, by kind: spent on purpose, and failures on top.
void add_quality_cost(const ReportInput& input, Report& report) {
  Money sums[enum_size<QualityCostKind>] = {}, whole;
  for (const QualityCost& cost : input.project.all<QualityCost>()) {
    sums[static_cast<int>(cost.kind)] += cost.amount;
    whole += cost.amount;
  }
  const FieldInfo& kind = field_of<QualityCost>(&QualityCost::kind);
  const Scales scales = scales_of(input.project);
  ReportTable table{.columns = {column(input, kind.label_key()), column(input, field_of<QualityCost>(&QualityCost::amount).label_key(), true), column(input, "report.share"_key, true)},
                    .rows = {}, .empty = std::string(input.text("report.empty"_key))};
  for (int i = 0; i < enum_size<QualityCostKind> && whole.value != 0; ++i)
    table.rows.push_back({{choice_label(input.project, kind, enum_names<QualityCostKind>()[static_cast<std::size_t>(i)], input.language)}, {format_money(sums[i], scales)},
                          {share_text(input, static_cast<double>(sums[i].value) / static_cast<double>(whole.value))}});
  report.heading(input.text("quality.cost"_key));
  report.table(table);
}

}  // namespace

Report quality_report(const ReportInput& input) {
  Report report(head_of(input, std::string(input.text("report.quality"_key))));
  add_register<QualityObjective>(report, input, {"title", "metric", "target", "actual", "status", "owner", "due"});
  add_register<QualityPlanItem>(report, input, {"title", "metric", "target", "lower_limit", "upper_limit", "method", "frequency", "responsible", "status"});
  report.heading(input.text("quality.control_charts"_key));
  const SvgOptions options{.size = {720, 260}, .locale = {input.language, scales_of(input.project)}};
  for (const QualityPlanItem& item : input.project.all<QualityPlanItem>()) {
    const auto found = engine::control_chart_of(input.project, item);
    report.subheading(item.title + (item.metric.empty() ? "" : " · " + item.metric));
    if (found.missing != engine::NoChart::none) {
      report.paragraph(input.text(engine::no_chart_key(found.missing)));
      continue;
    }
    const auto add = [&](const Chart& chart) { report.svg(write_svg(chart, options), chart.title); };
    add(location_chart(item, found, input.language));
    if (!found.spread.points.empty()) add(spread_chart(item, found, input.language));
    report.details({{std::string(input.text("quality.cp"_key)), two_digits(input, found.capability.cp)},
                    {std::string(input.text("quality.cpk"_key)), two_digits(input, found.capability.cpk)},
                    {std::string(input.text("quality.signals"_key)), std::to_string(found.signals.size() + found.spread_signals.size())}});
    if (found.capability.cpk && !engine::in_control(found)) report.paragraph(input.text("quality.not_judged.why"_key));
    for (const std::string& told : told_signals(found, input.language)) report.paragraph(told);
  }
  add_register<QualityGate>(report, input, {"title", "stage", "status", "due", "held_on", "owner"});
  add_register<Inspection>(report, input, {"title", "kind", "status", "result", "due", "carried_out", "inspector"});
  add_register<Nonconformity>(report, input, {"title", "status", "severity", "defect_type", "owner", "due", "disposition", "root_cause"});
  if (const auto rows = defects_by_type(input.project, input.language); !rows.empty()) {
    const Chart chart = pareto_chart(std::string(input.text("quality.defects"_key)), rows, input.language);
    report.svg(write_svg(chart, options), chart.title);
  }
  add_quality_cost(input, report);
  return report;
}

Report change_requests_report(const ReportInput& input) {
  Report report(head_of(input, std::string(input.text("report.change_requests"_key))));
  add_register<ChangeRequest>(report, input, {"title", "status", "category", "priority", "requester", "requested_on", "decided_on", "cost_effect"});
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
    table.columns.emplace_back(input.project.all<SelectionCriterion>().find(comparison.criteria[i])->title + " " + format_share(comparison.weights[i]), true);
  table.columns.emplace_back(std::string(input.text(field_of<Offer>(&Offer::price).label_key())), true);
  for (const auto& compared : comparison.offers) {
    const Offer& offer = *input.project.all<Offer>().find(compared.offer);
    auto& row = table.rows.emplace_back();
    row.emplace_back(offer.title);
    row.emplace_back(compared.place ? std::to_string(*compared.place) : no_value(input), compared.place == 1 ? Tone::good : Tone::neutral);
    row.emplace_back(two_digits(input, compared.result.score));
    for (const auto& mean : compared.result.criterion_mean) row.emplace_back(two_digits(input, mean));
    const auto price = engine::own_amount(input.project, offer, &Offer::price, input.today);
    const bool foreign = engine::in_other_currency(input.project, register_of<Offer>(), offer);
    const std::string offered = format_amount(offer.price, scales) + " " + offer.currency;
    row.emplace_back(!price ? offered : format_money({std::llround(*price)}, scales) + (foreign ? " (" + offered + ")" : ""), price ? Tone::neutral : Tone::caution);
  }
  report.table(table);
  if (!item->decision_reason.empty())
    report.details({{std::string(input.text(field_of<ProcurementItem>(&ProcurementItem::decision_reason).label_key())), item->decision_reason}});
  return report;
}

namespace {

ReportCell grade_cell(const ReportInput& input, VendorGrade grade) {
  const FieldInfo& field = field_of<VendorEvaluation>(&VendorEvaluation::grade);
  const Tone tone = grade == VendorGrade::none ? Tone::neutral : grade <= VendorGrade::b ? Tone::good : grade == VendorGrade::c ? Tone::caution : Tone::bad;
  return {choice_label(input.project, field, enum_name(grade), input.language), tone};
}

}  // namespace

Report procurement_report(const ReportInput& input) {
  Report report(head_of(input, std::string(input.text("report.procurement"_key))));
  add_register<ProcurementItem>(report, input, {"title", "kind", "status", "quantity", "unit", "task", "need_by", "lead_time", "estimate", "owner"});
  add_register<Contract>(report, input, {"title", "vendor", "status", "value", "currency", "signed_on", "finish"});
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
                                  {std::string(input.text("procurement.evaluation"_key)), true}, {std::string(input.text("procurement.open_claims"_key)), true},
                                  {std::string(input.text("procurement.grade"_key))}},
                      .rows = {}, .empty = std::string(input.text("report.empty"_key))};
  for (const auto& score : engine::vendor_scores(input.project, input.status()))
    vendors.rows.push_back({{input.project.all<Vendor>().find(score.vendor)->name}, {format_money(score.ordered, scales_of(input.project))}, {share_text(input, score.on_time)},
                            {share_text(input, score.reject_rate)}, {two_digits(input, score.evaluation)}, {std::to_string(score.open_claims)}, grade_cell(input, score.grade)});
  report.table(vendors);
  if (!vendors.rows.empty()) report.paragraph(input.text("procurement.grade.rule"_key));
  return report;
}

Report communication_report(const ReportInput& input) {
  Report report(head_of(input, std::string(input.text("report.communication"_key))));
  add_register<CommunicationPlanItem>(report, input, {"title", "audience", "channel", "format", "frequency", "sender", "acknowledgement_wanted", "status"});
  add_register<Stakeholder>(report, input, {"name", "group", "power", "interest", "current", "desired", "needs"});
  add_register<Communication>(report, input, {"title", "status", "due", "channel", "sender", "sent_at"});
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
  add_register<TrainingNeed>(report, input, {"title", "status", "source", "course", "due", "owner", "resource"});
  add_register<Course>(report, input, {"title", "method", "target_group", "competencies", "length", "cost", "trainer"});
  report.heading(input.text("training.evaluation"_key));
  ReportTable sessions{.columns = {{std::string(input.text(register_of<TrainingSession>().one_key()))}, {std::string(input.text("training.reaction"_key)), true},
                                   {std::string(input.text("training.learning"_key)), true}, {std::string(input.text("training.behaviour"_key)), true},
                                   {std::string(input.text("training.return"_key)), true}},
                       .rows = {}, .empty = std::string(input.text("report.empty"_key))};
  for (const TrainingSession& session : input.project.all<TrainingSession>()) {
    const auto found = engine::evaluate_session(input.project, session);
    sessions.rows.push_back({{session.title}, {two_digits(input, found.reaction)}, {share_text(input, found.learning_gain)}, {two_digits(input, found.behaviour)}, {share_text(input, found.return_)}});
  }
  report.table(sessions);
  return report;
}

}  // namespace pmo::desks
