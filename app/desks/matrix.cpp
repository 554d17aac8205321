#include "app/desks/matrix.h"

#include <algorithm>
#include <cmath>

#include "app/ui/widgets/pressable.h"
#include "app/ui/widgets/widgets.h"
#include "app/ui/wrap_text.h"

namespace pmo::desks {
namespace {

using namespace ui;

constexpr float header_height = 44, row_height = 36, space = 2, widest_cell = 168;

float cell_width(const Matrix& matrix, float room) {
  if (matrix.columns.empty()) return matrix.cell_width;
  const float share = (room - matrix.title_width) / static_cast<float>(matrix.columns.size());
  return std::floor(std::clamp(share, matrix.cell_width, widest_cell));
}

// Over two lines when one is too short.
void draw_column_name(ImDrawList& list, ImVec2 at, float width, const std::string& name) {
  const float room = width - 8, line_height = size_of(Type::caption) + 2;
  const TextStyle style(Type::caption);
  auto lines = wrap_text(name, room);
  if (lines.size() > 2) {  // the rest is cut
    lines[1] = std::string_view(lines[1].data(), name.data() + name.size());
    lines.resize(2);
  }
  float y = at.y + (header_height - line_height * static_cast<float>(lines.size())) / 2;
  for (const std::string_view line : lines) {
    const float size = std::min(measure(Type::caption, line).x, room);
    draw_text_cut(list, {at.x + (width - size) / 2, y}, room, Type::caption, current_theme().ink_soft, line);
    y += line_height;
  }
}

void draw_header(const Matrix& matrix, ImVec2 at, float width) {
  const Theme& t = current_theme();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float y = middle(at.y, header_height, size_of(Type::caption));
  draw_text_cut(list, {at.x + 8, y}, matrix.title_width - 16, Type::caption, t.ink_soft, matrix.corner);
  for (std::size_t i = 0; i < matrix.columns.size(); ++i) {
    const float x = at.x + matrix.title_width + static_cast<float>(i) * width;
    ImGui::SetCursorScreenPos({x, at.y});
    ImGui::PushID(static_cast<int>(i));
    ImGui::InvisibleButton("###column", {width, header_height});
    tooltip(matrix.columns[i]);
    ImGui::PopID();
    draw_column_name(list, {x, at.y}, width, matrix.columns[i]);
  }
}

bool draw_cell(const MatrixCell& cell, const std::string& name, ImVec2 from, ImVec2 size) {
  const Theme& t = current_theme();
  ImGui::SetCursorScreenPos(from);
  const Press press = pressable("###" + name, size, true, Role::button, {}, cell.text.empty() ? cell.detail : cell.text, 4);
  if (!cell.detail.empty()) tooltip(cell.detail);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ToneColors& colors = t.tone(cell.tone);
  const ImU32 ground = cell.tone == Tone::neutral ? t.sunken : colors.soft;
  list.AddRectFilled(press.from, press.to, over(veil(press), ground), 4);
  const Type type = cell.strong ? Type::strong : Type::body;
  const float width = std::min(measure(type, cell.text).x, size.x - 8);
  draw_text_cut(list, {from.x + (size.x - width) / 2, middle(from.y, size.y, size_of(type))}, size.x - 8, type,
                cell.tone == Tone::neutral ? t.ink : colors.ink, cell.text);
  return press.clicked;
}

}  // namespace

bool chip_in_row(const std::string& label, bool on, bool first) {
  constexpr float padding = 32;
  if (!first) {
    ImGui::SameLine(0, 6);
    if (ImGui::GetContentRegionAvail().x < measure(Type::body, visible(label)).x + padding) ImGui::NewLine();
  }
  return filter_chip(label, on);
}

std::optional<MatrixPlace> draw_matrix(const char* id, const Matrix& matrix) {
  std::optional<MatrixPlace> pressed;
  const float width = cell_width(matrix, ImGui::GetContentRegionAvail().x - 4);
  const ImVec2 whole = {matrix.title_width + width * static_cast<float>(matrix.columns.size()),
                        header_height + row_height * static_cast<float>(matrix.rows.size())};
  const float scrollbar = whole.x > ImGui::GetContentRegionAvail().x ? 14.0f : 0.0f;
  ImGui::BeginChild(id, {0, whole.y + scrollbar + 4}, ImGuiChildFlags_None, ImGuiWindowFlags_HorizontalScrollbar);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_header(matrix, at, width);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (std::size_t r = 0; r < matrix.rows.size(); ++r) {
    const MatrixRow& row = matrix.rows[r];
    const std::string name = row.id.empty() ? std::to_string(r) : row.id;
    const float y = at.y + header_height + static_cast<float>(r) * row_height;
    ImGui::SetCursorScreenPos({at.x, y});
    const Press title = pressable(row.title + "###" + name, {matrix.title_width - 8, row_height - space}, true, Role::link, {}, {}, 4);
    const ToneColors& colors = current_theme().tone(row.tone);
    if (row.tone != Tone::neutral) list.AddRectFilled(title.from, title.to, colors.soft, 4);
    if (const ImU32 ground = veil(title)) list.AddRectFilled(title.from, title.to, ground, 4);
    draw_text_cut(list, {at.x + 8, middle(y, row_height - space, size_of(Type::body))}, matrix.title_width - 24, Type::body,
                  row.tone == Tone::neutral ? current_theme().ink : colors.ink, row.title);
    tooltip(row.title);
    if (title.clicked) pressed = MatrixPlace{r, 0, true};
    for (std::size_t c = 0; c < row.cells.size(); ++c) {
      const ImVec2 from = {at.x + matrix.title_width + static_cast<float>(c) * width, y};
      if (draw_cell(row.cells[c], name + "." + std::to_string(c), from, {width - space, row_height - space})) pressed = MatrixPlace{r, c};
    }
  }
  ImGui::SetCursorScreenPos({at.x, at.y + whole.y});
  ImGui::Dummy({whole.x, 0});
  ImGui::EndChild();
  return pressed;
}

}  // namespace pmo::desks
