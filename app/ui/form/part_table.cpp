#include "app/ui/form/part_table.h"

#include <algorithm>

#include "app/model/order_key.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {
namespace {

constexpr float header_height = 30, most_rows = 8;

std::string text_of(const FieldInfo& field, const Record& record) {
  const Value value = field.get(record);
  const auto* text = std::get_if<std::string>(&value);
  return text ? *text : std::string();
}

const FieldInfo* order_of(const RegisterInfo& info) {
  const FieldInfo* order = info.find("order");
  return order && order->options.hidden && order->kind == Kind::text ? order : nullptr;
}

}  // namespace

PartTable::PartTable(const RegisterInfo& info, const FieldInfo& owner, Id record)
    : owner_(owner), order_(order_of(info)), record_(record), table_(info) {
  table_.header_height = header_height;
  table_.with_totals = false;
  std::erase_if(table_.view.columns, [&](const Column& column) { return !column.field || column.field == &owner; });
  for (auto& column : table_.view.columns)
    if (column.field->options.title) column.width = 190;
  table_.usual_columns = table_.view.columns;
  if (order_) table_.view.sort = {{order_, false}};
  table_.view.only = [&owner, record](const Record& part) {
    const Value value = owner.get(part);
    const auto* id = std::get_if<Id>(&value);
    return id && *id == record;
  };
  table_.actions.add = [this](Context& context, bool) { return add(context); };
  table_.actions.more_menu = [this](Context& context) {
    if (menu_item(labelled(context.text("form.part.open"_key), "part.open"), {.icon = icon::inspector}))
      context.navigation.open_record(table_.info(), selection_.current);
    menu_line();
  };
}

Id PartTable::add(Context& context) {
  const RegisterInfo& info = table_.info();
  std::string last;
  if (order_)
    for (const Record* part : context.project.table(info).records())
      if (table_.view.only(*part)) last = std::max(last, text_of(*order_, *part));
  if (!has_room(last, {})) last.clear();
  Id added;
  const bool done = context.change("transaction.add"_key, {argument_of(info.one_key())}, [&](Transaction& change) -> Result<void> {
    const Record& part = change.create_record(info, {});
    added = part.id;
    PMO_TRY_VOID(change.set(part, info, *info.title(), std::string(context.text(info.one_key()))));
    if (order_) PMO_TRY_VOID(change.set(part, info, *order_, order_between(last, {})));
    return change.set(part, info, owner_, Value{record_});
  });
  return done ? added : Id{};
}

void PartTable::draw(Context& context) {
  Context inside{.project = context.project, .analyses = context.analyses, .commands = context.commands, .platform = context.platform,
                 .theme = context.theme, .selection = selection_, .navigation = context.navigation, .messages = context.messages,
                 .language = context.language, .today = context.today};
  table_.rows(inside);
  const float rows = std::min(table_.content_height(), most_rows * Theme::row);
  table_.draw(inside, header_height + rows + ImGui::GetStyle().ScrollbarSize + 2);
}

}  // namespace pmo::ui
