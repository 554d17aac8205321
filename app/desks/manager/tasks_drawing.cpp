// What the tasks page looks like: toolbar, menus, and the panes.
#include <algorithm>

#include "app/desks/manager/tasks_page.h"
#include "app/ui/commands.h"
#include "app/ui/control_analyses.h"
#include "app/ui/gantt/baseline_marks.h"
#include "app/ui/platform.h"
#include "app/ui/table/add_label.h"
#include "app/ui/text_field.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::desks {

using namespace ui;

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
  constexpr float narrowest = 160, with_dates = 654;  // up to the finish
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
  const bool narrow = room < 1076, two_lines = room < 856;
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
  ImGui::SameLine(0, 2);
  if (icon_button("###print", icon::print, context.text("table.print"_key), {.emphasis = Emphasis::quiet})) print(context);
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
    constexpr float width = 28, mark = 5, height = Theme::small_control, around_name = 50;
    const bool begun = ImGui::GetCursorPosX() > ImGui::GetCursorStartPos().x + 1;
    if (begun && ImGui::GetContentRegionAvail().x < width + around_name + measure(Type::body, baseline->name).x) ImGui::NewLine();
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

}  // namespace pmo::desks
