// Charts as SVG, for reports and files: the light theme, texts in the reader's own sans-serif font.
#pragma once

#include "app/ui/charts/picture.h"

namespace pmo::ui {

struct SvgOptions {
  ImVec2 size = {720, 320};
  ChartLocale locale = {};
  bool alone = false;  // a file of its own: with its title above it, a margin and a ground; size is that of the chart in it
};

// A whole <svg> element with title and description for screen readers; every text is escaped.
std::string write_svg(const Chart& chart, const SvgOptions& options);
std::string write_svg(const Tornado& tornado, const SvgOptions& options);
std::string write_svg(const HeatMap& map, const SvgOptions& options);
std::string write_svg(const Tree& tree, const SvgOptions& options);
// One that was laid out elsewhere; it keeps its own size.
std::string write_svg(const Picture& picture, std::string_view title, std::string_view summary, const SvgOptions& options);

}  // namespace pmo::ui
