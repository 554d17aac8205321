// One field of a form: a label above, and below it the editor that fits the field's kind.
#pragma once

#include "app/ui/editors/pickers.h"

namespace pmo::ui {

class FieldEditor {
 public:
  // Draws the editor in the width given; answers with the new value when the user has finished one.
  std::optional<Value> draw(Context& context, const FieldInfo& field, const Value& current, Id record, float width);

  // Forgets a text that was begun: its record is locked now.
  void drop_draft(Id record, const FieldInfo& field) {
    if (draft_.field == &field && draft_.record == record) draft_ = {};
  }

 private:
  std::optional<Value> draw_text(Context& context, const FieldInfo& field, const Value& current, Id record, float width);
  std::optional<Value> draw_pick(Context& context, const FieldInfo& field, const Value& current, float width);
  std::optional<Value> draw_day(Context& context, const FieldInfo& field, const Value& current, Id record, float width);

  // The one text that is being edited, or that was refused and waits to be mended.
  struct Draft {
    Id record;
    const FieldInfo* field = nullptr;
    std::string text;
    std::optional<Error> error;
  };
  Draft draft_;
  ReferencePicker references_;
  DayPicker days_;
  const FieldInfo* open_ = nullptr;  // whose picker is open
};

}  // namespace pmo::ui
