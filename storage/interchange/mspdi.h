// MS Project's XML exchange format (MSPDI, written by Project 2003 and later).
//
// Read: project settings, calendars with work weeks, exceptions and recurrences, tasks with outline, links, constraints,
// deadlines, progress, splits, notes and baselines, resources with rates, assignments. What a plan holds beyond that
// is listed in the notes. Durations and lags there count minutes or tenths of minutes, money hundredths.
#pragma once

#include "app/model/project.h"

namespace pmo::storage {

struct MspdiRead {
  std::unique_ptr<Project> project;
  std::vector<Error> notes;  // what was not taken over, and how often
};

// Errors: no XML (line and column), no MS Project plan, a value that cannot be read (the element with its UID).
Result<MspdiRead> read_mspdi(std::string_view bytes, const Schema& schema, Id actor, Surroundings& surroundings);

}  // namespace pmo::storage
