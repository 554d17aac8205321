// The top bar: project, search, undo and redo, status date, storage, language, theme, inspector.
#include <algorithm>

#include "app/model/records/project_settings.h"
#include "app/model/format.h"
#include "app/ui/shell/part.h"
#include "app/ui/shell/shell.h"
#include "app/ui/shortcut.h"
#include "app/ui/widgets/pressable.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {
namespace {

constexpr float margin = 16;

const ProjectSettings* settings_of(const Project& project) {
  const auto& all = project.all<ProjectSettings>();
  return all.empty() ? nullptr : &all.at(0);
}

void draw_project_menu(Shell& shell, Context& context) {
  if (!begin_menu("project.menu", false, 260)) return;
  const auto run = [&](std::string_view name) {
    const Command* command = shell.commands.find(name);
    if (!command) return;
    const std::string shortcut = shortcut_text(command->shortcut, shell.platform.surroundings().apple);
    if (menu_item(labelled(shell.text(command->label), command->name),
                  {.icon = command->icon, .shortcut = shortcut,
                   .enabled = shell.commands.enabled(*command, context, shell.navigation.page_name())}))
      shell.commands.run(name, context);
  };
  run("project.settings");
  run("project.rename");
  for (const std::string& name : shell.export_commands) run(name);
  run("project.export_with");
  run("project.export_changes");
  run("project.restore");
  run("project.storage");
  if (const VaultPort* vault = shell.workspace.vault()) {
    menu_line();
    run(vault->state() == VaultState::none ? "vault.set" : vault->state() == VaultState::open ? "vault.lock" : "vault.unlock");
    if (vault->state() != VaultState::none) run("vault.change");
  }
  menu_line();
  menu_heading(shell.text("project.switch"_key));
  const Id open = shell.workspace.project_id();
  int count = 0;
  for (const auto& entry : shell.workspace.projects()) {
    if (++count > 6) break;
    if (menu_item(labelled(entry.name, "switch." + entry.id.text()), {.icon = icon::project, .checked = entry.id == open}) &&
        entry.id != open)
      shell.open_project(entry.id);
  }
  menu_line();
  run("project.new");
  run("project.open_file");
  run("project.close");
  end_menu();
}

void draw_project(Shell& shell, Context& context) {
  const ProjectSettings* project = settings_of(context.project);
  const std::string name = project ? project->name : std::string();
  const float width = std::min(280.0f, button_width(name, {.opens_menu = true}));
  ImGui::PushFont(shell.theme.font(Face::semibold), size_of(Type::body));
  const bool clicked = button(labelled(name, "project.menu"),
                              {.emphasis = Emphasis::quiet, .on = menu_open("project.menu"), .opens_menu = true,
                               .width = width});
  ImGui::PopFont();
  if (clicked) open_menu("project.menu");
  draw_project_menu(shell, context);
}

void draw_undo(Shell& shell, Context& context) {
  const bool apple = shell.platform.surroundings().apple;
  const auto step = [&](const char* id, const char* icon, Key plain, Key named, const auto& steps, const char* command) {
    std::string tip(shell.text(plain));
    if (!steps.empty())
      tip = shell.text(named, {phrase(Key{steps.back().name}, steps.back().arguments, shell.settings.language)});
    const Command* found = shell.commands.find(command);
    const std::string shortcut = shortcut_text(found ? found->shortcut : Shortcut(), apple);
    if (icon_button(id, icon, shell.text(plain), {.enabled = !steps.empty(), .tooltip = tip, .shortcut = shortcut}))
      shell.commands.run(command, context);
  };
  step("###edit.undo", icon::undo, "command.undo"_key, "undo.named"_key, context.project.undo_steps(), "edit.undo");
  ImGui::SameLine(0, 2);
  step("###edit.redo", icon::redo, "command.redo"_key, "redo.named"_key, context.project.redo_steps(), "edit.redo");
}

// Looks like a field, opens the palette.
void draw_search(Shell& shell, float width) {
  const Theme& t = shell.theme;
  const Press press = pressable("###palette.open", {width, Theme::control}, true, Role::button, {},
                                shell.text("palette.hint"_key));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(press.from, press.to, over(veil(press), t.sunken), Theme::rounding);
  const float y = middle(press.from.y, Theme::control, size_of(Type::body));
  draw_text(list, {press.from.x + 10, y}, Type::body, t.ink_faint, icon::search);
  const std::string shortcut = shortcut_text("Ctrl+K", shell.platform.surroundings().apple);
  const float key = measure(Type::caption, shortcut).x + 12;
  draw_text_cut(list, {press.from.x + 36, y}, width - 36 - key - 16, Type::body, t.ink_faint, shell.text("palette.hint"_key));
  const ImVec2 from(press.to.x - key - 6, press.from.y + 6);
  list.AddRectFilled(from, {from.x + key, from.y + 20}, t.surface, 4);
  list.AddRect(from, {from.x + key, from.y + 20}, t.line, 4);
  draw_text(list, {from.x + 6, from.y + 2}, Type::caption, t.ink_soft, shortcut);
  if (press.clicked) shell.palette.open();
}

// --- at the right --------------------------------------------------------------------------------------------------

std::string status_date_text(const Shell& shell, const Context& context) {
  const ProjectSettings* project = settings_of(context.project);
  if (!project || !project->status_date) return std::string(shell.text("status_date.none"_key));
  return shell.text("status_date.is"_key, {format_day(*project->status_date, shell.settings.language)});
}

void set_status_date(Context& context, std::optional<Day> day) {
  const ProjectSettings* project = settings_of(context.project);
  if (!project) return;
  context.change("transaction.status_date"_key, {}, [&](Transaction& change) {
    change.set(*project, &ProjectSettings::status_date, day);
  });
}

void draw_status_date(Shell& shell, Context& context) {
  if (button(labelled(status_date_text(shell, context), "status_date"),
             {.icon = icon::calendar_check, .emphasis = Emphasis::quiet, .on = menu_open("status_date.menu"),
              .tooltip = shell.text("status_date.about"_key)}))
    open_menu("status_date.menu");
  if (!begin_menu("status_date.menu", false, 280)) return;
  const Language language = shell.settings.language;
  const Day friday = week_start(context.today) - 3, month_end = context.today - civil(context.today).day;
  const auto offer = [&](Key label, const char* name, Day day) {
    if (menu_item(labelled(shell.text(label), name),
                  {.icon = icon::calendar, .shortcut = format_day(day, language, DayStyle::weekday)}))
      set_status_date(context, day);
  };
  offer("status_date.today"_key, "status_date.today", context.today);
  offer("status_date.friday"_key, "status_date.friday", friday);
  offer("status_date.month_end"_key, "status_date.month_end", month_end);
  if (menu_item(labelled(shell.text("status_date.other"_key), "status_date.other"), {.icon = icon::sliders})) shell.commands.run("project.settings", context);
  menu_line();
  if (menu_item(labelled(shell.text("status_date.clear"_key), "status_date.clear"), {.icon = icon::calendar_off}))
    set_status_date(context, std::nullopt);
  end_menu();
}

struct StorageFace {
  const char* icon;
  Tone tone;
  std::string text;
};

StorageFace storage_face(const Shell& shell, const StorageStatus& status) {
  if (status.read_only) return {icon::lock, Tone::caution, std::string(shell.text("saving.read_only"_key))};
  switch (status.state) {
    case SaveState::saved: return {icon::success, Tone::good, std::string(shell.text("saving.saved"_key))};
    case SaveState::saving: return {icon::loader, Tone::neutral, std::string(shell.text("saving.saving"_key))};
    case SaveState::not_saved: return {icon::warning, Tone::bad, std::string(shell.text("saving.not_saved"_key))};
  }
  return {};
}

void draw_storage_popover(Shell& shell, const StorageStatus& status, const StorageFace& face) {
  if (!begin_popover("storage.popover", 340)) return;
  const Theme& t = shell.theme;
  text(Type::heading, face.text, t.tone(face.tone).ink);
  if (status.state == SaveState::not_saved) {
    paragraph(Type::body, describe(status.reason, shell.settings.language));
    gap(0.5f);
  } else {
    paragraph(Type::body, shell.text(status.read_only ? "saving.read_only.about"_key : "saving.about"_key), t.ink_soft);
    gap(0.5f);
    if (status.saved_at > 0)
      key_value(shell.text("saving.last"_key),
                format_ago(status.saved_at, shell.platform.utc_milliseconds(), shell.settings.language));
    key_value(shell.text("saving.size"_key), format_bytes(status.bytes));
    key_value(shell.text("saving.kept"_key),
              shell.text(status.persistent ? "saving.persistent"_key : "saving.evictable"_key));
  }
  if (button(labelled(shell.text("export.bundle"_key), "storage.download"),
             {.icon = icon::download, .emphasis = status.state == SaveState::not_saved ? Emphasis::primary : Emphasis::standard,
              .width = -1}))
    shell.download("bundle");
  end_popover();
}

void draw_storage(Shell& shell) {
  const StorageStatus status = shell.workspace.storage();
  const StorageFace face = storage_face(shell, status);
  const Theme& t = shell.theme;
  const bool alarm = status.state == SaveState::not_saved || status.read_only;
  const float width = measure(Type::body, face.text).x + 12 + 22 + 10;
  const Press press = pressable("###storage", {width, Theme::control}, true, Role::button, {}, face.text);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImU32 ground = alarm ? t.tone(face.tone).soft : 0;
  if (ground) list.AddRectFilled(press.from, press.to, over(veil(press), ground), Theme::rounding);
  else if (veil(press)) list.AddRectFilled(press.from, press.to, veil(press), Theme::rounding);
  const float y = middle(press.from.y, Theme::control, size_of(Type::body));
  draw_text(list, {press.from.x + 10, y}, Type::body, t.tone(face.tone).ink, face.icon);
  draw_text(list, {press.from.x + 32, y}, Type::body, alarm ? t.tone(face.tone).ink : t.ink_soft, face.text);
  if (press.clicked) open_menu("storage.popover");
  draw_storage_popover(shell, status, face);
}

bool is_unlocked(const Shell& shell) { return shell.workspace.vault() && shell.workspace.vault()->state() == VaultState::open; }

float right_width(Shell& shell, const Context& context) {
  const float storage = measure(Type::body, storage_face(shell, shell.workspace.storage()).text).x + 44;
  const float date = button_width(status_date_text(shell, context), {.icon = icon::calendar_check});
  return storage + date + (is_unlocked(shell) ? 5.0f : 4.0f) * (Theme::control + 2) + 24;
}

}  // namespace

void draw_general_buttons(Shell& shell) {
  const Command* help = shell.commands.find("help.guide");
  if (icon_button("###help", icon::help, shell.text("command.guide"_key), {.shortcut = help ? help->shortcut : Shortcut()})) shell.open_guide();
  ImGui::SameLine(0, 2);
  if (icon_button("###language", icon::language, shell.text("language.choose"_key), {.on = menu_open("language.menu")}))
    open_menu("language.menu");
  if (begin_menu("language.menu")) {
    for (const Language language : all_languages) {
      const std::string name = "language." + std::string(language_tag(language));
      if (menu_item(labelled(word("language.name"_key, language), name), {.checked = language == shell.settings.language})) {
        shell.settings.language = language;
        shell.settings_changed();
      }
    }
    end_menu();
  }
  ImGui::SameLine(0, 2);
  const bool dark = shell.theme.dark;
  if (icon_button("###theme", dark ? icon::moon : icon::sun, shell.text("theme.choose"_key), {.on = menu_open("theme.menu")}))
    open_menu("theme.menu");
  if (!begin_menu("theme.menu")) return;
  const auto offer = [&](ThemeChoice choice, Key label, const char* icon) {
    if (menu_item(labelled(shell.text(label), "theme." + std::string(enum_name(choice))),
                  {.icon = icon, .checked = shell.settings.theme == choice})) {
      shell.settings.theme = choice;
      shell.settings_changed();
    }
  };
  offer(ThemeChoice::light, "theme.light"_key, icon::sun);
  offer(ThemeChoice::dark, "theme.dark"_key, icon::moon);
  offer(ThemeChoice::system, "theme.system"_key, icon::contrast);
  end_menu();
}

namespace {

void draw_left(Shell& shell, Context& context) {
  if (icon_button("###go.back", icon::arrow_left, shell.text("command.back"_key),
                  {.enabled = shell.navigation.can_go_back()}))
    shell.navigation.back();
  ImGui::SameLine(0, 4);
  draw_project(shell, context);
  ImGui::SameLine(0, 8);
  draw_undo(shell, context);
}

void draw_right(Shell& shell, Context& context) {
  draw_status_date(shell, context);
  ImGui::SameLine(0, 4);
  draw_storage(shell);
  ImGui::SameLine(0, 12);
  if (is_unlocked(shell)) {
    if (icon_button("###vault.lock", icon::unlock, shell.text("command.lock"_key), {.on = true})) shell.commands.run("vault.lock", context);
    ImGui::SameLine(0, 2);
  }
  draw_general_buttons(shell);
  ImGui::SameLine(0, 2);
  if (icon_button("###inspector.toggle", icon::inspector, shell.text("command.inspector"_key),
                  {.enabled = shell.inspects(), .on = shell.settings.inspector_open && shell.inspects()}))
    shell.commands.run("view.inspector", context);
}

}  // namespace

void draw_top_bar(Shell& shell, Context& context) {
  const ImVec2 from = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  {
    Part bar("top", {.size = {width, Theme::top_bar}, .ground = shell.theme.bar,
                     .padding = {margin, (Theme::top_bar - Theme::control) / 2}});
    draw_left(shell, context);
    ImGui::SameLine(0, 16);
    const float right = right_width(shell, context);
    const float room = ImGui::GetContentRegionAvail().x - right - 16;
    if (room > 140) draw_search(shell, std::min(room, 420.0f));
    else if (icon_button("###palette.open", icon::search, shell.text("palette.hint"_key))) shell.palette.open();
    ImGui::SameLine(width - margin - right);
    draw_right(shell, context);
    ImGui::GetWindowDrawList()->AddRectFilled({from.x, from.y + Theme::top_bar - 1},
                                              {from.x + width, from.y + Theme::top_bar}, shell.theme.line);
  }
}

}  // namespace pmo::ui
