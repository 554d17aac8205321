// The shell's dialogs. At most one is open.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/ui/platform.h"
#include "app/ui/workspace_port.h"

namespace pmo::ui {

struct Shell;

enum class DialogKind : unsigned char { none, new_project, rename, remove, import, restore, positions, shortcuts, export_bundle, password, storage, vault_make, vault_unlock, vault_change };

// A line of the preview of a merge: a record, with the weightiest thing that happens to it, or one of its fields.
struct PreviewLine {
  const MergeItem* item = nullptr;
  bool record = false;
};
std::vector<PreviewLine> preview_of(const MergePlan& plan);

class Dialogs {
 public:
  void open(DialogKind kind, Id project = {});
  void open_rename(Id project, std::string name);
  void open_remove(Id project, std::string name);
  // Asks for the password of a file that was chosen.
  void open_password(File file);
  void open_import(std::shared_ptr<PendingImport> import, const File& file, std::string password);

  DialogKind shown() const { return open_ ? kind_ : DialogKind::none; }
  void draw(Shell& shell);

 private:
  void draw_new_project(Shell& shell);
  void draw_beginning(Shell& shell);
  void create(Shell& shell, Day start);
  bool take_made(Shell& shell);
  void draw_rename(Shell& shell);
  void draw_remove(Shell& shell);
  void draw_import(Shell& shell);
  void draw_preview(const Shell& shell);
  void draw_table(Shell& shell);
  void draw_columns(Shell& shell);
  void draw_first_tasks(const Shell& shell);
  // Reads the file again with the columns as chosen.
  void read_again(Shell& shell);
  void draw_restore(Shell& shell);
  static void restore(Shell& shell, Id project, std::uint64_t taken);
  void draw_positions(Shell& shell);
  void draw_shortcuts(Shell& shell);
  void draw_export(Shell& shell);
  void draw_concerning(const Shell& shell, const Project& project);
  void draw_password(Shell& shell);
  void draw_storage(Shell& shell);
  void draw_vault_make(Shell& shell);
  void draw_vault_unlock(Shell& shell);
  void draw_vault_change(Shell& shell);
  // Locked documents too, in what leaves: offered where there are some.
  void draw_with_locked(const Shell& shell, const Project& project);

  // A dialog is measured before it is seen: until then no field can take the keyboard.
  static constexpr int settling_frames = 4;

  DialogKind kind_ = DialogKind::none;
  bool open_ = false;
  int fresh_ = 0;  // frames in which the first field may still take the keyboard
  Id project_;
  std::string name_, start_;
  // What a new project begins with: nothing, the templates, or what an earlier project has.
  enum class Beginning : unsigned char { empty, templates, like };
  Beginning beginning_ = Beginning::empty;
  std::shared_ptr<std::optional<Result<Id>>> made_;  // the answer that is waited for
  std::shared_ptr<PendingImport> import_;
  TableReading table_;    // of the import, as chosen
  TextGrid first_tasks_;  // as they would be
  std::optional<Language> shown_in_;
  std::vector<PreviewLine> preview_;
  std::set<Id> left_out_;  // records of the import that are not taken in
  Error problem_;
  ExportWish wish_;
  bool protect_ = false;
  std::string password_, again_, before_;
  bool readable_ = false;  // passphrases are shown as they are typed: browsers switch input methods off where they are hidden
  int level_ = 1;  // from which on documents are locked: confidential
  File file_;             // that is asked a password for, or imported (a table with its bytes)
  std::string found_;  // by the last check of the storage
};

}  // namespace pmo::ui
