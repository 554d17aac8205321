// The load of resources below the Gantt chart, on the chart's time axis: what is asked for against what there is, of all
// resources, of one, or of those of the selected tasks; what is too much stands at the top of its column.
//
//   chart.draw(context, table);
//   panel.draw(context, table, chart);   // below it; the part at the left, below the table, says what is shown
//
// A click on a column selects the tasks that make its load; where it is too much, those that are worked on then. Dragging
// and the wheel move the time of both. While a bar is dragged, the load is that of the plan as it would be. A column is announced as "load.DAY", by the first day of its period.
#pragma once

#include "app/engine/resources/resource_load_of_project.h"
#include "app/ui/gantt/gantt_chart.h"
#include "app/ui/gantt/load_columns.h"

namespace pmo::ui {

class LoadPanel {
 public:
  void forget();  // another project is open
  void draw(Context& context, RecordTable& table, GanttChart& chart);

 private:
  enum class Whose : unsigned char { all, selected, one };
  // What the periods were computed from.
  struct Source {
    const Project* project = nullptr;
    std::uint64_t revision = 0;
    std::uint64_t preview = 0;  // of a drag in the chart; 0: the plan as it is
    Whose whose = Whose::all;
    Id resource;
    std::set<Id> tasks;  // whose resources are shown
    engine::LoadStep step = engine::LoadStep::day;
    friend bool operator==(const Source&, const Source&) = default;
  };
  // What a task asks of a resource within a period.
  struct Share {
    engine::TaskLoad load;
    std::size_t entry;  // of the demand
  };
  // One frame's columns.
  struct Frame {
    ImVec2 from, to;
    std::vector<LoadColumn> columns;
    std::optional<std::size_t> under_pointer;  // of the columns
  };

  void keep(Context& context, const GanttChart& chart);
  const std::vector<engine::ResourceDemand>& demand(Context& context) const;
  std::vector<std::size_t> entries_of(Context& context, const Source& source) const;
  const std::vector<Share>& shares(Context& context, std::size_t period);
  void select_tasks(Context& context, const RegisterInfo& info, RecordTable& table, std::size_t period);

  void draw_side(Context& context, float width);
  void draw_menu(Context& context);
  void draw_columns(Context& context, RecordTable& table, GanttChart& chart);
  void draw_axis(Context& context, const Frame& frame, float headroom, std::int64_t highest) const;
  void draw_column(Context& context, const Frame& frame, const LoadColumn& column) const;
  void draw_capacity(const Context& context, const Frame& frame) const;
  void draw_tooltip(Context& context, std::size_t period);
  std::string whose_text(Context& context) const;
  std::string period_text(const Context& context, std::size_t period) const;

  Whose whose_ = Whose::all;
  Id resource_;
  std::optional<std::set<Id>> picked_;  // selected by a click here: the columns stay those of the tasks selected before
  Source source_;
  std::vector<engine::ResourceDemand> tried_;  // as a drag would make it
  std::vector<std::size_t> entries_;           // of the demand
  std::vector<engine::LoadPeriod> periods_;
  engine::LoadPeriod total_{};
  std::optional<std::size_t> shares_of_;
  std::vector<Share> shares_;
};

}  // namespace pmo::ui
