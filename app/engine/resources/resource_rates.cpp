#include "app/engine/resources/resource_rates.h"

#include <algorithm>
#include <iterator>
#include <limits>

#include "app/model/sort_stably.h"

namespace pmo::engine {
namespace {

constexpr Day always{std::numeric_limits<std::int32_t>::min()};

template <class Rated>
RatePeriod period_of(Day from, const Rated& rated) {
  return {from, minor_units(rated.standard_rate), minor_units(rated.overtime_rate), minor_units(rated.cost_per_use)};
}

}  // namespace

ResourceRates::ResourceRates(const Project& project) {
  for (const ResourceRate& rate : project.all<ResourceRate>())
    if (rate.status == EntryStatus::in_use) dated_[{rate.resource.id, rate.table}].push_back(&rate);
  for (auto& [place, rates] : dated_) sort_stably(rates, {}, &ResourceRate::valid_from);
}

std::span<const RatePeriod> ResourceRates::of(const Resource& resource, CostRateTable table) {
  const auto [entry, added] = periods_.try_emplace({resource.id, table});
  auto& periods = entry->second;
  if (!added) return periods;
  const auto dated = dated_.find({resource.id, table});
  if (table == CostRateTable::a) {
    periods.push_back(period_of(always, resource));
  } else {
    for (const RatePeriod& period : of(resource, CostRateTable::a))
      if (dated == dated_.end() || period.from < dated->second.front()->valid_from) periods.push_back(period);
  }
  if (dated == dated_.end()) return periods;
  for (const ResourceRate* rate : dated->second) {
    if (periods.back().from == rate->valid_from) periods.pop_back();  // of one day the last counts
    periods.push_back(period_of(rate->valid_from, *rate));
  }
  return periods;
}

const RatePeriod& rate_on(std::span<const RatePeriod> periods, Day day) {
  const auto later = std::ranges::upper_bound(periods, day, {}, &RatePeriod::from);
  return later == periods.begin() ? periods.front() : *std::prev(later);
}

}  // namespace pmo::engine
