// The views of a table that are kept with the project, behind a button: the user's own and everybody's, to take, to save,
// to bring up to date and to delete.
//
//   ViewMenu views(table);
//   views.draw(context);            // in the toolbar
#pragma once

#include "app/model/records/saved_view.h"
#include "app/ui/table/record_table.h"

namespace pmo::ui {

class ViewMenu {
 public:
  // What a page keeps in a view beside its table: lines of its own (saved_view.h), and what it does with a text that was
  // kept; an empty one asks for the usual.
  struct Beside {
    std::function<std::string()> write;
    std::function<void(std::string_view)> read;
  };
  explicit ViewMenu(RecordTable& table, Beside beside = {}) : table_(table), beside_(std::move(beside)) {}

  void draw(Context& context);
  void forget() { chosen_ = {}; }  // another project is open
  // What is looked at: the name of the register, and that of the view that was taken last.
  std::string title(const Context& context) const;

 private:
  void draw_menu(Context& context);
  void draw_form(Context& context);
  void save(Context& context);
  void take(const SavedView* view);  // null: the usual one
  std::string content() const;

  RecordTable& table_;
  Beside beside_;
  Id chosen_;
  std::string name_;  // of the one being saved
  bool shared_ = true;
};

}  // namespace pmo::ui
