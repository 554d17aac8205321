#include "app/ui/table/view_menu.h"

#include "app/model/open_work.h"
#include "app/ui/icons.h"
#include "app/ui/table/saved_view.h"
#include "app/ui/text_field.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {

void ViewMenu::draw(Context& context) {
  const SavedView* chosen = context.project.all<SavedView>().find(chosen_);
  const std::string name = chosen ? chosen->name : std::string(context.text("view.views"_key));
  if (icon_button("###views", icon::bookmark, name, {.emphasis = Emphasis::quiet, .on = chosen != nullptr})) open_menu("views.menu");
  draw_menu(context);
  draw_form(context);
}

std::string ViewMenu::title(const Context& context) const {
  const SavedView* view = context.project.all<SavedView>().find(chosen_);
  return std::string(context.text(table_.info().label_key())) + (view ? " – " + view->name : std::string());
}

void ViewMenu::draw_menu(Context& context) {
  bool save = false;
  if (begin_menu("views.menu")) {
    menu_heading(context.text("view.views"_key));
    if (menu_item(labelled(context.text("view.usual"_key), "view.usual"), {.checked = !chosen_})) take(nullptr);
    const Ref<Person> me = own_person(context.project);
    for (const SavedView& view : context.project.all<SavedView>()) {
      if (view.register_name != table_.info().name || (view.person && view.person != me)) continue;
      const char* whose = view.person ? icon::user_check : icon::team;
      if (menu_item(labelled(view.name, "view." + view.id.text()), {.icon = whose, .checked = view.id == chosen_})) take(&view);
    }
    menu_line();
    save = menu_item(labelled(context.text("view.save"_key), "view.save"), {.icon = icon::save});
    if (const SavedView* chosen = context.project.all<SavedView>().find(chosen_)) {
      if (menu_item(labelled(context.text("view.update"_key, {chosen->name}), "view.update"), {.icon = icon::check}))
        context.change("transaction.save_view"_key, {chosen->name}, [&](Transaction& change) { change.set(*chosen, &SavedView::content, content()); });
      if (menu_item(labelled(context.text("view.delete"_key, {chosen->name}), "view.delete"), {.icon = icon::trash}))
        context.change("transaction.delete_view"_key, {chosen->name}, [&](Transaction& change) { change.erase(*chosen); });
    }
    end_menu();
  }
  if (save) ImGui::OpenPopup("view.new");
}

void ViewMenu::draw_form(Context& context) {
  if (!ImGui::BeginPopup("view.new")) return;
  text(Type::strong, context.text("view.save"_key));
  const auto name = input_text("###view.name", name_, {.width = 260, .label = context.text("view.name"_key)});
  if (own_person(context.project)) (void)checkbox(labelled(context.text("view.shared"_key), "view.shared"), shared_);
  gap(0.5f);
  const bool ready = !name_.empty();
  if ((button(labelled(context.text("view.keep"_key), "view.keep"), {.emphasis = Emphasis::primary, .enabled = ready}) || name.end == TextEntryEnd::enter) && ready) {
    save(context);
    ImGui::CloseCurrentPopup();
  }
  ImGui::EndPopup();
}

void ViewMenu::save(Context& context) {
  const Ref<Person> me = own_person(context.project);
  Id made;
  const bool kept = context.change("transaction.save_view"_key, {name_}, [&](Transaction& change) {
    made = change.create<SavedView>([&](SavedView& view) {
      view.name = name_;
      view.register_name = table_.info().name;
      view.content = content();
      if (!shared_) view.person = me;
    }).id;
  });
  if (!kept) return;
  chosen_ = made;
  name_.clear();
}

std::string ViewMenu::content() const { return write_view(table_.view) + (beside_.write ? beside_.write() : std::string()); }

void ViewMenu::take(const SavedView* view) {
  chosen_ = view ? view->id : Id{};
  const std::string_view content = view ? std::string_view(view->content) : std::string_view();
  read_view(content, table_.info(), table_.view, table_.usual_columns);
  if (beside_.read) beside_.read(content);
}

}  // namespace pmo::ui
