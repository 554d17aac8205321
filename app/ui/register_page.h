// A page that shows a register: toolbar, quick filters, table. Desks derive from it to put their own view above the table.
#pragma once

#include "app/ui/page.h"
#include "app/ui/table/record_board.h"
#include "app/ui/table/view_menu.h"

namespace pmo::ui {

class RegisterPage : public Page {
 public:
  RegisterPage(std::string_view name, const RegisterInfo& info, const char* icon)
      : table_(info), name_(name), icon_(icon) {}

  std::string_view name() const override { return name_; }
  Key title() const override { return table_.info().label_key(); }
  const char* icon() const override { return icon_; }
  Desk desk() const override { return table_.info().desk; }
  const RegisterInfo* shows() const override { return &table_.info(); }
  void forget() override {
    table_.forget();
    board_.forget();
    views_.forget();
    counts_ = {};
  }
  void draw(Context& context) override;

 protected:
  // Between toolbar and table; and at the end of the toolbar's line.
  virtual void draw_above(Context&) {}
  virtual void draw_tools(Context&) {}
  virtual void prepare(Context&, Transaction&, const Record&) {}  // a record that was added
  virtual bool can_add() const { return true; }                   // not where the product itself writes the records

  void draw_toolbar(Context& context);
  // One press to what needs attention: the open records, the late ones, one's own. By the register's description.
  void draw_quick_filters(Context& context);
  void draw_table(Context& context);  // or the board
  bool draw_empty(Context& context);

  RecordTable table_;

 private:
  enum class Quick : unsigned char { all, open, late, mine };
  void choose(Context& context, Quick quick);
  void count(const Context& context, Ref<Person> me);
  void keep_board(Context& context);  // for the next visit, also when a saved view has chosen it
  void follow_selection(Context& context);
  void draw_group_menu(Context& context);
  void add(Context& context);
  void import(Context& context);  // a table of text, by the command of that name, which takes the register that is selected
  void print(Context& context);  // the view, not the whole register

  std::string_view name_;
  const char* icon_;
  Quick quick_ = Quick::all;
  struct Counts {
    const Project* project = nullptr;
    std::uint64_t revision = 0;  // of the register, when they were counted
    Day today;
    Ref<Person> me;
    std::int64_t open = 0, late = 0, mine = 0;
  } counts_;
  float tools_width_ = 0;  // of the tools with their words, as they were drawn last
  Language tools_language_ = Language::english;
  std::optional<bool> kept_board_;  // as this browser remembers it; nothing: not asked yet
  Id followed_;                     // the record that was looked for last
  RecordBoard board_{table_};
  ViewMenu views_{table_};
};

}  // namespace pmo::ui
