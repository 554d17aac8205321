#include "app/ui/editors/field_editor.h"

#include <algorithm>

#include "app/ui/text_field.h"
#include "app/ui/widgets/pressable.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {
namespace {

TextKind keyboard_of(Kind kind) {
  if (kind == Kind::integer) return TextKind::integer;
  if (kind == Kind::permille || kind == Kind::number || kind == Kind::money) return TextKind::decimal;
  return TextKind::text;
}

int lines_of(const FieldInfo& field, const std::string& text) {
  if (!field.options.lines && !field.options.markdown) return 1;
  const int least = field.options.markdown ? 6 : 3;
  const int written = static_cast<int>(std::ranges::count(text, '\n')) + 1 + static_cast<int>(text.size() / 120);
  return std::clamp(written, least, 16);
}

}  // namespace

std::optional<Value> FieldEditor::draw(Context& context, const FieldInfo& field, const Value& current, Id record, float width) {
  const std::string_view label = context.text(field.label_key());
  ImGui::PushID(static_cast<int>(field.index));
  ImGui::BeginGroup();
  std::optional<Value> answer;
  if (field.kind == Kind::boolean) {
    bool on = current == Value{true};
    if (toggle(labelled(label, field.name), on)) answer = Value{on};
  } else {
    ImGui::PushStyleVarY(ImGuiStyleVar_ItemSpacing, 3);
    text_cut(Type::caption, field.options.required ? std::string(label) + " *" : std::string(label), width, context.theme.ink_soft);
    ImGui::PopStyleVar();
    const bool picks = field.kind == Kind::choice || field.kind == Kind::reference || field.kind == Kind::references;
    if (picks) answer = draw_pick(context, field, current, width);
    else if (field.kind == Kind::day || field.kind == Kind::minute) answer = draw_day(context, field, current, record, width);
    else answer = draw_text(context, field, current, record, width);
  }
  if (const Refused* refused = refused_of(record, field))
    paragraph(Type::caption, phrase(refused->error.message, refused->error.arguments, context.language), context.theme.tone(Tone::bad).ink, width);
  ImGui::EndGroup();
  ImGui::PopID();
  return answer;
}

std::optional<Value> FieldEditor::draw_text(Context& context, const FieldInfo& field, const Value& current, Id record, float width) {
  const CellTexts texts(context.project, context.language, context.today);
  const Refused* refused = refused_of(record, field);
  const std::string id = "###" + std::string(field.name);
  std::string shown = draft_or(id.c_str(), refused ? refused->text : texts.typed(field, current));
  const InputEvents events = input_text(
      id.c_str(), shown, {.width = width, .lines = lines_of(field, shown), .label = context.text(field.label_key()),
                          .kind = keyboard_of(field.kind), .align = is_number_kind(field.kind) ? TextAlign::right : TextAlign::left,
                          .invalid = refused != nullptr, .spell_check = field.kind == Kind::text});
  if (events.changed || events.cancelled || events.committed) drop_refused(record, field);
  if (!events.committed) return std::nullopt;
  auto value = texts.read(field, shown);
  if (!value) {
    refused_.push_back({record, &field, shown, value.error()});
    return std::nullopt;
  }
  return *value == current ? std::nullopt : std::optional(*value);
}

const FieldEditor::Refused* FieldEditor::refused_of(Id record, const FieldInfo& field) const {
  const auto found = std::ranges::find_if(refused_, [&](const Refused& refused) { return refused.field == &field && refused.record == record; });
  return found == refused_.end() ? nullptr : &*found;
}

std::optional<Value> FieldEditor::draw_pick(Context& context, const FieldInfo& field, const Value& current, float width) {
  const Theme& t = context.theme;
  const CellTexts texts(context.project, context.language, context.today);
  const std::string shown = texts.shown(field, current);
  const std::string spoken = std::string(context.text(field.label_key())) + "###" + std::string(field.name);
  const Press press = pressable(spoken, {width, Theme::control}, true, Role::combo_box);
  annotate(Role::combo_box, context.text(field.label_key()), shown);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(press.from, press.to, t.surface, Theme::rounding);
  list.AddRect(press.from, press.to, press.hovered ? t.line_strong : t.line, Theme::rounding);
  const float y = middle(press.from.y, Theme::control, size_of(Type::body));
  float x = press.from.x + 10;
  const float room = press.to.x - 30 - x;
  const auto tone = field.kind == Kind::choice && std::holds_alternative<std::string>(current)
                        ? choice_tone(field, std::get<std::string>(current)) : std::nullopt;
  if (tone) {
    draw_chip(list, {x - 4, press.from.y + 5}, shown, *tone, "", room);
  } else {
    if (field.target == "person" && field.kind == Kind::reference && !shown.empty()) {
      draw_avatar(list, {x - 2, press.from.y + 5}, shown, 22);
      x += 28;
    }
    draw_text_cut(list, {x, y}, press.to.x - 30 - x, Type::body, shown.empty() ? t.ink_faint : t.ink,
                  shown.empty() ? context.text("field.none"_key) : std::string_view(shown));
  }
  ui::draw_text(list, {press.to.x - 26, y}, Type::body, t.ink_faint, icon::chevron_down);
  if (press.clicked) ImGui::OpenPopup("pick");
  if (!ImGui::IsPopupOpen("pick")) return std::nullopt;
  return field.kind == Kind::choice ? choice_picker(context, "pick", field, current)
                                    : references_.draw(context, "pick", field, current);
}

std::optional<Value> FieldEditor::draw_day(Context& context, const FieldInfo& field, const Value& current, Id record, float width) {
  auto answer = draw_text(context, field, current, record, width - Theme::control - 4);
  ImGui::SameLine(0, 4);
  if (icon_button("###open", icon::calendar, context.text("day.choose"_key), {})) ImGui::OpenPopup("pick");
  if (ImGui::IsPopupOpen("pick"))
    if (auto picked = days_.draw(context, "pick", field, current)) {
      drop_refused(record, field);
      answer = picked;
    }
  return answer;
}

}  // namespace pmo::ui
