#include "app/ui/register_page.h"

#include <algorithm>
#include <utility>

#include "app/engine/derived_fields.h"
#include "app/model/open_work.h"
#include "app/ui/commands.h"
#include "app/ui/icons.h"
#include "app/ui/report/view_report.h"
#include "app/ui/table/add_label.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {

void RegisterPage::draw(Context& context) {
  draw_toolbar(context);
  if (draw_empty(context)) return;
  draw_above(context);
  draw_quick_filters(context);
  draw_table(context);
}

void RegisterPage::choose(Context& context, Quick quick) {
  quick_ = quick;
  const RegisterInfo& info = table_.info();
  const Day today = context.today;
  const Ref<Person> me = own_person(context.project);
  table_.view.quick = {};
  if (quick == Quick::open) table_.view.quick = [&info](const Record& record) { return is_open(info, record); };
  if (quick == Quick::late) table_.view.quick = [&info, today](const Record& record) { return is_late(info, record, today); };
  if (quick == Quick::mine)
    table_.view.quick = [&info, me](const Record& record) { return is_open(info, record) && responsible_for(info, record) == me; };
  table_.view.changed();
}

// Anew only when something of it has changed: a large register would take a good part of every frame.
void RegisterPage::count(const Context& context, Ref<Person> me) {
  const RegisterInfo& info = table_.info();
  const Table& table = context.project.table(info);
  const bool same = counts_.project == &context.project && counts_.revision == table.revision();
  if (same && counts_.today == context.today && counts_.me == me) return;
  counts_ = {&context.project, table.revision(), context.today, me};
  for (const Record* record : table.records()) {
    const bool is_still_open = is_open(info, *record);
    counts_.open += is_still_open;
    counts_.late += is_late(info, *record, context.today);
    counts_.mine += is_still_open && me && responsible_for(info, *record) == me;
  }
}

void RegisterPage::draw_quick_filters(Context& context) {
  const RegisterInfo& info = table_.info();
  if (!info.status() && !info.due()) return;
  const Ref<Person> me = own_person(context.project);
  count(context, me);
  bool first = true;
  const auto offer = [&](Quick quick, Key key, const char* id, std::int64_t count, const char* icon) {
    if (!first) ImGui::SameLine(0, 6);
    first = false;
    if (filter_chip(labelled(context.text(key, {format_integer(count)}), id), quick_ == quick, icon)) choose(context, quick_ == quick ? Quick::all : quick);
  };
  offer(Quick::all, "quick.all"_key, "quick.all", static_cast<std::int64_t>(context.project.table(info).size()), "");
  if (info.status() || info.ending()) offer(Quick::open, "quick.open"_key, "quick.open", counts_.open, "");
  if (info.due()) offer(Quick::late, "quick.late"_key, "quick.late", counts_.late, icon::alarm);
  if (info.responsible() && me) offer(Quick::mine, "quick.mine"_key, "quick.mine", counts_.mine, icon::user_check);
  gap(0.5f);
}

void RegisterPage::add(Context& context) {
  const Record* made = table_.add(context, [&](Transaction& change, const Record& record) { prepare(context, change, record); });
  if (made && table_.view.board) context.navigation.open_record(table_.info(), made->id);  // there its name is written
}

bool RegisterPage::draw_empty(Context& context) {
  const RegisterInfo& info = table_.info();
  if (!context.project.table(info).empty()) return false;
  const auto answer = empty_state({.icon = icon_, .title = context.text(info.label_key()), .about = context.text(info.about_key()),
                                   .action = can_add() ? labelled(add_label(context, info), "empty.add") : std::string(),
                                   .action_icon = icon::plus,
                                   .second = labelled(context.text("command.guide"_key), "empty.guide")});
  if (answer == EmptyAnswer::action) add(context);
  if (answer == EmptyAnswer::second) context.commands.run("help.guide", context);
  return true;
}

void RegisterPage::draw_toolbar(Context& context) {
  const RegisterInfo& info = table_.info();
  const Theme& t = context.theme;
  const float left = ImGui::GetCursorPosX(), room = ImGui::GetContentRegionAvail().x, right = left + room;
  if (std::exchange(tools_language_, context.language) != context.language) tools_width_ = 0;
  const bool narrow = room < std::max(900.0f, tools_width_);
  if (can_add()) {
    if (button(labelled(add_label(context, info), "add"), {.icon = icon::plus, .emphasis = Emphasis::primary})) add(context);
    ImGui::SameLine();
  }
  // Beside the inspector there is less room: shorter search, icons without words.
  if (search_box("search", table_.view.search, context.text("table.search"_key), {.width = narrow ? 160.0f : 240.0f, .clear_name = context.text("field.clear"_key)}))
    table_.view.changed();
  ImGui::SameLine();
  const auto tool = [&](const char* id, const char* icon, Key label, bool on) {
    return narrow ? icon_button((std::string("###") + id).c_str(), icon, context.text(label), {.emphasis = Emphasis::quiet, .on = on})
                  : button(labelled(context.text(label), id), {.icon = icon, .emphasis = Emphasis::quiet, .on = on});
  };
  if (RecordBoard::fits(info)) {
    keep_board(context);
    if (tool("board", icon::kanban, "table.board"_key, table_.view.board)) table_.view.board = !table_.view.board;
    ImGui::SameLine(0, 4);
  }
  if (tool("group", icon::group, "table.group"_key, table_.view.group != nullptr)) open_menu("group.menu");
  draw_group_menu(context);
  ImGui::SameLine(0, 4);
  if (!table_.view.board) {  // a card has no columns
    if (tool("columns", icon::columns, "table.columns"_key, false)) ImGui::OpenPopup("columns.choose");
    table_.draw_column_chooser(context, "columns.choose");
    ImGui::SameLine(0, 4);
  }
  views_.draw(context);
  ImGui::SameLine(0, 4);
  if (icon_button("###export", icon::download, context.text("table.export"_key), {.emphasis = Emphasis::quiet})) {
    const std::string file = std::string(context.text(info.label_key())) + ".csv";
    context.platform.download(file, "text/csv", table_.csv(context));
    const auto locked = std::ranges::count_if(context.project.table(info).records(), [&](const Record* record) { return is_locked(context.project, info, *record); });
    if (locked > 0) context.messages.warning(context.text("table.export.locked"_key, {std::to_string(locked)}));
  }
  ImGui::SameLine(0, 4);
  if (can_add() && context.commands.find("register.import") && icon_button("###register.import", icon::upload, context.text("command.register_import"_key), {.emphasis = Emphasis::quiet}))
    import(context);
  ImGui::SameLine(0, 4);
  if (icon_button("###print", icon::print, context.text("table.print"_key), {.emphasis = Emphasis::quiet})) print(context);
  draw_tools(context);
  if (!narrow) {
    tools_width_ = ImGui::GetItemRectMax().x - ImGui::GetWindowPos().x - left;
    if (tools_width_ > room) context.platform.request_frame();
  }
  const Rows& rows = table_.rows(context);
  const auto number = [](std::size_t count) { return format_integer(static_cast<std::int64_t>(count)); };
  const std::string count = rows.records != rows.all ? context.text("table.count_some"_key, {number(rows.records), number(rows.all)})
                            : rows.all == 1          ? std::string(context.text("table.count_one"_key))
                                                     : context.text("table.count"_key, {number(rows.all)});
  const float width = measure(Type::caption, count).x;
  if (right - width > ImGui::GetItemRectMax().x - ImGui::GetWindowPos().x + 16) {
    ImGui::SameLine(right - width - 4);
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() + 8);
    text(Type::caption, count, t.ink_faint);
  }
  if (table_.view.filtered() && !table_.view.filters.empty()) table_.draw_filter_chips(context);
  gap(0.5f);
}

void RegisterPage::import(Context& context) {
  if (context.selection.info != &table_.info()) context.selection = {.info = &table_.info()};
  context.commands.run("register.import", context);
}

void RegisterPage::print(Context& context) {
  const RegisterInfo& info = table_.info();
  const Person* me = context.project.find(own_person(context.project));
  std::string title = views_.title(context);
  constexpr Key quick[] = {Key{}, "quick.open"_key, "quick.late"_key, "quick.mine"_key};
  if (quick_ != Quick::all) title += " – " + context.text(quick[static_cast<std::size_t>(quick_)], {format_integer(static_cast<std::int64_t>(table_.rows(context).records))});
  const CellTexts texts(context.project, context.language, context.today);
  auto head = report_head(context.project, std::move(title), context.language, context.today, me ? me->name : std::string());
  context.platform.print(view_report(table_.view, info, table_.rows(context), texts, std::move(head)).html());
}

void RegisterPage::draw_group_menu(Context& context) {
  if (!begin_menu("group.menu")) return;
  TableView& view = table_.view;
  if (menu_item(labelled(context.text("table.group_none"_key), "none"), {.checked = !view.group})) {
    view.group = nullptr;
    view.changed();
  }
  menu_line();
  const auto offer = [&](const FieldInfo& field) {
    const bool words = field.kind == Kind::text && !field.is_long() && !field.options.title;
    if (!words && field.kind != Kind::choice && field.kind != Kind::reference && field.kind != Kind::boolean) return;
    if (field.options.hidden || field.options.sealed) return;
    if (table_.view.board && &field == table_.info().status()) return;  // its words are the columns
    if (!menu_item(labelled(context.text(field.label_key()), field.name), {.checked = view.group == &field})) return;
    view.group = &field;
    view.changed();
  };
  std::ranges::for_each(engine::derived_fields(table_.info()), offer);
  std::ranges::for_each(table_.info().fields, offer);
  end_menu();
}

void RegisterPage::keep_board(Context& context) {
  const std::string setting = "board." + table_.info().name;
  if (!kept_board_) table_.view.board = context.platform.setting(setting) == "shown";
  else if (*kept_board_ != table_.view.board) context.platform.set_setting(setting, table_.view.board ? "shown" : "");
  kept_board_ = table_.view.board;
}

// A record that was opened from elsewhere is brought into sight; quick filter, search and folds that hide it give way.
void RegisterPage::follow_selection(Context& context) {
  const RegisterInfo& info = table_.info();
  const Id current = context.selection.info == &info ? context.selection.current : Id{};
  if (std::exchange(followed_, current) == current || !current) return;
  const Record* record = context.project.table(info).find(current);
  if (!record) return;
  if (table_.view.quick && !table_.view.quick(*record)) choose(context, Quick::all);
  if (table_.view.board) board_.show(current);
  else table_.show(current);
}

void RegisterPage::draw_table(Context& context) {
  follow_selection(context);
  if (table_.view.board) board_.draw(context);
  else table_.draw(context);
}

}  // namespace pmo::ui
