// Layout of charts over two axes.
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "app/model/sort_stably.h"
#include "app/ui/charts/picture.h"
#include "app/ui/charts/ticks.h"

namespace pmo::ui {
namespace {

Ink ink_of(const Paint& paint, float alpha = 1) {
  if (paint.tone) return {InkRole::tone_fill, static_cast<int>(*paint.tone), alpha};
  return {InkRole::series, paint.series, alpha};
}

struct Extent {
  double low = std::numeric_limits<double>::infinity(), high = -std::numeric_limits<double>::infinity();
  void take(double value) {
    if (!std::isfinite(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
  }
};

class ChartPicture {
 public:
  ChartPicture(const Chart& chart, const PictureOptions& options) : chart_(chart), options_(options) {
    picture_.size = options.size;
  }

  Picture run() {
    legend();
    if (!anything()) {
      picture_.empty = true;
      picture_.legend.clear();
      return std::move(picture_);
    }
    ranges();
    frame();
    y_axis(chart_.y, y_range_, false);
    if (chart_.right) y_axis(*chart_.right, right_range_, true);
    x_axis();
    for (std::size_t i = 0; i < chart_.series.size(); ++i)
      if (shown(i) && chart_.series[i].kind == SeriesKind::bars) bars(i);
    for (std::size_t i = 0; i < chart_.series.size(); ++i)
      if (shown(i) && chart_.series[i].kind != SeriesKind::bars) curve(chart_.series[i]);
    marks();
    reads();
    return std::move(picture_);
  }

 private:
  bool shown(std::size_t i) const { return (options_.hidden >> i & 1) == 0; }
  bool anything() const {
    return std::ranges::any_of(chart_.series, [](const ChartSeries& s) { return !s.points.empty(); });
  }
  float width(std::string_view text) const { return options_.width ? options_.width(text) : estimated_width(text); }

  void legend() {
    if (chart_.series.size() < 2 && chart_.series.empty()) return;
    float x = 0, y = 0;
    constexpr float mark = 22, between = 16, line = 22;
    for (const ChartSeries& series : chart_.series) {
      const float wide = mark + width(series.name);
      const float room = picture_.size.x - (y == 0 ? options_.corner : 0);
      if (x > 0 && x + wide > room) x = 0, y += line;
      const bool stroke = series.kind == SeriesKind::line || series.kind == SeriesKind::steps || series.kind == SeriesKind::area;
      picture_.legend.push_back({series.name, ink_of(series.paint), series.dashed, stroke, {x, y}, {x + wide, y + line}});
      x += wide + between;
    }
    top_ = y + line + 6;
  }

  // --- ranges

  void ranges() {
    Extent x, y, right;
    std::map<double, double> stack;
    for (std::size_t i = 0; i < chart_.series.size(); ++i) {
      const ChartSeries& series = chart_.series[i];
      if (!shown(i)) continue;
      for (const ChartPoint& point : series.points) {
        x.take(point.x);
        if (series.kind == SeriesKind::bars) x.take(point.x + series.bar_width);
        double top = point.y;
        if (series.stacked) top = stack[point.x] += point.y;
        (series.right ? right : y).take(top);
      }
    }
    for (const ChartMark& mark : chart_.marks) (mark.horizontal ? y : x).take(mark.at);
    const int rows = std::max(2, static_cast<int>((picture_.size.y - top_ - 40) / 44));
    y_ticks_ = rows;
    x_range_ = {chart_.x.low.value_or(x.low), chart_.x.high.value_or(x.high)};
    if (!(x_range_.high > x_range_.low)) x_range_ = {x.low - 0.5, x.low + 0.5};
    if (!std::isfinite(x_range_.low)) x_range_ = {0, 1};
    y_range_ = axis_range(chart_.y, y.low, y.high, rows);
    if (chart_.right) right_range_ = axis_range(*chart_.right, right.low, right.high, rows);
  }

  float x_of(double value) const {
    const double share = (value - x_range_.low) / (x_range_.high - x_range_.low);
    return picture_.plot_from.x + static_cast<float>(std::clamp(share, -1.0, 2.0)) * (picture_.plot_to.x - picture_.plot_from.x);
  }
  float y_of(double value, bool right) const {
    const AxisRange& range = right ? right_range_ : y_range_;
    const double share = (value - range.low) / (range.high - range.low);
    return picture_.plot_to.y - static_cast<float>(std::clamp(share, -1.0, 2.0)) * (picture_.plot_to.y - picture_.plot_from.y);
  }

  // --- frame and axes

  float label_width(const ChartAxis& axis, AxisRange range) const {
    float widest = 0;
    for (const Tick& tick : axis_ticks(axis, range, y_ticks_, options_.locale)) widest = std::max(widest, width(tick.label));
    return widest;
  }

  void frame() {
    const bool titles = !chart_.y.title.empty() || (chart_.right && !chart_.right->title.empty());
    const float left = label_width(chart_.y, y_range_) + 10;
    const float right = chart_.right ? label_width(*chart_.right, right_range_) + 10 : 12;
    picture_.plot_from = {std::floor(left), top_ + (titles ? 20.0f : 8.0f)};
    picture_.plot_to = {std::floor(picture_.size.x - right), picture_.size.y - (chart_.x.title.empty() ? 24.0f : 42.0f)};
    picture_.plot_to.x = std::max(picture_.plot_to.x, picture_.plot_from.x + 20);
    picture_.plot_to.y = std::max(picture_.plot_to.y, picture_.plot_from.y + 20);
    if (!chart_.y.title.empty()) add_text({0, top_}, chart_.y.title, {InkRole::faint}, TextPlace::left);
    if (chart_.right) add_text({picture_.size.x, top_}, chart_.right->title, {InkRole::faint}, TextPlace::right);
    if (!chart_.x.title.empty())
      add_text({(picture_.plot_from.x + picture_.plot_to.x) / 2, picture_.size.y - 18}, chart_.x.title, {InkRole::faint}, TextPlace::center);
  }

  void add_text(ImVec2 at, std::string text, Ink ink, TextPlace place, bool strong = false) {
    if (!text.empty()) picture_.texts.push_back({at, std::move(text), ink, place, strong});
  }
  void add_line(ImVec2 from, ImVec2 to, Ink ink, float wide = 1, bool dashed = false) {
    picture_.lines.push_back({{from, to}, ink, wide, dashed});
  }

  void y_axis(const ChartAxis& axis, AxisRange range, bool right) {
    for (const Tick& tick : axis_ticks(axis, range, y_ticks_, options_.locale)) {
      const float y = std::round(y_of(tick.at, right));
      if (!right) picture_.grid.push_back({{{picture_.plot_from.x, y}, {picture_.plot_to.x, y}}, {tick.at == 0 ? InkRole::axis : InkRole::grid}});
      const float x = right ? picture_.plot_to.x + 8 : picture_.plot_from.x - 8;
      add_text({x, y - chart_text / 2}, tick.label, {InkRole::faint}, right ? TextPlace::left : TextPlace::right);
    }
  }

  void x_axis() {
    const float space = picture_.plot_to.x - picture_.plot_from.x;
    const float one = chart_.x.kind == AxisKind::money ? 84.0f : 72.0f;
    auto ticks = axis_ticks(chart_.x, x_range_, std::max(2, static_cast<int>(space / one)), options_.locale);
    constexpr float readable = 34;  // a month's name: whole for every other month rather than cut for all
    if (const auto names = chart_.x.names.size(); names > 0)  // each in its place, with the space between two labels
      for (Tick& tick : ticks) tick.label = cut_to(options_, tick.label, std::max(readable, space / static_cast<float>(names) - 9));
    float free_from = -1e9f;
    for (const Tick& tick : ticks) {
      const float x = std::round(x_of(tick.at)), half = width(tick.label) / 2;
      if (chart_.x.kind == AxisKind::date) picture_.grid.push_back({{{x, picture_.plot_from.y}, {x, picture_.plot_to.y}}, {InkRole::grid}});
      picture_.grid.push_back({{{x, picture_.plot_to.y}, {x, picture_.plot_to.y + 4}}, {InkRole::axis}});
      if (x - half < free_from || x + half > picture_.size.x) continue;
      add_text({std::max(x, half), picture_.plot_to.y + 7}, tick.label, {InkRole::faint}, TextPlace::center);
      free_from = x + half + 8;
    }
    add_line({picture_.plot_from.x, picture_.plot_to.y}, {picture_.plot_to.x, picture_.plot_to.y}, {InkRole::axis});
  }

  // --- series

  void bars(std::size_t which) {
    const ChartSeries& series = chart_.series[which];
    for (const ChartPoint& point : series.points) {
      const double base = series.stacked ? stack_[point.x] : 0;
      if (series.stacked) stack_[point.x] += point.y;
      if (point.y == 0) continue;
      float left = x_of(point.x), right = x_of(point.x + series.bar_width);
      const float gap = right - left > 6 ? 1.0f : right - left > 3 ? 0.5f : 0.0f;
      left += gap;
      right = std::max(right - gap, left + 1);
      const float top = y_of(base + point.y, series.right), bottom = y_of(base, series.right);
      picture_.boxes.push_back({{left, std::min(top, bottom)}, {right, std::max(top, bottom)}, ink_of(series.paint, 0.85f), gap >= 1 && !series.stacked ? 2.0f : 0.0f});
    }
  }

  void curve(const ChartSeries& series) {
    std::vector<ImVec2> points;
    float before = 0;
    for (const ChartPoint& point : series.points) {
      if (!std::isfinite(point.x) || !std::isfinite(point.y)) continue;
      const ImVec2 at(x_of(point.x), y_of(point.y, series.right));
      if (series.kind == SeriesKind::steps && !points.empty()) {  // corners only: a step as long as it is level
        if (at.y != before) points.push_back({at.x, before});
        else if (points.size() > 1 && points[points.size() - 2].y == before) points.pop_back();
      }
      before = at.y;
      points.push_back(at);
    }
    if (series.kind == SeriesKind::points) {
      for (const ImVec2& at : points) picture_.dots.push_back({at, 4, ink_of(series.paint, 0.85f)});
      return;
    }
    if (series.kind == SeriesKind::area && points.size() > 1) picture_.areas.push_back({points, y_of(0, series.right), ink_of(series.paint, 0.14f)});
    if (points.size() == 1) picture_.dots.push_back({points[0], 3, ink_of(series.paint)});
    else picture_.lines.push_back({std::move(points), ink_of(series.paint), 2, series.dashed});
  }

  // At the right above its line, else below it or at the left: where no line of a series runs through it.
  void label_of_level(const std::string& label, float y) {
    const float wide = width(label), left = picture_.plot_from.x + 4, right = picture_.plot_to.x - 4;
    const float above = y - chart_text - 3, below = y + 3;
    const auto is_free = [&](float from, float top) {
      const auto runs_through = [&](const PictureLine& line) {
        if (line.width < 2) return false;  // of the frame
        for (std::size_t i = 1; i < line.points.size(); ++i) {
          const ImVec2 a = line.points[i - 1], b = line.points[i];
          if (b.x <= from || a.x >= from + wide) continue;
          const auto at = [&](float x) { return b.x > a.x ? a.y + (b.y - a.y) * (std::clamp(x, a.x, b.x) - a.x) / (b.x - a.x) : a.y; };
          const auto [high, low] = std::minmax({at(from), at(from + wide)});
          if (low >= top && high <= top + chart_text) return true;
        }
        return false;
      };
      return std::ranges::none_of(picture_.lines, runs_through);
    };
    for (const float from : {right - wide, left})
      for (const float top : {above, below})
        if (is_free(from, top)) return add_text({from, top}, label, {InkRole::soft}, TextPlace::left);
    add_text({right - wide, above}, label, {InkRole::soft}, TextPlace::left, true);
  }

  // Labels of marks that would lie on each other go one line lower.
  void marks() {
    std::vector<std::pair<float, float>> taken[4];
    for (const ChartMark& mark : chart_.marks) {
      const Ink ink = ink_of(mark.paint);
      if (mark.horizontal) {
        const float y = std::round(y_of(mark.at, false));
        add_line({picture_.plot_from.x, y}, {picture_.plot_to.x, y}, ink, 1.5f, true);
        label_of_level(mark.label, y);
        continue;
      }
      const float x = std::round(x_of(mark.at));
      if (x < picture_.plot_from.x - 1 || x > picture_.plot_to.x + 1) continue;
      add_line({x, picture_.plot_from.y}, {x, picture_.plot_to.y}, ink, 1.5f, true);
      const float wide = width(mark.label);
      const bool leftwards = x + 5 + wide > picture_.plot_to.x;
      const float from = leftwards ? x - 5 - wide : x + 5, to = from + wide;
      std::size_t row = 0;
      const auto overlaps = [&](const auto& other) { return from < other.second + 6 && to > other.first - 6; };
      while (row < 3 && std::ranges::any_of(taken[row], overlaps)) ++row;
      taken[row].push_back({from, to});
      add_text({from, picture_.plot_from.y + 2 + static_cast<float>(row) * 16}, mark.label, {InkRole::soft}, TextPlace::left, true);
    }
  }

  // --- what the pointer reads

  // A column for each x that some series has; it reaches half-way to its neighbours.
  void reads() {
    std::vector<double> places;
    for (std::size_t i = 0; i < chart_.series.size(); ++i)
      if (shown(i))
        for (const ChartPoint& point : chart_.series[i].points) places.push_back(point.x);
    sort_stably(places);
    places.erase(std::unique(places.begin(), places.end()), places.end());
    const double half_bar = bar_shift();
    for (std::size_t i = 0; i < places.size(); ++i) {
      const float x = x_of(places[i] + half_bar);
      const float before = i == 0 ? picture_.plot_from.x : (x_of(places[i - 1] + half_bar) + x) / 2;
      const float after = i + 1 == places.size() ? picture_.plot_to.x : (x + x_of(places[i + 1] + half_bar)) / 2;
      if (x < picture_.plot_from.x - 1 || x > picture_.plot_to.x + 1) continue;
      PictureRead read{{before, picture_.plot_from.y}, {after, picture_.plot_to.y}, x, axis_text(chart_.x, places[i], options_.locale), {}, {}};
      for (std::size_t s = 0; s < chart_.series.size(); ++s)
        if (shown(s)) read_series(chart_.series[s], places[i], read);
      picture_.reads.push_back(std::move(read));
    }
  }
  double bar_shift() const {
    const auto bars = std::ranges::find(chart_.series, SeriesKind::bars, &ChartSeries::kind);
    return bars == chart_.series.end() ? 0 : bars->bar_width / 2;
  }
  void read_series(const ChartSeries& series, double x, PictureRead& read) const {
    const auto at = std::ranges::lower_bound(series.points, x, {}, &ChartPoint::x);
    if (at == series.points.end() || at->x != x || !std::isfinite(at->y)) return;
    const ChartAxis& axis = series.right && chart_.right ? *chart_.right : chart_.y;
    read.lines.push_back({series.name, axis_text(axis, at->y, options_.locale), ink_of(series.paint)});
    if (series.kind != SeriesKind::bars) read.dots.push_back({x_of(x), y_of(at->y, series.right)});
  }

  const Chart& chart_;
  const PictureOptions& options_;
  Picture picture_;
  AxisRange x_range_, y_range_, right_range_;
  int y_ticks_ = 5;
  float top_ = 0;
  std::map<double, double> stack_;
};

}  // namespace

Picture picture_of(const Chart& chart, const PictureOptions& options) { return ChartPicture(chart, options).run(); }

std::string cut_to(const PictureOptions& options, std::string text, float width) {
  const auto width_of = [&](const std::string& shown) { return options.width ? options.width(shown) : estimated_width(shown); };
  if (width_of(text) <= width) return text;
  while (!text.empty()) {
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xc0) == 0x80) text.pop_back();
    if (!text.empty()) text.pop_back();
    if (width_of(text + "…") <= width) break;
  }
  return text + "…";
}

float estimated_width(std::string_view text) {
  float width = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0xe0) width += chart_text;                       // first byte of an ideograph or wider
    else if (byte >= 0xc0 || byte < 0x80) width += chart_text * 0.62f;  // as wide as a usual face of a system has it
  }
  return width;
}

ImU32 color_of(const Ink& ink, const Theme& theme) {
  const auto base = [&]() -> ImU32 {
    if (ink.own) return theme.*ink.own;
    switch (ink.role) {
      case InkRole::ink: return theme.ink;
      case InkRole::soft: return theme.ink_soft;
      case InkRole::faint: return theme.ink_faint;
      case InkRole::grid: return theme.line;
      case InkRole::axis: return theme.line_strong;
      case InkRole::surface: return theme.surface;
      case InkRole::sunken: return theme.sunken;
      case InkRole::series: return theme.series[ink.index & 7];
      case InkRole::tone_fill: return theme.tones[ink.index].fill;
      case InkRole::tone_soft: return theme.tones[ink.index].soft;
      case InkRole::tone_ink: return theme.tones[ink.index].ink;
    }
    return theme.ink;
  }();
  return ink.alpha >= 1 ? base : with_alpha(base, ink.alpha);
}

}  // namespace pmo::ui
