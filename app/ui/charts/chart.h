// What a chart shows, apart from how it is drawn. The same description is drawn on the screen (draw_chart.h) and written
// as SVG for reports (svg.h).
//
//   Chart chart{.title = "Cost", .x = {.kind = AxisKind::date}, .y = {.kind = AxisKind::money}};
//   chart.series.push_back({.name = "Planned value", .kind = SeriesKind::area, .points = {...}});
//   chart.marks.push_back({.at = status_day, .label = "Status date"});
//
// Colours are those of the theme, named by what they mean; series differ by dashes or position as well, never by colour
// alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/model/format.h"
#include "app/ui/theme.h"

namespace pmo::ui {

enum class AxisKind : unsigned char {
  number,
  count,    // whole numbers only
  money,    // minor units
  percent,  // 1 = 100 %
  date,     // days since 1970, with fractions
};

struct ChartAxis {
  AxisKind kind = AxisKind::number;
  std::string title = {};
  std::optional<double> low = {}, high = {};  // none: as the values need; axes of amounts begin at 0
  std::vector<std::string> names = {};        // of things instead of values: the i-th stands from i to i + 1
};

// A colour by its meaning: one of the theme's eight series, or a tone.
struct Paint {
  int series = 0;
  std::optional<Tone> tone = {};
};

enum class SeriesKind : unsigned char { line, area, steps, bars, points };

struct ChartPoint {
  double x = 0, y = 0;
};

struct ChartSeries {
  std::string name;
  SeriesKind kind = SeriesKind::line;
  Paint paint = {};
  std::vector<ChartPoint> points = {};  // by rising x
  bool dashed = false;
  bool right = false;    // on the axis at the right
  double bar_width = 1;  // of bars, in units of x; x is where a bar begins
  bool stacked = false;  // bars: on top of the stacked ones before
};

struct ChartMark {
  double at = 0;
  std::string label = {};
  Paint paint = {};
  bool horizontal = false;  // at a y value; otherwise at an x value
};

struct Chart {
  std::string title;    // spoken, and the title of the SVG
  std::string summary = {};  // spoken: what the chart says, in one sentence
  ChartAxis x = {}, y = {};
  std::optional<ChartAxis> right = {};
  std::vector<ChartSeries> series = {};
  std::vector<ChartMark> marks = {};
  std::string empty = {};  // shown when there is nothing to draw
};

// Horizontal bars around a base value, the widest first: what moves the result most.
struct TornadoBar {
  std::string name;
  double low = 0, high = 0;
  std::string text = {};  // at the end of the bar
  Paint paint = {};
};
struct Tornado {
  std::string title;
  std::string summary = {};
  ChartAxis axis = {};
  double base = 0;
  std::vector<TornadoBar> bars = {};
  std::string empty = {};
};

// A matrix of coloured cells: weeks by resources, probability by impact.
struct HeatCell {
  double value = 0;  // 0: nothing; 1: full; above: too much
  std::string text = {};
  std::string detail = {};  // read out under the pointer
  std::optional<Tone> tone = {};  // instead of the colour that goes with the value
};
struct HeatMap {
  std::string title;
  std::string summary = {};
  std::vector<std::string> rows = {}, columns = {};  // an empty column title is left out
  std::vector<HeatCell> cells = {};             // row by row
  std::string empty = {};
};

// A structure as boxes: the whole above, its parts side by side, theirs below each. As high as it needs.
struct TreePart {
  std::string name;
  std::vector<std::string> parts = {};
};
struct Tree {
  std::string title;
  std::string summary = {};
  std::string whole;
  std::vector<TreePart> parts = {};
  std::string empty = {};
};

struct ChartLocale {
  Language language = Language::english;
  Scales scales = {};
};

}  // namespace pmo::ui
