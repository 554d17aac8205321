#include "app/ui/table/cell_drawing.h"

#include <algorithm>

#include "app/ui/editors/pickers.h"
#include "app/model/format.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {
namespace {

std::string first_line(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  return text;
}

}  // namespace

bool opens_picker(const FieldInfo& field) {
  return field.kind == Kind::choice || field.kind == Kind::reference || field.kind == Kind::references;
}

bool has_picker(const FieldInfo& field) {
  return opens_picker(field) || field.kind == Kind::day || field.kind == Kind::minute || field.is_long();
}

void draw_value(Context& context, const CellTexts& texts, const FieldInfo& field, const Value& value, ImVec2 from, ImVec2 to,
                Type type, const Record* record) {
  const Theme& t = context.theme;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float width = to.x - from.x, y = middle(from.y, to.y - from.y, size_of(type));
  if (field.kind == Kind::boolean) {
    if (value == Value{true}) draw_text(list, {from.x, y}, type, t.tone(Tone::accent).ink, icon::check);
    return;
  }
  std::string shown = field.is_long() ? first_line(texts.shown(field, value, record)) : texts.shown(field, value, record);
  if (shown.empty()) return;
  // In a narrow column a moment is its day: half a time of day says nothing.
  if (const auto* moment = std::get_if<std::int64_t>(&value); moment && field.kind == Kind::minute && measure(type, shown).x > width)
    shown = format_day(Minute{*moment}.day(), texts.language);
  if (field.kind == Kind::choice) {
    if (const auto tone = choice_tone(field, std::get<std::string>(value)))
      return draw_chip(list, {from.x - 4, middle(from.y, to.y - from.y, 22)}, shown, *tone, "", width + 4);
  }
  if (field.kind == Kind::permille && field.options.maximum == 1000) {
    const auto* number = std::get_if<std::int64_t>(&value);
    const float share = number ? static_cast<float>(*number) / 1000 : 0;
    draw_progress(list, {from.x, to.y - 7}, {to.x, to.y - 4}, share, Tone::accent);
  }
  if (is_number_kind(field.kind)) {
    const float size = measure(type, shown).x;
    const bool negative = shown.front() == '-';
    draw_text_cut(list, {std::max(from.x, to.x - size), y}, width, type, negative ? t.tone(Tone::bad).ink : t.ink, shown);
    return;
  }
  if (field.kind == Kind::reference && field.target == "person" && width > 60) {
    draw_avatar(list, {from.x - 2, middle(from.y, to.y - from.y, 22)}, shown, 22);
    draw_text_cut(list, {from.x + 27, y}, width - 27, type, t.ink, shown);
    return;
  }
  draw_text_cut(list, {from.x, y}, width, type, field.is_long() ? t.ink_soft : t.ink, shown);
}

}  // namespace pmo::ui
