// A folder of PSPLIB instances, for whoever measures levelling on them: the command line and the benchmark.
#pragma once

#include <filesystem>

#include "app/engine/levelling/evaluation.h"

namespace pmo::storage {

struct PsplibSet {
  std::string name;  // of its folder
  std::vector<engine::levelling::Instance> instances;
};

struct PsplibSets {
  std::vector<PsplibSet> sets;  // the smallest problems first
  std::vector<Error> unread;    // files that are no instances; the others count
};

// The .sm files below a folder, a set for each folder that holds some. Best known makespans come from best_known.csv in
// the folder or its parent; none is no error. Errors: no .sm file, a best_known.csv that is not such a table.
Result<PsplibSets> read_psplib_sets(const std::filesystem::path& folder);

}  // namespace pmo::storage
