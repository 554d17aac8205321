// The lists of choices as this project words them: other names, choices left out, choices of its own that count as one of
// the product's.
#include <algorithm>

#include "app/desks/pages.h"
#include "app/model/own_choices.h"
#include "app/model/records/lists.h"
#include "app/model/records/task.h"
#include "app/model/sort_stably.h"
#include "app/ui/icons.h"
#include "app/ui/text_field.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::desks {
namespace {

using namespace ui;

constexpr float name_width = 260, base_width = 220;

// A list is offered where it is used first; those of the schedule are the engine's own.
struct List {
  const RegisterInfo* info;
  const FieldInfo* field;
};

std::vector<List> lists_of(const Schema& schema) {
  std::vector<List> lists;
  for (const RegisterInfo* info : schema.registers()) {
    if (info->prefix.empty() || info == &register_of<Task>()) continue;
    for (const FieldInfo& field : info->fields)
      if (field.kind == Kind::choice && !field.options.hidden && std::ranges::none_of(lists, [&](const List& list) { return list.field->choice_labels == field.choice_labels; }))
        lists.push_back({info, &field});
  }
  sort_stably(lists, {}, [](const List& list) { return list.info->desk; });
  return lists;
}

class ListsPage final : public Page {
 public:
  std::string_view name() const override { return "lists"; }
  Key title() const override { return "page.lists"_key; }
  const char* icon() const override { return icon::list_tree; }
  Desk desk() const override { return Desk::administrator; }
  void forget() override { field_ = nullptr; }

  void draw(Context& context) override {
    paragraph(Type::body, context.text("lists.about"_key), context.theme.ink_soft, 760);
    gap(1);
    draw_chooser(context);
    gap(1);
    if (Card card("choices"); card) draw_choices(context);
  }

 private:
  static std::string name_of(const Context& context, const List& list) {
    return std::string(context.text(list.info->label_key())) + " · " + std::string(context.text(list.field->label_key()));
  }

  void draw_chooser(Context& context) {
    const auto lists = lists_of(context.project.schema());
    if (!field_) field_ = lists.front().field;
    const auto now = std::ranges::find(lists, field_, &List::field);
    if (button(labelled(name_of(context, *now), "lists.choose"), {.icon = icon(), .opens_menu = true, .width = 340})) open_menu("lists.menu");
    if (!begin_menu("lists.menu", false, 360)) return;
    for (const List& list : lists)
      if (menu_item(labelled(name_of(context, list), list.field->choice_labels), {.checked = list.field == field_})) field_ = list.field;
    end_menu();
  }

  const OwnChoice* wording_of(const Project& project, std::string_view base) const {
    for (const OwnChoice& own : project.all<OwnChoice>())
      if (!own.added && own.list == field_->choice_labels && own.base == base) return &own;
    return nullptr;
  }

  void draw_choices(Context& context) {
    text(Type::caption, context.text("lists.product"_key), context.theme.ink_soft);
    ImGui::SameLine(base_width);
    text(Type::caption, context.text("lists.own_name"_key), context.theme.ink_soft);
    gap(0.5f);
    for (const auto choice : field_->choices) {
      draw_product_choice(context, choice);
      std::vector<const OwnChoice*> added;
      for (const OwnChoice& own : context.project.all<OwnChoice>())
        if (own.added && own.list == field_->choice_labels && own.base == choice) added.push_back(&own);
      for (const OwnChoice* own : added) draw_added(context, *own);
    }
    gap(0.5f);
    if (button(labelled(context.text("lists.add"_key), "lists.add"), {.icon = icon::plus, .opens_menu = true})) open_menu("lists.add.menu");
    if (!begin_menu("lists.add.menu")) return;
    menu_heading(context.text("lists.counts_as"_key));
    for (const auto choice : field_->choices)
      if (menu_item(labelled(context.text(field_->choice_key(choice)), choice))) add(context, choice);
    end_menu();
  }

  void add(Context& context, std::string_view base) {
    const std::string name = context.text("lists.new_name"_key, {std::string(context.text(field_->choice_key(base)))});
    context.change("transaction.add"_key, {argument_of(register_of<OwnChoice>().one_key())}, [&](Transaction& change) {
      change.create<OwnChoice>([&](OwnChoice& own) {
        own.name = name;
        own.list = field_->choice_labels;
        own.base = base;
        own.added = true;
      });
    });
  }

  // What is written or switched makes the record that holds it.
  template <class T, class V>
  void word_choice(Context& context, std::string_view base, T OwnChoice::* member, const V& value) {
    context.change("transaction.word_choice"_key, {std::string(context.text(field_->choice_key(base)))}, [&](Transaction& change) {
      const OwnChoice* own = wording_of(context.project, base);
      if (!own)
        own = &change.create<OwnChoice>([&](OwnChoice& made) {
          made.list = field_->choice_labels;
          made.base = base;
        });
      change.set(*own, member, T(value));
    });
  }

  void draw_product_choice(Context& context, std::string_view choice) {
    const OwnChoice* own = wording_of(context.project, choice);
    const std::string_view usual = context.text(field_->choice_key(choice));
    label_beside(usual, base_width - 16);
    ImGui::SameLine(base_width);
    const std::string before = own ? own->name : std::string(), id = "###name." + std::string(choice);
    std::string name = draft_or(id.c_str(), before);
    if (input_text(id.c_str(), name, {.width = name_width, .label = usual, .placeholder = usual}).committed && name != before)
      word_choice(context, choice, &OwnChoice::name, name);
    ImGui::SameLine(0, 16);
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() + 4);  // to the middle of the field beside it
    bool offered = !own || own->offered;
    if (toggle(labelled(context.text("own_choice.offered"_key), "offered." + std::string(choice)), offered)) word_choice(context, choice, &OwnChoice::offered, offered);
  }

  void draw_added(Context& context, const OwnChoice& own) {
    text(Type::caption, "+", context.theme.ink_faint);
    ImGui::SameLine(base_width);
    const std::string id = own.id.text(), field = "###name." + id;
    std::string name = draft_or(field.c_str(), own.name);
    if (input_text(field.c_str(), name, {.width = name_width, .label = own.name}).committed && !name.empty() && name != own.name)
      context.change("transaction.word_choice"_key, {own.name}, [&](Transaction& change) { change.set(own, &OwnChoice::name, name); });
    ImGui::SameLine(0, 16);
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() + 4);  // to the middle of the field beside it
    bool offered = own.offered;
    if (toggle(labelled(context.text("own_choice.offered"_key), "offered." + id), offered))
      context.change("transaction.word_choice"_key, {own.name}, [&](Transaction& change) { change.set(own, &OwnChoice::offered, offered); });
    ImGui::SameLine(0, 16);
    if (icon_button(("###remove." + id).c_str(), icon::trash, context.text("lists.remove"_key, {own.name}), {.emphasis = Emphasis::quiet, .small = true}))
      context.change("transaction.remove_choice"_key, {own.name}, [&](Transaction& change) { change.erase(own); });
  }

  const FieldInfo* field_ = nullptr;
};

}  // namespace

std::unique_ptr<Page> make_lists_page() { return std::make_unique<ListsPage>(); }

}  // namespace pmo::desks
