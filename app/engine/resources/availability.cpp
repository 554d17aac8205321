#include "app/engine/resources/availability.h"

#include <algorithm>

namespace pmo::engine {

std::int32_t units_on(const PlanResource& resource, Day day) {
  if ((resource.available_from && day < *resource.available_from) || (resource.available_to && day > *resource.available_to)) return 0;
  if (std::ranges::any_of(resource.away, [&](const Away& away) { return away.first <= day && day <= away.last; })) return 0;
  if (resource.windows.empty()) return resource.maximum_units;
  const UnitsWindow* covering = nullptr;
  for (const UnitsWindow& window : resource.windows) {
    if ((window.first && day < *window.first) || (window.last && day > *window.last)) continue;
    if (!covering || window.first >= covering->first) covering = &window;  // without a first day it begins before all others
  }
  return covering ? covering->units : 0;
}

std::vector<Day> changes_of_units(const PlanResource& resource) {
  std::vector<Day> days;
  const auto add = [&](std::optional<Day> first, std::optional<Day> last) {
    if (first) days.push_back(*first);
    if (last) days.push_back(*last + 1);
  };
  add(resource.available_from, resource.available_to);
  for (const UnitsWindow& window : resource.windows) add(window.first, window.last);
  for (const Away& away : resource.away) add(away.first, away.last);
  std::ranges::sort(days);
  days.erase(std::ranges::unique(days).begin(), days.end());
  return days;
}

std::int32_t most_units_after(const PlanResource& resource, Day day) {
  std::int32_t most = 0;
  for (const Day change : changes_of_units(resource))
    if (change > day) most = std::max(most, units_on(resource, change));
  return most;
}

std::optional<Day> next_with_more(const PlanResource& resource, Day day) {
  const auto now = units_on(resource, day);
  for (const Day change : changes_of_units(resource))
    if (change > day && units_on(resource, change) > now) return change;
  return std::nullopt;
}

}  // namespace pmo::engine
