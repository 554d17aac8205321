// What stands around the bars: baselines, float, deadlines, constraints, and the progress line across them.
#include <algorithm>
#include <cmath>

#include "app/ui/annotate.h"
#include "app/ui/gantt/baseline_marks.h"
#include "app/ui/gantt/gantt_chart.h"
#include "app/ui/gantt/progress_line.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {

void GanttChart::draw_marks(const Frame& frame, const BarBox& box, std::size_t table_row, std::size_t row) const {
  const Theme& t = frame.context.theme;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float top = frame.table.body().top_of(table_row);
  for (std::size_t i = 0; i < baselines_.size(); ++i) {
    const auto& rows = baselines_[i].rows;
    if (row >= rows.size() || !rows[row]) continue;
    const float left = x_of(frame, rows[row]->start), right = x_of(frame, rows[row]->finish);
    const BaselineLane lane = baseline_lane(i, baselines_.size());
    if (frame.shows(left - 8, right + 8)) draw_baseline_mark(list, t, i, std::max(left, frame.from.x - 20), std::min(right, frame.to.x + 20), top + lane.top, lane.height);
  }
  const bool leaf = !frame.editing.outline[row].summary;
  if (options.total_float && leaf && frame.schedule->total_float[row] > 0 && frame.facts.percent[row] < 1000) {
    const float to = x_of(frame, frame.schedule->late_finish[row]);
    const float y = box.bottom - 3;
    if (to > box.right) {
      list.AddLine({box.right, y}, {to, y}, t.bar_float, 3);
      list.AddLine({to, y - 4}, {to, y + 4}, t.bar_float, 2);
    }
  }
  if (const auto deadline = frame.editing.outline[row].task->deadline) {
    const float x = x_of(frame, *deadline), y = top + row_height / 2;
    const bool missed = frame.schedule->finish[row] > *deadline;
    const ImU32 color = missed ? t.tone(Tone::bad).fill : t.tone(Tone::good).fill;
    const ImVec2 corners[] = {{x - 5, y - 6}, {x + 5, y - 6}, {x, y + 7}};
    if (missed) list.AddConvexPolyFilled(corners, 3, color);
    else list.AddPolyline(corners, 3, color, ImDrawFlags_Closed, 1.5f);
  }
}

// A wall at the date of a constraint, and the side to which the task may go: right of it for "no earlier", left for "no
// later", neither for "must".
void GanttChart::take_constraint(const Frame& frame, std::size_t table_row, std::size_t row) const {
  const Task& task = *frame.editing.outline[row].task;
  const ConstraintType kind = task.constraint;
  if (!options.constraints || !task.constraint_date || frame.editing.outline[row].summary || task.manual) return;
  if (kind == ConstraintType::as_soon_as_possible || kind == ConstraintType::as_late_as_possible) return;
  const float x = x_of(frame, *task.constraint_date), top = frame.table.body().top_of(table_row) + 1;
  constexpr float height = 8, reach = 6;
  if (!frame.shows(x - reach, x + reach)) return;
  ImGui::SetCursorScreenPos({x - reach, top});
  const std::string id = "###constraint." + task.id.text();
  ImGui::InvisibleButton(id.c_str(), {2 * reach, height});
  const Context& context = frame.context;
  const std::string name(context.text(register_of<Task>().find("constraint")->choice_key(enum_name(kind))));
  const std::string date = format_minute(*task.constraint_date, context.language);
  annotate(Role::image, name, date);
  if (ImGui::IsItemClicked()) frame.table.click_row(frame.context, table_row);
  tooltip(format_pair(name, date, context.language));
  const Theme& t = context.theme;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImU32 color = ImGui::IsItemHovered() ? t.accent : t.ink_soft;
  const bool earlier = kind == ConstraintType::start_no_earlier_than || kind == ConstraintType::finish_no_earlier_than;
  const bool later = kind == ConstraintType::start_no_later_than || kind == ConstraintType::finish_no_later_than;
  const float middle_y = top + height / 2, side = earlier ? 1.0f : -1.0f;
  list.AddRectFilled({x - 1, top}, {x + 1, top + height}, color);
  if (earlier || later) {
    list.AddTriangleFilled({x + side * 2, top + 1}, {x + side * 2, top + height - 1}, {x + side * reach, middle_y}, color);
  } else {
    list.AddRectFilled({x - reach + 2, top}, {x + reach - 2, top + 2}, color);
    list.AddRectFilled({x - reach + 2, top + height - 2}, {x + reach - 2, top + height}, color);
  }
}

// Against the first baseline that is shown, or else against the plan itself.
void GanttChart::draw_progress_line(const Frame& frame) const {
  const engine::Plan& plan = frame.editing.plan.plan;
  const float status = frame.from.x + TimeGround::x_of_status(scale_, plan.status_date.value_or(frame.context.today));
  std::vector<ProgressSpike> spikes;
  std::int64_t behind = 0, ahead = 0;
  for (std::size_t place = frame.first; place < frame.last; ++place) {
    const Record* record = frame.rows.list[place].record;
    const auto row = record ? frame.editing.outline.find(record->id) : std::nullopt;
    if (!row || frame.editing.outline[*row].summary || !frame.schedule->scheduled[*row]) continue;
    const double share = frame.facts.percent[*row] / 1000.0;
    const BaselineDates::Span* agreed = !baselines_.empty() && *row < baselines_[0].rows.size() && baselines_[0].rows[*row] ? &*baselines_[0].rows[*row] : nullptr;
    std::vector<BarPiece> pieces;
    if (agreed) {
      pieces = bar_pieces({{x_of(frame, agreed->start), x_of(frame, agreed->finish)}}, share);
    } else {
      const BarBox box = box_of(frame, place, *row);
      if (box.milestone) pieces = {{(box.left + box.right) / 2, (box.left + box.right) / 2}};
      else pieces = pieces_of(frame, box, *row);
    }
    const auto x = progress_place(pieces, share, status);
    if (!x || std::abs(*x - status) < 1) continue;
    const float top = frame.table.body().top_of(place);
    spikes.push_back({top, top + row_height, *x});
    ++(*x < status ? behind : ahead);
  }
  const Theme& t = frame.context.theme;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const auto line = progress_line(status, frame.from.y, frame.to.y, spikes);
  for (std::size_t i = 0; i + 1 < line.size(); ++i) list.AddLine(line[i], line[i + 1], t.status_date, 2);  // as one line its sharp corners would stick out
  for (const ProgressSpike& spike : spikes)
    list.AddCircleFilled({spike.x, (spike.top + spike.bottom) / 2}, 3.5f, t.tone(spike.x < status ? Tone::bad : Tone::good).fill);
  annotate_area("progress_line", {status - 3, frame.from.y, status + 3, frame.to.y}, Role::image, frame.context.text("gantt.progress_line"_key),
                frame.context.text("gantt.progress_line.counts"_key, {format_integer(behind), format_integer(ahead)}));
}

}  // namespace pmo::ui
