#include "app/ui/glyph_loader.h"

#include "imgui.h"
#include "imgui_internal.h"

#include <algorithm>
#include <cmath>

namespace pmo::ui {
namespace {

struct Bake {
  GlyphSource& source;
  Face face;
  float density;  // device pixels per logical pixel
  float size;     // line height in logical pixels

  float em() const { return std::round(em_of(size, density) * density); }
  float baseline() const { return std::round(baseline_of(size, density) * density); }
  float icon() const { return std::round(icon_size_of(size, density) * density); }
};

Bake bake_of(ImFontAtlas* atlas, const ImFontConfig* source, const ImFontBaked* baked) {
  return {*static_cast<GlyphSource*>(atlas->UserData), static_cast<Face>(source->FontLoaderFlags),
          source->RasterizerDensity * baked->RasterizerDensity, baked->Size};
}

bool is_digit(char32_t character) { return character >= '0' && character <= '9'; }

float widest_digit(const Bake& bake) {
  float widest = 0;
  for (char32_t digit = '0'; digit <= '9'; ++digit)
    widest = std::max(widest, bake.source.glyph(bake.face, digit, bake.em(), true).advance);
  return widest;
}

// The character with its place in the line: left and top count from the line's upper left corner.
GlyphInk place(const Bake& bake, char32_t character, bool only_advance) {
  if (is_icon(character)) {
    const float size = bake.icon();
    GlyphInk ink = bake.source.icon(character, static_cast<int>(size));
    ink.advance = size;
    ink.top += static_cast<int>(std::round((bake.size * bake.density - size) / 2));
    return ink;
  }
  float shift = 0;
  float advance = 0;
  if (is_digit(character)) {
    advance = std::round(widest_digit(bake));
    shift = (advance - bake.source.glyph(bake.face, character, bake.em(), true).advance) / 2;
  }
  GlyphInk ink = bake.source.glyph(bake.face, character, bake.em(), only_advance);
  ink.advance = is_digit(character) ? advance : std::round(ink.advance);
  ink.left += static_cast<int>(std::round(shift));
  ink.top += static_cast<int>(bake.baseline());
  return ink;
}

bool contains(ImFontAtlas*, ImFontConfig*, ImWchar character) {
  return character >= ' ' && character != 0x7F;
}

bool start_bake(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* baked, void*) {
  const Bake bake = bake_of(atlas, source, baked);
  baked->Ascent = baseline_of(bake.size, bake.density);
  baked->Descent = baked->Ascent - bake.size;
  return true;
}

bool pack(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* baked, const GlyphInk& ink, float density,
          ImFontGlyph* glyph) {
  const ImFontAtlasRectId id = ImFontAtlasPackAddRect(atlas, ink.width, ink.height);
  if (id == ImFontAtlasRectId_Invalid) return false;
  ImTextureRect* rect = ImFontAtlasPackGetRect(atlas, id);  // only now: packing may have moved the array
  glyph->X0 = static_cast<float>(ink.left) / density;
  glyph->Y0 = static_cast<float>(ink.top) / density;
  glyph->X1 = static_cast<float>(ink.left + ink.width) / density;
  glyph->Y1 = static_cast<float>(ink.top + ink.height) / density;
  glyph->Visible = true;
  glyph->PackId = id;
  const bool coloured = ink.form == GlyphInk::Form::colours;
  glyph->Colored = coloured;
  ImFontAtlasBakedSetFontGlyphBitmap(atlas, baked, source, glyph, rect, ink.pixels,
                                     coloured ? ImTextureFormat_RGBA32 : ImTextureFormat_Alpha8,
                                     coloured ? ink.width * 4 : ink.width);
  return true;
}

bool load(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* baked, void*, ImWchar character,
          ImFontGlyph* glyph, float* only_advance) {
  if (!contains(atlas, source, character)) return false;
  const Bake bake = bake_of(atlas, source, baked);
  const GlyphInk ink = place(bake, character, only_advance != nullptr);
  if (ink.form == GlyphInk::Form::missing) return false;
  const float advance = ink.advance / bake.density;
  if (only_advance) {
    *only_advance = advance;
    return true;
  }
  glyph->Codepoint = character;
  glyph->AdvanceX = advance;
  return ink.form == GlyphInk::Form::blank || pack(atlas, source, baked, ink, bake.density, glyph);
}

const ImFontLoader* loader() {
  static const ImFontLoader made = [] {
    ImFontLoader loader;
    loader.Name = "pmo";
    loader.FontSrcContainsGlyph = contains;
    loader.FontBakedInit = start_bake;
    loader.FontBakedLoadGlyph = load;
    return loader;
  }();
  return &made;
}

}  // namespace

Fonts add_fonts(ImFontAtlas& atlas, GlyphSource& source) {
  atlas.UserData = &source;
  atlas.Flags |=
      ImFontAtlasFlags_NoBakedLines | ImFontAtlasFlags_NoMouseCursors;  // so that only glyphs have texels
  atlas.TexMinWidth = atlas.TexMinHeight = 1024;                        // Chinese fills less at once
  Fonts fonts;
  for (int face = 0; face < face_count; ++face) {
    ImFontConfig config;
    config.FontLoader = loader();
    config.FontLoaderFlags = static_cast<unsigned>(face);
    fonts.faces[face] = atlas.AddFont(&config);
  }
  return fonts;
}

void forget_glyphs(ImFontAtlas& atlas) {
  for (ImFont* font : atlas.Fonts) ImFontAtlasFontDiscardBakes(&atlas, font, 0);
}

void snap_glyphs(ImDrawData& data, const ImFontAtlas& atlas) {
  const float density = data.FramebufferScale.x;
  if (density == std::floor(density)) return;  // whole logical pixels are whole device pixels
  const ImVec2 white = atlas.TexUvWhitePixel;
  const auto on_device_pixel = [density](float value) { return std::round(value * density) / density; };
  for (ImDrawList* list : data.CmdLists) {
    for (const ImDrawCmd& command : list->CmdBuffer) {
      if (command.UserCallback || command.TexRef._TexData != atlas.TexRef._TexData) continue;
      const ImDrawIdx* index = list->IdxBuffer.Data + command.IdxOffset;
      for (unsigned i = 0; i < command.ElemCount; ++i) {
        ImDrawVert& vertex = list->VtxBuffer[static_cast<int>(index[i] + command.VtxOffset)];
        if (vertex.uv.x == white.x && vertex.uv.y == white.y) continue;
        vertex.pos = {on_device_pixel(vertex.pos.x), on_device_pixel(vertex.pos.y)};
      }
    }
  }
}

}  // namespace pmo::ui
