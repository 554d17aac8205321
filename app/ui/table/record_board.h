// A register as a board: a column for each status, a card for each record that the table's view lets through, in its
// order. A card that is moved gets the status of its column as if somebody had chosen it in the table: the checks, what
// follows from it and the step back are the same. Derived from the register's description alone.
//
// The mouse drags cards; several that are selected go together. With the keyboard the arrows go from card to card, Ctrl+Left
// and Ctrl+Right move one to the next status, Enter opens it, Escape lets go.
#pragma once

#include "app/ui/table/record_table.h"

namespace pmo::ui {

class RecordBoard {
 public:
  explicit RecordBoard(RecordTable& table) : table_(table) {}
  static bool fits(const RegisterInfo& info) { return info.status() != nullptr; }

  void draw(Context& context);  // fills what is left of the window
  void forget();                // another project is open

 private:
  struct Column {
    std::string choice;
    std::string label = {};
    std::vector<const Record*> cards = {};
    float left = 0, right = 0;  // on the screen, in this frame
  };

  void gather(const Context& context, const CellTexts& texts);
  void lay_out(float room);
  void draw_column(Context& context, const CellTexts& texts, Column& column, float height);
  void draw_card(Context& context, const CellTexts& texts, const Column& column, const Record& record);
  void draw_face(Context& context, const CellTexts& texts, const Record& record, ImVec2 from, ImVec2 to) const;
  void take_drop(Context& context, const CellTexts& texts);
  void move_beside(Context& context, const Column& column, const Record& record, int by);
  void write_status(Context& context, const Record& record, const std::string& choice);
  const Column* column_at(float x) const;

  RecordTable& table_;
  std::vector<Column> columns_;
  const Project* gathered_of_ = nullptr;
  std::uint64_t gathered_ = 0;  // version of the table's rows
  Id dragged_;
  Id focus_;  // the card that takes the keyboard in the next frame: one that was moved
};

}  // namespace pmo::ui
