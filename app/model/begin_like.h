// A new project that begins like an earlier one: its people and organisation, calendars, plan, resources, quality and
// communication plans, checklists, lists and scales. What happened there (progress, costs, risks, issues, meetings,
// decisions, baselines ...) stays there; statuses and answers begin anew, and dates move with the start.
#pragma once

#include "app/model/transaction.h"

namespace pmo {

struct Beginning {
  std::string name;
  Minute start;
};

// Fills an empty project; its records have ids of their own, so that the two never merge.
Result<void> begin_like(const Project& earlier, Project& fresh, const Beginning& beginning);

}  // namespace pmo
