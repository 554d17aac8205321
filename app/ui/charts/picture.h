// A chart laid out: shapes and texts with places in pixels, ready for the screen or for SVG.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/ui/charts/chart.h"

namespace pmo::ui {

// What a colour of a picture is: resolved against a theme when it is drawn.
enum class InkRole : unsigned char { ink, soft, faint, grid, axis, surface, sunken, series, tone_fill, tone_soft, tone_ink };

struct Ink {
  InkRole role = InkRole::ink;
  int index = 0;      // of the series, or of the tone
  float alpha = 1;
  ImU32 Theme::*own = nullptr;  // a colour that the theme has for this alone (bars of a plan), instead of the role's
};

struct PictureLine {
  std::vector<ImVec2> points;
  Ink ink;
  float width = 1;
  bool dashed = false;
};
struct PictureArea {  // between a line of points, left to right, and a level below (or above) it
  std::vector<ImVec2> points;
  float level = 0;
  Ink ink;
};
struct PictureBox {
  ImVec2 from, to;
  Ink ink;
  float rounding = 0;
};
struct PictureShape {  // filled, without a dent
  std::vector<ImVec2> corners;
  Ink ink;
};
struct PictureDot {
  ImVec2 center;
  float radius = 3;
  Ink ink;
};
enum class TextPlace : unsigned char { left, center, right };  // of the text, at its position
struct PictureText {
  ImVec2 position;  // top of the line
  std::string text;
  Ink ink;
  TextPlace place = TextPlace::left;
  bool strong = false;
};

// What the pointer finds: a line in the read-out for each series there.
struct PictureRead {
  ImVec2 from, to;        // where the pointer must be
  float x = 0;            // of the line that shows where it is; NaN: none
  std::string title;
  struct Line {
    std::string name, value;
    Ink ink;
  };
  std::vector<Line> lines;
  std::vector<ImVec2> dots;
};

struct LegendEntry {
  std::string name;
  Ink ink;
  bool dashed = false, line = false;
  ImVec2 from, to;
};

struct Picture {
  ImVec2 size;
  ImVec2 plot_from, plot_to;
  std::vector<PictureLine> grid;     // drawn in this order of kinds
  std::vector<PictureBox> boxes;
  std::vector<PictureArea> areas;
  std::vector<PictureLine> lines;
  std::vector<PictureShape> shapes;
  std::vector<PictureDot> dots;
  std::vector<PictureText> texts;
  std::vector<PictureRead> reads;
  std::vector<LegendEntry> legend;
  bool empty = false;
};

// The width of a caption text in pixels.
using TextWidth = std::function<float(std::string_view)>;

inline constexpr float chart_text = 12;  // height of its texts

struct PictureOptions {
  ImVec2 size = {640, 280};
  ChartLocale locale = {};
  TextWidth width = {};      // none: estimated_width
  unsigned hidden = 0;  // bits: series that the legend switched off
  float corner = 0;     // width at the top right that stays free, a line of the legend high
};

Picture picture_of(const Chart& chart, const PictureOptions& options);
Picture picture_of(const Tornado& tornado, const PictureOptions& options);
Picture picture_of(const HeatMap& map, const PictureOptions& options);
Picture picture_of(const Tree& tree, const PictureOptions& options);  // only the width of the size counts

// A text that is no wider than this: cut at whole characters, with an ellipsis.
std::string cut_to(const PictureOptions& options, std::string text, float width);

// Without a font: ideographs one em, others about half.
float estimated_width(std::string_view text);

ImU32 color_of(const Ink& ink, const Theme& theme);

}  // namespace pmo::ui
