// A page that shows a register: toolbar, quick filters, table. Desks derive from it to put their own view above the table.
#pragma once

#include "app/ui/page.h"
#include "app/model/records/saved_view.h"
#include "app/ui/table/record_table.h"

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
    view_ = {};
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
  void draw_table(Context& context, float height = 0);
  bool draw_empty(Context& context);

  RecordTable table_;

 private:
  enum class Quick : unsigned char { all, open, late, mine };
  void choose(Context& context, Quick quick);
  void draw_group_menu(Context& context);
  // The views of this register that are kept with the project: the user's own and everybody's.
  void draw_views(Context& context);
  void draw_views_menu(Context& context);
  void draw_save_view(Context& context);
  void save_view(Context& context);
  void take_view(const SavedView* view);
  void add(Context& context);

  std::string_view name_;
  const char* icon_;
  Quick quick_ = Quick::all;
  Id view_;                // the saved one that was chosen last
  std::string view_name_;  // of the one being saved
  bool view_shared_ = true;
};

}  // namespace pmo::ui
