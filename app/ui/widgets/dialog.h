// Dialogs: in the middle of the page, everything else behind a veil. Escape and the cross close them.
//
//   if (Dialog dialog("project.new", title, open_, {.width = 480}); dialog) {
//     ...
//     dialog.buttons();
//     if (dialog.confirm(labelled(create, "create"))) ...
//   }
#pragma once

#include <string_view>

#include "app/ui/widgets/button.h"

namespace pmo::ui {

struct DialogOptions {
  const char* icon = "";
  Tone tone = Tone::accent;  // of the icon
  float width = 480;
  float height = 0;          // 0: as the content needs
  bool closable = true;
  std::string_view close_name = {};  // spoken name of the cross
};

class Dialog {
 public:
  // Opens when `open` is true, and sets it to false when the user closes it.
  Dialog(const char* id, std::string_view title, bool& open, const DialogOptions& options = {});
  ~Dialog();
  Dialog(const Dialog&) = delete;
  explicit operator bool() const { return shown_; }

  // Begins the row of buttons; they stand at the right, the one submitted first leftmost.
  void buttons(float total_width);
  void close();

 private:
  bool& open_;
  bool shown_ = false;
};

// A row of two buttons, cancel and the answer. Returns 1 for the answer, -1 for cancel, 0 otherwise.
int dialog_buttons(Dialog& dialog, std::string_view cancel, std::string_view answer,
                   Emphasis emphasis = Emphasis::primary, bool enabled = true);

}  // namespace pmo::ui
