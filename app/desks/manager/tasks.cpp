// The tasks of the project: what the page does to them, and its commands.
#include "app/desks/manager/tasks_page.h"

#include <algorithm>

#include "app/desks/pages.h"
#include "app/model/open_work.h"
#include "app/ui/charts/svg.h"
#include "app/ui/commands.h"
#include "app/ui/gantt/gantt_pages.h"
#include "app/ui/platform.h"
#include "app/ui/report/view_report.h"
#include "app/ui/text_field.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::desks {

using namespace ui;

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
  const Outline& now = outline(context);
  const Rows& rows = table_.rows(context);
  std::size_t hidden = 0, goes_along = 0;  // up to this row they are parts of a folded task that is selected
  for (std::size_t row = 0; row < now.size(); ++row) {
    const Id id = now[row].task->id;
    if (!context.selection.contains(id)) continue;
    const auto shown = rows.find(id);
    if (shown && rows.list[*shown].folded) goes_along = now[row].end;
    if (shown || row < goes_along) ids.push_back(id);
    else ++hidden;
  }
  if (hidden > 0) context.messages.warning(context.text("table.hidden_kept"_key, {std::to_string(hidden)}));
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
  std::size_t counted = 0;  // up to this row: what is part of another one goes with it
  for (const Id id : ids) {
    const auto row = *now.find(id);
    if (row < counted) continue;
    counted = now[row].end;
    count += counted - row;
  }
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

void TasksPage::print(Context& context) {
  outline(context);
  const CellTexts texts(context.project, context.language, context.today, source_);
  const Rows& rows = table_.rows(context);
  const Person* me = context.project.find(own_person(context.project));
  auto head = report_head(context.project, views_.title(context), context.language, context.today, me ? me->name : std::string());
  head.wide = true;  // for the chart
  Report report = view_report(table_.view, info_, rows, texts, std::move(head), false);
  const auto editing = TaskEditing::of(context.analyses);
  const std::string_view title = context.text("gantt.title"_key);
  const auto pages = gantt_pages({.rows = rows, .texts = texts, .editing = editing, .facts = context.analyses.of<TaskFactsOf>(), .options = chart_.options,
                                  .day_width = chart_.scale().day_width()});
  if (!pages.empty()) report.heading(title);
  for (const auto& [picture, caption] : pages) report.svg(write_svg(picture, title, caption, {.locale = {.language = context.language}}), caption);
  context.platform.print(report.html());
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

std::unique_ptr<Page> make_tasks_page() { return std::make_unique<TasksPage>(); }

}  // namespace pmo::desks
