#include "app/ui/table/record_board.h"

#include <algorithm>

#include "app/engine/derived_fields.h"
#include "app/model/open_work.h"
#include "app/ui/table/cell_drawing.h"
#include "app/ui/widgets/pressable.h"
#include "app/ui/widgets/widgets.h"
#include "app/ui/wrap_text.h"
#include "imgui_internal.h"

namespace pmo::ui {
namespace {

constexpr float card_height = 92, card_gap = 8, column_gap = 12, header_height = 40;
constexpr float narrow_column = 132, least_column = 200, widest_column = 340;  // a column without cards is narrow

std::string_view choice_of(const FieldInfo& status, const Value& value) {
  const auto* choice = std::get_if<std::string>(&value);
  return choice ? base_choice(*choice) : status.choices.front();
}

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

std::string title_of(const RegisterInfo& info, const CellTexts& texts, const Record& record) {
  const FieldInfo* title = info.title();
  std::string shown = title ? texts.shown(*title, texts.value(*title, record), &record) : std::string();
  return shown.empty() ? record_title(texts.project, info, record) : shown;
}

}  // namespace

void RecordBoard::forget() {
  columns_.clear();
  gathered_of_ = nullptr;
  dragged_ = focus_ = {};
}

void RecordBoard::gather(const Context& context, const CellTexts& texts) {
  const RegisterInfo& info = table_.info();
  const FieldInfo& status = *info.status();
  const Rows* rows = &table_.rows(context);
  if (gathered_of_ == &context.project && gathered_ == table_.rows_version()) return;
  gathered_of_ = &context.project;
  gathered_ = table_.rows_version();
  // What the table folds is on the board all the same.
  Rows unfolded;
  if (table_.view.group || !table_.view.folded.empty()) {
    TableView flat = table_.view;
    flat.group = nullptr;
    flat.folded.clear();
    unfolded = build_rows(flat, info, texts);
    rows = &unfolded;
  }
  columns_.clear();
  for (const auto choice : status.choices) columns_.push_back({std::string(choice), texts.shown(status, Value{std::string(choice)})});
  for (const Row& row : rows->list) {
    if (!row.record) continue;
    const Value value = status.get(*row.record);
    const auto choice = choice_of(status, value);
    auto column = std::ranges::find(columns_, choice, &Column::choice);
    // A status that only a newer version knows has a column, too.
    if (column == columns_.end()) column = columns_.insert(column, {std::string(choice), texts.shown(status, value)});
    column->cards.push_back(row.record);
  }
}

void RecordBoard::lay_out(float room) {
  const auto all = static_cast<float>(columns_.size());
  const auto filled = static_cast<float>(std::ranges::count_if(columns_, [](const Column& column) { return !column.cards.empty(); }));
  const float alike = (room - column_gap * (all - 1)) / all;
  float wide = std::min(alike, widest_column), narrow = wide;
  if (alike < least_column) {
    narrow = narrow_column;
    wide = filled > 0 ? std::clamp((room - column_gap * (all - 1) - narrow * (all - filled)) / filled, least_column, widest_column) : narrow;
  }
  float left = ImGui::GetCursorScreenPos().x;
  for (Column& column : columns_) {
    column.left = left;
    column.right = left + std::floor(column.cards.empty() ? narrow : wide);
    left = column.right + column_gap;
  }
}

void RecordBoard::draw(Context& context) {
  const CellTexts texts(context.project, context.language, context.today);
  gather(context, texts);
  ImGui::PushID(table_.info().name.c_str());
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(column_gap, card_gap));
  const float room = ImGui::GetContentRegionAvail().x;
  ImGui::BeginChild("board", {0, std::max(ImGui::GetContentRegionAvail().y, header_height + 2 * card_height)}, ImGuiChildFlags_NavFlattened, ImGuiWindowFlags_HorizontalScrollbar);
  const ImVec2 corner = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
  annotate_area("board", {corner.x, corner.y, corner.x + size.x, corner.y + size.y}, Role::list, context.text("table.board"_key));
  lay_out(room);
  // What is too wide has a bar below it, which takes some of the height; columns scroll for themselves.
  const bool too_wide = columns_.back().right - columns_.front().left > room;
  const float height = size.y - (too_wide ? ImGui::GetStyle().ScrollbarSize : 0);
  for (Column& column : columns_) {
    if (&column != &columns_.front()) ImGui::SameLine();
    draw_column(context, texts, column, height);
  }
  take_drop(context, texts);
  ImGui::EndChild();
  ImGui::PopStyleVar(2);
  ImGui::PopID();
}

void RecordBoard::draw_column(Context& context, const CellTexts& texts, Column& column, float height) {
  const Theme& t = context.theme;
  const ImVec2 from = ImGui::GetCursorScreenPos(), to(from.x + column.right - column.left, from.y + height);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(from, to, t.sunken, 8);
  if (dragged_ && column_at(ImGui::GetMousePos().x) == &column) list.AddRect(from, to, t.accent, 8, 0, 2);
  ImGui::BeginChild(column.choice.c_str(), {to.x - from.x, height}, ImGuiChildFlags_NavFlattened, ImGuiWindowFlags_NoBackground);
  const std::string count = format_integer(static_cast<std::int64_t>(column.cards.size()));
  const float counted = measure(Type::body, count).x;
  const float top = middle(from.y, header_height, size_of(Type::strong));
  ImDrawList& inside = *ImGui::GetWindowDrawList();
  draw_text_cut(inside, {from.x + 12, top}, to.x - from.x - counted - 36, Type::strong, t.ink, column.label);
  draw_text(inside, {to.x - 12 - counted, top}, Type::body, t.ink_soft, count);
  ImGui::Dummy({to.x - from.x, header_height - card_gap});
  annotate_area("head", {from.x, from.y, to.x, from.y + header_height}, Role::heading, column.label, count);
  ImGui::SetCursorPosX(8);
  ImGui::BeginChild("cards", {to.x - from.x - 8, 0}, ImGuiChildFlags_NavFlattened, ImGuiWindowFlags_NoBackground);
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(column.cards.size()), card_height + card_gap);
  // The card that takes the keyboard has to be there.
  const auto wanted = std::ranges::find(column.cards, focus_, &Record::id);
  if (focus_ && wanted != column.cards.end()) clipper.IncludeItemByIndex(static_cast<int>(wanted - column.cards.begin()));
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      // A move changes the project: the columns are gathered anew in the next frame, and till then the old ones hold.
      draw_card(context, texts, column, *column.cards[static_cast<std::size_t>(i)]);
    }
  ImGui::EndChild();
  ImGui::EndChild();
}

void RecordBoard::draw_card(Context& context, const CellTexts& texts, const Column& column, const Record& record) {
  const RegisterInfo& info = table_.info();
  const std::string title = title_of(info, texts, record);
  const bool selected = context.selection.info == &info && context.selection.contains(record.id);
  const Press press = pressable(title + "###card." + record.id.text(), {ImGui::GetContentRegionAvail().x - 8, card_height}, true, Role::list_item,
                                {.selected = selected ? Flag::yes : Flag::no}, format_pair(title, column.label, context.language), 6);
  if (focus_ == record.id) {
    ImGui::SetFocusID(ImGui::GetItemID(), ImGui::GetCurrentWindow());
    ImGui::SetScrollHereY();
    focus_ = {};
  }
  if (press.held && ImGui::IsMouseDragging(0, 6)) dragged_ = record.id;
  if (ImGui::IsItemFocused()) {
    const bool control = ImGui::GetIO().KeyCtrl;
    if (control && ImGui::IsKeyPressed(ImGuiKey_LeftArrow)) move_beside(context, column, record, -1);
    if (control && ImGui::IsKeyPressed(ImGuiKey_RightArrow)) move_beside(context, column, record, 1);
    if (ImGui::IsKeyPressed(ImGuiKey_Enter) || ImGui::IsKeyPressed(ImGuiKey_KeypadEnter)) context.navigation.open_record(info, record.id);
  }
  if (press.clicked && !dragged_) {
    if (ImGui::GetIO().KeyCtrl && context.selection.info == &info) {
      if (!context.selection.records.erase(record.id)) context.selection.records.insert(record.id);
      context.selection.current = record.id;
    } else {
      context.selection.only(info, record.id);
    }
  }
  if (press.hovered && ImGui::IsMouseDoubleClicked(0)) context.navigation.open_record(info, record.id);
  const Theme& t = context.theme;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(press.from, press.to, over(veil(press), selected ? t.selected : t.surface), 6);
  list.AddRect(press.from, press.to, selected ? t.accent : t.line, 6);
  draw_face(context, texts, record, press.from, press.to);
}

void RecordBoard::draw_face(Context& context, const CellTexts& texts, const Record& record, ImVec2 from, ImVec2 to) const {
  const RegisterInfo& info = table_.info();
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
  const std::string title = title_of(info, texts, record);
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

const RecordBoard::Column* RecordBoard::column_at(float x) const {
  const auto column = std::ranges::find_if(columns_, [&](const Column& one) { return x >= one.left - column_gap / 2 && x < one.right + column_gap / 2; });
  return column == columns_.end() ? nullptr : &*column;
}

void RecordBoard::take_drop(Context& context, const CellTexts& texts) {
  if (!dragged_) return;
  const Record* record = context.project.table(table_.info()).find(dragged_);
  if (!record || ImGui::IsKeyPressed(ImGuiKey_Escape)) {
    dragged_ = {};
    return;
  }
  const ImVec2 pointer = ImGui::GetMousePos();
  if (!ImGui::IsMouseDown(0)) {
    dragged_ = {};
    const Column* column = column_at(pointer.x);
    if (column && ImGui::IsWindowHovered(ImGuiHoveredFlags_ChildWindows | ImGuiHoveredFlags_AllowWhenBlockedByActiveItem)) write_status(context, *record, column->choice);
    return;
  }
  // Held near an edge, the columns go by.
  const float left = ImGui::GetWindowPos().x, right = left + ImGui::GetWindowSize().x;
  const float beyond = pointer.x < left + 24 ? pointer.x - left - 24 : pointer.x > right - 24 ? pointer.x - right + 24 : 0;
  if (beyond != 0 && ImGui::GetScrollMaxX() > 0) {
    ImGui::SetScrollX(std::clamp(ImGui::GetScrollX() + beyond * 0.4f, 0.0f, ImGui::GetScrollMaxX()));
    context.platform.request_frame_in(0.02);
  }
  ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  const Theme& t = context.theme;
  ImDrawList& list = *ImGui::GetForegroundDrawList();
  const ImVec2 from(pointer.x + 8, pointer.y + 8), to(from.x + 220, from.y + 36);
  list.AddRectFilled(from, to, t.raised, 6);
  list.AddRect(from, to, t.accent, 6);
  draw_text_cut(list, {from.x + 12, middle(from.y, 36, size_of(Type::body))}, 196, Type::body, t.ink, title_of(table_.info(), texts, *record));
}

void RecordBoard::move_beside(Context& context, const Column& column, const Record& record, int by) {
  const auto at = &column - columns_.data() + by;
  if (at < 0 || at >= std::ssize(columns_)) return;
  write_status(context, record, columns_[static_cast<std::size_t>(at)].choice);
  focus_ = record.id;
  context.platform.request_frame();
}

void RecordBoard::write_status(Context& context, const Record& record, const std::string& choice) {
  const FieldInfo& status = *table_.info().status();
  if (const Value value = status.get(record); choice_of(status, value) == choice) return;
  table_.write(context, record, status, Value{choice});
}

}  // namespace pmo::ui
