// The faces of the interface. Their glyphs are drawn by the platform: in a browser from the system's own
// fonts, in native tests as boxes.
//
// A font size is the height of a line, as everywhere in ImGui. The letters in it are smaller: em_of(18) is
// 14, in whole device pixels. The baseline is ours, not the font's, so that a layout is equal on every
// system; digits are equally wide in every face. Icons (app/ui/icons.h) are characters of every face.
#pragma once

#include <cmath>
#include <cstdint>

struct ImFont;

namespace pmo::ui {

enum class Face : std::uint8_t { regular, semibold, bold, mono };
inline constexpr int face_count = 4;

struct Fonts {
  ImFont* faces[face_count] = {};

  ImFont* operator[](Face face) const { return faces[static_cast<int>(face)]; }
  Face face_of(const ImFont* font) const {
    for (int i = 0; i < face_count; ++i)
      if (faces[i] == font) return static_cast<Face>(i);
    return Face::regular;
  }
};

// The CSS font-size of letters in a line of this height, in logical pixels.
inline float em_of(float line_height, float density = 1) {
  return std::fmax(1.0f, std::round(line_height * 0.8f * density)) / density;
}

// From the top of a line to the baseline: the em square of an ideograph stands in the middle of the line.
inline float baseline_of(float line_height, float density = 1) {
  const float em = em_of(line_height, density);
  return std::round(((line_height - em) / 2 + em * 0.88f) * density) / density;
}

// Icons are a little larger than the letters beside them.
inline float icon_size_of(float line_height, float density = 1) {
  return std::round(line_height * 0.9f * density) / density;
}

}  // namespace pmo::ui
