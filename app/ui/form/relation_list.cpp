#include "app/ui/form/relation_list.h"

#include "app/model/describe_record.h"
#include "app/model/records/common.h"
#include "app/ui/icons.h"
#include "app/ui/widgets/pressable.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {
namespace {

// True when the link is to be taken away.
bool draw_one(Context& context, const RegisterInfo& info, const Record& other, const Relation& relation) {
  constexpr float button_room = 36;
  const Theme& t = context.theme;
  const std::string title = record_title(context.project, info, other);
  const Press press = pressable(title + "###relation." + relation.id.text(), {ImGui::GetContentRegionAvail().x - button_room, Theme::dense_row}, true, Role::link, {}, {}, 4);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (const ImU32 ground = veil(press)) list.AddRectFilled(press.from, press.to, ground, 4);
  const std::string note = std::string(context.text(info.one_key())) + " " + record_number(context.project, info, other);
  const float note_width = std::min(measure(Type::caption, note).x, press.size().x * 0.45f);
  const float y = middle(press.from.y, Theme::dense_row, size_of(Type::body));
  draw_text_cut(list, {press.from.x + 8, y}, press.size().x - 24 - note_width, Type::body, t.ink, title);
  draw_text_cut(list, {press.to.x - 8 - note_width, y + 1}, note_width, Type::caption, t.ink_faint, note);
  if (press.clicked) context.navigation.open_record(info, other.id);
  ImGui::SameLine(0, 4);
  const std::string id = "###relation.remove." + relation.id.text();
  return icon_button(id.c_str(), icon::trash, context.text("relations.remove"_key, {title}), {.emphasis = Emphasis::quiet, .small = true});
}

}  // namespace

void RelationList::draw(Context& context, Id record) {
  gap(1);
  rule();
  gap(0.5f);
  text(Type::strong, context.text(register_of<Relation>().label_key()));
  ImGui::SameLine(ImGui::GetContentRegionAvail().x - 36);
  if (icon_button("###relation.add", icon::plus, context.text("relations.add"_key), {.emphasis = Emphasis::quiet, .small = true})) ImGui::OpenPopup("relation.choose");
  if (const auto chosen = picker_.draw(context, "relation.choose", field_of<Relation>(&Relation::to), Value{}))
    if (const auto* to = std::get_if<Id>(&*chosen); to && *to != record)
      context.change("transaction.relate"_key, {}, [&](Transaction& change) {
        change.create<Relation>([&](Relation& relation) {
          relation.from = {record};
          relation.to = {*to};
        });
      });
  const Relation* removed = nullptr;
  for (const Relation& relation : context.project.all<Relation>()) {
    if (relation.from.id != record && relation.to.id != record) continue;
    const auto [info, other] = context.project.find_any(relation.from.id == record ? relation.to.id : relation.from.id);
    if (other && draw_one(context, *info, *other, relation)) removed = &relation;
  }
  if (removed) context.change("transaction.unrelate"_key, {}, [&](Transaction& change) { change.erase(*removed); });
}

}  // namespace pmo::ui
