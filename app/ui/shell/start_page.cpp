// What is seen when no project is open: continue, new, sample, open a file, restore.
#include <algorithm>
#include <cmath>

#include "app/model/format.h"
#include "app/ui/shell/part.h"
#include "app/ui/shell/shell.h"
#include "app/ui/widgets/pressable.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {
namespace {

constexpr float widest = 1040, side_column = 340, distance = 24, entry_height = 64, action_height = 80;

void draw_project_menu(Shell& shell, const ProjectEntry& entry) {
  const std::string menu = "menu." + entry.id.text();
  if (icon_button(("###more." + entry.id.text()).c_str(), icon::more, shell.text("shell.more"_key), {.small = true}))
    open_menu(menu.c_str());
  if (!begin_menu(menu.c_str())) return;
  if (menu_item(labelled(shell.text("command.open"_key), "open"), {.icon = icon::folder_open})) shell.open_project(entry.id);
  if (menu_item(labelled(shell.text("command.rename"_key), "rename"), {.icon = icon::edit}))
    shell.dialogs.open_rename(entry.id, entry.name);
  if (menu_item(labelled(shell.text("command.restore"_key), "restore"), {.icon = icon::history}))
    shell.dialogs.open(DialogKind::restore, entry.id);
  menu_line();
  if (menu_item(labelled(shell.text("command.remove"_key), "remove"), {.icon = icon::trash, .danger = true}))
    shell.dialogs.open_remove(entry.id, entry.name);
  end_menu();
}

std::string facts_of(const Shell& shell, const ProjectEntry& entry) {
  std::string facts;
  const auto add = [&](std::string fact) {
    if (fact.empty()) return;
    if (!facts.empty()) facts += " · ";
    facts += fact;
  };
  add(entry.code);
  add(shell.text("start.tasks"_key, {format_integer(static_cast<std::int64_t>(entry.tasks))}));
  add(shell.text("start.records"_key, {format_integer(static_cast<std::int64_t>(entry.records))}));
  return facts;
}

void draw_entry(Shell& shell, const ProjectEntry& entry) {
  const Theme& t = shell.theme;
  const ImVec2 start = ImGui::GetCursorPos();
  const float width = ImGui::GetContentRegionAvail().x;
  ImGui::SetNextItemAllowOverlap();
  const Press press = pressable(labelled(entry.name, "project." + entry.id.text()), {width, entry_height}, true,
                                Role::link, {}, {}, 8);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (const ImU32 ground = veil(press)) list.AddRectFilled(press.from, press.to, ground, 8);
  const ImVec2 mark(press.from.x + 12, press.from.y + 14);
  draw_avatar(list, mark, entry.name, 36);
  const float right = 150;
  draw_text_cut(list, {mark.x + 50, press.from.y + 12}, width - 62 - right, Type::strong, t.ink, entry.name);
  const bool broken = entry.problem.message != Key{};
  draw_text_cut(list, {mark.x + 50, press.from.y + 35}, width - 62 - right, Type::caption, broken ? t.tone(Tone::bad).ink : t.ink_soft,
                broken ? std::string(icon::warning) + "  " + std::string(shell.text("start.problem"_key)) : facts_of(shell, entry));
  const std::string ago = format_ago(entry.changed, shell.platform.utc_milliseconds(), shell.settings.language);
  draw_text(list, {press.to.x - 48 - measure(Type::caption, ago).x, press.from.y + 25}, Type::caption, t.ink_soft, ago);
  if (press.clicked) shell.open_project(entry.id);
  const ImVec2 after = ImGui::GetCursorPos();
  ImGui::SetCursorPos({start.x + width - 38, start.y + (entry_height - Theme::small_control) / 2});
  draw_project_menu(shell, entry);
  return_to(after);
}

void draw_continue(Shell& shell, const std::vector<ProjectEntry>& projects, ImVec2 size) {
  Card card("continue", {.title = shell.text("start.continue"_key), .icon = icon::clock, .width = size.x, .height = size.y});
  if (!card) return;
  if (const auto error = shell.workspace.unreachable()) {
    const std::string about(shell.text("start.unreachable.about"_key, {describe(*error, shell.settings.language)}));
    if (empty_state({.icon = icon::warning, .title = shell.text("start.unreachable"_key), .about = about,
                     .action = labelled(shell.text("start.try_again"_key), "start.try_again"),
                     .action_icon = icon::refresh}) == EmptyAnswer::action)
      shell.workspace.reach();
    return;
  }
  if (projects.empty()) {
    const auto answer = empty_state({.icon = icon::start_page, .title = shell.text("start.empty"_key),
                                     .about = shell.text("start.empty.about"_key),
                                     .action = labelled(shell.text("command.sample"_key), "start.sample.first"),
                                     .action_icon = icon::lightbulb,
                                     .second = labelled(shell.text("command.new"_key), "start.new.first")});
    if (answer == EmptyAnswer::action) shell.open_sample();
    if (answer == EmptyAnswer::second) shell.dialogs.open(DialogKind::new_project);
    return;
  }
  ImGui::PushStyleVarY(ImGuiStyleVar_ItemSpacing, 2);
  ImGui::BeginChild("projects");
  for (const auto& entry : projects) draw_entry(shell, entry);
  ImGui::EndChild();
  ImGui::PopStyleVar();
}

void draw_actions(Shell& shell, float width) {
  const ImVec2 size(width, action_height);
  ImGui::BeginGroup();
  ImGui::PushStyleVarY(ImGuiStyleVar_ItemSpacing, 12);
  if (action_card(labelled(shell.text("command.new"_key), "start.new"), icon::plus, shell.text("start.new.about"_key), size, true))
    shell.dialogs.open(DialogKind::new_project);
  if (action_card(labelled(shell.text("command.open_file"_key), "start.open"), icon::folder_open, shell.text("start.open.about"_key), size))
    shell.choose_file();
  if (action_card(labelled(shell.text("command.sample"_key), "start.sample"), icon::lightbulb, shell.text("start.sample.about"_key), size))
    shell.open_sample();
  if (action_card(labelled(shell.text("command.restore"_key), "start.restore"), icon::history, shell.text("start.restore.about"_key), size))
    shell.dialogs.open(DialogKind::restore);
  ImGui::PopStyleVar();
  ImGui::EndGroup();
}

// Where files can be dropped: a hint, because the whole page takes them.
void draw_drop_hint(const Shell& shell, float width) {
  const Theme& t = shell.theme;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  constexpr float height = 48;
  ImGui::Dummy({width, height});
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(at, {at.x + width, at.y + height}, t.sunken, 8);
  const std::string_view hint = shell.text("start.drop"_key);
  const float needed = std::min(width - 24, measure(Type::body, hint).x + 26);
  const float x = std::floor(at.x + (width - needed) / 2), y = middle(at.y, height, size_of(Type::body));
  draw_text(list, {x, y}, Type::body, t.ink_faint, icon::upload);
  draw_text_cut(list, {x + 26, y}, width - 50, Type::body, t.ink_soft, hint);
}

void draw_top(Shell& shell, float left, float width) {
  const Theme& t = shell.theme;
  const ImVec2 at = ImGui::GetCursorScreenPos(), start = ImGui::GetCursorPos();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_text(list, {at.x + left, at.y}, Type::display, t.ink, shell.text("app.name"_key));
  const bool kept = !shell.workspace.storage().memory_only;
  const std::string_view about = shell.text(kept ? "app.about"_key : "app.about.memory_only"_key);
  draw_text(list, {at.x + left, at.y + 44}, Type::body, kept ? t.ink_soft : t.tone(Tone::bad).ink, about);
  annotate_area("app.name", {at.x + left, at.y, at.x + left + width, at.y + 64}, Role::heading, shell.text("app.name"_key), about);
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + left + width - 3 * Theme::control - 2 * 2);
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + 6);
  draw_general_buttons(shell);
  return_to({start.x, start.y + 88});
}

}  // namespace

void draw_start_page(Shell& shell) {
  const ImVec2 room = ImGui::GetContentRegionAvail();
  Part start("start", {.size = room, .padding = {24, 24}, .scrolls = true});
  const float full = ImGui::GetContentRegionAvail().x;
  const float width = std::min(widest, full), left = std::floor((full - width) / 2);
  gap(std::clamp(std::floor((room.y - 640) / 24), 1.0f, 8.0f));
  draw_top(shell, left, width);
  const float column = width - side_column - distance;
  const float height = 4 * action_height + 3 * 12;
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + left);
  draw_continue(shell, shell.workspace.projects(), {column, height});
  ImGui::SameLine(0, distance);
  draw_actions(shell, side_column);
  gap(1);
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + left);
  draw_drop_hint(shell, width);
}

}  // namespace pmo::ui
