// Changing records in a table: adding, deleting, filling; the current cell, its editor and its pickers.
#include <algorithm>
#include <utility>

#include "app/ui/platform.h"
#include "app/ui/table/cell_drawing.h"
#include "app/ui/table/record_table.h"
#include "app/ui/text_field.h"
#include "app/ui/widgets/pressable.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {

// ---- changing things ----------------------------------------------------------------------------------------------

const Record* RecordTable::add(Context& context, const std::function<void(Transaction&, const Record&)>& prepare) {
  const Record* made = nullptr;
  Transaction transaction(context.project, "transaction.add"_key, {argument_of(info_.one_key())});
  Record& record = transaction.create_record(info_, {});
  for (const FieldInfo& field : info_.fields) {
    if (!field.options.required || field.kind != Kind::text) continue;
    (void)transaction.set(record, info_, field, std::string(context.text(info_.one_key())));
  }
  source_.added(transaction, record);
  if (prepare) prepare(transaction, record);
  made = &record;
  if (auto committed = transaction.commit(); !committed) {
    context.messages.error(committed.error());
    return nullptr;
  }
  edit_new(context, made->id);
  return made;
}

// A record that was just added: selected, on the screen, its name being written.
void RecordTable::edit_new(Context& context, Id record) {
  context.selection.only(info_, record);
  reveal_ = make_seen(context, record);
  if (reveal_) selecting_.click(context.selection, info_, rows_, *reveal_, false, false);
  column_ = leading_field(info_);
  other_editor_ = !other_editor_;  // a field that ends and begins in one frame would be the same field to the browser
  const Record* added = context.project.table(info_).find(record);
  if (!column_ || !added || view.board) return;  // from a board it is named in its form
  begin_edit(context, texts_of(context), *added, *column_);
  editing_.selection = TextSelection::all;
  const auto& steps = context.project.undo_steps();
  fresh_ = {record, steps.empty() ? Id{} : steps.back().commit};
  context.platform.request_frame();
}

RecordTable::Chosen RecordTable::chosen(const Context& context) {
  Chosen chosen{selected_records(context.selection, info_, rows(context))};
  if (context.selection.info != &info_) return chosen;
  for (const Id id : context.selection.records) chosen.hidden += !rows_.find(id) && context.project.table(info_).find(id);
  return chosen;
}

void RecordTable::tell_hidden(Context& context, const Chosen& chosen) const {
  if (chosen.hidden > 0) context.messages.warning(context.text("table.hidden_kept"_key, {std::to_string(chosen.hidden)}));
}

void RecordTable::erase_selected(Context& context) {
  if (actions.erase) return actions.erase(context);
  const Chosen all = chosen(context);
  const auto& records = all.records;
  if (records.empty()) return;
  const auto number = std::to_string(records.size());
  std::set<Id> ids;
  for (const Record* record : records) ids.insert(record->id);
  if (!context.change("transaction.erase"_key, {number}, [&](Transaction& change) {
        for (const Record* record : records) change.erase(info_, *record);
      }))
    return;
  context.selection.clear();
  const auto users = count_users(context.project, ids);
  if (users > 0) context.messages.warning(context.text("table.erased_in_use"_key, {number, std::to_string(users)}));
  else context.messages.success(context.text("table.erased"_key, {number}));
  tell_hidden(context, all);
}

void RecordTable::duplicate_selected(Context& context) {
  const Chosen all = chosen(context);
  const auto& records = all.records;
  if (records.empty()) return;
  const bool done = context.change("transaction.duplicate"_key, {std::to_string(records.size())}, [&](Transaction& change) -> Result<void> {
    for (const Record* record : records) {
      const Record& copy = change.create_record(info_, {});
      for (const FieldInfo& field : info_.fields)
        if (auto set = change.set(copy, info_, field, field.get(*record)); !set) return set;
      source_.added(change, copy);
    }
    return {};
  });
  if (done) tell_hidden(context, all);
}

void RecordTable::copy_selected(Context& context) {
  const CellTexts texts = texts_of(context);
  const auto records = selected_records(context.selection, info_, rows(context));
  if (records.empty()) return;
  TextGrid grid;
  if (records.size() == 1 && column_ && !view.board) grid = {{texts.typed(*column_, texts.value(*column_, *records.front()), records.front())}};
  else grid = grid_of(view, info_, texts, records, true);
  context.platform.copy({to_tsv(grid), to_html(grid)});
}

void RecordTable::fill_down(Context& context) {
  const Chosen all = chosen(context);
  const auto& records = all.records;
  if (records.size() < 2 || !column_) return;
  const Value value = source_.get(*column_, *records.front());
  std::vector<const Record*> filled;
  std::optional<Error> locked;  // why some of them stay
  for (const Record* record : records) {
    if (!column_->derived && source_.get(*column_, *record) == value) continue;
    if (auto why = source_.locked(*column_, *record)) locked = std::move(why);
    else filled.push_back(record);
  }
  if (locked) context.messages.warning(phrase(locked->message, locked->arguments, context.language));
  if (filled.empty()) return;
  const bool done = context.change("transaction.fill"_key, {std::to_string(filled.size())}, [&](Transaction& change) -> Result<void> {
    for (const Record* record : filled) PMO_TRY_VOID(source_.write(change, info_, *record, *column_, value));
    return {};
  });
  if (done) tell_hidden(context, all);
}

std::string RecordTable::csv(const Context& context) {
  const CellTexts texts = texts_of(context);
  std::vector<const Record*> records;
  for (const Row& row : rows(context).list)
    if (row.record && !is_locked(context.project, info_, *row.record)) records.push_back(row.record);
  return to_csv(grid_of(view, info_, texts, records, true));
}

bool RecordTable::write(Context& context, const Record& record, const FieldInfo& field, const Value& value) {
  const Result<void> done = put(context, record, {{&field, value}});
  if (!done) context.messages.error(done.error());
  return done.has_value();
}

Result<void> RecordTable::put(Context& context, const Record& record, const Values& values) {
  const bool title = std::ranges::any_of(values, [](const auto& each) { return each.first->options.title; });
  const bool several = context.selection.info == &info_ && context.selection.records.size() > 1 && context.selection.contains(record.id) && !title;
  Chosen all;
  if (several) all = chosen(context);
  else all.records = {&record};
  const auto writes = [&](const Record& each, const auto& one) { return source_.get(*one.first, each) != one.second && !source_.locked(*one.first, each); };
  std::erase_if(all.records, [&](const Record* each) { return std::ranges::none_of(values, [&](const auto& one) { return writes(*each, one); }); });
  if (all.records.empty()) return {};
  const auto named = std::ranges::find_if(values, [&](const auto& one) { return std::ranges::any_of(all.records, [&](const Record* each) { return writes(*each, one); }); });
  const std::string number = std::to_string(all.records.size());
  PMO_TRY_VOID(context.attempt("transaction.edit"_key, {argument_of(named->first->label_key()), number}, [&](Transaction& change) -> Result<void> {
    for (const Record* each : all.records)
      for (const auto& one : values)
        if (writes(*each, one)) PMO_TRY_VOID(source_.write(change, info_, *each, *one.first, one.second));
    return {};
  }));
  if (all.records.size() > 1) context.messages.success(context.text("table.changed"_key, {number}));
  tell_hidden(context, all);
  return {};
}

// ---- the current cell ---------------------------------------------------------------------------------------------

void RecordTable::draw_current_cell(Context& context, const CellTexts& texts) {
  const Theme& t = context.theme;
  if (editing_.field && !edits_current(context)) leave_edit(context, texts);
  if (context.selection.info != &info_) return;
  const auto row = rows_.find(context.selection.current);
  const Column* column = current_column();
  const auto place = place_of(column_);
  if (!row || !column || !place) return;
  const Record& record = *rows_.list[*row].record;
  const float shift = place->frozen ? 0 : scroll_x_;
  const float y = body_from_.y - ImGui::GetScrollY() + static_cast<float>(*row) * row_height;
  const ImVec2 from(body_from_.x + place->left - shift, y), to(body_from_.x + place->right - shift, y + row_height);
  const bool on_screen = to.y > body_from_.y && from.y < body_to_.y;
  const float clip_left = place->frozen ? body_from_.x : body_from_.x + frozen_width_;
  ImGui::PushClipRect({clip_left, body_from_.y}, body_to_, true);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const bool focused = ImGui::IsWindowFocused(ImGuiFocusedFlags_ChildWindows);
  if (editing_.field) {
    // An editor begins when its row has been scrolled into sight: before that nobody would see it, and it would not begin.
    if (on_screen || !editing_.start) draw_editor(context, texts, record, from, to);
    else if (body_to_.y > body_from_.y) reveal_ = row, context.platform.request_frame();
  } else {
    const InputOptions options{.width = to.x - from.x, .label = context.text(column_->label_key()), .frameless = true, .keeps_tab = true};
    const bool typing = !opens_picker(*column_) && !column_->is_long() && column_->kind != Kind::boolean;
    if (focused && typing && !source_.locked(*column_, record)) {
      std::string typed;
      const char* id = editor_id();
      ImGui::SetCursorScreenPos({from.x + cell_padding, from.y + 7});
      if (input_begins(id, {from.x + cell_padding, middle(from.y, row_height, ImGui::GetTextLineHeight())},
                       {to.x - from.x - 2 * cell_padding, ImGui::GetTextLineHeight()}, typed, options)) {
        editing_ = {record.id, column_, typed, true, TextSelection::kept, {}, true};
        reveal_ = row;
      }
    }
    if (focused) list.AddRect({from.x + 0.5f, from.y}, {to.x - 0.5f, to.y - 1}, t.accent, 3, 0, 1.5f);
    if (on_screen) draw_pickers(context, record, from, to);
  }
  ImGui::PopClipRect();
}

void RecordTable::draw_editor(Context& context, const CellTexts& texts, const Record& record, ImVec2 from, ImVec2 to) {
  const Theme& t = context.theme;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const bool wrong = editing_.error.has_value();
  list.AddRectFilled(from, {to.x, to.y - 1}, t.surface);
  list.AddRect({from.x + 0.5f, from.y}, {to.x - 0.5f, to.y - 1}, wrong ? t.tone(Tone::bad).fill : t.accent, 3, 0, 2);
  ImGui::SetCursorScreenPos({from.x + cell_padding, middle(from.y, row_height, ImGui::GetTextLineHeight())});
  const InputEvents events = input_text(
      editor_id(), editing_.text, {.width = to.x - from.x - 2 * cell_padding, .label = context.text(column_->label_key()),
                                 .align = is_number_kind(column_->kind) ? TextAlign::right : TextAlign::left,
                                 .frameless = true, .invalid = wrong, .keeps_tab = true, .start = editing_.start,
                                 .start_selection = editing_.selection});
  editing_.start = false;
  if (wrong) {
    const std::string message = phrase(editing_.error->message, editing_.error->arguments, context.language);
    const ImVec2 size = measure(Type::caption, message);
    ImDrawList& front = *ImGui::GetForegroundDrawList();
    const ImVec2 at(from.x, to.y + 4);
    front.AddRectFilled(at, {at.x + size.x + 20, at.y + 28}, t.tone(Tone::bad).fill, 6);
    draw_text(front, {at.x + 10, at.y + 7}, Type::caption, t.on_fill, message);
  }
  if (events.changed) editing_.error.reset(), editing_.touched = true;
  if (events.cancelled) {
    const auto& steps = context.project.undo_steps();
    const bool fresh = fresh_.record == record.id && !steps.empty() && steps.back().commit == fresh_.commit;
    editing_ = {};
    fresh_ = {};
    focus_ = true;
    if (fresh) {  // nothing but the addition has happened since
      selecting_.move(context.selection, info_, rows_, -1, false);
      if (auto undone = context.project.undo(); !undone) context.messages.error(undone.error());
      context.platform.request_frame();
    }
  } else if (events.committed) {
    const int across = events.end == TextEntryEnd::tab ? 1 : events.end == TextEntryEnd::back_tab ? -1 : 0;
    finish_edit(context, texts, record, events.end == TextEntryEnd::enter, across);
    if (events.end != TextEntryEnd::left) focus_ = true;
  }
}

void RecordTable::finish_edit(Context& context, const CellTexts& texts, const Record& record, bool down, int across) {
  const FieldInfo& field = *editing_.field;
  auto value = source_.read(texts, field, &record, editing_.text);
  if (!value) {
    editing_.error = value.error();
    editing_.start = down || across != 0;
    if (!editing_.start) {  // left by a click elsewhere: the old value stays, and the user is told why
      context.messages.error(*editing_.error);
      editing_ = {};
      fresh_ = {};
    }
    return;
  }
  const bool was_fresh = std::exchange(fresh_, {}).record == record.id;
  const Id next = below(record.id);  // in the order that was seen: the edit may take the row elsewhere, or out of sight
  const std::string text = std::exchange(editing_, {}).text;
  if (!write(context, record, field, *value)) {  // a rule over several records says no: the text stays to be mended
    if (down || across != 0) editing_ = {record.id, &field, text, true, TextSelection::end, {}, true};
    return;
  }
  rows(context);
  if (down && was_fresh && actions.add && rows_.find(record.id) == rows_.list.size() - 1) {  // a list of names is being written
    if (const Id next = actions.add(context, true)) edit_new(context, next);
    return;
  }
  if (down && was_fresh) reveal_ = rows_.find(record.id);  // the new one stays, wherever its name sorts it: the rest of it is written next
  else if (down && (reveal_ = rows_.find(next))) selecting_.click(context.selection, info_, rows_, *reveal_, false, false);
  if (across) move_column(across), reveal_ = rows_.find(context.selection.current);
  context.platform.request_frame();
}

Id RecordTable::below(Id record) const {
  const auto row = rows_.find(record);
  for (auto at = row.value_or(rows_.list.size()) + 1; at < rows_.list.size(); ++at)
    if (rows_.list[at].record) return rows_.list[at].record->id;
  return record;
}

bool RecordTable::edits_current(const Context& context) const {
  const Selection& selection = context.selection;
  return selection.info == &info_ && selection.current == editing_.record && column_ == editing_.field && current_column() &&
         rows_.find(editing_.record);
}

// Something else than the pointer has led away from the edited cell, or hidden it: what is written counts, as after a click.
void RecordTable::leave_edit(Context& context, const CellTexts& texts) {
  const Record* record = context.project.table(info_).find(editing_.record);
  if (record && editing_.touched) finish_edit(context, texts, *record, false, 0);
  editing_ = {};
  fresh_ = {};
  other_editor_ = !other_editor_;  // as above: nobody has told the field that it is over
}

void RecordTable::begin_edit(Context& context, const CellTexts& texts, const Record& record, const FieldInfo& field) {
  column_ = &field;
  if (const auto locked = source_.locked(field, record)) {
    context.messages.warning(phrase(locked->message, locked->arguments, context.language));
    return;
  }
  reveal_ = rows_.find(record.id);
  if (field.kind == Kind::boolean) {
    write(context, record, field, Value{source_.get(field, record) != Value{true}});
  } else if (opens_picker(field) || field.is_long()) {
    open_picker_ = true;
  } else {
    editing_ = {record.id, &field, texts.typed(field, texts.value(field, record), &record), true, TextSelection::end, {}};
  }
  context.platform.request_frame();
}

void RecordTable::draw_pickers(Context& context, const Record& record, ImVec2 from, ImVec2 to) {
  if (!has_picker(*column_) || source_.locked(*column_, record)) {
    open_picker_ = false;
    return;
  }
  const Theme& t = context.theme;
  const FieldInfo& field = *column_;
  ImGui::SetCursorScreenPos({to.x - 28, from.y + 2});
  ImGui::SetNextItemAllowOverlap();
  const bool date = field.kind == Kind::day || field.kind == Kind::minute;
  const Press press = pressable("###pick", {26, row_height - 4}, true, Role::button, {}, context.text("table.choose"_key), 4);
  if (press.hovered || ImGui::IsWindowHovered()) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled({to.x - 28, from.y + 2}, {to.x - 2, to.y - 3}, t.surface, 4);
    draw_text(list, {to.x - 23, middle(from.y, row_height, size_of(Type::body))}, Type::body, t.ink_soft,
              date ? icon::calendar : field.is_long() ? icon::edit : icon::chevron_down);
  }
  ImGui::SetCursorScreenPos(from);
  ImGui::Dummy({to.x - from.x, row_height});  // what the picker hangs on
  if (press.clicked || open_picker_) {
    ImGui::OpenPopup("pick");
    const Value now = source_.get(field, record);
    if (const auto* written = std::get_if<std::string>(&now)) long_text_ = *written;
  }
  open_picker_ = false;
  if (!ImGui::IsPopupOpen("pick")) return;
  const Value current = source_.get(field, record);
  std::optional<Value> chosen;
  if (field.kind == Kind::choice) {
    chosen = choice_picker(context, "pick", field, current);
  } else if (date) {
    chosen = days_.draw(context, "pick", field, current);
  } else if (!field.is_long()) {
    chosen = references_.draw(context, "pick", field, current);
  } else if (begin_popover("pick", 420)) {
    const bool appearing = ImGui::IsWindowAppearing();
    text(Type::strong, context.text(field.label_key()));
    const auto events = input_text("###long", long_text_, {.width = 388, .lines = 8, .label = context.text(field.label_key()),
                                                           .spell_check = true, .start = appearing});
    if (events.committed && Value{long_text_} != current) chosen = Value{long_text_};
    if (events.end == TextEntryEnd::enter || events.end == TextEntryEnd::escape) ImGui::CloseCurrentPopup();
    end_popover();
  }
  if (chosen) {
    write(context, record, field, *chosen);
    if (field.kind != Kind::references) focus_ = true;
  }
}

}  // namespace pmo::ui
