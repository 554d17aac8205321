// The passphrase of locked documents: setting it, giving it, changing it.
#include <algorithm>
#include <utility>

#include "app/model/own_choices.h"
#include "app/model/records/document.h"
#include "app/model/records/project_settings.h"
#include "app/ui/shell/dialog_parts.h"
#include "app/ui/shell/dialogs.h"
#include "app/ui/shell/shell.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {
namespace {

struct Strength {
  Key told;
  Tone tone;
  bool will_do = true;
};

// A hint by length and variety: a Chinese character carries about as much as two letters.
Strength strength_of(std::string_view passphrase) {
  int characters = 0, wide = 0;
  bool letters = false, digits = false, others = false;
  for (const unsigned char c : passphrase) {
    if ((c & 0xc0) == 0x80) continue;
    ++characters;
    if (c >= 0xe0) ++wide;
    else if (c >= '0' && c <= '9') digits = true;
    else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') letters = true;
    else others = true;
  }
  const int weight = characters + wide + 2 * (static_cast<int>(letters) + digits + others + (wide > 0) - 1);
  if (weight < 10) return {"vault.strength.weak"_key, Tone::bad, false};
  if (weight < 16) return {"vault.strength.fair"_key, Tone::caution};
  return {"vault.strength.strong"_key, Tone::good};
}

void draw_readable(const Shell& shell, bool& readable) { checkbox(labelled(shell.text("vault.readable"_key), "vault.readable"), readable); }

// A new passphrase, twice. True when both are there and the same; entered: the second was ended with Enter.
bool new_passphrase(const Shell& shell, std::string& first, std::string& again, bool& readable, bool& entered, int& fresh) {
  const auto typed = secret_input(shell, "###vault.new", "vault.passphrase"_key, first, readable, fresh > 0);
  if (typed.editing) fresh = 0;
  if (!first.empty()) {
    const auto strength = strength_of(first);
    text_cut(Type::caption, shell.text(strength.told), 0, shell.theme.tone(strength.tone).ink);
  }
  gap(0.5f);
  entered = secret_input(shell, "###vault.again", "vault.again"_key, again, readable).end == TextEntryEnd::enter;
  if (!again.empty() && again != first) problem_line({"error.vault.differs"_key, {}}, shell.settings.language);
  draw_readable(shell, readable);
  gap(0.5f);
  paragraph(Type::body, std::string(icon::warning) + "  " + std::string(shell.text("vault.no_recovery"_key)), shell.theme.tone(Tone::caution).ink);
  return first == again && strength_of(first).will_do;
}

constexpr Confidentiality levels[] = {Confidentiality::internal, Confidentiality::confidential, Confidentiality::secret};

// From which level on the project locks already; else the usual one.
int level_now(const Project& project) {
  const auto& settings = project.all<ProjectSettings>();
  const auto from = settings.empty() ? std::nullopt : settings.at(0).locked_from;
  const auto at = std::ranges::find(levels, from.value_or(Confidentiality::confidential));
  return at == std::end(levels) ? 0 : static_cast<int>(at - levels);
}

// The end of each of these dialogs: what is wrong, the buttons, and what the answer does. True when it was done.
template <class Act>
bool finish(const Shell& shell, Dialog& dialog, Error& problem, Key answer, const char* id, bool ready, bool entered, Act&& act) {
  problem_line(problem, shell.settings.language);
  const int pressed = dialog_buttons(dialog, labelled(shell.text("shell.cancel"_key), "cancel"), labelled(shell.text(answer), id), Emphasis::primary, ready);
  if (!ready || (pressed != 1 && !entered)) return false;
  if (const Result<void> done = act(); !done) {
    problem = done.error();
    return false;
  }
  dialog.close();
  return true;
}

}  // namespace

void Dialogs::draw_vault_make(Shell& shell) {
  Dialog dialog("dialog.vault_make", shell.text("command.passphrase"_key), open_, dialog_options(shell, icon::file_lock, 500));
  VaultPort* vault = shell.workspace.vault();
  const Project* project = shell.workspace.project();
  if (!dialog || !vault || !project) return;
  const FieldInfo& field = field_of<Document>(&Document::confidentiality);
  const bool anew = vault->state() == VaultState::locked;
  if (fresh_ == settling_frames) level_ = level_now(*project);
  paragraph(Type::body, shell.text(anew ? "vault.anew.about"_key : "vault.about"_key), shell.theme.ink_soft);
  gap(0.5f);
  bool entered = false;
  const bool ready = new_passphrase(shell, password_, again_, readable_, entered, fresh_);
  gap(0.5f);
  field_label(shell.text("vault.from"_key));
  std::vector<Choice> choices;
  std::vector<std::string> labels;
  for (const auto level : levels)
    labels.push_back(labelled(choice_label(*project, field, enum_name(level), shell.settings.language), "vault.from." + std::string(enum_name(level))));
  for (const auto& label : labels) choices.push_back({label});
  segments("vault.from", choices, level_, true);
  gap(0.5f);
  paragraph(Type::caption, shell.text("vault.past.about"_key), shell.theme.ink_soft);
  finish(shell, dialog, problem_, "vault.set"_key, "vault.set", ready, entered,
         [&] { return vault->set_passphrase(password_, levels[level_], shell.platform.local_now()); });
}

void Dialogs::draw_vault_unlock(Shell& shell) {
  Dialog dialog("dialog.vault_unlock", shell.text("command.unlock"_key), open_, dialog_options(shell, icon::lock, 500));
  VaultPort* vault = shell.workspace.vault();
  if (!dialog || !vault) return;
  paragraph(Type::body, shell.text("vault.unlock.about"_key), shell.theme.ink_soft);
  gap(0.5f);
  const auto typed = secret_input(shell, "###vault.word", "vault.passphrase"_key, password_, readable_, fresh_ > 0);
  if (typed.editing) fresh_ = 0;
  if (typed.changed) problem_ = {};
  draw_readable(shell, readable_);
  gap(0.5f);
  paragraph(Type::caption, shell.text("vault.forgotten.about"_key), shell.theme.ink_soft);
  const bool anew = vault->state() == VaultState::locked && text_link(labelled(shell.text("vault.anew"_key), "vault.anew"), icon::file_lock);
  finish(shell, dialog, problem_, "vault.unlock"_key, "vault.unlock", !password_.empty(), typed.end == TextEntryEnd::enter, [&] {
    const std::string given = std::exchange(password_, {});
    auto unlocked = vault->unlock(given, shell.platform.local_now());
    if (!unlocked) fresh_ = settling_frames;  // to type it once more
    return unlocked;
  });
  if (!anew) return;
  dialog.close();
  shell.before_next_frame([&shell] { shell.dialogs.open(DialogKind::vault_make); });
}

void Dialogs::draw_vault_change(Shell& shell) {
  Dialog dialog("dialog.vault_change", shell.text("command.change_passphrase"_key), open_, dialog_options(shell, icon::file_lock, 500));
  VaultPort* vault = shell.workspace.vault();
  if (!dialog || !vault) return;
  paragraph(Type::body, shell.text("vault.change.about"_key), shell.theme.ink_soft);
  gap(0.5f);
  const auto typed = secret_input(shell, "###vault.before", "vault.before"_key, before_, readable_, fresh_ > 0);
  if (typed.editing) fresh_ = 0;
  gap(0.5f);
  bool entered = false;
  int settled = 0;
  const bool ready = new_passphrase(shell, password_, again_, readable_, entered, settled) && !before_.empty();
  if (finish(shell, dialog, problem_, "vault.change"_key, "vault.change", ready, entered,
             [&] { return vault->change_passphrase(before_, password_, shell.platform.local_now()); }))
    shell.messages.success(std::string(shell.text("vault.changed"_key)));
}

}  // namespace pmo::ui
