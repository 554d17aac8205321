#include "app/desks/reports/reports.h"

#include <algorithm>

#include "app/engine/control/baselines.h"
#include "app/engine/derived_fields.h"
#include "app/model/access_log.h"
#include "app/model/describe_record.h"
#include "app/model/own_choices.h"
#include "app/model/records/document.h"
#include "app/model/records/management.h"
#include "app/model/records/meeting.h"
#include "app/model/records/procurement.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/training.h"
#include "app/ui/icons.h"
#include "app/ui/report/view_report.h"
#include "app/ui/table/cell_text.h"

namespace pmo::desks {

using namespace ui;

Day ReportInput::status() const {
  const auto& settings = project.all<ProjectSettings>();
  return settings.empty() ? today : settings.at(0).status_date.value_or(today);
}

std::string ReportInput::measured_against() const {
  const Baseline* baseline = engine::reference_baseline(project);
  return baseline ? text("report.measured_against"_key, {baseline->name, format_day(baseline->taken.day(), language)}) : std::string(text("report.measured_against.plan"_key));
}

const std::vector<ReportKind>& report_kinds() {
  static const std::vector<ReportKind> kinds{
      {"status", "report.status"_key, "report.status.about"_key, icon::flag, status_report},
      {"status_kept", "report.status_kept"_key, "report.status_kept.about"_key, icon::flag, kept_status_report, &register_of<StatusReport>()},
      {"breakdown", "report.breakdown"_key, "report.breakdown.about"_key, icon::gantt, breakdown_report},
      {"look_ahead", "report.look_ahead"_key, "report.look_ahead.about"_key, icon::calendar_range, look_ahead, nullptr, Desk::controller},
      {"open_work", "report.open_work"_key, "report.open_work.about"_key, icon::list_checks, open_work_report, nullptr, Desk::coordinator},
      {"risks", "report.risks"_key, "report.risks.about"_key, icon::risk, risk_report, nullptr, Desk::risk},
      {"costs", "report.costs"_key, "report.costs.about"_key, icon::wallet, cost_report, nullptr, Desk::controller},
      {"finance", "report.finance"_key, "report.finance.about"_key, icon::budget, financial_report, &register_of<FinancialReport>()},
      {"account_months", "budget.months"_key, "budget.months.about"_key, icon::calendar_range, account_months_report, nullptr, Desk::finance},
      {"budget_versions", "report.budget_versions"_key, "report.budget_versions.about"_key, icon::budget, budget_versions_report, nullptr, Desk::finance},
      {"resources", "report.resources"_key, "report.resources.about"_key, icon::users, resource_report, nullptr, Desk::resources},
      {"minutes", "report.minutes"_key, "report.minutes.about"_key, icon::meeting, minutes_report, &register_of<Meeting>()},
      {"quality", "report.quality"_key, "report.quality.about"_key, icon::quality, quality_report, nullptr, Desk::quality},
      {"satisfaction", "report.satisfaction"_key, "report.satisfaction.about"_key, icon::messages, satisfaction_report, nullptr, Desk::quality},
      {"procurement", "report.procurement"_key, "report.procurement.about"_key, icon::cart, procurement_report, nullptr, Desk::procurement},
      {"offers", "report.offers"_key, "report.offers.about"_key, icon::compare, offer_report, &register_of<ProcurementItem>()},
      {"change_requests", "report.change_requests"_key, "report.change_requests.about"_key, icon::change, change_requests_report, nullptr, Desk::change},
      {"communication", "report.communication"_key, "report.communication.about"_key, icon::megaphone, communication_report, nullptr, Desk::communications},
      {"training", "report.training"_key, "report.training.about"_key, icon::training, training_report, nullptr, Desk::training},
      {"certificates", "report.certificates"_key, "report.certificates.about"_key, icon::badge, certificates_report, &register_of<TrainingSession>()},
      {"changes", "report.changes"_key, "report.changes.about"_key, icon::history, change_log_report, nullptr, Desk::administrator},
  };
  return kinds;
}

namespace {

// Whether records of a register can be part of a document: most cannot, and need not be followed up to their owners.
bool may_be_of_document(const Schema& schema, const RegisterInfo& info) {
  const RegisterInfo* at = &info;
  for (int depth = 0; at && depth < 8; ++depth) {
    if (at == &register_of<Document>()) return true;
    const FieldInfo* owner = at->owner();
    if (!owner || owner->target == at->name) return false;
    if (owner->target.empty()) return true;
    at = schema.find(owner->target);
  }
  return false;
}

}  // namespace

bool ReportInput::names_left_out(const FieldInfo& field, const Record& record) const {
  if (field.kind != Kind::reference && field.kind != Kind::references) return false;
  const auto value = field.get(record);
  if (const auto* id = std::get_if<Id>(&value)) return leaves_out(*id);
  const auto* ids = std::get_if<std::vector<Id>>(&value);
  return ids && std::ranges::any_of(*ids, [&](Id id) { return leaves_out(id); });
}

bool ReportInput::leaves_out(const RegisterInfo& info, const Record& record) const {
  if (leaves_out(record.id)) return true;
  if (may_be_of_document(project.schema(), info))
    if (const Document* document = project.find(document_of(project, info, record))) level = std::max(level, document->confidentiality);
  return !has_own_title(info, record) && std::ranges::any_of(info.fields, [&](const FieldInfo& field) { return names_left_out(field, record); });
}

std::string finished(const ReportInput& input, Report report) {
  if (input.level > level_of(input.project)) report.mark(mark_of(input.project, input.level, input.language));
  return report.html();
}

ReportHead head_of(const ReportInput& input, std::string title) {
  ReportHead head = report_head(input.project, std::move(title), input.language, input.today, input.made_by);
  head.status = input.text("report.status_date"_key, {format_day(input.status(), input.language)});
  return head;
}

ReportTable table_of(const ReportInput& input, const RegisterInfo& info, const std::vector<const Record*>& records,
                     const std::vector<std::string_view>& fields, Key empty) {
  const CellTexts texts(input.project, input.language, input.today);
  ReportTable table{.empty = std::string(input.text(empty))};
  const bool numbered = !info.prefix.empty();
  if (numbered) table.columns.emplace_back(std::string(input.text("report.number"_key)));
  std::vector<const FieldInfo*> shown;
  for (const auto name : fields)
    if (const FieldInfo* field = engine::find_field(info, name)) {
      shown.push_back(field);
      table.columns.emplace_back(std::string(input.text(field->label_key())), is_number_kind(field->kind));
    }
  for (const Record* record : records) {
    if (input.leaves_out(info, *record)) continue;
    auto& row = table.rows.emplace_back();
    if (numbered) row.emplace_back(record_number(input.project, info, *record));
    for (const auto* field : shown)
      row.emplace_back(input.names_left_out(*field, *record) ? std::string(input.text("vault.locked"_key)) : texts.shown(*field, texts.value(*field, *record)));
  }
  return table;
}

std::string person_name(const ReportInput& input, Ref<Person> person) {
  const Person* found = input.project.find(person);
  return found ? found->name : std::string();
}

}  // namespace pmo::desks
