// The table of a register: everything a spreadsheet user expects, derived from the register's description alone.
//
//   RecordTable table(register_of<Risk>());
//   table.draw(context);            // fills what is left of the window
//
// Keys, while the table has the focus: arrows, Page Up/Down, Home, End move (Shift selects); F2, Enter, typing or a
// double click edit; Enter commits and goes down, Tab right, Escape reverts; Delete clears; Ctrl+A, Ctrl+C, Ctrl+V,
// Ctrl+D (fill down).
#pragma once

#include "app/ui/csv_clipboard.h"
#include "app/ui/editors/pickers.h"
#include "app/ui/platform.h"
#include "app/ui/table/row_selection.h"
#include "app/ui/theme.h"

namespace pmo::ui {

// What a page lets its table do beyond the usual. Empty: the usual, or nothing.
struct TableActions {
  // Adds a record where one is wanted: before the current one (Insert), or behind the last (Enter in the last row, and
  // the empty line below it). Answers with its id.
  std::function<Id(Context&, bool at_end)> add;
  std::function<void(Context&)> erase;                            // the selected records
  std::function<void(Context&, std::size_t before_row)> move_to;  // the selected records were dragged there
  std::function<void(Context&)> more_menu;                        // at the top of the menu of a row
};

// Where the rows are on the screen: what stands beside the table goes along with it.
struct TableBody {
  ImVec2 from, to;     // the rows' area in the last frame
  float scroll = 0;    // how far it is scrolled down
  float top_of(std::size_t row) const { return from.y - scroll + static_cast<float>(row) * Theme::row; }
};

class RecordTable {
 public:
  explicit RecordTable(const RegisterInfo& info, const CellSource& source = plain_source());

  TableView view;
  TableActions actions;
  std::vector<Column> usual_columns;  // what "usual columns" brings back, when it is not what the description gives
  float header_height = 36;
  bool with_totals = true;  // a line of sums below the rows, where columns have sums
  bool beside = false;  // something that scrolls along stands at its right: no scroll bar between the two

  void draw(Context& context, float height = 0, float width = 0);  // 0: the rest of the window
  const RegisterInfo& info() const { return info_; }
  const Rows& rows(const Context& context);  // up to date with the project and the view
  std::uint64_t rows_version() const { return rows_version_; }  // grows when rows() is built anew
  const TableBody& body() const { return body_; }
  float content_height() const;
  void scroll_to(float top) { scroll_to_ = top; }
  void take_focus() { focus_ = true; }
  // A record that was just added: selected, on the screen, its name being written. Escape takes it back.
  void edit_new(Context& context, Id record);
  // A click on a row elsewhere, with the keys that are held.
  void click_row(Context& context, std::size_t row);
  void open_row_menu() { open_menu_ = true; }  // at the pointer, for the selected rows
  void show(Id record) { show_ = record; }  // unfolds and scrolls, so that it is seen
  // Folds, and where that is not enough search and filters, give way for the record. Answers with its row.
  std::optional<std::size_t> make_seen(const Context& context, Id record);
  void draw_row_menu(Context& context);  // of the selected rows, or cards; open it as "row.menu"
  void set_folded(Context& context, int level);  // summaries from this level on; a great one: none

  // What toolbars and menus call.
  const Record* add(Context& context, const std::function<void(Transaction&, const Record&)>& prepare = {});
  // What is done to the selected is done to those that the view shows; of the others the user is told that they stay.
  // Writes to the record, and to all selected ones when it is one of several.
  bool write(Context& context, const Record& record, const FieldInfo& field, const Value& value);
  // The same with several values in one step; what is wrong is left to the caller to tell.
  using Values = std::vector<std::pair<const FieldInfo*, Value>>;
  Result<void> put(Context& context, const Record& record, const Values& values);
  void erase_selected(Context& context);
  void duplicate_selected(Context& context);
  void copy_selected(Context& context);
  void fill_down(Context& context);
  std::string csv(const Context& context);
  void forget();  // another project is open
  // Popovers; open with ImGui::OpenPopup, call after the button.
  void draw_column_chooser(Context& context, const char* id);
  void draw_filter(Context& context, const char* id, const FieldInfo& field);
  // The filters in force as chips that open and clear them.
  void draw_filter_chips(Context& context);

 private:
  struct Place {  // of a column on the screen
    std::size_t column;
    float left, right;  // before scrolling
    bool frozen;
  };
  struct Editing {
    Id record;
    const FieldInfo* field = nullptr;
    std::string text;
    bool start = false;
    TextSelection selection = TextSelection::all;
    std::optional<Error> error;
    bool touched = false;  // the text is the user's
  };

  void lay_out(float width);
  void draw_header(Context& context, float width);
  void draw_header_cell(Context& context, const Place& place, ImVec2 from, ImVec2 to);
  void draw_resize_handle(const Place& place, float right, float top, float height);
  void draw_header_menu(Context& context, const Column& column);
  void draw_body(Context& context, const CellTexts& texts, float height);
  void draw_row(Context& context, const CellTexts& texts, std::size_t row);
  void draw_group(Context& context, const CellTexts& texts, std::size_t row);
  void draw_cells(Context& context, const CellTexts& texts, const Row& row, ImVec2 origin, bool frozen);
  void draw_cell(Context& context, const CellTexts& texts, const Row& row, const Column& column, ImVec2 from, ImVec2 to);
  void draw_current_cell(Context& context, const CellTexts& texts);
  void draw_editor(Context& context, const CellTexts& texts, const Record& record, ImVec2 from, ImVec2 to);
  void draw_pickers(Context& context, const Record& record, ImVec2 from, ImVec2 to);
  void draw_totals(Context& context, const CellTexts& texts, float width);
  void draw_paste_preview(Context& context, const CellTexts& texts);
  void draw_nothing_found(Context& context);
  void draw_outline_mark(Context& context, const Row& row, ImVec2& from, ImVec2 to);
  void draw_add_line(Context& context);
  void draw_drop_line(Context& context);
  void draw_scrollbar();
  void fold(Context& context, const Row& row);
  void fold_current(Context& context, bool folded);
  struct Chosen {
    std::vector<const Record*> records;  // selected and shown, in the order of the rows
    std::size_t hidden = 0;              // selected, but folded or filtered out
  };
  Chosen chosen(const Context& context);
  void tell_hidden(Context& context, const Chosen& chosen) const;
  CellTexts texts_of(const Context& context) const { return {context.project, context.language, context.today, source_}; }

  void take_keys(Context& context, const CellTexts& texts);
  void take_paste(Context& context, const CellTexts& texts);
  void move_column(int by);
  void reveal(std::size_t row);
  void begin_edit(Context& context, const CellTexts& texts, const Record& record, const FieldInfo& field);
  void finish_edit(Context& context, const CellTexts& texts, const Record& record, bool down, int across);
  bool edits_current(const Context& context) const;
  void leave_edit(Context& context, const CellTexts& texts);
  Id below(Id record) const;  // itself in the last row
  const Column* current_column() const;
  const char* editor_id() const { return other_editor_ ? "###edit.other" : "###edit"; }
  std::optional<Place> place_of(const FieldInfo* field) const;

  const RegisterInfo& info_;
  const CellSource& source_;
  Rows rows_;
  struct Built {
    const Project* project = nullptr;
    std::uint64_t revision = 0, version = 0, source = 0;
    Language language = Language::english;
    friend bool operator==(const Built&, const Built&) = default;
  } built_;
  std::uint64_t rows_version_ = 0;
  RowSelection selecting_;
  const FieldInfo* column_ = nullptr;  // of the current cell
  Editing editing_;
  std::vector<Place> places_;
  float frozen_width_ = 0, width_ = 0, scroll_x_ = 0;
  ImVec2 body_from_ = {0, 0}, body_to_ = {0, 0};
  TableBody body_;
  std::optional<float> scroll_to_, across_to_;  // in the next frame
  Id show_;
  std::optional<std::size_t> drop_;  // rows are dragged: before which one they would come
  bool dragging_ = false;
  Id kept_;  // pressed as one of several selected: unless they are dragged, it alone is meant
  bool open_menu_ = false;
  bool other_editor_ = false;
  struct Fresh {
    Id record, commit;
  } fresh_;  // just added, by the last step there is: leaving its name with Escape takes it back
  std::optional<std::size_t> reveal_;
  bool focus_ = false;       // take the keyboard in the next frame
  bool open_picker_ = false;
  ReferencePicker references_;
  DayPicker days_;
  const FieldInfo* header_menu_ = nullptr;
  std::optional<PastePlan> paste_;
  bool paste_shown_ = false;
  std::string long_text_;
};

}  // namespace pmo::ui
