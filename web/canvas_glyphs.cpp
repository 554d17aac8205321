#include "web/canvas_glyphs.h"

#include "web/host_calls.h"

namespace pmo::web {
namespace {

struct InkWire {  // written by HostCalls.write
  std::int32_t form;
  float advance;
  std::int32_t left, top, width, height;
};

ui::GlyphInk from_wire(const InkWire& wire, const std::uint8_t* pixels) {
  return {.form = static_cast<ui::GlyphInk::Form>(wire.form),
          .advance = wire.advance,
          .left = wire.left,
          .top = wire.top,
          .width = wire.width,
          .height = wire.height,
          .pixels = pixels};
}

}  // namespace

ui::GlyphInk CanvasGlyphs::glyph(ui::Face face, char32_t character, float em, bool only_advance) {
  InkWire wire{};
  host_glyph(static_cast<int>(face), static_cast<int>(character), em, only_advance, &wire, pixels_.data(),
             static_cast<int>(pixels_.size()));
  return from_wire(wire, pixels_.data());
}

ui::GlyphInk CanvasGlyphs::icon(char32_t character, int size) {
  InkWire wire{};
  host_icon(static_cast<int>(character), size, &wire, pixels_.data(), static_cast<int>(pixels_.size()));
  return from_wire(wire, pixels_.data());
}

}  // namespace pmo::web
