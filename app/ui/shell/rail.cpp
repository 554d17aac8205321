// The rail: the desks, the user's own positions first, and the pages of the desk that is open.
#include <algorithm>
#include <cmath>

#include "app/ui/shell/desk_names.h"
#include "app/ui/shell/part.h"
#include "app/ui/shell/shell.h"
#include "app/ui/widgets/pressable.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {
namespace {

constexpr float rail_entry_height = 36, page_height = 30, rail_side = 8;

std::vector<Page*> pages_of(const Shell& shell, Desk desk) {
  std::vector<Page*> pages;
  for (const auto& page : shell.parts.pages)
    if (page->desk() == desk && !page->pinned()) pages.push_back(page.get());
  return pages;
}

void draw_mark(ImDrawList& list, ImVec2 at, float size) {
  const Theme& t = current_theme();
  list.AddRectFilled(at, {at.x + size, at.y + size}, t.accent, 7);
  const float unit = size / 28;  // three bars of a plan
  const auto bar = [&](float x, float y, float width, float alpha) {
    list.AddRectFilled({at.x + x * unit, at.y + y * unit}, {at.x + (x + width) * unit, at.y + (y + 3.5f) * unit},
                       with_alpha(t.on_fill, alpha), 1.75f * unit);
  };
  bar(6, 7, 10, 1);
  bar(10, 12.5f, 12, 0.75f);
  bar(8, 18, 7, 1);
}

void draw_head(Shell& shell) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::Dummy({1, Theme::top_bar - 8});
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float left = shell.settings.rail_open ? at.x + 8 : at.x + (Theme::rail_closed - 2 * rail_side - 28) / 2;
  draw_mark(list, {left, at.y + 4}, 28);
  if (shell.settings.rail_open)
    draw_text(list, {left + 38, at.y + 8}, Type::heading, current_theme().ink, shell.text("app.name"_key));
}

void draw_section(std::string_view name) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::Dummy({1, 26});
  draw_text(*ImGui::GetWindowDrawList(), {at.x + 10, at.y + 7}, Type::caption, current_theme().ink_faint, name);
}

// One entry: icon and name; only the icon when the rail is closed.
bool draw_entry(const Shell& shell, const char* id, const char* icon, std::string_view name, bool active, bool current) {
  const Theme& t = current_theme();
  const float width = ImGui::GetContentRegionAvail().x;
  const Press press = pressable(id, {width, rail_entry_height}, true, Role::link,
                                {.selected = active ? Flag::yes : Flag::no, .current = current}, name);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (current) list.AddRectFilled(press.from, press.to, t.selected, Theme::rounding);
  else if (const ImU32 ground = veil(press)) list.AddRectFilled(press.from, press.to, ground, Theme::rounding);
  const ImU32 ink = active ? t.tone(Tone::accent).ink : press.hovered ? t.ink : t.ink_soft;
  const float y = middle(press.from.y, rail_entry_height, size_of(Type::body));
  if (!shell.settings.rail_open) {
    draw_text(list, {std::floor(press.from.x + (width - icon_size_of(Theme::icon)) / 2), y}, Type::body, ink, icon);
    tooltip(name);
    return press.clicked;
  }
  draw_text(list, {press.from.x + 10, y}, Type::body, ink, icon);
  const bool cut = draw_text_cut(list, {press.from.x + 38, y}, width - 44, active ? Type::strong : Type::body,
                                 active ? t.tone(Tone::accent).ink : t.ink, name);
  if (cut) tooltip(name);
  return press.clicked;
}

// The desk's first page is called an overview among its pages: the desk's own name stands above.
std::string_view name_among_pages(const Shell& shell, const Page& page) {
  return shell.text(page.name() == desk_page_name(page.desk()) ? "desk.overview"_key : page.title());
}

void draw_page_entry(Shell& shell, const Page& page) {
  const Theme& t = current_theme();
  const bool current = page.name() == shell.navigation.page_name();
  const std::string id = "###page." + std::string(page.name());
  const float width = ImGui::GetContentRegionAvail().x;
  const Press press = pressable(id, {width, page_height}, true, Role::link, {.current = current},
                                name_among_pages(shell, page));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (current) list.AddRectFilled({press.from.x + 30, press.from.y}, press.to, t.selected, Theme::rounding);
  else if (const ImU32 ground = veil(press))
    list.AddRectFilled({press.from.x + 30, press.from.y}, press.to, ground, Theme::rounding);
  list.AddRectFilled({press.from.x + 18, press.from.y}, {press.from.x + 19, press.to.y}, t.line);
  if (current) list.AddRectFilled({press.from.x + 17.5f, press.from.y + 6}, {press.from.x + 19.5f, press.to.y - 6}, t.accent, 1);
  draw_text_cut(list, {press.from.x + 38, middle(press.from.y, page_height, size_of(Type::body))}, width - 44, Type::body,
                current ? t.tone(Tone::accent).ink : t.ink_soft, name_among_pages(shell, page));
  if (press.clicked) shell.navigation.open_page(page.name());
}

void draw_pages_menu(Shell& shell, const std::vector<Page*>& pages, const std::string& menu) {
  if (!begin_menu(menu.c_str())) return;
  for (const Page* page : pages) {
    const bool current = page->name() == shell.navigation.page_name();
    if (menu_item(labelled(name_among_pages(shell, *page), "page." + std::string(page->name())),
                  {.icon = page->icon(), .checked = current}))
      shell.navigation.open_page(page->name());
  }
  end_menu();
}

// Scrolls so that what lies between two heights of the content can be seen; of more than fits the beginning.
void reveal(float top, float bottom) {
  const float scroll = ImGui::GetScrollY(), height = ImGui::GetWindowHeight();
  if (top < scroll || bottom - top > height) ImGui::SetScrollY(top);
  else if (bottom > scroll + height) ImGui::SetScrollY(bottom - height);
}

void draw_desk(Shell& shell, Desk desk) {
  const auto pages = pages_of(shell, desk);
  const Page* shown = shell.navigation.page();
  const bool active = shown && shown->desk() == desk && !shown->pinned();
  const std::string id = "###desk." + std::string(enum_name(desk));
  const bool single = pages.size() <= 1;
  const bool current = active && (single || !shell.settings.rail_open);
  const bool opened = active && shell.seen_in_rail != shown;
  const float top = ImGui::GetCursorPosY();
  if (opened) shell.seen_in_rail = shown;
  if (draw_entry(shell, id.c_str(), desk_icon(desk), shell.text(desk_name(desk)), active, current)) {
    if (!shell.settings.rail_open && !single) open_menu(id.c_str());
    else if (!pages.empty() && !active) shell.navigation.open_page(pages.front()->name());
  }
  if (opened) reveal(top, ImGui::GetCursorPosY());
  if (!shell.settings.rail_open) return draw_pages_menu(shell, pages, id);
  if (!active || single) return;
  float page_top = top;
  for (const Page* page : pages) {
    if (page == shown) page_top = ImGui::GetCursorPosY();
    draw_page_entry(shell, *page);
  }
  if (opened) {  // all pages of the desk, or as many as there is room for before the open one
    const float bottom = ImGui::GetCursorPosY(), height = ImGui::GetWindowHeight();
    if (bottom - top <= height) reveal(top, bottom);
    else reveal(page_top, page_top + page_height);
  }
  gap(0.5f);
}

void draw_pinned(Shell& shell) {
  for (const auto& page : shell.parts.pages) {
    if (!page->pinned()) continue;
    const bool current = page->name() == shell.navigation.page_name();
    const std::string id = "###page." + std::string(page->name());
    if (draw_entry(shell, id.c_str(), page->icon(), shell.text(page->title()), current, current)) shell.navigation.open_page(page->name());
  }
  gap(0.5f);
}

void draw_desks(Shell& shell) {
  const auto& own = shell.settings.positions;
  if (!own.empty() && shell.settings.rail_open) draw_section(shell.text("rail.own"_key));
  for (const Desk desk : own) draw_desk(shell, desk);
  if (!own.empty()) {
    if (shell.settings.rail_open) draw_section(shell.text("rail.others"_key));
    else menu_line();
  }
  for (int i = 0; i < desk_count; ++i)
    if (const auto desk = static_cast<Desk>(i); !own.contains(desk)) draw_desk(shell, desk);
}

void draw_foot(Shell& shell) {
  const bool open = shell.settings.rail_open;
  menu_line();
  if (draw_entry(shell, "###rail.positions", icon::user_check, shell.text("rail.positions"_key), false, false))
    shell.dialogs.open(DialogKind::positions);
  if (draw_entry(shell, "###rail.fold", open ? icon::sidebar_close : icon::sidebar_open,
                 shell.text(open ? "rail.close"_key : "rail.open"_key), false, false)) {
    shell.settings.rail_open = !open;
    shell.settings_changed();
  }
}

}  // namespace

float rail_width(const Shell& shell) { return shell.settings.rail_open ? Theme::rail_open : Theme::rail_closed; }

void draw_rail(Shell& shell, Context&) {
  const Theme& t = shell.theme;
  const float height = ImGui::GetContentRegionAvail().y;
  const ImVec2 from = ImGui::GetCursorScreenPos();
  {
    Part rail("rail", {.size = {rail_width(shell), height}, .ground = t.rail, .padding = {rail_side, 8}, .spacing = {0, 2}});
    draw_head(shell);
    constexpr float foot = 2 * (rail_entry_height + 2) + 16;
    ImGui::PushStyleVar(ImGuiStyleVar_ScrollbarSize, 8.0f);
    {
      Part desks("desks", {.size = {0, ImGui::GetContentRegionAvail().y - foot}, .spacing = {0, 2}, .scrolls = true});
      draw_pinned(shell);
      draw_desks(shell);
    }
    ImGui::PopStyleVar();
    draw_foot(shell);
    const float right = from.x + rail_width(shell);
    ImGui::GetWindowDrawList()->AddRectFilled({right - 1, from.y}, {right, from.y + height}, t.line);
  }
}

}  // namespace pmo::ui
