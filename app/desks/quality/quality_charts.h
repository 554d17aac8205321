// Control charts and the Pareto of defects, for the page and the report.
#pragma once

#include "app/engine/quality/control_chart_of.h"
#include "app/ui/charts/chart.h"

namespace pmo::desks {

// The two charts of a characteristic, with their limits; the points that break a rule are marked. Attributes have no spread.
ui::Chart location_chart(const QualityPlanItem& item, const engine::CharacteristicChart& found, Language language);
ui::Chart spread_chart(const QualityPlanItem& item, const engine::CharacteristicChart& found, Language language);
// Where which rule is broken, in words.
std::vector<std::string> told_signals(const engine::CharacteristicChart& found, Language language);

// Nonconformities by the type of their defect, the most frequent first.
std::vector<engine::ParetoRow> defects_by_type(const Project& project, Language language);
// Bars from the largest with the cumulative share on the right axis.
ui::Chart pareto_chart(std::string title, const std::vector<engine::ParetoRow>& rows, Language language);

}  // namespace pmo::desks
