// How much a resource is asked for and how much it offers, by day, week, month, quarter or year.
#pragma once

#include <span>
#include <vector>

#include "app/model/values.h"

namespace pmo::engine {

// Working time [start, finish) of an assignment (or of the resource) at a constant number of units: what calendars
// make of an assignment is cut into such pieces before.
struct LoadPiece {
  Minute start, finish;
  Permille units;  // 1000 = one full unit
  int task = -1;   // that asks for it: a row of the plan; none of an offer
};

struct LoadPeriod {
  Day first;                    // of the day, the week (a Monday), the month ...
  WorkMinutes load;             // demanded
  WorkMinutes available;
  WorkMinutes overload;         // minutes of demand above what is there at that moment
  WorkMinutes idle;             // minutes offered and not demanded at that moment
  Permille peak;                // greatest units demanded at one moment
  // load / available; none when nothing is available (a load there is overload)
  std::optional<double> utilisation() const {
    if (available.value == 0) return std::nullopt;
    return static_cast<double>(load.value) / static_cast<double>(available.value);
  }
};

enum class LoadStep : unsigned char { day, week, month, quarter, year };

// The first day of the period in which a day lies, and of the period that follows the one that begins with a day.
Day first_of_period(LoadStep step, Day day);
Day next_period(LoadStep step, Day first);

// Periods from the one of the first piece to that of the last, without gaps; empty when there is no piece.
std::vector<LoadPeriod> resource_load(std::span<const LoadPiece> demand, std::span<const LoadPiece> offer, LoadStep step);

// Several periods as one.
LoadPeriod total_load(std::span<const LoadPeriod> periods);

// The periods of several resources, cut by the same step, as those of all of them: each period once, in order. Too much
// for one stays too much, however idle another is.
std::vector<LoadPeriod> joined_load(std::vector<LoadPeriod> periods);

// What tasks ask of a resource between two moments, the greatest load first.
struct TaskLoad {
  int task = -1;
  WorkMinutes load;
  bool overloads = false;  // it is worked on at a moment when more is asked for than there is
};
std::vector<TaskLoad> load_by_task(std::span<const LoadPiece> demand, std::span<const LoadPiece> offer, Minute from, Minute to);

// Indices of resources, worst bottleneck first: by overload, then utilisation, then index.
std::vector<int> rank_bottlenecks(std::span<const LoadPeriod> totals);

}  // namespace pmo::engine
