// The tasks of the project: the table with its outline, and the Gantt chart beside it.
#include <algorithm>

#include "app/desks/pages.h"
#include "app/ui/commands.h"
#include "app/ui/control_analyses.h"
#include "app/ui/gantt/baseline_marks.h"
#include "app/ui/gantt/load_panel.h"
#include "app/ui/icons.h"
#include "app/ui/platform.h"
#include "app/ui/table/add_label.h"
#include "app/ui/table/view_menu.h"
#include "app/ui/tasks/task_source.h"
#include "app/ui/text_field.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::desks {
namespace {

using namespace ui;

class TasksPage final : public Page {
 public:
  TasksPage();

  std::string_view name() const override { return "tasks"; }
  Key title() const override { return info_.label_key(); }
  const char* icon() const override { return icon::gantt; }
  Desk desk() const override { return Desk::manager; }
  const RegisterInfo* shows() const override { return &info_; }
  void draw(Context& context) override;
  void add_commands(Commands& commands) override;
  void forget() override;

 private:
  using Edit = Result<void> (*)(Transaction&, const std::vector<Id>&);

  Id add(Context& context, bool at_end);
  void erase(Context& context);
  void move_to(Context& context, std::size_t before);
  void rearrange(Context& context, Key name, Edit edit);
  void link_selected(Context& context);
  void unlink_selected(Context& context);
  void toggle_milestone(Context& context);
  const Task* only_leaf(const Context& context);  // the selected task, when it is one and has no parts
  void ask_for_split(Context& context);
  void draw_split_dialog(Context& context);
  void join_selected(Context& context);
  void show_paths_to_selected(Context& context);

  bool draw_empty(Context& context);
  void draw_toolbar(Context& context);
  void draw_outline_menu(Context& context);
  void draw_view_menu(Context& context);
  void take_options(std::string_view text);  // of a view that was saved; an empty text: the usual ones
  void keep_options(Context& context);       // for the next visit
  void draw_baseline_legend(Context& context);
  void draw_panes(Context& context);
  void draw_plan(Context& context);  // table and chart
  void draw_load(Context& context);  // below them
  bool with_load(const Context& context);
  void show_load(Context& context, bool shown);
  void draw_row_menu(Context& context);

  const Outline& outline(Context& context);
  std::vector<Id> selected(Context& context);  // in outline order
  bool any_selected(const Context& context) const { return context.selection.info == &info_ && !context.selection.records.empty(); }

  const RegisterInfo& info_ = register_of<Task>();
  TaskSource source_;
  RecordTable table_{info_, source_};
  GanttChart chart_;
  ViewMenu views_{table_, {.write = [this] { return write_options(chart_.options); }, .read = [this](std::string_view text) { take_options(text); }}};
  LoadPanel load_;
  float table_width_ = 0, load_height_ = 0;  // 0: not known yet
  std::optional<bool> load_shown_;           // the same
  std::string kept_options_;                 // of the chart, but for the baselines, which belong to the project
  static constexpr float smallest_load = 132, usual_load = 168;
  bool splitting_ = false;
  Id split_;
  std::string split_from_, split_length_;
};

TasksPage::TasksPage() {
  table_.usual_columns = source_.usual_columns();
  table_.view.columns = table_.usual_columns;
  table_.header_height = 44;
  table_.with_totals = false;
  table_.beside = true;
  table_.actions = {.add = [this](Context& context, bool at_end) { return add(context, at_end); },
                    .erase = [this](Context& context) { erase(context); },
                    .move_to = [this](Context& context, std::size_t before) { move_to(context, before); },
                    .more_menu = [this](Context& context) { draw_row_menu(context); }};
}

void TasksPage::forget() {
  source_.forget();
  table_.forget();
  chart_.forget();
  load_.forget();
  views_.forget();
}

const Outline& TasksPage::outline(Context& context) {
  source_.refresh(context.analyses, context.project);
  return source_.outline_now();
}

std::vector<Id> TasksPage::selected(Context& context) {
  std::vector<Id> ids;
  if (!any_selected(context)) return ids;
  for (const auto& row : outline(context).rows())
    if (context.selection.contains(row.task->id)) ids.push_back(row.task->id);
  return ids;
}

// ---- edits --------------------------------------------------------------------------------------------------------

// A new task before the current one, or at the end, where it is a sibling of the last.
Id TasksPage::add(Context& context, bool at_end) {
  const Outline& now = outline(context);
  Id parent, before;
  const auto current = any_selected(context) ? now.find(context.selection.current) : std::nullopt;
  if (!at_end && current) {
    parent = now[*current].task->parent.id;
    before = now[*current].task->id;
  } else if (now.size() > 0) {
    parent = now[now.size() - 1].task->parent.id;
  }
  Id added;
  const bool done = context.change("transaction.add"_key, {argument_of(info_.one_key())}, [&](Transaction& change) -> Result<void> {
    added = PMO_TRY(insert_task(change, parent, before, [&](Task& task) { task.name = context.text("tasks.new"_key); }));
    return {};
  });
  outline(context);
  return done ? added : Id{};
}

void TasksPage::erase(Context& context) {
  const auto ids = selected(context);
  if (ids.empty()) return;
  const Outline& now = outline(context);
  // Where the selection goes: the first task behind that stays, or the last one before.
  Id next;
  for (std::size_t row = 0; row < now.size(); ++row) {
    if (context.selection.contains(now[row].task->id)) {
      row = now[row].end - 1;
      continue;
    }
    next = now[row].task->id;
    if (row > *now.find(ids.front())) break;
  }
  std::size_t count = 0;
  for (const Id id : ids) count += now[*now.find(id)].end - *now.find(id);
  const auto number = std::to_string(count);
  const bool done = context.change("transaction.erase_tasks"_key, {number}, [&](Transaction& change) {
    for (const Id id : ids)
      if (const Task* task = context.project.find(Ref<Task>{id})) change.erase(*task);
  });
  if (!done) return;
  context.selection.clear();
  if (next) context.selection.only(info_, next);
  outline(context);
  context.messages.success(context.text("tasks.erased"_key, {number}));
}

void TasksPage::move_to(Context& context, std::size_t before) {
  const auto ids = selected(context);
  const Rows& rows = table_.rows(context);
  const Outline& now = outline(context);
  Id parent, sibling;
  if (before < rows.list.size()) {
    const auto& task = static_cast<const Task&>(*rows.list[before].record);
    parent = task.parent.id;
    sibling = task.id;
  } else if (!rows.list.empty()) {
    parent = static_cast<const Task&>(*rows.list.back().record).parent.id;
  }
  // Dropped where they are, or between their own parts: nothing moves.
  const auto first = ids.empty() ? std::nullopt : now.find(ids.front());
  const auto target = sibling ? now.find(sibling) : std::optional(now.size());
  if (ids.size() == 1 && first && target == now[*first].end && parent == now[*first].task->parent.id) return;
  for (const Id id : ids)
    if (const auto row = now.find(id); row && sibling && now.find(sibling) >= *row && now.find(sibling) < now[*row].end) return;
  context.change("transaction.move_tasks"_key, {std::to_string(ids.size())}, [&](Transaction& change) { return move_tasks(change, ids, parent, sibling); });
}

void TasksPage::rearrange(Context& context, Key name, Edit edit) {
  const auto ids = selected(context);
  if (ids.empty()) return;
  context.change(name, {std::to_string(ids.size())}, [&](Transaction& change) { return edit(change, ids); });
  outline(context);
  table_.show(context.selection.current);
  context.platform.request_frame();
}

void TasksPage::link_selected(Context& context) {
  const auto ids = selected(context);
  context.change("transaction.link_tasks"_key, {std::to_string(ids.size())}, [&](Transaction& change) { link_in_order(change, ids); });
}

void TasksPage::unlink_selected(Context& context) {
  const auto ids = selected(context);
  context.change("transaction.unlink_tasks"_key, {std::to_string(ids.size())}, [&](Transaction& change) { unlink(change, ids); });
}

void TasksPage::toggle_milestone(Context& context) {
  const auto ids = selected(context);
  const Outline& now = outline(context);
  const auto is_leaf = [&](Id id) { return !now[*now.find(id)].summary; };
  const bool all = std::ranges::all_of(ids, [&](Id id) { return !is_leaf(id) || now[*now.find(id)].task->milestone; });
  context.change("transaction.milestone"_key, {std::to_string(ids.size())}, [&](Transaction& change) {
    for (const Id id : ids)
      if (is_leaf(id)) set_milestone(change, *now[*now.find(id)].task, !all);
  });
}

const Task* TasksPage::only_leaf(const Context& context) {
  if (!any_selected(context) || context.selection.records.size() != 1) return nullptr;
  const Outline& now = context.analyses.of<OutlineOf>();
  const auto row = now.find(context.selection.current);
  return row && !now[*row].summary ? now[*row].task : nullptr;
}

// Proposed: after the status date when the task is worked on then, else in the middle of what is still to do.
void TasksPage::ask_for_split(Context& context) {
  const Task* task = only_leaf(context);
  if (!task) return;
  const auto editing = TaskEditing::of(context.analyses);
  const auto row = *editing.outline.find(task->id);
  const auto& [plan, schedule] = editing.plan;
  const Minute start = schedule.start[row], finish = schedule.finish[row];
  const auto time = work_time_of(editing, row);
  Minute at = time.add(start, time.between(start, finish) / 2);
  if (time.next_start(Minute::at(at.day())) > start) at = time.next_start(Minute::at(at.day()));
  if (plan.status_date)
    if (const auto after = time.next_start(Minute::at(*plan.status_date + 1)); after > start && after < finish) at = after;
  split_ = task->id;
  split_from_ = format_minute(at, context.language);
  split_length_ = format_duration({scales_of(context.project).minutes_per_day}, scales_of(context.project), context.language);
  splitting_ = true;
}

void TasksPage::draw_split_dialog(Context& context) {
  if (!splitting_) return;
  const Task* task = context.project.find(Ref<Task>{split_});
  if (!task) {
    splitting_ = false;
    return;
  }
  Dialog dialog("task.split", context.text("tasks.split.title"_key, {task->name}), splitting_,
                {.icon = icon::cut, .width = 440, .close_name = context.text("shell.close"_key)});
  if (!dialog) return;
  paragraph(Type::body, context.text("tasks.split.about"_key), context.theme.ink_soft);
  gap(1);
  const auto field = [&](const char* id, Key label, std::string& value) {
    text(Type::caption, context.text(label), context.theme.ink_soft);
    input_text(id, value, {.width = ImGui::GetContentRegionAvail().x, .label = context.text(label)});
    gap(0.5f);
  };
  field("split.from", "tasks.split.from"_key, split_from_);
  field("split.length", "tasks.split.length"_key, split_length_);
  const auto editing = TaskEditing::of(context.analyses);
  const auto from = parse_minute(split_from_, context.language, context.today, 0);
  const auto length = parse_duration(split_length_, scales_of(context.project));
  if (!from) text(Type::caption, context.text(from.error().message, from.error().arguments), context.theme.tone(Tone::bad).ink);
  else if (!length) text(Type::caption, context.text(length.error().message, length.error().arguments), context.theme.tone(Tone::bad).ink);
  gap(1);
  const int answer = dialog_buttons(dialog, labelled(context.text("shell.cancel"_key), "cancel"), labelled(context.text("tasks.split.answer"_key), "split"),
                                    Emphasis::primary, from && length);
  if (answer == -1) splitting_ = false;
  if (answer != 1) return;
  const bool done = context.change("transaction.split_task"_key, {task->name},
                                   [&](Transaction& change) { return split_task(change, editing, *task, *from, length->minutes); });
  if (done) splitting_ = false;
}

void TasksPage::join_selected(Context& context) {
  const auto ids = selected(context);
  context.change("transaction.join_tasks"_key, {std::to_string(ids.size())}, [&](Transaction& change) {
    for (const Id id : ids)
      if (const Task* task = context.project.find(Ref<Task>{id})) join_task(change, *task);
  });
}

void TasksPage::show_paths_to_selected(Context& context) {
  outline(context);
  source_.set_path_target(context.selection.current);
  for (Column& column : table_.view.columns)
    if (column.field && column.field->name == "float_path") column.shown = true;
  table_.view.changed();
}

void TasksPage::add_commands(Commands& commands) {
  const auto any = [this](const Context& context) { return any_selected(context); };
  const auto several = [this](const Context& context) { return any_selected(context) && context.selection.records.size() > 1; };
  const auto add = [&](std::string_view name, Key label, const char* icon, Shortcut shortcut, auto enabled, auto run) {
    commands.add({.name = name, .label = label, .icon = icon, .shortcut = shortcut, .page = "tasks", .enabled = enabled, .run = run});
  };
  add("task.indent", "tasks.indent"_key, icon::indent, "Alt+Shift+Right", any,
      [this](Context& context) { rearrange(context, "transaction.indent"_key, indent_tasks); });
  add("task.outdent", "tasks.outdent"_key, icon::outdent, "Alt+Shift+Left", any,
      [this](Context& context) { rearrange(context, "transaction.outdent"_key, outdent_tasks); });
  add("task.up", "tasks.up"_key, icon::arrow_up, "Alt+Shift+Up", any,
      [this](Context& context) { rearrange(context, "transaction.move_tasks"_key, move_tasks_up); });
  add("task.down", "tasks.down"_key, icon::arrow_down, "Alt+Shift+Down", any,
      [this](Context& context) { rearrange(context, "transaction.move_tasks"_key, move_tasks_down); });
  add("task.link", "tasks.link"_key, icon::link, "Ctrl+F2", several, [this](Context& context) { link_selected(context); });
  add("task.unlink", "tasks.unlink"_key, icon::unlink, "Ctrl+Shift+F2", any, [this](Context& context) { unlink_selected(context); });
  add("task.milestone", "tasks.milestone"_key, icon::milestone, {}, any, [this](Context& context) { toggle_milestone(context); });
  const auto leaf = [this](const Context& context) { return only_leaf(context) != nullptr; };
  const auto has_splits = [this](const Context& context) {
    return any_selected(context) && std::ranges::any_of(context.selection.records, [&](Id id) {
      const Task* task = context.project.find(Ref<Task>{id});
      return task && !task->splits.empty();
    });
  };
  add("task.split", "tasks.split"_key, icon::cut, {}, leaf, [this](Context& context) { ask_for_split(context); });
  add("task.join", "tasks.join"_key, icon::merge, {}, has_splits, [this](Context& context) { join_selected(context); });
  add("task.float_paths", "tasks.float_paths"_key, icon::route, {}, any, [this](Context& context) { show_paths_to_selected(context); });
  const auto always = std::function<bool(const Context&)>();
  add("gantt.zoom_in", "gantt.zoom_in"_key, icon::zoom_in, "Alt+Shift+.", always, [this](Context&) { chart_.step(true); });
  add("gantt.zoom_out", "gantt.zoom_out"_key, icon::zoom_out, "Alt+Shift+/", always, [this](Context&) { chart_.step(false); });
  add("gantt.fit", "gantt.fit"_key, icon::fit, {}, always, [this](Context& context) { chart_.fit(context.analyses); });
  add("gantt.today", "gantt.today"_key, icon::today, {}, always, [this](Context& context) { chart_.show_day(context.today); });
  add("gantt.show_task", "gantt.show_task"_key, icon::target, "Ctrl+G", any, [this](Context& context) {
    table_.show(context.selection.current);
    chart_.show_task(context.analyses, context.selection.current);
  });
  commands.add({.name = "gantt.load", .label = "gantt.load"_key, .icon = icon::chart_bar, .page = "tasks",
                .run = [this](Context& context) { show_load(context, !with_load(context)); },
                .checked = [this](const Context& context) { return with_load(context); }});
  add("task.expand", "tasks.expand_all"_key, icon::chevrons_up_down, {}, std::function<bool(const Context&)>(),
      [this](Context& context) { table_.set_folded(context, 1000); });
}

// ---- drawing ------------------------------------------------------------------------------------------------------

void TasksPage::draw(Context& context) {
  outline(context);
  keep_options(context);
  draw_toolbar(context);
  if (draw_empty(context)) return;
  draw_panes(context);
  draw_split_dialog(context);
}

// One surface: the plan above, and below it the load of the resources when it is shown.
void TasksPage::draw_panes(Context& context) {
  ImGui::PushStyleColor(ImGuiCol_ChildBg, context.theme.surface);
  ImGui::PushStyleVar(ImGuiStyleVar_ChildRounding, 8.0f);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(1, 1));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  ImGui::BeginChild("panes", {0, 0}, ImGuiChildFlags_Borders, ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
  const bool load = with_load(context);
  constexpr float grip = 7;  // of the line between the two
  float height = ImGui::GetContentRegionAvail().y;
  if (load) {
    constexpr float least_plan = 160;
    if (load_height_ <= 0) load_height_ = static_cast<float>(std::atoi(context.platform.setting("tasks.load_height").c_str()));
    if (load_height_ <= 0) load_height_ = usual_load;
    load_height_ = std::clamp(load_height_, smallest_load, std::max(smallest_load, height - grip - least_plan));
    height -= load_height_ + grip;
  }
  ImGui::BeginChild("tasks.plan", {0, height}, 0, ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
  draw_plan(context);
  ImGui::EndChild();
  if (load) draw_load(context);
  ImGui::EndChild();
  ImGui::PopStyleVar(3);
  ImGui::PopStyleColor();
}

// The table at the left, the chart at the right, and the line between them that can be dragged.
void TasksPage::draw_plan(Context& context) {
  const Theme& t = context.theme;
  const float room = ImGui::GetContentRegionAvail().x;
  constexpr float narrowest = 160, with_dates = 622;  // up to the finish
  const float usual = std::min(with_dates, room * 0.62f);
  if (table_width_ <= 0) {
    const std::string kept = context.platform.setting("tasks.table_width");
    table_width_ = kept.empty() ? usual : static_cast<float>(std::atoi(kept.c_str()));
  }
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(at, {at.x + room, at.y + table_.header_height}, t.sunken);
  list.AddLine({at.x, at.y + table_.header_height - 0.5f}, {at.x + room, at.y + table_.header_height - 0.5f}, t.line);
  table_.draw(context, ImGui::GetContentRegionAvail().y, std::min(table_width_, room - narrowest));
  ImGui::SameLine(0, -3);
  const float before = table_width_;
  vertical_splitter("###tasks.split", table_width_, narrowest, room - narrowest, usual);
  if (table_width_ != before) context.platform.set_setting("tasks.table_width", std::to_string(static_cast<int>(table_width_)));
  ImGui::SameLine(0, -3);
  chart_.draw(context, table_);
}

bool TasksPage::with_load(const Context& context) {
  if (!load_shown_) load_shown_ = context.platform.setting("tasks.load") == "shown";
  return *load_shown_;
}

void TasksPage::show_load(Context& context, bool shown) {
  load_shown_ = shown;
  context.platform.set_setting("tasks.load", shown ? "shown" : "hidden");
  context.platform.request_frame();
}

void TasksPage::draw_load(Context& context) {
  const float before = load_height_, no_limit = 4000;  // draw_panes keeps room for the plan
  horizontal_splitter("###tasks.load_split", load_height_, smallest_load, no_limit, usual_load, -1);
  if (load_height_ != before) context.platform.set_setting("tasks.load_height", std::to_string(static_cast<int>(load_height_)));
  load_.draw(context, table_, chart_);
}

bool TasksPage::draw_empty(Context& context) {
  if (!context.project.all<Task>().empty()) return false;
  const auto answer = empty_state({.icon = icon::gantt, .title = context.text(info_.label_key()), .about = context.text("tasks.empty.about"_key),
                                   .action = labelled(add_label(context, info_), "empty.add"),
                                   .action_icon = icon::plus});
  if (answer == EmptyAnswer::action)
    if (const Id added = add(context, true)) table_.edit_new(context, added);
  return true;
}

void TasksPage::draw_toolbar(Context& context) {
  // Beside the inspector there is less room: a shorter search, menus without words, the chart's tools on a line of their own.
  const float room = ImGui::GetContentRegionAvail().x;
  const bool narrow = room < 1040, two_lines = room < 820;
  const auto tool = [&](std::string_view command, const char* icon) {
    if (!context.commands.find(command)) return;
    const Command& found = *context.commands.find(command);
    ImGui::SameLine(0, 2);
    const std::string id = "###" + std::string(command);
    if (icon_button(id.c_str(), icon, context.text(found.label),
                    {.emphasis = Emphasis::quiet, .enabled = context.commands.enabled(found, context, name()), .on = found.checked && found.checked(context), .shortcut = found.shortcut}))
      context.commands.run(command, context);
  };
  const auto menu = [&](const char* id, const char* icon, Key label) {
    return narrow ? icon_button((std::string("###") + id).c_str(), icon, context.text(label), {.emphasis = Emphasis::quiet})
                  : button(labelled(context.text(label), id), {.icon = icon, .emphasis = Emphasis::quiet, .opens_menu = true});
  };
  if (button(labelled(add_label(context, info_), "add"), {.icon = icon::plus, .emphasis = Emphasis::primary, .shortcut = "Insert"}))
    if (const Id added = add(context, !any_selected(context))) table_.edit_new(context, added);
  ImGui::SameLine(0, 6);
  tool("task.outdent", icon::outdent);
  tool("task.indent", icon::indent);
  tool("task.link", icon::link);
  tool("task.unlink", icon::unlink);
  tool("task.milestone", icon::milestone);
  ImGui::SameLine(0, 10);
  if (search_box("search", table_.view.search, context.text("tasks.search"_key), {.width = narrow ? 150.0f : 200.0f, .clear_name = context.text("field.clear"_key)}))
    table_.view.changed();
  ImGui::SameLine(0, 6);
  if (menu("outline", icon::list_tree, "tasks.outline"_key)) open_menu("outline.menu");
  draw_outline_menu(context);
  ImGui::SameLine(0, 2);
  if (icon_button("###columns", icon::columns, context.text("table.columns"_key), {.emphasis = Emphasis::quiet})) ImGui::OpenPopup("columns.choose");
  table_.draw_column_chooser(context, "columns.choose");
  ImGui::SameLine(0, 2);
  views_.draw(context);
  ImGui::SameLine(0, 2);
  if (icon_button("###export", icon::download, context.text("table.export"_key), {.emphasis = Emphasis::quiet}))
    context.platform.download(std::string(context.text(info_.label_key())) + ".csv", "text/csv", table_.csv(context));
  if (!two_lines) ImGui::SameLine(0, 10);
  if (menu("view", icon::sliders, "gantt.view"_key)) open_menu("view.menu");
  draw_view_menu(context);
  ImGui::SameLine(0, 4);
  tool("gantt.zoom_out", icon::zoom_out);
  tool("gantt.zoom_in", icon::zoom_in);
  tool("gantt.fit", icon::fit);
  tool("gantt.today", icon::today);
  tool("gantt.load", icon::chart_bar);
  if (table_.view.filtered() && !table_.view.filters.empty()) table_.draw_filter_chips(context);
  if (const Task* target = context.project.find(Ref<Task>{source_.path_target()})) {
    if (filter_chip(labelled(context.text("tasks.float_paths.target"_key, {target->name}), "chip.float_paths"), true, icon::x)) source_.set_path_target({});
    ImGui::SameLine(0, 6);
  }
  draw_baseline_legend(context);
  gap(0.5f);
}

// Which mark below the bars is which baseline; a press takes it away.
void TasksPage::draw_baseline_legend(Context& context) {
  auto& shown = chart_.options.baselines;
  std::optional<std::size_t> taken_away;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const Baseline* baseline = context.project.find(shown[i]);
    if (!baseline) continue;
    constexpr float width = 28, mark = 5, height = Theme::small_control;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::Dummy({width, height});
    draw_baseline_mark(*ImGui::GetWindowDrawList(), context.theme, i, at.x, at.x + width - 4, at.y + (height - mark) / 2, mark);
    ImGui::SameLine(0, 4);
    if (filter_chip(labelled(baseline->name, "chip.baseline." + baseline->id.text()), true, icon::x)) taken_away = i;
    ImGui::SameLine(0, 12);
  }
  if (taken_away) shown.erase(shown.begin() + static_cast<std::ptrdiff_t>(*taken_away));
}

void TasksPage::take_options(std::string_view text) {
  if (text.empty()) chart_.options = {};
  else if (auto options = read_options(text)) chart_.options = std::move(*options);
}

void TasksPage::keep_options(Context& context) {
  if (kept_options_.empty())
    if (const auto kept = read_options(context.platform.setting("tasks.chart"))) chart_.options = *kept;
  GanttOptions options = chart_.options;
  options.baselines.clear();
  std::string now = write_options(options);
  if (!kept_options_.empty() && now != kept_options_) context.platform.set_setting("tasks.chart", now);
  kept_options_ = std::move(now);
}

void TasksPage::draw_view_menu(Context& context) {
  if (!begin_menu("view.menu")) return;
  GanttOptions& options = chart_.options;
  const auto flag = [&](Key label, std::string_view name, const char* icon, bool& on) {
    if (menu_item(labelled(context.text(label), name), {.icon = icon, .checked = on})) on = !on;
  };
  flag("gantt.critical"_key, "critical", icon::critical, options.critical);
  flag("gantt.links"_key, "links", icon::workflow, options.links);
  flag("gantt.total_float"_key, "total_float", icon::hourglass, options.total_float);
  flag("gantt.constraints"_key, "constraints", icon::pin, options.constraints);
  flag("gantt.progress_line"_key, "progress_line", icon::activity, options.progress_line);
  menu_line();
  menu_heading(context.text("gantt.labels"_key));
  const auto label = [&](Key key, std::string_view name, BarLabel value) {
    if (menu_item(labelled(context.text(key), name), {.checked = options.label == value})) options.label = value;
  };
  label("gantt.label_name"_key, "label.name", BarLabel::name);
  label("gantt.label_resources"_key, "label.resources", BarLabel::resources);
  label("gantt.label_none"_key, "label.none", BarLabel::none);
  menu_line();
  menu_heading(context.text("gantt.baseline"_key, {std::to_string(most_baselines)}));
  for (const Baseline* baseline : engine::baselines_by_date(context.project)) {
    const auto shown = std::ranges::find(options.baselines, baseline->id, &Ref<Baseline>::id);
    const bool is_shown = shown != options.baselines.end();
    if (!menu_item(labelled(baseline->name, "baseline." + baseline->id.text()), {.enabled = is_shown || options.baselines.size() < most_baselines, .checked = is_shown,
                                                                                  .about = about_baseline(context, *baseline)}))
      continue;
    if (is_shown) options.baselines.erase(shown);
    else options.baselines.push_back({baseline->id});
  }
  end_menu();
}

void TasksPage::draw_outline_menu(Context& context) {
  if (!begin_menu("outline.menu")) return;
  if (menu_item(labelled(context.text("tasks.expand_all"_key), "expand_all"), {.icon = icon::chevrons_up_down})) table_.set_folded(context, 1000);
  if (menu_item(labelled(context.text("tasks.collapse_all"_key), "collapse_all"), {.icon = icon::chevrons_down_up})) table_.set_folded(context, 0);
  menu_line();
  for (int level = 1; level <= 4; ++level) {
    const std::string number = std::to_string(level);
    if (menu_item(labelled(context.text("tasks.to_level"_key, {number}), "level." + number))) table_.set_folded(context, level - 1);
  }
  end_menu();
}

void TasksPage::draw_row_menu(Context& context) {
  const auto item = [&](std::string_view command) {
    if (!context.commands.find(command)) return;
    const Command& found = *context.commands.find(command);
    if (menu_item(labelled(context.text(found.label), command),
                  {.icon = found.icon, .shortcut = found.shortcut, .enabled = context.commands.enabled(found, context, name())}))
      context.commands.run(command, context);
  };
  if (menu_item(labelled(context.text("tasks.insert"_key), "task.insert"), {.icon = icon::insert_row, .shortcut = "Insert"}))
    if (const Id added = add(context, false)) table_.edit_new(context, added);
  for (const auto command : {"task.indent", "task.outdent", "task.link", "task.unlink", "task.milestone", "task.split", "task.join", "task.float_paths", "gantt.show_task"}) item(command);
}

}  // namespace

std::unique_ptr<Page> make_tasks_page() { return std::make_unique<TasksPage>(); }

}  // namespace pmo::desks
