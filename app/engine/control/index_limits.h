// From where on an index of earned value is amber or red in this project: its settings say so, for time and for cost.
#pragma once

#include "app/engine/control/earned_value.h"
#include "app/model/project.h"

namespace pmo::engine {

struct IndexLimits {
  IndexThresholds schedule, cost;  // SPI and SPI(t); CPI
};
IndexLimits index_limits_of(const Project& project);

}  // namespace pmo::engine
