// What limits a resource beside its calendar and its absences, each with the record that says so: shown at its load. Where it
// is away, the plan knows (PlanResource::away), so that load, levelling and portfolio do.
//
//   M1  maintenance that is planned: away for its days from the due day on
//   M2  hire that is planned while nothing of the kind is on hire: away before it arrives
//   M3  an open training need of the resource or of its person: said, takes nothing away
//   M4  a mandatory competency that the person's roles ask for and the newest assessment lacks (competency_gaps.h), where no
//       training is under way for it: said, takes nothing away
#pragma once

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

std::vector<ResourceLimit> outages(const Project& project);  // M1, M2
std::vector<ResourceLimit> resource_limits(const Project& project, Day today);

}  // namespace pmo::engine
