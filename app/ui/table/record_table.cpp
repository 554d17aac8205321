#include "app/ui/table/record_table.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/ui/table/add_label.h"
#include "imgui_internal.h"

#include "app/model/open_work.h"
#include "app/ui/table/cell_drawing.h"
#include "app/ui/widgets/pressable.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {

RecordTable::RecordTable(const RegisterInfo& info, const CellSource& source)
    : view(usual_view(info)), info_(info), source_(source), column_(leading_field(info)) {}

void RecordTable::forget() {
  built_ = {};
  rows_ = {};
  editing_ = {};
  kept_ = {};
  paste_.reset();
  view.folded.clear();
}

const Rows& RecordTable::rows(const Context& context) {
  const Built now{&context.project, context.project.revision(), view.version, source_.version(), context.language};
  if (!(built_ == now)) {
    rows_ = build_rows(view, info_, texts_of(context));
    built_ = now;
    ++rows_version_;
  }
  return rows_;
}

// ---- geometry -----------------------------------------------------------------------------------------------------

void RecordTable::lay_out(float width) {
  places_.clear();
  float x = 0;
  bool frozen = true;
  std::size_t last = 0;
  for (std::size_t c = 0; c < view.columns.size(); ++c) {
    const Column& column = view.columns[c];
    if (!column.shown) continue;
    places_.push_back({c, x, x + column.width, frozen});
    x += column.width;
    last = c;
    // The number and the title stay in place; without a title the first column does.
    if (frozen && (column.field || !info_.title())) {
      frozen = false;
      frozen_width_ = x;
    }
  }
  // The last column takes what is left, so that rows end where the table ends.
  if (!places_.empty() && x < width && places_.back().column == last) {
    places_.back().right = width;
    if (places_.back().frozen) frozen_width_ = width;
    x = width;
  }
  width_ = x;
}

std::optional<RecordTable::Place> RecordTable::place_of(const FieldInfo* field) const {
  for (const Place& place : places_)
    if (view.columns[place.column].field == field) return place;
  return std::nullopt;
}

const Column* RecordTable::current_column() const {
  const auto place = place_of(column_);
  return place && column_ ? &view.columns[place->column] : nullptr;
}

void RecordTable::move_column(int by) {
  if (places_.empty()) return;
  std::ptrdiff_t at = -1;
  for (std::size_t i = 0; i < places_.size(); ++i)
    if (view.columns[places_[i].column].field == column_) at = static_cast<std::ptrdiff_t>(i);
  at = std::clamp<std::ptrdiff_t>(at + by, 0, static_cast<std::ptrdiff_t>(places_.size()) - 1);
  // The number cannot be edited: the cell beside it is the first one.
  if (at == 0 && places_.size() > 1 && !view.columns[places_.front().column].field) at = 1;
  if (const FieldInfo* field = view.columns[places_[static_cast<std::size_t>(at)].column].field) column_ = field;
}

void RecordTable::reveal(std::size_t row) {
  const float top = static_cast<float>(row) * row_height, height = body_to_.y - body_from_.y;
  if (height <= row_height) return;
  if (top < ImGui::GetScrollY()) ImGui::SetScrollY(top);
  else if (top + row_height > ImGui::GetScrollY() + height) ImGui::SetScrollY(top + row_height - height);
  if (const auto place = place_of(column_); place && !place->frozen) {
    const float room = body_to_.x - body_from_.x;
    if (place->left - frozen_width_ < scroll_x_) ImGui::SetScrollX(place->left - frozen_width_);
    else if (place->right > scroll_x_ + room) ImGui::SetScrollX(place->right - room);
  }
}

// ---- body ---------------------------------------------------------------------------------------------------------

void RecordTable::draw(Context& context, float height, float width_given) {
  const Theme& t = context.theme;
  const CellTexts texts = texts_of(context);
  rows(context);
  if (show_) reveal_ = make_seen(context, std::exchange(show_, {}));
  ImGui::PushID(info_.name.c_str());
  const ImVec2 room = ImGui::GetContentRegionAvail();
  if (height <= 0) height = std::max(room.y, 3 * row_height);
  ImGui::PushStyleColor(ImGuiCol_ChildBg, t.surface);
  ImGui::PushStyleVar(ImGuiStyleVar_ChildRounding, 8.0f);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(1, 1));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  ImGui::BeginChild("table", {width_given, height}, beside ? 0 : ImGuiChildFlags_Borders, ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
  ImGui::PopStyleVar(2);
  ImGui::PushStyleVar(ImGuiStyleVar_ChildRounding, 0.0f);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  const float width = ImGui::GetContentRegionAvail().x;
  lay_out(width - ImGui::GetStyle().ScrollbarSize);
  draw_header(context, width);
  const bool totals = with_totals && std::ranges::any_of(places_, [&](const Place& place) { return is_summed(view.columns[place.column]) && rows_.totals[place.column] != 0; });
  draw_body(context, texts, ImGui::GetContentRegionAvail().y - (totals ? header_height : 0));
  if (totals) draw_totals(context, texts, width);
  ImGui::PopStyleVar(2);
  ImGui::EndChild();
  ImGui::PopStyleVar();
  ImGui::PopStyleColor();
  draw_paste_preview(context, texts);
  ImGui::PopID();
}

void RecordTable::draw_body(Context& context, const CellTexts& texts, float height) {
  if (focus_) ImGui::SetNextWindowFocus();
  focus_ = false;
  if (beside) height -= ImGui::GetStyle().ScrollbarSize;
  ImGui::SetNextWindowContentSize({width_, content_height()});
  const float lowest = std::max(0.0f, content_height() - height);
  ImGui::SetNextWindowScroll({across_to_.value_or(-1), scroll_to_ ? std::clamp(*scroll_to_, 0.0f, lowest) : -1});
  across_to_.reset();
  scroll_to_.reset();
  const ImGuiWindowFlags bars = beside ? ImGuiWindowFlags_NoScrollbar : ImGuiWindowFlags_HorizontalScrollbar;
  ImGui::BeginChild("body", {0, height}, 0, bars | ImGuiWindowFlags_NoNav);
  body_from_ = ImGui::GetWindowPos();
  const ImVec2 size = ImGui::GetWindowSize();
  body_to_ = {body_from_.x + size.x - (!beside && ImGui::GetScrollMaxY() > 0 ? ImGui::GetStyle().ScrollbarSize : 0),
              body_from_.y + size.y - (!beside && ImGui::GetScrollMaxX() > 0 ? ImGui::GetStyle().ScrollbarSize : 0)};
  scroll_x_ = ImGui::GetScrollX();
  body_ = {body_from_, body_to_, ImGui::GetScrollY()};
  if (rows_.list.empty()) draw_nothing_found(context);
  if (kept_ && !ImGui::IsMouseDown(0))
    if (const auto row = rows_.find(std::exchange(kept_, {}))) selecting_.click(context.selection, info_, rows_, *row, false, false);
  take_keys(context, texts);
  take_paste(context, texts);
  const auto first = static_cast<std::size_t>(std::max(0.0f, ImGui::GetScrollY() / row_height));
  const auto count = static_cast<std::size_t>(size.y / row_height) + 2;
  for (std::size_t row = first; row < std::min(rows_.list.size(), first + count); ++row) {
    if (rows_.list[row].record) draw_row(context, texts, row);
    else draw_group(context, texts, row);
  }
  if (actions.add) draw_add_line(context);
  draw_current_cell(context, texts);
  draw_drop_line(context);
  if (frozen_width_ < width_)
    ImGui::GetWindowDrawList()->AddLine({body_from_.x + frozen_width_ - 0.5f, body_from_.y},
                                        {body_from_.x + frozen_width_ - 0.5f, body_to_.y},
                                        scroll_x_ > 0 ? context.theme.line_strong : context.theme.line);
  if (reveal_) reveal(std::min(*reveal_, rows_.list.size()));
  reveal_.reset();
  if (std::exchange(open_menu_, false)) ImGui::OpenPopup("row.menu");
  draw_row_menu(context);
  ImGui::EndChild();
  if (beside) draw_scrollbar();
}

float RecordTable::content_height() const {
  return static_cast<float>(rows_.list.size() + (actions.add ? 1 : 0)) * row_height;
}

// The table's own bar below the rows, where the one at the side belongs to what stands there.
void RecordTable::draw_scrollbar() {
  const float size = ImGui::GetStyle().ScrollbarSize, room = body_to_.x - body_from_.x;
  ImGui::Dummy({room, size});
  if (width_ <= room + 1) return;
  const ImRect box({body_from_.x + frozen_width_, body_to_.y}, {body_to_.x, body_to_.y + size});
  ImS64 scroll = static_cast<ImS64>(scroll_x_);
  const float shown = room - frozen_width_;
  if (ImGui::ScrollbarEx(box, ImGui::GetID("###across"), ImGuiAxis_X, &scroll, static_cast<ImS64>(shown),
                         static_cast<ImS64>(width_ - frozen_width_), ImDrawFlags_RoundCornersAll))
    across_to_ = static_cast<float>(scroll);
}

void RecordTable::click_row(Context& context, std::size_t row) {
  selecting_.click(context.selection, info_, rows(context), row, ImGui::GetIO().KeyShift, ImGui::GetIO().KeyCtrl);
}

// ---- outline ------------------------------------------------------------------------------------------------------

void RecordTable::fold(Context& context, const Row& row) {
  const std::string key = row.record->id.text();
  if (!view.folded.erase(key)) view.folded.insert(key);
  view.changed();
  context.platform.request_frame();
}

void RecordTable::set_folded(Context& context, int level) {
  view.folded.clear();
  for (const OutlinePlace& place : source_.outline())
    if (place.summary && place.level >= level) view.folded.insert(place.record->id.text());
  view.changed();
  context.platform.request_frame();
}

std::optional<std::size_t> RecordTable::make_seen(const Context& context, Id id) {
  const Record* record = context.project.table(info_).find(id);
  if (!record || rows(context).find(id)) return record ? rows_.find(id) : std::nullopt;
  std::vector<const Record*> above;
  for (const OutlinePlace& place : source_.outline()) {
    above.resize(std::min(above.size(), static_cast<std::size_t>(place.level)));
    above.push_back(place.record);
    if (place.record->id != id) continue;
    for (const Record* summary : above) view.folded.erase(summary->id.text());
    break;
  }
  if (view.group) view.folded.erase(group_of(view, texts_of(context), *record));
  view.changed();
  if (!rows(context).find(id) && view.filtered()) view.clear_filters();
  return rows(context).find(id);
}

// The place of a name in the outline: how far it is indented, and the arrow that folds its parts.
void RecordTable::draw_outline_mark(Context& context, const Row& row, ImVec2& from, ImVec2 to) {
  constexpr float step = 18, mark = 18;
  const Theme& t = context.theme;
  const float x = std::min(from.x + cell_padding - 4 + step * static_cast<float>(row.level), to.x - 60);
  from.x = x + mark - cell_padding + 4;
  if (!row.summary) return;
  const ImVec2 cursor = ImGui::GetCursorPos();
  ImGui::SetCursorScreenPos({x - 3, from.y + 5});
  const std::string id = "###fold." + row.record->id.text();
  const Press press = pressable(id, {mark + 4, row_height - 10}, true, Role::button, {.expanded = row.folded ? Flag::no : Flag::yes},
                                context.text(row.folded ? "table.unfold"_key : "table.fold"_key), 4);
  if (press.hovered) ImGui::GetWindowDrawList()->AddRectFilled(press.from, press.to, t.hover, 4);
  draw_text(*ImGui::GetWindowDrawList(), {x, middle(from.y, row_height, size_of(Type::body))}, Type::body, t.ink_soft,
            row.folded ? icon::chevron_right : icon::chevron_down);
  if (press.clicked) fold(context, row);
  ImGui::SetCursorPos(cursor);
}

// The empty line below the last row, where the next record begins.
void RecordTable::draw_add_line(Context& context) {
  const Theme& t = context.theme;
  const float y = body_.top_of(rows_.list.size());
  if (y > body_to_.y) return;
  ImGui::SetCursorScreenPos({body_from_.x, y});
  const std::string label = add_label(context, info_);
  const Press press = pressable(labelled(label, "add.line"), {std::max(1.0f, body_to_.x - body_from_.x), row_height}, true, Role::button, {}, {}, 0);
  const auto place = place_of(info_.title());
  const float x = body_from_.x + (place ? place->left : 0) + cell_padding;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (const ImU32 ground = veil(press)) list.AddRectFilled(press.from, press.to, ground);
  const ImU32 ink = press.hovered ? t.accent : t.ink_faint;
  draw_text(list, {x, middle(y, row_height, size_of(Type::body))}, Type::body, ink, icon::plus);
  draw_text(list, {x + 24, middle(y, row_height, size_of(Type::body))}, Type::body, ink, label);
  if (press.clicked)
    if (const Id id = actions.add(context, true)) edit_new(context, id);
}

// While rows are dragged: the line before which they would be put.
void RecordTable::draw_drop_line(Context& context) {
  if (!dragging_) return;
  if (ImGui::IsKeyPressed(ImGuiKey_Escape) || !ImGui::IsMousePosValid() || rows_.list.empty()) {
    dragging_ = false;
    ImGui::ClearActiveID();  // or the row, still held, would be dragged again
    return;
  }
  const Theme& t = context.theme;
  const auto last = static_cast<std::ptrdiff_t>(rows_.list.size());
  const float pointer = ImGui::GetMousePos().y;
  const auto row = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(
      static_cast<std::ptrdiff_t>(std::floor((pointer - body_.top_of(0)) / row_height + 0.5f)), 0, last));
  if (!ImGui::IsMouseDown(0)) {
    dragging_ = false;
    if (ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem)) actions.move_to(context, row);
    return;
  }
  // Held near an edge, the rows go by.
  const float beyond = pointer < body_from_.y + 16 ? pointer - body_from_.y - 16 : pointer > body_to_.y - 16 ? pointer - body_to_.y + 16 : 0;
  if (beyond != 0) {
    scroll_to_ = body_.scroll + beyond * 0.4f;
    context.platform.request_frame_in(0.02);
  }
  ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  const float y = body_.top_of(row);
  const Row& near = rows_.list[std::min(row, rows_.list.size() - 1)];
  const auto place = place_of(info_.title());
  const float x = body_from_.x + (place ? place->left : 0) + cell_padding + 18 * static_cast<float>(near.level);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddLine({x, y}, {body_to_.x, y}, t.accent, 2);
  list.AddCircleFilled({x, y}, 4, t.accent);
  const std::string many = context.text("table.moving"_key, {std::to_string(context.selection.records.size())});
  const ImVec2 at(ImGui::GetMousePos().x + 14, pointer + 10), size = measure(Type::caption, many);
  ImDrawList& front = *ImGui::GetForegroundDrawList();
  front.AddRectFilled(at, {at.x + size.x + 16, at.y + 24}, t.accent, 6);
  draw_text(front, {at.x + 8, at.y + 5}, Type::caption, t.on_fill, many);
}

void RecordTable::draw_nothing_found(Context& context) {
  const std::string_view shown = context.text("table.nothing_found"_key);
  const ImVec2 size = measure(Type::body, shown);
  draw_text(*ImGui::GetWindowDrawList(), {body_from_.x + ((body_to_.x - body_from_.x) - size.x) / 2, body_from_.y + 48},
            Type::body, context.theme.ink_soft, shown);
}

void RecordTable::draw_row(Context& context, const CellTexts& texts, std::size_t index) {
  const Theme& t = context.theme;
  const Row& row = rows_.list[index];
  const Record& record = *row.record;
  const float y = body_from_.y - ImGui::GetScrollY() + static_cast<float>(index) * row_height;
  ImGui::SetCursorScreenPos({body_from_.x, y});
  const std::string id = "###row." + record.id.text();
  ImGui::SetNextItemAllowOverlap();
  ImGui::InvisibleButton(id.c_str(), {std::max(1.0f, body_to_.x - body_from_.x), row_height},
                         ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight | ImGuiButtonFlags_PressedOnClick);
  const bool selected = context.selection.info == &info_ && context.selection.contains(record.id);
  annotate(rows_.outline ? Role::tree_item : Role::row, record_title(context.project, info_, record), {},
           {.selected = selected ? Flag::yes : Flag::no,
            .expanded = !row.summary ? Flag::unset : row.folded ? Flag::no : Flag::yes,
            .level = rows_.outline ? row.level + 1 : 0, .position = static_cast<int>(index) + 1, .count = static_cast<int>(rows_.list.size())});
  const bool hovered = ImGui::IsItemHovered();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const bool focused = ImGui::IsWindowFocused(ImGuiFocusedFlags_ChildWindows);
  if (selected) list.AddRectFilled({body_from_.x, y}, {body_to_.x, y + row_height}, focused ? t.selected : t.selected_quiet);
  else if (hovered) list.AddRectFilled({body_from_.x, y}, {body_to_.x, y + row_height}, t.hover);
  list.AddLine({body_from_.x, y + row_height - 0.5f}, {body_to_.x, y + row_height - 0.5f}, with_alpha(t.line, 0.6f));
  if (hovered && (ImGui::IsMouseClicked(0) || (ImGui::IsMouseClicked(1) && !selected))) {
    const float x = ImGui::GetMousePos().x - body_from_.x;
    for (const Place& place : places_) {
      const float shift = place.frozen ? 0 : scroll_x_;
      const bool visible_part = place.frozen || x >= frozen_width_;
      if (visible_part && x >= place.left - shift && x < place.right - shift && view.columns[place.column].field)
        column_ = view.columns[place.column].field;
    }
    // Pressing on one of several selected rows keeps them until it is known that they are not dragged.
    const bool keeps = actions.move_to && selected && context.selection.records.size() > 1 && !ImGui::GetIO().KeyShift && !ImGui::GetIO().KeyCtrl;
    if (keeps) context.selection.current = kept_ = record.id;
    else selecting_.click(context.selection, info_, rows_, index, ImGui::GetIO().KeyShift, ImGui::GetIO().KeyCtrl);
  }
  // Rows are taken hold of at their number.
  const float grip = places_.empty() ? 0 : places_.front().right;
  const bool movable = actions.move_to && rows_.outline && !view.filtered();
  if (movable && ImGui::IsItemActive() && ImGui::GetIO().MouseClickedPos[0].x < body_from_.x + grip && ImGui::IsMouseDragging(0, 6)) dragging_ = true, kept_ = {};
  if (movable && hovered && ImGui::GetMousePos().x < body_from_.x + grip) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    draw_text(list, {body_from_.x + grip - 20, middle(y, row_height, size_of(Type::body))}, Type::body, t.ink_faint, icon::grip);
  }
  if (hovered && ImGui::IsMouseClicked(1)) ImGui::OpenPopup("row.menu");
  if (hovered && ImGui::IsMouseDoubleClicked(0) && column_) begin_edit(context, texts, record, *column_);
  for (const bool frozen : {false, true}) draw_cells(context, texts, row, {body_from_.x, y}, frozen);
}

void RecordTable::draw_cells(Context& context, const CellTexts& texts, const Row& row, ImVec2 origin, bool frozen) {
  const float left = frozen ? body_from_.x : body_from_.x + frozen_width_;
  const float right = frozen ? body_from_.x + frozen_width_ : body_to_.x;
  ImGui::PushClipRect({left, body_from_.y}, {right, body_to_.y}, true);
  for (const Place& place : places_) {
    if (place.frozen != frozen) continue;
    const float shift = frozen ? 0 : scroll_x_;
    const ImVec2 from(origin.x + place.left - shift, origin.y), to(origin.x + place.right - shift, origin.y + row_height);
    if (to.x <= left || from.x >= right) continue;
    ImVec2 inner_from = from;
    if (rows_.outline && view.columns[place.column].field == info_.title()) draw_outline_mark(context, row, inner_from, to);
    draw_cell(context, texts, row, view.columns[place.column], inner_from, to);
  }
  ImGui::PopClipRect();
}

void RecordTable::draw_cell(Context& context, const CellTexts& texts, const Row& row, const Column& column, ImVec2 from, ImVec2 to) {
  const Record& record = *row.record;
  const Theme& t = context.theme;
  const ImVec2 inner_from(from.x + cell_padding, from.y), inner_to(to.x - cell_padding, to.y);
  if (!column.field) {
    draw_text_cut(*ImGui::GetWindowDrawList(), {inner_from.x, middle(from.y, row_height, size_of(Type::caption))},
                  inner_to.x - inner_from.x, Type::caption, t.ink_faint, source_.number(context.project, info_, record));
    return;
  }
  const FieldInfo& field = *column.field;
  const Value value = texts.value(field, record);
  const std::string key = record.id.text() + "." + std::string(field.name);
  std::string spoken = texts.shown(field, value, &record);
  ImVec2 value_to = inner_to;
  if (field.options.title && is_locked(context.project, info_, record)) {
    spoken += " (" + std::string(context.text("vault.locked"_key)) + ")";
    value_to.x -= 24;
    draw_text(*ImGui::GetWindowDrawList(), {value_to.x + 6, middle(from.y, row_height, size_of(Type::body))}, Type::body, t.ink_soft, icon::lock);
  }
  annotate_area(key.c_str(), {from.x, from.y, to.x, to.y}, Role::cell, context.text(field.label_key()), spoken);
  if (field.options.due && is_late(info_, record, context.today)) {
    draw_text_cut(*ImGui::GetWindowDrawList(), {inner_from.x, middle(from.y, row_height, size_of(Type::body))},
                  inner_to.x - inner_from.x, Type::body, t.tone(Tone::bad).ink, texts.shown(field, value, &record));
    return;
  }
  draw_value(context, texts, field, value, inner_from, value_to, row.summary ? Type::strong : Type::body, &record);
}

void RecordTable::draw_group(Context& context, const CellTexts& texts, std::size_t index) {
  const Theme& t = context.theme;
  Group& group = rows_.groups[rows_.list[index].group];
  const float y = body_from_.y - ImGui::GetScrollY() + static_cast<float>(index) * row_height;
  ImGui::SetCursorScreenPos({body_from_.x, y});
  const std::string title = group.title.empty() ? std::string(context.text("table.empty_value"_key)) : group.title;
  const Press press = pressable(title + "###group." + group.key, {body_to_.x - body_from_.x, row_height}, true, Role::button,
                                {.expanded = group.folded ? Flag::no : Flag::yes}, {}, 0);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(press.from, press.to, over(veil(press), t.sunken));
  const float text_y = middle(y, row_height, size_of(Type::strong));
  draw_text(list, {body_from_.x + 8, text_y}, Type::body, t.ink_soft, group.folded ? icon::chevron_right : icon::chevron_down);
  draw_text(list, {body_from_.x + 32, text_y}, Type::strong, t.ink, title);
  const float after = body_from_.x + 32 + measure(Type::strong, title).x + 10;
  draw_text(list, {after, text_y + 1}, Type::caption, t.ink_faint, format_integer(static_cast<std::int64_t>(group.count)));
  ImGui::PushClipRect({std::max(body_from_.x + frozen_width_, after + 40), body_from_.y}, body_to_, true);
  for (const Place& place : places_) {
    const Column& column = view.columns[place.column];
    if (!is_summed(column)) continue;
    draw_value(context, texts, *column.field, Value{group.totals[place.column]},
               {body_from_.x + place.left - scroll_x_ + cell_padding, y}, {body_from_.x + place.right - scroll_x_ - cell_padding, y + row_height});
  }
  ImGui::PopClipRect();
  if (!press.clicked) return;
  if (!view.folded.erase(group.key)) view.folded.insert(group.key);
  view.changed();
}

void RecordTable::draw_totals(Context& context, const CellTexts& texts, float width) {
  const Theme& t = context.theme;
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(origin, {origin.x + width, origin.y + header_height}, t.sunken);
  list.AddLine(origin, {origin.x + width, origin.y}, t.line);
  draw_text_cut(list, {origin.x + cell_padding, middle(origin.y, header_height, size_of(Type::strong))}, std::max(80.0f, frozen_width_ - 2 * cell_padding), Type::strong,
                t.ink_soft, total_text(rows_, texts));
  ImGui::PushClipRect({origin.x + frozen_width_, origin.y}, {body_to_.x, origin.y + header_height}, true);
  for (const Place& place : places_) {
    const Column& column = view.columns[place.column];
    if (!is_summed(column)) continue;
    const Value total{rows_.totals[place.column]};
    const ImVec2 from(origin.x + place.left - scroll_x_ + cell_padding, origin.y);
    const ImVec2 to(origin.x + place.right - scroll_x_ - cell_padding, origin.y + header_height);
    TextStyle style(Type::strong);
    draw_value(context, texts, *column.field, total, from, to);
    const std::string key = "total." + std::string(column.field->name);
    annotate_area(key.c_str(), {from.x, from.y, to.x, to.y}, Role::cell, context.text("table.total"_key), texts.shown(*column.field, total));
  }
  ImGui::PopClipRect();
  ImGui::Dummy({width, header_height});
}

}  // namespace pmo::ui
