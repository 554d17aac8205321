// Moving cards on a board, with the mouse and with the keyboard; its other keys.
#include <algorithm>

#include "app/ui/annotate.h"
#include "app/ui/platform.h"
#include "app/ui/table/board_card.h"
#include "app/ui/table/record_board.h"
#include "app/ui/text_field.h"
#include "app/ui/widgets/widgets.h"
#include "imgui_internal.h"

namespace pmo::ui {

void RecordBoard::take_drag(Context& context, const CellTexts& texts) {
  if (!dragged_) return;
  const Record* record = context.project.table(table_.info()).find(dragged_);
  if (!record || ImGui::IsKeyPressed(ImGuiKey_Escape) || !ImGui::IsMousePosValid()) {
    dragged_ = {};
    ImGui::ClearActiveID();  // or the card, still held, would be dragged again
    return;
  }
  const ImVec2 pointer = ImGui::GetMousePos();
  if (!ImGui::IsMouseDown(0)) {
    dragged_ = {};
    const auto column = column_at(pointer.x);
    const Lane* lane = lane_at(pointer.y);
    if (column && lane && ImGui::IsWindowHovered(ImGuiHoveredFlags_ChildWindows | ImGuiHoveredFlags_AllowWhenBlockedByActiveItem)) move(context, record->id, *column, lane);
    return;
  }
  // Held near an edge, the cards go by.
  const auto beyond = [](float at, float least, float most) { return at < least ? at - least : at > most ? at - most : 0; };
  const ImVec2 by(beyond(pointer.x, from_.x + 24, to_.x - 24), beyond(pointer.y, from_.y + 24, to_.y - 24));
  if ((by.x != 0 && ImGui::GetScrollMaxX() > 0) || (by.y != 0 && ImGui::GetScrollMaxY() > 0)) {
    ImGui::SetScrollX(std::clamp(ImGui::GetScrollX() + by.x * 0.4f, 0.0f, ImGui::GetScrollMaxX()));
    ImGui::SetScrollY(std::clamp(ImGui::GetScrollY() + by.y * 0.4f, 0.0f, ImGui::GetScrollMaxY()));
    context.platform.request_frame_in(0.02);
  }
  draw_dragged(context, texts, *record, pointer);
}

void RecordBoard::draw_dragged(Context& context, const CellTexts& texts, const Record& record, ImVec2 pointer) {
  ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  const Theme& t = context.theme;
  ImDrawList& list = *ImGui::GetForegroundDrawList();
  const ImVec2 from(pointer.x + 8, pointer.y + 8), to(from.x + 220, from.y + 36);
  list.AddRectFilled(from, to, t.raised, 6);
  list.AddRect(from, to, t.accent, 6);
  const auto many = context.selection.contains(record.id) ? context.selection.records.size() : 1;
  const std::string said = many > 1 ? context.text("table.moving"_key, {std::to_string(many)}) : card_title(table_.info(), texts, record);
  draw_text_cut(list, {from.x + 12, middle(from.y, 36, size_of(Type::body))}, 196, Type::body, t.ink, said);
  annotate_area("dragged", {from.x, from.y, to.x, to.y}, Role::status, said);
}

void RecordBoard::move(Context& context, Id id, std::size_t column, const Lane* lane) {
  const auto card = shown_.find(id);
  if (!card) return;
  const Place place = places_[*card];
  const bool other_lane = lane && lane != &lanes_[place.lane] && lane->value;
  if (place.column == column && !other_lane) return;
  RecordTable::Values values{{table_.info().status(), Value{columns_[column].choice}}};
  if (other_lane) values.emplace_back(table_.view.group, *lane->value);
  const Result<void> done = table_.put(context, *shown_.list[*card].record, values);
  moved_ = id;
  focus_ = true;
  refused_.reset();
  if (!done) {
    refused_ = {id, phrase(done.error().message, done.error().arguments, context.language)};
    context.platform.announce(refused_->message, true);
  }
  context.platform.request_frame();
}

void RecordBoard::move_beside(Context& context, std::size_t card, int by) {
  const auto column = static_cast<std::ptrdiff_t>(places_[card].column) + by;
  if (column < 0 || column >= std::ssize(columns_)) return;
  move(context, shown_.list[card].record->id, static_cast<std::size_t>(column), nullptr);
}

// The card so far across or down; past the end of a column in the next lane. Nothing where there is none.
std::optional<std::size_t> RecordBoard::neighbour(std::size_t card, int across, int down) const {
  const Place& place = places_[card];
  for (auto column = static_cast<std::ptrdiff_t>(place.column) + across; across != 0 && column >= 0 && column < std::ssize(columns_); column += across)
    if (const auto& cards = lanes_[place.lane].cards[static_cast<std::size_t>(column)]; !cards.empty()) return cards[std::min(place.at, cards.size() - 1)];
  if (down == 0) return std::nullopt;
  const auto& own = lanes_[place.lane].cards[place.column];
  const auto at = static_cast<std::ptrdiff_t>(place.at) + down;
  if (at >= 0 && at < std::ssize(own)) return own[static_cast<std::size_t>(at)];
  for (auto lane = static_cast<std::ptrdiff_t>(place.lane) + (down < 0 ? -1 : 1); lane >= 0 && lane < std::ssize(lanes_); lane += down < 0 ? -1 : 1)
    if (const auto& cards = lanes_[static_cast<std::size_t>(lane)].cards[place.column]; !cards.empty()) return down < 0 ? cards.back() : cards.front();
  return down < 0 ? own.front() : own.back();
}

void RecordBoard::take_keys(Context& context) {
  const bool popup = ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel);
  if (!ImGui::IsWindowFocused() || popup || somebody_edits() || dragged_ || shown_.list.empty()) return;
  const RegisterInfo& info = table_.info();
  const ImGuiIO& io = ImGui::GetIO();
  // These are the board's: they do not take the keyboard to what stands beside it.
  const ImGuiID here = ImGui::GetCurrentWindow()->ID;
  for (const ImGuiKey key : {ImGuiKey_LeftArrow, ImGuiKey_RightArrow, ImGuiKey_UpArrow, ImGuiKey_DownArrow, ImGuiKey_Home, ImGuiKey_End, ImGuiKey_PageUp, ImGuiKey_PageDown})
    ImGui::SetKeyOwner(key, here);
  const auto pressed = [](ImGuiKey key) { return ImGui::IsKeyPressed(key, true); };
  const auto current = context.selection.info == &info ? shown_.find(context.selection.current) : std::nullopt;
  const bool enter = pressed(ImGuiKey_Enter) || pressed(ImGuiKey_KeypadEnter) || pressed(ImGuiKey_F2);
  if (enter) return context.navigation.open_record(info, shown_.list[current.value_or(0)].record->id);
  if (ImGui::Shortcut(ImGuiMod_Ctrl | ImGuiKey_A)) return selecting_.all(context.selection, info, shown_);
  if (ImGui::Shortcut(ImGuiMod_Ctrl | ImGuiKey_C)) return table_.copy_selected(context);
  if (pressed(ImGuiKey_Delete) && !io.KeyCtrl) return table_.erase_selected(context);
  if (io.KeyAlt) return;
  const int across = pressed(ImGuiKey_RightArrow) ? 1 : pressed(ImGuiKey_LeftArrow) ? -1 : 0;
  if (io.KeyCtrl && across != 0) {
    if (current) move_beside(context, *current, across);
    return;
  }
  const int page = std::max(1, static_cast<int>((to_.y - from_.y) / 100) - 1), all = static_cast<int>(shown_.list.size());
  int down = 0;
  if (pressed(ImGuiKey_DownArrow)) down = 1;
  if (pressed(ImGuiKey_UpArrow)) down = -1;
  if (pressed(ImGuiKey_PageDown)) down = page;
  if (pressed(ImGuiKey_PageUp)) down = -page;
  std::optional<std::size_t> next;
  if (pressed(ImGuiKey_Home) || pressed(ImGuiKey_End)) {
    const bool last = pressed(ImGuiKey_End);
    if (io.KeyCtrl || !current) {
      next = last ? static_cast<std::size_t>(all - 1) : 0;
    } else {
      const auto& cards = lanes_[places_[*current].lane].cards[places_[*current].column];
      next = last ? cards.back() : cards.front();
    }
  } else if (across != 0 || down != 0) {
    next = current ? neighbour(*current, across, down) : std::optional<std::size_t>(0);
  }
  if (!next) return;
  selecting_.click(context.selection, info, shown_, *next, io.KeyShift, false);
  reveal_ = next;
  focus_ = true;
  refused_.reset();
  context.platform.request_frame();
}

}  // namespace pmo::ui
