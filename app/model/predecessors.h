// The predecessors of a task as project managers write them: "12", "3FS+2d, 7SS", "1.2.3FF-50%", "T-12SF+1ew".
//
// A task is named by the line it stands in (12), by its WBS number (1.2.3), or by its record number (T-12). The type is
// finish-to-start unless it is given; a lag is working time, elapsed time (2ed) or a share of the predecessor (50%).
#pragma once

#include <map>

#include "app/model/outline.h"
#include "app/model/format.h"

namespace pmo {

struct Predecessor {
  Id task;
  LinkType type = LinkType::finish_to_start;
  std::int64_t lag = 0;  // as in Link
  LagUnit unit = LagUnit::working;
  friend bool operator==(const Predecessor&, const Predecessor&) = default;
};

Predecessor predecessor_of(const Link& link);

// "3FS+2d"; the type is left out when it is finish-to-start without lag. Units are those of every language.
std::string predecessor_text(const Predecessor& predecessor, const Outline& outline, const Scales& scales);
std::string_view link_type_text(LinkType type);  // FS, SS, FF, SF
std::string lag_text(std::int64_t lag, LagUnit unit, const Scales& scales);  // "+2d", "-50%", "+50e%"; empty for none

struct Lag {
  std::int64_t size = 0;
  LagUnit unit = LagUnit::working;
  friend bool operator==(const Lag&, const Lag&) = default;
};
// "2d", "+2ed", "-50%", "50e%"; empty: none.
Result<Lag> parse_lag(std::string_view text, const Scales& scales);

// How tasks are called, in lower case. Made once for all the texts that are read.
using TaskNames = std::map<std::string, Id, std::less<>>;
TaskNames task_names(const Outline& outline, const Project& project);

// Two links from one task differ in their type. Errors: error.predecessors.form, .unknown, .itself, .twice, with the entry
// that is wrong.
Result<std::vector<Predecessor>> parse_predecessors(std::string_view text, Id successor, const TaskNames& names, const Scales& scales);

}  // namespace pmo
