#include "app/ui/widgets/fact_table.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "app/ui/icons.h"
#include "app/ui/widgets/pressable.h"
#include "app/ui/widgets/text.h"
#include "app/ui/widgets/tooltip.h"

namespace pmo::ui {
namespace {

constexpr float padding = 10, check_width = 30, narrowest = 140;

std::vector<float> widths_of(std::span<const FactColumn> columns, float available) {
  float fixed = 0;
  int flexible = 0;
  for (const FactColumn& column : columns) {
    fixed += column.width;
    flexible += column.width == 0;
  }
  const float share = flexible ? std::max(narrowest, std::floor((available - fixed) / static_cast<float>(flexible))) : 0;
  std::vector<float> widths;
  for (const FactColumn& column : columns) widths.push_back(column.width > 0 ? column.width : share);
  return widths;
}

void draw_cell_text(ImDrawList& list, ImVec2 at, float width, bool right, const FactCell& cell, Type type, ImU32 usual) {
  const ImU32 color = cell.color ? cell.color : usual;
  float x = at.x + padding + cell.indent;
  const float lead = !*cell.icon ? 0.0f : type == Type::caption ? 16.0f : 22.0f;
  const float whole = at.x + width - padding - x, wide = measure(type, cell.text).x + lead;
  if (right && wide < whole) x += whole - wide;
  if (*cell.icon) draw_text(list, {x, at.y}, type, color, cell.icon);
  x += lead;
  const float room = at.x + width - padding - x;
  draw_text_cut(list, {std::floor(x), at.y}, std::max(0.0f, room), type, color, cell.text);
}

void draw_check(ImDrawList& list, ImVec2 at, bool on, const Theme& t) {
  const ImVec2 from(at.x + 8, at.y + (Theme::dense_row - 16) / 2), to(from.x + 16, from.y + 16);
  if (on) list.AddRectFilled(from, to, t.accent, 4);
  else list.AddRect(from, to, t.line_strong, 4, 0, 1.5f);
  if (on) draw_text(list, {from.x + 1, from.y - 2}, Type::caption, t.on_fill, icon::check);
}

// Before the rows, which may have scrolled below the headings.
void press_headings(const char* id, std::span<const FactColumn> columns, const std::vector<float>& widths, ImVec2 at, const FactTableOptions& options) {
  for (std::size_t c = 0; c < columns.size(); ++c) {
    ImGui::SetCursorScreenPos(at);
    const std::string label = columns[c].title + "###" + id + ".heading." + std::to_string(c);
    if (pressable(label, {widths[c], Theme::dense_row}, true, Role::column_header, {}, {}, 0).clicked) options.sort(static_cast<int>(c));
    tooltip(columns[c].title);
    at.x += widths[c];
  }
}

}  // namespace

int fact_table(const char* id, std::span<const FactColumn> columns, int rows, const std::function<FactCell(int, int)>& cell,
               const FactTableOptions& options) {
  const Theme& t = current_theme();
  ImGui::PushID(id);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  const float lead = options.toggle ? check_width : 0;
  const float full = ImGui::GetContentRegionAvail().x;
  const float needed = Theme::dense_row * static_cast<float>(rows + 1) + 2;
  const float bar = ImGui::GetStyle().ScrollbarSize;
  const float room = full - (options.height > 0 && needed > options.height ? bar : 0);
  const auto widths = widths_of(columns, room - lead);
  float table_width = lead;
  for (const float width : widths) table_width += width;
  const bool wider = table_width > room + 1;
  const float height = options.height > 0 ? options.height : needed + (wider ? bar : 0);  // the bar hides no row
  const ImGuiWindowFlags flags = wider ? ImGuiWindowFlags_HorizontalScrollbar : ImGuiWindowFlags_None;
  ImGui::BeginChild("facts", {full, height}, ImGuiChildFlags_None, flags);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 top = ImGui::GetCursorScreenPos();
  if (options.sort) press_headings(id, columns, widths, {top.x + lead, ImGui::GetWindowPos().y}, options);
  ImGui::SetCursorScreenPos(top);
  // The header stays above the rows that scroll below it.
  ImGui::Dummy({table_width, Theme::dense_row});
  int pressed = -1;
  ImGuiListClipper clipper;
  clipper.Begin(rows, Theme::dense_row);
  while (clipper.Step())
    for (int row = clipper.DisplayStart; row < clipper.DisplayEnd; ++row) {
      const FactCell name = cell(row, 0);
      const std::string label = name.text + "###" + id + "." + std::to_string(row);
      const bool on = options.checked && options.checked(row);
      std::string spoken = name.text;
      for (int c = 1; c < static_cast<int>(columns.size()); ++c)
        if (const auto text = cell(row, c).text; !text.empty()) spoken += ", " + columns[static_cast<std::size_t>(c)].title + " " + text;
      WidgetState state{.selected = options.selected == row ? Flag::yes : Flag::no};
      if (options.toggle) state.checked = on ? Flag::yes : Flag::no;
      const Press press = pressable(label, {std::max(table_width, room), Theme::dense_row}, true, Role::row, state, spoken, 4);
      if (options.selected == row) list.AddRectFilled(press.from, press.to, t.selected, 4);
      else if (const ImU32 ground = veil(press); ground && (options.pressable || options.toggle)) list.AddRectFilled(press.from, press.to, ground, 4);
      const float y = middle(press.from.y, Theme::dense_row, size_of(Type::body));
      if (options.toggle) draw_check(list, press.from, on, t);
      float x = press.from.x + lead;
      for (std::size_t c = 0; c < columns.size(); ++c) {
        const FactCell one = c == 0 ? name : cell(row, static_cast<int>(c));
        draw_cell_text(list, {x, y}, widths[c], columns[c].right, one, one.strong ? Type::strong : Type::body, t.ink);
        x += widths[c];
      }
      list.AddLine({press.from.x, press.to.y - 0.5f}, {press.to.x, press.to.y - 0.5f}, t.line);
      if (!press.clicked) continue;
      const bool on_check = options.toggle && ImGui::GetIO().MousePos.x < press.from.x + check_width;
      if (options.toggle && (on_check || !options.pressable)) options.toggle(row);
      else pressed = row;
    }
  const ImVec2 window = ImGui::GetWindowPos();
  const float y = window.y;
  list.AddRectFilled({window.x, y}, {window.x + full, y + Theme::dense_row}, t.surface);
  float x = top.x + lead;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    FactCell heading{columns[c].title};
    if (options.sorted == static_cast<int>(c)) heading.icon = options.descending ? icon::arrow_down : icon::arrow_up;
    draw_cell_text(list, {x, middle(y, Theme::dense_row, size_of(Type::caption))}, widths[c], columns[c].right, heading, Type::caption, t.ink_faint);
    x += widths[c];
  }
  list.AddLine({window.x, y + Theme::dense_row - 0.5f}, {window.x + full, y + Theme::dense_row - 0.5f}, t.line_strong);
  ImGui::EndChild();
  ImGui::PopStyleVar();
  ImGui::PopID();
  return pressed;
}

}  // namespace pmo::ui
