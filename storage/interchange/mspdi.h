// MS Project's XML exchange format (MSPDI, written by Project 2003 and later).
//
// Read: project settings, calendars with work weeks, exceptions and recurrences, tasks with outline, links, constraints,
// deadlines, progress, splits, notes and baselines, resources with rates, assignments. What a plan holds beyond that
// is listed in the notes. Durations and lags there count minutes or tenths of minutes, money hundredths.
//
// Written: all of that, and the computed dates and floats; the person responsible as contact; what tasks, resources,
// assignments and the project have beside (three-point estimates of time and cost, cost accounts, methods of earned value ...)
// as custom fields. So reading what was written gives the same plan. What has no place there is listed in the notes.
#pragma once

#include "app/model/project.h"

namespace pmo::storage {

struct MspdiRead {
  std::unique_ptr<Project> project;
  std::vector<Error> notes;  // what was not taken over, and how often
};

// Errors: no XML (line and column), no MS Project plan, a value that cannot be read (the element with its UID).
Result<MspdiRead> read_mspdi(std::string_view bytes, const Schema& schema, Id actor, Surroundings& surroundings);

struct MspdiWritten {
  std::string bytes;
  std::vector<Error> notes;  // what has no place there, and how often
};

MspdiWritten write_mspdi(const Project& project);

}  // namespace pmo::storage
