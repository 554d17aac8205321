#include "app/ui/shell/shell.h"

#include <algorithm>
#include <utility>

#include "app/model/format.h"
#include "app/model/records/project_settings.h"
#include "app/ui/icons.h"
#include "app/ui/shell/desk_names.h"
#include "app/ui/shell/desk_page.h"
#include "app/ui/shell/guide.h"

namespace pmo::ui {
namespace {

const FileQuery importable{.extensions = {".json", ".zip", ".sqlite", ".xml", ".xer", ".csv", ".tsv", ".txt", ".ics"}, .max_bytes = 4ull << 30};

Command everywhere(std::string_view name, Key label, const char* icon, Shortcut shortcut,
                   std::function<void(Context&)> run) {
  return {.name = name, .label = label, .icon = icon, .shortcut = shortcut, .run = std::move(run)};
}

void add_vault_commands(Shell& shell) {
  const auto add = [&shell](std::string_view name, Key label, const char* icon, Shortcut shortcut, bool (*when)(const VaultPort&), auto run) {
    Command command = everywhere(name, label, icon, shortcut, run);
    command.enabled = [&shell, when](const Context&) {
      const VaultPort* vault = shell.workspace.vault();
      return vault && shell.workspace.project() && when(*vault);
    };
    shell.commands.add(std::move(command));
  };
  const auto has_one = [](const VaultPort& vault) { return vault.state() != VaultState::none; };
  add("vault.set", "command.passphrase"_key, icon::file_lock, {}, [](const VaultPort& vault) { return vault.state() == VaultState::none; },
      [&shell](Context&) { shell.dialogs.open(DialogKind::vault_make); });
  add("vault.unlock", "command.unlock"_key, icon::unlock, {}, [](const VaultPort& vault) { return vault.state() != VaultState::none && !vault.all_open(); },
      [&shell](Context&) { shell.dialogs.open(DialogKind::vault_unlock); });
  add("vault.lock", "command.lock"_key, icon::lock, "Ctrl+Shift+L", has_one, [&shell](Context& context) {
    if (!context.project.content_key()) return shell.dialogs.open(DialogKind::vault_unlock);
    shell.workspace.vault()->lock();
    context.messages.success(std::string(context.text("vault.locked.done"_key)));
  });
  add("vault.change", "command.change_passphrase"_key, icon::file_lock, {}, has_one, [&shell](Context&) { shell.dialogs.open(DialogKind::vault_change); });
}

void add_project_commands(Shell& shell) {
  const auto is_open = [&shell](const Context&) { return shell.workspace.project() != nullptr; };
  const auto with_project = [&](Command command) {
    command.enabled = is_open;
    shell.commands.add(std::move(command));
  };
  shell.commands.add(everywhere("project.new", "command.new"_key, icon::plus, {},
                                [&shell](Context&) { shell.dialogs.open(DialogKind::new_project); }));
  shell.commands.add(everywhere("project.open_file", "command.open_file"_key, icon::folder_open, "Ctrl+O",
                                [&shell](Context&) { shell.choose_file(); }));
  shell.commands.add(everywhere("project.sample", "command.sample"_key, icon::lightbulb, {},
                                [&shell](Context&) { shell.open_sample(); }));
  for (const ExportForm& form : shell.workspace.export_forms()) {
    const bool bundle = form.name == "bundle";
    const std::string& name = shell.export_commands.emplace_back(bundle ? "project.export" : "project.export." + std::string(form.name));
    with_project(everywhere(name, form.label, bundle ? icon::download : icon::file, bundle ? "Ctrl+S" : Shortcut{},
                            [&shell, form](Context&) { shell.download(form.name); }));
  }
  with_project(everywhere("project.export_with", "command.export_with"_key, icon::lock, "Ctrl+Shift+S",
                          [&shell](Context&) { shell.dialogs.open(DialogKind::export_bundle); }));
  with_project(everywhere("project.storage", "command.storage"_key, icon::database, {},
                          [&shell](Context&) { shell.dialogs.open(DialogKind::storage); }));
  add_vault_commands(shell);
  with_project(everywhere("project.export_changes", "command.export_changes"_key, icon::download, {},
                          [&shell](Context&) { shell.export_changes(); }));
  with_project(everywhere("project.rename", "command.rename"_key, icon::edit, {}, [&shell](Context&) {
    for (const auto& entry : shell.workspace.projects())
      if (entry.id == shell.workspace.project_id()) shell.dialogs.open_rename(entry.id, entry.name);
  }));
  with_project(everywhere("project.settings", "record.project_settings"_key, icon::sliders, {}, [&shell](Context& context) {
    const auto& settings = context.project.all<ProjectSettings>();
    if (settings.empty()) return;
    if (!shell.settings.inspector_open) {
      shell.settings.inspector_open = true;
      shell.settings_changed();
    }
    context.navigation.open_record(register_of<ProjectSettings>(), settings.at(0).id);
  }));
  shell.commands.add(everywhere("project.restore", "command.restore"_key, icon::history, {}, [&shell](Context&) {
    shell.dialogs.open(DialogKind::restore, shell.workspace.project_id());
  }));
  Command snapshot = everywhere("project.snapshot", "command.snapshot"_key, icon::save, {},
                                [&shell](Context&) { shell.take_snapshot(); });
  snapshot.enabled = [&shell, is_open](const Context& context) { return is_open(context) && !shell.workspace.storage().read_only; };
  shell.commands.add(std::move(snapshot));
  with_project(everywhere("project.close", "command.close"_key, icon::log_out, {},
                          [&shell](Context&) { shell.close_project(); }));
}

void add_edit_commands(Shell& shell) {
  const auto take_back = [&shell](Context& context, Result<Commit> done, Key told, const Project::Step& step) {
    if (!done) return context.messages.error(done.error());
    context.messages.success(shell.text(told, {phrase(Key{step.name}, step.arguments, context.language)}));
  };
  Command undo = everywhere("edit.undo", "command.undo"_key, icon::undo, "Ctrl+Z", [take_back](Context& context) {
    const Project::Step step = context.project.undo_steps().back();
    const auto undone = context.project.undo();
    const bool import = undone && context.project.redo_steps().back().withdrawn;
    take_back(context, undone, import ? "undo.import"_key : "undo.done"_key, step);
  });
  undo.enabled = [](const Context& context) { return !context.project.undo_steps().empty(); };
  Command redo = everywhere("edit.redo", "command.redo"_key, icon::redo, "Ctrl+Y", [take_back](Context& context) {
    const Project::Step step = context.project.redo_steps().back();
    take_back(context, context.project.redo(), "redo.done"_key, step);
  });
  redo.enabled = [](const Context& context) { return !context.project.redo_steps().empty(); };
  shell.commands.add(std::move(undo));
  shell.commands.add(std::move(redo));
}

void add_view_commands(Shell& shell) {
  const auto add = [&](std::string_view name, Key label, const char* icon, Shortcut shortcut, auto run) {
    shell.commands.add(everywhere(name, label, icon, shortcut, std::move(run)));
  };
  add("view.palette", "command.palette"_key, icon::search, "Ctrl+K", [&shell](Context&) { shell.palette.open(); });
  add("view.back", "command.back"_key, icon::arrow_left, "Alt+Left", [&shell](Context&) { shell.navigation.back(); });
  add("view.rail", "command.rail"_key, icon::sidebar_close, {}, [&shell](Context&) {
    shell.settings.rail_open = !shell.settings.rail_open;
    shell.settings_changed();
  });
  Command inspector = everywhere("view.inspector", "command.inspector"_key, icon::inspector, "Ctrl+I", [&shell](Context&) {
    shell.settings.inspector_open = !shell.settings.inspector_open;
    shell.settings_changed();
    if (shell.settings.inspector_open && !shell.inspected()) shell.messages.success(std::string(shell.text("inspector.empty.about"_key)));
  });
  inspector.enabled = [&shell](const Context&) { return shell.inspects(); };
  shell.commands.add(std::move(inspector));
  add("view.positions", "rail.positions"_key, icon::user_check, {},
      [&shell](Context&) { shell.dialogs.open(DialogKind::positions); });
  add("view.language", "command.language"_key, icon::language, {}, [&shell](Context&) {
    shell.settings.language = shell.settings.language == Language::english ? Language::chinese : Language::english;
    shell.settings_changed();
  });
  add("view.theme", "command.theme"_key, icon::contrast, {}, [&shell](Context&) {
    shell.settings.theme = shell.theme.dark ? ThemeChoice::light : ThemeChoice::dark;
    shell.settings_changed();
  });
  add("help.guide", "command.guide"_key, icon::help, "F1", [&shell](Context&) { shell.open_guide(); });
  add("help.shortcuts", "command.shortcuts"_key, icon::keyboard, "Ctrl+/",
      [&shell](Context&) { shell.dialogs.open(DialogKind::shortcuts); });
}

}  // namespace

Shell::Shell(Platform& platform_, WorkspacePort& workspace_, ShellParts given)
    : platform(platform_), workspace(workspace_), parts(std::move(given)), settings(load_settings(platform_)),
      theme(make_theme(settings.dark(platform_.surroundings().dark), platform_.surroundings().more_contrast,
                       platform_.fonts())),
      navigation(parts.pages, selection) {
  navigation.project_opener = [this](Id project) { open_project(project); };
  complete_desks(parts.pages, product_schema(), parts.tell_desk);
  add_shell_commands(*this);
  if (parts.add_commands) parts.add_commands(commands);
  for (const auto& page : parts.pages) page->add_commands(commands);
}

void add_shell_commands(Shell& shell) {
  add_project_commands(shell);
  add_edit_commands(shell);
  add_view_commands(shell);
}

// Goes on where the last visit ended.
void Shell::begin() {
  if (begun_ || !workspace.ready()) return;
  begun_ = true;
  const auto projects = workspace.projects();
  const auto last = std::ranges::find_if(projects, [&](const auto& entry) { return entry.id.text() == settings.last_project; });
  if (last != projects.end() && !wanted) open_project(last->id);
}

void Shell::follow_wish() {
  if (!wanted) return;
  const Id project = std::exchange(wanted, std::nullopt)->project;
  platform.request_frame();
  if (project && project == workspace.project_id() && workspace.project() == shown_) return;
  selection.clear();
  analyses.reset();
  shown_ = nullptr;
  opening = project;
  if (!project) workspace.close();
  else if (const auto opened = workspace.open(project); !opened && !offer_instead()) messages.error(opened.error());
  settings.last_project = project ? project.text() : std::string();
  settings_changed();
}

// Where the last visit ended; else the first of the user's own desks.
std::string Shell::opening_page() const {
  if (!settings.last_page.empty() || settings.positions.empty()) return settings.last_page;
  return desk_page_name(*settings.positions.begin());
}

void Shell::notice_project() {
  Project* const project = workspace.project();
  if (project == shown_) return;
  const bool same = project && shown_id_ == workspace.project_id();
  shown_ = project;
  shown_id_ = workspace.project_id();
  if (!same) selection.clear();
  analyses.reset();
  for (const auto& page : parts.pages) page->forget();
  platform.request_frame();
  if (!project) return;
  opening = {};
  if (restoring && std::exchange(restoring, {}) == shown_id_) messages.success(std::string(text("restore.done"_key)));
  analyses = std::make_unique<Analyses>(*project);
  if (!same) navigation.reset(opening_page());
  if (const auto waiting = std::exchange(waiting_, std::nullopt)) read_file(waiting->file, waiting->password);
}

// Frames are drawn when somebody does something: none for a while means that nobody is there.
void Shell::lock_when_left() {
  const auto now = platform.utc_milliseconds(), before = std::exchange(last_frame_, now);
  VaultPort* vault = workspace.vault();
  if (!vault || vault->state() != VaultState::open) return;
  if (now - before < left_after_milliseconds) return platform.request_frame_in(left_after_milliseconds / 1000.0 + 1);
  vault->lock();
  messages.success(std::string(text("vault.locked.left"_key)));
}

void Shell::follow(bool storage_works) {
  lock_when_left();
  begin();
  for (const auto& work : std::exchange(later, {})) work();
  follow_wish();
  if (auto error = workspace.take_error()) {
    opening = restoring = {};
    if (!offer_instead()) messages.error(*error);
  }
  notice_project();
  if (opening && !storage_works && !workspace.project()) opening = {};
}

// A file waits for its project, to be compared with it, and that cannot be opened: the file can take its place.
bool Shell::offer_instead() {
  const auto waiting = std::exchange(waiting_, std::nullopt);
  if (!waiting) return false;
  const auto projects = workspace.projects();
  const auto entry = std::ranges::find(projects, waiting->project, &ProjectEntry::id);
  if (entry == projects.end() || !entry->problem.message) return false;
  read_file(waiting->file, waiting->password);
  return true;
}

void Shell::open_sample() {
  const auto made = workspace.create_sample(settings.language);
  if (!made) return messages.error(made.error());
  open_project(*made);
}

void Shell::choose_file() {
  platform.open_files(importable, [this](std::vector<File> files) {
    for (const auto& file : files) read_file(file);
  });
}

void Shell::read_file(const File& file, const std::string& password, std::function<void(const Error&)> refused) {
  if (file.too_large) return messages.error({"error.file.too_large"_key, {std::to_string(importable.max_bytes >> 20)}, file.name});
  platform.request_frame();
  workspace.read(file.name, file.content, password, {.guess = true}, [this, file, password, refused](Result<std::unique_ptr<PendingImport>> read) {
    platform.request_frame();
    if (read) return show_read(file, password, std::move(*read));
    Error error = read.error();
    if (error.message == "error.protection.wanted"_key) return with_bytes(file, [this](const File& whole) { dialogs.open_password(whole); });
    if (error.message == "error.protection.passphrase"_key && refused) return refused(error);
    if (error.place.empty()) error.place = file.name;
    messages.error(error);
  });
}

void Shell::with_bytes(const File& file, std::function<void(const File&)> then) {
  read_whole(file.content, [this, file = File(file), then = std::move(then)](Result<std::string> bytes) mutable {
    platform.request_frame();
    if (!bytes) return messages.error({bytes.error().message, bytes.error().arguments, file.name});
    file.content = content_of(std::move(*bytes));
    then(file);
  });
}

void Shell::show_read(const File& file, const std::string& password, std::shared_ptr<PendingImport> read) {
  if (read->existing() && !read->plan()) {  // comparing needs the project open
    waiting_ = {file, password, read->existing()};
    return open_project(read->existing());
  }
  if (!read->table()) return dialogs.open_import(std::move(read), file, password);
  with_bytes(file, [this, password, read](const File& whole) { dialogs.open_import(read, whole, password); });
}

bool Shell::inspects() const {
  const Page* page = navigation.page();
  return selection.current || (page && page->shows());
}

const Record* Shell::inspected() const {
  const Project* project = workspace.project();
  return project && selection.info && selection.current ? project->table(*selection.info).find(selection.current) : nullptr;
}

void Shell::take_snapshot() {
  workspace.take_snapshot([this](const Result<void>& taken) {
    platform.request_frame();
    if (!taken) return messages.error(taken.error());
    messages.success(std::string(text("snapshot.done"_key)));
  });
}

void Shell::open_guide() {
  platform.open_link(guide_address(workspace.project() ? navigation.page() : nullptr, settings.language));
}

void Shell::download(std::string_view form) {
  if (form == "bundle") return export_bundle({});
  hand_out(workspace.export_as(form, settings.language));
}

void Shell::export_bundle(ExportWish wish) {
  wish.now = platform.local_now();
  workspace.export_bundle(wish, [this](const Result<ExportedFile>& file) {
    hand_out(file);
    platform.request_frame();
  });
}

void Shell::export_database(ExportWish wish) {
  wish.now = platform.local_now();
  hand_out(workspace.export_database(wish));
}

void Shell::export_changes() {
  platform.open_files({.extensions = {".json", ".zip"}}, [this](const std::vector<File>& files) {
    const File& file = files.front();
    if (file.too_large) return messages.error({"error.file.too_large"_key, {std::to_string(importable.max_bytes >> 20)}, file.name});
    workspace.read(file.name, file.content, {}, {}, [this, name = file.name](Result<std::unique_ptr<PendingImport>> read) {
      platform.request_frame();
      if (!read) return messages.error(read.error());
      if ((*read)->existing() != workspace.project_id()) return messages.error({"error.export.other_project"_key, {}, name});
      export_bundle({.since = (*read)->content().complete()});
    });
  });
}

void Shell::hand_out(const Result<ExportedFile>& file) {
  if (!file) return messages.error(file.error());
  std::string left_out;
  for (const Error& note : file->notes) left_out += (left_out.empty() ? "" : " ") + describe(note, settings.language);
  platform.save_as(file->name, file->type, file->content, [this, name = file->name, left_out](SaveOutcome outcome) {
    if (outcome == SaveOutcome::saved && left_out.empty()) messages.success(text("export.done"_key, {name}));
    if (outcome == SaveOutcome::saved && !left_out.empty()) messages.warning(text("export.left_out"_key, {left_out}));
    if (outcome == SaveOutcome::failed) messages.error({"error.file.not_written"_key, {}, name});
    platform.request_frame();
  });
}

}  // namespace pmo::ui
