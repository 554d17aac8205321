#include "app/ui/frame_pacer.h"

#include "imgui.h"
#include "imgui_internal.h"

namespace pmo::ui {
namespace {

constexpr float shortest_step = 1.0f / 1000;  // ImGui wants a positive one

// Things that ImGui moves from frame to frame without further input.
bool animates(const ImGuiContext& context) {
  if (context.InputEventsQueue.Size > 0) return true;  // several events of one kind are played one a frame
  if (context.NavWindowingTarget != nullptr) return true;
  return context.DimBgRatio > 0 && context.DimBgRatio < 1;
}

// Seconds until the next frame on the way to a tooltip. ImGui counts its delay in frames' times, which are never longer
// than longest_step.
double until_tooltip(const ImGuiContext& context) {
  if (context.HoverItemDelayId == 0) return FramePacer::never;
  const float left = std::max(context.Style.HoverDelayNormal - context.HoverItemDelayTimer,
                              context.Style.HoverStationaryDelay - context.MouseStationaryTimer);
  return left > 0 ? std::min(left, FramePacer::longest_step) : FramePacer::never;
}

bool any_down(const ImGuiIO& io, ImGuiKey first, ImGuiKey last) {
  for (int key = first; key <= last; ++key)
    if (io.KeysData[key - ImGuiKey_NamedKey_BEGIN].Down) return true;
  return false;
}

// A held button scrolls at the edges, a held key repeats. Modifiers alone do nothing.
bool held(const ImGuiIO& io) {
  for (const bool down : io.MouseDown)
    if (down) return true;
  return any_down(io, ImGuiKey_Tab, ImGuiKey_Escape) || any_down(io, ImGuiKey_Menu, ImGuiKey_GraveAccent) ||
         any_down(io, ImGuiKey_Keypad0, ImGuiKey_KeypadEqual);
}

// Stands for the places and sizes of all windows, and of what they hold: ImGui lays a window out by what it held a frame ago.
std::size_t layout_of(const ImGuiContext& context) {
  ImGuiID sum = 0;
  for (const ImGuiWindow* window : context.Windows) {
    if (!window->Active) continue;
    const ImVec2 held(window->DC.CursorMaxPos.x - window->DC.CursorStartPos.x, window->DC.CursorMaxPos.y - window->DC.CursorStartPos.y);
    const ImVec2 parts[] = {window->Pos, window->Size, held};
    sum = ImHashData(parts, sizeof parts, sum);
  }
  return sum;
}

}  // namespace

float FramePacer::begin(ImGuiContext& context, double now) {
  const double passed = last_ < 0 ? 1.0 / 60 : now - last_;
  last_ = now;
  if (moment_ <= now) moment_ = never;
  const float step = std::clamp(static_cast<float>(passed), shortest_step, longest_step);
  context.Time += std::max(0.0, passed - static_cast<double>(step));
  return step;
}

double FramePacer::end(const ImGuiContext& context, double now) {
  if (wanted_ > 0) --wanted_;
  ++frames_;
  const std::size_t layout = layout_of(context);
  const bool moved = layout != layout_ && frames_ < most_settling_frames;
  layout_ = layout;
  if (wanted_ > 0 || moved || animates(context) || held(context.IO)) return 0;
  return std::min(until_tooltip(context), moment_ == never ? never : std::max(0.0, moment_ - now));
}

}  // namespace pmo::ui
