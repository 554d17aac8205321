#include "app/ui/table/board_card.h"

#include <algorithm>

#include "app/engine/derived_fields.h"
#include "app/model/open_work.h"
#include "app/ui/annotate.h"
#include "app/ui/editors/pickers.h"
#include "app/ui/table/cell_drawing.h"
#include "app/ui/widgets/widgets.h"
#include "app/ui/wrap_text.h"

namespace pmo::ui {
namespace {

// What a card says beside its status: the first choice of the record that means something to the eye, such as a priority.
std::pair<const FieldInfo*, Value> mark_of(const RegisterInfo& info, const CellTexts& texts, const Record& record) {
  const auto means = [&](const FieldInfo& field) -> std::optional<Value> {
    if (field.kind != Kind::choice || field.options.hidden || &field == info.status()) return {};
    Value value = texts.value(field, record);
    const auto* choice = std::get_if<std::string>(&value);
    if (!choice || !choice_tone(field, *choice)) return {};
    return value;
  };
  for (const FieldInfo& field : engine::derived_fields(info))
    if (auto value = means(field)) return {&field, std::move(*value)};
  for (const FieldInfo& field : info.fields)
    if (auto value = means(field)) return {&field, std::move(*value)};
  return {};
}

}  // namespace

std::string card_title(const RegisterInfo& info, const CellTexts& texts, const Record& record) {
  const FieldInfo* title = info.title();
  std::string shown = title ? texts.shown(*title, texts.value(*title, record), &record) : std::string();
  return shown.empty() ? record_title(texts.project, info, record) : shown;
}

void draw_card_face(const Context& context, const RegisterInfo& info, const CellTexts& texts, const Record& record, ImVec2 from, ImVec2 to) {
  const Theme& t = context.theme;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float left = from.x + 10, right = to.x - 10, room = right - left;
  float rest = room;
  if (const auto due = due_on(info, record)) {
    const std::string day = format_day(*due, context.language);
    const float width = measure(Type::caption, day).x;
    draw_text(list, {right - width, from.y + 8}, Type::caption, is_late(info, record, context.today) ? t.tone(Tone::bad).ink : t.ink_soft, day);
    rest -= width + 8;
  }
  draw_text_cut(list, {left, from.y + 8}, rest, Type::caption, t.ink_faint, record_number(context.project, info, record));
  const std::string title = card_title(info, texts, record);
  const TextStyle style(Type::body);
  const auto lines = wrap_text(title, room);
  for (std::size_t i = 0; i < std::min<std::size_t>(lines.size(), 2); ++i) {
    const auto begin = static_cast<std::size_t>(lines[i].data() - title.data());
    const std::string_view line = i == 1 ? std::string_view(title).substr(begin) : lines[i];  // the rest is cut
    draw_text_cut(list, {left, from.y + 26 + static_cast<float>(i) * 18}, room, Type::body, t.ink, line);
  }
  const float bottom = to.y - 26;
  float end = right;
  if (const auto [field, value] = mark_of(info, texts, record); field) {
    const std::string shown = texts.shown(*field, value, &record);
    const float width = std::min(chip_size(shown).x, room / 2);
    end = right - width;
    draw_chip(list, {end, bottom - 1}, shown, *choice_tone(*field, std::get<std::string>(value)), "", width);
  }
  if (const Person* person = context.project.find(responsible_for(info, record))) {
    draw_avatar(list, {left, bottom}, person->name, 18);
    draw_text_cut(list, {left + 24, bottom + 2}, end - left - 32, Type::caption, t.ink_soft, person->name);
  }
}

void draw_card_error(const Context& context, std::string_view message, ImVec2 card_from, ImVec2 card_to) {
  constexpr float widest = 320, padding = 10, line = 18;
  const TextStyle style(Type::caption);
  const auto lines = wrap_text(message, widest);
  float width = 0;
  for (const auto each : lines) width = std::max(width, measure(Type::caption, each).x);
  const ImVec2 size(width + 2 * padding, line * static_cast<float>(lines.size()) + padding), screen = ImGui::GetIO().DisplaySize;
  ImVec2 at(std::min(card_from.x, screen.x - size.x - padding), card_to.y + 4);
  if (at.y + size.y > screen.y) at.y = card_from.y - size.y - 4;
  ImDrawList& front = *ImGui::GetForegroundDrawList();
  front.AddRectFilled(at, {at.x + size.x, at.y + size.y}, context.theme.tone(Tone::bad).fill, 6);
  for (std::size_t i = 0; i < lines.size(); ++i)
    draw_text(front, {at.x + padding, at.y + padding / 2 + 2 + static_cast<float>(i) * line}, Type::caption, context.theme.on_fill, lines[i]);
  annotate_area("card.error", {at.x, at.y, at.x + size.x, at.y + size.y}, Role::alert, message);
}

}  // namespace pmo::ui
