#include "app/desks/record_actions.h"

#include <algorithm>
#include <cmath>
#include <format>

#include "app/desks/change/board_votes.h"
#include "app/desks/communications/sending.h"
#include "app/desks/coordinator/status_reporting.h"
#include "app/desks/reports/reports.h"
#include "app/engine/change/change_approval.h"
#include "app/engine/control/baselines.h"
#include "app/engine/documents/document_control.h"
#include "app/engine/risk/risk_responses.h"
#include "app/engine/schedule/plan_of_project.h"
#include "app/engine/schedule/schedule.h"
#include "app/model/communicating.h"
#include "app/model/consequences.h"
#include "app/model/describe_record.h"
#include "app/model/format.h"
#include "app/model/open_work.h"
#include "app/model/records/earned_value.h"
#include "app/model/records/imported.h"
#include "app/model/records/training.h"
#include "app/ui/control_analyses.h"
#include "app/ui/icons.h"
#include "app/ui/platform.h"
#include "app/ui/widgets/widgets.h"
#include "app/ui/work_list.h"

namespace pmo::desks {
namespace {

using namespace ui;

// Where a made record is shown; empty: stay.
struct Made {
  const RegisterInfo* info = nullptr;
  Id record;
};

// A button that runs an edit as one transaction, tells that it is done, and opens what came of it.
template <class Edit>
void offer(Context& context, Key name, Key done, const char* id, const char* icon, const std::string& title, Edit&& edit) {
  if (!button(labelled(context.text(name), id), {.icon = icon, .small = true})) return;
  Made made;
  const bool committed = context.change(name, {}, [&](Transaction& change) -> Result<void> {
    made = PMO_TRY(edit(change));
    return {};
  });
  if (!committed) return;
  context.messages.success(context.text(done, {title}));
  if (made.info) context.navigation.open_record(*made.info, made.record);
}

// The next button stands beside the one before it where there is room for it.
void beside(Context& context, Key name, const char* icon) {
  ImGui::SameLine(0, 8);
  if (ImGui::GetContentRegionAvail().x < button_width(context.text(name), {.icon = icon, .small = true})) ImGui::NewLine();
}

// A button that shows a report of one record.
void show(Context& context, Key name, const char* id, const char* icon, Id subject, Report (*make)(const ReportInput&)) {
  if (!button(labelled(context.text(name), id), {.icon = icon, .small = true})) return;
  const Person* me = context.project.find(own_person(context.project));
  const ReportInput input{.project = context.project, .analyses = context.analyses, .language = context.language, .today = context.today,
                          .made_by = me ? me->name : std::string(), .subject = subject};
  context.platform.show_document(finished(input, make(input)));
}

// As an address holds it (RFC 3986): everything but letters, digits and a few marks as bytes in hexadecimal.
std::string in_address(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
    encoded += plain ? std::string(1, c) : std::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
  }
  return encoded;
}

void draw(Context& context, const Risk& risk) {
  if (risk.status == RiskStatus::occurred || risk.status == RiskStatus::closed) return;
  offer(context, "action.risk_occurred"_key, "action.risk_occurred.done"_key, "action.risk_occurred", icon::zap, risk.title,
        [&](Transaction& change) -> Result<Made> {
          const auto issue = PMO_TRY(risk_occurred(change, risk, context.today));
          return Made{&register_of<Issue>(), issue.id};
        });
}

void draw(Context& context, const ActionItem& action) {
  if (action.status == ActionStatus::done || action.status == ActionStatus::cancelled) return;
  for (const WorkOrder& order : context.project.all<WorkOrder>())
    if (order.action_item.id == action.id && order.status != WorkOrderStatus::cancelled && order.status != WorkOrderStatus::declined) return;
  offer(context, "action.hand_out"_key, "action.hand_out.done"_key, "action.hand_out", icon::list_checks, action.title,
        [&](Transaction& change) -> Result<Made> {
          const auto order = PMO_TRY(hand_out_action(change, action));
          return Made{&register_of<WorkOrder>(), order.id};
        });
}

Minute scheduled_start(Context& context, Ref<Task> task) {
  const auto& [plan, schedule] = context.analyses.of<ScheduleOf>();
  for (std::size_t i = 0; i < plan.tasks.size(); ++i)
    if (plan.tasks[i].id == task.id && schedule.scheduled[i]) return schedule.start[i];
  return {};
}

void draw(Context& context, const Delivery& delivery) {
  if (delivery.status >= DeliveryStatus::accepted || !delivery.task) return;
  offer(context, "action.move_task"_key, "action.move_task.done"_key, "action.move_task", icon::truck, delivery.title,
        [&](Transaction& change) -> Result<Made> {
          PMO_TRY_VOID(move_task_to_delivery(change, delivery, scheduled_start(context, delivery.task)));
          return Made{&register_of<Task>(), delivery.task.id};
        });
}

// A publication keeps the plan as it is now, so that later readers see what was published. What the project is measured
// against stays what was agreed.
void keep_plan(Context& context, const PlanPublication& publication) {
  if (publication.baseline) return;
  offer(context, "action.publish_plan"_key, "action.publish_plan.done"_key, "action.publish_plan", icon::baseline, publication.title,
        [&](Transaction& change) -> Result<Made> {
          const Outline outline(context.project);
          const engine::Plan plan = engine::plan_of(context.project, outline);
          const Id baseline = engine::take_baseline(change, outline, plan, engine::schedule(plan),
                                                    {.name = publication.title + " " + publication.version, .taken = Minute::at(context.today), .reason = publication.changes,
                                                     .status = BaselineStatus::published});
          change.set(publication, &PlanPublication::baseline, Ref<Baseline>{baseline});
          change.set(publication, &PlanPublication::status, PublicationStatus::published);
          if (!publication.published_on) change.set(publication, &PlanPublication::published_on, std::optional(context.today));
          return Made{};
        });
}

void draw(Context& context, const PlanPublication& publication) {
  keep_plan(context, publication);
  if (publication.audience.empty()) return;
  constexpr int days_to_read = 5;
  if (!button(labelled(context.text("action.ask_acknowledgement"_key), "action.ask_acknowledgement"), {.icon = icon::user_check, .small = true})) return;
  int asked = 0;
  const bool done = context.change("action.ask_acknowledgement"_key, {}, [&](Transaction& change) {
    asked = ask_acknowledgements(change, publication.id, publication.audience, context.today, context.today + days_to_read);
  });
  if (done) context.messages.success(context.text("action.ask_acknowledgement.done"_key, {std::to_string(asked)}));
}

void carry_over(Context& context, const Meeting& meeting) {
  if (meeting.series.empty() || (meeting.status != MeetingStatus::planned && meeting.status != MeetingStatus::invited)) return;
  if (!button(labelled(context.text("action.carry_over"_key), "action.carry_over"), {.icon = icon::list_checks, .small = true})) return;
  int carried = 0;
  const bool done = context.change("action.carry_over"_key, {}, [&](Transaction& change) { carried = carry_open_actions(change, meeting); });
  if (done) context.messages.success(context.text("action.carry_over.done"_key, {std::to_string(carried)}));
}

// A task as work items of those who are assigned to it.
void hand_out(Context& context, const Task& task) {
  if (!button(labelled(context.text("action.hand_out_task"_key), "action.hand_out_task"), {.icon = icon::list_checks, .small = true})) return;
  const auto& [plan, schedule] = context.analyses.of<ScheduleOf>();
  std::optional<Day> due;
  for (std::size_t i = 0; i < plan.tasks.size(); ++i)
    if (plan.tasks[i].id == task.id && schedule.scheduled[i]) due = schedule.finish[i].day();
  int made = 0;
  if (context.change("action.hand_out_task"_key, {}, [&](Transaction& change) { made = hand_out_task(change, task, due); }))
    context.messages.success(context.text(made > 0 ? "action.hand_out_task.done"_key : "action.hand_out_task.none"_key, {std::to_string(made)}));
}

// An estimate to complete of a task or an account, begun with what is left by the status date.
template <class Of>
void offer_estimate(Context& context, const Of& of, Ref<Of> EstimateToComplete::* place, double (*left)(Context&, Id)) {
  offer(context, "action.estimate_anew"_key, "action.estimate_anew.done"_key, "action.estimate_anew", icon::calculator, of.name,
        [&](Transaction& change) -> Result<Made> {
          // Asked before the record is there: as soon as it is, it counts, and says that nothing is left.
          const Day date = context.analyses.of<EarnedValueOf>().date;
          const Money rest{std::llround(std::max(0.0, left(context, of.id)))};
          const auto& made = change.create<EstimateToComplete>([&](EstimateToComplete& estimate) {
            estimate.title = of.name;
            estimate.*place = {of.id};
            estimate.estimated_on = date;
            estimate.amount = rest;
            estimate.owner = own_person(change.project());
          });
          return Made{&register_of<EstimateToComplete>(), made.id};
        });
}

void draw(Context& context, const Task& task) {
  if (task.milestone || task.percent_complete.value >= 1000) return;
  if (std::ranges::none_of(context.project.all<Task>(), [&](const Task& part) { return part.parent.id == task.id; })) hand_out(context, task);
  offer_estimate(context, task, &EstimateToComplete::task, [](Context& in, Id id) {
    const auto row = in.analyses.of<OutlineOf>().find(id);
    return row ? in.analyses.of<EarnedValueOf>().tasks_to_complete[*row].amount : 0;
  });
}

void draw(Context& context, const CostAccount& account) {
  if (account.status != EntryStatus::in_use) return;
  offer_estimate(context, account, &EstimateToComplete::account, [](Context& in, Id id) {
    const auto& accounts = in.analyses.of<EarnedValueOf>().accounts;
    const auto found = std::ranges::find(accounts, id, &engine::AccountEarnedValue::account);
    return found == accounts.end() ? 0 : found->to_complete.amount;
  });
}

void draw(Context& context, const Meeting& meeting) {
  draw_invitation(context, meeting);
  carry_over(context, meeting);
  draw_minutes(context, meeting);
}

void draw(Context& context, const Communication& communication) { draw_sending(context, communication); }
void draw(Context& context, const QuotationRequest& request) { draw_sending(context, request); }

void draw(Context& context, const ChangeRequest& request) {
  draw_votes(context, request);
  if (!engine::can_be_approved(context.project, request)) return;
  const Key name = engine::is_approved(request.status) ? "change.make_edits"_key : "transaction.approve_change"_key;
  offer(context, name, "change.approved"_key, "action.approve_change", icon::approve, request.title,
        [&](Transaction& change) -> Result<Made> {
          PMO_TRY_VOID(engine::approve_change(change, request, context.today));
          return Made{};
        });
}

void draw(Context& context, const Inspection& inspection) {
  if (inspection.status != InspectionStatus::done || inspection.result != InspectionResult::failed) return;
  offer(context, "action.report_nonconformity"_key, "action.report_nonconformity.done"_key, "action.report_nonconformity", icon::octagon_alert, inspection.title,
        [&](Transaction& change) -> Result<Made> {
          const auto found = PMO_TRY(report_nonconformity(change, inspection, context.today));
          return Made{&register_of<Nonconformity>(), found.id};
        });
  constexpr int days_to_retest = 7;
  beside(context, "action.plan_retest"_key, icon::clipboard_check);
  offer(context, "action.plan_retest"_key, "action.plan_retest.done"_key, "action.plan_retest", icon::clipboard_check, inspection.title,
        [&](Transaction& change) -> Result<Made> {
          const auto again = PMO_TRY(plan_retest(change, inspection, context.today + days_to_retest));
          return Made{&register_of<Inspection>(), again.id};
        });
}

void draw(Context& context, const StatusReport& report) {
  if (report.status != ReportStatus::issued) {
    offer(context, "action.fill_report"_key, "action.fill_report.done"_key, "action.fill_report", icon::file_chart, report.title,
          [&](Transaction& change) -> Result<Made> {
            fill_status_report(context, change, report);
            return Made{};
          });
    beside(context, "action.issue_report"_key, icon::send);
    offer(context, "action.issue_report"_key, "action.issue_report.done"_key, "action.issue_report", icon::send, report.title,
          [&](Transaction& change) -> Result<Made> {
            issue_status_report(context, change, report);
            return Made{};
          });
    beside(context, "report.show"_key, icon::eye);
  }
  show(context, "report.show"_key, "action.show_report", icon::eye, report.id, kept_status_report);
}

void draw(Context& context, const TrainingSession& session) {
  if (session.status == SessionStatus::held || session.status == SessionStatus::evaluated)
    show(context, "report.certificates"_key, "action.certificates", icon::badge, session.id, certificates_report);
}

void draw(Context& context, const Attendance& attendance) {
  if (attendance.status == AttendanceStatus::attended) show(context, "report.certificate"_key, "action.certificate", icon::badge, attendance.id, certificates_report);
}

void draw(Context& context, const RiskReview& review) {
  if (review.status == ReviewStatus::done && review.exposure) return;
  offer(context, "action.keep_exposure"_key, "action.keep_exposure.done"_key, "action.keep_exposure", icon::save, review.title,
        [&](Transaction& change) -> Result<Made> {
          engine::keep_exposure(change, review, context.today);
          return Made{};
        });
}

void draw(Context& context, const Acknowledgement& acknowledgement) {
  if (acknowledgement.acknowledged_on) return;
  offer(context, "action.acknowledge"_key, "action.acknowledge.done"_key, "action.acknowledge", icon::check, {},
        [&](Transaction& change) -> Result<Made> {
          change.set(acknowledgement, &Acknowledgement::acknowledged_on, std::optional(context.today));
          return Made{};
        });
}

void draw(Context& context, const ImportReport& report) {
  const auto remarks = describe_remarks(report.remarks, context.language);
  if (remarks.empty()) return paragraph(Type::body, context.text("import_report.remarks.none"_key), context.theme.ink_soft);
  text(Type::strong, context.text("import.notes"_key, {std::to_string(remarks.size())}));
  for (const auto& remark : remarks) paragraph(Type::body, "• " + remark);
}

// Why a requirement is not met yet.
void draw(Context& context, const RequiredDocument& required) {
  const auto lacking = engine::lacking_documents(context.project);
  const auto found = std::ranges::find(lacking, required.id, &engine::LackingDocument::required);
  if (found == lacking.end()) return;
  paragraph(Type::body, context.text(engine::lack_key(found->lack)), context.theme.tone(Tone::caution).ink);
  if (found->document && text_link(labelled(context.text("action.open_document"_key), "action.open_document"), icon::file_text))
    context.navigation.open_record(register_of<Document>(), found->document);
}

// What is late is asked for, in a mail that the user's own program sends, or taken to the manager.
void draw_chasing(Context& context, const RegisterInfo& info, Id id) {
  const Record* record = context.project.table(info).find(id);
  if (!record || &info == &register_of<Escalation>() || !is_late(info, *record, context.today)) return;
  const std::string title = record_title(context.project, info, *record);
  if (const Person* person = context.project.find(responsible_for(info, *record)); person && !person->email.empty()) {
    if (button(labelled(context.text("action.remind"_key, {person->name}), "action.remind"), {.icon = icon::mail, .small = true})) {
      const Day due = *due_on(info, *record);
      const std::string subject = context.text("action.remind.subject"_key, {title, format_due(due, context.today, context.language)});
      const std::string body = context.text("action.remind.body"_key, {person->name, std::string(context.text(info.one_key())), title, format_day(due, context.language)});
      context.platform.open_link(mail_to(person->email, subject, body));
    }
    beside(context, "action.escalate"_key, icon::trending_up);
  }
  offer(context, "action.escalate"_key, "action.escalate.done"_key, "action.escalate", icon::trending_up, title,
        [&](Transaction& change) -> Result<Made> {
          const auto escalation = PMO_TRY(escalate(change, info, *record, context.today));
          return Made{&register_of<Escalation>(), escalation.id};
        });
}

template <class... Registers>
void draw_any(Context& context, const RegisterInfo& info, Id record) {
  const auto one = [&]<class R>() {
    if (&info != &register_of<R>()) return;
    if (const R* found = context.project.all<R>().find(record)) draw(context, *found);
  };
  (one.template operator()<Registers>(), ...);
}

}  // namespace

std::string mail_to(std::string_view address, std::string_view subject, std::string_view body) {
  return "mailto:" + std::string(address) + "?subject=" + in_address(subject) + "&body=" + in_address(body);
}

void draw_record_actions(Context& context, const RegisterInfo& info, Id record) {
  const float before = ImGui::GetCursorPosY();
  draw_any<Task, CostAccount, Risk, ActionItem, Delivery, PlanPublication, Meeting, Communication, QuotationRequest, Inspection, ChangeRequest, StatusReport, TrainingSession, Attendance, RiskReview, Acknowledgement, ImportReport, RequiredDocument>(
      context, info, record);
  draw_chasing(context, info, record);
  if (ImGui::GetCursorPosY() > before) gap(0.75f);
}

}  // namespace pmo::desks
