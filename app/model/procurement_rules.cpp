#include <map>

#include "app/model/project.h"
#include "app/model/records/procurement.h"

namespace pmo {

Result<void> criteria_have_weight(const Project& project, const std::vector<Change>&) {
  std::map<Id, std::int64_t> sums;
  for (const SelectionCriterion& criterion : project.all<SelectionCriterion>()) sums[criterion.item.id] += criterion.weight.value;
  for (const auto& [item, sum] : sums)
    if (sum == 0) {
      const auto* of = project.all<ProcurementItem>().find(item);
      return fail("error.criteria.no_weight"_key, {of ? of->title : std::string()});
    }
  return {};
}

}  // namespace pmo
