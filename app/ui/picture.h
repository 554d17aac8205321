// Tells whether a frame shows anything new. Settling frames, and a pointer that moves over nothing, draw the same
// triangles again: the browser keeps what is on the screen, and neither graphics card nor battery has any work.
#pragma once

#include <cstdint>

#include "imgui.h"

namespace pmo::ui {

class Picture {
 public:
  // Also true when a texture waits to be made or changed, which only drawing does.
  bool changed(const ImDrawData& data, ImU32 background);
  void forget() { seen_ = 0; }  // what was drawn is gone: the canvas has another size, the graphics were reset

 private:
  std::uint64_t seen_ = 0;
};

}  // namespace pmo::ui
