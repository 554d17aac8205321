#include "app/engine/resources/certificates.h"

#include <map>

#include "app/model/months.h"
#include "app/model/sort_stably.h"

namespace pmo::engine {
namespace {

CertificateState state_of(std::optional<Day> expires, Day today) {
  if (!expires || *expires > today + certificate_notice) return CertificateState::valid;
  return *expires < today ? CertificateState::expired : CertificateState::expiring;
}

Day held_on(const Project& project, const Attendance& attendance) {
  const TrainingSession* session = project.find(attendance.session);
  const auto moment = session ? (session->finish ? session->finish : session->start) : std::nullopt;
  return moment ? moment->day() : Day{};
}

}  // namespace

std::optional<Day> certificate_end(const Project& project, const Attendance& attendance) {
  if (attendance.certificate_expires) return attendance.certificate_expires;
  const TrainingSession* session = project.find(attendance.session);
  const Course* course = session ? project.find(session->course) : nullptr;
  const Day held = held_on(project, attendance);
  if (!course || course->certificate_months <= 0 || held == Day{}) return std::nullopt;
  return months_later(held, course->certificate_months);
}

std::vector<Certificate> certificates(const Project& project, Day today) {
  std::map<std::pair<Id, Id>, const Attendance*> newest;
  for (const Attendance& attendance : project.all<Attendance>()) {
    if (attendance.status != AttendanceStatus::attended || attendance.certificate.empty()) continue;
    const TrainingSession* session = project.find(attendance.session);
    const Attendance*& kept = newest[{attendance.person.id, session ? session->course.id : Id{}}];
    if (!kept || held_on(project, attendance) >= held_on(project, *kept)) kept = &attendance;
  }
  std::vector<Certificate> list;
  for (const auto& [of, attendance] : newest) {
    const auto expires = certificate_end(project, *attendance);
    list.push_back({attendance->id, of.first, of.second, attendance->certificate, expires, state_of(expires, today)});
  }
  sort_stably(list, {}, [](const Certificate& one) { return std::pair(!one.expires, one.expires.value_or(Day{})); });
  return list;
}

}  // namespace pmo::engine
