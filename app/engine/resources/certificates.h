// Certificates from trainings, and when they must be renewed.
#pragma once

#include "app/model/project.h"
#include "app/model/records/training.h"

namespace pmo::engine {

enum class CertificateState : unsigned char { valid, expiring, expired };

struct Certificate {
  Id attendance, person, course;
  std::string name;
  std::optional<Day> expires;  // none: for ever
  CertificateState state = CertificateState::valid;
};

// Days before the end from which a certificate counts as expiring.
inline constexpr int certificate_notice = 60;

// The newest certificate of each person and course, the one that expires first in front; those without an end last.
std::vector<Certificate> certificates(const Project& project, Day today);

// When a certificate ends: as written, otherwise the course's months after the session; none: for ever, or no certificate.
std::optional<Day> certificate_end(const Project& project, const Attendance& attendance);

}  // namespace pmo::engine
