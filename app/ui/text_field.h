// A text field: drawn by us at rest, the browser's own element while it is edited (app/ui/platform.h).
//
//   if (ui::input_text("name###task.name", name, {.label = context.text("field.task.name"_key)}).committed)
//   ...
//
// The text follows every keystroke; whoever wants the finished value only waits for `committed`. Escape
// brings the old text back and reports `cancelled`.
#pragma once

#include "app/ui/platform.h"

#include <string>
#include <string_view>

namespace pmo::ui {

struct InputOptions {
  float width = 0;              // 0: the current item width; negative: that much left free on the right
  int lines = 1;                // more than one: a text of several lines, this many of them visible
  std::string_view label = {};  // spoken, and the field's name in tests
  std::string_view placeholder = {};
  const char* icon = nullptr;  // at the left, from app/ui/icons.h
  TextKind kind = TextKind::text;
  TextAlign align = TextAlign::left;
  Face face = Face::regular;
  int max_length = 0;
  bool frameless = false;  // no border and no padding: a cell of a table
  bool invalid = false;    // marked in red, and told to screen readers
  bool read_only = false;
  bool password = false;
  bool spell_check = false;
  bool list_keys = false;  // up and down go to the list of proposals, not into the text
  bool keeps_tab = false;  // Tab ends the editing and the caller moves on: a table
  bool start = false;      // take the keyboard in this frame
  TextSelection start_selection = TextSelection::all;
};

struct InputEvents {
  bool changed = false;    // the text is another than before this frame, or no longer being composed
  bool editing = false;    // has the keyboard
  bool composing = false;  // an input method is at work: leave the text alone
  bool committed = false;  // editing is over and the text is to be taken
  bool cancelled = false;  // editing is over and the text is the old one
  TextEntryEnd end = TextEntryEnd::none;
  explicit operator bool() const { return changed; }
};

InputEvents input_text(const char* id, std::string& text, const InputOptions& options = {});

// Whether a field has the keyboard. One that is not drawn any more has lost it.
bool somebody_edits();

// What the field holds while it is edited, else `text`. For a caller that reads its text anew from a record in each frame:
//
//   std::string name = draft_or("###name", task.name);
//   if (ui::input_text("###name", name).committed && name != task.name) ...
std::string draft_or(const char* id, std::string text);

// For a selected cell that is not edited: the first character typed (or composed) over it, which begins the
// editing. Call it every frame while the cell is selected and has the focus; when it answers true, edit the
// cell from the next frame on with input_text under the same id, the text it has given, and .start_selection
// = TextSelection::kept. Position and size are those the field will have.
bool input_begins(const char* id, ImVec2 position, ImVec2 size, std::string& text,
                  const InputOptions& options = {});

}  // namespace pmo::ui
