// One press to what needs attention: open ones, mine or late. A set of chips over a register's status and due date.
#pragma once

#include "app/ui/register_page.h"

namespace pmo::desks {

// A register page whose toolbar has chips for the open and the late records.
class TrackedPage : public ui::RegisterPage {
 public:
  // closed: the names of the statuses that end a record; due: the field with its due date.
  TrackedPage(std::string_view name, const RegisterInfo& info, const char* icon, std::vector<std::string> closed, std::string_view due)
      : RegisterPage(name, info, icon), closed_(std::move(closed)), due_(info.find(due)), status_(info.find("status")) {}

 protected:
  void draw_above(ui::Context& context) override;
  bool is_open(const Record& record) const;
  bool is_late(const Record& record, Day today) const;

 private:
  void choose(ui::Context& context, bool open, bool late);

  std::vector<std::string> closed_;
  const FieldInfo *due_, *status_;
  bool open_ = false, late_ = false;
};

}  // namespace pmo::desks
