#include "app/ui/widgets/button.h"

#include <algorithm>
#include <cmath>

#include "app/ui/icons.h"
#include "app/ui/widgets/pressable.h"
#include "app/ui/widgets/text.h"
#include "app/ui/widgets/tooltip.h"

namespace pmo::ui {
namespace {

constexpr float side = 12, icon_gap = 6;

struct Look {
  ImU32 fill = 0, line = 0, ink = 0;
};

Look look_of(const ButtonOptions& options, const Press& press) {
  const Theme& t = current_theme();
  Look look;
  switch (options.emphasis) {
    case Emphasis::primary:
      look = {press.held ? t.accent_pressed : press.hovered ? t.accent_hover : t.accent, 0, t.on_fill};
      break;
    case Emphasis::danger: {
      const ImU32 fill = t.tone(Tone::bad).fill;
      look = {press.held || press.hovered ? mix(fill, IM_COL32_BLACK, press.held ? 0.25f : 0.12f) : fill, 0, t.on_fill};
      break;
    }
    case Emphasis::standard: look = {over(veil(press), t.surface), t.line_strong, t.ink}; break;
    case Emphasis::quiet: look = {veil(press), 0, t.ink}; break;
  }
  if (options.on) {
    look.fill = over(veil(press), t.selected);
    look.ink = t.tone(Tone::accent).ink;
    if (look.line) look.line = mix(t.accent, t.surface, 0.5f);
  }
  if (!options.enabled) {
    look.ink = options.emphasis == Emphasis::primary || options.emphasis == Emphasis::danger
                   ? with_alpha(look.ink, t.dark ? 0.5f : 0.8f)
                   : with_alpha(t.ink_faint, 0.75f);
    if (look.fill) look.fill = with_alpha(look.fill, t.dark ? 0.35f : 0.5f);
  }
  return look;
}

void draw_box(const Press& press, const Look& look) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (look.fill) list.AddRectFilled(press.from, press.to, look.fill, Theme::rounding);
  if (look.line) list.AddRect(press.from, press.to, look.line, Theme::rounding);
}

float height_of(const ButtonOptions& options) { return options.small ? Theme::small_control : Theme::control; }

}  // namespace

std::string labelled(std::string_view text, std::string_view name) {
  return std::string(text) + "###" + std::string(name);
}

float button_width(std::string_view label, const ButtonOptions& options) {
  float width = 2 * (options.small ? side - 2 : side) + std::ceil(measure(Type::body, visible(label)).x);
  if (*options.icon) width += icon_size_of(Theme::icon) + icon_gap;
  if (options.opens_menu) width += 16 + 2;
  return width;
}

bool button(std::string_view label, const ButtonOptions& options) {
  const float needed = button_width(label, options);
  float width = needed;
  if (options.width > 0) width = options.width;
  if (options.width < 0) width = std::max(1.0f, ImGui::GetContentRegionAvail().x + options.width + 1);
  const auto checked = options.on ? Flag::yes : Flag::unset;
  const Press press = pressable(label, {width, height_of(options)}, options.enabled, Role::button, {.checked = checked});
  const Look look = look_of(options, press);
  draw_box(press, look);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  float x = press.from.x + std::max(side - 4, std::floor((width - needed) / 2) + (options.small ? side - 2 : side));
  if (*options.icon) {
    draw_text(list, {x, middle(press.from.y, press.size().y, Theme::icon)}, Type::body,
              options.emphasis == Emphasis::standard && !options.on && options.enabled ? current_theme().ink_soft
                                                                                       : look.ink,
              options.icon);
    x += icon_size_of(Theme::icon) + icon_gap;
  }
  const float arrow = options.opens_menu ? 18 : 0;
  draw_text_cut(list, {x, middle(press.from.y, press.size().y, size_of(Type::body))}, press.to.x - x - 6 - arrow,
                Type::body, look.ink, visible(label));
  if (options.opens_menu)
    draw_text(list, {press.to.x - side - 10, middle(press.from.y, press.size().y, size_of(Type::caption))},
              Type::caption, with_alpha(look.ink, 0.7f), icon::chevron_down);
  tooltip(options.tooltip, options.shortcut);
  return press.clicked;
}

bool icon_button(const char* id, const char* icon, std::string_view name, ButtonOptions options) {
  if (options.emphasis == Emphasis::standard) options.emphasis = Emphasis::quiet;
  const float edge = height_of(options);
  const auto checked = options.on ? Flag::yes : Flag::unset;
  const Press press = pressable(id, {edge, edge}, options.enabled, Role::button, {.checked = checked}, name);
  const Look look = look_of(options, press);
  draw_box(press, look);
  const float size = icon_size_of(Theme::icon);
  const bool rests = options.emphasis == Emphasis::quiet && !options.on && !press.hovered && options.enabled;
  draw_text(*ImGui::GetWindowDrawList(),
            {std::floor(press.from.x + (edge - size) / 2), middle(press.from.y, edge, Theme::icon)}, Type::body,
            rests ? current_theme().ink_soft : look.ink, icon);
  tooltip(options.tooltip.empty() ? name : options.tooltip, options.shortcut);
  return press.clicked;
}

bool toggle(std::string_view label, bool& on, bool enabled) {
  const Theme& t = current_theme();
  const float knob_width = 34, height = 24;
  const float text_width = measure(Type::body, visible(label)).x;
  const Press press = pressable(label, {knob_width + (text_width > 0 ? 8 + text_width : 0), height}, enabled,
                                Role::switch_button, {.checked = on ? Flag::yes : Flag::no});
  if (press.clicked) on = !on;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 from(press.from.x, press.from.y + 3), to(press.from.x + knob_width, press.from.y + 21);
  const ImU32 fill = on ? (press.hovered ? t.accent_hover : t.accent) : mix(t.ink_faint, t.surface, 0.35f);
  list.AddRectFilled(from, to, enabled ? fill : with_alpha(fill, 0.4f), 9);
  list.AddCircleFilled({on ? to.x - 9 : from.x + 9, from.y + 9}, 6.5f, IM_COL32_WHITE, 20);
  draw_text(list, {to.x + 8, middle(press.from.y, height, size_of(Type::body))}, Type::body,
            enabled ? t.ink : t.ink_faint, visible(label));
  return press.clicked;
}

bool checkbox(std::string_view label, bool& on, bool enabled) {
  const Theme& t = current_theme();
  const float box = 18, height = 24;
  const float text_width = measure(Type::body, visible(label)).x;
  const Press press = pressable(label, {box + (text_width > 0 ? 8 + text_width : 0), height}, enabled, Role::checkbox,
                                {.checked = on ? Flag::yes : Flag::no});
  if (press.clicked) on = !on;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 from(press.from.x, press.from.y + 3), to(from.x + box, from.y + box);
  list.AddRectFilled(from, to, on ? (press.hovered ? t.accent_hover : t.accent) : over(veil(press), t.surface), 4);
  if (on) draw_text(list, {from.x + 2, from.y + 2}, Type::caption, t.on_fill, icon::check);
  else list.AddRect(from, to, t.line_strong, 4, 0, 1.25f);
  draw_text(list, {to.x + 8, middle(press.from.y, height, size_of(Type::body))}, Type::body,
            enabled ? t.ink : t.ink_faint, visible(label));
  return press.clicked;
}

bool text_link(std::string_view label, const char* icon) {
  const Theme& t = current_theme();
  const float icon_width = *icon ? icon_size_of(Theme::icon) + icon_gap : 0;
  const ImVec2 size(std::ceil(measure(Type::body, visible(label)).x) + icon_width, 24);
  const Press press = pressable(label, size, true, Role::link);
  const ImU32 ink = press.held ? t.accent_pressed : t.tone(Tone::accent).ink;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float y = middle(press.from.y, size.y, size_of(Type::body));
  if (*icon) draw_text(list, {press.from.x, y}, Type::body, ink, icon);
  draw_text(list, {press.from.x + icon_width, y}, Type::body, ink, visible(label));
  if (press.hovered)
    list.AddLine({press.from.x + icon_width, y + 18}, {press.to.x, y + 18}, with_alpha(ink, 0.5f));
  return press.clicked;
}

}  // namespace pmo::ui
