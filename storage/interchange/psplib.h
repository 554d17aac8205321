// Reads the ProGen text format of PSPLIB's single-mode scheduling sets (".sm"; Kolisch & Sprecher, "PSPLIB - a
// project scheduling problem library", EJOR 96, 1996) and the table of best known makespans beside them.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "app/engine/levelling/problem.h"

namespace pmo::storage {

// Jobs become activities in the file's order (the artificial first and last job included), finish-to-start links
// become lags of 0, renewable resources become constant capacities.
// Errors name the line: not this format, more than one mode, nonrenewable resources, counts that do not agree.
Result<engine::levelling::Problem> read_psplib(std::string_view text, std::string_view file_name);

struct BestKnown {
  int critical_path = 0;
  int lower_bound = 0;
  int makespan = 0;  // equal to lower_bound: proven optimal
};

// Table "instance,critical_path,lower_bound,best_known" with a heading line, by instance name ("j301_1").
Result<std::map<std::string, BestKnown, std::less<>>> read_best_known(std::string_view text, std::string_view file_name);

}  // namespace pmo::storage
