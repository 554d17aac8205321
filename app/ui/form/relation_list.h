// Links of a record to any other ("see also"), in both directions, inside its form.
#pragma once

#include "app/ui/editors/pickers.h"

namespace pmo::ui {

class RelationList {
 public:
  void draw(Context& context, Id record);

 private:
  ReferencePicker picker_;
};

}  // namespace pmo::ui
