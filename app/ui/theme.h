// How everything looks: colours, type scale, distances. Widgets take colours from here and nowhere else.
//
// The theme of the current frame hangs on the ImGui context: current_theme(). Distances are multiples of 4, mostly of
// 8; corners are rounded by 6; there is one accent colour, and status is never told by colour alone.
#pragma once

#include <string_view>

#include "imgui.h"

#include "app/ui/fonts.h"

namespace pmo::ui {

// What a colour means. Used for chips, badges, messages, bars.
enum class Tone : unsigned char { neutral, accent, good, caution, bad, info, special };
inline constexpr int tone_count = 7;

struct ToneColors {
  ImU32 ink;   // text and icons on soft and on the page
  ImU32 fill;  // strong area; text on it is Theme::on_fill
  ImU32 soft;  // tinted background
};

// The type scale. Numbers are tabular in every one.
enum class Type : unsigned char {
  caption,  // 12: labels, secondary facts
  body,     // 14
  strong,   // 14 semibold
  heading,  // 16 semibold: cards, sections, dialogs
  title,    // 21 semibold: the page
  display,  // 29 semibold: one great number, the start page
};
inline constexpr int type_count = 6;

struct Theme {
  bool dark = false;

  // --- surfaces, from back to front
  ImU32 page, rail, bar, surface, raised;
  ImU32 sunken;                    // wells: search box, table header, empty chart
  ImU32 hover, pressed;            // veils over any surface
  ImU32 selected, selected_quiet;  // rows and rail entries; quiet: the focus is elsewhere
  ImU32 scrim;                     // behind a dialog
  ImU32 shadow;
  // --- lines
  ImU32 line, line_strong, focus;
  // --- ink
  ImU32 ink, ink_soft, ink_faint, on_fill;
  // --- accent
  ImU32 accent, accent_hover, accent_pressed;
  ToneColors tones[tone_count];
  ImU32 series[8];  // charts: told apart by people who do not see red or green

  // --- schedule
  ImU32 bar_task, bar_progress, bar_critical, bar_critical_progress, bar_summary, bar_baseline, bar_float;
  ImU32 milestone, link, link_critical, non_working, holiday, grid, today, status_date;

  // --- distances
  static constexpr float unit = 8;
  static constexpr float rounding = 6;
  static constexpr float control = 32;        // height of buttons and fields
  static constexpr float small_control = 28;  // in toolbars and table headers
  static constexpr float row = 32;            // of a table
  static constexpr float dense_row = 28;
  static constexpr float icon = 18;           // line height at which an icon alone is drawn
  static constexpr float top_bar = 52;
  static constexpr float rail_open = 216, rail_closed = 56;

  const ToneColors& tone(Tone tone) const { return tones[static_cast<int>(tone)]; }
  ImFont* font(Face face) const { return fonts[face]; }
  Fonts fonts;
};

Theme make_theme(bool dark, bool more_contrast, const Fonts& fonts);

// Sets ImGui's own style from the theme and makes it the current one. The theme must outlive the frame.
void apply(const Theme& theme);

inline const Theme& current_theme() { return *static_cast<const Theme*>(ImGui::GetIO().UserData); }

Face face_of(Type type);
float size_of(Type type);  // as in ImGui: the height of a line

// For the life of the object, text is of this type: TextStyle style(Type::heading);
class TextStyle {
 public:
  explicit TextStyle(Type type);
  TextStyle(Type type, ImU32 color);
  ~TextStyle();
  TextStyle(const TextStyle&) = delete;

 private:
  bool colored_ = false;
};

ImU32 with_alpha(ImU32 color, float alpha);     // alpha 0..1 replaces the color's own
ImU32 mix(ImU32 from, ImU32 to, float amount);  // 0: from, 1: to
ImU32 over(ImU32 veil, ImU32 ground);           // what a veil over an opaque ground looks like

}  // namespace pmo::ui
