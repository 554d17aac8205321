// Exporting a bundle with choices, and opening a protected one.
#include "app/model/access_log.h"
#include "app/model/records/common.h"
#include "app/model/format.h"
#include "app/ui/shell/dialog_parts.h"
#include "app/ui/shell/dialogs.h"
#include "app/ui/shell/shell.h"
#include "app/ui/text_field.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {
namespace {

// "3 files, 4.2 MB"
std::string attachments_about(const Shell& shell, const Project& project) {
  std::uint64_t bytes = 0;
  for (const auto& attachment : project.all<Attachment>()) bytes += static_cast<std::uint64_t>(attachment.size);
  return shell.text("export.attachments"_key,
                    {format_integer(static_cast<std::int64_t>(project.all<Attachment>().size())), format_bytes(bytes)});
}

}  // namespace

void Dialogs::draw_export(Shell& shell) {
  Dialog dialog("dialog.export", shell.text("command.export_with"_key), open_, dialog_options(shell, icon::download, 480));
  const Project* project = shell.workspace.project();
  if (!dialog || !project) return;
  paragraph(Type::body, shell.text("export.about"_key), shell.theme.ink_soft);
  gap(0.5f);
  checkbox(labelled(attachments_about(shell, *project), "export.attachments"), wish_.attachments, !project->all<Attachment>().empty());
  draw_concerning(shell, *project);
  checkbox(labelled(shell.text("export.confidential"_key), "export.confidential"), wish_.confidential);
  draw_with_locked(shell, *project);
  checkbox(labelled(shell.text("export.protect"_key), "export.protect"), protect_);
  bool entered = false;
  if (protect_) {
    gap(0.5f);
    secret_input(shell, "###export.password", "export.password"_key, password_);
    gap(0.5f);
    entered = secret_input(shell, "###export.again", "export.again"_key, again_).end == TextEntryEnd::enter;
    paragraph(Type::caption, shell.text("export.protect.about"_key), shell.theme.ink_soft);
    if (!again_.empty() && again_ != password_) problem_line({"error.protection.differs"_key, {}}, shell.settings.language);
  }
  const bool ready = !protect_ || (!password_.empty() && password_ == again_);
  const int answer = dialog_buttons(dialog, labelled(shell.text("shell.cancel"_key), "cancel"),
                                    labelled(shell.text("export.go"_key), "export.go"), Emphasis::primary, ready);
  if (answer != 1 && !(ready && entered)) return;
  wish_.password = protect_ ? password_ : std::string();
  shell.export_bundle(wish_);
  wish_.password.clear();
  dialog.close();
}

void Dialogs::draw_with_locked(const Shell& shell, const Project& project) {
  const auto locked = locked_documents(project).size();
  if (locked == 0) return;
  checkbox(labelled(shell.text("export.locked"_key, {std::to_string(locked)}), "export.locked"), wish_.locked);
  paragraph(Type::caption, shell.text(wish_.locked ? "export.locked.about"_key : "export.locked.stay"_key), shell.theme.ink_soft);
}

// For whom the bundle is: everything for everybody, or the plan with what concerns one person.
void Dialogs::draw_concerning(const Shell& shell, const Project& project) {
  const auto* chosen = project.find(wish_.concerning);
  const auto everybody = shell.text("export.everybody"_key);
  field_label(shell.text("export.for"_key));
  if (button(labelled(chosen ? std::string_view(chosen->name) : everybody, "export.for"), {.icon = icon::user_check, .opens_menu = true}))
    open_menu("export.for.menu");
  if (begin_menu("export.for.menu")) {
    if (menu_item(labelled(everybody, "everybody"), {.checked = !chosen})) wish_.concerning = {};
    for (const auto& person : project.all<Person>())
      if (menu_item(labelled(person.name, person.id.text()), {.checked = &person == chosen})) wish_.concerning = {person.id};
    end_menu();
  }
  if (chosen) paragraph(Type::caption, shell.text("export.for.about"_key, {chosen->name}), shell.theme.ink_soft);
  gap(0.5f);
}

void Dialogs::open_password(File file) {
  open(DialogKind::password);
  file_ = std::move(file);
}

void Dialogs::draw_password(Shell& shell) {
  Dialog dialog("dialog.password", shell.text("password.title"_key), open_, dialog_options(shell, icon::lock, 440));
  if (!dialog) return;
  text_cut(Type::caption, file_.name);
  paragraph(Type::body, shell.text("password.about"_key), shell.theme.ink_soft);
  gap(0.5f);
  const auto typed = secret_input(shell, "###password", "export.password"_key, password_, false, fresh_ > 0);
  if (typed.editing) fresh_ = 0;
  if (typed.changed) problem_ = {};
  problem_line(problem_, shell.settings.language);
  const int answer = dialog_buttons(dialog, labelled(shell.text("shell.cancel"_key), "cancel"),
                                    labelled(shell.text("password.open"_key), "open"), Emphasis::primary, !password_.empty());
  if (answer != 1 && typed.end != TextEntryEnd::enter) return;
  if (password_.empty()) return;
  const File file = file_;  // what is read may open the next dialog in this one's place
  problem_ = {};
  shell.read_file(file, password_, [this](const Error& error) { problem_ = {error.message, error.arguments}; });
  if (problem_.message.name.empty() && kind_ == DialogKind::password) dialog.close();
}

}  // namespace pmo::ui
