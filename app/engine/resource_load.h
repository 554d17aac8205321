// How much a resource is asked for and how much it offers, by day and by week.
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
};

struct LoadPeriod {
  Day first;                    // of one day, or of seven from a Monday
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

enum class LoadStep : unsigned char { day, week };

// Periods from the one of the first piece to that of the last, without gaps; empty when there is no piece.
std::vector<LoadPeriod> resource_load(std::span<const LoadPiece> demand, std::span<const LoadPiece> offer, LoadStep step);

// Several periods as one.
LoadPeriod total_load(std::span<const LoadPeriod> periods);

// Indices of resources, worst bottleneck first: by overload, then utilisation, then index.
std::vector<int> rank_bottlenecks(std::span<const LoadPeriod> totals);

}  // namespace pmo::engine
