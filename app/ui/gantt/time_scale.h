// From moments to pixels and back, and the two lines of the header above a time axis. Pure: no drawing.
#pragma once

#include <vector>

#include "app/model/format.h"

namespace pmo::ui {

// What one mark of a header line spans.
enum class TimeUnit : unsigned char { hour, six_hours, day, week, month, quarter, year };

struct TimeSpan {
  Minute from, to;
  friend bool operator==(const TimeSpan&, const TimeSpan&) = default;
};

class TimeScale {
 public:
  static constexpr double widest_day = 1440, narrowest_day = 0.12;  // pixels: a minute a pixel, or 44 pixels a year

  double day_width() const { return day_width_; }
  Minute left() const { return {static_cast<std::int64_t>(left_)}; }

  // x counts from the left edge of the chart.
  float x_of(Minute moment) const { return static_cast<float>((static_cast<double>(moment.value) - left_) * day_width_ / Minute::per_day); }
  Minute at(float x) const;
  std::int64_t minutes_of(float pixels) const;  // nearest

  void show_from(Minute moment) { left_ = static_cast<double>(moment.value); }
  void scroll(float pixels) { left_ += static_cast<double>(pixels) * Minute::per_day / day_width_; }
  void set_day_width(double width);
  // The moment below x stays where it is.
  void zoom(double factor, float x);
  // The span fills the width, with room for what stands beside its bars: links before them, their names behind.
  static constexpr double room_for_links = 32, room_for_names = 140;  // pixels
  void fit(TimeSpan span, float width);
  // The next larger or smaller of the usual widths: hours, days, weeks, months, quarters, years.
  void step(bool closer, float x);

  // The marks of the lower line are as fine as can be read; the upper line holds them together.
  TimeUnit lower() const;
  TimeUnit upper() const;
  // Close enough that the hours of a day can be told apart.
  bool by_minutes() const { return lower() <= TimeUnit::six_hours; }

 private:
  double day_width_ = 20;
  double left_ = 0;  // minutes since 1970; with a fraction, so that scrolling by pixels loses nothing
};

// The whole unit in which a moment lies.
TimeSpan unit_around(TimeUnit unit, Minute moment);
// All whole units that touch a span, in order.
std::vector<TimeSpan> units_in(TimeUnit unit, TimeSpan span);

// What stands in a mark of the upper or lower line; the lower one is as short as can be.
std::string upper_label(TimeUnit unit, Minute from, Language language);
std::string lower_label(TimeUnit unit, Minute from, double day_width, Language language);

}  // namespace pmo::ui
