#include "app/ui/form/locked_field.h"

#include "app/model/access_log.h"
#include "app/model/sealing.h"
#include "app/ui/commands.h"
#include "app/ui/icons.h"
#include "app/ui/platform.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {
namespace {

void draw_lock(Context& context, const FieldInfo& field, const Error& why, float width) {
  const Theme& t = context.theme;
  constexpr float padding = 12, line = 44;
  const bool can_unlock = why.message == "error.vault.locked"_key;
  const std::string told = can_unlock ? std::string(context.text("vault.locked_content"_key)) : describe(why, context.language);
  text_cut(Type::caption, context.text(field.label_key()), width, t.ink_soft);
  const std::string label = labelled(context.text("command.unlock"_key), "unlock." + std::string(field.name));
  const ButtonOptions look{.icon = icon::unlock, .small = true};
  const float room = width - 2 * padding - (can_unlock ? button_width(label, look) + 12 : 0);
  const std::string shown = std::string(icon::lock) + "  " + told;
  const float height = std::max(line, paragraph_height(Type::body, shown, room) + 2 * padding);
  const ImVec2 from = ImGui::GetCursorScreenPos(), cursor = ImGui::GetCursorPos(), to(from.x + width, from.y + height);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(from, to, t.sunken, Theme::rounding);
  list.AddRect(from, to, t.line, Theme::rounding);
  ImGui::SetCursorPos({cursor.x + padding, cursor.y + (height - paragraph_height(Type::body, shown, room)) / 2});
  paragraph(Type::body, shown, t.ink_soft, room);
  if (can_unlock) {
    ImGui::SetCursorPos({cursor.x + width - padding - button_width(label, look), cursor.y + (height - 28) / 2});
    if (button(label, look)) context.commands.run("vault.unlock", context);
  }
  return_to({cursor.x, cursor.y + height + 6});
}

}  // namespace

std::optional<Value> value_or_lock(Context& context, const RegisterInfo& info, const Record& record, const FieldInfo& field, float width) {
  const Value value = field.get(record);
  if (!field.options.sealed) return value;
  const bool sealed = holds_sealed(value);
  const ContentKey* key = context.project.content_key();
  if (!sealed && (key || !is_locked(context.project, info, record))) return value;
  if (!key) return draw_lock(context, field, {"error.vault.locked"_key, {}}, width), std::nullopt;
  auto text = opened_text(context.project, record.id, field, std::get<std::string>(value));
  if (!text) return draw_lock(context, field, text.error(), width), std::nullopt;
  note_look(context.project, info, record, context.platform.local_now());
  return Value{std::move(*text)};
}

}  // namespace pmo::ui
