// What the parts of the shell share: services, settings, what is open. Each part is a function that draws it.
//
//   rail        the desks at the left             top_bar     project, search, undo, storage, language, theme
//   inspector   the selected record at the right  start_page  when no project is open
//   dialogs     new, import, restore ...          palette     Ctrl+K
#pragma once

#include <deque>
#include <memory>
#include <functional>
#include <optional>
#include <vector>

#include "app/ui/analyses.h"
#include "app/ui/commands.h"
#include "app/ui/messages.h"
#include "app/ui/palette.h"
#include "app/ui/platform.h"
#include "app/ui/shell/desk_page.h"
#include "app/ui/shell/dialogs.h"
#include "app/ui/shell/navigator.h"
#include "app/ui/shell/settings.h"
#include "app/ui/theme.h"
#include "app/ui/workspace_port.h"

namespace pmo::ui {

// What the product puts into the shell.
struct ShellParts {
  Pages pages;
  // The form of one record, into the inspector.
  std::function<void(Context&, const RegisterInfo&, Id)> draw_record;
  std::function<void(Commands&)> add_commands;
  TellDesk tell_desk = {};  // for the first pages of the desks
  std::function<void(Context&)> draw_dialogs = {};  // of the product, over the page of an open project
};

struct Shell {
  Shell(Platform& platform, WorkspacePort& workspace, ShellParts given);

  Platform& platform;
  WorkspacePort& workspace;
  ShellParts parts;
  Settings settings;
  Theme theme;
  Commands commands;
  Selection selection;
  Toasts messages;
  Navigator navigation;
  Dialogs dialogs;
  Palette palette;
  std::unique_ptr<Analyses> analyses;  // of the open project
  struct Wanted {
    Id project;  // empty: none
  };
  std::optional<Wanted> wanted;
  std::deque<std::string> export_commands;  // one a form, the bundle first; a deque, because commands point at them
  Id opening;  // its data is on the way
  const Page* seen_in_rail = nullptr;  // its place there has been brought into view
  Id restoring;  // an earlier state of it is on the way

  std::string_view text(Key key) const { return word(key, settings.language); }
  std::string text(Key key, std::vector<std::string> arguments) const {
    return phrase(key, arguments, settings.language);
  }
  bool inspects() const;  // the page shows records that the inspector could hold
  const Record* inspected() const;  // the selected record; nullptr: none, then the page has the inspector's room
  void settings_changed() { save_settings(platform, settings); }
  // Both happen before the next frame, because panels still hold on to what is open in this one.
  void open_project(Id project) { wanted = Wanted{project}; }
  void close_project() { wanted = Wanted{}; }
  // Before each frame: opens and closes what was asked for, notices that a project has arrived, tells what failed.
  void follow(bool storage_works);
  void open_sample();
  void choose_file();
  // Reads a file and shows what is in it. A protected one is asked for its password; a password that does not fit is
  // answered to `refused`, everything else is told by messages.
  void read_file(const File& file, const std::string& password = {}, std::function<void(const Error&)> refused = {});
  void download(std::string_view form);  // of WorkspacePort::export_forms()
  void export_bundle(ExportWish wish);
  void export_database(ExportWish wish);
  void export_changes();  // since a bundle that the user chooses
  void take_snapshot();
  void open_guide();  // where it speaks of what is on the screen
  // Work that exchanges the open project's object: done before the next frame.
  void before_next_frame(std::function<void()> work) { later.push_back(std::move(work)); }
  std::vector<std::function<void()>> later;
  std::vector<File> dropped;  // on the page; whoever does not attach them opens them

 private:
  static constexpr std::uint64_t left_after_milliseconds = 10 * 60 * 1000;  // locked documents are locked again then
  void lock_when_left();
  void begin();
  void follow_wish();
  void notice_project();
  std::string opening_page() const;
  void show_read(const File& file, const std::string& password, std::shared_ptr<PendingImport> read);
  // Goes on with the file in memory, so that every password and every choice of columns is answered at once.
  void with_bytes(const File& file, std::function<void(const File&)> then);
  void hand_out(const Result<ExportedFile>& file);

  std::uint64_t last_frame_ = 0;     // milliseconds since 1970
  bool begun_ = false;               // the project of the last visit was asked for
  const Project* shown_ = nullptr;   // what analyses and selection belong to
  Id shown_id_;                      // the same project may come again, as another window has saved it
  struct Waiting {
    File file;
    std::string password;
    Id project;
  };
  bool offer_instead();
  std::optional<Waiting> waiting_;   // to be read again when the project that it is a copy of is open
};

void add_shell_commands(Shell& shell);

void draw_rail(Shell& shell, Context& context);
float rail_width(const Shell& shell);
void draw_top_bar(Shell& shell, Context& context);
// Tells that another window writes the project, and offers to go on here. Nothing otherwise.
void draw_storage_bar(Shell& shell);
// The same above the start page: that the browser has removed what was stored.
void draw_removal_bar(Shell& shell);
void draw_page(Shell& shell, Context& context);
void draw_inspector(Shell& shell, Context& context);
void draw_start_page(Shell& shell);
// Help, language and theme, as icon buttons in the top bar and on the start page.
void draw_general_buttons(Shell& shell);

}  // namespace pmo::ui
