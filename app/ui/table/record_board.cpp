#include "app/ui/table/record_board.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/ui/table/board_card.h"
#include "app/ui/widgets/pressable.h"
#include "app/ui/widgets/widgets.h"
#include "imgui_internal.h"

namespace pmo::ui {
namespace {

constexpr float card_height = 92, card_gap = 8, card_step = card_height + card_gap, column_gap = 12, head_height = 40, lane_height = 36;
constexpr float narrow_column = 132, least_column = 200, widest_column = 340;  // a column without cards is narrow
constexpr float head_padding = 12;

std::string_view choice_of(const FieldInfo& status, const Value& value) {
  const auto* choice = std::get_if<std::string>(&value);
  return choice ? base_choice(*choice) : status.choices.front();
}

std::string number_text(std::size_t number) { return format_integer(static_cast<std::int64_t>(number)); }

}  // namespace

void RecordBoard::forget() {
  columns_.clear();
  lanes_.clear();
  shown_ = {};
  places_.clear();
  gathered_of_ = nullptr;
  dragged_ = show_ = moved_ = {};
  refused_.reset();
}

void RecordBoard::gather_columns(const CellTexts& texts) {
  const FieldInfo& status = *table_.info().status();
  columns_.clear();
  for (const auto choice : status.choices) columns_.push_back({std::string(choice), texts.shown(status, Value{std::string(choice)})});
}

void RecordBoard::gather(const Context& context, const CellTexts& texts) {
  const Rows& rows = table_.rows(context);
  if (gathered_of_ == &context.project && gathered_ == table_.rows_version() && language_ == context.language) return;
  gathered_of_ = &context.project;
  gathered_ = table_.rows_version();
  language_ = context.language;
  gather_columns(texts);
  const FieldInfo& status = *table_.info().status();
  const FieldInfo* group = table_.view.group;
  lanes_.clear();
  for (const Group& one : rows.groups) lanes_.push_back({one});
  if (lanes_.empty()) lanes_.emplace_back();
  std::vector<std::vector<std::vector<const Record*>>> cards(lanes_.size());  // by lane and column
  for (const Row& row : rows.list) {
    if (!row.record) continue;
    const Value value = status.get(*row.record);
    const auto choice = choice_of(status, value);
    auto column = std::ranges::find(columns_, choice, &Column::choice);
    // A status that only a newer version knows has a column, too.
    if (column == columns_.end()) column = columns_.insert(column, {std::string(choice), texts.shown(status, value)});
    ++column->cards;
    auto& lane = cards[row.group];
    lane.resize(columns_.size());
    lane[static_cast<std::size_t>(column - columns_.begin())].push_back(row.record);
    if (group && !group->derived && !lanes_[row.group].value) lanes_[row.group].value = group->get(*row.record);
  }
  shown_ = {};
  places_.clear();
  for (std::size_t lane = 0; lane < lanes_.size(); ++lane) {
    lanes_[lane].cards.resize(columns_.size());
    for (std::size_t column = 0; column < cards[lane].size(); ++column)
      for (const Record* record : cards[lane][column]) {
        auto& in_column = lanes_[lane].cards[column];
        places_.push_back({lane, column, in_column.size()});
        in_column.push_back(shown_.list.size());
        shown_.places.emplace(record->id, shown_.list.size());
        shown_.list.push_back({.record = record, .group = static_cast<std::uint32_t>(lane)});
      }
  }
}

void RecordBoard::lay_out(ImVec2 room) {
  float y = head_height;
  for (Lane& lane : lanes_) {
    lane.top = y;
    lane.cards_top = y + (table_.view.group ? lane_height : 0);
    std::size_t most = 1;  // an empty lane takes a card, too
    for (const auto& cards : lane.cards) most = std::max(most, cards.size());
    y = lane.bottom = lane.cards_top + (lane.group.folded ? 0 : static_cast<float>(most) * card_step);
  }
  size_.y = y;
  if (size_.y > room.y) room.x -= ImGui::GetStyle().ScrollbarSize;
  const auto all = static_cast<float>(columns_.size());
  const auto filled = static_cast<float>(std::ranges::count_if(columns_, [](const Column& column) { return column.cards > 0; }));
  const float alike = (room.x - column_gap * (all - 1)) / all;
  const bool narrow = alike < least_column;
  // As wide as its heading, as long as that is sensible.
  const auto narrowest = [](const Column& column) {
    const float heading = measure(Type::strong, column.label).x + measure(Type::body, number_text(column.cards)).x + 3 * head_padding;
    return std::clamp(std::ceil(heading), narrow_column, least_column);
  };
  float wide = std::min(alike, widest_column);
  if (narrow && filled > 0) {
    float rest = room.x - column_gap * (all - 1);
    for (const Column& column : columns_)
      if (column.cards == 0) rest -= narrowest(column);
    wide = std::clamp(rest / filled, least_column, widest_column);
  }
  float x = 0;
  for (Column& column : columns_) {
    column.left = x;
    column.right = x + std::floor(narrow && column.cards == 0 ? narrowest(column) : wide);
    x = column.right + column_gap;
  }
  size_.x = columns_.back().right;
}

void RecordBoard::draw(Context& context) {
  const CellTexts texts(context.project, context.language, context.today);
  const Id show = std::exchange(show_, {});
  if (show) table_.make_seen(context, show);
  gather(context, texts);
  if (show) reveal_ = shown_.find(show);
  if (moved_) reveal_ = shown_.find(std::exchange(moved_, {}));  // a filter may hide it where it is now
  focus_ = focus_ && shown_.find(context.selection.current);
  ImGui::PushID(table_.info().name.c_str());
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  const ImVec2 room = ImGui::GetContentRegionAvail(), size(room.x, std::max(room.y, head_height + 2 * card_height));
  lay_out(size);
  ImGui::SetNextWindowContentSize(size_);
  ImGui::BeginChild("board", size, ImGuiChildFlags_NavFlattened, ImGuiWindowFlags_HorizontalScrollbar);
  from_ = ImGui::GetWindowPos();
  to_ = {from_.x + size.x - (ImGui::GetScrollMaxY() > 0 ? ImGui::GetStyle().ScrollbarSize : 0), from_.y + size.y - (ImGui::GetScrollMaxX() > 0 ? ImGui::GetStyle().ScrollbarSize : 0)};
  origin_ = {from_.x - ImGui::GetScrollX(), from_.y - ImGui::GetScrollY()};
  annotate_area("board", {from_.x, from_.y, to_.x, to_.y}, Role::list, context.text("table.board"_key));
  if (refused_ && (ImGui::IsMouseClicked(0) || ImGui::IsMouseClicked(1) || ImGui::IsKeyPressed(ImGuiKey_Escape))) refused_.reset();
  draw_columns(context);
  ImGui::PushClipRect({from_.x, from_.y + head_height}, to_, true);
  for (const Lane& lane : lanes_)
    if (origin_.y + lane.bottom >= from_.y && origin_.y + lane.top <= to_.y) draw_lane(context, texts, lane);
  ImGui::PopClipRect();
  if (reveal_) reveal(*std::exchange(reveal_, {}));
  // What changes the project comes last: till the next frame the cards above hold.
  take_drag(context, texts);
  take_keys(context);
  table_.draw_row_menu(context);
  ImGui::EndChild();
  ImGui::PopStyleVar(2);
  ImGui::PopID();
}

// The ground of the columns and their headings, which stay while the cards go by.
void RecordBoard::draw_columns(Context& context) {
  const Theme& t = context.theme;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 pointer = ImGui::GetMousePos();
  const auto target = dragged_ && lane_at(pointer.y) ? column_at(pointer.x) : std::nullopt;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const Column& column = columns_[i];
    const ImVec2 from(origin_.x + column.left, from_.y), to(origin_.x + column.right, to_.y);
    if (to.x < from_.x || from.x > to_.x) continue;
    list.AddRectFilled(from, to, t.sunken, 8);
    if (target == i) list.AddRect(from, to, t.accent, 8, 0, 2);
    const std::string count = number_text(column.cards);
    const float counted = measure(Type::body, count).x, top = middle(from.y, head_height, size_of(Type::strong));
    ImGui::SetCursorScreenPos(from);
    ImGui::Dummy({to.x - from.x, head_height});
    if (draw_text_cut(list, {from.x + head_padding, top}, to.x - from.x - counted - 3 * head_padding, Type::strong, t.ink, column.label)) tooltip(column.label);
    draw_text(list, {to.x - head_padding - counted, top}, Type::body, t.ink_soft, count);
    annotate_area(("head." + column.choice).c_str(), {from.x, from.y, to.x, from.y + head_height}, Role::heading, column.label, count);
  }
}

void RecordBoard::draw_lane_heading(Context& context, const Lane& lane) {
  const Theme& t = context.theme;
  const float y = origin_.y + lane.top;
  if (y + lane_height < from_.y + head_height || y > to_.y) return;
  ImGui::SetCursorScreenPos({from_.x, y});
  const std::string title = lane.group.title.empty() ? std::string(context.text("table.empty_value"_key)) : lane.group.title;
  const Press press = pressable(title + "###lane." + lane.group.key, {to_.x - from_.x, lane_height - 4}, true, Role::button,
                                {.expanded = lane.group.folded ? Flag::no : Flag::yes}, {}, 6);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(press.from, press.to, over(veil(press), t.surface), 6);
  const float text_y = middle(y, lane_height - 4, size_of(Type::strong));
  draw_text(list, {from_.x + 8, text_y}, Type::body, t.ink_soft, lane.group.folded ? icon::chevron_right : icon::chevron_down);
  draw_text(list, {from_.x + 32, text_y}, Type::strong, t.ink, title);
  draw_text(list, {from_.x + 42 + measure(Type::strong, title).x, text_y + 1}, Type::caption, t.ink_faint, number_text(lane.group.count));
  if (!press.clicked) return;
  if (!table_.view.folded.erase(lane.group.key)) table_.view.folded.insert(lane.group.key);
  table_.view.changed();
  context.platform.request_frame();
}

void RecordBoard::draw_lane(Context& context, const CellTexts& texts, const Lane& lane) {
  if (table_.view.group && lane.group.count > 0) draw_lane_heading(context, lane);
  const float top = origin_.y + lane.cards_top;
  const auto first = static_cast<std::size_t>(std::max(0.0f, (from_.y + head_height - top) / card_step));
  const auto end = static_cast<std::size_t>(std::max(0.0f, std::ceil((to_.y - top) / card_step)));
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    if (origin_.x + columns_[column].right < from_.x || origin_.x + columns_[column].left > to_.x) continue;
    const auto& cards = lane.cards[column];
    for (std::size_t at = first; at < std::min(end, cards.size()); ++at) draw_card(context, texts, cards[at]);
  }
}

void RecordBoard::draw_card(Context& context, const CellTexts& texts, std::size_t card) {
  const RegisterInfo& info = table_.info();
  const Record& record = *shown_.list[card].record;
  const Column& column = columns_[places_[card].column];
  const std::string title = card_title(info, texts, record);
  const bool ours = context.selection.info == &info, selected = ours && context.selection.contains(record.id);
  const bool current = ours && context.selection.current == record.id;
  ImGui::SetCursorScreenPos(corner_of(card));
  // Tab comes to one card; from there the arrows go on (take_keys).
  const bool entrance = current || (card == 0 && !(ours && shown_.find(context.selection.current)));
  ImGui::PushItemFlag(ImGuiItemFlags_NoNav, !entrance);
  const Press press = pressable(title + "###card." + record.id.text(), {column.right - column.left - 16, card_height}, true, Role::list_item,
                                {.selected = selected ? Flag::yes : Flag::no}, format_pair(title, column.label, context.language), 6);
  ImGui::PopItemFlag();
  if (current && std::exchange(focus_, false)) ImGui::SetFocusID(ImGui::GetItemID(), ImGui::GetCurrentWindow());
  if (press.held && !dragged_ && ImGui::IsMouseDragging(0, 6)) {
    dragged_ = record.id;
    if (!selected) context.selection.only(info, record.id);
  }
  const ImGuiIO& io = ImGui::GetIO();
  if (press.clicked && !dragged_) selecting_.click(context.selection, info, shown_, card, io.KeyShift, io.KeyCtrl);
  if (press.hovered && ImGui::IsMouseDoubleClicked(0)) context.navigation.open_record(info, record.id);
  if (press.hovered && ImGui::IsMouseClicked(1)) {
    if (!selected) selecting_.click(context.selection, info, shown_, card, false, false);
    ImGui::OpenPopup("row.menu");
  }
  const Theme& t = context.theme;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(press.from, press.to, over(veil(press), selected ? t.selected : t.surface), 6);
  list.AddRect(press.from, press.to, selected ? t.accent : t.line, 6, 0, current && ImGui::IsWindowFocused() ? 2.0f : 1.0f);
  draw_card_face(context, info, texts, record, press.from, press.to);
  if (refused_ && refused_->record == record.id) draw_card_error(context, refused_->message, press.from, press.to);
}

ImVec2 RecordBoard::corner_of(std::size_t card) const {
  const Place& place = places_[card];
  return {origin_.x + columns_[place.column].left + 8, origin_.y + lanes_[place.lane].cards_top + static_cast<float>(place.at) * card_step};
}

void RecordBoard::reveal(std::size_t card) {
  const ImVec2 corner = corner_of(card);
  const Column& column = columns_[places_[card].column];
  const float top = from_.y + head_height, right = origin_.x + column.right;
  if (corner.y < top) ImGui::SetScrollY(ImGui::GetScrollY() + corner.y - top);
  else if (corner.y + card_step > to_.y) ImGui::SetScrollY(ImGui::GetScrollY() + corner.y + card_step - to_.y);
  if (corner.x - 8 < from_.x) ImGui::SetScrollX(column.left);
  else if (right > to_.x) ImGui::SetScrollX(ImGui::GetScrollX() + right - to_.x);
}

std::optional<std::size_t> RecordBoard::column_at(float x) const {
  x -= origin_.x;
  const auto column = std::ranges::find_if(columns_, [&](const Column& one) { return x >= one.left - column_gap / 2 && x < one.right + column_gap / 2; });
  return column == columns_.end() ? std::nullopt : std::optional(static_cast<std::size_t>(column - columns_.begin()));
}

// Below the last lane the column is still its.
const RecordBoard::Lane* RecordBoard::lane_at(float y) const {
  y = std::max(y - origin_.y, lanes_.front().top);
  for (const Lane& lane : lanes_)
    if (y < lane.bottom || &lane == &lanes_.back()) return lane.group.folded ? nullptr : &lane;
  return nullptr;
}

}  // namespace pmo::ui
