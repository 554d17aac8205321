#include "app/ui/gantt/gantt_chart.h"

#include <algorithm>
#include <cmath>

#include "imgui_internal.h"

#include "app/ui/annotate.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {

void GanttChart::forget() {
  placed_ = false;
  places_.clear();
  places_of_ = 0;
  baselines_.clear();
  baselines_of_ = {};
  options.baselines.clear();
  give_up();
}

void GanttChart::fit(Analyses& analyses) {
  const engine::Schedule& schedule = analyses.of<ScheduleOf>().schedule;
  scale_.fit({schedule.project_start, schedule.project_finish}, width_);
}

void GanttChart::show_task(Analyses& analyses, Id task) {
  const auto row = analyses.of<OutlineOf>().find(task);
  if (!row) return;
  scale_.show_from(analyses.of<ScheduleOf>().schedule.start[*row]);
  scale_.scroll(-std::min(120.0f, width_ * 0.25f));
}

// The first look at a project: all of it when that can be read, its beginning otherwise.
void GanttChart::place(const Frame& frame) {
  if (placed_ || width_ < 50) return;
  placed_ = true;
  const engine::Schedule& schedule = *frame.schedule;
  scale_.fit({schedule.project_start, schedule.project_finish}, width_);
  constexpr double readable = 4.6, close_enough = 28;
  scale_.set_day_width(std::clamp(scale_.day_width(), readable, close_enough));
  scale_.show_from(schedule.project_start);
  scale_.scroll(-static_cast<float>(TimeScale::room_for_links));
}

void GanttChart::keep_places(const Frame& frame) {
  const Outline& outline = frame.editing.outline;
  const Project& project = frame.context.project;
  if (baselines_of_ != std::pair(options.baselines, project.revision())) {
    std::erase_if(options.baselines, [&](Ref<Baseline> baseline) { return !project.find(baseline); });
    baselines_.clear();
    for (const auto baseline : options.baselines) baselines_.push_back(baseline_dates(project, outline, baseline));
    baselines_of_ = {options.baselines, project.revision()};
  }
  if (places_of_ == frame.table.rows_version() && places_.size() == outline.size()) return;
  places_of_ = frame.table.rows_version();
  places_.assign(outline.size(), -1);
  for (std::size_t i = 0; i < frame.rows.list.size(); ++i)
    if (const Record* record = frame.rows.list[i].record)
      if (const auto row = outline.find(record->id)) places_[*row] = static_cast<std::int32_t>(i);
}

bool GanttChart::take_time_wheel() {
  const ImGuiIO& io = ImGui::GetIO();
  ImGui::SetKeyOwner(ImGuiKey_MouseWheelY, ImGui::GetID("wheel"));
  ImGui::SetKeyOwner(ImGuiKey_MouseWheelX, ImGui::GetID("wheel"));
  constexpr float across = 80;
  if (io.MouseWheelH != 0) scale_.scroll(-io.MouseWheelH * across);
  if (io.MouseWheel == 0) return true;
  if (io.KeyCtrl) scale_.zoom(std::pow(1.25, static_cast<double>(io.MouseWheel)), io.MousePos.x - left_);
  else if (io.KeyShift) scale_.scroll(-io.MouseWheel * across);
  else return false;
  return true;
}

void GanttChart::take_wheel(Frame& frame) {
  if (!ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem)) return;
  constexpr float notch = 3 * row_height;
  const float turned = ImGui::GetIO().MouseWheel;
  if (!take_time_wheel()) frame.table.scroll_to(frame.table.body().scroll - turned * notch);
  if (turned != 0) frame.context.platform.request_frame();
}

void GanttChart::draw(Context& context, RecordTable& table) {
  const Theme& t = context.theme;
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  ImGui::BeginChild("gantt", {0, 0}, 0, ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoNav);
  ImGui::PopStyleVar(2);
  const float bar = ImGui::GetStyle().ScrollbarSize;
  const ImVec2 origin = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
  const TableBody& body = table.body();
  left_ = origin.x;
  width_ = std::max(1.0f, size.x - bar);
  const Rows& rows = table.rows(context);
  const TaskEditing editing = TaskEditing::of(context.analyses);
  const auto first = static_cast<std::size_t>(std::max(0.0f, body.scroll / row_height));
  const auto count = static_cast<std::size_t>(std::max(0.0f, body.to.y - body.from.y) / row_height) + 2;
  if (drag_ && dragged_in_ != context.project.revision()) give_up();
  Frame frame{.context = context,
              .table = table,
              .rows = rows,
              .editing = editing,
              .facts = context.analyses.of<TaskFactsOf>(),
              .schedule = drag_ ? &drag_->schedule(editing) : &editing.plan.schedule,
              .from = {origin.x, body.from.y},
              .to = {origin.x + width_, body.to.y},
              .first = first,
              .last = std::min(rows.list.size(), first + count)};
  place(frame);
  keep_places(frame);
  take_wheel(frame);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(origin, {origin.x + size.x, origin.y + size.y}, t.surface);
  ImGui::PushClipRect(frame.from, frame.to, true);
  pan(frame);
  const TimeGround ground{scale_, editing.time, t, frame.from, frame.to};
  ground.draw_days(list, true);
  draw_rows(frame);
  ground.draw_days_of_note(list, editing.plan.plan.status_date, context.today);
  if (options.links) draw_links(frame);
  hovered_ = {};
  for (std::size_t place = frame.first; place < frame.last; ++place) {
    if (!rows.list[place].record) continue;
    const auto row = editing.outline.find(rows.list[place].record->id);
    if (!row || !frame.schedule->scheduled[*row]) continue;
    draw_bar(frame, place, *row);
    take_bar(frame, place, *row);
    take_constraint(frame, place, *row);
  }
  if (options.progress_line) draw_progress_line(frame);
  take_links(frame);
  follow_pointer(frame);
  draw_link_popover(frame);
  ImGui::PopClipRect();
  draw_header(frame, origin.y);
  draw_scrollbars(frame);
  ImGui::EndChild();
}

}  // namespace pmo::ui
