// Certificates of trainings: a sheet for everybody who completed one.
#include "app/desks/reports/report_parts.h"
#include "app/engine/resources/certificates.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/training.h"

namespace pmo::desks {

using namespace ui;

namespace {

bool completed(const Attendance& attendance, const TrainingSession& session) {
  return attendance.status == AttendanceStatus::attended && (session.status == SessionStatus::held || session.status == SessionStatus::evaluated);
}

std::string held_text(const ReportInput& input, const TrainingSession& session) {
  const auto day = [&](const std::optional<Minute>& moment) { return moment ? format_day(moment->day(), input.language) : std::string(); };
  const std::string from = day(session.start), to = day(session.finish);
  return from.empty() || to.empty() || from == to ? (from.empty() ? to : from) : input.text("report.period"_key, {from, to});
}

ReportSheet sheet_of(const ReportInput& input, const ReportHead& head, const Attendance& attendance, const TrainingSession& session) {
  const Course* course = input.project.find(session.course);
  const std::string trainer = !session.trainer.empty() ? session.trainer : course ? course->trainer : std::string();
  const auto label = [&](const FieldInfo& field) { return std::string(input.text(field.label_key())); };
  const auto score = attendance.score_after;
  ReportSheet sheet{.title = std::string(input.text("report.certificate"_key)), .before = std::string(input.text("report.certificate.before"_key)),
                    .name = person_name(input, attendance.person), .after = std::string(input.text("report.certificate.after"_key)),
                    .subject = course ? course->title : session.title, .facts = {}, .signatures = {}, .foot = head.project + (head.project.empty() ? "" : "  ·  ") + head.made};
  sheet.facts = {{label(field_of<Attendance>(&Attendance::session)), course && course->title != session.title ? session.title : std::string()},
                 {std::string(input.text("report.certificate.held"_key)), held_text(input, session)},
                 {label(field_of<Course>(&Course::length)), course && course->length.value > 0 ? hours_text(course->length) : std::string()},
                 {label(field_of<TrainingSession>(&TrainingSession::place)), session.place},
                 {label(field_of<TrainingSession>(&TrainingSession::trainer)), trainer},
                 {std::string(input.text("report.certificate.result"_key)), score ? input.text("report.certificate.passed"_key, {format_percent(*score)}) : std::string(input.text("report.certificate.attended"_key))},
                 {label(field_of<Attendance>(&Attendance::certificate)), attendance.certificate},
                 {std::string(input.text("training.expires"_key)), optional_day(input, engine::certificate_end(input.project, attendance))}};
  const auto signer = [&](const std::string& name, Key role) { return name.empty() ? std::string(input.text(role)) : name + (input.language == Language::chinese ? "（" : " (") + std::string(input.text(role)) + (input.language == Language::chinese ? "）" : ")"); };
  sheet.signatures = {signer(trainer, field_of<TrainingSession>(&TrainingSession::trainer).label_key()), signer(person_name(input, session.owner), "report.certificate.for_the_office"_key)};
  return sheet;
}

}  // namespace

// Of all who completed a session, or of one of them: the subject is the session or the attendance.
Report certificates_report(const ReportInput& input) {
  const Attendance* one = input.project.all<Attendance>().find(input.subject);
  const TrainingSession* session = one ? input.project.find(one->session) : input.project.all<TrainingSession>().find(input.subject);
  ReportHead head = head_of(input, std::string(input.text("report.certificates"_key)));
  head.confidentiality.clear();  // they are handed out
  head.status.clear();
  head.bare = true;
  std::vector<ReportSheet> sheets;
  for (const Attendance& attendance : input.project.all<Attendance>())
    if (session && attendance.session.id == session->id && (!one || one == &attendance) && completed(attendance, *session) && input.project.find(attendance.person))
      sheets.push_back(sheet_of(input, head, attendance, *session));
  head.bare = !sheets.empty();
  Report report(std::move(head));
  for (const ReportSheet& sheet : sheets) report.sheet(sheet);
  if (sheets.empty()) report.paragraph(input.text("report.certificates.none"_key));
  return report;
}

}  // namespace pmo::desks
