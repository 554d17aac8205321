// The load of the resources by week, and how it is drawn: for the page of the load and the desk's first page.
#pragma once

#include "app/engine/resources/resource_load.h"
#include "app/ui/charts/chart.h"
#include "app/ui/control_analyses.h"

namespace pmo::desks {

// The periods of every resource on one axis of weeks.
struct ResourceWeeks {
  std::vector<std::vector<engine::LoadPeriod>> rows;  // as the demand
  std::vector<engine::LoadPeriod> totals;
  std::vector<int> order;                     // worst bottleneck first
  Day first;
  int count = 0;
};

struct ResourceWeeksOf {
  using Result = ResourceWeeks;
  static std::vector<const RegisterInfo*> reads() { return ui::ScheduleOf::reads(); }
  static Result compute(const Project& project, ui::Analyses& analyses);
};

// Hours asked for, within what there is and beyond it, and what there is. days: of a period.
ui::Chart load_chart(const ui::Context& context, std::string title, const std::vector<engine::LoadPeriod>& periods, int days);

}  // namespace pmo::desks
