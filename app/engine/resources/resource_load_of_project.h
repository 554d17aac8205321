// Who is asked for how much, when, and where that is more than there is: from the schedule to resource_load.h.
#pragma once

#include "app/engine/resources/resource_load.h"
#include "app/engine/schedule/schedule.h"

namespace pmo::engine {

// A stretch of time in which a resource is asked for more than there is of it, and by which tasks.
struct LoadConflict {
  Minute start, finish;
  Permille demanded, offered;
  std::vector<Index> tasks;
};

struct ResourceDemand {
  Index resource = -1;  // of the plan; people and equipment only
  std::vector<LoadPiece> demand, offer;
  std::vector<LoadConflict> conflicts;
};

// One entry for each person and machine of the plan, busy or not. Offers run from the first to the last work of anyone.
// What is finished counts, too: it was work.
std::vector<ResourceDemand> resource_demand(const Plan& plan, const Schedule& schedule);

// What a resource offers between two moments, in its calendar.
std::vector<LoadPiece> resource_offer(const PlanResource& resource, const WorkTime& time, Minute from, Minute to);

}  // namespace pmo::engine
