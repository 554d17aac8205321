// The matrix of probability and impact as a chart, for reports and files.
#pragma once

#include "app/model/project.h"
#include "app/model/records/risk.h"
#include "app/ui/charts/chart.h"

namespace pmo::desks {

struct RiskPosition {  // 1 to 5; 0: not assessed
  std::int64_t probability = 0, impact = 0;
  friend bool operator==(const RiskPosition&, const RiskPosition&) = default;
};

// The impact is the greatest of all objectives.
RiskPosition risk_position(const Risk& risk, bool residual);

// How many of these risks stand where; the tone of a cell is its level by the project's scale.
ui::HeatMap risk_matrix(const Project& project, const std::vector<const Risk*>& risks, bool residual, Language language);

}  // namespace pmo::desks
