#include "app/ui/gantt/time_ground.h"

#include <algorithm>
#include <cmath>

#include "app/ui/widgets/text.h"

namespace pmo::ui {
namespace {

void dashed(ImDrawList& list, float x, float top, float bottom, ImU32 color) {
  for (float y = top; y < bottom; y += 8) list.AddLine({x, y}, {x, std::min(bottom, y + 5)}, color, 1.5f);
}

void draw_days_off(ImDrawList& list, const TimeGround& ground, bool with_names) {
  const auto& [scale, time, theme, from, to] = ground;
  const Day first = scale.at(0).day(), last = scale.at(to.x - from.x).day();
  const auto x_of = [&](Minute moment) { return from.x + scale.x_of(moment); };
  const auto shade = [&](Minute begin, Minute end, ImU32 color) {
    list.AddRectFilled({std::floor(x_of(begin)), from.y}, {std::floor(x_of(end)), to.y}, color);
  };
  for (Day day = first; day <= last;) {
    if (time.work.works(day)) {
      if (scale.by_minutes()) {  // the hours without work
        Minute begin = Minute::at(day);
        for (const Shift& shift : time.work.shifts(day)) {
          shade(begin, Minute::at(day, shift.start), theme.non_working);
          begin = Minute::at(day, shift.finish);
        }
        shade(begin, Minute::at(day + 1), theme.non_working);
      }
      day = day + 1;
      continue;
    }
    const ProjectTime::Holiday* holiday = time.holiday_on(day);
    Day end = day + 1;
    while (end <= last && !time.work.works(end) && time.holiday_on(end) == holiday) end = end + 1;
    shade(Minute::at(day), Minute::at(end), holiday ? theme.holiday : theme.non_working);
    if (holiday && with_names) {
      const float left = x_of(Minute::at(day)), right = x_of(Minute::at(end)), width = measure(Type::caption, holiday->name).x;
      if (width + 4 < right - left) draw_text(list, {left + (right - left - width) / 2, to.y - 20}, Type::caption, theme.ink_faint, holiday->name);
    }
    day = end;
  }
}

}  // namespace

void TimeGround::draw_days(ImDrawList& list, bool with_names) const {
  constexpr double readable = 2.4;
  if (scale.day_width() >= readable) draw_days_off(list, *this, with_names);
  const TimeUnit unit = scale.lower() == TimeUnit::day && scale.day_width() < 24 ? TimeUnit::week : scale.lower();
  for (const TimeSpan& each : units_in(unit, {scale.at(0), scale.at(to.x - from.x)})) {
    const float x = std::floor(from.x + scale.x_of(each.from)) + 0.5f;
    list.AddLine({x, from.y}, {x, to.y}, theme.grid);
  }
}

void TimeGround::draw_days_of_note(ImDrawList& list, std::optional<Day> status_date, Day today) const {
  if (status_date) dashed(list, std::floor(from.x + x_of_status(scale, *status_date)) + 0.5f, from.y, to.y, theme.status_date);
  const float x = std::floor(from.x + scale.x_of(Minute::at(today, 12 * 60))) + 0.5f;
  list.AddLine({x, from.y}, {x, to.y}, theme.today, 1.5f);
}

}  // namespace pmo::ui
