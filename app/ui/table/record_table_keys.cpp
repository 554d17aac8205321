// A table's keys, its part of the clipboard, and the menu of a row.
#include <algorithm>

#include "app/ui/platform.h"
#include "app/ui/table/cell_drawing.h"
#include "app/ui/table/record_table.h"
#include "app/ui/text_field.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {

// ---- keys, clipboard, menu ----------------------------------------------------------------------------------------

void RecordTable::fold_current(Context& context, bool folded) {
  const auto row = rows_.find(context.selection.current);
  if (!row || !rows_.list[*row].summary || rows_.list[*row].folded == folded) return;
  fold(context, rows_.list[*row]);
}

void RecordTable::take_keys(Context& context, const CellTexts& texts) {
  const bool popup = ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel);
  if (!ImGui::IsWindowFocused() || editing_.field || popup || somebody_edits()) return;
  const auto pressed = [](ImGuiKey key) { return ImGui::IsKeyPressed(key, true); };
  const ImGuiIO& io = ImGui::GetIO();
  if (rows_.outline && io.KeyAlt && io.KeyShift && (pressed(ImGuiKey_Equal) || pressed(ImGuiKey_KeypadAdd))) fold_current(context, false);
  if (rows_.outline && io.KeyAlt && io.KeyShift && (pressed(ImGuiKey_Minus) || pressed(ImGuiKey_KeypadSubtract))) fold_current(context, true);
  const int page = std::max(1, static_cast<int>((body_to_.y - body_from_.y) / row_height) - 1);
  const int all = static_cast<int>(rows_.list.size());
  int by = 0;
  if (!io.KeyAlt) {
    if (pressed(ImGuiKey_DownArrow)) by = io.KeyCtrl ? all : 1;
    if (pressed(ImGuiKey_UpArrow)) by = io.KeyCtrl ? -all : -1;
    if (pressed(ImGuiKey_PageDown)) by = page;
    if (pressed(ImGuiKey_PageUp)) by = -page;
    if (pressed(ImGuiKey_Home) && io.KeyCtrl) by = -all;
    if (pressed(ImGuiKey_End) && io.KeyCtrl) by = all;
    if (by != 0) reveal_ = selecting_.move(context.selection, info_, rows_, by, io.KeyShift);
    const int columns = static_cast<int>(places_.size());
    int across = 0;
    if (pressed(ImGuiKey_LeftArrow)) across = -1;
    if (pressed(ImGuiKey_RightArrow)) across = 1;
    if (pressed(ImGuiKey_Tab)) across = io.KeyShift ? -1 : 1;
    if (pressed(ImGuiKey_Home) && !io.KeyCtrl) across = -columns;
    if (pressed(ImGuiKey_End) && !io.KeyCtrl) across = columns;
    if (across != 0) {
      move_column(across);
      reveal_ = rows_.find(context.selection.current);
    }
  }
  if (ImGui::Shortcut(ImGuiMod_Ctrl | ImGuiKey_A)) selecting_.all(context.selection, info_, rows_);
  if (ImGui::Shortcut(ImGuiMod_Ctrl | ImGuiKey_C)) copy_selected(context);
  if (ImGui::Shortcut(ImGuiMod_Ctrl | ImGuiKey_D)) fill_down(context);
  const auto row = context.selection.info == &info_ ? rows_.find(context.selection.current) : std::nullopt;
  if (!row || !column_ || !place_of(column_)) return;
  const Record& record = *rows_.list[*row].record;
  // With Ctrl or Alt these are commands of the page, or the browser's: Ctrl+F2 links, Ctrl+Insert copies.
  if (io.KeyCtrl || io.KeyAlt) {
    if (io.KeyAlt && pressed(ImGuiKey_DownArrow)) open_picker_ = true;
    return;
  }
  if (actions.add && pressed(ImGuiKey_Insert)) {
    if (const Id added = actions.add(context, false)) edit_new(context, added);
    return;
  }
  if (pressed(ImGuiKey_F2) || pressed(ImGuiKey_Enter) || pressed(ImGuiKey_KeypadEnter)) begin_edit(context, texts, record, *column_);
  if (column_->kind == Kind::boolean && pressed(ImGuiKey_Space)) begin_edit(context, texts, record, *column_);
  if (actions.erase && pressed(ImGuiKey_Delete) && column_ == leading_field(info_)) return actions.erase(context);
  if (pressed(ImGuiKey_Delete) && !column_->options.required)
    if (const auto empty = source_.read(texts, *column_, &record, {}); empty && !source_.locked(*column_, record))
      write(context, record, *column_, *empty);
}

void RecordTable::take_paste(Context& context, const CellTexts& texts) {
  const Clip* clip = context.platform.pasted();
  if (!clip || editing_.field || !ImGui::IsWindowFocused(ImGuiFocusedFlags_ChildWindows)) return;
  const TextGrid grid = parse_grid(clip->text);
  if (grid.empty()) return;
  std::vector<const Record*> targets;
  const auto selected = selected_records(context.selection, info_, rows_);
  if (selected.size() > 1) {
    targets = selected;
  } else if (context.selection.info == &info_) {
    const auto current = rows_.find(context.selection.current);
    for (std::size_t row = current.value_or(rows_.list.size()); row < rows_.list.size(); ++row)
      if (rows_.list[row].record) targets.push_back(rows_.list[row].record);
  }
  auto plan = plan_paste(view, info_, texts, targets, column_, grid);
  // One cell without trouble needs no preview.
  if (plan.errors == 0 && plan.left_out == 0 && plan.created == 0 && plan.changes <= 1) {
    context.change("transaction.paste"_key, {std::to_string(plan.changes)}, [&](Transaction& change) { return apply_paste(change, info_, plan, source_); });
    return;
  }
  paste_ = std::move(plan);
  paste_shown_ = true;
}

void RecordTable::draw_paste_preview(Context& context, const CellTexts&) {
  if (!paste_) return;
  const Theme& t = context.theme;
  const PastePlan& plan = *paste_;
  bool done = false;
  if (Dialog dialog("table.paste", context.text("paste.title"_key), paste_shown_,
                    {.icon = icon::paste, .width = 880, .close_name = context.text("shell.close"_key)}); dialog) {
    const auto number = [](std::size_t count) { return format_integer(static_cast<std::int64_t>(count)); };
    paragraph(Type::body, context.text("paste.about"_key, {number(plan.changes), number(plan.created)}), t.ink_soft);
    if (plan.errors > 0) {
      gap(0.5f);
      chip(context.text("paste.errors"_key, {number(plan.errors)}), Tone::bad, icon::warning);
    }
    if (plan.left_out > 0) {
      gap(0.5f);
      chip(context.text("paste.left_out"_key, {number(plan.left_out)}), Tone::caution, icon::warning);
    }
    gap(1);
    std::vector<const FieldInfo*> fields;
    for (const auto* field : plan.fields)
      if (field) fields.push_back(field);
    ImGui::BeginChild("preview", {0, 360}, ImGuiChildFlags_Borders, ImGuiWindowFlags_HorizontalScrollbar);
    constexpr float column_width = 168;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    ImVec2 at = ImGui::GetCursorScreenPos();
    for (std::size_t c = 0; c < fields.size(); ++c)
      draw_text_cut(list, {at.x + 64 + column_width * static_cast<float>(c), at.y + 6}, column_width - 12, Type::caption, t.ink_soft,
                    context.text(fields[c]->label_key()));
    ImGui::Dummy({64 + column_width * static_cast<float>(fields.size()), 28});
    constexpr std::size_t most_shown = 200;
    for (std::size_t i = 0; i < std::min(plan.rows.size(), most_shown); ++i) {
      const PasteRow& row = plan.rows[i];
      at = ImGui::GetCursorScreenPos();
      draw_text_cut(list, {at.x, at.y + 6}, 60, Type::caption, row.record ? t.ink_faint : t.tone(Tone::good).ink,
                    row.record ? source_.number(context.project, info_, *row.record) : std::string(context.text("paste.new"_key)));
      for (const PasteCell& cell : row.cells) {
        const auto column = static_cast<float>(std::ranges::find(fields, cell.field) - fields.begin());
        const ImVec2 from(at.x + 64 + column_width * column, at.y);
        const ImU32 ink = cell.error ? t.tone(Tone::bad).ink : cell.before == cell.after ? t.ink_faint : t.ink;
        if (cell.error) list.AddRectFilled({from.x - 6, from.y + 1}, {from.x + column_width - 12, from.y + 27}, t.tone(Tone::bad).soft, 4);
        draw_text_cut(list, {from.x, from.y + 5}, column_width - 20, Type::body, ink, cell.after);
        if (cell.error && ImGui::IsMouseHoveringRect(from, {from.x + column_width - 12, from.y + 28}))
          ImGui::SetTooltip("%s", phrase(cell.error->message, cell.error->arguments, context.language).c_str());
      }
      ImGui::Dummy({64 + column_width * static_cast<float>(fields.size()), 28});
    }
    ImGui::EndChild();
    const int answer = dialog_buttons(dialog, labelled(context.text("shell.cancel"_key), "cancel"),
                                      labelled(context.text("paste.apply"_key), "paste.apply"), Emphasis::primary, plan.changes > 0);
    if (answer == 1)
      context.change("transaction.paste"_key, {std::to_string(plan.changes)}, [&](Transaction& change) { return apply_paste(change, info_, plan, source_); });
    if (answer != 0) dialog.close();
    done = answer != 0;
  }
  if (done || !paste_shown_) paste_.reset();
}

void RecordTable::draw_row_menu(Context& context) {
  if (!begin_menu("row.menu", true)) return;
  if (actions.more_menu) {
    actions.more_menu(context);
    menu_line();
  }
  if (menu_item(labelled(context.text("table.details"_key), "details"), {.icon = icon::inspector}) && context.selection.current)
    context.navigation.open_record(info_, context.selection.current);
  menu_line();
  if (menu_item(labelled(context.text("table.copy"_key), "copy"), {.icon = icon::copy, .shortcut = "Ctrl+C"})) copy_selected(context);
  if (!view.board) {  // these begin at a cell
    if (menu_item(labelled(context.text("table.paste"_key), "paste"), {.icon = icon::paste, .shortcut = "Ctrl+V"})) context.platform.request_paste();
    if (menu_item(labelled(context.text("table.fill_down"_key), "fill_down"),
                  {.icon = icon::arrow_down, .shortcut = "Ctrl+D", .enabled = context.selection.records.size() > 1}))
      fill_down(context);
  }
  if (menu_item(labelled(context.text("table.duplicate"_key), "duplicate"), {.icon = icon::duplicate})) duplicate_selected(context);
  menu_line();
  if (menu_item(labelled(context.text("table.erase"_key), "erase"), {.icon = icon::trash, .danger = true})) erase_selected(context);
  end_menu();
}

}  // namespace pmo::ui
