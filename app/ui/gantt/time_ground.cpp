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
  for (Day day = first; scale.by_minutes() && day <= last; day = day + 1) {  // the hours without work
    if (!time.work.works(day)) continue;
    Minute begin = Minute::at(day);
    for (const Shift& shift : time.work.shifts(day)) {
      shade(begin, Minute::at(day, shift.start), theme.non_working);
      begin = Minute::at(day, shift.finish);
    }
    shade(begin, Minute::at(day + 1), theme.non_working);
  }
  for (const auto& [day, end, holiday] : days_off(time, first, last)) {
    shade(Minute::at(day), Minute::at(end), holiday ? theme.holiday : theme.non_working);
    if (!holiday || !with_names) continue;
    const float left = x_of(Minute::at(day)), right = x_of(Minute::at(end)), width = measure(Type::caption, holiday->name).x;
    if (width + 4 < right - left) draw_text(list, {left + (right - left - width) / 2, to.y - 20}, Type::caption, theme.ink_faint, holiday->name);
  }
}

}  // namespace

std::vector<DaysOff> days_off(const ProjectTime& time, Day first, Day last) {
  std::vector<DaysOff> list;
  for (Day day = first; day <= last; day = day + 1) {
    if (time.work.works(day)) continue;
    const ProjectTime::Holiday* holiday = time.holiday_on(day);
    if (!list.empty() && list.back().to == day && list.back().holiday == holiday) list.back().to = day + 1;
    else list.push_back({day, day + 1, holiday});
  }
  return list;
}

float TimeGround::x_of_work(const TimeScale& scale, const ProjectTime& time, Minute moment) {
  if (scale.by_minutes()) return scale.x_of(moment);
  const Day day = moment.day();
  const Minute begin = time.day_start(day), end = time.day_finish(day);
  const double share = std::clamp(static_cast<double>(moment - begin) / static_cast<double>(std::max<std::int64_t>(1, end - begin)), 0.0, 1.0);
  return scale.x_of(Minute::at(day)) + static_cast<float>(share * scale.day_width());
}

void TimeGround::draw_days(ImDrawList& list, bool with_names) const {
  if (shows_days_off(scale)) draw_days_off(list, *this, with_names);
  for (const TimeSpan& each : units_in(grid_unit(scale), {scale.at(0), scale.at(to.x - from.x)})) {
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
