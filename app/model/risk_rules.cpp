#include <algorithm>

#include "app/model/register.h"
#include "app/model/records/risk.h"
#include "app/words/words.h"

namespace pmo {

Result<void> risk_has_what_its_status_says(const Risk& risk) {
  const bool planned = risk.status == RiskStatus::planned || risk.status == RiskStatus::monitored;
  if (!planned && risk.status != RiskStatus::assessed) return {};
  const auto lacks = [&](const FieldInfo& field) {
    const FieldInfo& status = field_of<Risk>(&Risk::status);
    return fail("error.field.needed"_key, {argument_of(field.label_key()), argument_of(status.choice_key(enum_name(risk.status)))});
  };
  if (risk.probability == 0) return lacks(field_of<Risk>(&Risk::probability));
  if (std::max({risk.impact_time, risk.impact_cost, risk.impact_scope, risk.impact_quality}) == 0) return lacks(field_of<Risk>(&Risk::impact_time));
  if (planned && risk.strategy == RiskStrategy::undecided) return lacks(field_of<Risk>(&Risk::strategy));
  return {};
}

}  // namespace pmo
