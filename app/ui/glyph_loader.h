// Puts glyphs drawn by somebody else (a browser canvas, or boxes in native tests) into ImGui's font atlas,
// with our own metrics: see app/ui/fonts.h for sizes, baseline and icons.
//
// Invariants
//   G1  every advance is a whole number of device pixels, and every glyph starts on one
//   G2  the digits of a face are equally wide
//   G3  a character that no font has falls through to ImGui's replacement character
#pragma once

#include "app/ui/fonts.h"

#include <cstdint>

struct ImFontAtlas;
struct ImDrawData;

namespace pmo::ui {

// One character, drawn. Pixels belong to the source and stay until its next drawing.
struct GlyphInk {
  enum class Form : std::uint8_t {
    missing,  // no font of the system has it
    blank,    // it has a width only
    shape,    // one byte of coverage a pixel
    colours,  // four bytes a pixel, straight alpha: emoji
  };
  Form form = Form::missing;
  float advance = 0;  // all in device pixels
  int left = 0;       // of the picture, from the pen
  int top = 0;        // of the picture, from the baseline, downwards (so usually negative)
  int width = 0;
  int height = 0;
  const std::uint8_t* pixels = nullptr;
};

class GlyphSource {
 public:
  virtual ~GlyphSource() = default;
  // em: in device pixels. With only_advance nothing needs to be drawn, only form and advance are looked at.
  virtual GlyphInk glyph(Face face, char32_t character, float em, bool only_advance) = 0;
  // An icon fills a square; its picture starts at (left, top) from the square's upper left corner.
  virtual GlyphInk icon(char32_t character, int size) = 0;
};

// Icons live in the private use area.
inline bool is_icon(char32_t character) { return character >= 0xE000 && character < 0xE400; }

// Adds every face to the atlas. The source must outlive the atlas.
Fonts add_fonts(ImFontAtlas& atlas, GlyphSource& source);

// Forgets all drawn glyphs: the next frame draws them anew (other language, other contrast).
void forget_glyphs(ImFontAtlas& atlas);

// Moves every glyph onto whole device pixels. ImGui places text on whole logical pixels, which at a density
// of 1.25 or 1.5 lie between device pixels and would blur. Call it after ImGui::Render.
void snap_glyphs(ImDrawData& data, const ImFontAtlas& atlas);

}  // namespace pmo::ui
