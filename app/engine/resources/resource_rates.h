// What a resource costs on a day. The one place that every cost of work, plan or baseline, is priced by.
//
//   R1  of the rates in use of a table the newest that is valid by the day holds
//   R2  before the first rate of table A the rates of the resource itself hold; before the first of another table those of
//       table A on that day
//
// Source: MS Project, cost rate tables A to E, each with effective dates.
#pragma once

#include <map>
#include <span>
#include <vector>

#include "app/model/project.h"
#include "app/model/records/resource_use.h"

namespace pmo::engine {

// From a day on. Amounts in minor units, of an hour; of material, of a unit.
struct RatePeriod {
  Day from;
  double standard = 0, overtime = 0;
  double per_use = 0;
};

class ResourceRates {
 public:
  explicit ResourceRates(const Project& project);

  // In the order of time; the first holds from the beginning on. Valid as long as this lives.
  std::span<const RatePeriod> of(const Resource& resource, CostRateTable table);

 private:
  using Place = std::pair<Id, CostRateTable>;
  std::map<Place, std::vector<const ResourceRate*>> dated_;  // in the order of time
  std::map<Place, std::vector<RatePeriod>> periods_;         // of those that were asked for
};

// The one of a list that holds on a day; the list is not empty.
const RatePeriod& rate_on(std::span<const RatePeriod> periods, Day day);

}  // namespace pmo::engine
