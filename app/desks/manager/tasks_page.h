// The page of the tasks: the table with its outline, the Gantt chart beside it, and the load of the resources below both.
// What it does to tasks is in tasks.cpp, what it looks like in tasks_drawing.cpp. Internal to these.
#pragma once

#include "app/ui/gantt/load_panel.h"
#include "app/ui/icons.h"
#include "app/ui/page.h"
#include "app/ui/table/view_menu.h"
#include "app/ui/tasks/task_source.h"

namespace pmo::desks {

class TasksPage final : public ui::Page {
 public:
  TasksPage();

  std::string_view name() const override { return "tasks"; }
  Key title() const override { return info_.label_key(); }
  const char* icon() const override { return ui::icon::gantt; }
  Desk desk() const override { return Desk::manager; }
  const RegisterInfo* shows() const override { return &info_; }
  void draw(ui::Context& context) override;
  void add_commands(ui::Commands& commands) override;
  void forget() override;

 private:
  using Edit = Result<void> (*)(Transaction&, const std::vector<Id>&);

  Id add(ui::Context& context, bool at_end);
  void erase(ui::Context& context);
  void move_to(ui::Context& context, std::size_t before);
  void rearrange(ui::Context& context, Key name, Edit edit);
  void link_selected(ui::Context& context);
  void unlink_selected(ui::Context& context);
  void toggle_milestone(ui::Context& context);
  const Task* only_leaf(const ui::Context& context);  // the selected task, when it is one and has no parts
  void ask_for_split(ui::Context& context);
  void draw_split_dialog(ui::Context& context);
  void join_selected(ui::Context& context);
  void show_paths_to_selected(ui::Context& context);
  void print(ui::Context& context);  // the table and the chart as they are looked at

  bool draw_empty(ui::Context& context);
  void draw_toolbar(ui::Context& context);
  void draw_outline_menu(ui::Context& context);
  void draw_view_menu(ui::Context& context);
  void take_options(std::string_view text);  // of a view that was saved; an empty text: the usual ones
  void keep_options(ui::Context& context);   // for the next visit
  void draw_baseline_legend(ui::Context& context);
  void draw_panes(ui::Context& context);
  void draw_plan(ui::Context& context);  // table and chart
  void draw_load(ui::Context& context);  // below them
  bool with_load(const ui::Context& context);
  void show_load(ui::Context& context, bool shown);
  void draw_row_menu(ui::Context& context);

  const Outline& outline(ui::Context& context);
  // Those the view shows, in outline order, with what is folded in one of them; the user is told that the others stay.
  std::vector<Id> selected(ui::Context& context);
  bool any_selected(const ui::Context& context) const { return context.selection.info == &info_ && !context.selection.records.empty(); }

  const RegisterInfo& info_ = register_of<Task>();
  ui::TaskSource source_;
  ui::RecordTable table_{info_, source_};
  ui::GanttChart chart_;
  ui::ViewMenu views_{table_, {.write = [this] { return ui::write_options(chart_.options); }, .read = [this](std::string_view text) { take_options(text); }}};
  ui::LoadPanel load_;
  float table_width_ = 0, load_height_ = 0;  // 0: not known yet
  std::optional<bool> load_shown_;           // the same
  std::string kept_options_;                 // of the chart, but for the baselines, which belong to the project
  static constexpr float smallest_load = 132, usual_load = 168;
  bool splitting_ = false;
  Id split_;
  std::string split_from_, split_length_;
};

}  // namespace pmo::desks
