#include "app/ui/shell/dialogs.h"

#include <algorithm>
#include <utility>

#include "app/ui/annotate.h"
#include "app/model/format.h"
#include "app/ui/shell/desk_names.h"
#include "app/ui/shell/dialog_parts.h"
#include "app/ui/shell/shell.h"
#include "app/ui/icons.h"
#include "app/ui/shortcut.h"
#include "app/ui/text_field.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {

void field_label(std::string_view shown) { text(Type::caption, shown, current_theme().ink_soft); }

InputEvents secret_input(const Shell& shell, const char* id, Key name, std::string& text, bool readable, bool start) {
  field_label(shell.text(name));
  return input_text(id, text, {.width = -1, .label = shell.text(name), .icon = icon::lock, .max_length = 200, .password = !readable, .start = start});
}

void problem_line(const Error& problem, Language language) {
  if (!problem.message) return;
  paragraph(Type::body, std::string(icon::error) + "  " + describe(problem, language), current_theme().tone(Tone::bad).ink);
}

DialogOptions dialog_options(const Shell& shell, const char* icon, float width, Tone tone, float height) {
  return {.icon = icon, .tone = tone, .width = width, .height = height, .close_name = shell.text("shell.close"_key)};
}

void Dialogs::open(DialogKind kind, Id project) {
  kind_ = kind;
  project_ = project;
  open_ = true;
  fresh_ = settling_frames;
  problem_ = {};
  beginning_ = Beginning::empty;
  made_.reset();
  found_.clear();
  password_ = again_ = before_ = {};
  wish_.locked = readable_ = false;
  name_.clear();
  start_.clear();
}

void Dialogs::open_rename(Id project, std::string name) {
  open(DialogKind::rename, project);
  name_ = std::move(name);
}

void Dialogs::open_remove(Id project, std::string name) {
  open(DialogKind::remove, project);
  name_ = std::move(name);
}

void Dialogs::open_import(std::shared_ptr<PendingImport> import, const File& file, std::string password) {
  open(DialogKind::import);
  import_ = std::move(import);
  left_out_.clear();
  preview_ = import_->plan() ? preview_of(*import_->plan()) : std::vector<PreviewLine>();
  table_ = import_->table() ? *import_->table() : TableReading();
  shown_in_.reset();
  if (import_->table()) file_ = file;
  else file_ = {.name = file.name};
  password_ = std::move(password);
}

void Dialogs::draw(Shell& shell) {
  if (!open_) {
    import_.reset();
    file_ = {};
    table_ = {};
    first_tasks_.clear();
    password_ = again_ = before_ = {};
    return;
  }
  switch (kind_) {
    case DialogKind::none: break;
    case DialogKind::new_project: draw_new_project(shell); break;
    case DialogKind::rename: draw_rename(shell); break;
    case DialogKind::remove: draw_remove(shell); break;
    case DialogKind::import: draw_import(shell); break;
    case DialogKind::restore: draw_restore(shell); break;
    case DialogKind::positions: draw_positions(shell); break;
    case DialogKind::shortcuts: draw_shortcuts(shell); break;
    case DialogKind::export_bundle: draw_export(shell); break;
    case DialogKind::storage: draw_storage(shell); break;
    case DialogKind::password: draw_password(shell); break;
    case DialogKind::vault_make: draw_vault_make(shell); break;
    case DialogKind::vault_unlock: draw_vault_unlock(shell); break;
    case DialogKind::vault_change: draw_vault_change(shell); break;
  }
  if (fresh_ > 0) --fresh_;
}

void Dialogs::draw_new_project(Shell& shell) {
  Dialog dialog("dialog.new", shell.text("command.new"_key), open_, dialog_options(shell, icon::plus));
  if (!dialog) return;
  const Language language = shell.settings.language;
  const Day today = shell.platform.local_now().day();
  if (start_.empty()) start_ = format_day(today, language);
  field_label(shell.text("project.name"_key));
  const auto name = input_text("###project.name", name_, {.width = -1, .label = shell.text("project.name"_key),
                               .placeholder = shell.text("project.name.example"_key), .max_length = 200, .start = fresh_ > 0});
  if (name.editing) fresh_ = 0;
  gap(0.5f);
  field_label(shell.text("project.start"_key));
  const auto day = parse_day(start_, language, today);
  input_text("###project.start", start_, {.width = 200, .label = shell.text("project.start"_key), .icon = icon::calendar,
                                          .invalid = !day});
  ImGui::SameLine(0, 12);
  ImGui::AlignTextToFramePadding();
  text(Type::body, day ? format_day(*day, language, DayStyle::full) : std::string(), shell.theme.ink_soft);
  if (!day) problem_line(day.error(), language);
  draw_beginning(shell);
  problem_line(problem_, language);
  const bool ready = !plain_text(name_).empty() && day.has_value() && !made_;
  const int answer = dialog_buttons(dialog, labelled(shell.text("shell.cancel"_key), "cancel"),
                                    labelled(shell.text("shell.create"_key), "create"), Emphasis::primary, ready);
  if (answer != 1 && !(ready && name.end == TextEntryEnd::enter)) return;
  create(shell, *day);
  if (take_made(shell)) dialog.close();
}

// Nothing, the templates, or like another project of this browser.
void Dialogs::draw_beginning(Shell& shell) {
  if (take_made(shell)) open_ = false;
  const auto projects = shell.workspace.projects();
  gap(0.5f);
  field_label(shell.text("project.beginning"_key));
  const auto earlier = std::ranges::find(projects, project_, &ProjectEntry::id);
  if (beginning_ == Beginning::like && earlier == projects.end()) beginning_ = Beginning::empty;
  const std::string shown = beginning_ == Beginning::like      ? shell.text("project.like"_key, {earlier->name})
                            : beginning_ == Beginning::templates ? std::string(shell.text("project.with_templates"_key)) : std::string(shell.text("project.empty"_key));
  if (button(labelled(shown, "beginning"), {.icon = icon::templates, .opens_menu = true})) open_menu("beginning.menu");
  if (!begin_menu("beginning.menu", false, 360)) return;
  if (menu_item(labelled(shell.text("project.empty"_key), "beginning.empty"), {.checked = beginning_ == Beginning::empty})) beginning_ = Beginning::empty;
  if (menu_item(labelled(shell.text("project.with_templates"_key), "beginning.templates"),
                {.checked = beginning_ == Beginning::templates, .about = shell.text("project.with_templates.about"_key)}))
    beginning_ = Beginning::templates;
  for (const ProjectEntry& entry : projects)
    if (menu_item(labelled(shell.text("project.like"_key, {entry.name}), "beginning." + entry.id.text()),
                  {.checked = beginning_ == Beginning::like && project_ == entry.id, .about = shell.text("project.like.about"_key)})) {
      beginning_ = Beginning::like;
      project_ = entry.id;
    }
  end_menu();
}

void Dialogs::create(Shell& shell, Day start) {
  problem_ = {};
  const NewProject wanted{.name = plain_text(name_), .start = Minute::at(start, 8 * 60), .language = shell.settings.language, .templates = beginning_ == Beginning::templates};
  made_ = std::make_shared<std::optional<Result<Id>>>();
  if (beginning_ != Beginning::like) {
    *made_ = shell.workspace.create(wanted);
    return;
  }
  // The answer may come when this dialog is closed: then nobody looks at it, and the project stands in the list.
  shell.workspace.create_like(project_, wanted, [made = made_, &platform = shell.platform](Result<Id> id) {
    *made = std::move(id);
    platform.request_frame();
  });
}

// Opens what was made; true when there is something to open.
bool Dialogs::take_made(Shell& shell) {
  if (!made_ || !*made_) return false;
  const auto made = **std::exchange(made_, nullptr);
  if (!made) {
    problem_ = made.error();
    return false;
  }
  shell.open_project(*made);
  return true;
}

void Dialogs::draw_rename(Shell& shell) {
  Dialog dialog("dialog.rename", shell.text("command.rename"_key), open_, dialog_options(shell, icon::edit, 440));
  if (!dialog) return;
  field_label(shell.text("project.name"_key));
  const auto name = input_text("###project.name", name_, {.width = -1, .label = shell.text("project.name"_key),
                                                          .max_length = 200, .start = fresh_ > 0});
  if (name.editing) fresh_ = 0;
  problem_line(problem_, shell.settings.language);
  const bool ready = !plain_text(name_).empty();
  const int answer = dialog_buttons(dialog, labelled(shell.text("shell.cancel"_key), "cancel"),
                                    labelled(shell.text("command.rename"_key), "rename"), Emphasis::primary, ready);
  if (answer != 1 && !(ready && name.end == TextEntryEnd::enter)) return;
  if (const auto done = shell.workspace.rename(project_, plain_text(name_)); !done) problem_ = done.error();
  else dialog.close();
}

void Dialogs::draw_remove(Shell& shell) {
  Dialog dialog("dialog.remove", shell.text("remove.title"_key), open_, dialog_options(shell, icon::trash, 460, Tone::bad));
  if (!dialog) return;
  paragraph(Type::body, shell.text("remove.about"_key, {name_}));
  problem_line(problem_, shell.settings.language);
  const int answer = dialog_buttons(dialog, labelled(shell.text("shell.cancel"_key), "cancel"),
                                    labelled(shell.text("command.remove"_key), "remove"), Emphasis::danger);
  if (answer != 1) return;
  if (const auto done = shell.workspace.remove(project_); !done) {
    problem_ = done.error();
    return;
  }
  dialog.close();
  shell.messages.success(shell.text("remove.done"_key, {name_}));
}

void Dialogs::restore(Shell& shell, Id project, std::uint64_t taken) {
  shell.before_next_frame([&shell, project, taken] {
    if (const auto begun = shell.workspace.restore(project, taken); !begun) return shell.messages.error(begun.error());
    shell.restoring = project;
    shell.open_project(project);
  });
}

void Dialogs::draw_restore(Shell& shell) {
  Dialog dialog("dialog.restore", shell.text("command.restore"_key), open_, dialog_options(shell, icon::history, 560));
  if (!dialog) return;
  const Language language = shell.settings.language;
  paragraph(Type::body, shell.text("restore.about"_key), shell.theme.ink_soft);
  const auto projects = shell.workspace.projects();
  if (!project_ && !projects.empty()) project_ = projects.front().id;
  const auto chosen = std::ranges::find(projects, project_, &ProjectEntry::id);
  if (chosen == projects.end()) {
    paragraph(Type::body, shell.text("restore.no_project"_key));
    dialog.buttons(button_width(shell.text("command.open_file"_key), {.icon = icon::folder_open}));
    if (button(labelled(shell.text("command.open_file"_key), "open"), {.icon = icon::folder_open, .emphasis = Emphasis::primary})) {
      dialog.close();
      shell.choose_file();
    }
    return;
  }
  if (button(labelled(chosen->name, "restore.project"), {.icon = icon::project, .opens_menu = true, .width = -1}))
    open_menu("restore.projects");
  if (begin_menu("restore.projects", false, 320)) {
    for (const auto& entry : projects)
      if (menu_item(labelled(entry.name, entry.id.text()), {.checked = entry.id == project_})) project_ = entry.id;
    end_menu();
  }
  const bool present = project_ == shell.workspace.project_id();
  const bool read_only = present && shell.workspace.storage().read_only;
  if (read_only) paragraph(Type::body, shell.text("saving.read_only.about"_key), shell.theme.tone(Tone::caution).ink);
  if (present && !read_only && button(labelled(shell.text("command.snapshot"_key), "restore.snapshot"), {.icon = icon::save}))
    shell.take_snapshot();
  const auto snapshots = shell.workspace.snapshots(project_);
  if (snapshots.empty()) return paragraph(Type::body, shell.text("restore.none"_key));
  ImGui::BeginChild("snapshots", {0, std::min(320.0f, 48.0f * static_cast<float>(snapshots.size()) + 16)}, ImGuiChildFlags_Borders);
  for (const auto& snapshot : snapshots) {
    const std::string taken = std::to_string(snapshot.taken);
    ImGui::PushID(taken.c_str());
    const float width = ImGui::GetContentRegionAvail().x;
    ImGui::BeginGroup();
    ImGui::PushStyleVarY(ImGuiStyleVar_ItemSpacing, 1);
    text_cut(Type::body, format_ago(snapshot.taken, shell.platform.utc_milliseconds(), language), width - 140);
    text_cut(Type::caption, std::string(shell.text(snapshot.reason)) + " · " + format_bytes(snapshot.bytes), width - 140);
    ImGui::PopStyleVar();
    ImGui::EndGroup();
    ImGui::SameLine(width - 100);
    if (button(labelled(shell.text("restore.go"_key), "restore." + taken), {.enabled = !read_only, .small = true})) {
      dialog.close();
      restore(shell, project_, snapshot.taken);
    }
    ImGui::PopID();
  }
  ImGui::EndChild();
  problem_line(problem_, language);
}

void Dialogs::draw_positions(Shell& shell) {
  Dialog dialog("dialog.positions", shell.text("rail.positions"_key), open_, dialog_options(shell, icon::user_check, 640));
  if (!dialog) return;
  paragraph(Type::body, shell.text("positions.about"_key), shell.theme.ink_soft);
  gap(0.5f);
  const float width = ImGui::GetContentRegionAvail().x / 2;
  const float left = ImGui::GetCursorPosX();
  for (int i = 0; i < desk_count; ++i) {
    if (i % 2 == 1) ImGui::SameLine(left + width);
    const auto desk = static_cast<Desk>(i);
    bool own = shell.settings.positions.contains(desk);
    const std::string shown = std::string(desk_icon(desk)) + "  " + std::string(shell.text(desk_name(desk)));
    if (!checkbox(labelled(shown, "position." + std::string(enum_name(desk))), own)) continue;
    if (own) shell.settings.positions.insert(desk);
    else shell.settings.positions.erase(desk);
    shell.settings_changed();
  }
  const std::string done = labelled(shell.text("shell.done"_key), "done");
  dialog.buttons(button_width(done));
  if (button(done, {.emphasis = Emphasis::primary})) dialog.close();
}

void Dialogs::draw_shortcuts(Shell& shell) {
  Dialog dialog("dialog.shortcuts", shell.text("command.shortcuts"_key), open_,
                dialog_options(shell, icon::keyboard, 720, Tone::accent, 560));
  if (!dialog) return;
  const bool apple = shell.platform.surroundings().apple;
  ImGui::BeginChild("list");
  const float column = ImGui::GetContentRegionAvail().x / 2;
  const float left = ImGui::GetCursorPosX();
  int count = 0;
  for (const auto& command : shell.commands.list()) {
    if (command.shortcut.empty()) continue;
    if (count++ % 2 == 1) ImGui::SameLine(left + column);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::Dummy({column - 24, 28});
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const std::string shortcut = shortcut_text(command.shortcut, apple);
    const float key = measure(Type::caption, shortcut).x + 14;
    draw_text_cut(list, {at.x, at.y + 5}, column - 32 - key, Type::body, shell.theme.ink, shell.text(command.label));
    list.AddRectFilled({at.x + column - 24 - key, at.y + 3}, {at.x + column - 24, at.y + 25}, shell.theme.sunken, 4);
    list.AddRect({at.x + column - 24 - key, at.y + 3}, {at.x + column - 24, at.y + 25}, shell.theme.line, 4);
    draw_text(list, {at.x + column - 17 - key, at.y + 6}, Type::caption, shell.theme.ink_soft, shortcut);
    annotate_area(command.name.data(), {at.x, at.y, at.x + column - 24, at.y + 28}, Role::text, shell.text(command.label), shortcut);
  }
  ImGui::EndChild();
}

}  // namespace pmo::ui
