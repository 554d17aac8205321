#include "app/ui/glyph_loader.h"
#include "app/ui/headless_platform.h"
#include "app/ui/icons.h"
#include "imgui.h"
#include "imgui_internal.h"

#include <doctest/doctest.h>

using namespace pmo::ui;

namespace {

// Letters whose widths no screen can show exactly, and one character that no font has.
class OddGlyphs final : public GlyphSource {
 public:
  GlyphInk glyph(Face, char32_t character, float em, bool) override {
    if (character == 0x12345) return {};
    const float advance = character == '1' ? em * 0.31f : em * 0.557f;
    static const std::uint8_t ink[4] = {255, 255, 255, 255};
    return {.form = GlyphInk::Form::shape,
            .advance = advance,
            .left = 1,
            .top = -2,
            .width = 2,
            .height = 2,
            .pixels = ink};
  }
  GlyphInk icon(char32_t, int) override { return {}; }
};

bool whole(float value) { return std::abs(value - std::round(value)) < 1e-3f; }

}  // namespace

TEST_CASE("letters are smaller than their line, in whole device pixels, on a baseline of ours") {
  CHECK(em_of(18) == 14);
  CHECK(em_of(20) == 16);
  CHECK(whole(em_of(18, 1.25f) * 1.25f));
  CHECK(baseline_of(18) == 14);
  for (const float density : {1.0f, 1.25f, 1.5f, 2.0f})
    for (float line = 12; line < 40; ++line) {
      CHECK(baseline_of(line, density) + em_of(line, density) * 0.22f <= line + 1);
      CHECK(whole(baseline_of(line, density) * density));
    }
}

TEST_CASE("advances are whole device pixels and digits equally wide") {
  for (const float density : {1.0f, 1.25f, 1.5f}) {
    OddGlyphs odd;
    ImFontAtlas atlas;
    const Fonts fonts = add_fonts(atlas, odd);
    ImFontBaked* baked = fonts[Face::regular]->GetFontBaked(18, density);
    CHECK(whole(baked->GetCharAdvance('a') * density));
    CHECK(baked->GetCharAdvance('1') == baked->GetCharAdvance('8'));
    const ImFontGlyph* glyph = baked->FindGlyph('a');
    CHECK(whole(glyph->X0 * density));
    CHECK(whole(glyph->Y0 * density));
    CHECK(whole((glyph->X1 - glyph->X0) * density));
  }
}

TEST_CASE("a character that no font has is shown by the replacement") {
  OddGlyphs odd;
  ImFontAtlas atlas;
  const Fonts fonts = add_fonts(atlas, odd);
  ImFontBaked* baked = fonts[Face::regular]->GetFontBaked(18, 1);
  CHECK(baked->FindGlyphNoFallback(0x12345) == nullptr);
  const ImWchar shown = baked->FindGlyph(0x12345)->Codepoint;
  CHECK(shown == fonts[Face::regular]->FallbackChar);
}

TEST_CASE("an icon is a square in the middle of the line") {
  HeadlessPlatform platform;
  ImFontBaked* baked = platform.fonts()[Face::regular]->GetFontBaked(18, 1);
  unsigned character = 0;
  ImTextCharFromUtf8(&character, icon::search, nullptr);
  const ImFontGlyph* glyph = baked->FindGlyph(static_cast<ImWchar>(character));
  CHECK(glyph->AdvanceX == 16);
  CHECK(glyph->X1 - glyph->X0 == 16);
  CHECK(glyph->Y0 == 1);
}

TEST_CASE("at fractional densities glyphs are moved onto device pixels, shapes are not") {
  HeadlessPlatform platform({.density = 1.5f});
  platform.draw([] {
    ImGui::SetCursorScreenPos({7, 9});  // 10.5 and 13.5 device pixels
    ImGui::TextUnformatted("a");
    ImGui::GetWindowDrawList()->AddRectFilled({7, 9}, {9, 11}, 0xFFFFFFFF);
  });
  ImDrawData& data = *ImGui::GetDrawData();
  const ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  snap_glyphs(data, atlas);
  int glyph_vertices = 0, others_between = 0;
  for (const ImDrawList* list : data.CmdLists)
    for (const ImDrawVert& vertex : list->VtxBuffer) {
      const bool is_glyph = vertex.uv.x != atlas.TexUvWhitePixel.x || vertex.uv.y != atlas.TexUvWhitePixel.y;
      const bool on_pixel = whole(vertex.pos.x * 1.5f) && whole(vertex.pos.y * 1.5f);
      if (is_glyph) CHECK(on_pixel);
      glyph_vertices += is_glyph;
      others_between += !is_glyph && !on_pixel;
    }
  CHECK(glyph_vertices == 4);
  CHECK(others_between > 0);
}
