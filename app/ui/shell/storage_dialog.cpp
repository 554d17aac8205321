// What the open project takes up, whether it is sound, and the ways to keep it elsewhere.
#include "app/model/format.h"
#include "app/ui/shell/dialog_parts.h"
#include "app/ui/shell/dialogs.h"
#include "app/ui/shell/shell.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {
namespace {

constexpr std::uint64_t kept_days = 365;

std::string count_of(std::size_t count) { return format_integer(static_cast<std::int64_t>(count)); }

void draw_facts(const Shell& shell, const StorageFacts& facts, const StorageStatus& status) {
  key_value(shell.text("storage.database"_key), format_bytes(facts.database), 200);
  key_value(shell.text("storage.history"_key), count_of(facts.commits), 200);
  key_value(shell.text("register.attachment"_key), count_of(facts.attachments) + " · " + format_bytes(facts.attached), 200);
  key_value(shell.text("saving.size"_key), format_bytes(status.bytes), 200);
  key_value(shell.text("saving.kept"_key), shell.text(status.memory_only ? "saving.not_kept"_key : status.persistent ? "saving.persistent"_key : "saving.evictable"_key), 200);
  key_value(shell.text("saving.second_copy"_key), shell.text(status.second_copy ? "saving.second_copy.complete"_key : "saving.second_copy.behind"_key), 200);
}

}  // namespace

void Dialogs::draw_storage(Shell& shell) {
  Dialog dialog("dialog.storage", shell.text("command.storage"_key), open_, dialog_options(shell, icon::database, 560));
  if (!dialog || !shell.workspace.project()) return;
  const auto status = shell.workspace.storage();
  draw_facts(shell, shell.workspace.storage_facts(), status);
  gap(1);
  const auto row = [&](Key label, std::string_view name, const char* icon, Key about, bool enabled = true) {
    const bool pressed = button(labelled(shell.text(label), name), {.icon = icon, .enabled = enabled, .width = 200});
    ImGui::SameLine(0, 12);
    ImGui::AlignTextToFramePadding();
    paragraph(Type::caption, shell.text(about), shell.theme.ink_soft);
    return pressed;
  };
  if (row("storage.check"_key, "storage.check", icon::file_check, "storage.check.about"_key)) {
    const auto checked = shell.workspace.check();
    problem_ = checked ? Error{} : checked.error();
    found_ = checked ? std::string(shell.text("storage.sound"_key)) : std::string();
  }
  if (row("command.snapshot"_key, "storage.snapshot", icon::save, "storage.snapshot.about"_key, !status.read_only)) shell.take_snapshot();
  if (row("storage.file"_key, "storage.file", icon::download, "storage.file.about"_key)) shell.export_database(wish_);
  draw_with_locked(shell, *shell.workspace.project());
  if (row("storage.forget"_key, "storage.forget", icon::history, "storage.forget.about"_key, !status.read_only)) {
    shell.workspace.forget_history(kept_days, [this, &shell](Result<std::size_t> forgotten) {
      problem_ = forgotten ? Error{} : forgotten.error();
      found_ = forgotten ? shell.text("storage.forgotten"_key, {count_of(*forgotten)}) : std::string();
    });
  }
  if (!found_.empty()) paragraph(Type::body, std::string(icon::success) + "  " + found_, shell.theme.tone(Tone::good).ink);
  problem_line(problem_, shell.settings.language);
  const std::string done = labelled(shell.text("shell.done"_key), "done");
  dialog.buttons(button_width(done));
  if (button(done, {.emphasis = Emphasis::primary})) dialog.close();
}

}  // namespace pmo::ui
