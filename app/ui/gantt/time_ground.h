// What lies behind everything on a time axis: days off with their names, the lines of the scale, today and the status
// date. The chart and the load below it stand on the same ground.
#pragma once

#include "app/ui/gantt/time_scale.h"
#include "app/ui/tasks/task_facts.h"
#include "app/ui/theme.h"

namespace pmo::ui {

struct TimeGround {
  const TimeScale& scale;
  const ProjectTime& time;
  const Theme& theme;
  ImVec2 from, to;

  void draw_days(ImDrawList& list, bool with_names) const;
  void draw_days_of_note(ImDrawList& list, std::optional<Day> status_date, Day today) const;
  // The status date counts with all its work: its line is where the next day begins.
  static float x_of_status(const TimeScale& scale, Day status_date) { return scale.x_of(Minute::at(status_date + 1)); }
};

}  // namespace pmo::ui
