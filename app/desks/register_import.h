// The dialog that brings a table of text (CSV, from any spreadsheet) into a register: columns, the key by which lines are
// known, what each line will do, and what cannot be read. Opened by the command "register.import".
#pragma once

#include "app/model/table_reading.h"
#include "app/ui/commands.h"
#include "app/ui/table/table_import.h"

namespace pmo::desks {

class RegisterImport {
 public:
  void add_commands(ui::Commands& commands);  // must outlive them
  void choose_file(ui::Context& context, const RegisterInfo& info);
  void open(ui::Context& context, const RegisterInfo& info, std::string file_name, std::string bytes);
  void draw(ui::Context& context);

 private:
  void read(std::optional<TextEncoding> encoding);
  void bring_up_to_date(ui::Context& context);
  void draw_columns(ui::Context& context);
  void draw_meanings(ui::Context& context, ui::ImportColumn& column);
  void draw_how(ui::Context& context);
  void draw_lines(ui::Context& context);
  void draw_errors(ui::Context& context);
  bool take_in(ui::Context& context);

  const RegisterInfo* info_ = nullptr;
  std::string file_name_, bytes_;
  TextEncoding encoding_ = TextEncoding::utf_8;
  ui::RegisterTable table_;
  ui::ImportHow how_;
  ui::ImportPlan plan_;
  const Project* planned_for_ = nullptr;  // null: to be planned anew
  std::uint64_t planned_at_ = 0;
  std::optional<Error> problem_;
  bool open_ = false;
};

}  // namespace pmo::desks
