// Decides when the next frame is drawn. Nothing happening: no frame at all.
//
// Every input or result asks for three frames, because popups, tables and automatic sizes settle over two; while windows still
// grow or shrink, a few more follow (a scroll bar makes room narrower, a text wraps, its card grows);
// things that change with time (a held key, a fading panel) keep frames coming or, like a tooltip's delay, name their
// moment.
#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>

struct ImGuiContext;

namespace pmo::ui {

class FramePacer {
 public:
  static constexpr double never = std::numeric_limits<double>::infinity();
  static constexpr int settling_frames = 3;
  static constexpr int most_settling_frames = 12;  // what still moves then will not come to rest
  static constexpr float longest_step = 0.1f;      // after sleep, animations must not jump

  void request() {
    wanted_ = settling_frames;
    frames_ = 0;
  }
  void request_at(double seconds) { moment_ = std::min(moment_, seconds); }

  // The time step for a frame that begins now (seconds on any steady clock). What a sleep was longer than a step is added to
  // ImGui's clock alone: two clicks with a sleep between them are no double click.
  float begin(ImGuiContext& context, double now);
  // After the frame: 0 for another one at once, otherwise the seconds to sleep, or never.
  double end(const ImGuiContext& context, double now);

 private:
  int wanted_ = settling_frames;
  int frames_ = 0;          // since they were
  std::size_t layout_ = 0;  // of the last frame
  double moment_ = never;
  double last_ = -1;
};

}  // namespace pmo::ui
