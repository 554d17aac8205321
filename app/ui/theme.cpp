#include "app/ui/theme.h"

#include <cmath>

namespace pmo::ui {
namespace {

constexpr ImU32 rgb(unsigned hex, unsigned alpha = 255) {
  return IM_COL32((hex >> 16) & 255, (hex >> 8) & 255, hex & 255, alpha);
}

// Blue, orange, green, purple, sky, vermilion, yellow, grey: after Okabe and Ito, tuned for each ground.
constexpr ImU32 light_series[8] = {rgb(0x2F6BDE), rgb(0xE08A00), rgb(0x0E9F77), rgb(0x9A5BC8),
                                   rgb(0x3FA9DB), rgb(0xD1511F), rgb(0xC9B400), rgb(0x7C8698)};
constexpr ImU32 dark_series[8] = {rgb(0x6FA0FF), rgb(0xF0A93B), rgb(0x38C79C), rgb(0xC08BE8),
                                  rgb(0x72CBF2), rgb(0xF07E50), rgb(0xE6D64A), rgb(0x9AA5B8)};

Theme light_theme() {
  Theme t;
  t.page = rgb(0xF6F7F9);
  t.rail = rgb(0xFBFBFD);
  t.bar = rgb(0xFFFFFF);
  t.surface = rgb(0xFFFFFF);
  t.raised = rgb(0xFFFFFF);
  t.sunken = rgb(0xF2F4F7);
  t.hover = rgb(0x1B2440, 12);
  t.pressed = rgb(0x1B2440, 24);
  t.selected = rgb(0xE6EEFF);
  t.selected_quiet = rgb(0xEEF1F5);
  t.scrim = rgb(0x10182C, 96);
  t.shadow = rgb(0x10182C, 28);
  t.line = rgb(0xE4E7EC);
  t.line_strong = rgb(0xCDD3DC);
  t.focus = rgb(0x3B6CF6);
  t.ink = rgb(0x1A2233);
  t.ink_soft = rgb(0x566175);
  t.ink_faint = rgb(0x7F899B);
  t.on_fill = rgb(0xFFFFFF);
  t.accent = rgb(0x2F62E8);
  t.accent_hover = rgb(0x2653CC);
  t.accent_pressed = rgb(0x1E45AF);
  const ToneColors tones[tone_count] = {
      {rgb(0x566175), rgb(0x6B768A), rgb(0xEEF0F4)}, {rgb(0x2450C4), rgb(0x2F62E8), rgb(0xE6EEFF)},
      {rgb(0x0F7245), rgb(0x18925A), rgb(0xE1F5EA)}, {rgb(0x8A5200), rgb(0xE39A0B), rgb(0xFFF2D9)},
      {rgb(0xB42323), rgb(0xD43A34), rgb(0xFDE8E7)}, {rgb(0x0B6792), rgb(0x1C8DBF), rgb(0xE0F3FB)},
      {rgb(0x6B34B0), rgb(0x8550CC), rgb(0xF1E9FB)}};
  for (int i = 0; i < tone_count; ++i) t.tones[i] = tones[i];
  for (int i = 0; i < 8; ++i) t.series[i] = light_series[i];
  t.bar_task = rgb(0x8FB1F7);
  t.bar_progress = rgb(0x3B6FE6);
  t.bar_critical = rgb(0xF4A9A3);
  t.bar_critical_progress = rgb(0xD2453C);
  t.bar_summary = rgb(0x3A4456);
  t.bar_baseline = rgb(0xB6BECB);
  t.bar_float = rgb(0xC5D3EC);
  t.milestone = rgb(0x3A4456);
  t.link = rgb(0x8490A4);
  t.link_critical = rgb(0xD2453C);
  t.non_working = rgb(0xF3F4F7);
  t.holiday = rgb(0xFBEFE6);
  t.grid = rgb(0xECEEF2);
  t.today = rgb(0x2F62E8);
  t.status_date = rgb(0xE08A00);
  return t;
}

Theme dark_theme() {
  Theme t;
  t.dark = true;
  t.page = rgb(0x14171D);
  t.rail = rgb(0x181C23);
  t.bar = rgb(0x1B1F27);
  t.surface = rgb(0x1D222A);
  t.raised = rgb(0x262C36);
  t.sunken = rgb(0x171B22);
  t.hover = rgb(0xDCE6FF, 16);
  t.pressed = rgb(0xDCE6FF, 30);
  t.selected = rgb(0x24365E);
  t.selected_quiet = rgb(0x2A303B);
  t.scrim = rgb(0x05070B, 150);
  t.shadow = rgb(0x000000, 110);
  t.line = rgb(0x2C323D);
  t.line_strong = rgb(0x414A59);
  t.focus = rgb(0x7BA2FF);
  t.ink = rgb(0xE8EBF1);
  t.ink_soft = rgb(0xA7B0C0);
  t.ink_faint = rgb(0x7D8798);
  t.on_fill = rgb(0xFFFFFF);
  t.accent = rgb(0x3F72F2);
  t.accent_hover = rgb(0x5584F7);
  t.accent_pressed = rgb(0x3361D8);
  const ToneColors tones[tone_count] = {
      {rgb(0xB3BCCB), rgb(0x6F7A8D), rgb(0x2B313C)}, {rgb(0x9DBBFF), rgb(0x3F72F2), rgb(0x24365E)},
      {rgb(0x6AD6A0), rgb(0x22935F), rgb(0x17382A)}, {rgb(0xF3C267), rgb(0xB97D0C), rgb(0x3D3016)},
      {rgb(0xFF9A92), rgb(0xCF443D), rgb(0x472423)}, {rgb(0x7FCDF0), rgb(0x1F86B4), rgb(0x173546)},
      {rgb(0xC9A6F3), rgb(0x8353C6), rgb(0x33264A)}};
  for (int i = 0; i < tone_count; ++i) t.tones[i] = tones[i];
  for (int i = 0; i < 8; ++i) t.series[i] = dark_series[i];
  t.bar_task = rgb(0x35528F);
  t.bar_progress = rgb(0x6C99FF);
  t.bar_critical = rgb(0x7A3633);
  t.bar_critical_progress = rgb(0xF07068);
  t.bar_summary = rgb(0xB5BECE);
  t.bar_baseline = rgb(0x555F70);
  t.bar_float = rgb(0x33405A);
  t.milestone = rgb(0xD5DBE6);
  t.link = rgb(0x7F8A9D);
  t.link_critical = rgb(0xF07068);
  t.non_working = rgb(0x191D24);
  t.holiday = rgb(0x2C2420);
  t.grid = rgb(0x262B34);
  t.today = rgb(0x7BA2FF);
  t.status_date = rgb(0xF0A93B);
  return t;
}

struct TypeFace {
  Face face;
  float size;
};
constexpr TypeFace type_faces[type_count] = {{Face::regular, 15}, {Face::regular, 18},  {Face::semibold, 18},
                                             {Face::semibold, 20}, {Face::semibold, 26}, {Face::semibold, 36}};

void set_colors(ImGuiStyle& style, const Theme& t) {
  const auto set = [&](ImGuiCol which, ImU32 color) { style.Colors[which] = ImGui::ColorConvertU32ToFloat4(color); };
  for (auto& color : style.Colors) color = ImVec4(0, 0, 0, 0);
  set(ImGuiCol_Text, t.ink);
  set(ImGuiCol_TextDisabled, t.ink_faint);
  set(ImGuiCol_WindowBg, t.page);
  set(ImGuiCol_PopupBg, t.raised);
  set(ImGuiCol_Border, t.line_strong);
  set(ImGuiCol_FrameBg, t.surface);
  set(ImGuiCol_FrameBgHovered, over(t.hover, t.surface));
  set(ImGuiCol_FrameBgActive, t.surface);
  set(ImGuiCol_ScrollbarGrab, with_alpha(t.ink_faint, 0.35f));
  set(ImGuiCol_ScrollbarGrabHovered, with_alpha(t.ink_faint, 0.6f));
  set(ImGuiCol_ScrollbarGrabActive, with_alpha(t.ink_faint, 0.8f));
  set(ImGuiCol_CheckMark, t.accent);
  set(ImGuiCol_SliderGrab, t.accent);
  set(ImGuiCol_SliderGrabActive, t.accent_pressed);
  set(ImGuiCol_Button, t.surface);
  set(ImGuiCol_ButtonHovered, over(t.hover, t.surface));
  set(ImGuiCol_ButtonActive, over(t.pressed, t.surface));
  set(ImGuiCol_Header, t.selected);
  set(ImGuiCol_HeaderHovered, t.hover);
  set(ImGuiCol_HeaderActive, t.pressed);
  set(ImGuiCol_Separator, t.line);
  set(ImGuiCol_SeparatorHovered, t.accent);
  set(ImGuiCol_SeparatorActive, t.accent);
  set(ImGuiCol_ResizeGripHovered, t.line_strong);
  set(ImGuiCol_InputTextCursor, t.ink);
  set(ImGuiCol_TextSelectedBg, with_alpha(t.accent, 0.3f));
  set(ImGuiCol_TextLink, t.tone(Tone::accent).ink);
  set(ImGuiCol_TableHeaderBg, t.sunken);
  set(ImGuiCol_TableBorderStrong, t.line);
  set(ImGuiCol_TableBorderLight, t.line);
  set(ImGuiCol_DragDropTarget, t.accent);
  set(ImGuiCol_NavCursor, t.focus);
  set(ImGuiCol_ModalWindowDimBg, t.scrim);
  set(ImGuiCol_NavWindowingDimBg, t.scrim);
  set(ImGuiCol_PlotHistogram, t.accent);
  set(ImGuiCol_TreeLines, t.line);
}

void set_distances(ImGuiStyle& style) {
  style.WindowPadding = {16, 16};
  style.FramePadding = {12, 7};
  style.CellPadding = {8, 7};
  style.ItemSpacing = {8, 8};
  style.ItemInnerSpacing = {8, 4};
  style.IndentSpacing = 16;
  style.ScrollbarSize = 12;
  style.GrabMinSize = 24;
  style.WindowBorderSize = 0;
  style.ChildBorderSize = 1;
  style.PopupBorderSize = 1;
  style.FrameBorderSize = 1;
  style.WindowRounding = 0;
  style.ChildRounding = style.FrameRounding = style.PopupRounding = style.GrabRounding = Theme::rounding;
  style.ScrollbarRounding = 6;
  style.DisabledAlpha = 0.5f;
  style.SeparatorTextBorderSize = 1;
  style.HoverStationaryDelay = 0.25f;
  style.HoverDelayShort = 0.35f;
  style.HoverDelayNormal = 0.5f;
}

}  // namespace

Theme make_theme(bool dark, bool more_contrast, const Fonts& fonts) {
  Theme theme = dark ? dark_theme() : light_theme();
  theme.fonts = fonts;
  if (more_contrast) {
    theme.ink_faint = theme.ink_soft;
    theme.ink_soft = theme.ink;
    theme.line = theme.line_strong;
    theme.line_strong = theme.ink_faint;
  }
  return theme;
}

void apply(const Theme& theme) {
  ImGuiStyle& style = ImGui::GetStyle();
  set_colors(style, theme);
  set_distances(style);
  style._NextFrameFontSizeBase = size_of(Type::body);  // ImGui takes a new size only between frames
  ImGuiIO& io = ImGui::GetIO();
  io.FontDefault = theme.font(Face::regular);
  io.UserData = const_cast<Theme*>(&theme);
}

Face face_of(Type type) { return type_faces[static_cast<int>(type)].face; }
float size_of(Type type) { return type_faces[static_cast<int>(type)].size; }

TextStyle::TextStyle(Type type) { ImGui::PushFont(current_theme().font(face_of(type)), size_of(type)); }

TextStyle::TextStyle(Type type, ImU32 color) : TextStyle(type) {
  colored_ = true;
  ImGui::PushStyleColor(ImGuiCol_Text, color);
}

TextStyle::~TextStyle() {
  if (colored_) ImGui::PopStyleColor();
  ImGui::PopFont();
}

ImU32 with_alpha(ImU32 color, float alpha) {
  return (color & ~IM_COL32_A_MASK) | (static_cast<ImU32>(std::lround(alpha * 255)) << IM_COL32_A_SHIFT);
}

ImU32 mix(ImU32 from, ImU32 to, float amount) {
  ImU32 mixed = 0;
  for (int shift = 0; shift < 32; shift += 8) {
    const float a = static_cast<float>((from >> shift) & 255), b = static_cast<float>((to >> shift) & 255);
    mixed |= static_cast<ImU32>(std::lround(a + (b - a) * amount)) << shift;
  }
  return mixed;
}

ImU32 over(ImU32 veil, ImU32 ground) {
  const float alpha = static_cast<float>((veil >> IM_COL32_A_SHIFT) & 255) / 255;
  return mix(ground, with_alpha(veil, 1), alpha);
}

}  // namespace pmo::ui
