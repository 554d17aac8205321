// What limits a resource beside its calendar and its absences, each with the record that says so: shown at its load, and
// taken off what it offers where it is away.
//
//   M1  maintenance that is planned: away for its days from the due day on
//   M2  hire that is planned while nothing of the kind is on hire: away before it arrives
//   M3  an open training need of the resource or of its person: said, takes nothing away
//   M4  a mandatory competency that the person's roles ask for and the newest assessment lacks (competency_gaps.h), where no
//       training is under way for it: said, takes nothing away
#pragma once

#include "app/engine/resource_load_of_project.h"
#include "app/model/project.h"

namespace pmo::engine {

enum class LimitKind : unsigned char { maintenance, hire, training, skill };

struct ResourceLimit {
  Id resource;
  LimitKind kind = LimitKind::maintenance;
  const RegisterInfo* info = nullptr;  // of the record that says so
  Id record;
  std::optional<Day> first, last;      // M1: both. M2: last, the day before it arrives. M3: last, when it is due
  Id competency;                       // M4
  std::int64_t required = 0, current = 0;
};

std::vector<ResourceLimit> resource_limits(const Project& project, Day today);
// When the resources of a plan are away by M1 and M2.
std::vector<Outage> outages_of(const Plan& plan, const std::vector<ResourceLimit>& limits);

}  // namespace pmo::engine
