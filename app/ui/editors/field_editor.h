// One field of a form: a label above, and below it the editor that fits the field's kind.
#pragma once

#include "app/ui/editors/pickers.h"

namespace pmo::ui {

class FieldEditor {
 public:
  // Draws the editor in the width given; answers with the new value when the user has finished one.
  std::optional<Value> draw(Context& context, const FieldInfo& field, const Value& current, Id record, float width);

  // Forgets a text that was refused: its record is locked now.
  void drop_refused(Id record, const FieldInfo& field) {
    std::erase_if(refused_, [&](const Refused& refused) { return refused.field == &field && refused.record == record; });
  }

 private:
  std::optional<Value> draw_text(Context& context, const FieldInfo& field, const Value& current, Id record, float width);
  std::optional<Value> draw_pick(Context& context, const FieldInfo& field, const Value& current, float width);
  std::optional<Value> draw_day(Context& context, const FieldInfo& field, const Value& current, Id record, float width);

  // A text that is no value of its field: it stays, marked, until it is mended.
  struct Refused {
    Id record;
    const FieldInfo* field = nullptr;
    std::string text;
    Error error;
  };
  const Refused* refused_of(Id record, const FieldInfo& field) const;
  std::vector<Refused> refused_;
  ReferencePicker references_;
  DayPicker days_;
  const FieldInfo* open_ = nullptr;  // whose picker is open
};

}  // namespace pmo::ui
