// A register as a board: a column for each status, a card for each record that the table's view lets through, in its
// order; lanes across the columns when the view is grouped. A card that is moved gets the status of its column, and the
// value of its lane, as if somebody had chosen them in the table: the checks, what follows from it and the step back are
// the same. Derived from the register's description alone.
//
// The mouse drags cards; several that are selected go together, Escape gives up. Keys: arrows, Home, End, Page Up/Down
// (Shift selects); Ctrl+Left and Ctrl+Right move to the next status; Enter or F2 opens; Delete, Ctrl+A, Ctrl+C.
// Only what is on the screen is drawn.
#pragma once

#include "app/ui/table/record_table.h"

namespace pmo::ui {

class RecordBoard {
 public:
  explicit RecordBoard(RecordTable& table) : table_(table) {}
  static bool fits(const RegisterInfo& info) { return info.status() != nullptr; }

  void draw(Context& context);  // fills what is left of the window
  void show(Id record) { show_ = record; }  // brings it into sight
  void forget();                // another project is open

 private:
  struct Column {
    std::string choice;
    std::string label = {};
    std::size_t cards = 0;
    float left = 0, right = 0;  // from the left edge of the first one
  };
  struct Lane {
    Group group;                                   // without a title when nothing is grouped
    std::optional<Value> value = {};               // what its records have; none when it is folded or follows from other fields
    std::vector<std::vector<std::size_t>> cards = {};  // by column: places in shown_
    float top = 0, cards_top = 0, bottom = 0;      // from the upper edge of the board's content
  };
  struct Place {
    std::size_t lane, column, at;
  };

  void gather(const Context& context, const CellTexts& texts);
  void gather_columns(const CellTexts& texts);
  void lay_out(ImVec2 room);
  void draw_columns(Context& context);
  void draw_lane(Context& context, const CellTexts& texts, const Lane& lane);
  void draw_lane_heading(Context& context, const Lane& lane);
  void draw_card(Context& context, const CellTexts& texts, std::size_t card);
  void draw_dragged(Context& context, const CellTexts& texts, const Record& record, ImVec2 pointer);
  void take_drag(Context& context, const CellTexts& texts);
  void take_keys(Context& context);
  std::optional<std::size_t> neighbour(std::size_t card, int across, int down) const;
  void move_beside(Context& context, std::size_t card, int by);
  void move(Context& context, Id record, std::size_t column, const Lane* lane);
  void reveal(std::size_t card);
  ImVec2 corner_of(std::size_t card) const;  // on the screen
  std::optional<std::size_t> column_at(float x) const;
  const Lane* lane_at(float y) const;  // one that takes cards

  RecordTable& table_;
  RowSelection selecting_;
  std::vector<Column> columns_;
  std::vector<Lane> lanes_;
  Rows shown_;                 // the cards as they are read: by lane, column by column
  std::vector<Place> places_;  // of the cards in shown_
  const Project* gathered_of_ = nullptr;
  std::uint64_t gathered_ = 0;  // version of the table's rows
  Language language_ = Language::english;
  ImVec2 size_ = {0, 0};                      // of all columns and lanes
  ImVec2 origin_ = {0, 0}, from_ = {0, 0}, to_ = {0, 0};  // on the screen, in this frame: the content's corner, what is seen
  Id dragged_, show_, moved_;
  std::optional<std::size_t> reveal_;
  bool focus_ = false;  // the current card takes the keyboard in the next frame
  struct Refused {
    Id record;
    std::string message;
  };
  std::optional<Refused> refused_;
};

}  // namespace pmo::ui
