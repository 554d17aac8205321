// What lies behind everything on a time axis: days off with their names, the lines of the scale, today and the status
// date. The chart and the load below it stand on the same ground.
#pragma once

#include "app/ui/gantt/time_scale.h"
#include "app/ui/tasks/task_facts.h"
#include "app/ui/theme.h"

namespace pmo::ui {

// Days without work that follow each other; every holiday stands on its own.
struct DaysOff {
  Day from, to;  // `to` is worked on, or belongs to another stretch
  const ProjectTime::Holiday* holiday;
};
std::vector<DaysOff> days_off(const ProjectTime& time, Day first, Day last);

struct TimeGround {
  const TimeScale& scale;
  const ProjectTime& time;
  const Theme& theme;
  ImVec2 from, to;

  void draw_days(ImDrawList& list, bool with_names) const;
  void draw_days_of_note(ImDrawList& list, std::optional<Day> status_date, Day today) const;
  // The status date counts with all its work: its line is where the next day begins.
  static float x_of_status(const TimeScale& scale, Day status_date) { return scale.x_of(Minute::at(status_date + 1)); }
  // Days begin where work begins on them, so that a task of whole days fills whole columns; hours are shown as they are.
  static float x_of_work(const TimeScale& scale, const ProjectTime& time, Minute moment);
  // Whether days off can be told apart, and what lines stand for.
  static bool shows_days_off(const TimeScale& scale) { return scale.day_width() >= 2.4; }
  static TimeUnit grid_unit(const TimeScale& scale) { return scale.lower() == TimeUnit::day && scale.day_width() < 24 ? TimeUnit::week : scale.lower(); }
};

}  // namespace pmo::ui
