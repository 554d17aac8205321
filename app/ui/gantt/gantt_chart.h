// The Gantt chart beside a table of tasks: bars in the table's rows, on a time axis that is scrolled and zoomed.
//
//   table.draw(context);                   // first: the chart follows its rows
//   chart.draw(context, table);
//
// Pointer: drag a bar to move it, its right edge to change the duration, the handle below it for progress, the circles at
// its ends (or up and down from the bar) to link; drag the ground to look around. Wheel scrolls, with Shift sideways,
// with Ctrl zooms around the pointer. Escape ends a drag without effect. Each drag is one undoable edit.
//
// Widgets are named "bar.ID", "finish.ID" (right edge), "progress.ID", "link_start.ID" and "link_finish.ID" (circles),
// "constraint.ID" (the mark at its date), "goto.ID" (at the side of rows whose bar is out of sight), with the id of the task.
#pragma once

#include "app/ui/gantt/bar_drag.h"
#include "app/ui/gantt/bar_pieces.h"
#include "app/ui/gantt/gantt_options.h"
#include "app/ui/gantt/link_route.h"
#include "app/ui/gantt/time_ground.h"
#include "app/ui/table/cell_drawing.h"
#include "app/ui/table/record_table.h"

namespace pmo::ui {

class GanttChart {
 public:
  GanttOptions options;

  void draw(Context& context, RecordTable& table);
  void forget();  // another project is open

  void step(bool closer) { scale_.step(closer, width_ / 2); }
  void fit(Analyses& analyses);
  void show_day(Day day) { scale_.show_from(Minute::at(day)), scale_.scroll(-width_ * 0.3f); }
  void show_task(Analyses& analyses, Id task);

  // The time axis, for what goes along with it below the chart: where it lies on the screen, and moving it.
  const TimeScale& scale() const { return scale_; }
  float left() const { return left_; }
  float width() const { return width_; }
  void scroll(float pixels) { scale_.scroll(pixels); }
  // What the schedule would be while a bar is dragged, and a number that tells one from the next; null: nothing would change.
  const engine::Schedule* preview() const { return drag_ ? drag_->preview() : nullptr; }
  std::uint64_t preview_number() const { return preview_number_; }
  bool take_time_wheel();  // zooms or goes sideways; false: the wheel turns, but means neither

 private:
  // What one frame is drawn from.
  struct Frame {
    Context& context;
    RecordTable& table;
    const Rows& rows;
    TaskEditing editing;
    const TaskFacts& facts;
    const engine::Schedule* schedule;  // shown: as it would be while a drag is under way
    ImVec2 from, to;                   // of the rows
    std::size_t first, last;           // rows of the table on the screen

    bool shows(float left, float right) const { return right >= from.x && left <= to.x; }
  };
  // The part of a bar that the pointer is on.
  enum class Zone : unsigned char { none, bar, finish, progress, link_start, link_finish };
  struct Pressed {
    Zone zone = Zone::none;
    Id task;
    Minute moment;  // below the pointer
    bool twice = false;  // a double click, when no drag follows
    bool kept = false;   // as one of several selected: when no drag follows, it alone is meant
  };

  void place(const Frame& frame);
  void take_wheel(Frame& frame);
  void keep_places(const Frame& frame);

  // gantt_drawing.cpp
  void draw_header(const Frame& frame, float top) const;
  void draw_rows(const Frame& frame) const;
  void draw_bar(const Frame& frame, std::size_t table_row, std::size_t row) const;
  void draw_summary(const Frame& frame, const BarBox& box, std::size_t row) const;
  void draw_milestone(const Frame& frame, const BarBox& box, std::size_t row) const;
  void draw_task(const Frame& frame, const BarBox& box, std::size_t row) const;
  void draw_label(const Frame& frame, const BarBox& box, float top, std::size_t row) const;
  bool is_critical(const Frame& frame, std::size_t row) const;
  float x_of(const Frame& frame, Minute moment) const;
  BarBox box_of(const Frame& frame, std::size_t table_row, std::size_t row) const;
  std::vector<BarPiece> pieces_of(const Frame& frame, const BarBox& box, std::size_t row) const;  // with the progress shown

  // gantt_marks.cpp
  void draw_marks(const Frame& frame, const BarBox& box, std::size_t table_row, std::size_t row) const;
  void take_constraint(const Frame& frame, std::size_t table_row, std::size_t row) const;
  void draw_progress_line(const Frame& frame) const;

  // gantt_links.cpp
  void find_links(const Frame& frame);
  void draw_links(const Frame& frame);
  void take_links(const Frame& frame);
  void open_link(const Frame& frame, Id link);
  void draw_link_popover(Frame& frame);

  // gantt_pointer.cpp
  void take_bar(Frame& frame, std::size_t table_row, std::size_t row);
  Zone submit_zones(const Frame& frame, const BarBox& box, std::size_t row);
  bool submit_zone(const Frame& frame, Zone zone, const char* name, std::size_t row, ImVec2 from, ImVec2 to);
  void press(Frame& frame, Zone zone, std::size_t table_row, std::size_t row);
  void follow_pointer(Frame& frame);
  void begin_drag(Frame& frame);
  void give_up();
  void end_drag(Frame& frame);
  void draw_link_drag(Frame& frame);
  void draw_drag_note(const Frame& frame) const;
  void draw_bar_tooltip(const Frame& frame, std::size_t row) const;
  void draw_way_to_bar(Frame& frame, std::size_t table_row, std::size_t row);
  void pan(Frame& frame);
  std::optional<std::size_t> row_at(const Frame& frame, float y) const;  // of the outline
  void draw_scrollbars(Frame& frame);
  bool by_minutes() const { return scale_.by_minutes(); }
  bool dragging() const { return drag_.has_value(); }

  TimeScale scale_;
  float left_ = 0, width_ = 600;
  bool placed_ = false;
  std::vector<std::int32_t> places_;  // the table's row of each row of the outline; -1: not shown
  std::uint64_t places_of_ = 0;
  std::vector<BaselineDates> baselines_;
  std::pair<std::vector<Ref<Baseline>>, std::uint64_t> baselines_of_;
  Pressed pressed_;
  std::optional<BarDrag> drag_;
  std::uint64_t dragged_in_ = 0;  // revision of the project: a drag speaks of its rows
  std::uint64_t preview_number_ = 1;
  std::optional<std::size_t> link_target_;
  LinkType link_type_ = LinkType::finish_to_start;
  Id hovered_;
  struct ShownLink {
    engine::Index link;
    std::vector<ImVec2> way;
  };
  std::vector<ShownLink> links_;  // those on the screen
  Id hovered_link_, edited_link_;
  ImVec2 link_at_ = {0, 0};
  std::string lag_;
  bool panning_ = false;
  float pan_from_ = 0;
};

}  // namespace pmo::ui
