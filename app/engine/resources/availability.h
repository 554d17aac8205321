// How much of a resource there is, day by day.
//
//   A1  with periods of availability: the units of the period that covers the day, nothing outside of them; where several
//       cover it, of the one that begins last. Without periods: the maximum units
//   A2  nothing before the first and after the last day on which the resource is available at all
//   A3  nothing on the days on which it is away (M1 and M2 of resource_limits.h)
//
// Source: MS Project, resource availability (available from, to, units).
#pragma once

#include "app/engine/schedule/plan.h"

namespace pmo::engine {

std::int32_t units_on(const PlanResource& resource, Day day);  // permille

// The days from which on other units may hold, in order.
std::vector<Day> changes_of_units(const PlanResource& resource);

std::int32_t most_units_after(const PlanResource& resource, Day day);  // permille

// The first day after another on which there is more than on that.
std::optional<Day> next_with_more(const PlanResource& resource, Day day);

}  // namespace pmo::engine
