// The parts of one record as a small table inside its form: agenda items of a meeting, versions of a document. Edited in
// place; a new one is written into the line below the last.
#pragma once

#include "app/ui/table/record_table.h"

namespace pmo::ui {

class PartTable {
 public:
  PartTable(const RegisterInfo& info, const FieldInfo& owner, Id record);
  PartTable(const PartTable&) = delete;

  void draw(Context& context);

 private:
  Id add(Context& context);

  const FieldInfo& owner_;
  const FieldInfo* order_;  // the field that keeps the parts in order, if any
  Id record_;
  RecordTable table_;
  Selection selection_;  // apart from the page's, which shows the whole record
};

}  // namespace pmo::ui
