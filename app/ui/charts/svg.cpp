#include "app/ui/charts/svg.h"

#include <charconv>
#include <cmath>
#include <format>

namespace pmo::ui {
namespace {

// Icons of the interface (private use, U+E000 to U+F8FF) are left out: no font of the reader has them.
std::string escaped(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const auto byte = static_cast<unsigned char>(c), next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : 0);
    if (byte == 0xee || (byte == 0xef && next < 0xa4)) {
      i += 2;
      continue;
    }
    switch (c) {
      case '<': result += "&lt;"; break;
      case '>': result += "&gt;"; break;
      case '&': result += "&amp;"; break;
      case '"': result += "&quot;"; break;
      default:
        if (byte >= 0x20 || c == '\n' || c == '\t') result += c;
    }
  }
  return result;
}

// At most one decimal: enough for a printer, and half the size.
std::string number(float value) {
  const double tenths = std::round(static_cast<double>(value) * 10) / 10;
  std::string text = std::format("{:.1f}", tenths == 0 ? 0.0 : tenths);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text;
}

class SvgWriter {
 public:
  SvgWriter(const Picture& picture, const Theme& theme, const SvgOptions& options) : picture_(picture), theme_(theme), options_(options) {}

  std::string run(std::string_view title, std::string_view summary, std::string_view empty) {
    const ImVec2 size = options_.alone ? ImVec2(picture_.size.x + 2 * margin, picture_.size.y + 2 * margin + heading) : picture_.size;
    text_ = "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"" + number(size.x) + "\" height=\"" + number(size.y) +
            "\" viewBox=\"0 0 " + number(size.x) + " " + number(size.y) +
            "\"" + (options_.alone ? std::format(" xml:lang=\"{}\"", language_tag(options_.locale.language)) : std::string()) + " font-family=\"system-ui,'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif\" font-size=\"" + number(chart_text) + "\">\n";
    text_ += "<title>" + escaped(title) + "</title>\n";
    if (!summary.empty()) text_ += "<desc>" + escaped(summary) + "</desc>\n";
    if (options_.alone) add_ground(size, title);
    draw(empty);
    if (options_.alone) text_ += "</g>\n";
    return std::move(text_) + "</svg>\n";
  }

 private:
  static constexpr float margin = 16, heading = 32;

  void add_ground(ImVec2 size, std::string_view title) {
    add_box({{0, 0}, size, {InkRole::surface}});
    text_ += "<text x=\"" + number(margin) + "\" y=\"" + number(margin + 16) + "\" font-size=\"16\" font-weight=\"600\"" + paint("fill", {InkRole::ink}) + ">" +
             escaped(title) + "</text>\n<g transform=\"translate(" + number(margin) + " " + number(margin + heading) + ")\">\n";
  }

  void draw(std::string_view empty) {
    const ImVec2 size = picture_.size;
    if (picture_.empty) add_text({{size.x / 2, size.y / 2 - chart_text / 2}, std::string(empty), {InkRole::faint}, TextPlace::center});
    for (const auto& line : picture_.grid) add_line(line);
    for (const auto& box : picture_.boxes) add_box(box);
    for (const auto& area : picture_.areas) add_area(area);
    for (const auto& line : picture_.lines) add_line(line);
    for (const auto& shape : picture_.shapes) text_ += "<polygon points=\"" + points(shape.corners) + "\"" + paint("fill", shape.ink) + "/>\n";
    for (const auto& dot : picture_.dots)
      text_ += "<circle cx=\"" + number(dot.center.x) + "\" cy=\"" + number(dot.center.y) + "\" r=\"" + number(dot.radius) + "\"" + paint("fill", dot.ink) + "/>\n";
    for (const auto& entry : picture_.legend) add_legend(entry);
    for (const auto& text : picture_.texts) add_text(text);
  }

  std::string paint(std::string_view attribute, const Ink& ink) const {
    const ImU32 color = color_of(ink, theme_);
    const unsigned alpha = color >> IM_COL32_A_SHIFT & 255;
    std::string text = std::format(" {}=\"#{:02x}{:02x}{:02x}\"", attribute, color >> IM_COL32_R_SHIFT & 255, color >> IM_COL32_G_SHIFT & 255,
                                   color >> IM_COL32_B_SHIFT & 255);
    if (alpha < 255) text += std::format(" {}-opacity=\"{:.2f}\"", attribute, alpha / 255.0);
    return text;
  }

  void add_box(const PictureBox& box) {
    text_ += "<rect x=\"" + number(box.from.x) + "\" y=\"" + number(box.from.y) + "\" width=\"" + number(box.to.x - box.from.x) + "\" height=\"" +
             number(box.to.y - box.from.y) + "\"";
    if (box.rounding > 0) text_ += " rx=\"" + number(box.rounding) + "\"";
    text_ += paint("fill", box.ink) + "/>\n";
  }
  std::string points(const std::vector<ImVec2>& list) const {
    std::string text;
    for (const ImVec2& at : list) text += (text.empty() ? "" : " ") + number(at.x) + "," + number(at.y);
    return text;
  }
  void add_area(const PictureArea& area) {
    text_ += "<polygon points=\"" + number(area.points.front().x) + "," + number(area.level) + " " + points(area.points) + " " +
             number(area.points.back().x) + "," + number(area.level) + "\"" + paint("fill", area.ink) + "/>\n";
  }
  void add_line(const PictureLine& line) {
    text_ += "<polyline fill=\"none\" points=\"" + points(line.points) + "\" stroke-width=\"" + number(line.width) + "\"" + paint("stroke", line.ink);
    if (line.dashed) text_ += " stroke-dasharray=\"5 4\"";
    text_ += "/>\n";
  }
  void add_legend(const LegendEntry& entry) {
    const float middle = (entry.from.y + entry.to.y) / 2;
    if (entry.line) add_line({{{entry.from.x, middle}, {entry.from.x + 16, middle}}, entry.ink, 2.5f, entry.dashed});
    else add_box({{entry.from.x + 2, middle - 5}, {entry.from.x + 12, middle + 5}, entry.ink, 2});
    add_text({{entry.from.x + 22, middle - chart_text / 2}, entry.name, {InkRole::soft}});
  }
  void add_text(const PictureText& text) {
    constexpr const char* anchors[] = {"start", "middle", "end"};
    text_ += "<text x=\"" + number(text.position.x) + "\" y=\"" + number(text.position.y + chart_text * 0.88f) + "\"";
    if (text.place != TextPlace::left) text_ += std::string(" text-anchor=\"") + anchors[static_cast<int>(text.place)] + "\"";
    if (text.strong) text_ += " font-weight=\"600\"";
    text_ += paint("fill", text.ink) + ">" + escaped(text.text) + "</text>\n";
  }

  const Picture& picture_;
  const Theme& theme_;
  const SvgOptions& options_;
  std::string text_;
};

template <class Description>
std::string write(const Description& description, const SvgOptions& options) {
  const Theme theme = make_theme(false, false, {});
  const Picture picture = picture_of(description, {.size = options.size, .locale = options.locale});
  return SvgWriter(picture, theme, options).run(description.title, description.summary, description.empty);
}

}  // namespace

std::string write_svg(const Chart& chart, const SvgOptions& options) { return write(chart, options); }
std::string write_svg(const Tornado& tornado, const SvgOptions& options) { return write(tornado, options); }
std::string write_svg(const HeatMap& map, const SvgOptions& options) { return write(map, options); }
std::string write_svg(const Tree& tree, const SvgOptions& options) { return write(tree, options); }
std::string write_svg(const Picture& picture, std::string_view title, std::string_view summary, const SvgOptions& options) {
  return SvgWriter(picture, make_theme(false, false, {}), options).run(title, summary, {});
}

}  // namespace pmo::ui
