#include "app/ui/charts/draw_chart.h"

#include <cmath>

#include "app/ui/annotate.h"
#include "app/ui/charts/save_chart.h"
#include "app/ui/widgets/pressable.h"
#include "app/ui/widgets/text.h"
#include "app/ui/widgets/tooltip.h"

namespace pmo::ui {
namespace {

ImVec2 moved(ImVec2 at, ImVec2 by) { return {at.x + by.x, at.y + by.y}; }

void draw_dashed(ImDrawList& list, ImVec2 from, ImVec2 to, ImU32 color, float width) {
  const float length = std::hypot(to.x - from.x, to.y - from.y);
  constexpr float dash = 5, gap = 4;
  for (float at = 0; at < length; at += dash + gap) {
    const float begin = at / length, end = std::min(1.0f, (at + dash) / length);
    list.AddLine({from.x + (to.x - from.x) * begin, from.y + (to.y - from.y) * begin},
                 {from.x + (to.x - from.x) * end, from.y + (to.y - from.y) * end}, color, width);
  }
}

void draw_line(ImDrawList& list, const PictureLine& line, ImVec2 origin, const Theme& theme) {
  const ImU32 color = color_of(line.ink, theme);
  if (line.dashed) {
    for (std::size_t i = 1; i < line.points.size(); ++i)
      draw_dashed(list, moved(line.points[i - 1], origin), moved(line.points[i], origin), color, line.width);
    return;
  }
  const float half = line.width == 1 ? 0.5f : 0;  // hairlines on whole pixels
  for (const ImVec2& at : line.points) list.PathLineTo({at.x + origin.x + half, at.y + origin.y + half});
  list.PathStroke(color, 0, line.width);
}

void draw_area(ImDrawList& list, const PictureArea& area, ImVec2 origin, const Theme& theme) {
  const ImU32 color = color_of(area.ink, theme);
  const ImDrawListFlags flags = list.Flags;
  list.Flags &= ~ImDrawListFlags_AntiAliasedFill;  // neighbours would show their seams
  for (std::size_t i = 1; i < area.points.size(); ++i) {
    const ImVec2 a = moved(area.points[i - 1], origin), b = moved(area.points[i], origin);
    list.AddQuadFilled({a.x, area.level + origin.y}, a, b, {b.x, area.level + origin.y}, color);
  }
  list.Flags = flags;
}

void draw_shape_texts(ImDrawList& list, const Picture& picture, ImVec2 origin, const Theme& theme) {
  for (const PictureText& text : picture.texts) {
    const Type type = Type::caption;
    float x = text.position.x + origin.x;
    if (text.place != TextPlace::left) x -= measure(type, text.text).x * (text.place == TextPlace::center ? 0.5f : 1.0f);
    // A caption's line is higher than the letters that the layout counts with.
    draw_text(list, {std::round(x), text.position.y + origin.y - (size_of(type) - chart_text) / 2 - 1}, type, color_of(text.ink, theme), text.text);
  }
}

void draw_picture(ImDrawList& list, const Picture& picture, ImVec2 origin, const Theme& theme) {
  for (const PictureLine& line : picture.grid) draw_line(list, line, origin, theme);
  for (const PictureBox& box : picture.boxes)
    list.AddRectFilled(moved(box.from, origin), moved(box.to, origin), color_of(box.ink, theme), box.rounding);
  for (const PictureArea& area : picture.areas) draw_area(list, area, origin, theme);
  for (const PictureLine& line : picture.lines) draw_line(list, line, origin, theme);
  for (const PictureShape& shape : picture.shapes) {
    std::vector<ImVec2> corners;
    for (const ImVec2& corner : shape.corners) corners.push_back(moved(corner, origin));
    list.AddConvexPolyFilled(corners.data(), static_cast<int>(corners.size()), color_of(shape.ink, theme));
  }
  for (const PictureDot& dot : picture.dots) list.AddCircleFilled(moved(dot.center, origin), dot.radius, color_of(dot.ink, theme));
  draw_shape_texts(list, picture, origin, theme);
}

const PictureRead* read_at(const Picture& picture, ImVec2 pointer) {
  for (const PictureRead& read : picture.reads)
    if (pointer.x >= read.from.x && pointer.x < read.to.x && pointer.y >= read.from.y && pointer.y < read.to.y) return &read;
  return nullptr;
}

void draw_read(ImDrawList& list, const Picture& picture, const PictureRead& read, ImVec2 origin, const Theme& theme) {
  if (std::isfinite(read.x)) {
    const float x = std::round(read.x + origin.x) + 0.5f;
    list.AddLine({x, picture.plot_from.y + origin.y}, {x, picture.plot_to.y + origin.y}, with_alpha(theme.ink, 0.35f));
  }
  for (std::size_t i = 0; i < read.dots.size() && i < read.lines.size(); ++i) {
    list.AddCircleFilled(moved(read.dots[i], origin), 5, theme.surface);
    list.AddCircleFilled(moved(read.dots[i], origin), 3.5f, color_of(read.lines[i].ink, theme));
  }
  if (read.lines.empty()) return;
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(12, 10));
  if (ImGui::BeginTooltip()) {
    text(Type::strong, read.title);
    float names = 0;
    for (const auto& line : read.lines) names = std::max(names, measure(Type::caption, line.name).x);
    for (const auto& line : read.lines) {
      const ImVec2 at = ImGui::GetCursorScreenPos();
      ImDrawList& tip = *ImGui::GetWindowDrawList();
      tip.AddRectFilled({at.x, at.y + 5}, {at.x + 8, at.y + 13}, color_of(line.ink, theme), 2);
      draw_text(tip, {at.x + 16, at.y}, Type::caption, theme.ink_soft, line.name);
      const float wide = measure(Type::caption, line.value).x;
      draw_text(tip, {at.x + 16 + names + 20, at.y}, Type::caption, theme.ink, line.value);
      ImGui::Dummy({16 + names + 20 + wide, 18});
    }
    ImGui::EndTooltip();
  }
  ImGui::PopStyleVar();
}

void draw_legend_entry(const LegendEntry& entry, ImVec2 origin, ImU32 color, ImU32 ink) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 from = moved(entry.from, origin), to = moved(entry.to, origin);
  const float middle = std::round((from.y + to.y) / 2);
  if (entry.line && entry.dashed) draw_dashed(list, {from.x, middle}, {from.x + 16, middle}, color, 2.5f);
  else if (entry.line) list.AddLine({from.x, middle}, {from.x + 16, middle}, color, 2.5f);
  else list.AddRectFilled({from.x + 2, middle - 5}, {from.x + 12, middle + 5}, color, 2);
  draw_text(list, {from.x + 22, from.y + 2}, Type::caption, ink, entry.name);
}

void draw_legend(const Picture& picture, ImVec2 origin, unsigned& hidden, const Theme& theme) {
  for (std::size_t i = 0; i < picture.legend.size(); ++i) {
    const LegendEntry& entry = picture.legend[i];
    const bool off = hidden >> i & 1;
    ImGui::SetCursorScreenPos(moved(entry.from, origin));
    const std::string label = entry.name + "###legend." + std::to_string(i);
    const Press press = pressable(label, {entry.to.x - entry.from.x, entry.to.y - entry.from.y}, true, Role::checkbox, {.checked = off ? Flag::no : Flag::yes}, {}, 3);
    if (press.clicked) hidden ^= 1u << i;
    draw_legend_entry(entry, origin, off ? theme.ink_faint : color_of(entry.ink, theme), off ? theme.ink_faint : press.hovered ? theme.ink : theme.ink_soft);
  }
}

// What is switched off is not in the file either.
Chart without_hidden(Chart chart, unsigned hidden) {
  for (std::size_t i = chart.series.size(); i-- > 0;)
    if (hidden >> i & 1) chart.series.erase(chart.series.begin() + static_cast<std::ptrdiff_t>(i));
  return chart;
}
const Tornado& without_hidden(const Tornado& tornado, unsigned) { return tornado; }
const HeatMap& without_hidden(const HeatMap& map, unsigned) { return map; }

struct Drawn {
  Picture picture;
  std::optional<PictureRead> read;  // under the pointer
};

template <class Description>
Drawn draw(const char* id, const Description& description, const DrawChartOptions& options, unsigned& hidden) {
  const Theme& theme = current_theme();
  const ImVec2 size(options.width > 0 ? options.width : std::max(40.0f, ImGui::GetContentRegionAvail().x), options.height);
  Drawn drawn{picture_of(description, {.size = size, .locale = options.locale,
                                       .width = [](std::string_view text) { return measure(Type::caption, text).x; }, .hidden = hidden, .corner = save_chart_room}), {}};
  const Picture& picture = drawn.picture;
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  ImGui::PushID(id);
  ImGui::Dummy(size);
  const ImVec2 after = ImGui::GetCursorPos();
  const bool hovered = ImGui::IsItemHovered() || ImGui::IsMouseHoveringRect(origin, moved(origin, size));
  const bool in_window = ImGui::IsWindowHovered(ImGuiHoveredFlags_ChildWindows);
  annotate_area(id, {origin.x, origin.y, origin.x + size.x, origin.y + size.y}, Role::image, description.title, description.summary);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (picture.empty) {
    list.AddRectFilled(origin, moved(origin, size), theme.sunken, Theme::rounding);
    const ImVec2 text_size = measure(Type::body, description.empty);
    draw_text(list, {origin.x + (size.x - text_size.x) / 2, origin.y + (size.y - text_size.y) / 2}, Type::body, theme.ink_faint, description.empty);
  } else {
    draw_picture(list, picture, origin, theme);
    draw_legend(picture, origin, hidden, theme);
    const ImVec2 pointer = ImGui::GetIO().MousePos;
    const PictureRead* read = hovered && in_window ? read_at(picture, {pointer.x - origin.x, pointer.y - origin.y}) : nullptr;
    if (read) draw_read(list, picture, *read, origin, theme);
    if (read) drawn.read = *read;
    save_chart_button(id, {origin.x + size.x, origin.y}, description.title, options.locale.language, [&] {
      return write_svg(without_hidden(description, hidden), {.size = saved_size(size), .locale = options.locale, .alone = true});
    });
  }
  return_to(after);
  ImGui::PopID();
  return drawn;
}

}  // namespace

void draw_laid_out(const Picture& picture, ImVec2 at, bool hovered) {
  const Theme& theme = current_theme();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_picture(list, picture, at, theme);
  for (const LegendEntry& entry : picture.legend) draw_legend_entry(entry, at, color_of(entry.ink, theme), theme.ink_soft);
  const ImVec2 pointer = ImGui::GetIO().MousePos;
  if (const PictureRead* read = hovered ? read_at(picture, {pointer.x - at.x, pointer.y - at.y}) : nullptr) draw_read(list, picture, *read, at, theme);
}

void draw_chart(const char* id, const Chart& chart, const DrawChartOptions& options) {
  const ImGuiID key = ImGui::GetID(id);
  unsigned hidden = static_cast<unsigned>(ImGui::GetStateStorage()->GetInt(key));
  draw(id, chart, options, hidden);
  ImGui::GetStateStorage()->SetInt(key, static_cast<int>(hidden));
}

void draw_chart(const char* id, const Tornado& tornado, const DrawChartOptions& options) {
  unsigned none = 0;
  draw(id, tornado, options, none);
}

int draw_chart(const char* id, const HeatMap& map, const DrawChartOptions& options) {
  unsigned none = 0;
  const Drawn drawn = draw(id, map, options, none);
  if (!drawn.read || !ImGui::IsMouseClicked(ImGuiMouseButton_Left)) return -1;
  const ImVec2 from = drawn.picture.plot_from, to = drawn.picture.plot_to;
  const auto columns = static_cast<float>(map.columns.size()), rows = static_cast<float>(map.rows.size());
  const int column = static_cast<int>((drawn.read->from.x - from.x) / (to.x - from.x) * columns + 0.5f);
  const int row = static_cast<int>((drawn.read->from.y - from.y) / (to.y - from.y) * rows + 0.5f);
  return row * static_cast<int>(map.columns.size()) + column;
}

}  // namespace pmo::ui
