// What contradicts itself in a project although every copy that was merged into it was right for itself: rules that no longer
// hold, what the outline shows elsewhere than where it was put, and parts of what was deleted, which no page shows. Nothing of
// it keeps a project from being worked on; it is told, and mended in the interface.
#pragma once

#include "app/model/merge.h"

namespace pmo {

// Of each rule across records the first breach in a register; of those within a record, and of tasks and parts whose owner is
// gone, all. The place names the record.
std::vector<Error> problems_of(const Project& project);

// Those that were not there before.
std::vector<Error> new_problems(const Project& project, const std::vector<Error>& before);

// What merging as planned would bring, without doing it.
std::vector<Error> problems_after_merge(const Project& mine, const Project& theirs, const MergePlan& plan);

}  // namespace pmo
