// Glyphs drawn by the browser: web/host/glyphs.ts.
#pragma once

#include "app/ui/glyph_loader.h"

#include <vector>

namespace pmo::web {

class CanvasGlyphs : public ui::GlyphSource {
 public:
  ui::GlyphInk glyph(ui::Face face, char32_t character, float em, bool only_advance) override;
  ui::GlyphInk icon(char32_t character, int size) override;

 private:
  // Room for the largest letter that ImGui draws (its limit is lines of 128 logical pixels) at a density
  // of 3.
  std::vector<std::uint8_t> pixels_ = std::vector<std::uint8_t>(512 * 512 * 4);
};

}  // namespace pmo::web
