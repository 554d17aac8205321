// What the Gantt chart looks like. Everything is computed from the frame; nothing here takes the pointer.
#include <algorithm>
#include <cmath>

#include "app/ui/annotate.h"
#include "app/ui/gantt/gantt_chart.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {
namespace {

constexpr float bar_height = 16, slim_bar = 12, below_bars = 5, summary_height = 6, diamond = 8;

// Between the pieces of a split bar.
void dotted(ImDrawList& list, float left, float right, float y, ImU32 color) {
  constexpr float dot = 2, step = 5;
  for (float x = left + 2; x < right - 1; x += step) list.AddRectFilled({x, y - 1}, {std::min(x + dot, right), y + 1}, color);
}

}  // namespace

float GanttChart::x_of(const Frame& frame, Minute moment) const {
  return frame.from.x + TimeGround::x_of_work(scale_, frame.editing.time, moment);
}

BarBox GanttChart::box_of(const Frame& frame, std::size_t table_row, std::size_t row) const {
  const float top = frame.table.body().top_of(table_row);
  const engine::Schedule& schedule = *frame.schedule;
  BarBox box{x_of(frame, schedule.start[row]), x_of(frame, schedule.finish[row])};
  const bool slim = !options.baselines.empty();
  const Task& task = *frame.editing.outline[row].task;
  if (frame.editing.outline[row].summary) {
    box.top = top + (slim ? 8 : 10);
    box.bottom = box.top + summary_height;
  } else if (task.milestone || task.duration.value == 0) {
    const float middle = top + (slim ? 12 : row_height / 2);
    const float at = task.milestone ? box.right : box.left;
    box = {at - diamond, at + diamond, middle - diamond, middle + diamond, true};
  } else {
    box.top = top + (slim ? 6 : (row_height - bar_height) / 2);
    box.bottom = box.top + (slim ? slim_bar : bar_height);
    box.right = std::max(box.right, box.left + 4);
  }
  return box;
}

std::vector<BarPiece> GanttChart::pieces_of(const Frame& frame, const BarBox& box, std::size_t row) const {
  std::vector<BarPiece> spans;
  for (const auto& piece : engine::pieces_of(*frame.schedule, static_cast<engine::Index>(row)))
    spans.push_back({x_of(frame, piece.start), x_of(frame, piece.finish)});
  if (spans.empty()) spans.push_back({box.left, box.right});
  const bool dragged = drag_ && drag_->kind() == DragKind::progress && drag_->task() == frame.editing.outline[row].task->id;
  return bar_pieces(std::move(spans), (dragged ? drag_->progress().value : frame.facts.percent[row]) / 1000.0);
}

bool GanttChart::is_critical(const Frame& frame, std::size_t row) const {
  return options.critical && frame.schedule->critical[row] && frame.facts.percent[row] < 1000;
}

void GanttChart::draw_header(const Frame& frame, float top) const {
  const Theme& t = frame.context.theme;
  const Language language = frame.context.language;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float height = frame.table.header_height, half = height / 2;
  const float right = frame.to.x + ImGui::GetStyle().ScrollbarSize;
  list.AddRectFilled({frame.from.x, top}, {right, top + height}, t.sunken);
  ImGui::PushClipRect({frame.from.x, top}, {frame.to.x, top + height}, true);
  const TimeSpan shown{scale_.at(0), scale_.at(width_)};
  for (const TimeSpan& unit : units_in(scale_.upper(), shown)) {
    const float from = frame.from.x + scale_.x_of(unit.from), to = frame.from.x + scale_.x_of(unit.to);
    list.AddLine({from, top + 4}, {from, top + height}, t.line);
    ImGui::PushClipRect({std::max(from, frame.from.x), top}, {std::min(to, frame.to.x), top + half}, true);
    draw_text(list, {std::max(from, frame.from.x) + 8, middle(top + 1, half, size_of(Type::caption))}, Type::caption, t.ink,
              upper_label(scale_.upper(), unit.from, language));
    ImGui::PopClipRect();
  }
  list.AddLine({frame.from.x, top + half}, {frame.to.x, top + half}, with_alpha(t.line, 0.7f));
  const TimeUnit lower = scale_.lower();
  const Day today = frame.context.today;
  float free_from = -1e9f;
  for (const TimeSpan& unit : units_in(lower, shown)) {
    const float from = frame.from.x + scale_.x_of(unit.from), to = frame.from.x + scale_.x_of(unit.to);
    list.AddLine({from, top + half + 4}, {from, top + height}, with_alpha(t.line, 0.8f));
    const std::string label = lower_label(lower, unit.from, scale_.day_width(), language);
    const float width = measure(Type::caption, label).x;
    if (width > to - from - 2 && (lower != TimeUnit::hour || from < free_from)) continue;
    free_from = from + width + 8;
    const float x = std::floor((from + to - width) / 2), y = middle(top + half - 1, half, size_of(Type::caption));
    const bool marks_today = lower == TimeUnit::day && unit.from.day() == today;
    if (marks_today) list.AddRectFilled({x - 5, top + half + 2}, {x + width + 5, top + height - 2}, t.today, 4);
    const bool off = lower == TimeUnit::day && !frame.editing.time.work.works(unit.from.day());
    draw_text(list, {x, y}, Type::caption, marks_today ? t.on_fill : off ? t.ink_faint : t.ink_soft, label);
  }
  ImGui::PopClipRect();
  list.AddLine({frame.from.x, top + height - 0.5f}, {right, top + height - 0.5f}, t.line);
  annotate_area("gantt.scale", {frame.from.x, top, frame.to.x, top + height}, Role::column_header,
                upper_label(scale_.upper(), scale_.at(0), language), enum_name(lower));
}

void GanttChart::draw_rows(const Frame& frame) const {
  const Theme& t = frame.context.theme;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Selection& selection = frame.context.selection;
  const ImVec2 pointer = ImGui::GetMousePos();
  const bool inside = ImGui::IsWindowHovered() && pointer.x < frame.to.x && pointer.y > frame.from.y && pointer.y < frame.to.y;
  for (std::size_t row = frame.first; row < frame.last; ++row) {
    const float top = frame.table.body().top_of(row), bottom = top + row_height;
    const Record* record = frame.rows.list[row].record;
    if (record && selection.info == &frame.table.info() && selection.contains(record->id))
      list.AddRectFilled({frame.from.x, top}, {frame.to.x, bottom}, with_alpha(t.selected, 0.6f));
    else if (inside && pointer.y >= top && pointer.y < bottom && !dragging())
      list.AddRectFilled({frame.from.x, top}, {frame.to.x, bottom}, t.hover);
    list.AddLine({frame.from.x, bottom - 0.5f}, {frame.to.x, bottom - 0.5f}, with_alpha(t.line, 0.6f));
  }
}

void GanttChart::draw_bar(const Frame& frame, std::size_t table_row, std::size_t row) const {
  const BarBox box = box_of(frame, table_row, row);
  draw_marks(frame, box, table_row, row);
  if (!frame.shows(box.left - 40, box.right + 400)) return;
  if (frame.editing.outline[row].summary) draw_summary(frame, box, row);
  else if (box.milestone) draw_milestone(frame, box, row);
  else draw_task(frame, box, row);
  draw_label(frame, box, frame.table.body().top_of(table_row), row);
}

void GanttChart::draw_summary(const Frame& frame, const BarBox& box, std::size_t row) const {
  const Theme& t = frame.context.theme;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImU32 color = is_critical(frame, row) ? mix(t.bar_summary, t.bar_critical_progress, 0.55f) : t.bar_summary;
  const float right = std::max(box.right, box.left + 6), cap = std::min(6.0f, (right - box.left) / 2);
  list.AddRectFilled({box.left, box.top}, {right, box.bottom}, color, 1.5f);
  list.AddTriangleFilled({box.left, box.bottom - 1}, {box.left + cap, box.bottom - 1}, {box.left, box.bottom + 5}, color);
  list.AddTriangleFilled({right - cap, box.bottom - 1}, {right, box.bottom - 1}, {right, box.bottom + 5}, color);
  const float done = static_cast<float>(frame.facts.percent[row]) / 1000;
  if (done > 0) list.AddRectFilled({box.left + 2, box.top + 2}, {box.left + 2 + (right - box.left - 4) * done, box.bottom - 2}, t.bar_task, 1);
}

void GanttChart::draw_milestone(const Frame& frame, const BarBox& box, std::size_t row) const {
  const Theme& t = frame.context.theme;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float x = (box.left + box.right) / 2, y = box.middle();
  const bool done = frame.facts.percent[row] >= 1000;
  const ImU32 color = is_critical(frame, row) ? t.bar_critical_progress : t.milestone;
  const ImVec2 corners[] = {{x, box.top}, {box.right, y}, {x, box.bottom}, {box.left, y}};
  list.AddConvexPolyFilled(corners, 4, color);
  if (!done) return;
  const ImVec2 tick[] = {{x - 3, y}, {x - 1, y + 2.5f}, {x + 3.5f, y - 2.5f}};
  list.AddPolyline(tick, 3, t.surface, 0, 1.6f);
}

void GanttChart::draw_task(const Frame& frame, const BarBox& box, std::size_t row) const {
  const Theme& t = frame.context.theme;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const bool critical = is_critical(frame, row);
  const Task& task = *frame.editing.outline[row].task;
  constexpr float rounding = 4;
  const ImU32 whole = critical ? t.bar_critical : t.bar_task, filled = critical ? t.bar_critical_progress : t.bar_progress;
  float from = box.left;  // of the line to the next piece
  for (const auto& [left, right, done] : pieces_of(frame, box, row)) {
    if (left > from) dotted(list, from, left, box.middle(), filled);
    from = right;
    list.AddRectFilled({left, box.top}, {right, box.bottom}, whole, rounding);
    if (done > left) list.AddRectFilled({left, box.top}, {done, box.bottom}, filled, rounding, done >= right ? ImDrawFlags_RoundCornersAll : ImDrawFlags_RoundCornersLeft);
  }
  if (task.manual) {  // keeps its dates: brackets at both ends
    const ImU32 ink = critical ? t.bar_critical_progress : t.bar_progress;
    list.AddRectFilled({box.left, box.top - 2}, {box.left + 2, box.bottom + 2}, ink);
    list.AddRectFilled({box.right - 2, box.top - 2}, {box.right, box.bottom + 2}, ink);
  }
}

void GanttChart::draw_label(const Frame& frame, const BarBox& box, float top, std::size_t row) const {
  if (options.label == BarLabel::none) return;
  const Task& task = *frame.editing.outline[row].task;
  const std::string& label = options.label == BarLabel::name ? task.name : frame.facts.resources[row];
  if (label.empty()) return;
  const Theme& t = frame.context.theme;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  float x = box.right + 9;
  if (options.total_float && !frame.editing.outline[row].summary && frame.schedule->total_float[row] > 0 && frame.facts.percent[row] < 1000)
    x = std::max(x, x_of(frame, frame.schedule->late_finish[row]) + 9);
  if (x > frame.to.x) return;
  constexpr float widest = 260;
  const float width = std::min(widest, measure(Type::caption, label).x);
  const float room = options.baselines.empty() ? row_height : row_height - below_bars, y = middle(top, room, size_of(Type::caption));
  list.AddRectFilled({x - 3, y - 1}, {x + width + 3, y + size_of(Type::caption) + 1}, with_alpha(t.surface, 0.62f), 3);
  draw_text_cut(list, {x, y}, widest, Type::caption, t.ink_soft, label);
}

}  // namespace pmo::ui
