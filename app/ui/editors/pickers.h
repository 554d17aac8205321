// What opens under a field or cell to choose a value: choices, records, days. Each answers with the chosen value once.
#pragma once

#include "app/model/months.h"
#include "app/ui/context.h"
#include "app/ui/table/cell_text.h"
#include "app/ui/theme.h"

namespace pmo::ui {

// What a choice means for the eye: done is good, waiting asks for attention. None for mere categories.
std::optional<Tone> choice_tone(const FieldInfo& field, std::string_view choice);

// Pickers are popups: open with ImGui::OpenPopup(id), call every frame after the item they belong to.
std::optional<Value> choice_picker(Context& context, const char* id, const FieldInfo& field, const Value& current);

// Search box and list; several can be ticked for a list of references, which answers with each tick.
class ReferencePicker {
 public:
  std::optional<Value> draw(Context& context, const char* id, const FieldInfo& field, const Value& current);

 private:
  std::string query_;
  bool was_open_ = false;
};

class DayPicker {
 public:
  // A moment keeps its time of day.
  std::optional<Value> draw(Context& context, const char* id, const FieldInfo& field, const Value& current);

 private:
  Day month_;  // any day of the month shown
  bool was_open_ = false;
};

// The days of a month in weeks, Monday first; where the first one stands is up to the caller.
int days_in_month(Day day);

}  // namespace pmo::ui
