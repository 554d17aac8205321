#include "app/desks/coordinator/status_reporting.h"

#include <algorithm>

#include "app/engine/control/milestone_trend.h"
#include "app/engine/control/status_assessment.h"
#include "app/model/open_work.h"
#include "app/model/own_choices.h"
#include "app/model/records/change_request.h"
#include "app/model/records/communication.h"
#include "app/model/sort_stably.h"
#include "app/ui/control_analyses.h"

namespace pmo::desks {
namespace {

using namespace ui;
using engine::Assessment;
using Light = engine::Light;

std::string sentence(const Context& context, Key aspect, const Assessment& assessment) {
  const FieldInfo& field = field_of<StatusReport>(&StatusReport::schedule);
  const std::string light = choice_label(context.project, field, enum_name(assessment.light), context.language);
  return "- **" + std::string(context.text(aspect)) + "** (" + light + "): " + context.text(assessment.reason, assessment.arguments) + "\n";
}

std::string summary_of(const Context& context, const engine::StatusAssessment& found) {
  using R = StatusReport;
  return sentence(context, field_of<R>(&R::schedule).label_key(), found.schedule) + sentence(context, field_of<R>(&R::cost).label_key(), found.cost) +
         sentence(context, field_of<R>(&R::scope).label_key(), found.scope) + sentence(context, field_of<R>(&R::risk).label_key(), found.risk) +
         sentence(context, field_of<R>(&R::quality).label_key(), found.quality);
}

// The leaves of the plan that fit, by finish, at most so many.
template <class Fits>
std::string tasks_that(Context& context, Fits&& fits) {
  constexpr std::size_t most = 15;
  const Outline& outline = context.analyses.of<OutlineOf>();
  const auto& schedule = context.analyses.of<ScheduleOf>().schedule;
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < outline.size(); ++row)
    if (!outline[row].summary && outline[row].task->active && schedule.scheduled[row] && fits(*outline[row].task, schedule.start[row].day(), schedule.finish[row].day())) rows.push_back(row);
  sort_stably(rows, {}, [&](std::size_t row) { return schedule.finish[row]; });
  rows.resize(std::min(most, rows.size()));
  std::string list;
  for (const std::size_t row : rows) list += "- " + outline[row].task->name + " (" + format_day(schedule.finish[row].day(), context.language, DayStyle::brief) + ")\n";
  return list;
}

bool finished(const Task& task) { return task.actual_finish || task.percent_complete.value >= 1000; }

std::string decisions_waited_for(const Project& project) {
  std::string list;
  for (const Escalation& escalation : project.all<Escalation>())
    if (is_open(register_of<Escalation>(), escalation)) list += (escalation.decision_needed.empty() ? escalation.title : escalation.decision_needed) + "\n";
  for (const ChangeRequest& request : project.all<ChangeRequest>())
    if (request.status == ChangeStatus::waiting) list += request.title + "\n";
  return list;
}

}  // namespace

void fill_status_report(Context& context, Transaction& change, const StatusReport& report) {
  using R = StatusReport;
  const Day status = engine::status_day(context.project, context.today);
  const Day to = report.period_to.value_or(status), from = report.period_from.value_or(to - status_period_days);
  const auto found = engine::assess_status(context.project, context.analyses.of<OutlineOf>(), context.analyses.of<ScheduleOf>().schedule,
                                           context.analyses.of<EarnedValueOf>(), context.today);
  const std::string done = tasks_that(context, [&](const Task& task, Day, Day finish) { return finished(task) && finish >= from && finish <= to; });
  const std::string next = tasks_that(context, [&](const Task& task, Day start, Day finish) { return !finished(task) && finish > to && start <= to + status_period_days; });
  change.set(report, &R::period_from, std::optional(from));
  change.set(report, &R::period_to, std::optional(to));
  change.set(report, &R::overall, found.overall);
  change.set(report, &R::scope, found.scope.light);
  change.set(report, &R::schedule, found.schedule.light);
  change.set(report, &R::cost, found.cost.light);
  change.set(report, &R::risk, found.risk.light);
  change.set(report, &R::quality, found.quality.light);
  change.set(report, &R::summary, summary_of(context, found));
  change.set(report, &R::done, done);
  change.set(report, &R::next, next);
  change.set(report, &R::decisions_needed, decisions_waited_for(context.project));
}

void issue_status_report(Context& context, Transaction& change, const StatusReport& report) {
  change.set(report, &StatusReport::status, ReportStatus::issued);
  change.set(report, &StatusReport::issued_on, std::optional(context.today));
  engine::record_forecasts(change, context.analyses.of<OutlineOf>(), context.analyses.of<ScheduleOf>().schedule, engine::status_day(context.project, context.today));
  if (report.recipients.empty()) return;
  const std::string title = report.title, content = report.summary.empty() ? report.title : report.summary;
  const Refs<Person> recipients = report.recipients;
  change.create<Communication>([&](Communication& communication) {
    communication.title = title;
    communication.status = CommunicationStatus::prepared;
    communication.due = context.today;
    communication.recipients = recipients;
    communication.sender = report.owner;
    communication.source = {report.id};
    communication.content = content;
  });
}

}  // namespace pmo::desks
