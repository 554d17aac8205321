#include "app/ui/register_page.h"

#include "app/ui/widgets/widgets.h"

namespace pmo::ui {

void RegisterPage::draw(Context& context) {
  draw_toolbar(context);
  if (draw_empty(context)) return;
  draw_above(context);
  draw_table(context);
}

void RegisterPage::add(Context& context) {
  table_.add(context, [&](Transaction& change, const Record& record) { prepare(context, change, record); });
}

bool RegisterPage::draw_empty(Context& context) {
  const RegisterInfo& info = table_.info();
  if (!context.project.table(info).empty()) return false;
  const auto answer = empty_state({.icon = icon_, .title = context.text(info.label_key()), .about = context.text(info.about_key()),
                                   .action = labelled(context.text("table.add"_key, {argument_of(info.one_key())}), "empty.add"),
                                   .action_icon = icon::plus});
  if (answer == EmptyAnswer::action) add(context);
  return true;
}

void RegisterPage::draw_toolbar(Context& context) {
  const RegisterInfo& info = table_.info();
  const Theme& t = context.theme;
  const float right = ImGui::GetCursorPosX() + ImGui::GetContentRegionAvail().x;
  if (button(labelled(context.text("table.add"_key, {argument_of(info.one_key())}), "add"), {.icon = icon::plus, .emphasis = Emphasis::primary}))
    add(context);
  ImGui::SameLine();
  if (search_box("search", table_.view.search, context.text("table.search"_key), {.width = 240, .clear_name = context.text("field.clear"_key)}))
    table_.view.changed();
  ImGui::SameLine();
  if (button(labelled(context.text("table.group"_key), "group"), {.icon = icon::group, .emphasis = Emphasis::quiet, .on = table_.view.group != nullptr}))
    open_menu("group.menu");
  draw_group_menu(context);
  ImGui::SameLine(0, 4);
  if (button(labelled(context.text("table.columns"_key), "columns"), {.icon = icon::columns, .emphasis = Emphasis::quiet})) ImGui::OpenPopup("columns.choose");
  table_.draw_column_chooser(context, "columns.choose");
  ImGui::SameLine(0, 4);
  if (icon_button("###export", icon::download, context.text("table.export"_key), {.emphasis = Emphasis::quiet})) {
    const std::string file = std::string(context.text(info.label_key())) + ".csv";
    context.platform.download(file, "text/csv", table_.csv(context));
  }
  draw_tools(context);
  const Rows& rows = table_.rows(context);
  const auto number = [](std::size_t count) { return format_integer(static_cast<std::int64_t>(count)); };
  const std::string count = rows.records == rows.all ? context.text("table.count"_key, {number(rows.all)})
                                                     : context.text("table.count_some"_key, {number(rows.records), number(rows.all)});
  const float width = measure(Type::caption, count).x;
  if (right - width > ImGui::GetItemRectMax().x - ImGui::GetWindowPos().x + 16) {
    ImGui::SameLine(right - width - 4);
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() + 8);
    text(Type::caption, count, t.ink_faint);
  }
  if (table_.view.filtered() && !table_.view.filters.empty()) table_.draw_filter_chips(context);
  gap(0.5f);
}

void RegisterPage::draw_group_menu(Context& context) {
  if (!begin_menu("group.menu")) return;
  TableView& view = table_.view;
  if (menu_item(labelled(context.text("table.group_none"_key), "none"), {.checked = !view.group})) {
    view.group = nullptr;
    view.changed();
  }
  menu_line();
  for (const FieldInfo& field : table_.info().fields) {
    if (field.kind != Kind::choice && field.kind != Kind::reference && field.kind != Kind::boolean) continue;
    if (field.options.hidden) continue;
    if (!menu_item(labelled(context.text(field.label_key()), field.name), {.checked = view.group == &field})) continue;
    view.group = &field;
    view.changed();
  }
  end_menu();
}

void RegisterPage::draw_table(Context& context, float height) { table_.draw(context, height); }

}  // namespace pmo::ui
