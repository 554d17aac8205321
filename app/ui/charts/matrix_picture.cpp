// Layout of tornado diagrams and heat maps: rows with names at the left.
#include <algorithm>
#include <cmath>
#include <limits>

#include "app/ui/charts/picture.h"
#include "app/ui/charts/ticks.h"

namespace pmo::ui {
namespace {

constexpr float no_line = std::numeric_limits<float>::quiet_NaN();

float width_of(const PictureOptions& options, std::string_view text) {
  return options.width ? options.width(text) : estimated_width(text);
}

Ink bar_ink(const Paint& paint, float alpha) {
  if (paint.tone) return {InkRole::tone_fill, static_cast<int>(*paint.tone), alpha};
  return {InkRole::series, paint.series, alpha};
}

// From calm to full to too much; the cell's text says it as well.
Ink heat_ink(const HeatCell& cell) {
  if (cell.tone) return {InkRole::tone_soft, static_cast<int>(*cell.tone)};
  const double value = cell.value;
  if (value <= 0) return {InkRole::sunken};
  if (value > 1.0005) return {InkRole::tone_fill, static_cast<int>(Tone::bad), static_cast<float>(std::clamp(0.45 + (value - 1) * 0.5, 0.45, 0.95))};
  return {InkRole::tone_fill, static_cast<int>(Tone::accent), static_cast<float>(0.10 + 0.45 * value)};
}

// In the middle of its cell, cut to it; in narrow cells what does not fit is left out. Of several lines those that find no place
// give way to an ellipsis.
void add_cell_text(Picture& picture, const PictureOptions& options, std::string_view text, ImVec2 at, ImVec2 size) {
  if (text.empty()) return;
  std::vector<std::string> lines(1);
  for (const char c : text)
    if (c == '\n') lines.emplace_back();
    else lines.back() += c;
  constexpr float narrow = 48;
  if (size.x < narrow && width_of(options, lines[0]) + 4 > size.x) return;
  constexpr float line = chart_text + 3;
  if (const auto most = static_cast<std::size_t>(std::max(1.0f, size.y / line)); lines.size() > most) {
    lines.resize(most);
    lines.back() = "…";
  }
  float y = at.y + (size.y - line * static_cast<float>(lines.size() - 1) - chart_text) / 2;
  for (std::string& shown : lines) {
    picture.texts.push_back({{at.x + size.x / 2, y}, cut_to(options, std::move(shown), size.x - 4), {InkRole::ink}, TextPlace::center});
    y += line;
  }
}

}  // namespace

Picture picture_of(const Tornado& tornado, const PictureOptions& options) {
  Picture picture;
  picture.size = options.size;
  if (tornado.bars.empty()) {
    picture.empty = true;
    return picture;
  }
  float names = 0, texts = 0;
  double low = tornado.base, high = tornado.base;
  for (const TornadoBar& bar : tornado.bars) {
    names = std::max(names, width_of(options, bar.name));
    texts = std::max(texts, width_of(options, bar.text));
    low = std::min(low, bar.low);
    high = std::max(high, bar.high);
  }
  names = std::min(names, options.size.x * 0.4f);
  picture.plot_from = {std::floor(names + 12), options.corner > 0 ? 26.0f : 4.0f};
  picture.plot_to = {std::floor(options.size.x - texts - 12), options.size.y - 24};
  const AxisRange range = axis_range({.kind = tornado.axis.kind, .low = tornado.axis.low.value_or(low), .high = tornado.axis.high.value_or(high)}, low, high, 5);
  const float plot = std::max(20.0f, picture.plot_to.x - picture.plot_from.x);
  const auto x_of = [&](double value) {
    return picture.plot_from.x + static_cast<float>(std::clamp((value - range.low) / (range.high - range.low), 0.0, 1.0)) * plot;
  };
  float free_from = -1e9f;
  for (const Tick& tick : axis_ticks(tornado.axis, range, std::max(2, static_cast<int>(plot / 80)), options.locale)) {
    const float x = std::round(x_of(tick.at)), half = width_of(options, tick.label) / 2;
    picture.grid.push_back({{{x, picture.plot_from.y}, {x, picture.plot_to.y}}, {InkRole::grid}});
    if (x - half < free_from) continue;
    picture.texts.push_back({{x, picture.plot_to.y + 7}, tick.label, {InkRole::faint}, TextPlace::center});
    free_from = x + half + 8;
  }
  const float row = (picture.plot_to.y - picture.plot_from.y) / static_cast<float>(tornado.bars.size());
  const float height = std::min(18.0f, row - 4);
  for (std::size_t i = 0; i < tornado.bars.size(); ++i) {
    const TornadoBar& bar = tornado.bars[i];
    const float top = picture.plot_from.y + static_cast<float>(i) * row, middle = top + row / 2;
    const float from = x_of(bar.low), to = std::max(x_of(bar.high), from + 1);
    picture.boxes.push_back({{from, middle - height / 2}, {to, middle + height / 2}, bar_ink(bar.paint, 0.85f), 3});
    picture.texts.push_back({{picture.plot_from.x - 12, middle - chart_text / 2}, cut_to(options, bar.name, names), {InkRole::ink}, TextPlace::right});
    picture.texts.push_back({{to + 6, middle - chart_text / 2}, bar.text, {InkRole::soft}});
    picture.reads.push_back({{0, top}, {options.size.x, top + row}, no_line, bar.name, {{tornado.title, bar.text, bar_ink(bar.paint, 1)}}, {}});
  }
  const float base = std::round(x_of(tornado.base));
  picture.lines.push_back({{{base, picture.plot_from.y}, {base, picture.plot_to.y}}, {InkRole::axis}, 1.5f});
  return picture;
}

Picture picture_of(const HeatMap& map, const PictureOptions& options) {
  Picture picture;
  picture.size = options.size;
  if (map.rows.empty() || map.columns.empty()) {
    picture.empty = true;
    return picture;
  }
  float names = 0;
  for (const auto& name : map.rows) names = std::max(names, width_of(options, name));
  names = std::min(names, options.size.x * 0.3f);
  picture.plot_from = {std::floor(names + 12), 22};
  picture.plot_to = {options.size.x, options.size.y};
  const float column = (picture.plot_to.x - picture.plot_from.x) / static_cast<float>(map.columns.size());
  const float row = (picture.plot_to.y - picture.plot_from.y) / static_cast<float>(map.rows.size());
  float free_from = -1e9f;
  for (std::size_t c = 0; c < map.columns.size(); ++c) {
    const float x = picture.plot_from.x + static_cast<float>(c) * column;
    const float wide = width_of(options, map.columns[c]);
    if (map.columns[c].empty() || x < free_from || x + wide > options.size.x - options.corner) continue;
    picture.texts.push_back({{x, 3}, map.columns[c], {InkRole::faint}});
    free_from = x + wide + 8;
  }
  for (std::size_t r = 0; r < map.rows.size(); ++r) {
    const float y = picture.plot_from.y + static_cast<float>(r) * row;
    picture.texts.push_back({{names, y + row / 2 - chart_text / 2}, cut_to(options, map.rows[r], names), {InkRole::ink}, TextPlace::right});
    for (std::size_t c = 0; c < map.columns.size(); ++c) {
      const std::size_t at = r * map.columns.size() + c;
      if (at >= map.cells.size()) break;
      const HeatCell& cell = map.cells[at];
      const float x = picture.plot_from.x + static_cast<float>(c) * column;
      const float gap = column > 8 ? 1.0f : 0.5f;
      picture.boxes.push_back({{x + gap, y + 1}, {x + column - gap, y + row - 1}, heat_ink(cell), column > 8 ? 3.0f : 0.0f});
      add_cell_text(picture, options, cell.text, {x, y}, {column, row});
      if (!cell.detail.empty()) picture.reads.push_back({{x, y}, {x + column, y + row}, no_line, map.rows[r], {{cell.detail, cell.text, heat_ink(cell)}}, {}});
    }
  }
  return picture;
}

}  // namespace pmo::ui
