// Satisfaction by month, for the page and the report.
#pragma once

#include "app/model/project.h"
#include "app/ui/charts/chart.h"

namespace pmo::desks {

// Without series until there are answers of two months.
ui::Chart satisfaction_chart(const Project& project, Language language);

}  // namespace pmo::desks
