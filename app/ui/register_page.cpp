#include "app/ui/register_page.h"

#include <algorithm>

#include "app/engine/derived_fields.h"
#include "app/model/open_work.h"
#include "app/ui/commands.h"
#include "app/ui/icons.h"
#include "app/ui/table/add_label.h"
#include "app/ui/table/saved_view.h"
#include "app/ui/text_field.h"
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

void RegisterPage::draw_quick_filters(Context& context) {
  const RegisterInfo& info = table_.info();
  if (!info.status() && !info.due()) return;
  const Ref<Person> me = own_person(context.project);
  std::int64_t open = 0, late = 0, mine = 0;
  for (const Record* record : context.project.table(info).records()) {
    const bool is_still_open = is_open(info, *record);
    open += is_still_open;
    late += is_late(info, *record, context.today);
    mine += is_still_open && me && responsible_for(info, *record) == me;
  }
  bool first = true;
  const auto offer = [&](Quick quick, Key key, const char* id, std::int64_t count, const char* icon) {
    if (!first) ImGui::SameLine(0, 6);
    first = false;
    if (filter_chip(labelled(context.text(key, {format_integer(count)}), id), quick_ == quick, icon)) choose(context, quick_ == quick ? Quick::all : quick);
  };
  offer(Quick::all, "quick.all"_key, "quick.all", static_cast<std::int64_t>(context.project.table(info).size()), "");
  if (info.status()) offer(Quick::open, "quick.open"_key, "quick.open", open, "");
  if (info.due()) offer(Quick::late, "quick.late"_key, "quick.late", late, icon::alarm);
  if (info.responsible() && me) offer(Quick::mine, "quick.mine"_key, "quick.mine", mine, icon::user_check);
  gap(0.5f);
}

void RegisterPage::add(Context& context) {
  table_.add(context, [&](Transaction& change, const Record& record) { prepare(context, change, record); });
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
  const float right = ImGui::GetCursorPosX() + ImGui::GetContentRegionAvail().x;
  const bool narrow = ImGui::GetContentRegionAvail().x < 900;
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
  if (tool("group", icon::group, "table.group"_key, table_.view.group != nullptr)) open_menu("group.menu");
  draw_group_menu(context);
  ImGui::SameLine(0, 4);
  if (tool("columns", icon::columns, "table.columns"_key, false)) ImGui::OpenPopup("columns.choose");
  table_.draw_column_chooser(context, "columns.choose");
  ImGui::SameLine(0, 4);
  draw_views(context);
  ImGui::SameLine(0, 4);
  if (icon_button("###export", icon::download, context.text("table.export"_key), {.emphasis = Emphasis::quiet})) {
    const std::string file = std::string(context.text(info.label_key())) + ".csv";
    context.platform.download(file, "text/csv", table_.csv(context));
    const auto locked = std::ranges::count_if(context.project.table(info).records(), [&](const Record* record) { return is_locked(context.project, info, *record); });
    if (locked > 0) context.messages.warning(context.text("table.export.locked"_key, {std::to_string(locked)}));
  }
  draw_tools(context);
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

void RegisterPage::draw_views(Context& context) {
  const SavedView* chosen = context.project.all<SavedView>().find(view_);
  const std::string name = chosen ? chosen->name : std::string(context.text("view.views"_key));
  if (icon_button("###views", icon::bookmark, name, {.emphasis = Emphasis::quiet, .on = chosen != nullptr})) open_menu("views.menu");
  draw_views_menu(context);
  draw_save_view(context);
}

void RegisterPage::draw_views_menu(Context& context) {
  bool save = false;
  if (begin_menu("views.menu")) {
    menu_heading(context.text("view.views"_key));
    if (menu_item(labelled(context.text("view.usual"_key), "view.usual"), {.checked = !view_})) take_view(nullptr);
    const Ref<Person> me = own_person(context.project);
    for (const SavedView& view : context.project.all<SavedView>()) {
      if (view.register_name != table_.info().name || (view.person && view.person != me)) continue;
      const char* whose = view.person ? icon::user_check : icon::team;
      if (menu_item(labelled(view.name, "view." + view.id.text()), {.icon = whose, .checked = view.id == view_})) take_view(&view);
    }
    menu_line();
    save = menu_item(labelled(context.text("view.save"_key), "view.save"), {.icon = icon::save});
    if (const SavedView* chosen = context.project.all<SavedView>().find(view_)) {
      if (menu_item(labelled(context.text("view.update"_key, {chosen->name}), "view.update"), {.icon = icon::check}))
        context.change("transaction.save_view"_key, {chosen->name}, [&](Transaction& change) { change.set(*chosen, &SavedView::content, write_view(table_.view)); });
      if (menu_item(labelled(context.text("view.delete"_key, {chosen->name}), "view.delete"), {.icon = icon::trash}))
        context.change("transaction.delete_view"_key, {chosen->name}, [&](Transaction& change) { change.erase(*chosen); });
    }
    end_menu();
  }
  if (save) ImGui::OpenPopup("view.new");
}

void RegisterPage::draw_save_view(Context& context) {
  if (!ImGui::BeginPopup("view.new")) return;
  text(Type::strong, context.text("view.save"_key));
  const auto name = input_text("###view.name", view_name_, {.width = 260, .label = context.text("view.name"_key)});
  if (own_person(context.project)) (void)checkbox(labelled(context.text("view.shared"_key), "view.shared"), view_shared_);
  gap(0.5f);
  const bool ready = !view_name_.empty();
  if ((button(labelled(context.text("view.keep"_key), "view.keep"), {.emphasis = Emphasis::primary, .enabled = ready}) || name.committed) && ready) {
    save_view(context);
    ImGui::CloseCurrentPopup();
  }
  ImGui::EndPopup();
}

void RegisterPage::save_view(Context& context) {
  const Ref<Person> me = own_person(context.project);
  Id made;
  const bool kept = context.change("transaction.save_view"_key, {view_name_}, [&](Transaction& change) {
    made = change.create<SavedView>([&](SavedView& view) {
      view.name = view_name_;
      view.register_name = table_.info().name;
      view.content = write_view(table_.view);
      if (!view_shared_) view.person = me;
    }).id;
  });
  if (!kept) return;
  view_ = made;
  view_name_.clear();
}

void RegisterPage::take_view(const SavedView* view) {
  view_ = view ? view->id : Id{};
  read_view(view ? std::string_view(view->content) : std::string_view(), table_.info(), table_.view);
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
    if (field.kind != Kind::choice && field.kind != Kind::reference && field.kind != Kind::boolean) return;
    if (field.options.hidden) return;
    if (!menu_item(labelled(context.text(field.label_key()), field.name), {.checked = view.group == &field})) return;
    view.group = &field;
    view.changed();
  };
  std::ranges::for_each(engine::derived_fields(table_.info()), offer);
  std::ranges::for_each(table_.info().fields, offer);
  end_menu();
}

void RegisterPage::draw_table(Context& context, float height) { table_.draw(context, height); }

}  // namespace pmo::ui
