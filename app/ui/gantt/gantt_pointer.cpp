// The pointer in the Gantt chart: what can be taken hold of, what a drag shows on its way, and the edit it ends in.
#include <algorithm>
#include <cmath>

#include "imgui_internal.h"

#include "app/ui/annotate.h"
#include "app/ui/gantt/gantt_chart.h"
#include "app/ui/tasks/date_reasons.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {
namespace {

constexpr float edge = 6, circle = 4.5f, circle_away = 9, slack = 4;

std::string span_text(const Context& context, Minute start, Minute finish) {
  const std::string from = format_day(start.day(), context.language), to = format_day(finish.day(), context.language);
  return from == to ? from : from + " – " + to;
}

}  // namespace

std::optional<std::size_t> GanttChart::row_at(const Frame& frame, float y) const {
  const float place = (y - frame.table.body().top_of(0)) / row_height;
  if (place < 0 || static_cast<std::size_t>(place) >= frame.rows.list.size()) return std::nullopt;
  const Record* record = frame.rows.list[static_cast<std::size_t>(place)].record;
  return record ? frame.editing.outline.find(record->id) : std::nullopt;
}

// Dragging the ground looks around; a click on it selects the row.
void GanttChart::pan(Frame& frame) {
  ImGui::SetCursorScreenPos(frame.from);
  ImGui::SetNextItemAllowOverlap();
  ImGui::InvisibleButton("###ground", {std::max(1.0f, frame.to.x - frame.from.x), std::max(1.0f, frame.to.y - frame.from.y)},
                         ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonMiddle);
  annotate(Role::region, frame.context.text("gantt.title"_key), {}, {.draggable = true});
  const bool middle_button = ImGui::IsMouseDragging(ImGuiMouseButton_Middle, 3);
  if (ImGui::IsItemActivated()) pan_from_ = frame.table.body().scroll;
  if (ImGui::IsItemActive() && (middle_button || ImGui::IsMouseDragging(0, 3))) {
    panning_ = true;
    const ImVec2 moved = ImGui::GetIO().MouseDelta;
    scale_.scroll(-moved.x);
    if (moved.y != 0) frame.table.scroll_to(std::max(0.0f, (pan_from_ -= moved.y)));
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeAll);
  }
  if (!ImGui::IsItemDeactivated()) return;
  const bool clicked = !std::exchange(panning_, false);
  if (clicked && hovered_link_) return open_link(frame, hovered_link_);
  const float place = (ImGui::GetMousePos().y - frame.table.body().top_of(0)) / row_height;
  if (clicked && place >= 0 && static_cast<std::size_t>(place) < frame.rows.list.size() && frame.rows.list[static_cast<std::size_t>(place)].record)
    frame.table.click_row(frame.context, static_cast<std::size_t>(place));
  frame.table.take_focus();
}

bool GanttChart::submit_zone(const Frame& frame, Zone zone, const char* name, std::size_t row, ImVec2 from, ImVec2 to) {
  from = {std::max(from.x, frame.from.x - 20), from.y};
  to = {std::min(to.x, frame.to.x + 20), to.y};
  if (to.x <= from.x) return false;
  const Task& task = *frame.editing.outline[row].task;
  ImGui::SetCursorScreenPos(from);
  if (zone == Zone::bar) ImGui::SetNextItemAllowOverlap();
  const std::string id = "###" + std::string(name) + "." + task.id.text();
  ImGui::InvisibleButton(id.c_str(), {to.x - from.x, std::max(1.0f, to.y - from.y)}, ImGuiButtonFlags_PressedOnClick);
  if (zone == Zone::bar) {
    const engine::Schedule& schedule = *frame.schedule;
    const std::string value = span_text(frame.context, schedule.start[row], schedule.finish[row]) + ", " +
                              format_percent({frame.facts.percent[row]});
    annotate(Role::bar, task.name, value,
             {.selected = frame.context.selection.contains(task.id) ? Flag::yes : Flag::no, .draggable = true});
  } else {
    annotate(Role::slider, {}, {}, {.draggable = true});
  }
  return ImGui::IsItemHovered();
}

// Submits what of a bar can be taken hold of; answers with the part below the pointer.
GanttChart::Zone GanttChart::submit_zones(const Frame& frame, const BarBox& box, std::size_t row) {
  const auto& place = frame.editing.outline[row];
  const bool summary = place.summary;
  const float top = box.top - slack, bottom = box.bottom + slack;
  Zone over = Zone::none;
  const auto add = [&](Zone zone, const char* name, ImVec2 from, ImVec2 to) {
    if (submit_zone(frame, zone, name, row, from, to)) over = zone;
  };
  add(Zone::bar, "bar", {box.left, top}, {box.right, bottom});
  const bool wide = box.right - box.left > 3 * edge;
  if (!summary && !box.milestone) {
    const float at = place_of_share(pieces_of(frame, box, row), frame.facts.percent[row] / 1000.0);
    if (wide) add(Zone::progress, "progress", {std::clamp(at - edge, box.left, box.right - 2 * edge), box.bottom - 4}, {std::clamp(at + edge, box.left + 2 * edge, box.right), bottom});
    add(Zone::finish, "finish", {wide ? box.right - edge : box.right - 1, top}, {box.right + 3, box.bottom - (wide ? 3 : 0)});
  }
  const float middle_y = box.middle();
  add(Zone::link_start, "link_start", {box.left - circle_away - circle - 2, middle_y - circle - 3}, {box.left - circle_away + circle + 3, middle_y + circle + 3});
  add(Zone::link_finish, "link_finish", {box.right + circle_away - circle - 2, middle_y - circle - 3}, {box.right + circle_away + circle + 2, middle_y + circle + 3});
  return over;
}

void GanttChart::take_bar(Frame& frame, std::size_t table_row, std::size_t row) {
  const BarBox box = box_of(frame, table_row, row);
  if (box.right < frame.from.x + 4 || box.left > frame.to.x - 4) return draw_way_to_bar(frame, table_row, row);
  const Theme& t = frame.context.theme;
  const Task& task = *frame.editing.outline[row].task;
  const Zone over = submit_zones(frame, box, row);
  const bool here = over != Zone::none && !dragging();
  if (here) hovered_ = task.id;
  if (here && ImGui::IsMouseClicked(1)) {
    if (!frame.context.selection.contains(task.id)) frame.table.click_row(frame.context, table_row);
    frame.table.open_row_menu();
  }
  if (here && ImGui::IsMouseClicked(0)) press(frame, over, table_row, row);
  if (!here && !(drag_ && drag_->task() == task.id)) return;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const bool task_bar = !box.milestone && !frame.editing.outline[row].summary;
  if (task_bar)
    list.AddRect({box.left - 0.5f, box.top - 0.5f}, {box.right + 0.5f, box.bottom + 0.5f}, t.bar_progress, 4, 0, 1.5f);
  if (!here) return;
  const auto handle = [&](float x, bool hot) {
    list.AddCircleFilled({x, box.middle()}, circle, hot ? t.accent : t.surface);
    list.AddCircle({x, box.middle()}, circle, t.accent, 0, 1.5f);
  };
  handle(box.left - circle_away, over == Zone::link_start);
  handle(box.right + circle_away, over == Zone::link_finish);
  if (task_bar && box.right - box.left > 3 * edge) {
    const float x = place_of_share(pieces_of(frame, box, row), frame.facts.percent[row] / 1000.0);
    const ImVec2 corners[] = {{x, box.bottom - 4}, {x + 5, box.bottom + 4}, {x - 5, box.bottom + 4}};
    list.AddConvexPolyFilled(corners, 3, over == Zone::progress ? t.accent : t.surface);
    list.AddPolyline(corners, 3, t.accent, ImDrawFlags_Closed, 1.5f);
  }
  if (over == Zone::finish || over == Zone::progress) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  else if (over != Zone::bar) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  else ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  draw_bar_tooltip(frame, row);
}

// Where a bar is when it is out of sight: an arrow at that side, which leads there.
void GanttChart::draw_way_to_bar(Frame& frame, std::size_t table_row, std::size_t row) {
  const Task& task = *frame.editing.outline[row].task;
  const bool left = box_of(frame, table_row, row).right < frame.from.x + 4;
  const float top = frame.table.body().top_of(table_row), x = left ? frame.from.x + 2 : frame.to.x - 22;
  const Theme& t = frame.context.theme;
  ImGui::SetCursorScreenPos({x, top + 5});
  const std::string id = "###goto." + task.id.text();
  ImGui::InvisibleButton(id.c_str(), {20, row_height - 10});
  annotate(Role::button, frame.context.text("gantt.go_to"_key, {task.name}));
  const bool hovered = ImGui::IsItemHovered();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_text(list, {x + 3, middle(top, row_height, size_of(Type::body))}, Type::body, hovered ? t.accent : with_alpha(t.ink_faint, 0.55f),
            left ? icon::chevron_left : icon::chevron_right);
  if (hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  tooltip(task.name);
  if (ImGui::IsItemClicked()) show_task(frame.context.analyses, task.id);
}

void GanttChart::press(Frame& frame, Zone zone, std::size_t table_row, std::size_t row) {
  const Task& task = *frame.editing.outline[row].task;
  const ImGuiIO& io = ImGui::GetIO();
  Selection& selection = frame.context.selection;
  const bool selected = selection.info == &frame.table.info() && selection.contains(task.id);
  const bool kept = selected && !io.KeyCtrl && !io.KeyShift;
  if (!kept) frame.table.click_row(frame.context, table_row);
  else selection.current = task.id;
  pressed_ = {.zone = zone,
              .task = task.id,
              .moment = scale_.at(io.MousePos.x - frame.from.x),
              .twice = ImGui::IsMouseDoubleClicked(0),
              .kept = kept};
}

void GanttChart::begin_drag(Frame& frame) {
  const auto row = frame.editing.outline.find(pressed_.task);
  if (!row) return;
  DragKind kind = pressed_.zone == Zone::finish ? DragKind::resize : pressed_.zone == Zone::progress ? DragKind::progress : DragKind::link;
  // Along its row a bar moves; taken to another row it is linked with what is there.
  const std::int32_t place = places_[*row];
  const bool in_row = place >= 0 && std::abs(ImGui::GetMousePos().y - frame.table.body().top_of(static_cast<std::size_t>(place)) - row_height / 2) < row_height * 0.75f;
  if (pressed_.zone == Zone::bar) kind = in_row ? DragKind::move : DragKind::link;
  if (drag_ && drag_->kind() == kind) return;
  link_target_.reset();
  std::vector<Id> selected;
  for (const auto& each : frame.editing.outline.rows())
    if (frame.context.selection.contains(each.task->id)) selected.push_back(each.task->id);
  drag_.emplace(kind, frame.editing, *row, selected);
  dragged_in_ = frame.context.project.revision();
  ++preview_number_;
  frame.schedule = &frame.editing.plan.schedule;
  if (!drag_->possible()) {
    frame.context.messages.warning(std::string(frame.context.text("gantt.started_stays"_key)));
    give_up();
  }
}

void GanttChart::give_up() {
  drag_.reset();
  pressed_ = {};
}

void GanttChart::follow_pointer(Frame& frame) {
  if (pressed_.zone == Zone::none) return;
  const ImGuiIO& io = ImGui::GetIO();
  if (ImGui::IsKeyPressed(ImGuiKey_Escape) || !ImGui::IsMousePosValid()) {  // the pointer is gone with the window's focus
    give_up();
    frame.schedule = &frame.editing.plan.schedule;
    frame.table.take_focus();
    return frame.context.platform.request_frame();
  }
  if ((!drag_ && ImGui::IsMouseDragging(0, 4)) || (drag_ && pressed_.zone == Zone::bar)) begin_drag(frame);
  if (drag_) {
    // Held at the edge, the time goes by.
    constexpr float margin = 24;
    const float beyond = io.MousePos.x < frame.from.x + margin ? io.MousePos.x - frame.from.x - margin
                         : io.MousePos.x > frame.to.x - margin ? io.MousePos.x - frame.to.x + margin : 0;
    if (beyond != 0 && drag_->kind() != DragKind::progress) {
      scale_.scroll(std::clamp(beyond, -margin, margin) * 0.5f);
      frame.context.platform.request_frame_in(0.02);
    }
    const std::int64_t minutes = scale_.at(io.MousePos.x - frame.from.x) - pressed_.moment;
    if (drag_->kind() == DragKind::link) {
      draw_link_drag(frame);
    } else if (drag_->kind() == DragKind::progress) {
      const auto row = frame.editing.outline.find(drag_->task());
      const BarBox box = box_of(frame, static_cast<std::size_t>(std::max(0, places_[*row])), *row);
      drag_->drag_progress({static_cast<std::int32_t>(1000 * share_at(pieces_of(frame, box, *row), io.MousePos.x))});
    } else {
      preview_number_ += drag_->drag_by(frame.editing, minutes, by_minutes());
    }
    draw_drag_note(frame);
  }
  if (!ImGui::IsMouseDown(0)) end_drag(frame);
}

void GanttChart::end_drag(Frame& frame) {
  const Pressed pressed = std::exchange(pressed_, {});
  frame.table.take_focus();
  frame.context.platform.request_frame();
  if (!drag_ && pressed.kept)
    if (const auto shown = frame.rows.find(pressed.task)) frame.table.click_row(frame.context, *shown);
  if (!drag_ && pressed.twice) frame.context.navigation.open_record(frame.table.info(), pressed.task);
  if (!drag_) return;
  const BarDrag drag = *std::exchange(drag_, std::nullopt);
  frame.schedule = &frame.editing.plan.schedule;
  Context& context = frame.context;
  const auto row = frame.editing.outline.find(drag.task());
  if (!row) return;
  const std::string name = frame.editing.outline[*row].task->name;
  const auto apply = [&](Transaction& change) { drag.apply(change, frame.editing); };
  if (drag.kind() == DragKind::link) {
    if (!link_target_) return;
    const Id to = frame.editing.outline[*link_target_].task->id;
    context.change("transaction.gantt_link"_key, {name, frame.editing.outline[*link_target_].task->name},
                   [&](Transaction& change) { link(change, drag.task(), to, link_type_); });
  } else if (drag.kind() == DragKind::progress) {
    context.change("transaction.gantt_progress"_key, {name, format_percent(drag.progress())}, apply);
  } else if (drag.kind() == DragKind::resize && drag.changed()) {
    const Scales scales = scales_of(context.project);
    context.change("transaction.gantt_resize"_key, {name, format_duration({drag.duration()}, scales, context.language)}, apply);
  } else if (drag.changed()) {
    const Minute start = drag.schedule(frame.editing).start[*row];
    context.change("transaction.gantt_move"_key, {name, format_day(start.day(), context.language)}, apply);
  }
}

void GanttChart::draw_link_drag(Frame& frame) {
  const Theme& t = frame.context.theme;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const auto row = frame.editing.outline.find(drag_->task());
  const ImVec2 pointer = ImGui::GetMousePos();
  const bool from_start = pressed_.zone == Zone::link_start;
  const std::int32_t place = places_[*row];
  if (place < 0) return;
  const BarBox box = box_of(frame, static_cast<std::size_t>(place), *row);
  link_target_ = row_at(frame, pointer.y);
  if (link_target_ == row || (link_target_ && !frame.schedule->scheduled[*link_target_])) link_target_.reset();
  if (link_target_) {
    const BarBox target = box_of(frame, static_cast<std::size_t>(places_[*link_target_]), *link_target_);
    if (pointer.x < target.left - 30 || pointer.x > target.right + 30) {
      link_target_.reset();
    } else {
      const bool to_finish = pressed_.zone != Zone::bar && target.right - target.left > 24 && pointer.x > (target.left + target.right) / 2;
      link_type_ = from_start ? (to_finish ? LinkType::start_to_finish : LinkType::start_to_start)
                              : (to_finish ? LinkType::finish_to_finish : LinkType::finish_to_start);
      list.AddRect({target.left - 3, target.top - 3}, {target.right + 3, target.bottom + 3}, t.accent, 5, 0, 2);
    }
  }
  const ImVec2 from(from_start ? box.left : box.right, box.middle());
  list.AddLine(from, pointer, t.accent, 2);
  list.AddCircleFilled(from, circle, t.accent);
  list.AddCircleFilled(pointer, circle, t.accent);
}

// What the drag has come to, beside the pointer.
void GanttChart::draw_drag_note(const Frame& frame) const {
  const Context& context = frame.context;
  const auto row = frame.editing.outline.find(drag_->task());
  if (!row) return;
  const engine::Schedule& now = frame.editing.plan.schedule;
  const engine::Schedule& shown = drag_->schedule(frame.editing);
  const Scales scales = scales_of(context.project);
  std::vector<std::string> lines;
  if (drag_->kind() == DragKind::link) {
    if (link_target_) {
      const std::string& from = frame.editing.outline[*row].task->name;
      const std::string& to = frame.editing.outline[*link_target_].task->name;
      lines = {std::string(context.text(register_of<Link>().find("type")->choice_key(enum_name(link_type_)))), from + "  " + icon::arrow_right + "  " + to};
    } else {
      lines = {std::string(context.text("gantt.link_where"_key))};
    }
  } else if (drag_->kind() == DragKind::progress) {
    lines = {context.text("gantt.progress"_key, {format_percent(drag_->progress())})};
  } else {
    const auto moment = [&](Minute at) {
      return by_minutes() ? format_minute(at, context.language, DayStyle::weekday) : format_day(at.day(), context.language, DayStyle::weekday);
    };
    lines = {moment(shown.start[*row]) + " – " + moment(shown.finish[*row]),
             format_duration({drag_->kind() == DragKind::resize ? drag_->duration() : frame.facts.duration[*row]}, scales, context.language)};
    if (drag_->count() > 1) lines[1] += "  ·  " + context.text("gantt.several"_key, {std::to_string(drag_->count())});
    const std::int64_t later = frame.editing.time.work.between(now.project_finish, shown.project_finish);
    if (later != 0)
      lines.push_back(context.text(later > 0 ? "gantt.project_later"_key : "gantt.project_earlier"_key,
                                   {format_duration({std::abs(later)}, scales, context.language), format_day(shown.project_finish.day(), context.language)}));
  }
  float width = 0;
  for (const auto& line : lines) width = std::max(width, measure(Type::body, line).x);
  const Theme& t = context.theme;
  ImDrawList& front = *ImGui::GetForegroundDrawList();
  ImVec2 at(ImGui::GetMousePos().x + 16, ImGui::GetMousePos().y + 18);
  at.x = std::min(at.x, ImGui::GetIO().DisplaySize.x - width - 32);
  const float line_height = 21, height = line_height * static_cast<float>(lines.size()) + 12;
  front.AddRectFilled(at, {at.x + width + 20, at.y + height}, t.dark ? t.raised : t.ink, 6);
  if (t.dark) front.AddRect(at, {at.x + width + 20, at.y + height}, t.line_strong, 6);
  for (std::size_t i = 0; i < lines.size(); ++i)
    draw_text(front, {at.x + 10, at.y + 7 + line_height * static_cast<float>(i)}, i == 0 ? Type::strong : Type::body, t.dark ? t.ink : t.on_fill, lines[i]);
  annotate_area("gantt.drag", {at.x, at.y, at.x + width + 20, at.y + height}, Role::status, lines.front(), lines.size() > 1 ? lines[1] : std::string());
}

void GanttChart::draw_bar_tooltip(const Frame& frame, std::size_t row) const {
  if (pressed_.zone != Zone::none || !ImGui::IsMouseHoveringRect(frame.from, frame.to)) return;
  if (!ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem) || ImGui::GetCurrentContext()->HoveredIdTimer < 0.45f) {
    frame.context.platform.request_frame_in(0.5);
    return;
  }
  const Context& context = frame.context;
  const Theme& t = context.theme;
  const Task& task = *frame.editing.outline[row].task;
  const engine::Schedule& schedule = *frame.schedule;
  const Scales scales = scales_of(context.project);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(12, 10));
  ImGui::PushStyleColor(ImGuiCol_PopupBg, t.raised);
  ImGui::PushStyleColor(ImGuiCol_Border, t.line_strong);
  if (ImGui::BeginTooltip()) {
    text(Type::strong, task.name);
    const auto line = [&](Key key, const std::string& value) { key_value(context.text(key), value, 96); };
    line("task_column.start"_key, format_minute(schedule.start[row], context.language, DayStyle::weekday));
    line("task_column.finish"_key, format_minute(schedule.finish[row], context.language, DayStyle::weekday));
    line("task.duration"_key, format_duration({frame.facts.duration[row]}, scales, context.language));
    line("task.percent_complete"_key, format_percent({frame.facts.percent[row]}));
    if (!frame.editing.outline[row].summary) line("task_column.total_float"_key, format_duration({schedule.total_float[row]}, scales, context.language));
    if (!frame.facts.resources[row].empty()) line("task_column.resources"_key, frame.facts.resources[row]);
    if (task.deadline) line("task.deadline"_key, format_day(task.deadline->day(), context.language));
    gap(0.25f);
    paragraph(Type::caption, start_reason_text(context, frame.editing, row), t.ink_soft, 300);
    ImGui::EndTooltip();
  }
  ImGui::PopStyleColor(2);
  ImGui::PopStyleVar();
}

void GanttChart::draw_scrollbars(Frame& frame) {
  const float bar = ImGui::GetStyle().ScrollbarSize;
  const float height = frame.table.content_height(), shown = frame.to.y - frame.from.y;
  if (height > shown + 1) {
    ImS64 scroll = static_cast<ImS64>(frame.table.body().scroll);
    if (ImGui::ScrollbarEx(ImRect({frame.to.x, frame.from.y}, {frame.to.x + bar, frame.to.y}), ImGui::GetID("###down"), ImGuiAxis_Y, &scroll,
                           static_cast<ImS64>(shown), static_cast<ImS64>(height), ImDrawFlags_RoundCornersAll))
      frame.table.scroll_to(static_cast<float>(scroll));
  }
  // All of the project and what is looked at now, with some room on both sides.
  const engine::Schedule& schedule = frame.editing.plan.schedule;
  constexpr float room = 120;
  const float from = std::min(0.0f, scale_.x_of(schedule.project_start) - room);
  const float to = std::max(width_, scale_.x_of(schedule.project_finish) + room);
  if (to - from <= width_ + 1) return;
  ImS64 across = static_cast<ImS64>(-from);
  if (ImGui::ScrollbarEx(ImRect({frame.from.x, frame.to.y}, {frame.to.x, frame.to.y + bar}), ImGui::GetID("###across"), ImGuiAxis_X, &across,
                         static_cast<ImS64>(width_), static_cast<ImS64>(to - from), ImDrawFlags_RoundCornersAll))
    scale_.scroll(static_cast<float>(across) + from);
}

}  // namespace pmo::ui
