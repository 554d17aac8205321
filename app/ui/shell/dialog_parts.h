// What the shell's dialogs are made of.
#pragma once

#include <string>

#include "app/ui/text_field.h"
#include "app/ui/theme.h"
#include "app/ui/widgets/dialog.h"
#include "app/words/error.h"
#include "app/words/words.h"

namespace pmo::ui {

struct Shell;

// The small line above a field.
void field_label(std::string_view shown);
// A field for a password, with its label above.
InputEvents secret_input(const Shell& shell, const char* id, Key name, std::string& text, bool readable = false, bool start = false);
// What is wrong, in the tone of an error; nothing when nothing is.
void problem_line(const Error& problem, Language language);
DialogOptions dialog_options(const Shell& shell, const char* icon, float width = 480, Tone tone = Tone::accent, float height = 0);

}  // namespace pmo::ui
